//! How a name sounds: its consonants, and the vowels between them. Two romanisations of one name, or the name in Arabic
//! letters and in Latin ones, have the same consonants.
//!
//! What it does to a name, word by word, after `fold.rs` has taken off marks and articles:
//! 1. Letters that stand for one sound become one: `sh sch ch ş ش`, `kh x خ`, `gh g ğ غ`, `q k ق ك`, `j dj dsch c(e, i) ج`,
//!    `th t ث ت ط`, `dh d ذ د ض`, `s س ص`, `z ز ظ`, `p b ب`, `h ه ح`. In Latin letters doubled consonants are one; in Arabic
//!    ones they are written once anyhow. `n` before `b` is `m`, as it is spoken.
//! 2. Vowels, `w`, `y`, alef, waw and ya are no consonants: they are kept as a set for the gap that they stand in. Arabic
//!    writes the long ones only, so an empty gap there says nothing.
//!    At the head of a word `w` and `y` are consonants.
//! 3. The feminine ending goes: `-a`, `-ah`, `-eh`, `-e`, `ة`; in the middle of a name also `-at`, `-et` ("Maaret").
//! 4. "Abu", "Bou", "Albu", أبو, البو are one word. Breaks between words go.
//!
//! Cost: linear, under a microsecond a name. The build script includes this file.

use super::fold;

/// Vowels of a gap, as a set.
type Vowels = u8;
const A: Vowels = 1;
/// Short, between `a` and `i`.
const E: Vowels = 2;
const I: Vowels = 4;
const U: Vowels = 8;
/// Between `u` and `au`.
const O: Vowels = 16;
/// Written long: "ou", "ee". It is never left out.
const LONG: Vowels = 32;

/// What a name sounds like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sound {
    /// One letter a consonant.
    pub consonants: String,
    /// What stands before each consonant, and after the last.
    gaps: Vec<Vowels>,
    /// Written in Arabic letters: short vowels are not.
    pub arabic: bool,
}

/// What a name sounds like.
pub fn sound(name: &str) -> Sound {
    let mut key = String::with_capacity(name.len() + 4);
    if name.is_ascii() {
        fold::key(name, &mut key);
    } else {
        fold::key(&respell(name), &mut key);
    }
    let mut out = Sound {
        gaps: vec![0],
        arabic: key.chars().any(|c| ('ء'..='ي').contains(&c)),
        ..Sound::default()
    };
    // German writes sch for sh, and ch for kh.
    let german = key.contains("sch");
    let words: Vec<&str> = key.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let last = at + 1 == words.len();
        if out.arabic {
            out.add_arabic(word);
        } else {
            out.add_latin(word, last, german);
        }
    }
    out
}

/// Letters of Turkish and Kurdish that stand for a sound of their own, before folding takes their marks off.
fn respell(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        match c {
            'ş' | 'Ş' | 'š' | 'Š' => out.push_str("sh"),
            'ç' | 'Ç' | 'č' | 'Č' => out.push_str("ch"),
            'ğ' | 'Ğ' | 'ġ' | 'Ġ' => out.push_str("gh"),
            'ẖ' | 'ḫ' => out.push_str("kh"),
            c => out.push(c),
        }
    }
    out
}

impl Sound {
    /// Number of consonants.
    pub fn count(&self) -> usize {
        self.gaps.len().saturating_sub(1)
    }

    fn consonant(&mut self, c: char) {
        if c == 'b' && self.consonants.ends_with('n') {
            self.consonants.pop();
            self.consonants.push('m');
        }
        self.consonants.push(c);
        self.gaps.push(0);
    }

    fn vowel(&mut self, set: Vowels) {
        if let Some(gap) = self.gaps.last_mut() {
            *gap |= set;
        }
    }

