//! The quotations of a draft, looked up word for word.
//!
//! Three steps, a module each: the full-text index names statements that could hold the words
//! ([`candidates`]), the words are laid beside the words of the article ([`align`]), and what the two
//! share decides the verdict. Case, punctuation and the shape of marks are no difference
//! ([`tokens`]); every other one is, however small.
//!
//! **Why the article decides and not the record.** A quotation of a draft may run over two statements,
//! or over the cue between two halves of one. The article has the words in their order and inside
//! their marks, whatever the reading made of them.

mod align;
mod candidates;
mod paraphrase;
mod tokens;

use std::collections::BTreeMap;

use rusqlite::Connection;
use sayso_model::{ArticleRef, CodePoints, PrintedSpan, Span, SpeakerKind, Speech, Statement};
use serde::Serialize;

pub use self::paraphrase::{ParaphraseCheck, ParaphraseDrift};
use self::{
    align::{Alignment, align},
    candidates::Candidates,
    tokens::{Token, needle, tokens},
};
use crate::{
    Ledger,
    error::{Fault, Result},
    fetch,
    record::Records,
};

/// Places that are listed for one quotation.
const MAX_SOURCES: usize = 5;
/// Articles in which one quotation is looked for.
const MAX_ARTICLES: usize = 48;
/// Bytes between two quoted pieces of one speaker that a cue may fill: “It will,” she said on Monday
/// after the meeting, “hold.” Pieces farther apart are two quotations.
const MAX_CUE_BYTES: u32 = 200;
/// Quotations of fewer words than this are too common to be missed: a title, a word in marks.
const MIN_WORDS: usize = 3;
/// Words of a quotation above which near misses are not looked for.
const MAX_NEAR_WORDS: usize = 400;

/// A quotation of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftQuotation<'a> {
    /// The words, with or without their marks. An ellipsis or square brackets stand for words that the
    /// draft leaves out or replaces.
    pub words: &'a str,
    /// The person to whom the draft gives the words, by name; `None` where it names no person.
    pub speaker: Option<&'a str>,
}

/// What the ledger knows of a quotation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuotationCheck {
    /// The words as the draft has them.
    pub quotation: String,
    /// To whom the draft gives them.
    pub speaker: Option<String>,
    /// Whether the ledger has them.
    pub verdict: QuotationVerdict,
    /// Where it has them, or what is nearest to them; the best first, at most five.
    pub sources: Vec<QuotationSource>,
}

/// Whether the ledger has a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotationVerdict {
    /// Word for word, inside quotation marks.
    Found,
    /// The same, and another person says it there than in the draft.
    OtherSpeaker,
    /// Word for word, and the article has it as a paraphrase: nobody's own words.
    Paraphrase,
    /// Some words differ.
    Altered,
    /// Nothing near it is known.
    NotFound,
    /// One or two words that the ledger does not have: too few to be missed.
    TooShort,
}

impl QuotationVerdict {
    /// The word, the same as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::OtherSpeaker => "other_speaker",
            Self::Paraphrase => "paraphrase",
            Self::Altered => "altered",
            Self::NotFound => "not_found",
            Self::TooShort => "too_short",
        }
    }

    /// True where whoever wrote the draft has nothing to look after.
    pub fn is_fine(self) -> bool {
        matches!(self, Self::Found | Self::TooShort)
    }
}

/// A place in an article that has the words of a quotation, or nearly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuotationSource {
    /// Id of the statement.
    pub statement: String,
    /// Who says it; null where nobody is named.
    pub speaker: Option<String>,
    /// The article.
    pub article: ArticleRef,
    /// The words as the article has them.
    pub span: PrintedSpan,
    /// True where they stand inside quotation marks.
    pub quoted: bool,
    /// The draft beside the article; empty where they agree word for word.
    pub difference: Vec<WordDifference>,
}

/// A run of words that the draft and the article share, or do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordDifference {
    /// As the draft has them.
    pub draft: String,
    /// As the article has them.
    pub article: String,
    /// True where the two are the same words.
    pub same: bool,
}

impl Ledger {
    /// Looks quotations up word for word, each by itself. A ledger of a million statements answers for
    /// forty in less than a second.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn check_quotations(
        &self,
        quotations: &[DraftQuotation<'_>],
    ) -> Result<Vec<QuotationCheck>> {
        self.read(|connection| {
            let mut lookup = Lookup {
                connection,
                candidates: Candidates::new(connection),
                articles: BTreeMap::new(),
            };
            quotations.iter().map(|quotation| lookup.check(quotation)).collect()
        })
    }
}

/// What several quotations are looked up with.
struct Lookup<'a> {
    connection: &'a Connection,
    candidates: Candidates<'a>,
    articles: BTreeMap<i64, Source>,
}

/// Articles held at a time.
const MAX_HELD: usize = 256;

