//! The order of the layers.

use sayso_model::CodePoints;

use crate::{Language, mentions, names, net, quotation, segment};

/// Reads a text into its layers.
///
/// Never fails, whatever the text holds; takes time linear in its length.
///
/// ```
/// let language = sayso_language::read("Ann Berg resigned. \"I had no choice,\" she said.");
/// assert_eq!(language.sentences.len(), 2);
/// assert_eq!(language.quotations[0].inner[0].of(language.text), "I had no choice,");
/// ```
pub fn read(text: &str) -> Language<'_> {
    deepen(segmented(text))
}

/// Paragraphs, sentences and tokens.
fn segmented(text: &str) -> Language<'_> {
    let (paragraphs, sentences, tokens) = segment::segment(text);
    Language {
        text,
        points: CodePoints::new(text),
        paragraphs,
        sentences,
        tokens,
        quotations: Vec::new(),
        names: Vec::new(),
        entities: Vec::new(),
        mentions: Vec::new(),
        states: net::States::default(),
    }
}

/// Adds every other layer to given paragraphs, sentences and tokens.
pub fn deepen(mut language: Language<'_>) -> Language<'_> {
    net::Core::english().annotate(&mut language);
    complete(language)
}

/// What [`read`] gives when no net runs: names by rule, no tags and no trees.
#[cfg(test)]
pub(crate) fn without_core(text: &str) -> Language<'_> {
    complete(segmented(text))
}

fn complete(mut language: Language<'_>) -> Language<'_> {
    language.quotations = quotation::quotations(language.text, &language.paragraphs);
    language.names =
        if language.names.is_empty() { names::names(&language) } else { names::clean(&language) };
    (language.entities, language.mentions) = mentions::mentions(&language);
    language
}
