//! The main text of a page.

use trafilatura::ExtractionFocus;

use super::blocks;

/// The paragraphs of the page's main text; nothing where there is none.
pub(super) fn paragraphs(page: &str) -> Option<Vec<String>> {
    careful(page).or_else(|| fallback(page))
}

fn careful(page: &str) -> Option<Vec<String>> {
    let options = trafilatura::Options::default()
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true);
    let found = trafilatura::extract(page, &options).ok()?;
    some(blocks::paragraphs(&found.content_html))
}

fn fallback(page: &str) -> Option<Vec<String>> {
    let mut reader = dom_smoothie::Readability::new(page, None, None).ok()?;
    some(blocks::paragraphs(&reader.parse().ok()?.content))
}

fn some(paragraphs: Vec<String>) -> Option<Vec<String>> {
    (!paragraphs.is_empty()).then_some(paragraphs)
}
