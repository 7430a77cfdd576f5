//! Which reports trace to one first source.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_model::{LinkKind, SpeakerKind, Statement, content_id};
use serde::{Deserialize, Serialize};

use crate::{
    shingle::{self, Passage},
    spelling::fold,
    tables::Names,
};

/// Days from the first report of a saying to the last, at most. News repeats a saying for a day or
/// two; what the same speaker says on the matter next week is said anew.
pub const DAYS: i32 = 3;

/// Reports under one key that a new one is compared with: a phrase that everybody uses has many,
/// and the nearest say enough.
const NEAREST: usize = 16;

/// One statement as a report of something said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The statement's id.
    pub statement: String,
    /// The article's id.
    pub article: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The agency whose text it is ([`crate::credit`]).
    pub credit: Option<String>,
    /// Day of publication.
    pub date: Option<Date>,
    /// A named speaker, across articles ([`crate::people`]).
    pub speaker: Option<String>,
    /// What the last link of the chain is called.
    pub holder: String,
    /// Holders without a name in the chain, each with the outlet nearest before it.
    unnamed: Vec<(String, String)>,
    /// The questions on which the statement bears, each with its side: who says yes and then no
    /// has said two things.
    pub matters: Vec<String>,
    /// The words of its content.
    pub passage: Passage,
}

impl Report {
    /// From a statement, with what linking has found out: the speaker across articles, the wire
    /// credit of the article, and the questions.
    pub fn of(
        statement: &Statement,
        speaker: Option<String>,
        credit: Option<String>,
        matters: Vec<String>,
        names: &Names,
    ) -> Self {
        let article = &statement.article;
        let published = article.published.as_deref().and_then(|day| day.get(..10));
        let own = credit.as_ref().or(article.outlet.as_ref());
        // Without an outlet, an article is its own.
        let mut outlet = own.map_or(article.id.clone(), |outlet| outlet_key(outlet));
        let mut unnamed = Vec::new();
        for link in &statement.chain {
            match link.kind {
                LinkKind::Outlet | LinkKind::Agency => outlet = outlet_key(&link.name),
                LinkKind::Anonymous => unnamed.push((outlet.clone(), role_key(&link.name, names))),
                LinkKind::Person | LinkKind::Organization => {}
            }
        }
        let held = statement.speaker.as_ref();
        let named =
            held.is_some_and(|s| matches!(s.kind, SpeakerKind::Person | SpeakerKind::Organization));
        if let Some(held) = held
            && matches!(held.kind, SpeakerKind::Anonymous | SpeakerKind::Group)
        {
            unnamed.push((outlet, role_key(&held.name, names)));
        }
        Self {
            statement: statement.id.clone(),
            article: article.id.clone(),
            outlet: article.outlet.clone(),
            credit,
            date: published.and_then(|day| day.parse().ok()),
            speaker: speaker.filter(|_| named),
            holder: held.map(|held| held.name.clone()).unwrap_or_default(),
            unnamed,
            matters,
            passage: Passage::of(&content(statement)),
        }
    }
}

/// The words of a statement's content.
pub fn content(statement: &Statement) -> String {
    statement.content.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// "The Harbour Courier" and "Harbour Courier" are one.
fn outlet_key(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|word| word != "the" && word != "te" && !word.is_empty())
        .collect()
}

/// An unnamed source by its organization: "NATO official" and "NATO representative" are one role.
/// Where no organization is said, by its words.
fn role_key(name: &str, names: &Names) -> String {
    let words: BTreeSet<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|word| {
            word.len() > 1 && !["te", "of", "from", "an", "in", "vith"].contains(&word.as_str())
        })
        .collect();
    let telling: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !names.is_generic(word)).collect();
    if telling.is_empty() {
        words.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    } else {
        telling.join(" ")
    }
}

/// Why two reports have one origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The same named speaker on the same question within days.
    Holder,
    /// The same unnamed role of one organization, through the same first outlet, on the same
    /// question within days.
    Unnamed,
    /// The words were copied.
    Copied,
}

impl Why {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Unnamed => "unnamed",
            Self::Copied => "copied",
        }
    }
}

/// The hashes under which a report meets others. Two reports under one key within [`DAYS`] of each
/// other have one origin; under a key of [`Why::Copied`] only when [`Passage::copied`] says so too and they
/// do not bear on different questions.
pub fn origin_keys(report: &Report) -> Vec<(u64, Why)> {
    let mut keys = BTreeSet::new();
    let mut add = |parts: &[&str], why| {
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
        keys.insert((shingle::hash(bytes), why));
    };
    for matter in &report.matters {
        if let Some(speaker) = &report.speaker {
            add(&["holder", speaker, matter], Why::Holder);
        }
        for (outlet, role) in &report.unnamed {
            add(&["unnamed", outlet, role, matter], Why::Unnamed);
        }
    }
    keys.extend(report.passage.samples().into_iter().map(|sample| (sample, Why::Copied)));
    keys.into_iter().collect()
}

/// Reports of one first source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Derived from the first report.
    pub id: String,
    /// The reports' statements, by date.
    pub statements: Vec<String>,
    /// What joined them, each once.
    pub why: Vec<Why>,
}

