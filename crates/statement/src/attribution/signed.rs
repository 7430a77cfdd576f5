//! Quotations that are signed after a dash: “…” — Ann Berg, mayor of Holm; behind the quotation or
//! as a line of its own below it.

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::label;
use super::view::View;

/// Longest signature with what it tells of its bearer, in tokens.
const LONGEST: usize = 20;

/// The signed quotations of an article.
pub(super) fn quotations(view: &View) -> Vec<Found> {
    let outermost = |q: &usize| view.language.quotations[*q].depth == 0;
    (0..view.language.quotations.len()).filter(outermost).filter_map(|q| signed(view, q)).collect()
}

fn signed(view: &View, quotation: usize) -> Option<Found> {
    let content = view.quotation_tokens(quotation);
    let paragraph = |t: usize| view.paragraph_of(t);
    let words = content.clone().filter(|t| view.is(*t, Sort::WORD)).count();
    let dash = content.end + usize::from(view.is(content.end, Sort::STOP));
    if content.is_empty() || words < 2 || dash >= view.len() || !view.is(dash, Sort::DASH) {
        return None;
    }
    let home = paragraph(content.end - 1);
    let below = paragraph(dash) == home + 1;
    if !below && paragraph(dash) != home {
        return None;
    }
    let end = view.language.tokens_in(view.language.paragraphs[paragraph(dash)]).end;
    let source = view.without_stop(dash + 1..end);
    if source.len() > LONGEST {
        return None;
    }
    let comma = source.clone().find(|t| view.is(*t, Sort::COMMA)).unwrap_or(source.end);
    // What stands behind the name describes its bearer, and tells nothing.
    let tells = (comma..source.end).any(|t| view.is_finite(t) || view.is(t, Sort::OPEN));
    // “…” – predicted Berg: a verb and no name follows the dash.
    let opens = view.is(source.start, Sort::CAPITAL | Sort::NAME | Sort::DETERMINER);
    let names = opens && label::is_source(view, &(source.start..comma));
    (names && !tells).then(|| Found::signed(source, dash, vec![content], Frame::Signed))
}
