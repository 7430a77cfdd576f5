//! What the network sees of a token. `train/features.py` computes the same numbers to the bit;
//! `models/en/core.parity.json` holds both to it.
//!
//! A feature is a row of an embedding table. Row 0 means "nothing" and is zero.

use std::collections::HashMap;

use super::pack::{Pack, PackError};

/// Rows of the hashed tables: word, prefix, three and two last characters, shape. A string has row
/// 1 + FNV-1a(its UTF-8) modulo (rows − 1).
pub(super) const HASHED: [(&str, u64); 5] =
    [("word", 32_768), ("prefix", 4_096), ("suffix3", 8_192), ("suffix2", 2_048), ("shape", 512)];
/// A token is the mean of at most so many word pieces.
pub(super) const PIECES: usize = 4;
/// Affixes, shape and pieces look at no more characters than this.
const LONGEST: usize = 40;

/// The numbers of one token form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    /// Rows of the tables of [`HASHED`].
    pub(super) hashed: [u32; HASHED.len()],
    /// Rows of the word-piece table; 0 is none.
    pub(super) pieces: [u32; PIECES],
    mark: Mark,
    case: Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Straight,
    Opening,
    Closing,
}

/// How the letters of a form that begins with a letter are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    None,
    Lower,
    Upper,
    First,
    Inner,
}

/// FNV-1a, 64 bits.
pub fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3))
}

fn row(table: usize, text: &str) -> u32 {
    // A remainder of a number below 32,768 fits.
    1 + (fnv1a64(text.as_bytes()) % (HASHED[table].1 - 1)) as u32
}

/// The form with one kind of quotation mark, dash and ellipsis.
pub(super) fn normal(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '`' | '\u{B4}' => out.push('\''),
            '\u{201C}'..='\u{201F}' | '\u{AB}' | '\u{BB}' => out.push('"'),
            '\u{2013}'..='\u{2015}' => out.push('\u{2013}'),
            '\u{2026}' => out.push_str("..."),
            _ => out.push(c),
        }
    }
    let whole = match out.as_str() {
        "''" => "\"",
        "--" | "---" => "\u{2013}",
        "-LRB-" => "(",
        "-RRB-" => ")",
        "-LSB-" => "[",
        "-RSB-" => "]",
        _ => return out,
    };
    whole.to_owned()
}

/// X upper, x lower, d ASCII digit, ASCII otherwise itself, o the rest; runs cut at 2, the whole
/// at 8.
fn shape(text: &str) -> String {
    let mut out: Vec<char> = Vec::with_capacity(8);
    for c in text.chars().take(LONGEST) {
        let k = match c {
            '0'..='9' => 'd',
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_ascii() => c,
            _ => 'o',
        };
        if !out.ends_with(&[k, k]) {
            out.push(k);
            if out.len() == 8 {
                break;
            }
        }
    }
    out.into_iter().collect()
}

fn case(shape: &str) -> Case {
    let lower = shape.contains('x');
    match (shape.chars().next(), lower) {
        (Some('X'), false) => Case::Upper,
        (Some('X'), true) => Case::First,
        (Some('x'), _) if shape.contains('X') => Case::Inner,
        (Some('x'), _) => Case::Lower,
        _ => Case::None,
    }
}

/// Greedy longest match over the word pieces of the file of weights.
#[derive(Debug)]
pub(super) struct WordPieces {
    index: HashMap<&'static str, u32>,
    fold: Vec<(char, char)>,
}

const UNKNOWN: u32 = 1;

impl WordPieces {
    /// Reads the vocabulary and the folding of accented letters.
    ///
    /// # Errors
    /// When the file lacks them.
    pub(super) fn new(pack: &Pack<'static>, model: &str) -> Result<Self, PackError> {
        let lines = pack.lines(&format!("{model}/pieces"))?;
        let index = (0..).zip(lines).skip(2).map(|(i, p)| (p, i)).collect();
        let mut fold: Vec<_> = pack
            .lines(&format!("{model}/fold"))?
            .into_iter()
            .filter_map(|pair| {
                let mut c = pair.chars();
                Some((c.next()?, c.next()?))
            })
            .collect();
        fold.sort_unstable();
        Ok(Self { index, fold })
    }