    fn add_latin(&mut self, word: &str, last: bool, german: bool) {
        if matches!(
            word,
            "abu"
                | "abou"
                | "abo"
                | "aboo"
                | "bu"
                | "bou"
                | "abi"
                | "albu"
                | "elbu"
                | "albou"
                | "elbou"
        ) {
            self.consonant('b');
            return self.vowel(U);
        }
        let mut word = word;
        if word.len() >= 4 && !last && (word.ends_with("at") || word.ends_with("et")) {
            word = word.strip_suffix('t').unwrap_or(word);
        } else if let Some(stem) = word.strip_suffix('h')
            && stem.ends_with(['a', 'e', 'i', 'o', 'u'])
        {
            word = stem;
        }
        let mut rest = word;
        let mut before = None;
        if let Some((length, glide)) = glide(word) {
            self.consonant(glide);
            rest = word.get(length..).unwrap_or_default();
        }
        while let Some(c) = rest.chars().next() {
            let (length, what) = if german && rest.starts_with("ch") {
                (2, Letter::Consonant('x'))
            } else {
                latin(rest, c)
            };
            rest = rest.get(length..).unwrap_or_default();
            match what {
                Letter::Vowel(set) => {
                    self.vowel(set);
                    before = None;
                }
                Letter::Consonant(c) if before == Some(c) => {}
                Letter::Consonant(c) => {
                    self.consonant(c);
                    before = Some(c);
                }
            }
        }
    }

    fn add_arabic(&mut self, word: &str) {
        if matches!(word, "ابو" | "البو" | "بو" | "ابي") {
            self.consonant('b');
            return self.vowel(U);
        }
        let (word, feminine) = match word.strip_suffix('ه') {
            Some(stem) => (stem, true),
            None => (word, false),
        };
        for (at, c) in word.char_indices() {
            match c {
                'و' if at == 0 && word != "و" => self.consonant('w'),
                'ي' if at == 0 => self.consonant('y'),
                // At the head of a name it carries any vowel.
                'ع' if self.consonants.is_empty() => self.vowel(A),
                'ا' => self.vowel(A),
                'و' => self.vowel(U),
                'ي' => self.vowel(I),
                'ع' => {}
                'ب' => self.consonant('b'),
                'ت' | 'ط' | 'ث' => self.consonant('t'),
                'ج' => self.consonant('j'),
                'ح' | 'ه' => self.consonant('h'),
                'خ' => self.consonant('x'),
                'د' | 'ذ' | 'ض' => self.consonant('d'),
                'ر' => self.consonant('r'),
                'ز' | 'ظ' => self.consonant('z'),
                'س' | 'ص' => self.consonant('s'),
                'ش' => self.consonant('c'),
                'غ' => self.consonant('g'),
                'ف' => self.consonant('f'),
                'ق' | 'ك' => self.consonant('k'),
                'ل' => self.consonant('l'),
                'م' => self.consonant('m'),
                'ن' => self.consonant('n'),
                other => self.consonant(other),
            }
        }
        if feminine {
            self.vowel(A);
        }
    }

    /// How far the vowels of two names with the same consonants are apart: 0 for none, about a half for one short
    /// vowel that is another, one for a long one.
    ///
    /// Between Latin and Arabic letters only what Arabic writes is compared.
    pub fn vowels_apart(&self, other: &Sound) -> f64 {
        let end = self.gaps.len().max(1) - 1;
        let gaps = self.gaps.iter().zip(&other.gaps).enumerate();
        let apart = gaps.map(|(at, (x, y))| match (self.arabic, other.arabic) {
            // The ending: long or short, i or a, it is the least certain of all.
            _ if at == end => ending_apart(*x, *y),
            _ if at == 0 && (*x == 0) != (*y == 0) => 0.4,
            // A first alef carries any vowel.
            (true, false) | (false, true) if at == 0 => 0.0,
            (false, false) | (true, true) => gap_apart(*x, *y),
            (true, false) => unwritten(*x, *y),
            (false, true) => unwritten(*y, *x),
        });
        apart.sum()
    }
}

