//! From states to scores: tags, lemma scripts, names, arcs and relations.
//!
//! All first layers over a state are one product of matrices, since many small ones cost more.
//! An arc's score is biaffine (Dozat and Manning 2017) plus a term for the distance; a relation is
//! scored for the chosen head alone, over the product of both ends and over each end.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};

use super::{
    dense::Dense,
    linear::Linear,
    pack::{Pack, PackError},
};

/// The heads' weights.
#[derive(Debug)]
pub(super) struct Heads {
    first: Linear,
    columns: Columns,
    lemma: Linear,
    arc: Dense,
    arc_bias: Array1<f32>,
    distance: Array1<f32>,
    /// The relation's score from the product of both ends, from the token and from its head.
    relation: [Linear; 3],
    root_arc: Array1<f32>,
    root_label: Array1<f32>,
}

/// Where each first layer's outputs lie.
#[derive(Debug)]
struct Columns {
    upos: Range<usize>,
    xpos: Range<usize>,
    name: Range<usize>,
    lemma: Range<usize>,
    arc_dep: Range<usize>,
    arc_head: Range<usize>,
    label_dep: Range<usize>,
    label_head: Range<usize>,
}

/// What the heads say of some tokens; all but `relations` is ready without a tree.
#[derive(Debug)]
pub(super) struct Scores {
    first: Array2<f32>,
    /// Scores of lemma scripts, a row per token.
    pub(super) lemma: Array2<f32>,
    arcs: Array2<f32>,
}

impl Heads {
    /// Reads the heads of a model over states of `width` numbers.
    ///
    /// # Errors
    /// When the file lacks a part or the shapes do not fit each other.
    pub(super) fn new(pack: &Pack<'_>, model: &str, width: usize) -> Result<Self, PackError> {
        let wrong = |name: &str| PackError::Part(format!("{model}/{name}"));
        let linear = |name: &str| Linear::new(pack, &format!("{model}/{name}"));
        let names =
            ["upos", "xpos", "name", "lemma_in", "arc_dep", "arc_head", "label_dep", "label_head"];
        let mut ranges = Vec::new();
        let mut at = 0;
        for name in names {
            let outputs = pack.table(&format!("{model}/{name}.weight"))?.rows;
            ranges.push(at..at + outputs);
            at += outputs;
        }
        let [upos, xpos, name, lemma, arc_dep, arc_head, label_dep, label_head] =
            ranges.try_into().map_err(|_| wrong("upos"))?;
        let columns = Columns { upos, xpos, name, lemma, arc_dep, arc_head, label_dep, label_head };
        let first = Linear::side_by_side(pack, &names.map(|name| format!("{model}/{name}")))?;
        let root = pack.rows(&format!("{model}/root"))?;
        if first.inputs() != width || root.dim() != (1, width) {
            return Err(wrong("root"));
        }
        let over_root = first.over(&root);
        let of_root = |range: &Range<usize>| {
            self::columns(&over_root, range).iter().copied().map(positive).collect()
        };
        let (root_arc, root_label) = (of_root(&columns.arc_head), of_root(&columns.label_head));
        let heads = Self {
            first,
            lemma: linear("lemma")?,
            arc: dense(&pack.matrix(&format!("{model}/arc"))?),
            arc_bias: pack.vector(&format!("{model}/arc_bias"))?,
            distance: pack.vector(&format!("{model}/distance"))?,
            relation: [
                linear("label_pair")?,
                Linear::plain(pack, &format!("{model}/label_own"))?,
                Linear::plain(pack, &format!("{model}/label_up"))?,
            ],
            root_arc,
            root_label,
            columns,
        };
        let arc = heads.columns.arc_dep.len();
        let fits = heads.columns.arc_head.len() == arc
            && (heads.arc.inputs(), heads.arc.outputs()) == (arc, arc)
            && heads.arc_bias.len() == arc
            && heads.distance.len() % 2 == 1
            && heads.columns.label_dep.len() == heads.columns.label_head.len()
            && heads.relation.iter().all(|r| r.inputs() == heads.columns.label_dep.len())
            && heads.relation.iter().all(|r| r.outputs() == heads.relation[0].outputs())
            && heads.lemma.inputs() == heads.columns.lemma.len();
        if fits { Ok(heads) } else { Err(wrong("arc")) }
    }

    /// Numbers of classes: universal tags, Penn tags, name tags, lemma scripts, relations.
    pub(super) fn classes(&self) -> [usize; 5] {
        let c = &self.columns;
        [c.upos.len(), c.xpos.len(), c.name.len(), self.lemma.outputs(), self.relation[0].outputs()]
    }

    /// All that does not need a tree, for the states of some tokens.
    pub(super) fn scores(&self, states: &Array2<f32>) -> Scores {
        let c = &self.columns;
        let mut first = self.first.over(states);
        let (all, kept) = (first.ncols(), c.lemma.start);
        let numbers = first.as_slice_mut().unwrap_or_default();
        for row in numbers.chunks_exact_mut(all) {
            for v in &mut row[kept..] {
                *v = positive(*v);
            }
        }
        let lemma = self.lemma.over(&columns(&first, &c.lemma).to_owned());
        let mut arcs = self.arc.over(&columns(&first, &c.arc_dep));
        arcs += &self.arc_bias;
        Scores { first, lemma, arcs }
    }

