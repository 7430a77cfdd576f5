//! The judge's weights and its two passes.

use std::{collections::BTreeMap, ops::Range, sync::OnceLock};

use ndarray::{Array2, ArrayView2};
use sayso_language::net::{Block, BlockRoom, Linear, Norm, Pack, PackError, Table};

use super::features::{Features, LEMMAS, TABLES};

static WEIGHTS: &[u8] = include_bytes!("../../../../../models/en/attribution.bin");

/// Classes of the first pass: outside, begins, inside for cue, source and content.
const TAGS: usize = 9;
/// Scores of a reach's token: content inside, begins, ends; source first, last, inside.
const SCORES: usize = 6;

/// The relations of the treebank, numbered as the judge learnt them.
#[derive(Debug)]
pub(super) struct Relations(BTreeMap<&'static str, u8>);

impl Relations {
    /// The number of a relation; 0 for one that the judge never saw.
    pub(super) fn number(&self, relation: &str) -> u8 {
        self.0.get(relation).copied().unwrap_or(0)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// What a reach's token is beside its state: rows of the second pass's tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The token.
    pub(super) token: usize,
    /// Belongs to the cue.
    pub(super) in_cue: bool,
    /// Rows of by-rule, has-rule, in-cue, offset, paragraph, relation and sentence.
    pub(super) rows: [usize; 7],
}

/// Tables of the second pass, in the order of [`Place::rows`].
const WIDE: [&str; 7] =
    ["by_rule", "has_rule", "in_cue", "offset", "paragraph", "relation", "sentence"];

/// What the first pass says.
#[derive(Debug)]
pub(super) struct First {
    /// Chances of outside, begins and inside a cue, a row a token.
    pub(super) cue: Vec<[f32; 3]>,
    /// Each token's part of the second pass's input.
    narrow: Array2<f32>,
    /// The states, for the mean over a cue.
    states: Array2<f32>,
}

/// What the second pass says of a cue.
#[derive(Debug)]
pub(super) struct Second {
    /// Content inside, begins, ends; source first, last, inside; a row for each token of the reach.
    pub(super) scores: Vec<[f32; SCORES]>,
    /// Score of "nobody is named".
    pub(super) nobody: f32,
    /// Chance that the cue attributes something.
    pub(super) chance: f32,
}

/// The network.
#[derive(Debug)]
pub(super) struct Network {
    /// The treebank's relations.
    pub(super) relations: Relations,
    /// Weights of the confidence: constant, then of the four numbers of `confidence`.
    pub(super) worth: Vec<f32>,
    lemma: Table<'static>,
    tables: [Table<'static>; TABLES.len()],
    enter: Linear,
    blocks: Vec<Block>,
    norm: Norm,
    tags: Linear,
    to_reach: Linear,
    to_cue: Linear,
    from_tags: Linear,
    wide: [Table<'static>; WIDE.len()],
    narrow_blocks: Vec<Block>,
    narrow_norm: Norm,
    out: Linear,
    verdict_in: Linear,
    verdict: Linear,
}

impl Network {
    /// The English judge, loaded once.
    ///
    /// # Panics
    /// When the binary was built with weights that do not load, which a test rules out.
    pub(super) fn english() -> &'static Self {
        static NETWORK: OnceLock<Network> = OnceLock::new();
        NETWORK.get_or_init(|| {
            // The bytes are part of the program; the test `the_weights_load` reads them.
            #[expect(clippy::expect_used, reason = "a broken build, not a broken input")]
            Self::new(WEIGHTS).expect("the weights in the binary load")
        })
    }

    fn new(bytes: &'static [u8]) -> Result<Self, PackError> {
        let pack = Pack::new(bytes)?;
        let wrong = |name: &str| PackError::Part(name.to_owned());
        let linear = |name: &str| Linear::new(&pack, &format!("judge/{name}"));
        let norm = |name: &str| Norm::new(&pack, &format!("judge/{name}"));
        let tables = |names: &[&str]| -> Result<Vec<Table<'static>>, PackError> {
            names.iter().map(|n| pack.table(&format!("judge/table.{n}"))).collect()
        };
        let blocks = |name: &str, width: usize| Block::all(&pack, &format!("judge/{name}"), width);
        let relations: Vec<&'static str> = pack.lines("judge/relations")?;
        let (enter, to_reach) = (linear("enter")?, linear("to_window")?);
        let network = Self {
            relations: Relations(relations.into_iter().zip(0..).collect()),
            worth: pack.vector("judge/worth")?.to_vec(),
            lemma: pack.table("judge/table.lemma")?,
            tables: tables(&TABLES)?.try_into().map_err(|_| wrong("judge/table"))?,
            blocks: blocks("block", enter.outputs())?,
            norm: norm("norm")?,
            tags: linear("tags")?,
            to_cue: linear("to_cue")?,
            from_tags: linear("from_tags")?,
            wide: tables(&WIDE)?.try_into().map_err(|_| wrong("judge/table"))?,
            narrow_blocks: blocks("narrow_block", to_reach.outputs())?,
            narrow_norm: norm("narrow_norm")?,
            out: linear("out")?,
            verdict_in: linear("verdict_in")?,
            verdict: linear("verdict")?,
            enter,
            to_reach,
        };
        let (d, k) = (network.enter.outputs(), network.to_reach.outputs());
        let ways = |l: &Linear| (l.inputs(), l.outputs());
        let fits = network.lemma.rows as u64 == LEMMAS
            && network.tables.iter().all(|t| t.columns == d)
            && network.wide.iter().all(|t| t.columns == k)
            && network.norm.inputs() == d
            && network.narrow_norm.inputs() == k
            && ways(&network.tags) == (d, TAGS)
            && network.to_reach.inputs() == d
            && ways(&network.to_cue) == (d, k)
            && ways(&network.from_tags) == (TAGS, k)
            && ways(&network.out) == (k, SCORES)
            && ways(&network.verdict_in) == (3 * k, k)
            && ways(&network.verdict) == (k, 2)
            && !network.blocks.is_empty()
            && !network.narrow_blocks.is_empty()
            && network.worth.len() == 5;
        if fits { Ok(network) } else { Err(wrong("judge")) }
    }

    /// The first pass over some tokens, whose core states are given a row each.
    pub(super) fn first(
        &self,
        features: &Features,
        tokens: Range<usize>,
        core: &ArrayView2<'_, f32>,
    ) -> First {
        let n = tokens.len();
        let mut entering = Array2::zeros((n, self.enter.inputs()));
        for ((t, mut row), state) in tokens.clone().zip(entering.rows_mut()).zip(core.rows()) {
            if let (Some(row), Some(state)) = (row.as_slice_mut(), state.to_slice()) {
                let (head, tail) = row.split_at_mut(state.len().min(row.len()));
                head.copy_from_slice(&state[..head.len()]);
                self.lemma.add(features.lemma[t] as usize, 1.0, tail);
            }
        }
        let mut x = self.enter.over(&entering);
        for (t, mut row) in tokens.zip(x.rows_mut()) {
            if let Some(row) = row.as_slice_mut() {
                for (table, &number) in self.tables.iter().zip(&features.tables[t]) {
                    table.add(usize::from(number), 1.0, row);
                }
            }
        }
        let whole = 0..n;
        let mut room = BlockRoom::default();
        for block in &self.blocks {
            block.add_to(&mut x, std::slice::from_ref(&whole), &mut room);
        }
        let mut states = Array2::zeros(x.dim());
        self.norm.over(&x, &mut states);
        let mut chances = self.tags.over(&states);
        for mut row in chances.rows_mut() {
            for chunk in row.as_slice_mut().unwrap_or_default().chunks_exact_mut(3) {
                softmax(chunk);
            }
        }
        let cue = chances.rows().into_iter().map(|r| [r[0], r[1], r[2]]).collect();
        let mut narrow = self.to_reach.over(&states);
        self.from_tags.add_over(&chances, &mut narrow);
        First { cue, narrow, states }
    }

    /// The second pass over some reaches. Their places count tokens from the first pass's first.
    pub(super) fn second(&self, first: &First, reaches: &[Vec<Place>]) -> Vec<Second> {
        let width = self.to_reach.outputs();
        let total: usize = reaches.iter().map(Vec::len).sum();
        let cues = self.to_cue.over(&means(&first.states, reaches));
        let mut x = Array2::zeros((total, width));
        let mut ranges = Vec::with_capacity(reaches.len());
        let mut start = 0;
        for reach in reaches {
            ranges.push(start..start + reach.len());
            start += reach.len();
        }
        let places = reaches
            .iter()
            .zip(cues.rows())
            .flat_map(|(w, cue)| w.iter().zip(std::iter::repeat(cue)));
        for ((place, cue), mut row) in places.zip(x.rows_mut()) {
            let narrow = first.narrow.row(place.token);
            if let (Some(row), Some(narrow), Some(cue)) =
                (row.as_slice_mut(), narrow.to_slice(), cue.to_slice())
            {
                for ((v, &a), &b) in row.iter_mut().zip(narrow).zip(cue) {
                    *v = a + b;
                }
                for (table, &number) in self.wide.iter().zip(&place.rows) {
                    table.add(number, 1.0, row);
                }
            }
        }
        let mut room = BlockRoom::default();
        for block in &self.narrow_blocks {
            block.add_to(&mut x, &ranges, &mut room);
        }
        let mut z = Array2::zeros(x.dim());
        self.narrow_norm.over(&x, &mut z);
        let scores = self.out.over(&z);
        let mut seen = Array2::zeros((reaches.len(), 3 * width));
        for (i, (reach, range)) in reaches.iter().zip(&ranges).enumerate() {
            let mut row = seen.row_mut(i);
            let Some((most, rest)) = row.as_slice_mut().and_then(|r| r.split_at_mut_checked(width))
            else {
                continue;
            };
            let (cue, own) = rest.split_at_mut(width);
            most.fill(f32::MIN);
            for (t, place) in range.clone().zip(reach) {
                for ((most, own), &v) in most.iter_mut().zip(own.iter_mut()).zip(z.row(t)) {
                    *most = if v > *most { v } else { *most };
                    if place.in_cue {
                        *own += v;
                    }
                }
            }
            let count = reach.iter().filter(|p| p.in_cue).count().max(1) as f32;
            for ((own, cue), &c) in own.iter_mut().zip(cue).zip(cues.row(i)) {
                *own /= count;
                *cue = c;
            }
        }
        let mut inner = self.verdict_in.over(&seen);
        inner.mapv_inplace(|v| if v > 0.0 { v } else { 0.0 });
        let verdicts = self.verdict.over(&inner);
        let says = |(i, range): (usize, Range<usize>)| Second {
            scores: range.map(|t| std::array::from_fn(|k| scores[[t, k]])).collect(),
            nobody: verdicts[[i, 0]],
            chance: 1.0 / (1.0 + libm::expf(-verdicts[[i, 1]])),
        };
        ranges.into_iter().enumerate().map(says).collect()
    }
}

/// The mean state over each reach's cue.
fn means(states: &Array2<f32>, reaches: &[Vec<Place>]) -> Array2<f32> {
    let mut out = Array2::zeros((reaches.len(), states.ncols()));
    for (reach, mut row) in reaches.iter().zip(out.rows_mut()) {
        let cue: Vec<usize> = reach.iter().filter(|p| p.in_cue).map(|p| p.token).collect();
        for &t in &cue {
            row += &states.row(t);
        }
        row /= cue.len().max(1) as f32;
    }
    out
}

fn softmax(x: &mut [f32]) {
    let most = x.iter().copied().fold(f32::MIN, f32::max);
    for v in x.iter_mut() {
        *v = libm::expf(*v - most);
    }
    let sum: f32 = x.iter().sum();
    for v in x.iter_mut() {
        *v /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_load() {
        Pack::new(WEIGHTS).and_then(|p| p.verify()).expect("the bytes that were written");
        Network::new(WEIGHTS).expect("all parts, of fitting sizes");
    }
}
