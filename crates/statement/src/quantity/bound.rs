//! What words before a number make of it: "more than", "about", "rose by".

use sayso_model::{Op, QuantityKind};

use crate::{passage::Passage, tables::Units};

/// How far "by" may stand behind the verb that it belongs to, in words.
const REACH: usize = 6;

/// How the words before a number bound or move it, and the first of the bounding words. A bound
/// says more than a movement, a movement more than "about".
pub(super) fn read(
    units: &Units,
    passage: &Passage,
    start: usize,
    kind: Option<QuantityKind>,
) -> (Op, usize) {
    let lower = |i: usize| passage.lower(i);
    let mut at = start;
    let mut bound = None;
    for _ in 0..3 {
        if let Some((op, first)) = units.bound_before(&passage.words, at) {
            bound = Some((op, first));
            // "or about, or above 10": the outer bound wins.
            break;
        }
        let Some(before) = at.checked_sub(1).filter(|i| units.is_filler(lower(*i))) else { break };
        at = before;
    }
    if let Some((op, first)) = bound
        && op != Op::Approx
    {
        return (op, first);
    }
    let at = bound.map_or(start, |b| b.1);
    if let Some(op) = moved(units, passage, at, kind) {
        return (op, bound.map_or(start, |b| b.1));
    }
    bound.unwrap_or((Op::Eq, start))
}

/// How the words behind a number bound it, and the word after them: "3 percent or more", "40 boats at most".
pub(super) fn behind(units: &Units, passage: &Passage, end: usize) -> Option<(Op, usize)> {
    let (op, after) = units.bound_behind(&passage.words, end)?;
    // "at least three of them", "or more than 5", "and under the bridge" bound or begin something else.
    let joined = matches!(passage.lower(end), "or" | "and");
    let and_place =
        passage.lower(end) == "and" && passage.words.get(after).is_some_and(|w| !w.is_mark());
    let other = crate::numeral::read(&passage.words, after).is_some()
        || joined && passage.lower(after) == "than";
    (!other && !and_place).then_some((op, after))
}

/// "rose", "up", "fell by", "a rise of" before a figure.
fn moved(units: &Units, passage: &Passage, start: usize, kind: Option<QuantityKind>) -> Option<Op> {
    // "lost three boats", "raised four children": only figures move.
    if kind == Some(QuantityKind::Count) {
        return None;
    }
    let lower = |i: usize| passage.lower(i);
    let mut at = start.checked_sub(1)?;
    while at > 0 && (units.is_filler(lower(at)) || lower(at).ends_with("ly")) {
        at -= 1;
    }
    let by = matches!(lower(at), "by" | "of");
    if lower(at) == "of" {
        // "a rise of 5 %"
        return units.change(lower(at.checked_sub(1)?)).filter(|_| at > 1);
    }
    if by {
        return (at.saturating_sub(REACH)..at)
            .rev()
            .take_while(|i| !passage.words.get(*i).is_some_and(|w| w.is_mark()))
            .find_map(|i| units.change(lower(i)));
    }
    let op = units.change(lower(at))?;
    // "cut $3 million", "raised $5 million": the money is what was cut, not how far.
    let money = matches!(kind, None | Some(QuantityKind::Money));
    (!money || !units.is_transitive(lower(at))).then_some(op)
}

/// Which way "from A to B" goes by the verb before it; by the numbers where there is none.
pub(super) fn direction(units: &Units, passage: &Passage, from: usize) -> Option<Op> {
    (from.saturating_sub(REACH)..from)
        .rev()
        .take_while(|i| !passage.words.get(*i).is_some_and(|w| w.is_mark()))
        .find_map(|i| units.change(passage.lower(i)))
}
