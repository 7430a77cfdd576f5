//! The table `data/en/speakers.toml`: people, bodies, papers, outlets.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use sayso_model::LinkKind;
use serde::Deserialize;

/// What a noun without a name says of its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    /// "official"
    Person,
    /// "officials"
    People,
    /// "ministry"
    Body,
    /// "report"
    Paper,
}

/// What a pronoun as a source points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// "I": whoever is being quoted, else the author
    Own,
    /// "she"
    Human,
    /// "they", "it"
    Other,
    /// "who"
    Relative,
}

/// Lists of words by what they do in or around a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Ends the head of a source (", who").
    Head,
    /// Puts a name behind another noun ("a spokesman for").
    Behind,
    /// Ends the noun and what stands before it ("official of").
    Core,
    /// Tells one bearer of a noun from another ("another official").
    Contrast,
    /// Where a noun phrase can begin no earlier.
    Edge,
    /// Brings somebody in ("an official").
    Introducer,
    /// Ends whom somebody cites.
    Cited,
    /// "citing"
    Citing,
    /// "spoke", in a sentence that tells only where.
    Speaking,
    /// "the newspaper", which points back to an outlet.
    Outlet,
    /// "tell": whoever follows is told. The lemma.
    Telling,
    /// "speaking", "interview" before a cue.
    Venue,
    /// "cited", before "by" and an outlet.
    CitedBy,
    /// "quote": whoever follows has said it. The lemma.
    Quoting,
    /// "'s"
    Genitive,
}

/// The table, ready to ask.
#[derive(Debug)]
pub(crate) struct Nouns {
    pronouns: BTreeMap<String, Pronoun>,
    places: BTreeMap<Place, HashSet<String>>,
    person: HashSet<String>,
    people: HashSet<String>,
    body: HashSet<String>,
    paper: HashSet<String>,
    nameless: HashSet<String>,
    member: HashSet<String>,
    outlet_word: HashSet<String>,
    outlet: HashSet<String>,
    agency: HashSet<String>,
    platform: HashSet<String>,
    label: HashSet<String>,
    evidence: HashSet<String>,
    pointer: HashSet<String>,
    generic: HashSet<String>,
    leading: HashSet<String>,
    epithet: HashSet<String>,
    poll: HashSet<String>,
    audience: HashSet<String>,
    same_body: HashSet<String>,
    firm: HashSet<String>,
    utterance: HashSet<String>,
    hearer: HashSet<String>,
    forecaster: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    person: Vec<String>,
    people: Vec<String>,
    body: Vec<String>,
    paper: Vec<String>,
    nameless: Vec<String>,
    member: Vec<String>,
    outlet_word: Vec<String>,
    outlet: Vec<String>,
    agency: Vec<String>,
    platform: Vec<String>,
    label: Vec<String>,
    evidence: Vec<String>,
    pointer: Vec<String>,
    generic: Vec<String>,
    leading: Vec<String>,
    epithet: Vec<String>,
    poll: Vec<String>,
    audience: Vec<String>,
    same_body: Vec<String>,
    firm: Vec<String>,
    utterance: Vec<String>,
    hearer: Vec<String>,
    forecaster: Vec<String>,
    pronouns: Pronouns,
    places: Places,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    own: Vec<String>,
    human: Vec<String>,
    other: Vec<String>,
    relative: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    head: Vec<String>,
    behind: Vec<String>,
    core: Vec<String>,
    contrast: Vec<String>,
    edge: Vec<String>,
    introducer: Vec<String>,
    cited: Vec<String>,
    citing: Vec<String>,
    speaking: Vec<String>,
    outlet: Vec<String>,
    telling: Vec<String>,
    venue: Vec<String>,
    cited_by: Vec<String>,
    quoting: Vec<String>,
    genitive: Vec<String>,
}

/// The table that ships.
pub(crate) static NOUNS: LazyLock<Nouns> = LazyLock::new(|| {
    // The test `the_table_that_ships_is_valid` reads the same embedded bytes.
    read(include_str!("../../../data/en/speakers.toml")).expect("data/en/speakers.toml is valid")
});

