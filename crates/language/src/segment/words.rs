//! What looks like one word and is several: contractions, hyphenated words, amounts with units.

use sayso_model::Span;

use super::TABLE;
use super::tokens::{is_apostrophe, is_word};
use crate::steps::step;

/// Pushes the parts of a word. `ends_chunk`: white space follows it.
pub(super) fn split_word(text: &str, word: Span, _ends_chunk: bool, out: &mut Vec<Span>) {
    for part in hyphens(text, word) {
        contraction(text, part, out);
    }
}

/// "two-year" falls into three, "pre-war", "555-0199" and "x-3b" do not.
fn hyphens(text: &str, word: Span) -> Vec<Span> {
    let form = word.of(text);
    let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}');
    if !form.contains(is_hyphen) || form.bytes().any(|b| matches!(b, b'@' | b'_')) {
        return vec![word];
    }
    if form.chars().all(|c| is_hyphen(c) || c.is_ascii_digit() || matches!(c, '.' | '/'))
        && !is_range(form)
    {
        return vec![word];
    }
    let mut out = Vec::new();
    let mut start = word.start as usize;
    for (i, hyphen) in form.match_indices(is_hyphen) {
        step();
        let at = word.start as usize + i;
        let left = &text[start..at];
        let right_at = at + hyphen.len();
        if stays(left) {
            continue;
        }
        out.push(Span::new(start, at));
        out.push(Span::new(at, right_at));
        start = right_at;
    }
    out.push(Span::new(start, word.end as usize));
    out
}

/// "1973-1974" and "10-12" are two numbers; "555-0199" and "2001-02-03" are one.
fn is_range(form: &str) -> bool {
    form.split_once('-').is_some_and(|(a, b)| {
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        digits(a) && digits(b) && matches!((a.len(), b.len()), (1 | 2, 1 | 2) | (3, 3) | (4, 2 | 4))
    })
}

fn stays(left: &str) -> bool {
    let last_of_left = left.rsplit('-').next().unwrap_or(left);
    if last_of_left.len() > 16 {
        return false;
    }
    TABLE.hyphen_prefixes.contains(&last_of_left.to_lowercase())
}

fn contraction(text: &str, word: Span, out: &mut Vec<Span>) {
    let form = word.of(text);
    let (start, end) = (word.start as usize, word.end as usize);
    if form.len() <= 8
        && let Some(parts) = TABLE.splits.get(&form.to_lowercase())
    {
        // Lower-casing may change lengths; the forms in the table are ASCII, so a form that
        // equals one has the same number of bytes unless it holds other letters.
        if form.is_ascii() {
            let mut at = start;
            for part in parts {
                out.push(Span::new(at, at + part.len()));
                at += part.len();
            }
            return;
        }
    }
    // "I'd've": the part before a clitic may hold another one, and hardly ever a third.
    let mut cuts = Vec::new();
    let mut rest = form;
    while let Some(cut) = clitic_start(rest).filter(|_| cuts.len() < 3) {
        cuts.push(cut);
        rest = &rest[..cut];
    }
    if !cuts.is_empty() {
        let mut at = start;
        for cut in cuts.into_iter().rev().map(|c| start + c).chain([end]) {
            out.push(Span::new(at, cut));
            at = cut;
        }
        return;
    }
    if let Some(cut) = unit_start(form) {
        out.push(Span::new(start, start + cut));
        out.push(Span::new(start + cut, end));
        return;
    }
    out.push(word);
}

/// Byte at which "n't", "'s", "'ll", … begins.
fn clitic_start(form: &str) -> Option<usize> {
    let (at, apostrophe) = form.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let tail = form[at + apostrophe.len_utf8()..].to_lowercase();
    let before = &form[..at];
    match tail.as_str() {
        "t" => {
            let n = before.char_indices().next_back().filter(|(_, c)| matches!(c, 'n' | 'N'))?;
            (n.0 > 0).then_some(n.0)
        }
        // "the 1960's"
        "s" if !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit()) => None,
        "s" | "m" | "d" | "re" | "ve" | "ll" => before.chars().any(is_word).then_some(at),
        _ => None,
    }
}

/// Byte at which the unit of "10am" or "5km" begins.
fn unit_start(form: &str) -> Option<usize> {
    let cut = form.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = form.split_at(cut);
    let digits = number.ends_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'));
    (digits && unit.len() <= 8 && TABLE.units.contains(&unit.to_lowercase())).then_some(cut)
}