/// What a gap may have been: `e` is `a` or `i`, `o` is `u` or `au`.
fn readings(x: Vowels) -> impl Iterator<Item = Vowels> + Clone {
    let plain = x & (A | I | U | LONG);
    let e: &[Vowels] = if x & E == 0 { &[0] } else { &[A, I] };
    let o: &[Vowels] = if x & O == 0 { &[0] } else { &[U, A | U] };
    e.iter()
        .flat_map(move |e| o.iter().map(move |o| plain | e | o))
}

fn gap_apart(x: Vowels, y: Vowels) -> f64 {
    if x == y {
        return 0.0;
    }
    // How long a vowel is says something only if the other is not written at all.
    let (x, y) = if x == 0 || y == 0 {
        (x, y)
    } else {
        (x & !LONG, y & !LONG)
    };
    let others = readings(y);
    readings(x)
        .flat_map(|x| others.clone().map(move |y| plain_apart(x, y)))
        .fold(f64::INFINITY, f64::min)
}

fn plain_apart(x: Vowels, y: Vowels) -> f64 {
    match (x, y) {
        _ if x == y => 0.0,
        // A short vowel between two consonants is written or not ("Kafr", "Kafar").
        (0, one) | (one, 0) if one & LONG != 0 => 0.6,
        (0, U) | (U, 0) => 0.3,
        (0, A | I) | (A | I, 0) => 0.15,
        // "Dayr", "Dawr"
        _ if x & y & A != 0 && x ^ y == I | U => 0.6,
        _ => weigh(x ^ y),
    }
}

fn ending_apart(x: Vowels, y: Vowels) -> f64 {
    let (x, y) = (ending(x), ending(y));
    let differ = (x ^ y) & (I | U);
    // "Halazun" is not "Halazunah".
    let feminine = if x == 0 || y == 0 {
        f64::from((x ^ y) & A)
    } else {
        0.0
    };
    feminine + 0.25 * f64::from(differ.count_ones())
}

fn ending(x: Vowels) -> Vowels {
    let open = if x & (A | E) == 0 { 0 } else { A };
    let round = if x & (O | U) == 0 { 0 } else { U };
    open | round | x & I
}

/// A gap of an Arabic name against one of a Latin one.
fn unwritten(arabic: Vowels, latin: Vowels) -> f64 {
    let latin = readings(latin).fold(0, |all, one| all | one);
    let missing = arabic & !latin;
    let long = arabic == 0 && latin & (I | U) != 0 && latin & A != 0;
    weigh(missing) + if long { 0.2 } else { 0.0 }
}

fn weigh(bits: Vowels) -> f64 {
    [(A, 0.35), (I, 0.4), (U, 0.5)]
        .iter()
        .filter(|(bit, _)| bits & bit != 0)
        .map(|(_, weight)| weight)
        .sum()
}

/// `w` or `y` at the head of a word, and how many bytes it takes: "Wadi", "Ouadi", "Yabrud".
fn glide(word: &str) -> Option<(usize, char)> {
    let (length, glide) = match word.chars().next()? {
        'w' | 'v' => (1, 'w'),
        'y' => (1, 'y'),
        'o' if word.starts_with("ou") => (2, 'w'),
        _ => return None,
    };
    let vowel = word.get(length..)?.starts_with(['a', 'e', 'i', 'o', 'u']);
    vowel.then_some((length, glide))
}

enum Letter {
    Vowel(Vowels),
    Consonant(char),
}

