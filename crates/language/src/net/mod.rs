//! The trained core: one encoder for tags, lemmas, heads and names, its weights in the binary.
//!
//! **Why one small network of our own.** Tags, trees and names lean on the same knowledge of words,
//! so one encoder pays for all of them, and what reads attributions can stand on its states. It is
//! made of gated linear recurrences: they see the whole sentence, as attention does, for work that
//! is linear in its length, and nearly all of it is products of matrices over many tokens at once.
//! Weights are int8 in the file, and products are of whole numbers through `rten-gemm`, because a
//! library that knows the machine's vector units beats code of ours that may not use `unsafe`.
//! What was tried and what lost: `docs/experiments/language.md`.
//!
//! Python code in `train/` learns the weights; it and this module agree on a fixture of invented
//! sentences (`models/en/core.parity.json`).

mod agree;
mod block;
mod dense;
mod encoder;
mod features;
mod heads;
mod lemma;
mod linear;
mod name_path;
mod norm;
mod pack;
mod product;
mod spelling;
mod tree;
mod wide;

#[cfg(test)]
mod tests;

use std::{collections::HashMap, ops::Range, sync::OnceLock};

use agree::Found;
pub use block::{Block, BlockRoom};
use encoder::Encoder;
pub use features::fnv1a64;
use features::{Form, WordPieces};
use heads::Heads;
use lemma::Lemmas;
pub use linear::Linear;
use name_path::Tags;
use ndarray::Array2;
pub use norm::Norm;
pub use pack::{Pack, PackError, Table};
pub use product::plainly;

use crate::{Language, Upos};

static WEIGHTS: &[u8] = include_bytes!("../../../../models/en/core.bin");

/// A sentence longer than this is read in parts, so that trees stay cheap on any input.
const LONGEST: usize = 200;
/// Tokens that go through the network together: enough for fast products, little memory.
const TOGETHER: usize = 512;
/// States are kept for a text of so many tokens at most (5 MB); beyond it, they are computed anew.
const KEPT: usize = 8192;
/// Tokens of one paragraph that are read. A line of more, some 300 KB, is no article's: what follows
/// in it keeps its words and sentences and gets no tags, heads and names.
const FURTHEST: usize = 65_536;
/// Distinct forms whose features are remembered while a text is read.
const REMEMBERED: usize = 20_000;

/// The network with its lists of classes.
#[derive(Debug)]
pub struct Core {
    words: WordPieces,
    encoder: Encoder,
    heads: Heads,
    lemmas: Lemmas,
    upos: Vec<Upos>,
    xpos: Vec<&'static str>,
    deprel: Vec<&'static str>,
    root: usize,
    name: Tags,
}

