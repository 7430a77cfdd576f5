//! What the judge sees of each token beside the core's state.
//!
//! `train/articles.py` computes the same numbers from the same layers: what changes here changes
//! there.

use sayso_language::{Language, net::fnv1a64};

use super::{Ruled, marks, network::Relations};

/// Rows of the table of lemmas.
pub(super) const LEMMAS: u64 = 8192;
/// Tables of features beside the lemma's, in the order of their names.
pub(super) const TABLES: [&str; 10] = [
    "deprel",
    "distance",
    "head_deprel",
    "head_upos",
    "mark",
    "name",
    "place",
    "rule",
    "style",
    "upos",
];

/// Bits for the roles that a token plays.
pub(super) const CUE: u8 = 1;
/// See [`CUE`].
pub(super) const SOURCE: u8 = 2;
/// See [`CUE`].
pub(super) const CONTENT: u8 = 4;

/// The features of an article's tokens.
#[derive(Debug)]
pub(super) struct Features {
    /// Row of each token in the table of lemmas.
    pub(super) lemma: Vec<u32>,
    /// Rows of each token in [`TABLES`].
    pub(super) tables: Vec<[u8; TABLES.len()]>,
    /// Relation of each token to its head, as the judge numbers them.
    pub(super) relation: Vec<u8>,
    /// Where each token stands with respect to quotation marks.
    pub(super) mark: Vec<u8>,
}

/// Computes the features of all tokens.
pub(super) fn features(
    language: &Language<'_>,
    rules: &[Ruled],
    relations: &Relations,
) -> Features {
    let tokens = &language.tokens;
    let mark = marks(language);
    let relation: Vec<u8> = tokens.iter().map(|t| relations.number(t.deprel)).collect();
    let mut names = vec![0u8; tokens.len()];
    for name in &language.names {
        names[language.tokens_in(name.span)].fill(1 + name.kind as u8);
    }
    let mut by_rule = vec![0u8; tokens.len()];
    for rule in rules {
        rule.mark(&mut by_rule, 0);
    }
    let mut tables = Vec::with_capacity(tokens.len());
    for sentence in &language.sentences {
        let own = &mark[sentence.tokens.clone()];
        let quoted = own.iter().filter(|m| **m > 0).count();
        let opens = sentence.tokens.start == 0
            || language.sentences[tokens[sentence.tokens.start - 1].sentence].paragraph
                != sentence.paragraph;
        let style = match quoted {
            0 => 0,
            n if n < own.len() => 1,
            _ => 2,
        } + 3 * u8::from(opens);
        for (i, t) in sentence.tokens.clone().enumerate() {
            let head = tokens[t].head.unwrap_or(t);
            tables.push([
                relation[t],
                distance(t, head),
                relation[head],
                tokens[head].upos as u8,
                mark[t],
                names[t],
                place(i),
                by_rule[t],
                style,
                tokens[t].upos as u8,
            ]);
        }
    }
    let lemma =
        tokens.iter().map(|t| 1 + (fnv1a64(t.lemma.as_bytes()) % (LEMMAS - 1)) as u32).collect();
    Features { lemma, tables, relation, mark }
}

/// Place in the sentence: exact at first, then in steps.
fn place(i: usize) -> u8 {
    i.min(3) as u8 + u8::from(i >= 5) + u8::from(i >= 9) + u8::from(i >= 17) + u8::from(i >= 33)
}

/// 0 for a root, then the head's distance in five steps to each side.
fn distance(token: usize, head: usize) -> u8 {
    let step = match token.abs_diff(head) {
        0 => 0,
        1 => 1,
        2 => 2,
        3..5 => 3,
        5..10 => 4,
        _ => 5,
    };
    if head < token { step + 5 } else { step }
}
