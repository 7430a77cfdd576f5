//! Which reports trace to one first source.
//!
//! One holder is one origin, however often they speak: what a named person or organization says is
//! theirs. What nobody is named for traces to the unnamed role at the first outlet, or to what it was
//! copied from. Whether two reports trace to one source hangs on these two alone, so that no order of
//! reports makes a difference.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_model::{LinkKind, Speaker, SpeakerKind, Statement, content_id};
use serde::{Deserialize, Serialize};

use crate::{
    shingle::{self, Passage},
    spelling::fold,
    tables::Names,
};

/// Days between two reports of one unnamed source, or between a text and its copy, at most.
pub const DAYS: i32 = 3;

/// One statement as a report of something said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The statement's id.
    pub statement: String,
    /// The article's id.
    pub article: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// Whose it is: a named speaker across articles ([`crate::people`]), or the article's own.
    pub holder: Option<String>,
    /// Words of a role without a name ("the general"), or of the role that a named speaker bears.
    role: BTreeSet<String>,
    /// Holders without a name in the chain, each with the outlet nearest before it.
    unnamed: Vec<(String, String)>,
    /// The words of its content.
    passage: Passage,
}

impl Report {
    /// From a statement, with what linking has found out: the speaker across articles and the wire
    /// credit of the article.
    pub fn of(
        statement: &Statement,
        speaker: Option<String>,
        credit: Option<&str>,
        names: &Names,
    ) -> Self {
        let article = &statement.article;
        let published = article.published.as_deref().and_then(|day| day.get(..10));
        let own = credit.or(article.outlet.as_deref());
        // Without an outlet, an article is its own.
        let mut outlet = own.map_or(article.id.clone(), outlet_key);
        let mut unnamed = Vec::new();
        // Evidence that a body published is the body's.
        let mut publisher = None;
        for link in &statement.chain {
            match link.kind {
                LinkKind::Outlet | LinkKind::Agency => outlet = outlet_key(&link.name),
                LinkKind::Anonymous => unnamed.push((outlet.clone(), role_key(&link.name, names))),
                LinkKind::Person => {
                    publisher = Some(Speaker::id_of(SpeakerKind::Person, &link.name, &article.id));
                }
                LinkKind::Organization => {
                    let kind = SpeakerKind::Organization;
                    publisher = Some(Speaker::id_of(kind, &link.name, &article.id));
                }
            }
        }
        let held = statement.speaker.as_ref();
        let (holder, role) = match held.map(|held| (held, held.kind)) {
            Some((held, SpeakerKind::Person | SpeakerKind::Organization)) => {
                let role = held.role.as_deref().unwrap_or_default();
                (speaker.or_else(|| Some(held.id.clone())), role_words(role, names))
            }
            Some((held, SpeakerKind::Anonymous | SpeakerKind::Group)) => {
                unnamed.push((outlet, role_key(&held.name, names)));
                // Who speaks to another outlet is nobody of this article.
                let here = statement.chain.is_empty();
                (None, if here { role_words(&held.name, names) } else { BTreeSet::new() })
            }
            Some((_, SpeakerKind::Author)) | None => {
                let own = || content_id("a", &format!("{} {outlet}", article.id));
                let holder =
                    if unnamed.is_empty() { publisher.or_else(|| Some(own())) } else { None };
                (holder, BTreeSet::new())
            }
        };
        Self {
            statement: statement.id.clone(),
            article: article.id.clone(),
            date: published.and_then(|day| day.parse().ok()),
            holder,
            role,
            unnamed,
            passage: Passage::of(&content(statement)),
        }
    }
}

/// Gives the reports of one article to those whom it names: "the general" of its headline is the
/// general of its text, where it names one and no more.
pub fn name_roles(reports: &mut [Report]) {
    let mut bearers: Vec<(&BTreeSet<String>, &String)> = Vec::new();
    let mut named: Vec<(usize, String)> = Vec::new();
    for report in reports.iter() {
        if let (Some(holder), false) = (&report.holder, report.role.is_empty()) {
            bearers.push((&report.role, holder));
        }
    }
    for (index, report) in reports.iter().enumerate() {
        if report.holder.is_some() || report.role.is_empty() {
            continue;
        }
        let meant: BTreeSet<&String> = bearers
            .iter()
            .filter(|(role, _)| report.role.is_subset(role))
            .map(|(_, holder)| *holder)
            .collect();
        if let (Some(holder), 1) = (meant.first(), meant.len()) {
            named.push((index, (*holder).clone()));
        }
    }
    for (index, holder) in named {
        reports[index].holder = Some(holder);
    }
}