    fn folded(&self, c: char) -> char {
        if c.is_ascii() {
            return c;
        }
        self.fold.binary_search_by_key(&c, |p| p.0).map_or(c, |i| self.fold[i].1)
    }

    fn split(&self, lower: &str) -> [u32; PIECES] {
        let text: Vec<char> = lower.chars().take(LONGEST).map(|c| self.folded(c)).collect();
        let wordlike = |c: &char| !c.is_ascii() || c.is_ascii_alphanumeric();
        let mut out = [0; PIECES];
        let mut found = 0;
        let mut key = String::new();
        let mut i = 0;
        while i < text.len() && found < PIECES {
            let run = text[i..].iter().take_while(|c| wordlike(c)).count().max(1);
            let end = i + run;
            let mut start = i;
            while start < end && found < PIECES {
                let stop = (start + 1..=end).rev().find_map(|stop| {
                    key.clear();
                    if start > i {
                        key.push_str("##");
                    }
                    key.extend(&text[start..stop]);
                    self.index.get(key.as_str()).map(|&p| (stop, p))
                });
                out[found] = stop.map_or(UNKNOWN, |s| s.1);
                found += 1;
                let Some((stop, _)) = stop else { break };
                start = stop;
            }
            i = end;
        }
        out
    }

    /// The numbers of a form.
    pub(super) fn form(&self, form: &str) -> Form {
        let text = normal(form);
        let lower = text.to_lowercase();
        let digits: String =
            lower.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let head = lower.char_indices().nth(3).map_or(lower.as_str(), |(i, _)| &lower[..i]);
        let tail = |n: usize| {
            lower.char_indices().nth_back(n - 1).map_or(lower.as_str(), |(i, _)| &lower[i..])
        };
        let shape = shape(&text);
        let mark = match (text.as_str(), form) {
            ("\"", "\u{201C}" | "\u{201E}" | "\u{AB}") => Mark::Opening,
            ("\"", "\u{201D}" | "\u{BB}") => Mark::Closing,
            ("\"", _) => Mark::Straight,
            _ => Mark::None,
        };
        Form {
            hashed: [
                row(0, &digits),
                row(1, head),
                row(2, tail(3)),
                row(3, tail(2)),
                row(4, &shape),
            ],
            pieces: self.split(&lower),
            mark,
            case: case(&shape),
        }
    }
}

/// Per token 0 outside a quotation of this sentence, 1 an opening mark, 2 inside, 3 a closing mark.
/// A straight mark opens when none is open.
pub(super) fn quotes(forms: &[Form]) -> impl Iterator<Item = usize> {
    let mut inside = false;
    forms.iter().map(move |f| {
        let opens = match f.mark {
            Mark::None => return if inside { 2 } else { 0 },
            Mark::Straight => !inside,
            Mark::Opening => true,
            Mark::Closing => false,
        };
        inside = opens;
        if opens { 1 } else { 3 }
    })
}

/// How a sentence is written: 0 as prose, 1 in capitals, 2 with title case, 3 in lower case.
pub(super) fn style(forms: &[Form]) -> usize {
    let count = |cases: &[Case]| forms.iter().filter(|f| cases.contains(&f.case)).count();
    let all = count(&[Case::Lower, Case::Inner, Case::Upper, Case::First]);
    let upper = count(&[Case::Upper]);
    let first = upper + count(&[Case::First]);
    if all < 4 {
        0
    } else if upper == all {
        1
    } else if first * 10 >= all * 7 {
        2
    } else if first == 0 {
        3
    } else {
        0
    }
}
