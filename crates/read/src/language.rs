//! Which language a text is written in.
//!
//! Pages declare a language, and some declare the wrong one (the template's). `whichlang` names one
//! of sixteen languages for any text whatever, a language that it has never seen included; so its
//! "English" is believed only beside the small words that every English text is full of, and its
//! other answers only where these words are missing.

use whichlang::{Lang, detect_language};

/// Bytes of text that are looked at: enough for any article to show its language.
const LOOK: usize = 4000;
/// Words that a text must have before anything is said of its language.
const WORDS: usize = 30;
/// The small words of English. In running English they are a fifth to a quarter of all words (the
/// first ten ranks of any frequency list); in another language, names apart, nearly none.
const SMALL: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "for", "was", "with", "as", "by", "on", "it",
    "at", "from", "be", "has", "have", "not",
];

/// The language of a text, as an ISO 639-1 code; nothing where it cannot be told. `declared` is
/// what its source says.
pub(crate) fn of(text: &str, declared: Option<&str>) -> Option<String> {
    let end = (0..=LOOK.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let text = &text[..end];
    let declared = declared.map(str::to_owned);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = text.split_whitespace().count();
    // Scripts without blanks have few words and many letters.
    if words < WORDS && letters < WORDS * 5 {
        return declared;
    }
    let small = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| SMALL.iter().any(|small| word.eq_ignore_ascii_case(small)))
        .count();
    let identified = code(detect_language(text));
    // One word in eight is half of what English has; one in thirty is a title or a name.
    if small * 8 >= words {
        return Some("en".to_owned());
    }
    let foreign = small * 30 < words && identified != "en";
    match declared {
        Some(declared) if declared != "en" => Some(declared),
        _ if foreign => Some(identified.to_owned()),
        declared => declared.or_else(|| (identified == "en").then(|| "en".to_owned())),
    }
}

fn code(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The mayor of Harbourtown said on Thursday that the old bridge may close \
        in the coming days, after engineers found cracks in two of its piers. She told the council \
        that it was not possible to keep the crossing open for long.";
    const FRENCH: &str = "Le maire de la ville a déclaré jeudi que le vieux pont pourrait fermer \
        dans les prochains jours, après que des ingénieurs ont trouvé des fissures dans deux de ses \
        piles. Elle a dit au conseil qu'il n'était plus possible de laisser passer les voitures.";
    const POLISH: &str = "Burmistrz miasta powiedział w czwartek, że stary most może zostać zamknięty \
        w najbliższych dniach, po tym jak inżynierowie znaleźli pęknięcia w dwóch filarach. \
        Powiedziała radzie, że nie można już dłużej utrzymywać otwartej przeprawy dla ruchu \
        samochodów osobowych i ciężarowych w tym miejscu.";

    #[test]
    fn the_text_tells_its_language() {
        for (text, declared, found) in [
            (ENGLISH, None, Some("en")),
            // The template of a page may say anything.
            (ENGLISH, Some("de"), Some("en")),
            (FRENCH, None, Some("fr")),
            (FRENCH, Some("en"), Some("fr")),
            (POLISH, Some("pl"), Some("pl")),
            ("Le pont.", Some("en"), Some("en")),
            ("Le pont.", None, None),
            ("", None, None),
        ] {
            assert_eq!(of(text, declared).as_deref(), found, "{declared:?} {text}");
        }
        assert_ne!(of(POLISH, None).as_deref(), Some("en"));
        assert_ne!(of(POLISH, Some("en")).as_deref(), Some("en"));
    }
}
