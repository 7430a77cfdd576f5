//! The stages in their order, for one article: language, then statements. A panic stays here.

use std::{borrow::Cow, cell::Cell, panic, sync::LazyLock};

use sayso_ledger::mend::{CertaintyTerm, EventClass, Vocabulary};
use sayso_link::{Classes, NameTables};
use sayso_model::{Article, Code, Statement};
use sayso_read::LANGUAGE_LIMIT;
use sayso_statement::Tables;

/// The shipped tables, read at the first article.
static TABLES: LazyLock<Tables> = LazyLock::new(|| match Tables::english() {
    Ok(tables) => tables,
    // The tables are in the binary, and a test of theirs reads every row.
    Err(broken) => panic!("{broken}"),
});

/// The names of agencies, read at the first article.
static NAMES: LazyLock<NameTables> = LazyLock::new(|| match NameTables::english() {
    Ok(names) => names,
    // As above.
    Err(broken) => panic!("{broken}"),
});

thread_local! {
    /// True while this thread works on an article, whose panic is reported by name.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// The tables that every layer of meaning reads.
pub(crate) fn tables() -> &'static Tables {
    &TABLES
}

/// What is known of the classes of events: sentences and opposites.
pub(crate) fn classes() -> Classes {
    Classes::from(&tables().packs)
}

/// What a correction can choose from: the classes of the packs, the terms of the general scale.
pub(crate) fn vocabulary() -> Vocabulary {
    let tables = tables();
    let events = tables
        .packs
        .classes
        .iter()
        .map(|class| EventClass { class: class.name.clone(), pack: Some(class.pack.clone()) });
    let general = tables.hedges.rows.iter().filter(|row| row.scale == "general");
    let terms = general.filter_map(|row| {
        Some(CertaintyTerm {
            term: row.term.clone(),
            class: row.class?,
            low: row.low,
            mid: row.mid,
            high: row.high,
            bound: row.bound,
        })
    });
    Vocabulary { events: events.collect(), terms: terms.collect() }
}

/// The agency whose text an article is, by its byline or its credit line.
pub(crate) fn agency(article: &Article) -> Option<String> {
    let text = article.text.as_str();
    sayso_link::credit(text, article.author.as_deref(), &NAMES)
        .or_else(|| beside(text).find_map(|line| sayso_link::credit("", Some(line), &NAMES)))
        .or_else(|| in_dateline(text))
}

/// Lines that hold an agency and nothing else: one below the byline, and the notice of copyright.
fn beside(text: &str) -> impl Iterator<Item = &str> {
    /// Lines at the top among which a byline stands; words of an agency's name.
    const TOP: usize = 4;
    const WORDS: usize = 4;
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let top = lines().take(TOP).filter(|line| line.split_whitespace().count() <= WORDS);
    let last = lines().next_back().filter(|last| {
        last.starts_with('©') || last.get(..9).is_some_and(|c| c.eq_ignore_ascii_case("copyright"))
    });
    let notice = last.map(|last| {
        let name = last.get(9..).filter(|_| !last.starts_with('©')).unwrap_or(last);
        let name = name.trim_start_matches(|c: char| !c.is_alphabetic());
        let name = name.strip_prefix("The ").unwrap_or(name);
        name.split(['.', ',']).next().unwrap_or(name)
    });
    top.chain(notice)
}

/// The agency in a dateline, whether or not it is a known one: "VARN, April 3 (Harbourwire) -- The dam …".
fn in_dateline(text: &str) -> Option<String> {
    /// Characters up to the bracket: a place, a state, a day.
    const BEFORE: usize = 60;
    let line = text.lines().find(|line| !line.trim().is_empty())?.trim();
    let (before, rest) = line.split_once('(')?;
    let (name, after) = rest.split_once(')')?;
    let place = before.split([',', ' ']).next().unwrap_or_default();
    let capitals = place.chars().count() > 1 && place.chars().all(|c| c.is_uppercase() || c == '-');
    let dash = ["--", "—", "–", "- "].iter().any(|dash| after.trim_start().starts_with(dash));
    let named = name.split_whitespace().count() <= 3
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.'))
        && !name.is_empty();
    (capitals && dash && named && before.chars().count() <= BEFORE).then(|| name.to_owned())
}

/// The statements of an article, in the order of the text; none of one in another language.
pub(crate) fn statements(article: &Article) -> Vec<Statement> {
    if article.problems.iter().any(|problem| problem.code == Code::R017) {
        return Vec::new();
    }
    let article = beginning(article);
    let language = sayso_language::read(&article.text);
    sayso_statement::read(&article, &language, tables())
}

/// An article with as much of its text as is read; mostly all of it.
pub(crate) fn beginning(article: &Article) -> Cow<'_, Article> {
    if article.text.len() <= LANGUAGE_LIMIT {
        return Cow::Borrowed(article);
    }
    let mut end = LANGUAGE_LIMIT;
    while !article.text.is_char_boundary(end) {
        end -= 1;
    }
    // At the end of a paragraph where there is one: half a sentence says what nobody said.
    let end = article.text[..end].rfind('\n').unwrap_or(end);
    let text = article.text[..end].to_owned();
    Cow::Owned(Article { text, ..article.clone() })
}

/// Runs one article's work. A panic costs this article alone and is told as a sentence.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.set(true);
    let result = panic::catch_unwind(panic::AssertUnwindSafe(work));
    GUARDED.set(false);
    result.map_err(|cause| {
        let words = cause.downcast_ref::<&str>().map(ToString::to_string);
        words.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

/// Keeps the panics that [`guarded`] reports from being printed twice.
pub(crate) fn hush() {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !GUARDED.get() {
            loud(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_endless_text_the_beginning_is_read() {
        let short = Article::of_text("a", "The dam will hold.");
        assert!(matches!(beginning(&short), Cow::Borrowed(_)));
        let long = Article::of_text("a", &"é the dam will hold.\n".repeat(60_000));
        let read = beginning(&long);
        assert!(read.text.len() <= LANGUAGE_LIMIT && read.text.ends_with("hold."));
        assert_eq!(read.id, long.id);
        let line = Article::of_text("a", &"é".repeat(LANGUAGE_LIMIT));
        assert!(beginning(&line).text.len() <= LANGUAGE_LIMIT);
    }

    #[test]
    fn an_agency_is_credited_in_the_usual_places() {
        let of = |text: &str| agency(&Article::of_text("a", text)).unwrap_or_default();
        for (text, expected) in [
            ("VARN, April 3 (Harbourwire) -- The dam held.", "Harbourwire"),
            ("VARN (North Wire) — The dam held.", "North Wire"),
            (
                "The dam held.\n\nCopyright 2031 The Associated Press. All rights reserved.",
                "Associated Press",
            ),
            ("The dam held.\n© 2031 Reuters", "Reuters"),
            ("By ADA QUILL\nAssociated Press\n\nVARN — The dam held.", "Associated Press"),
            ("The dam (Harbourwire) -- it held.", ""),
            ("VARN (built in 1910) — The dam held.", ""),
            ("VARN (Harbourwire said) — The dam held.", ""),
            ("The dam held.\nCopyright law was not changed.", ""),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_panic_becomes_a_sentence() {
        hush();
        assert_eq!(guarded(|| 7), Ok(7));
        assert_eq!(guarded(|| -> u8 { panic!("line {}", 3) }), Err("line 3".to_owned()));
        assert!(!GUARDED.get());
    }
}
