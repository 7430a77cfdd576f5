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
    // A reader that others wrote, on bytes that nobody checked: where it panics, the page's blocks
    // are taken as they come, and no other page pays for it.
    std::panic::catch_unwind(|| careful(page)).unwrap_or_else(|_| some(blocks::paragraphs(page)))
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
