//! The stages in their order, for one article: language, then statements. A panic stays here.

use std::{cell::Cell, panic, sync::LazyLock};

use sayso_link::{Classes, NameTables};
use sayso_model::{Article, Code, Statement};
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

/// The agency whose text an article is, by its byline or its credit line.
pub(crate) fn agency(article: &Article) -> Option<String> {
    sayso_link::credit(&article.text, article.author.as_deref(), &NAMES)
}

/// The statements of an article, in the order of the text; none of one in another language.
pub(crate) fn statements(article: &Article) -> Vec<Statement> {
    if article.problems.iter().any(|problem| problem.code == Code::R017) {
        return Vec::new();
    }
    let language = sayso_language::read(&article.text);
    sayso_statement::read(article, &language, tables())
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
    fn a_panic_becomes_a_sentence() {
        hush();
        assert_eq!(guarded(|| 7), Ok(7));
        assert_eq!(guarded(|| -> u8 { panic!("line {}", 3) }), Err("line 3".to_owned()));
        assert!(!GUARDED.get());
    }
}
