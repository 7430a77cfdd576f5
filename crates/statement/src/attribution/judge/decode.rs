//! From scores to tokens: cues, contents and sources.

use std::ops::Range;

/// A source has so many tokens at most.
const LONGEST_SOURCE: usize = 30;
/// So many first tokens of a source are tried, the likeliest.
const BEGINNINGS: usize = 6;
/// A token goes on a cue when the chance of "inside" is above this.
const GOES_ON: f32 = 0.35;

/// Cues from chances of outside, begins and inside.
pub(super) fn cues(chances: &[[f32; 3]], threshold: f32) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (t, &[outside, begins, inside]) in chances.iter().enumerate() {
        if begins > threshold && !(open && inside > begins) {
            out.push(t..t + 1);
            open = true;
        } else if open && inside > outside && inside > GOES_ON {
            if let Some(last) = out.last_mut() {
                last.end = t + 1;
            }
        } else {
            open = false;
        }
    }
    out
}

/// The best way to lay segments over a reach (Viterbi over outside and inside; a score for each
/// token inside, each beginning and each end): the tokens inside.
pub(super) fn content(scores: &[[f32; 6]]) -> Vec<usize> {
    let mut back = Vec::with_capacity(scores.len());
    let (mut out, mut into, mut end_before) = (0.0f32, f32::MIN / 4.0, 0.0f32);
    for &[inside, begins, ends, ..] in scores {
        let (begun, kept) = (out + begins, into);
        let (ended, stayed) = (into + end_before, out);
        back.push((ended > stayed, kept >= begun));
        out = ended.max(stayed);
        into = inside + begun.max(kept);
        end_before = ends;
    }
    let mut state = into + end_before > out;
    let mut tokens = Vec::new();
    for (t, &(from_inside, stays)) in back.iter().enumerate().rev() {
        if state {
            tokens.push(t);
            state = stays;
        } else {
            state = from_inside;
        }
    }
    tokens.reverse();
    tokens
}

/// The likeliest source in a reach and its chance; `None` where nobody is likelier.
pub(super) fn source(scores: &[[f32; 6]], nobody: f32) -> (Option<Range<usize>>, f32) {
    let firsts = log_softmax(scores.iter().map(|s| s[3]), nobody);
    let lasts = log_softmax(scores.iter().map(|s| s[4]), nobody);
    let n = scores.len();
    let mut best = (None, firsts[n] + lasts[n]);
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| firsts[*b].total_cmp(&firsts[*a]).then(a.cmp(b)));
    for &first in order.iter().take(BEGINNINGS) {
        let reach = first..n.min(first + LONGEST_SOURCE);
        let last = reach.max_by(|a, b| lasts[*a].total_cmp(&lasts[*b]).then(b.cmp(a)));
        let Some(last) = last else { continue };
        let chance = firsts[first] + lasts[last];
        if chance > best.1 {
            best = (Some(first..last + 1), chance);
        }
    }
    (best.0, libm::expf(best.1))
}

/// Logarithms of chances; the extra one stands last.
fn log_softmax(scores: impl Iterator<Item = f32>, extra: f32) -> Vec<f32> {
    let mut x: Vec<f32> = scores.chain([extra]).collect();
    let most = x.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = x.iter().map(|v| libm::expf(v - most)).sum();
    let all = most + libm::logf(sum);
    for v in &mut x {
        *v -= all;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_begins_goes_on_and_ends() {
        let o = [1.0, 0.0, 0.0];
        let chances = [o, [0.2, 0.8, 0.0], [0.1, 0.1, 0.8], o, [0.7, 0.3, 0.0], [0.6, 0.0, 0.4]];
        assert_eq!(cues(&chances, 0.15), [1..3, 4..5]);
    }

    #[test]
    fn content_may_come_in_two_segments_and_bridges_where_ends_cost() {
        let token = |inside| [inside, -1.0, -1.0, 0.0, 0.0, 0.0];
        let far = [3.0, 3.0, -9.0, 3.0].map(token);
        assert_eq!(content(&far), [0, 1, 3]);
        let near = [3.0, 3.0, -1.0, 3.0].map(token);
        assert_eq!(content(&near), [0, 1, 2, 3]);
        assert_eq!(content(&[-1.0, -1.0].map(token)), Vec::<usize>::new());
        assert_eq!(content(&[]), Vec::<usize>::new());
    }

    #[test]
    fn a_source_or_nobody() {
        let row = |first, last| [0.0, 0.0, 0.0, first, last, 0.0];
        let scores = [row(5.0, 0.0), row(0.0, 5.0), row(0.0, 0.0)];
        assert_eq!(source(&scores, 0.0).0, Some(0..2));
        assert_eq!(source(&scores, 9.0).0, None);
        assert_eq!(source(&[], 0.0).0, None);
    }
}