impl Core {
    /// The English core, loaded once.
    ///
    /// # Panics
    /// When the binary was built with weights that do not load, which a test rules out.
    pub fn english() -> &'static Self {
        static CORE: OnceLock<Core> = OnceLock::new();
        CORE.get_or_init(|| {
            // The bytes are part of the program; the test `the_weights_load` reads them.
            #[expect(clippy::expect_used, reason = "a broken build, not a broken input")]
            Self::load().expect("the weights in the binary load")
        })
    }

    /// The English core, loaded anew: for measuring what loading costs.
    ///
    /// # Errors
    /// As [`Core::new`].
    pub fn load() -> Result<Self, PackError> {
        Self::new(WEIGHTS)
    }

    /// The packed English weights, for whoever verifies them.
    pub fn weights() -> &'static [u8] {
        WEIGHTS
    }

    /// Reads a core from a file of weights.
    ///
    /// # Errors
    /// When a part is missing or does not fit the others.
    pub fn new(bytes: &'static [u8]) -> Result<Self, PackError> {
        let pack = Pack::new(bytes)?;
        let encoder = Encoder::new(&pack, "core")?;
        let heads = Heads::new(&pack, "core", encoder.width())?;
        let wrong = |name: &str| PackError::Part(format!("core/{name}"));
        let upos: Vec<Upos> = pack
            .lines("core/upos")?
            .into_iter()
            .map(|w| Upos::ALL.into_iter().find(|u| u.word() == w))
            .collect::<Option<_>>()
            .ok_or_else(|| wrong("upos"))?;
        let name = Tags::read(&pack.lines("core/name")?).ok_or_else(|| wrong("name"))?;
        let deprel = pack.lines("core/deprel")?;
        let root = deprel.iter().position(|r| *r == "root").ok_or_else(|| wrong("deprel"))?;
        let core = Self {
            words: WordPieces::new(&pack, "core")?,
            lemmas: Lemmas::new(&pack, "core")?,
            xpos: pack.lines("core/xpos")?,
            encoder,
            heads,
            upos,
            deprel,
            root,
            name,
        };
        let lists = [
            core.upos.len(),
            core.xpos.len(),
            core.name.len(),
            core.lemmas.len(),
            core.deprel.len(),
        ];
        if lists == core.heads.classes() { Ok(core) } else { Err(wrong("classes")) }
    }

    /// Numbers in a token's state.
    pub fn width(&self) -> usize {
        self.encoder.width()
    }

    /// The encoder's state of each token of some sentences, a row each, in order.
    pub fn encode(&self, language: &Language<'_>, sentences: Range<usize>) -> Array2<f32> {
        let parts = parts(language, sentences);
        let mut memory = Memory::default();
        let (first, last) = bounds(&parts);
        let mut rows = Vec::with_capacity((last - first) * self.width());
        for group in groups(&parts) {
            rows.extend(self.states(language, group, &mut memory));
        }
        // The parts follow one another, so that each token has its row.
        Array2::from_shape_vec((last - first, self.width()), rows).unwrap_or_default()
    }

    /// Fills tags, lemmas, heads and relations of all tokens, replaces the names, and keeps the
    /// states of a text that is not overlong.
    ///
    /// Time is linear in the text, memory beside the layers is bounded.
    pub fn annotate(&self, language: &mut Language<'_>) {
        language.states = States { width: self.width(), numbers: Vec::new() };
        let parts = within_reach(language, parts(language, 0..language.sentences.len()));
        let mut memory = Memory::default();
        let mut found = Vec::new();
        for group in groups(&parts) {
            self.annotate_group(language, group, &mut memory, &mut found);
        }
        language.names = agree::agree(language, &found);
    }

    fn states<'a>(
        &self,
        language: &Language<'a>,
        group: &[Range<usize>],
        memory: &mut Memory<'a>,
    ) -> Array2<f32> {
        let (start, end) = bounds(group);
        memory.forget_when_full();
        let forms: Vec<Form> = language.tokens[start..end]
            .iter()
            .map(|t| {
                let form = t.span.of(language.text);
                *memory.forms.entry(form).or_insert_with(|| self.words.form(form))
            })
            .collect();
        let sentences: Vec<_> = group.iter().map(|r| r.start - start..r.end - start).collect();
        self.encoder.encode(&forms, &sentences)
    }

    fn annotate_group<'a>(
        &self,
        language: &mut Language<'a>,
        group: &[Range<usize>],
        memory: &mut Memory<'a>,
        found: &mut Vec<Found>,
    ) {
        let states = self.states(language, group, memory);
        if language.tokens.len() <= KEPT {
            language.states.numbers.extend(&states);
        }
        let scores = self.heads.scores(&states);
        let (start, end) = bounds(group);
        let mut heads = Vec::with_capacity(end - start);
        for part in group {
            let part = part.start - start..part.end - start;
            let tree = tree::tree(&self.heads.arcs(&scores, &part));
            heads.extend(tree.into_iter().map(|h| h.map(|h| h + part.start)));
            let names = self.heads.names(&scores, &part);
            for (run, _) in self.name.runs(&names) {
                let kinds = self.name.kinds(&names, &run);
                let from = part.start + start;
                let tokens = trimmed(language, run.start + from..run.end + from);
                if !tokens.is_empty() {
                    found.push(Found { tokens, kinds });
                }
            }
        }
        let relations = self.heads.relations(&scores, &heads, self.root);
        for (i, (head, relation)) in heads.into_iter().zip(relations).enumerate() {
            let [upos, xpos, script] = self.heads.tags(&scores, i);
            let token = &mut language.tokens[start + i];
            token.upos = self.upos[upos];
            token.xpos = self.xpos[xpos];
            let form = token.span.of(language.text);
            let key = (form, token.upos, script);
            let lemma = memory.lemmas.entry(key);
            token.lemma =
                lemma.or_insert_with(|| self.lemmas.lemma(form, token.upos, script)).clone();
            token.head = head.map(|h| start + h);
            token.deprel = self.deprel[relation];
        }
        join_parts(language, group);
    }
}

