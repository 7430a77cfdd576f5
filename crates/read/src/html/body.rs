//! The main text of a page.

use trafilatura::ExtractionFocus;

use super::blocks;

/// A page of more tags than this is no news page, and would hold up the careful reader for
/// seconds: its blocks are taken as they come.
const MANY_TAGS: usize = 60_000;

/// The paragraphs of the page's main text; nothing where there is none.
pub(super) fn paragraphs(page: &str, tags: usize) -> Option<Vec<String>> {
    if tags > MANY_TAGS {
        return some(blocks::paragraphs(page));
    }
    guarded(page, careful).or_else(|| some(blocks::paragraphs(page)))
}

/// Runs a reader that others wrote on bytes that nobody checked: where it panics, it found nothing,
/// as if it had said so.
fn guarded(page: &str, read: fn(&str) -> Option<Vec<String>>) -> Option<Vec<String>> {
    std::panic::catch_unwind(|| read(page)).ok().flatten()
}

fn careful(page: &str) -> Option<Vec<String>> {
    let options = trafilatura::Options::default()
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true);
    let found = trafilatura::extract(page, &options).ok()?;
    some(blocks::paragraphs(&found.content_html))
}

fn some(paragraphs: Vec<String>) -> Option<Vec<String>> {
    (!paragraphs.is_empty()).then_some(paragraphs)
}
