//! How English spells the regular forms of verbs, where it leaves one dictionary form.

/// The dictionary form of a regular past or participle in "-ed" or "-ing", where the letters before the ending
/// leave one spelling and the network chose another ("foiled" is of "foil" and no form of "foile").
///
/// The rules are those by which English writes these endings: a short vowel doubles the letter behind it, a
/// silent e falls away.
pub(super) fn spelled(form: &str, lemma: &str) -> Option<String> {
    let past = form.strip_suffix("ed");
    let stem = past.or_else(|| form.strip_suffix("ing"))?;
    if !stem.is_ascii() || stem.len() < 2 || !stem.bytes().any(is_vowel) {
        return None;
    }
    let silent = format!("{stem}e");
    let bytes = stem.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    // Other spellings than these three are not touched: "carried", "died", "offered" as an exception.
    let doubled = last == before && !is_vowel(last);
    let single = &stem[..stem.len() - 1];
    if lemma != stem && lemma != silent && lemma != single {
        return None;
    }
    let wanted = if doubled && single.len() > 2 && !b"lsfz".contains(&last) {
        single.to_owned()
    } else if takes_no_e(bytes) {
        stem.to_owned()
    } else if takes_e(bytes, past.is_some()) {
        silent
    } else {
        return None;
    };
    (wanted != lemma).then_some(wanted)
}

fn is_vowel(letter: u8) -> bool {
    b"aeiou".contains(&letter)
}

/// Whether no verb ends in these letters and a silent e: "contradict", "foil", "help".
fn takes_no_e(stem: &[u8]) -> bool {
    let ends = |ending: &str| stem.ends_with(ending.as_bytes());
    let pair =
        ["ct", "ft", "lt", "nt", "pt", "xt", "sh", "ck", "mp", "nd", "ld", "lk", "rk", "sk", "nk"]
            .iter()
            .any(|p| ends(p));
    let pair = pair || ["rm", "lm", "rn", "wn", "ss", "ll", "ff", "zz"].iter().any(|p| ends(p));
    let last = stem[stem.len() - 1];
    let two = stem.len() > 3
        && ["ai", "ee", "oo", "oi", "oa"]
            .iter()
            .any(|p| stem[..stem.len() - 1].ends_with(p.as_bytes()) && b"lnmdkp".contains(&last));
    pair || two || b"xwy".contains(&last) && stem.len() > 2
}

/// Whether a verb that ends in these letters has a silent e behind them: "force", "serve", "handle", "blame".
fn takes_e(stem: &[u8], past: bool) -> bool {
    let ends = |ending: &str| stem.ends_with(ending.as_bytes());
    let last = stem[stem.len() - 1];
    let before = stem[stem.len() - 2];
    let consonant_l = last == b'l' && b"bcdfgkptz".contains(&before);
    let soft = ["dg", "rg", "lg", "rc", "nc"].iter().any(|p| ends(p)) || past && ends("ing");
    // One short syllable would have doubled its last letter: "blaming" is of "blame".
    let vowels = stem.iter().filter(|b| is_vowel(**b)).count();
    let short = vowels == 1 && is_vowel(before) && b"bdfgklmnprt".contains(&last);
    consonant_l || soft || last == b'v' || last == b'u' && before != b'o' || short
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn a_regular_form_has_one_spelling() {
        let of =
            |form: &str, chosen: &str| spelled(form, chosen).unwrap_or_else(|| chosen.to_owned());
        for (form, chosen, wanted) in [
            ("foiled", "foile", "foil"),
            ("rammed", "ramm", "ram"),
            ("contradicted", "contradicte", "contradict"),
            ("blaming", "blam", "blame"),
            ("spinning", "spinn", "spin"),
            ("tinged", "ting", "tinge"),
            ("handled", "handl", "handle"),
            ("forced", "forc", "force"),
            ("killed", "kill", "kill"),
            ("visited", "visit", "visit"),
            ("created", "create", "create"),
            ("offering", "offer", "offer"),
            ("raised", "raise", "raise"),
            ("told", "tell", "tell"),
            ("carried", "carry", "carry"),
            ("adding", "add", "add"),
            ("breaching", "breach", "breach"),
            ("bringing", "bring", "bring"),
        ] {
            assert_eq!(of(form, chosen), wanted, "{form}");
        }
    }
}