/// The letter or group of letters at the head of `rest`, whose first is `c`: its length in bytes, and its sound.
fn latin(rest: &str, c: char) -> (usize, Letter) {
    const GROUPS: [(&str, char); 14] = [
        ("tsch", 'c'),
        ("dsch", 'j'),
        ("sch", 'c'),
        ("tch", 'c'),
        ("sh", 'c'),
        ("ch", 'c'),
        ("kh", 'x'),
        ("gh", 'g'),
        ("dj", 'j'),
        ("dh", 'd'),
        ("th", 't'),
        ("ck", 'k'),
        ("ce", 'j'),
        ("ci", 'j'),
    ];
    if matches!(c, 't' | 'd' | 's' | 'c' | 'k' | 'g')
        && let Some((group, sound)) = GROUPS.iter().find(|(group, _)| rest.starts_with(group))
    {
        // The vowel after a soft c is read next.
        let length = if matches!(*group, "ce" | "ci") {
            1
        } else {
            group.len()
        };
        return (length, Letter::Consonant(*sound));
    }
    const LONG_VOWELS: [(&str, Vowels); 6] = [
        ("ou", U | LONG),
        ("oo", U | LONG),
        ("uu", U | LONG),
        ("ee", I | LONG),
        ("ii", I | LONG),
        ("aa", A | LONG),
    ];
    if let Some((group, set)) = LONG_VOWELS
        .iter()
        .find(|(group, _)| rest.starts_with(group))
    {
        return (group.len(), Letter::Vowel(*set));
    }
    let letter = match c {
        'a' => Letter::Vowel(A),
        'e' => Letter::Vowel(E),
        'i' | 'y' => Letter::Vowel(I),
        'o' => Letter::Vowel(O),
        'u' | 'w' => Letter::Vowel(U),
        'q' | 'c' => Letter::Consonant('k'),
        'p' => Letter::Consonant('b'),
        'x' => Letter::Consonant('x'),
        other => Letter::Consonant(other),
    };
    (c.len_utf8(), letter)
}

/// Sounds that one ear hears for another, or one alphabet has no letter for.
const CONFUSABLE: [&str; 7] = ["scz", "tdz", "ts", "hx", "kgx", "jgc", "mn"];

/// Consonants that may be meant by `consonants` when one was misheard: the article kept before a sun letter, an `h` or
/// the `t` of a construct too many or too few, or one sound for another that is like it. The first is never in doubt.
pub fn misheard(consonants: &str, mut take: impl FnMut(&str)) {
    let mut other = String::with_capacity(consonants.len() + 1);
    // In a short name a sound more or less makes another name.
    let long = consonants.chars().count() > 4;
    for (at, c) in consonants.char_indices().skip(1) {
        let (head, tail) = (&consonants[..at], &consonants[at + c.len_utf8()..]); // at a character boundary
        if long && matches!(c, 'h' | 'l' | 't') {
            other.clear();
            other.push_str(head);
            other.push_str(tail);
            take(&other);
        }
        for class in CONFUSABLE.iter().filter(|class| class.contains(c)) {
            for sound in class.chars().filter(|sound| *sound != c) {
                other.clear();
                other.push_str(head);
                other.push(sound);
                other.push_str(tail);
                take(&other);
            }
        }
    }
    let ends = consonants.char_indices().map(|(at, c)| at + c.len_utf8());
    for at in ends.filter(|_| long) {
        let (head, tail) = consonants.split_at(at);
        for sound in ['h', 'l', 't'] {
            if sound == 'l' && !tail.starts_with(['t', 'd', 'r', 'z', 's', 'c', 'n']) {
                continue;
            }
            other.clear();
            other.push_str(head);
            other.push(sound);
            other.push_str(tail);
            take(&other);
        }
    }
}

/// Consonants that differ from `consonants` by any one but the first: dropped, put in, or another.
pub fn one_off(consonants: &str, mut take: impl FnMut(&str)) {
    const SOUNDS: &str = "bcdfghjklmnrstxz";
    let mut other = String::with_capacity(consonants.len() + 1);
    for (at, c) in consonants.char_indices().skip(1) {
        let (head, tail) = (&consonants[..at], &consonants[at + c.len_utf8()..]); // at a character boundary
        other.clear();
        other.push_str(head);
        other.push_str(tail);
        take(&other);
        for sound in SOUNDS.chars() {
            for with in [tail, &consonants[at..]] {
                other.clear();
                other.push_str(head);
                other.push(sound);
                other.push_str(with);
                take(&other);
            }
        }
    }
    for sound in SOUNDS.chars() {
        other.clear();
        other.push_str(consonants);
        other.push(sound);
        take(&other);
    }
}