    /// The index of the best class of each kind for a token: universal tag, Penn tag, lemma script.
    pub(super) fn tags(&self, scores: &Scores, token: usize) -> [usize; 3] {
        let row = scores.first.row(token).to_slice().unwrap_or_default();
        let part = |r: &Range<usize>| best(row.get(r.clone()).unwrap_or_default());
        let lemma = scores.lemma.row(token).to_slice().unwrap_or_default();
        [part(&self.columns.upos), part(&self.columns.xpos), best(lemma)]
    }

    /// Scores of the name tags, a row per token.
    pub(super) fn names<'a>(
        &self,
        scores: &'a Scores,
        tokens: &Range<usize>,
    ) -> ArrayView2<'a, f32> {
        rows(columns(&scores.first, &self.columns.name), tokens)
    }

    /// For each token of a sentence the scores of its heads: the root's, then each token's.
    pub(super) fn arcs(&self, scores: &Scores, sentence: &Range<usize>) -> Vec<Vec<f32>> {
        let own = rows(scores.arcs.view(), sentence);
        let heads = rows(columns(&scores.first, &self.columns.arc_head), sentence);
        let mut all = vec![self.root_arc.as_slice().unwrap_or_default()];
        all.extend(heads.rows().into_iter().map(|r| r.to_slice().unwrap_or_default()));
        let scores = Dense::new(own.ncols(), all.into_iter()).over(&own);
        let far = self.distance.len() / 2;
        let near = |i: usize, j: usize, v: f32| {
            // between 0 and twice `far`
            let gap = (j + far).saturating_sub(i).min(2 * far);
            if i == j { -1e4 } else { v + self.distance[gap] }
        };
        scores
            .rows()
            .into_iter()
            .enumerate()
            .map(|(i, row)| {
                let head = |(j, &v): (usize, &f32)| match j.checked_sub(1) {
                    None => v,
                    Some(j) => near(i, j, v),
                };
                row.iter().enumerate().map(head).collect()
            })
            .collect()
    }

    /// The best relation of each token to its head (indices count from the first row of the
    /// scores). The relation `root` is kept for those without one.
    pub(super) fn relations(
        &self,
        scores: &Scores,
        heads: &[Option<usize>],
        root: usize,
    ) -> Vec<usize> {
        let n = self.root_label.len();
        let dep = columns(&scores.first, &self.columns.label_dep);
        let head = columns(&scores.first, &self.columns.label_head);
        let mut ends = [(); 3].map(|()| Vec::with_capacity(heads.len() * n));
        for (own, up) in dep.rows().into_iter().zip(heads) {
            let up = up.map_or(self.root_label.view(), |h| head.row(h));
            let (Some(own), Some(up)) = (own.to_slice(), up.to_slice()) else { continue };
            ends[0].extend(own.iter().zip(up).map(|(a, b)| a * b));
            ends[1].extend_from_slice(own);
            ends[2].extend_from_slice(up);
        }
        let mut all = Array2::zeros((heads.len(), self.relation[0].outputs()));
        for (layer, ends) in self.relation.iter().zip(ends) {
            let Ok(ends) = Array2::from_shape_vec((heads.len(), n), ends) else {
                return Vec::new();
            };
            layer.add_over(&ends, &mut all);
        }
        all.column_mut(root).fill(f32::NEG_INFINITY);
        all.rows()
            .into_iter()
            .zip(heads)
            .map(|(row, head)| match head {
                None => root,
                Some(_) => best(row.to_slice().unwrap_or_default()),
            })
            .collect()
    }
}

/// A matrix of inputs by outputs.
fn dense(x: &Array2<f32>) -> Dense {
    let by_output = x.t().as_standard_layout().into_owned();
    let rows = by_output.as_slice().unwrap_or_default();
    Dense::new(x.nrows(), rows.chunks_exact(x.nrows().max(1)))
}

fn columns<'a>(x: &'a Array2<f32>, range: &Range<usize>) -> ArrayView2<'a, f32> {
    x.slice_axis(Axis(1), Slice::from(range.clone()))
}

fn rows<'a>(mut x: ArrayView2<'a, f32>, range: &Range<usize>) -> ArrayView2<'a, f32> {
    x.slice_axis_inplace(Axis(0), Slice::from(range.clone()));
    x
}

/// The index of the first greatest score. The greatest is found in eight lanes, which the compiler
/// turns into vector code; then it is looked up.
fn best(scores: &[f32]) -> usize {
    let mut lanes = [f32::NEG_INFINITY; 8];
    let chunks = scores.chunks_exact(8);
    let mut most = chunks.remainder().iter().copied().fold(f32::NEG_INFINITY, greater);
    for chunk in chunks {
        for (l, &v) in lanes.iter_mut().zip(chunk) {
            *l = greater(*l, v);
        }
    }
    most = lanes.into_iter().fold(most, greater);
    scores.iter().position(|&v| v >= most).unwrap_or_default()
}

/// The number, or zero where it is less. `max` may answer with either zero.
fn positive(v: f32) -> f32 {
    if v > 0.0 { v } else { 0.0 }
}

fn greater(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}
