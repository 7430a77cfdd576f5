//! The part of an article that is looked at once more for each cue.

use std::ops::Range;

use sayso_language::Language;

/// Tokens of a reach before the first token of the cue, at most.
const LEFT: usize = 72;
/// Tokens of a reach from the first token of the cue on, at most.
const RIGHT: usize = 104;
/// Steps up the tree before a token counts as elsewhere.
const DEEPEST: usize = 40;

/// The cue's sentence and one to each side, further where a quotation goes on.
pub(super) fn reach(language: &Language<'_>, marks: &[u8], cue: &Range<usize>) -> Range<usize> {
    let c = cue.start;
    let sentences = &language.sentences;
    let own = language.tokens[c].sentence;
    let first = |s: usize| sentences[s].tokens.start;
    let goes_on = |s: usize| marks[first(s)] >= 2;
    let (mut low, mut high) = (own.saturating_sub(1), (own + 1).min(sentences.len() - 1));
    while low > 0 && c - first(low) < LEFT && goes_on(low) {
        low -= 1;
    }
    while high + 1 < sentences.len() && first(high + 1) - c < RIGHT && goes_on(high + 1) {
        high += 1;
    }
    first(low).max(c.saturating_sub(LEFT))..sentences[high].tokens.end.min(c + RIGHT)
}

/// A token's place relative to the cue's first: exact to four tokens, then in widening steps.
pub(super) fn offset(token: usize, cue: usize) -> usize {
    let far = token.abs_diff(cue);
    let wider = [5, 7, 10, 14, 20, 29, 43, 61, 86];
    let step = far.min(4) + wider.iter().filter(|w| far >= **w).count();
    if token >= cue { 14 + step } else { 14 - step }
}

/// How each token of a reach hangs from the cue in the tree: 0 in another sentence, 1 elsewhere,
/// 2 the cue's head; below the cue, by the relation of its child; elsewhere below the cue's own
/// head, by the relation of the cue.
pub(super) fn relations(
    language: &Language<'_>,
    relation: &[u8],
    kinds: usize,
    cue: &Range<usize>,
    reach: &Range<usize>,
) -> Vec<usize> {
    let head = |t: usize| language.tokens[t].head.unwrap_or(t);
    let c = cue.clone().find(|&t| head(t) == t || !cue.contains(&head(t))).unwrap_or(cue.start);
    let up = (head(c) != c).then(|| head(c));
    let sentence = &language.sentences[language.tokens[c].sentence].tokens;
    let mut out = vec![0; reach.len()];
    for t in reach.start.max(sentence.start)..reach.end.min(sentence.end) {
        let mut j = t;
        out[t - reach.start] = 1;
        for _ in 0..DEEPEST {
            let found = if j == c {
                Some(2)
            } else if head(j) == c {
                Some(3 + usize::from(relation[j]))
            } else if Some(j) == up {
                Some(3 + kinds + usize::from(relation[c]))
            } else {
                None
            };
            if let Some(found) = found {
                out[t - reach.start] = found;
                break;
            }
            if head(j) == j {
                break;
            }
            j = head(j);
        }
    }
    out
}