fn read(toml: &str) -> Result<Nouns, String> {
    let file: File = toml::from_str(toml).map_err(|e| format!("data/en/speakers.toml: {e}"))?;
    let set = |words: Vec<String>| words.into_iter().collect::<HashSet<_>>();
    let fold = |words: Vec<String>| words.iter().map(|w| name(w)).collect::<HashSet<_>>();
    let mut people = set(file.people);
    people.extend(file.person.iter().map(|word| plural(word)));
    let all = file.pronouns;
    let pronouns = [
        (all.own, Pronoun::Own),
        (all.human, Pronoun::Human),
        (all.other, Pronoun::Other),
        (all.relative, Pronoun::Relative),
    ];
    let all = file.places;
    let places = [
        (Place::Head, all.head),
        (Place::Behind, all.behind),
        (Place::Core, all.core),
        (Place::Contrast, all.contrast),
        (Place::Edge, all.edge),
        (Place::Introducer, all.introducer),
        (Place::Cited, all.cited),
        (Place::Citing, all.citing),
        (Place::Speaking, all.speaking),
        (Place::Outlet, all.outlet),
        (Place::Telling, all.telling),
        (Place::Venue, all.venue),
        (Place::CitedBy, all.cited_by),
        (Place::Quoting, all.quoting),
        (Place::Genitive, all.genitive),
    ];
    Ok(Nouns {
        pronouns: pronouns
            .into_iter()
            .flat_map(|(words, sort)| words.into_iter().map(move |w| (w, sort)))
            .collect(),
        places: places.into_iter().map(|(place, words)| (place, set(words))).collect(),
        person: set(file.person),
        people,
        body: set(file.body),
        paper: set(file.paper),
        nameless: set(file.nameless),
        member: set(file.member),
        outlet_word: set(file.outlet_word),
        outlet: fold(file.outlet),
        agency: fold(file.agency),
        platform: fold(file.platform),
        label: set(file.label),
        evidence: set(file.evidence),
        pointer: set(file.pointer),
        generic: set(file.generic),
        leading: set(file.leading),
        epithet: set(file.epithet),
        poll: set(file.poll),
        audience: file.audience.iter().map(|n| name(n)).collect(),
        same_body: set(file.same_body),
        firm: set(file.firm),
        utterance: set(file.utterance),
        hearer: set(file.hearer),
        forecaster: set(file.forecaster),
    })
}

