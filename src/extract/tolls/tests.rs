use super::*;
use crate::extract::lexicon::Lexicon;
use crate::extract::numbers::numbers;

fn said(text: &str) -> (String, String) {
    let lexicon = Lexicon::english().unwrap();
    let s = Sentence::new(text, 0..text.len(), &lexicon);
    let all = tolls(&s, &numbers(&s), 0..s.len());
    let of = |harm| {
        let counts: Vec<String> = all
            .iter()
            .filter(|toll| toll.harm == harm)
            .map(|toll| toll.count.to_string())
            .collect();
        counts.join(" ")
    };
    (of(Harm::Dead), of(Harm::Hurt))
}

#[test]
fn tolls_are_read_as_they_are_written() {
    for (text, dead, hurt) in [
        (
            "The strike killed six people and wounded 12 others.",
            "6",
            "12",
        ),
        ("Six people were killed and another 12 wounded.", "6", "12"),
        (
            "At least six people, including two children, were killed.",
            ">=6",
            "",
        ),
        ("killing four soldiers and two civilians", "6", ""),
        ("Four soldiers and two civilians were killed.", "6", ""),
        (
            "The strikes killed nine people, three Syrians and six people from other nationalities.",
            "9",
            "",
        ),
        ("It claimed the lives of nine individuals.", "9", ""),
        ("resulted in the deaths of six militants", "6", ""),
        ("left four dead and nine wounded", "4", "9"),
        ("A woman and her two children were killed.", "3", ""),
        ("A man and his son were injured.", "", "2"),
        ("The death toll rose from eight to 11.", "11", ""),
        ("4 killed, 7 injured", "4", "7"),
        ("Four of the killed were foreigners.", "", ""),
        ("Another two were injured.", "", "2"),
        ("a blast that killed a child and injured three", "1", "3"),
        ("more than 20 sheep were killed", "", ""),
        ("killed in 14 air raids", "", ""),
        ("dozens were wounded", "", ">=24"),
        ("killing between 10 and 12 rebels", "10-12", ""),
        ("killed a family of five", "5", ""),
        (
            "three people died, two of them children, and nine were hurt",
            "3",
            "9",
        ),
        (
            "killing three people, among them a paramedic, and wounding eight",
            "3",
            "8",
        ),
        (
            "Two civilians, one of them a child, were killed and four injured",
            "2",
            "4",
        ),
        (
            "A mother, her two daughters and a neighbour perished.",
            "4",
            "",
        ),
        (
            "left one person dead and a second in critical condition",
            "1",
            "1",
        ),
        (
            "resulted in the death of one civilian and the injury of three others",
            "1",
            "3",
        ),
        ("killing himself and four policemen", "4", ""),
        ("killed 28 combatants: 17 soldiers and 11 rebels", "28", ""),
        (
            "The number of the injured stands at 13, with no deaths.",
            "",
            "13",
        ),
        (
            "Two brothers, 7 and 9, were killed and their mother was injured.",
            "2",
            "1",
        ),
        ("At least one died and several were wounded.", ">=1", ""),
        ("One man from each side was killed.", "2", ""),
        ("The toll has gone up to 15.", "15", ""),
        (
            "An administrator appointed by the junta was shot and killed in his office.",
            "1",
            "",
        ),
        (
            "14 soldiers and 9 fighters confirmed dead so far.",
            "23",
            "",
        ),
        (
            "The driver of an oil tanker was shot dead near the town by two men.",
            "1",
            "",
        ),
        (
            "A former commander who had made his peace was shot dead together with his bodyguard.",
            "2",
            "",
        ),
        ("killing two fighters of a faction and a baker", "3", ""),
        (
            "The driver and his assistant were killed outright.",
            "2",
            "",
        ),
        ("The driver and his brother were killed.", "2", ""),
        ("The driver and all four passengers died.", "5", ""),
        (
            "The driver and his assistant were killed outright, and a third man died in hospital two days later.",
            "2 1",
            "",
        ),
        (
            "The toll of the shelling of Khan Sheikhun has gone up from four to seven: a girl has since died.",
            "7 1",
            "",
        ),
        (
            "All four occupants lost their lives: three women and one man.",
            "4",
            "",
        ),
        (
            "Killed: two members of Hayat Tahrir al-Sham, one passer-by.",
            "3",
            "",
        ),
        (
            "The headmistress and one of her pupils were injured.",
            "",
            "2",
        ),
        ("A spokesman told us three men had been killed.", "3", ""),
        ("a farmer and his grown-up son were shot dead", "2", ""),
        ("Driver killed.", "1", ""),
        (
            "Six civilians, including a woman and her two daughters, lost their lives.",
            "6",
            "",
        ),
        ("Nine soldiers were killed and four captured.", "9", ""),
        (
            "documented the death of 14 soldiers and of nine fighters",
            "14",
            "",
        ),
    ] {
        assert_eq!(said(text), (dead.to_owned(), hurt.to_owned()), "{text}");
    }
}
