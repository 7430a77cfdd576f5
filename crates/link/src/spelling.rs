//! Names without what their spellings differ in.

use sayso_statement::tables::place_key;

/// What transliterations of one sound differ in, applied in this order after marks, case and
/// doubled letters are gone. "Shoigu", "Šojgu" and "Schoigu" meet; so do "Müller" and "Mueller".
const SOUNDS: [(&str, &str); 21] = [
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("sh", "s"),
    ("ch", "c"),
    ("zh", "z"),
    ("kh", "h"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ou", "u"),
    ("ie", "e"),
    ("ue", "u"),
    ("oe", "o"),
    ("ae", "a"),
    ("w", "v"),
    ("x", "ks"),
    ("q", "k"),
    ("gh", "g"),
];

/// One word as its other spellings have it too: no case, no marks, one letter for a sound.
pub(crate) fn fold(word: &str) -> String {
    let mut key = place_key(word);
    for (from, to) in SOUNDS {
        if key.contains(from) {
            key = key.replace(from, to);
        }
    }
    // A replacement may have put two equal letters together.
    let mut folded = String::with_capacity(key.len());
    for c in key.chars() {
        if !folded.ends_with(c) {
            folded.push(c);
        }
    }
    folded
}

/// The consonants of a folded word, by which variants are looked for; the word itself where it has
/// fewer than two.
pub(crate) fn skeleton(folded: &str) -> String {
    let bones: String = folded.chars().filter(|c| !"aeiou".contains(*c)).collect();
    if bones.chars().count() < 2 { folded.to_owned() } else { bones }
}

/// True when one letter more, less or other makes one word the other. Time is linear.
pub(crate) fn one_letter_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let room = short.len() - head;
    let tail = short.iter().rev().zip(long.iter().rev()).take(room).take_while(|(a, b)| a == b);
    let rest = room - tail.count();
    rest <= usize::from(short.len() == long.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (one, other) in [
            ("Tolenskyy", "Tolensky"),
            ("Müller", "Mueller"),
            ("Šarović", "Sharovich"),
            ("Vasyliev", "Vasiliev"),
            ("Wolkow", "Volkov"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
        assert_ne!(fold("Marin"), fold("Moran"));
    }

    #[test]
    fn one_letter_is_one_letter() {
        for (one, other, apart) in [
            ("brask", "brask", true),
            ("brask", "brusk", true),
            ("brask", "bras", true),
            ("brask", "abrask", true),
            ("brask", "bruski", false),
            ("ab", "ba", false),
        ] {
            assert_eq!(one_letter_apart(one, other), apart, "{one} {other}");
            assert_eq!(one_letter_apart(other, one), apart, "{other} {one}");
        }
    }
}
