//! Datelines: "KALVARA —", "NORBY, Oct. 3 (Velinform) -" before the first words of a paragraph. They
//! are nobody's words, and nobody who speaks.

use super::Found;
use super::closed::Sort;
use super::judge;
use super::view::View;

/// Longest dateline, in tokens.
const LONGEST: usize = 14;

/// Takes the datelines out of sources and contents.
pub(super) fn cut(view: &View, found: &mut [Found]) {
    let mut line = vec![false; view.len()];
    let mut any = false;
    for paragraph in &view.language.paragraphs {
        let tokens = view.language.tokens_in(*paragraph);
        if let Some(end) = end(view, tokens.start, tokens.end) {
            line[tokens.start..end].fill(true);
            any = true;
        }
    }
    if !any {
        return;
    }
    for item in found.iter_mut() {
        if let Some(source) = &mut item.source {
            while source.start < source.end && line[source.start] {
                source.start += 1;
            }
        }
        item.source = item.source.take().filter(|source| !source.is_empty());
        // What holds nothing else keeps its words, so that no attribution is without any.
        let kept: Vec<usize> =
            item.content.iter().cloned().flatten().filter(|t| !line[*t]).collect();
        if !kept.is_empty() {
            item.content = judge::runs(&kept);
        }
    }
}

/// The first token behind a dateline; `None` where a paragraph begins with none.
fn end(view: &View, start: usize, limit: usize) -> Option<usize> {
    let form = |t: usize| view.language.form(t);
    let capitals = |t: usize| {
        let letters = form(t).chars().filter(|c| c.is_alphabetic()).count();
        letters > 2 && !form(t).contains(char::is_lowercase)
    };
    let reach = limit.min(start + LONGEST);
    let mark =
        (start + 1..reach).find(|t| view.is(*t, Sort::DASH) || matches!(form(*t), "-" | ":"))?;
    let agency = form(mark - 1) == ")";
    let dash = form(mark) != ":";
    let place = capitals(start) && view.is(start, Sort::CAPITAL);
    // "KALVARA — …", "NORBY (Velinform) - …", "YARDE, July 25 (Velinform): …"
    let plain = (start..mark).all(|t| {
        view.is(
            t,
            Sort::CAPITAL | Sort::NUMBER | Sort::COMMA | Sort::BRACKET | Sort::STOP | Sort::NAME,
        ) || matches!(form(t), "." | "/" | "of" | "-")
    });
    let long = view.is(mark, Sort::DASH) || agency;
    let named = place && dash && long || agency && (place || dash);
    (named && plain && mark + 1 < limit).then_some(mark + 1)
}
