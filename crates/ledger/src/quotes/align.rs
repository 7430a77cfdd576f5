//! The words of a quotation beside those of an article: where they fit best, and what differs.

use std::ops::Range;

use super::{WordDifference, tokens::Token};

/// What a run of the article's words costs that a quotation leaves out without a mark, however long it is:
/// "There is no agreement. We have not signed it", of "There is no agreement. There is a draft, and we have
/// not signed it".
const OMISSION: u16 = 2;
/// Words of such a run; beyond it the two halves are not of one quotation.
const MAX_OMITTED: usize = 40;

/// Where a quotation fits best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Words that would have to be put in, left out or replaced; a run that is left out counts for two.
    pub(super) changes: usize,
    /// The words of the article; never none.
    pub(super) words: Range<usize>,
}

/// The first place with the fewest changes, of at most `allowed`.
///
/// Time is the product of the two numbers of words; a place without changes is found in time of the
/// article alone, mostly.
pub(super) fn align(
    needle: &[Token<'_>],
    words: &[Token<'_>],
    allowed: usize,
) -> Option<Alignment> {
    let has_gap = needle.iter().any(Token::is_gap);
    if !has_gap {
        let exact = words
            .windows(needle.len().max(1))
            .position(|window| window.iter().zip(needle).all(|(a, b)| a.key == b.key));
        if let Some(start) = exact.filter(|_| !needle.is_empty()) {
            return Some(Alignment { changes: 0, words: start..start + needle.len() });
        }
    }
    if allowed == 0 && !has_gap {
        return None;
    }
    let table = Table::of(needle, words);
    let last = table.row(needle.len());
    // Of two ends as good as each other the later one has more of the article's words.
    let ends = last.iter().enumerate().skip(1);
    let (end, cost) = ends.min_by_key(|(end, cost)| (**cost, std::cmp::Reverse(*end)))?;
    let changes = usize::from(*cost);
    if changes > allowed {
        return None;
    }
    let start = table.path(needle, words, end).last().map_or(end, |step| step.word);
    (start < end).then_some(Alignment { changes, words: start..end })
}

/// The words of both, run by run.
pub(super) fn difference(
    needle: &[Token<'_>],
    words: &[Token<'_>],
    found: &Alignment,
    text: &str,
) -> Vec<WordDifference> {
    let words = &words[found.words.clone()];
    let table = Table::of(needle, words);
    let mut steps = table.path(needle, words, words.len());
    steps.reverse();
    // Words before the first step that was left out belong to no run: the path begins at 0.
    let mut runs: Vec<(bool, Range<usize>, Range<usize>)> = Vec::new();
    for step in steps {
        let (own, theirs) = (step.needle..step.needle_end, step.word..step.word_end);
        match runs.last_mut() {
            Some((same, draft, article)) if *same == step.same => {
                (draft.end, article.end) = (own.end, theirs.end);
            }
            _ => runs.push((step.same, own, theirs)),
        }
    }
    runs.into_iter()
        .map(|(same, own, theirs)| WordDifference {
            draft: needle[own].iter().map(|token| token.text).collect::<Vec<_>>().join(" "),
            article: covered(&words[theirs], text),
            same,
        })
        .collect()
}

/// The article's words with what stands between them, where they lie together.
fn covered(words: &[Token<'_>], text: &str) -> String {
    let plain = || words.iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    let whole = text.get(first.span.start as usize..last.span.end as usize).unwrap_or_default();
    // A cue between two halves was left out: the words alone.
    let between = super::tokens::tokens(whole).len();
    if between == words.len() {
        whole.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        plain()
    }
}

/// One step of the way through both.
#[derive(Debug, Clone, Copy)]
struct Step {
    needle: usize,
    needle_end: usize,
    word: usize,
    word_end: usize,
    same: bool,
}

/// How many changes lead to each pair of beginnings, row by row of the quotation. The words before the
/// first one are free.
struct Table {
    width: usize,
    costs: Vec<u16>,
}

impl Table {
    fn of(needle: &[Token<'_>], words: &[Token<'_>]) -> Self {
        let width = words.len() + 1;
        let mut costs = vec![0_u16; width * (needle.len() + 1)];
        for (i, token) in needle.iter().enumerate() {
            let (above, below) = costs.split_at_mut((i + 1) * width);
            let above = &above[i * width..];
            below[0] = above[0] + u16::from(!token.is_gap());
            // Where a run began that is left out, and what it costs so far.
            let mut run = (0, below[0] + OMISSION);
            for (j, word) in words.iter().enumerate() {
                below[j + 1] = if token.is_gap() {
                    above[j + 1].min(below[j])
                } else {
                    let replaced = above[j] + u16::from(token.key != word.key);
                    let omitted = if j - run.0 < MAX_OMITTED { run.1 } else { u16::MAX };
                    replaced.min(above[j + 1] + 1).min(below[j] + 1).min(omitted)
                };
                if below[j + 1] + OMISSION <= run.1 || j + 1 - run.0 >= MAX_OMITTED {
                    run = (j + 1, below[j + 1] + OMISSION);
                }
            }
        }
        Self { width, costs }
    }

    fn row(&self, i: usize) -> &[u16] {
        &self.costs[i * self.width..(i + 1) * self.width]
    }

    /// The way to the end of the quotation and the word before `end`, from its end to its beginning.
    fn path(&self, needle: &[Token<'_>], words: &[Token<'_>], end: usize) -> Vec<Step> {
        let (mut i, mut j) = (needle.len(), end);
        let mut steps = Vec::new();
        while i > 0 {
            let cost = self.row(i)[j];
            let token = &needle[i - 1];
            let same = j > 0 && token.key == words[j - 1].key;
            let diagonal = j > 0 && !token.is_gap();
            let (needle_start, word_start) = if token.is_gap() {
                if j > 0 && self.row(i)[j - 1] == cost { (i, j - 1) } else { (i - 1, j) }
            } else if diagonal && self.row(i - 1)[j - 1] + u16::from(!same) == cost {
                (i - 1, j - 1)
            } else if j > 0 && self.row(i)[j - 1] + 1 == cost {
                (i, j - 1)
            } else if self.row(i - 1)[j] + 1 == cost {
                (i - 1, j)
            } else {
                // A run that is left out, from the last place where it could begin.
                let begins = |from: &usize| self.row(i)[*from] + OMISSION == cost;
                match (j.saturating_sub(MAX_OMITTED + 1)..j).rev().find(begins) {
                    Some(from) => (i, from),
                    None => (i - 1, j),
                }
            };
            let kept = token.is_gap() || (same && needle_start < i && word_start < j);
            steps.push(Step {
                needle: needle_start,
                needle_end: i,
                word: word_start,
                word_end: j,
                same: kept,
            });
            (i, j) = (needle_start, word_start);
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::tokens::{needle, tokens},
        *,
    };

    const TEXT: &str = "The town will fall. “We will hold the bridge until spring,” she said.";

    fn found(quotation: &str, allowed: usize) -> Option<(usize, String)> {
        let words = tokens(TEXT);
        align(&needle(quotation), &words, allowed).map(|found| {
            let own = &words[found.words.clone()];
            (found.changes, own.iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
        })
    }

    #[test]
    fn the_best_place_is_found() {
        let hold = || "We will hold the bridge until spring".to_owned();
        assert_eq!(found("we will hold the bridge until spring", 0), Some((0, hold())));
        assert_eq!(found("We will hold the town until spring", 0), None);
        assert_eq!(found("We will hold the town until spring", 1), Some((1, hold())));
        assert_eq!(found("We will … until spring", 0), Some((0, hold())));
        assert_eq!(found("We will not hold the bridge", 1).map(|(n, _)| n), Some(1));
        assert_eq!(found("Nothing of this was ever said", 3), None);
        assert_eq!(found("", 3), None);
        // Left out without a mark: the run counts for two.
        assert_eq!(found("We will hold until spring", 1), None);
        assert_eq!(found("We will hold until spring", 2), Some((2, hold())));
        assert_eq!(
            found("The town will hold the bridge until spring she said", 2).map(|(n, _)| n),
            Some(2)
        );
    }

    #[test]
    fn the_difference_names_the_words() {
        let words = tokens(TEXT);
        let draft = needle("We will never hold the river until spring");
        let found = align(&draft, &words, 3).unwrap();
        let runs: Vec<(bool, String, String)> = difference(&draft, &words, &found, TEXT)
            .into_iter()
            .map(|run| (run.same, run.draft, run.article))
            .collect();
        let run = |same, draft: &str, article: &str| (same, draft.to_owned(), article.to_owned());
        assert_eq!(
            runs,
            [
                run(true, "We will", "We will"),
                run(false, "never", ""),
                run(true, "hold the", "hold the"),
                run(false, "river", "bridge"),
                run(true, "until spring", "until spring"),
            ]
        );
    }

    proptest! {
        #[test]
        fn the_changes_are_those_of_the_runs(
            quotation in "[abc…]( [abc]){0,8}",
            text in "[abc]( [abc]){0,12}",
        ) {
            let (draft, words) = (needle(&quotation), tokens(&text));
            if let Some(found) = align(&draft, &words, 20) {
                prop_assert!(found.words.end <= words.len() && found.words.start < found.words.end);
                let runs = difference(&draft, &words, &found, &text);
                let counted: usize = runs
                    .iter()
                    .filter(|run| !run.same)
                    .map(|run| match (tokens(&run.draft).len(), tokens(&run.article).len()) {
                        (0, omitted) => omitted.min(usize::from(OMISSION)),
                        // Words that differ stand beside some that are left out, perhaps.
                        (own, theirs) => own.max(theirs.min(own + usize::from(OMISSION))),
                    })
                    .sum();
                prop_assert!(counted <= found.changes, "{:?} {:?}", found, runs);
                let drafted: Vec<String> = runs
                    .iter()
                    .flat_map(|run| needle(&run.draft).into_iter().map(|t| t.key).collect::<Vec<_>>())
                    .filter(|key| !key.is_empty())
                    .collect();
                let own: Vec<String> =
                    draft.iter().filter(|t| !t.is_gap()).map(|t| t.key.clone()).collect();
                prop_assert_eq!(drafted, own);
            }
        }
    }
}
