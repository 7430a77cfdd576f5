//! Contents made whole: the second conjunct after "but" or "has", the clause whose verb stands behind
//! a relative clause, the words before a concessive, the half of a sentence before its cue.

use std::ops::Range;

use super::Found;
use super::closed::Sort;
use super::view::View;

/// Fewest tokens of the half of a sentence that is brought home.
const FEWEST: usize = 4;

/// Completes the contents of attributions that stand side by side.
pub(super) fn complete(view: &View, found: &mut [Found]) {
    let mut cued = vec![false; view.len()];
    let mut held = vec![0_u32; view.len()];
    for (i, item) in found.iter().enumerate() {
        for t in item.cue.iter().chain(&item.source).cloned().flatten() {
            cued[t] = true;
        }
        for t in item.content.iter().cloned().flatten() {
            held[t] = i as u32 + 1;
        }
    }
    for (i, item) in found.iter_mut().enumerate() {
        let free = |range: Range<usize>| {
            range.clone().all(|t| !cued[t] && (held[t] == 0 || held[t] == i as u32 + 1))
        };
        let verbless = item.content.iter().cloned().flatten().all(|t| !view.is_finite(t));
        // A clause whose verb is another's cue holds that one.
        let apart = |from: usize, to: usize| verbless || free(from..to);
        if let Some(end) = right(view, item).filter(|(from, to)| apart(*from, *to)) {
            if let Some(last) = item.content.last_mut() {
                last.end = end.1;
            }
        } else if let Some(start) = left(view, item).filter(|(from, to)| free(*from..*to)) {
            if let Some(first) = item.content.first_mut() {
                first.start = start.0;
            }
        } else if let Some((from, to)) = half(view, item).filter(|(from, to)| free(*from..*to)) {
            item.content.insert(0, from..to);
        }
    }
}

/// Words without a quotation.
fn is_plain(view: &View, range: &Range<usize>) -> bool {
    !range.is_empty() && range.clone().all(|t| view.quotation_at(t).is_none())
}

/// What belongs to the clause of an indirect content behind its end: from where to where.
fn right(view: &View, item: &Found) -> Option<(usize, usize)> {
    let cue = item.cue.clone()?;
    let [content] = item.content.as_slice() else { return None };
    if content.start < cue.end || view.quotation_at(content.start).is_some() {
        return None;
    }
    let tokens = &view.language.tokens;
    let sentence = view.sentence_tokens(view.sentence_of(content.start));
    if !sentence.contains(&cue.start) || content.end >= sentence.end {
        return None;
    }
    // Of "according to" the clause is the sentence's own.
    let verb =
        cue.clone().any(|t| view.is_finite(t) || view.may_be_verb(t) && tokens[t].xpos != "VBG");
    let governed = |t: &usize| {
        let token = &tokens[*t];
        if verb {
            token.head.is_some_and(|h| cue.contains(&h)) && token.deprel.starts_with("ccomp")
        } else {
            token.head.is_none() && content.contains(t)
        }
    };
    let clause = content.clone().chain(content.end..sentence.end).find(governed)?;
    let subtree = view.subtree(clause)?;
    let next = content.end;
    // "…, has worked on it for years and …": a verb that shares the clause's subject.
    let shared = (next + 1..sentence.end).find(|t| {
        let token = &tokens[*t];
        token.head.is_some_and(|h| cue.contains(&h))
            && matches!(token.deprel, "parataxis" | "conj")
            && view.dependent(*t, &["nsubj", "nsubj:pass"]).is_none()
            && (next + 1..*t).all(|i| view.is_auxiliary(i) || view.is(i, Sort::ADVERB))
            && view.is(next, Sort::COMMA)
    });
    let reach = shared
        .and_then(|t| view.subtree(t))
        .map_or(subtree.end, |more| more.end.max(subtree.end))
        .min(sentence.end);
    let end = sentence.start + view.without_stop(sentence.start..reach).len();
    if end <= content.end {
        return None;
    }
    let verbless = !content.clone().any(|t| view.is_finite(t));
    let joined = view.is(next, Sort::COORDINATOR)
        || view.is(next, Sort::COMMA)
            && (view.is(next + 1, Sort::COORDINATOR) || view.is_finite(next + 1));
    let begins = subtree.start <= content.start + 2;
    (begins && (verbless && clause >= content.end || joined) || !verb && joined)
        .then_some((next, end))
}

/// The words of the sentence before a content that its cue follows.
fn left(view: &View, item: &Found) -> Option<(usize, usize)> {
    let cue = item.cue.clone()?;
    let [content] = item.content.as_slice() else { return None };
    if content.end > cue.start || !is_plain(view, content) {
        return None;
    }
    let sentence = view.sentence_tokens(view.sentence_of(content.start));
    let before = sentence.start..content.start;
    let apart = before.len() >= FEWEST
        && sentence.contains(&cue.start)
        && view.is(content.start - 1, Sort::COMMA)
        && is_plain(view, &before)
        && before.clone().any(|t| view.is_finite(t));
    apart.then_some((before.start, before.end))
}

/// The half of a sentence before "…, the pollster said, “but I have been wrong before”".
fn half(view: &View, item: &Found) -> Option<(usize, usize)> {
    let cue = item.cue.clone()?;
    let source = item.source.clone()?;
    let [content] = item.content.as_slice() else { return None };
    let sentence = view.sentence_tokens(view.sentence_of(cue.start));
    let comma = source.start.min(cue.start).checked_sub(1)?;
    let behind = content.start >= cue.end.max(source.end)
        && view.quotation_at(content.start).is_some()
        && view.is(content.start - 1, Sort::COMMA);
    let before = sentence.start..comma;
    let whole = behind
        && view.is(comma, Sort::COMMA)
        && sentence.contains(&comma)
        && before.len() >= FEWEST
        && before.clone().any(|t| view.is_finite(t))
        && view.quotation_at(comma - 1).is_none();
    whole.then_some((before.start, before.end))
}
