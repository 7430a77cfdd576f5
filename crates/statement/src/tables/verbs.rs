//! The forms of English verbs: spelling rules, and a table for the rest.

use std::collections::BTreeMap;

use super::{TableError, comma};

const FILE: &str = "data/en/verbs.csv";
const TEXT: &str = include_str!("../../../../data/en/verbs.csv");

/// Forms of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// "capture", also after "to"
    Base,
    /// "captures"
    Third,
    /// "captured", and where it is the same the participle
    Past,
    /// "taken", where it differs from the past
    Participle,
    /// "capturing"
    Ing,
    /// Not a verb.
    Noun,
}

/// The irregular verbs.
#[derive(Debug, Clone)]
pub struct Verbs(BTreeMap<&'static str, [&'static str; 3]>);

impl Verbs {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let mut verbs = BTreeMap::new();
        for row in comma::read(FILE, TEXT, "lemma,past,participle,ing")? {
            let [lemma, past, participle, ing] = row.cells[..] else { continue };
            if row.cells.iter().any(|c| c.is_empty()) {
                return Err(TableError::new(FILE, row.line, "a form is empty"));
            }
            if verbs.insert(lemma, [past, participle, ing]).is_some() {
                return Err(TableError::new(FILE, row.line, "the verb stands twice"));
            }
        }
        Ok(Self(verbs))
    }

    /// True for the past of an irregular verb ("lost").
    pub fn is_past(&self, word: &str) -> bool {
        self.0
            .iter()
            .any(|(lemma, [past, ..])| past.split('|').any(|p| p == word) && *lemma != word)
    }

    /// The verb of an irregular past or participle, also behind a prefix ("rebuilt", "overtook").
    pub fn of_irregular(&self, form: &str) -> Option<String> {
        let known = |form: &str| {
            let is = |written: &str| written.split('|').any(|f| f == form);
            self.0.iter().find(|(_, [past, done, _])| is(past) || is(done)).map(|(lemma, _)| *lemma)
        };
        known(form).map(str::to_owned).or_else(|| {
            ["re", "over", "under", "out", "mis", "un", "fore", "with"].iter().find_map(|prefix| {
                let lemma = known(form.strip_prefix(prefix)?)?;
                Some(format!("{prefix}{lemma}"))
            })
        })
    }

    /// The forms of a verb; of "take over" the forms of "take", each with "over".
    pub fn forms(&self, lemma: &str) -> Vec<(Form, String)> {
        let (verb, rest) = lemma.split_once(' ').unwrap_or((lemma, ""));
        let mut forms = vec![(Form::Base, verb.to_owned())];
        let third = match verb {
            "be" => "is|are|am|'s|'re".to_owned(),
            "have" => "has|'ve".to_owned(),
            "go" | "do" => format!("{verb}es"),
            _ => with_s(verb),
        };
        forms.extend(third.split('|').map(|f| (Form::Third, f.to_owned())));
        if let Some([past, participle, ing]) = self.0.get(verb) {
            forms.extend(past.split('|').map(|f| (Form::Past, f.to_owned())));
            let other = participle.split('|').filter(|p| !past.split('|').any(|x| x == *p));
            forms.extend(other.map(|f| (Form::Participle, f.to_owned())));
            forms.push((Form::Ing, (*ing).to_owned()));
        } else {
            let past = match verb.strip_suffix('y') {
                Some(stem) if !ends_in_vowel(stem) => format!("{stem}ied"),
                _ if verb.ends_with('e') => format!("{verb}d"),
                _ => format!("{verb}ed"),
            };
            let ing = match verb.strip_suffix('e') {
                Some(stem) if !verb.ends_with("ee") => format!("{stem}ing"),
                _ => format!("{verb}ing"),
            };
            forms.push((Form::Past, past));
            forms.push((Form::Ing, ing));
        }
        // "cut" is its own past: one entry is enough, and the base form comes first.
        forms.dedup_by(|a, b| a.1 == b.1);
        if !rest.is_empty() {
            for (_, form) in &mut forms {
                form.push(' ');
                form.push_str(rest);
            }
        }
        forms
    }
}

fn with_s(verb: &str) -> String {
    if let Some(stem) = verb.strip_suffix('y').filter(|s| !ends_in_vowel(s)) {
        return format!("{stem}ies");
    }
    let hisses = ["s", "sh", "ch", "x", "z"].iter().any(|end| verb.ends_with(end));
    format!("{verb}{}", if hisses { "es" } else { "s" })
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_their_forms() {
        let verbs = Verbs::shipped().expect("the shipped table");
        let of =
            |lemma: &str| verbs.forms(lemma).into_iter().map(|f| f.1).collect::<Vec<_>>().join(" ");
        assert_eq!(of("capture"), "capture captures captured capturing");
        assert_eq!(of("deny"), "deny denies denied denying");
        assert_eq!(of("attack"), "attack attacks attacked attacking");
        assert_eq!(of("take"), "take takes took taken taking");
        assert_eq!(of("flee"), "flee flees fled fleeing");
        assert!(of("take over").contains("taken over"));
        let irregular = |form: &str| verbs.of_irregular(form);
        assert_eq!(irregular("rebuilt").as_deref(), Some("rebuild"));
        assert_eq!((irregular("took").as_deref(), irregular("opened")), (Some("take"), None));
    }
}