/// Sorts reports into origins, in the order of their ids. What has no date joins the first of its
/// key. Time is `n log n` in the keys.
pub fn origins(reports: &[Report]) -> Vec<Origin> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|i| {
        let report = &reports[*i];
        (report.date.is_none(), report.date, &report.article, &report.statement)
    });
    let mut sets = Sets((0..reports.len()).collect());
    let mut keys: BTreeMap<(u64, Why), Vec<usize>> = BTreeMap::new();
    let mut joined: Vec<(usize, Why)> = Vec::new();
    for index in &order {
        for key in origin_keys(&reports[*index]) {
            let before = keys.entry(key).or_default();
            let day = reports[*index].date;
            let copies = key.1 == Why::Copied;
            let mut met = false;
            let near = before.iter().rev().filter(|other| near(reports[**other].date, day));
            for other in near.take(if copies { NEAREST } else { 1 }) {
                met = true;
                if (!copies || is_copy(&reports[*other], &reports[*index]))
                    && sets.join(*other, *index)
                {
                    joined.push((*index, key.1));
                }
            }
            // The first report of a saying stands for it: days are counted from there, so that a
            // speaker who is quoted every day is not one origin for a year.
            if copies || !met {
                before.push(*index);
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in &order {
        members.entry(sets.root(*index)).or_default().push(*index);
    }
    let mut why: BTreeMap<usize, BTreeSet<Why>> = BTreeMap::new();
    for (index, reason) in joined {
        why.entry(sets.root(index)).or_default().insert(reason);
    }
    let mut origins: Vec<Origin> = members
        .into_iter()
        .map(|(root, members)| Origin {
            // A set is never empty, and its first report is the earliest.
            id: content_id("o", members.first().map_or("", |i| &reports[*i].statement)),
            statements: members.iter().map(|i| reports[*i].statement.clone()).collect(),
            why: why.remove(&root).unwrap_or_default().into_iter().collect(),
        })
        .collect();
    origins.sort_by(|a, b| a.id.cmp(&b.id));
    origins
}

/// True when one report copies the other: much of its words, and nothing that says they speak of
/// two matters. A stock phrase ("as things stand now") stands in reports of all matters.
fn is_copy(one: &Report, other: &Report) -> bool {
    let apart = !one.matters.is_empty()
        && !other.matters.is_empty()
        && !one.matters.iter().any(|matter| other.matters.contains(matter));
    !apart && one.passage.copied(&other.passage).is_some()
}

/// True when two days are few enough apart, or one is not known.
fn near(one: Option<Date>, other: Option<Date>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.until(other).is_ok_and(|span| span.get_days().abs() <= DAYS)
        }
        _ => true,
    }
}

/// Disjoint sets of numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    /// Makes two sets one; false when they were one already.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
        one != other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str, day: i8, speaker: &str, text: &str) -> Report {
        Report {
            statement: id.to_owned(),
            article: format!("article of {id}"),
            date: (day > 0).then(|| jiff::civil::date(2031, 4, day)),
            speaker: (!speaker.is_empty()).then(|| speaker.to_owned()),
            matters: vec!["q1".to_owned()],
            passage: Passage::of(text),
            ..Report::default()
        }
    }

    fn sizes(reports: &[Report]) -> Vec<usize> {
        let mut sizes: Vec<usize> = origins(reports).iter().map(|o| o.statements.len()).collect();
        sizes.sort_unstable();
        sizes
    }

    #[test]
    fn a_speaker_is_one_origin_for_some_days() {
        let reports = [
            report("a", 3, "quill", ""),
            report("b", 4, "quill", ""),
            report("c", 20, "quill", ""),
            report("d", 3, "brask", ""),
        ];
        assert_eq!(sizes(&reports), [1, 1, 2]);
    }

    #[test]
    fn what_has_no_date_joins_one_of_them_and_bridges_none() {
        let reports = [
            report("a", 3, "quill", ""),
            report("b", 20, "quill", ""),
            report("c", 0, "quill", ""),
        ];
        assert_eq!(sizes(&reports), [1, 2]);
    }

    #[test]
    fn an_unnamed_source_stays_with_its_first_outlet() {
        let unnamed = |id: &str, outlet: &str, role: &str| Report {
            unnamed: vec![(outlet.to_owned(), role.to_owned())],
            ..report(id, 3, "", "")
        };
        let reports = [
            unnamed("a", "lamp", "norland"),
            unnamed("b", "lamp", "norland"),
            unnamed("c", "star", "norland"),
            unnamed("d", "lamp", "varn"),
        ];
        assert_eq!(sizes(&reports), [1, 1, 2]);
        let names = Names::english().unwrap();
        assert_eq!(
            role_key("NATO official", &names),
            role_key("unnamed NATO representative", &names)
        );
        assert_eq!(outlet_key("The Evening Lamp"), outlet_key("Evening Lamp"));
    }

    #[test]
    fn copied_words_are_one_origin_whoever_is_named() {
        let words = "the ferry to Ostrel will not sail again before the ice is gone from the bay";
        let mut cut = report("b", 5, "brask", &words[..55]);
        cut.matters.clear();
        let reports =
            [report("a", 3, "quill", words), cut, report("c", 3, "holt", "no ferry will sail")];
        let found = origins(&reports);
        assert_eq!(sizes(&reports), [1, 2]);
        assert!(found.iter().any(|origin| origin.why == [Why::Copied]));
    }
}