fn plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("man") {
        format!("{stem}men")
    } else if word.ends_with('y') && !word.ends_with("ey") && !word.ends_with("oy") {
        format!("{}ies", &word[..word.len() - 1])
    } else if word.ends_with("ss") || word.ends_with("ch") {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// A name as the table compares it: lower case, without "the".
fn name(text: &str) -> String {
    let lower = text.to_lowercase().replace('-', " ");
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

impl Nouns {
    /// What the last word of a source without a name tells; the word in lower case.
    pub(crate) fn sort(&self, word: &str) -> Option<Noun> {
        if self.person.contains(word) || word.ends_with("person") {
            Some(Noun::Person)
        } else if self.people.contains(word) {
            Some(Noun::People)
        } else if self.body.contains(word) {
            Some(Noun::Body)
        } else if self.paper.contains(word) {
            Some(Noun::Paper)
        } else {
            None
        }
    }

    /// What a pronoun points to; the word in lower case.
    pub(crate) fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(word).copied()
    }

    /// Whether a word stands in a list.
    pub(crate) fn is(&self, place: Place, word: &str) -> bool {
        self.places.get(&place).is_some_and(|words| words.contains(word))
    }

    /// Words that say only that there is no name ("another", "unnamed").
    pub(crate) fn is_nameless(&self, word: &str) -> bool {
        self.nameless.contains(word)
    }

    /// Members who speak for a body ("experts").
    pub(crate) fn is_member(&self, word: &str) -> bool {
        self.member.contains(word)
    }

    /// An outlet or agency by its name; `None` for any other name.
    pub(crate) fn outlet(&self, text: &str) -> Option<LinkKind> {
        let folded = name(text);
        if self.agency.contains(&folded) {
            return Some(LinkKind::Agency);
        }
        let last = folded.rsplit(' ').next().unwrap_or_default();
        // A word alone ("the channel", "media") is no name, and a number of words without a
        // capital neither.
        let named = text.split(' ').any(|w| {
            w.starts_with(char::is_uppercase)
                && w != "The"
                && !self.outlet_word.contains(&w.to_lowercase())
        });
        let by_word = folded.contains(' ')
            && named
            && (self.outlet_word.contains(last)
                || folded.split(' ').any(|w| matches!(w, "news" | "tv" | "radio" | "times")));
        (self.outlet.contains(&folded) || by_word).then_some(LinkKind::Outlet)
    }

    /// What stands before a colon and is nobody who speaks ("Date", "Photo").
    pub(crate) fn is_label(&self, word: &str) -> bool {
        self.label.contains(word)
    }

    /// What shows something and holds nothing ("footage").
    pub(crate) fn is_evidence(&self, word: &str) -> bool {
        self.evidence.contains(word)
    }

    /// A noun for a body right before its name ("newspaper Kurier"); the word in lower case.
    pub(crate) fn is_body_before_name(&self, word: &str) -> bool {
        self.firm.contains(word) || self.is(Place::Outlet, word) || self.outlet_word.contains(word)
    }

    /// A paper that says what its maker says at once ("statement").
    pub(crate) fn is_utterance(&self, word: &str) -> bool {
        self.utterance.contains(word)
    }

    /// Is the last word of a phrase that of a paper ("a court filing")?
    pub(crate) fn is_paper(&self, phrase: &str) -> bool {
        let last = phrase.rsplit(' ').next().unwrap_or_default().to_lowercase();
        self.sort(&last) == Some(Noun::Paper) || self.is_evidence(&last)
    }

    /// A word that makes a name an outlet's; in lower case.
    pub(crate) fn is_outlet_word(&self, word: &str) -> bool {
        self.outlet_word.contains(word)
    }

    /// Who hears what nobody is named for having said ("jurors were told").
    pub(crate) fn hears(&self, word: &str) -> bool {
        self.hearer.contains(word)
    }

    /// Who is said to expect something without saying it ("markets").
    pub(crate) fn forecasts(&self, word: &str) -> bool {
        self.forecaster.contains(word)
    }

    /// What alone only points to what was said ("this").
    pub(crate) fn points(&self, word: &str) -> bool {
        self.pointer.contains(word)
    }

    /// A noun that fits whoever does the talking ("the expert").
    pub(crate) fn is_generic(&self, word: &str) -> bool {
        self.generic.contains(word)
    }

    /// A noun by which a text calls a body that it has named ("the company").
    pub(crate) fn is_firm(&self, word: &str) -> bool {
        self.firm.contains(word) || word.ends_with("maker")
    }

    /// A noun that names no other body than the name before it ("the Norby Front group").
    pub(crate) fn is_same_body(&self, word: &str) -> bool {
        self.same_body.contains(word)
    }

    /// A body that is told things and prints none.
    pub(crate) fn is_audience(&self, text: &str) -> bool {
        self.audience.contains(&name(text))
    }

    /// A noun for whoever leads a body.
    pub(crate) fn is_leading(&self, word: &str) -> bool {
        self.leading.contains(word)
    }

    /// An adjective that tells no bearer of a role from another.
    pub(crate) fn is_epithet(&self, word: &str) -> bool {
        self.epithet.contains(word)
    }

    /// A paper that counts opinions.
    pub(crate) fn is_poll(&self, word: &str) -> bool {
        self.poll.contains(word)
    }

    /// Where people publish their own words.
    pub(crate) fn is_platform(&self, text: &str) -> bool {
        self.platform.contains(&name(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_is_valid() {
        let nouns = read(include_str!("../../../data/en/speakers.toml")).unwrap();
        assert_eq!(nouns.sort("spokeswoman"), Some(Noun::Person));
        assert_eq!(nouns.sort("witnesses"), Some(Noun::People));
        assert_eq!(nouns.sort("envoys"), Some(Noun::People));
        assert_eq!(nouns.outlet("the Reuters"), Some(LinkKind::Agency));
        assert_eq!(nouns.outlet("Northern Radio"), Some(LinkKind::Outlet));
        assert_eq!(nouns.outlet("national TV"), None);
        assert_eq!(nouns.outlet("the board"), None);
    }
}
