//! From scores of tags to names: the best path under "an I- follows a B- or I- of its type".

use std::ops::Range;

use ndarray::ArrayView2;

use crate::NameKind;

/// A tag of the file of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// No name.
    Outside,
    /// The first token of a name.
    Begin(NameKind),
    /// A further token of a name.
    Inside(NameKind),
}

impl Tag {
    /// Reads "O", "B-person", …
    pub(super) fn read(word: &str) -> Option<Self> {
        let kind = |w: &str| {
            [
                NameKind::Person,
                NameKind::Organization,
                NameKind::Place,
                NameKind::Group,
                NameKind::Event,
                NameKind::Work,
                NameKind::Other,
            ]
            .into_iter()
            .find(|k| k.word() == w)
        };
        match word.split_once('-') {
            None if word == "O" => Some(Self::Outside),
            Some(("B", w)) => kind(w).map(Self::Begin),
            Some(("I", w)) => kind(w).map(Self::Inside),
            _ => None,
        }
    }

    fn follows(self, before: Option<Self>) -> bool {
        match self {
            Self::Inside(kind) => {
                before == Some(Self::Begin(kind)) || before == Some(Self::Inside(kind))
            }
            _ => true,
        }
    }
}

/// The best tag per token, as indices into `tags`. Empty for no tokens.
pub(super) fn path(scores: &ArrayView2<'_, f32>, tags: &[Tag]) -> Vec<usize> {
    let mut now: Vec<f32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::new();
    for row in scores.rows() {
        let mut next = Vec::with_capacity(tags.len());
        let mut from = Vec::with_capacity(tags.len());
        // the best of all tags before, which every tag but an I- may follow
        let any = argmax(now.iter().copied().enumerate());
        for (&tag, &score) in tags.iter().zip(row) {
            let best = match tag {
                _ if now.is_empty() => tag.follows(None).then_some((0, 0.0)),
                Tag::Inside(_) => argmax(
                    now.iter().copied().enumerate().filter(|&(i, _)| tag.follows(Some(tags[i]))),
                ),
                _ => any,
            };
            let (i, v) = best.unwrap_or((0, -1e9));
            next.push(v + score);
            from.push(i);
        }
        now = next;
        back.push(from);
    }
    let Some((mut at, _)) = argmax(now.into_iter().enumerate()) else { return Vec::new() };
    let mut out = vec![at; back.len()];
    for t in (1..back.len()).rev() {
        at = back[t][at];
        out[t - 1] = at;
    }
    out
}

fn argmax(scores: impl Iterator<Item = (usize, f32)>) -> Option<(usize, f32)> {
    scores.fold(None, |best: Option<(usize, f32)>, x| match best {
        Some(b) if b.1 >= x.1 => Some(b),
        _ => Some(x),
    })
}

/// Runs of tokens with their kind.
pub(super) fn runs(path: impl Iterator<Item = Tag>) -> Vec<(Range<usize>, NameKind)> {
    let mut out: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (i, tag) in path.enumerate() {
        match tag {
            Tag::Outside => {}
            Tag::Begin(kind) => out.push((i..i + 1, kind)),
            Tag::Inside(_) => {
                if let Some((run, _)) = out.last_mut() {
                    run.end = i + 1;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn an_inside_tag_never_follows_nothing() {
        let tags =
            ["O", "B-person", "I-person", "B-place", "I-place"].map(|w| Tag::read(w).unwrap());
        let scores =
            array![[1.0, 0.9, 5.0, 0.0, 0.0], [0.0, 0.0, 3.0, 0.0, 3.1], [0.0, 0.0, 0.0, 2.0, 0.0]];
        let best = path(&scores.view(), &tags);
        assert_eq!(best, [1, 2, 3]);
        assert_eq!(
            runs(best.iter().map(|&i| tags[i])),
            [(0..2, NameKind::Person), (2..3, NameKind::Place)]
        );
        assert!(path(&ArrayView2::from_shape((0, 5), &[]).unwrap(), &tags).is_empty());
    }
}