/// The words of a role that tell who it is, folded.
fn role_words(role: &str, names: &Names) -> BTreeSet<String> {
    role.split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|word| word.len() > 2 && word != "te" && !names.is_generic(word))
        .collect()
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
    /// The same holder.
    Holder,
    /// The same unnamed role of one organization, through the same first outlet, within days.
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

/// The hashes under which a report meets others within [`DAYS`]. Under [`Why::Copied`] two belong
/// together only when [`is_copy`] says so too.
pub fn origin_keys(report: &Report) -> Vec<(u64, Why)> {
    let mut keys = BTreeSet::new();
    if report.holder.is_none() {
        for (outlet, role) in &report.unnamed {
            let bytes =
                ["unnamed", outlet, role].into_iter().flat_map(|part| part.bytes().chain([0]));
            keys.insert((shingle::hash(bytes), Why::Unnamed));
        }
    }
    keys.extend(report.passage.samples().into_iter().map(|sample| (sample, Why::Copied)));
    keys.into_iter().collect()
}

/// True when one of two reports, of which one at least has no holder, is a copy of the other: most
/// of a sentence or more. A few equal words of two sources say nothing.
pub fn is_copy(one: &Report, other: &Report) -> bool {
    let unheld = one.holder.is_none() || other.holder.is_none();
    unheld && one.passage.copied(&other.passage).is_some()
}

/// The id of the origin that a holder is.
pub fn holder_origin(holder: &str) -> String {
    content_id("o", holder)
}

/// The id of the origin of reports that nobody holds: by the first of them, or by the holder whose
/// words they copy.
pub fn unheld_origin(first: &str, copied: Option<&str>) -> String {
    match copied {
        Some(holder) => holder_origin(holder),
        None => content_id("o", first),
    }
}

/// Reports of one first source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Derived from the holder, or from the first report.
    pub id: String,
    /// The reports' statements, by date.
    pub statements: Vec<String>,
    /// What joined them, each once.
    pub why: Vec<Why>,
}

/// Sorts reports into origins, in the order of their ids. What has no date meets what has none.
/// Time is `n log n` in the keys, times the reports under one key.
pub fn origins(reports: &[Report]) -> Vec<Origin> {
    let mut reports: Vec<Report> = reports.to_vec();
    reports.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut articles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, report) in reports.iter().enumerate() {
        articles.entry(report.article.clone()).or_default().push(index);
    }
    for members in articles.values() {
        let mut own: Vec<Report> = members.iter().map(|i| reports[*i].clone()).collect();
        name_roles(&mut own);
        for (index, report) in members.iter().zip(own) {
            reports[*index] = report;
        }
    }
    let mut keys: BTreeMap<(u64, Why), Vec<usize>> = BTreeMap::new();
    for (index, report) in reports.iter().enumerate() {
        for key in origin_keys(report) {
            keys.entry(key).or_default().push(index);
        }
    }
    let mut sets = Sets((0..reports.len()).collect());
    let mut copied: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut joined: Vec<(usize, Why)> = Vec::new();
    for ((_, why), members) in &keys {
        for (at, one) in members.iter().enumerate() {
            for other in &members[at + 1..] {
                let (a, b) = (&reports[*one], &reports[*other]);
                if !near(a.date, b.date) || *why == Why::Copied && !is_copy(a, b) {
                    continue;
                }
                match (&a.holder, &b.holder) {
                    (None, None) => {
                        sets.join(*one, *other);
                        joined.extend([(*one, *why), (*other, *why)]);
                    }
                    (Some(_), None) => {
                        copied.entry(*other).or_default().insert(*one);
                    }
                    (None, Some(_)) => {
                        copied.entry(*one).or_default().insert(*other);
                    }
                    (Some(_), Some(_)) => {}
                }
            }
        }
    }
    // The holder whose words came first, of all that members of a set copy.
    let mut held: BTreeMap<usize, usize> = BTreeMap::new();
    for (member, sources) in &copied {
        let root = sets.root(*member);
        let first = sources.first().copied().unwrap_or(*member);
        held.entry(root).and_modify(|known| *known = first.min(*known)).or_insert(first);
    }
    let mut found: BTreeMap<String, (Vec<usize>, BTreeSet<Why>)> = BTreeMap::new();
    for index in 0..reports.len() {
        let (id, why) = if let Some(holder) = &reports[index].holder {
            (holder_origin(holder), Some(Why::Holder))
        } else {
            let root = sets.root(index);
            let source = held.get(&root).and_then(|i| reports[*i].holder.as_deref());
            let first = &reports[root].statement;
            (unheld_origin(first, source), source.map(|_| Why::Copied))
        };
        let (members, reasons) = found.entry(id).or_default();
        members.push(index);
        reasons.extend(why);
        reasons.extend(joined.iter().filter(|(one, _)| *one == index).map(|(_, why)| *why));
    }
    let origin = |(id, (members, why)): (String, (Vec<usize>, BTreeSet<Why>))| Origin {
        id,
        // What stands alone was joined by nothing.
        why: if members.len() > 1 { why.into_iter().collect() } else { Vec::new() },
        statements: members.into_iter().map(|i| reports[i].statement.clone()).collect(),
    };
    found.into_iter().map(origin).collect()
}

