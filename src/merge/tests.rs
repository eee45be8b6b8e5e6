use super::*;
use crate::gazetteer::Gazetteer;
use crate::ground::basemap::Basemap;
use crate::read::{ReadOptions, incidents_from_bytes};

fn claims(table: &str) -> Vec<Claim> {
    incidents_from_bytes("t.csv", table.as_bytes(), &ReadOptions::default())
        .unwrap()
        .records
}

fn groups(table: &str, decisions: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let decisions: Vec<Decision> = decisions
        .iter()
        .map(|(group, id)| Decision {
            group: (*group).to_owned(),
            id: (*id).to_owned(),
        })
        .collect();
    let mut locator = Locator::new(Gazetteer::embedded(), Basemap::embedded());
    let merged = merge(claims(table), &decisions, &mut locator);
    let name = |at: &usize| merged.incidents[*at].id().to_string();
    merged
        .events
        .iter()
        .map(|event| {
            (
                event.group.clone(),
                event.members.iter().map(name).collect(),
            )
        })
        .collect()
}

const HEAD: &str = "id,date,place,country,kind,killed,source,quote,article\n";

#[test]
fn two_tellings_of_one_strike_are_one_event() {
    let table = format!(
        "{HEAD}a,2021-05-02,Saraqib,SY,air strike,6,Monitor,,x.txt\n\
         b,2021-05-02,Saraqib,SY,air strike,9,Ministry,,y.txt\n\
         c,2021-05-02,Ariha,SY,air strike,6,Ministry,,y.txt\n\
         d,2021-05-03,Saraqib,SY,air strike,6,Ministry,,z.txt\n\
         e,2021-05-02,Saraqib,SY,clash,6,Ministry,,z.txt\n"
    );
    assert_eq!(
        groups(&table, &[]),
        [("a".to_owned(), vec!["a".to_owned(), "b".to_owned()])]
    );
    let mut locator = Locator::new(Gazetteer::embedded(), Basemap::embedded());
    let merged = merge(claims(&table), &[], &mut locator);
    assert_eq!(
        merged.events[0].reasons,
        ["same kind, same place, same day, 6 vs 9 killed: conflict kept"]
    );
    let ids: Vec<String> = merged
        .applied()
        .iter()
        .map(|claim| claim.id.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(ids, ["a", "a", "c", "d", "e"]);
}

#[test]
fn what_a_person_has_split_stays_split() {
    let table = format!(
        "{HEAD}a,2021-05-02,Saraqib,SY,air strike,6,Monitor,,x.txt\n\
         b,2021-05-02,Saraqib,SY,air strike,6,Ministry,,y.txt\n\
         c,2021-05-02,Saraqib,SY,air strike,6,Agency,,z.txt\n"
    );
    assert_eq!(groups(&table, &[])[0].1.len(), 3);
    let split = groups(&table, &[("a", "a"), ("", "b")]);
    for (_, members) in &split {
        assert!(
            !(members.contains(&"a".to_owned()) && members.contains(&"b".to_owned())),
            "{split:?}"
        );
    }
    // And what a person has put together stays together, however little it has in common.
    let far = format!(
        "{HEAD}a,2021-05-02,Saraqib,SY,air strike,6,Monitor,,x.txt\nb,2021-06-02,Raqqa,SY,clash,90,Ministry,,y.txt\n"
    );
    assert_eq!(
        groups(&far, &[("mine", "a"), ("mine", "b")]),
        [("mine".to_owned(), vec!["a".to_owned(), "b".to_owned()])]
    );
}

#[test]
fn what_one_article_tells_apart_is_apart_and_vague_places_prove_nothing() {
    let table = format!(
        "{HEAD}a,2021-05-02,Saraqib,SY,air strike,6,Monitor,,x.txt\nb,2021-05-02,Saraqib,SY,air strike,6,Ministry,,x.txt\n"
    );
    assert!(groups(&table, &[]).is_empty());
    let vague = format!(
        "{HEAD}a,2021-05-02,Idlib province,SY,air strike,,Monitor,,x.txt\nb,2021-05-02,Idlib province,SY,air strike,,Ministry,,y.txt\n"
    );
    assert!(groups(&vague, &[]).is_empty());
}
