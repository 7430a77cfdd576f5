//! From scores of tags to names: the best path under "an I- follows a B- or I- of its type".

use std::ops::Range;

use ndarray::ArrayView2;

use crate::NameKind;

/// All kinds of names.
pub(super) const KINDS: [NameKind; 7] = [
    NameKind::Person,
    NameKind::Organization,
    NameKind::Place,
    NameKind::Group,
    NameKind::Event,
    NameKind::Work,
    NameKind::Other,
];

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
        let kind = |w: &str| KINDS.into_iter().find(|k| k.word() == w);
        match word.split_once('-') {
            None if word == "O" => Some(Self::Outside),
            Some(("B", w)) => kind(w).map(Self::Begin),
            Some(("I", w)) => kind(w).map(Self::Inside),
            _ => None,
        }
    }
}

/// The tags and, for each I-, the two tags that it may follow.
#[derive(Debug)]
pub(super) struct Tags {
    all: Vec<Tag>,
    before: Vec<Option<[usize; 2]>>,
    /// Where each kind's B- and I- stand, in the order of [`KINDS`].
    places: [[usize; 2]; KINDS.len()],
}

impl Tags {
    /// Reads the words of the file of weights; `None` where one is no tag or an I- lacks its B-.
    pub(super) fn read(words: &[&str]) -> Option<Self> {
        let all: Vec<Tag> = words.iter().map(|w| Tag::read(w)).collect::<Option<_>>()?;
        let place = |tag: Tag| all.iter().position(|t| *t == tag);
        let mut before = Vec::with_capacity(all.len());
        for &tag in &all {
            before.push(match tag {
                Tag::Inside(kind) => Some([place(Tag::Begin(kind))?, place(tag)?]),
                _ => None,
            });
        }
        let mut places = [[0; 2]; KINDS.len()];
        for (to, kind) in places.iter_mut().zip(KINDS) {
            *to = [place(Tag::Begin(kind))?, place(Tag::Inside(kind))?];
        }
        Some(Self { all, before, places })
    }

    /// Number of tags.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The names of the best path: runs of rows of `scores`, which holds a column per tag.
    pub(super) fn runs(&self, scores: &ArrayView2<'_, f32>) -> Vec<(Range<usize>, NameKind)> {
        runs(self.path(scores).into_iter().map(|i| self.all[i]))
    }

    /// Logarithms of the probabilities that rows which are a name are one of each kind.
    pub(super) fn kinds(
        &self,
        scores: &ArrayView2<'_, f32>,
        run: &Range<usize>,
    ) -> [f32; KINDS.len()] {
        let rows = run.len().max(1) as f32;
        let mean = |[begin, inside]: [usize; 2]| {
            let tag = |t: usize| if t == run.start { begin } else { inside };
            run.clone().filter_map(|t| scores.get((t, tag(t)))).sum::<f32>() / rows
        };
        let means = self.places.map(mean);
        let most = means.into_iter().fold(f32::NEG_INFINITY, f32::max);
        let shares = means.map(|m| libm::expf(m - most));
        let all: f32 = shares.iter().sum();
        // no kind is ever ruled out by one sentence
        shares.map(|s| libm::logf(s / all + 1e-4))
    }

    /// The best tag per row, as indices. Empty for no rows.
    fn path(&self, scores: &ArrayView2<'_, f32>) -> Vec<usize> {
        let width = self.len();
        let mut now: Vec<f32> = Vec::new();
        let mut next: Vec<f32> = Vec::with_capacity(width);
        // for each row and tag the tag before it
        let mut back: Vec<usize> = Vec::with_capacity(scores.nrows() * width);
        for row in scores.rows() {
            next.clear();
            // what every tag but an I- may follow
            let any = greatest(&now);
            for (before, &score) in self.before.iter().zip(row) {
                let (from, sum) = match before {
                    None => (any, now.get(any).copied().unwrap_or_default()),
                    Some(_) if now.is_empty() => (0, -1e9),
                    Some([begin, inside]) if now[*begin] >= now[*inside] => (*begin, now[*begin]),
                    Some([_, inside]) => (*inside, now[*inside]),
                };
                next.push(sum + score);
                back.push(from);
            }
            std::mem::swap(&mut now, &mut next);
        }
        let mut at = greatest(&now);
        let mut out = vec![at; scores.nrows()];
        for t in (1..scores.nrows()).rev() {
            at = back[t * width + at];
            out[t - 1] = at;
        }
        out
    }
}

fn greatest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in scores.iter().enumerate() {
        if *v > scores[best] {
            best = i;
        }
    }
    best
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
    use ndarray::Array2;

    use super::*;

    fn all_tags() -> Tags {
        let words: Vec<String> = KINDS
            .into_iter()
            .flat_map(|k| ["B", "I"].map(|p| format!("{p}-{}", k.word())))
            .collect();
        let words: Vec<&str> =
            std::iter::once("O").chain(words.iter().map(String::as_str)).collect();
        Tags::read(&words).unwrap()
    }

    #[test]
    fn an_inside_tag_never_follows_nothing() {
        let tags = all_tags();
        let mut scores = Array2::zeros((3, tags.len()));
        // O, B-person, I-person stand first; B-place and I-place at 5 and 6
        for (row, column, score) in
            [(0, 0, 1.0), (0, 1, 0.9), (0, 2, 5.0), (1, 2, 3.0), (1, 6, 3.1), (2, 5, 2.0)]
        {
            scores[(row, column)] = score;
        }
        assert_eq!(tags.path(&scores.view()), [1, 2, 5]);
        let found = tags.runs(&scores.view());
        assert_eq!(found, [(0..2, NameKind::Person), (2..3, NameKind::Place)]);
        let kinds = tags.kinds(&scores.view(), &(2..3));
        assert!(KINDS.iter().zip(kinds).all(|(k, v)| *k == NameKind::Place || v < kinds[2]));
        assert!(tags.runs(&ArrayView2::from_shape((0, 15), &[]).unwrap()).is_empty());
    }
}
