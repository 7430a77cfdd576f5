//! Where each token stands with respect to quotation marks.

use sayso_language::Language;

/// A number for each token: 0 outside quotations, 1 an opening mark, 2 inside, 3 a closing mark
/// (or a mark that opens a later paragraph of the same quotation).
///
/// Quotations inside quotations are part of the outer one.
pub fn marks(language: &Language<'_>) -> Vec<u8> {
    let mut marks = vec![0; language.tokens.len()];
    for quotation in language.quotations.iter().filter(|q| q.depth == 0) {
        let outer = language.tokens_in(quotation.outer);
        marks[outer.clone()].fill(3);
        for inner in &quotation.inner {
            marks[language.tokens_in(*inner)].fill(2);
        }
        if let Some(first) = marks[outer].first_mut()
            && *first == 3
        {
            *first = 1;
        }
    }
    marks
}
