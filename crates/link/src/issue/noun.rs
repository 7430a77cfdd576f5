//! Noun phrases as a sentence bears them: article and number.

use super::words::{IssueWords, lower, words_of};

/// Words of a participant's name that a sentence bears.
const MAX_NAME: usize = 8;

/// The mark between an owner and what is owned.
const OWNING: [&str; 4] = ["’s ", "'s ", "s’ ", "s' "];

/// A participant's name as the subject of a sentence; none where the owner is unknown or it is no name.
pub(super) fn subject_name(name: &str, words: &IssueWords) -> Option<String> {
    let table = &words.sentences;
    let first = lower(words_of(name).next()?);
    let nobodys = table.pronouns.contains(&first) || table.possessives.contains(&first);
    // "The fact" that something is so is no subject.
    let is_fragment = table.hollow.contains(head(name, words)) || lacks_noun(name, words);
    if nobodys || is_fragment || name.split_whitespace().count() > MAX_NAME {
        return None;
    }
    let name = name.replace("s’s ", "s’ ").replace("s's ", "s' ");
    Some(if lacks_article(&name, words) { format!("the {name}") } else { name })
}

/// Whether a name is an adjective of a nation without its noun: "Ostrelian".
pub(super) fn lacks_noun(name: &str, words: &IssueWords) -> bool {
    let head = head(name, words);
    let ends = |ending: &String| head.ends_with(ending.as_str());
    head.starts_with(char::is_uppercase) && words.sentences.demonyms.iter().any(ends)
}

/// A participant as a sentence names it: "the army", but "Ostrel" and "soldiers".
pub fn with_article(name: &str, words: &IssueWords) -> String {
    subject_name(name, words).unwrap_or_else(|| name.to_owned())
}

/// Whether a name is one that English says with "the" and that has none: a common noun in the
/// singular ("Scottish government"), an institution ("Federal Trade Commission", "EU").
fn lacks_article(name: &str, words: &IssueWords) -> bool {
    let table = &words.sentences;
    let Some(first) = name.split_whitespace().next() else { return false };
    if table.determiners.contains(&first.to_lowercase()) {
        return false;
    }
    // "Union's demands" lacks what "union" lacks.
    if let Some((owner, _)) = OWNING.iter().find_map(|ending| name.split_once(ending)) {
        return owner.starts_with(char::is_lowercase) || lacks_article(owner, words);
    }
    let head = head(name, words);
    let is_common = head.starts_with(char::is_lowercase);
    if is_common {
        return !is_plural(name, words);
    }
    let is_institution = first != head && table.institutions.contains(&head.to_lowercase());
    table.with_the.contains(name) || is_institution
}

/// The noun that a phrase is about: the last word before "of" and its like.
fn head<'a>(name: &'a str, words: &IssueWords) -> &'a str {
    words.core(name).last().or_else(|| words_of(name).next()).unwrap_or_default()
}

/// Whether a subject is several: a common noun in the plural, a number of them, or two names.
pub(super) fn is_plural(name: &str, words: &IssueWords) -> bool {
    let table = &words.sentences;
    let first = words_of(name).next().unwrap_or_default().to_lowercase();
    if name.contains(" and ") {
        return true;
    }
    let head = head(name, words);
    if !head.starts_with(char::is_lowercase) {
        return false;
    }
    if table.several.contains(&first) {
        return true;
    }
    let is_singular = table.singular_endings.iter().any(|ending| head.ends_with(ending.as_str()));
    head.ends_with('s') && !is_singular || table.plurals.contains(head)
}

/// A noun phrase with the article of what is not known yet.
pub(super) fn indefinite(named: &str, plural: bool, words: &IssueWords) -> String {
    let first = named.split(' ').next().unwrap_or_default().to_lowercase();
    let counted = first.starts_with(|c: char| c.is_ascii_digit());
    if plural || counted || words.sentences.determiners.contains(&first) {
        return named.to_owned();
    }
    let article = if first.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {named}")
}

/// A helper that goes with its subject.
pub(super) fn agreeing(helper: &str, plural: bool, words: &IssueWords) -> String {
    let pair = words.sentences.agreement.iter().find(|pair| pair.iter().any(|h| h == helper));
    pair.map_or_else(|| helper.to_owned(), |pair| pair[usize::from(plural)].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_printed_as_a_newspaper_prints_them() {
        let words = IssueWords::english().unwrap();
        for (name, printed) in [
            ("army", "the army"),
            ("Ostrel", "Ostrel"),
            ("soldiers", "soldiers"),
            ("a bank", "a bank"),
            ("dockers’s union", "the dockers’ union"),
            ("Ostrelian government", "the Ostrelian government"),
            ("Ostrelian ships", "Ostrelian ships"),
            ("EU embargo on arms", "the EU embargo on arms"),
            ("network of agents", "the network of agents"),
            ("Varn Harbour Commission", "the Varn Harbour Commission"),
            ("EU", "the EU"),
            ("US", "the US"),
            ("US ships", "US ships"),
            ("Ada’s decision", "Ada’s decision"),
            ("union’s demands", "the union’s demands"),
            ("Varn Prosecution Service’s test", "the Varn Prosecution Service’s test"),
            ("Commission", "Commission"),
        ] {
            assert_eq!(with_article(name, &words), printed);
        }
        for nobodys in ["its annual profit", "the fact", "Velanian"] {
            assert_eq!(subject_name(nobodys, &words), None, "{nobodys}");
        }
    }

    #[test]
    fn number_is_the_head_s() {
        let words = IssueWords::english().unwrap();
        for name in ["four other members of a ring", "ferries to Varn", "police", "Ada and Bo"] {
            assert!(is_plural(name, &words), "{name}");
        }
        for name in
            ["network of agents", "the crisis", "the virus", "the series", "Wales", "Ten Brink"]
        {
            assert!(!is_plural(name, &words), "{name}");
        }
    }
}