/// The encoder's states of a text's tokens, for what is built upon them.
#[derive(Debug, Clone, Default)]
pub struct States {
    width: usize,
    numbers: Vec<f32>,
}

impl States {
    /// The states of some tokens, one after another; `None` where the text was too long to keep
    /// them (then [`Core::encode`] gives them again) or no network ran.
    pub fn of(&self, tokens: Range<usize>) -> Option<&[f32]> {
        let rows = self.numbers.get(tokens.start * self.width..tokens.end * self.width)?;
        (self.width > 0).then_some(rows)
    }
}

/// What was worked out for the forms of a text.
#[derive(Debug, Default)]
struct Memory<'a> {
    forms: HashMap<&'a str, Form>,
    lemmas: HashMap<(&'a str, Upos, usize), Box<str>>,
}

impl Memory<'_> {
    fn forget_when_full(&mut self) {
        if self.forms.len().max(self.lemmas.len()) > REMEMBERED {
            self.forms.clear();
            self.lemmas.clear();
        }
    }
}

/// Sentences as ranges of tokens, none longer than [`LONGEST`].
fn parts(language: &Language<'_>, sentences: Range<usize>) -> Vec<Range<usize>> {
    let sentences = language.sentences.get(sentences).unwrap_or_default();
    let cut = |s: &crate::Sentence| {
        let (start, end) = (s.tokens.start, s.tokens.end);
        (start..end).step_by(LONGEST).map(move |a| a..end.min(a + LONGEST))
    };
    sentences.iter().flat_map(cut).collect()
}

/// The parts that begin among the first [`FURTHEST`] tokens of their paragraph. A text that is short
/// enough for its states to be kept loses none.
fn within_reach(language: &Language<'_>, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    const { assert!(FURTHEST >= KEPT) };
    let mut paragraph = (usize::MAX, 0);
    let near = |part: &Range<usize>| {
        let sentence = language.tokens.get(part.start).map(|t| &language.sentences[t.sentence]);
        sentence.is_some_and(|s| {
            if s.paragraph != paragraph.0 {
                paragraph = (s.paragraph, s.tokens.start);
            }
            part.start < paragraph.1 + FURTHEST
        })
    };
    parts.into_iter().filter(near).collect()
}

/// Neighbouring parts, [`TOGETHER`] tokens at a time; each group has at least one part.
fn groups(parts: &[Range<usize>]) -> impl Iterator<Item = &[Range<usize>]> {
    let mut tokens = 0;
    parts.chunk_by(move |a, b| {
        tokens += a.len();
        let fits = tokens + b.len() <= TOGETHER && a.end == b.start;
        if !fits {
            tokens = 0;
        }
        fits
    })
}

fn bounds(group: &[Range<usize>]) -> (usize, usize) {
    (group.first().map_or(0, |r| r.start), group.last().map_or(0, |r| r.end))
}

/// A name's tokens without leading determiner and trailing possessive.
fn trimmed(language: &Language<'_>, mut run: Range<usize>) -> Range<usize> {
    let is = |t: usize, words: &[&str]| words.contains(&language.form(t).to_lowercase().as_str());
    while !run.is_empty() && is(run.start, &["the", "a", "an"]) {
        run.start += 1;
    }
    while !run.is_empty() && is(run.end - 1, &["'s", "\u{2019}s", "'", "\u{2019}"]) {
        run.end -= 1;
    }
    run
}

/// A sentence that was read in parts gets one root: the first part's.
fn join_parts(language: &mut Language<'_>, group: &[Range<usize>]) {
    for part in group {
        let Some(first) = language.tokens.get(part.start) else { continue };
        let Some(sentence) = language.sentences.get(first.sentence) else { continue };
        if sentence.tokens.start == part.start {
            continue;
        }
        let whole = sentence.tokens.start..part.start;
        let root = whole.clone().find(|&t| language.tokens[t].head.is_none());
        for t in part.clone() {
            let token = &mut language.tokens[t];
            if token.head.is_none() {
                token.head = root;
                token.deprel = "parataxis";
            }
        }
    }
}