impl Lookup<'_> {
    fn check(&mut self, quotation: &DraftQuotation<'_>) -> Result<QuotationCheck, Fault> {
        let words = needle(quotation.words);
        let count = words.iter().filter(|word| !word.is_gap()).count();
        let mut places = Vec::new();
        if count > 0 {
            let exact = self.candidates.of_phrase(&words)?;
            places = self.places(&exact, &words, 0)?;
            let is_found = places.iter().any(|place| place.source.quoted);
            if !is_found {
                // What differs in one word is at most one of the parts less.
                let near = self.candidates.of_parts(&words)?;
                let allowed = if count <= MAX_NEAR_WORDS { allowed_changes(count) } else { 0 };
                places.extend(self.places(&near, &words, allowed)?);
            }
        }
        let same = |place: &Place| match (quotation.speaker, place.person.as_deref()) {
            (Some(draft), Some(article)) => is_same_person(draft, article),
            _ => true,
        };
        places.sort_by(|a, b| {
            let rank = |place: &Place| (place.changes, !place.source.quoted, !same(place));
            rank(a).cmp(&rank(b)).then_with(|| b.newest().cmp(&a.newest()))
        });
        places.dedup_by(|a, b| a.newest() == b.newest());
        let verdict = match places.first() {
            None if count < MIN_WORDS => QuotationVerdict::TooShort,
            None => QuotationVerdict::NotFound,
            Some(place) if place.changes > 0 => QuotationVerdict::Altered,
            Some(place) if !place.source.quoted => QuotationVerdict::Paraphrase,
            Some(place) if !same(place) => QuotationVerdict::OtherSpeaker,
            Some(_) => QuotationVerdict::Found,
        };
        // Beside a place that has the very words, one that has others says nothing.
        let fewest = places.first().map_or(0, |place| place.changes);
        places.retain(|place| place.changes == fewest);
        places.truncate(MAX_SOURCES);
        Ok(QuotationCheck {
            quotation: quotation.words.to_owned(),
            speaker: quotation.speaker.map(str::to_owned),
            verdict,
            sources: places.into_iter().map(|place| place.source).collect(),
        })
    }

    /// The best place in each article that has the words with at most so many changes.
    fn places(
        &mut self,
        articles: &[i64],
        words: &[Token<'_>],
        allowed: usize,
    ) -> Result<Vec<Place>, Fault> {
        let mut places = Vec::new();
        for seq in articles.iter().take(MAX_ARTICLES) {
            if !self.articles.contains_key(seq) {
                if self.articles.len() >= MAX_HELD {
                    self.articles.clear();
                }
                self.articles.insert(*seq, Source::read(self.connection, *seq)?);
            }
            if let Some(source) = self.articles.get(seq) {
                places.extend(source.best(words, allowed));
            }
        }
        Ok(places)
    }
}

/// Words that may differ in a quotation of so many that is still taken for an altered one: three in
/// ten. Of two unrelated sentences more than half differ.
fn allowed_changes(words: usize) -> usize {
    if words < MIN_WORDS { 0 } else { (words * 3 / 10).max(1) }
}

/// A place with what orders the list.
struct Place {
    source: QuotationSource,
    /// The speaker, where it is a person whom the article names for sure.
    person: Option<String>,
    changes: usize,
}

impl Place {
    fn newest(&self) -> (Option<&str>, &str, u32) {
        let article = &self.source.article;
        (article.published.as_deref(), &article.id, self.source.span.byte_start)
    }
}

/// An article with its statements that hold, in the order of the text.
struct Source {
    text: String,
    statements: Vec<Statement>,
}

impl Source {
    fn read(connection: &Connection, seq: i64) -> Result<Self, Fault> {
        let mut records = Records::new(connection);
        let mut statements = Vec::new();
        let mut select = connection.prepare_cached(
            "SELECT s.article, s.id, s.record FROM current_statements s WHERE s.article = ?1
             ORDER BY s.position, s.seq",
        )?;
        let mut rows = select.query([seq])?;
        while let Some(row) = rows.next()? {
            statements.push(records.row(row, 0)?);
        }
        Ok(Self { text: records.text(seq)?.to_owned(), statements })
    }