/// First means first published, ties by id.
fn order(report: &Report) -> (bool, Option<Date>, &str) {
    (report.date.is_none(), report.date, &report.statement)
}

/// True when two days are few enough apart, or neither is known.
fn near(one: Option<Date>, other: Option<Date>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.until(other).is_ok_and(|span| span.get_days().abs() <= DAYS)
        }
        (None, None) => true,
        _ => false,
    }
}

/// Disjoint sets of numbers, each known by its least.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "the ferry to Ostrel will not sail again before the ice is gone from the bay and the \
                         pilots are back at work";

    fn report(id: &str, day: i8, holder: &str, text: &str) -> Report {
        Report {
            statement: id.to_owned(),
            article: format!("article of {id}"),
            date: (day > 0).then(|| jiff::civil::date(2031, 4, day)),
            holder: (!holder.is_empty()).then(|| holder.to_owned()),
            passage: Passage::of(text),
            ..Report::default()
        }
    }

    fn unnamed(id: &str, day: i8, outlet: &str, role: &str) -> Report {
        let unnamed = vec![(outlet.to_owned(), role.to_owned())];
        Report { unnamed, ..report(id, day, "", "") }
    }

    fn sizes(reports: &[Report]) -> Vec<usize> {
        let mut sizes: Vec<usize> = origins(reports).iter().map(|o| o.statements.len()).collect();
        sizes.sort_unstable();
        sizes
    }

    #[test]
    fn one_holder_is_one_origin_however_often_they_speak() {
        let reports = [
            report("a", 3, "quill", ""),
            report("b", 4, "quill", ""),
            report("c", 28, "quill", ""),
            report("d", 0, "quill", ""),
            report("e", 3, "brask", ""),
        ];
        assert_eq!(sizes(&reports), [1, 4]);
    }

    #[test]
    fn an_unnamed_source_stays_with_its_first_outlet() {
        let reports = [
            unnamed("a", 3, "lamp", "norland"),
            unnamed("b", 5, "lamp", "norland"),
            unnamed("c", 3, "star", "norland"),
            unnamed("d", 3, "lamp", "varn"),
            unnamed("e", 20, "lamp", "norland"),
        ];
        assert_eq!(sizes(&reports), [1, 1, 1, 2]);
        let names = Names::english().unwrap();
        assert_eq!(
            role_key("NATO official", &names),
            role_key("unnamed NATO representative", &names)
        );
        assert_eq!(outlet_key("The Evening Lamp"), outlet_key("Evening Lamp"));
    }

    #[test]
    fn two_named_holders_never_merge_and_a_copy_is_the_first_ones() {
        let copy = report("c", 4, "", WORDS);
        let reports = [report("a", 3, "quill", WORDS), report("b", 3, "brask", WORDS), copy];
        let found = origins(&reports);
        assert_eq!(sizes(&reports), [1, 2]);
        let quill = found.iter().find(|origin| origin.statements.len() == 2).unwrap();
        assert_eq!(quill.statements, ["a", "c"]);
        assert_eq!(quill.why, [Why::Holder, Why::Copied]);
    }

    #[test]
    fn a_few_equal_words_are_no_copy() {
        let few = "the ferry will not sail before the end of May";
        let mut reports = [unnamed("a", 3, "lamp", "norland"), unnamed("b", 3, "star", "norland")];
        for report in &mut reports {
            report.passage = Passage::of(few);
        }
        assert_eq!(sizes(&reports), [1, 1]);
    }

    #[test]
    fn a_role_is_whom_the_article_names() {
        let names = Names::english().unwrap();
        let role = |report: Report, words: &str| Report {
            article: "one".to_owned(),
            role: role_words(words, &names),
            ..report
        };
        let general = role(report("b", 3, "astor", ""), "General");
        let headline = role(unnamed("a", 3, "lamp", "general"), "the general");
        assert_eq!(sizes(&[headline.clone(), general.clone()]), [2]);
        let second = role(report("c", 3, "holt", ""), "General");
        assert_eq!(sizes(&[headline.clone(), general.clone(), second]), [1, 1, 1]);
        let official = role(unnamed("d", 3, "lamp", "official"), "another official");
        assert_eq!(sizes(&[official, general]), [1, 1]);
    }
}
