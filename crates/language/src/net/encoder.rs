//! From tokens to states: embeddings, then blocks of gated linear recurrences.
//!
//! All products of matrices run over the tokens of many sentences at once; only the recurrences go
//! token by token, within a sentence. Work is linear in the tokens.

use std::ops::Range;

use ndarray::Array2;

use super::{
    block::{Block, BlockRoom},
    features::{self, Form},
    linear::Linear,
    norm::Norm,
    pack::{Pack, PackError, Table},
};

/// The encoder's weights.
#[derive(Debug)]
pub(super) struct Encoder {
    hashed: [Table<'static>; features::HASHED.len()],
    pieces: Table<'static>,
    quote: Table<'static>,
    style: Table<'static>,
    enter: Linear,
    blocks: Vec<Block>,
    norm: Norm,
}

impl Encoder {
    /// Reads the encoder of a model.
    ///
    /// # Errors
    /// When the file lacks a part or the shapes do not fit each other.
    pub(super) fn new(pack: &Pack<'static>, model: &str) -> Result<Self, PackError> {
        let table = |name: &str| pack.table(&format!("{model}/table.{name}"));
        let mut hashed = Vec::new();
        for (name, rows) in features::HASHED {
            let t = table(name)?;
            if t.rows as u64 != rows {
                return Err(PackError::Part(format!("{model}/table.{name}")));
            }
            hashed.push(t);
        }
        let enter = Linear::new(pack, &format!("{model}/enter"))?;
        let d = enter.outputs();
        let encoder = Self {
            hashed: hashed.try_into().map_err(|_| PackError::Part(model.to_owned()))?,
            pieces: table("piece")?,
            quote: table("quote")?,
            style: table("style")?,
            enter,
            blocks: Block::all(pack, &format!("{model}/block"), d)?,
            norm: Norm::new(pack, &format!("{model}/norm"))?,
        };
        if encoder.embedding_width() == encoder.enter.inputs() && !encoder.blocks.is_empty() {
            Ok(encoder)
        } else {
            Err(PackError::Part(format!("{model}/enter.weight")))
        }
    }

    fn embedding_width(&self) -> usize {
        let others = [&self.pieces, &self.quote, &self.style];
        self.hashed.iter().chain(others).map(|t| t.columns).sum()
    }

    /// Numbers in a state.
    pub(super) fn width(&self) -> usize {
        self.enter.outputs()
    }

    fn embed(&self, form: &Form, quote: usize, style: usize, mut out: &mut [f32]) {
        let mut next = |n: usize| {
            let (head, tail) = std::mem::take(&mut out).split_at_mut(n);
            out = tail;
            head
        };
        for (table, &row) in self.hashed.iter().zip(&form.hashed) {
            table.add(row as usize, 1.0, next(table.columns));
        }
        let pieces = form.pieces.iter().filter(|&&p| p > 0);
        let share = 1.0 / pieces.clone().count().max(1) as f32;
        let place = next(self.pieces.columns);
        for &p in pieces {
            self.pieces.add(p as usize, share, place);
        }
        self.quote.add(quote, 1.0, next(self.quote.columns));
        self.style.add(style, 1.0, next(self.style.columns));
    }

    /// A state for each token, a row each. The ranges are the sentences; they follow one another
    /// from 0 to the number of forms.
    pub(super) fn encode(&self, forms: &[Form], sentences: &[Range<usize>]) -> Array2<f32> {
        let mut e = Array2::zeros((forms.len(), self.enter.inputs()));
        let width = self.enter.inputs();
        let numbers = e.as_slice_mut().unwrap_or_default();
        for s in sentences {
            let style = features::style(&forms[s.clone()]);
            let quotes = features::quotes(&forms[s.clone()]);
            let rows = numbers[s.start * width..s.end * width].chunks_exact_mut(width);
            for ((row, form), quote) in rows.zip(&forms[s.clone()]).zip(quotes) {
                self.embed(form, quote, style, row);
            }
        }
        let mut x = self.enter.over(&e);
        let mut room = BlockRoom::default();
        for block in &self.blocks {
            block.add_to(&mut x, sentences, &mut room);
        }
        let mut out = Array2::zeros(x.dim());
        self.norm.over(&x, &mut out);
        out
    }
}