    /// The place with the fewest changes, in the article as it runs and in what each speaker is quoted
    /// with; nothing where more than `allowed` words differ.
    fn best(&self, needle: &[Token<'_>], allowed: usize) -> Option<Place> {
        let whole = tokens(&self.text);
        let mut best: Option<(Alignment, Vec<Token<'_>>)> = None;
        for words in std::iter::once(whole).chain(self.quoted_runs()) {
            let limit = best.as_ref().map_or(allowed + 1, |(found, _)| found.changes);
            if limit == 0 {
                break;
            }
            if let Some(found) = align(needle, &words, limit - 1) {
                best = Some((found, words));
            }
        }
        let (found, words) = best?;
        let (first, last) = (words.get(found.words.start)?, words.get(found.words.end - 1)?);
        let span = Span { start: first.span.start, end: last.span.end };
        self.place(needle, &words, &found, span)
    }

    /// What each speaker is quoted with, the cues between left out.
    fn quoted_runs(&self) -> Vec<Vec<Token<'_>>> {
        let mut runs: Vec<(&str, u32, Vec<Token<'_>>)> = Vec::new();
        for statement in self.statements.iter().filter(|one| one.speech != Speech::Indirect) {
            let speaker = statement.speaker.as_ref().map_or("", |speaker| speaker.id.as_str());
            for part in &statement.content {
                let inside = tokens(part.span().of(&self.text));
                let moved = inside.into_iter().map(|token| token.moved(part.byte_start));
                match runs.last_mut() {
                    Some((who, end, run))
                        if *who == speaker
                            && part.byte_start >= *end
                            && part.byte_start - *end <= MAX_CUE_BYTES =>
                    {
                        run.extend(moved);
                        *end = part.byte_end;
                    }
                    _ => runs.push((speaker, part.byte_end, moved.collect())),
                }
            }
        }
        runs.into_iter().map(|(_, _, run)| run).collect()
    }

    fn place(
        &self,
        needle: &[Token<'_>],
        words: &[Token<'_>],
        found: &Alignment,
        span: Span,
    ) -> Option<Place> {
        let shared = |one: &&Statement| -> usize {
            let inside = one.content.iter().map(PrintedSpan::span).filter(|s| s.overlaps(span));
            inside.map(|s| s.end.min(span.end) as usize - s.start.max(span.start) as usize).sum()
        };
        // Of two statements that share as much, the one with the speaker's own words.
        let of = self
            .statements
            .iter()
            .max_by_key(|one| (shared(one), one.speech == Speech::Direct))
            .filter(|one| shared(one) > 0)?;
        let speaker = of.speaker.as_ref();
        let person = speaker.filter(|s| s.kind == SpeakerKind::Person && s.candidates.is_empty());
        Some(Place {
            person: person.map(|speaker| speaker.name.clone()),
            changes: found.changes,
            source: QuotationSource {
                statement: of.id.clone(),
                speaker: speaker.map(|speaker| speaker.name.clone()),
                article: of.article.clone(),
                span: CodePoints::new(&self.text).print(&self.text, span),
                quoted: of.speech == Speech::Direct || is_inside_marks(&self.text, span),
                difference: if found.changes == 0 {
                    Vec::new()
                } else {
                    align::difference(needle, words, found, &self.text)
                },
            },
        })
    }
}

/// True where a span stands between quotation marks of its paragraph.
fn is_inside_marks(text: &str, span: Span) -> bool {
    let Some(before) = text.get(..span.start as usize) else { return false };
    let paragraph = before.rsplit('\n').next().unwrap_or(before);
    let straight = paragraph.matches('"').count() % 2 == 1;
    let curly = match (paragraph.rfind(['“', '„', '«']), paragraph.rfind(['”', '»'])) {
        (Some(open), Some(close)) => open > close,
        (open, _) => open.is_some(),
    };
    straight || curly
}

/// True for two forms of one person's name: "Velchek" and "Radomir Velchek". Two names without a common
/// last word are two persons.
fn is_same_person(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let holds = |all: &[String], some: &[String]| some.iter().all(|word| all.contains(word));
    let last = matches!((one.last(), other.last()), (Some(a), Some(b)) if a == b);
    last || holds(&one, &other) || holds(&other, &one)
}

/// The articles of the rows of a select, each once, in their order.
fn articles_of(connection: &Connection, expression: &str, limit: usize) -> Result<Vec<i64>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT s.article FROM search CROSS JOIN listed s ON s.statement = search.rowid
         WHERE search MATCH ?1 ORDER BY search.rowid DESC LIMIT ?2",
    )?;
    let rows = select
        .query_map(rusqlite::params![expression, fetch::page_rows(limit)], |row| row.get(0))?;
    let mut articles: Vec<i64> = Vec::new();
    for article in rows {
        let article = article?;
        if !articles.contains(&article) {
            articles.push(article);
        }
    }
    Ok(articles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_short_and_in_full() {
        assert!(is_same_person("Velchek", "Radomir Velchek"));
        assert!(is_same_person("Gen. Velchek", "Radomir Velchek"));
        assert!(is_same_person("Radomir", "Radomir Velchek"));
        assert!(!is_same_person("Danuta Sorel", "Radomir Velchek"));
        assert!(!is_same_person("Radomir Sorel", "Radomir Velchek"));
    }

    #[test]
    fn marks_are_looked_for_in_the_own_paragraph() {
        let text = "He said “no.\nShe called it \"a first step\" and left.";
        let span = |words: &str| {
            let start = text.find(words).expect("it stands there");
            Span::new(start, start + words.len())
        };
        assert!(is_inside_marks(text, span("a first")));
        assert!(is_inside_marks(text, span("no")));
        assert!(!is_inside_marks(text, span("She called")));
        assert!(!is_inside_marks(text, span("left")));
    }
}
