//! Words and marks, by the conventions of the English Universal Dependencies treebanks.
//!
//! White space separates; inside what it leaves, one scan from left to right takes words (with
//! what joins them inside: `3.5`, `U.S.`, `AT&T`, `o'clock`), addresses, and marks. Every
//! character is looked at a bounded number of times, so a line of ten million characters costs
//! ten million steps.

use sayso_model::Span;

use super::TABLE;
use super::words::split_word;
use crate::steps::step;

/// The tokens of one paragraph, in order.
pub(super) fn tokenize(text: &str, paragraph: Span, out: &mut Vec<Span>) {
    let range = paragraph.range();
    let mut start = None;
    for (i, c) in text[range.clone()].char_indices() {
        let at = range.start + i;
        match (separates(c), start) {
            (true, Some(from)) => {
                chunk(text, from, at, out);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        chunk(text, from, range.end, out);
    }
}

/// White space, and control characters, which carry no words.
fn separates(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

/// Letters, digits, and what combines with them.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{5b0}'..='\u{5bd}' | '\u{64b}'..='\u{65f}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ')
}

/// A longer run of marks is no punctuation of a sentence but a rule or a picture, and one token: a
/// file of nothing but marks costs what its size says and not a word's work for each of them.
const LONGEST_MARKS: usize = 40;

/// Length of the marks at the start of `rest`, where they are more than [`LONGEST_MARKS`].
fn picture(rest: &str) -> Option<usize> {
    let marks = |c: &char| !is_word(*c);
    (rest.chars().take_while(marks).nth(LONGEST_MARKS).is_some())
        .then(|| rest.chars().take_while(marks).map(char::len_utf8).sum())
}

/// Longest stretch that is tried as an address. Longer ones are scanned as words and marks.
const LONGEST_ADDRESS: usize = 2_000;

fn chunk(text: &str, from: usize, to: usize, out: &mut Vec<Span>) {
    let mut at = from;
    while at < to {
        step();
        let rest = &text[at..to];
        // `at < to`, so there is a character.
        let Some(c) = rest.chars().next() else { return };
        if (is_word(c)
            || (matches!(c, '@' | '#') && rest[1..].starts_with(|c: char| c.is_alphabetic())))
            && let Some(len) = address(rest)
        {
            out.push(Span::new(at, at + len));
            at += len;
            continue;
        }
        if is_word(c) {
            let len = word(text, at, to);
            split_word(text, Span::new(at, at + len), at + len == to, out);
            at += len;
        } else if let Some(len) = clitic(rest, at == from) {
            out.push(Span::new(at, at + len));
            at += len;
        } else {
            let len = picture(rest).unwrap_or_else(|| mark(rest));
            out.push(Span::new(at, at + len));
            at += len;
        }
    }
}

/// Length of a web or mail address, a file name or an account name at the start of `rest`.
fn address(rest: &str) -> Option<usize> {
    if rest.len() > LONGEST_ADDRESS {
        return None;
    }
    let has_scheme = ["http://", "https://", "ftp://", "www.", "mailto:"]
        .iter()
        .any(|p| rest.get(..p.len()).is_some_and(|s| s.eq_ignore_ascii_case(p)));
    let body = if has_scheme {
        let end = rest.find(['"', '<', '>', '“', '”', '«', '»']).unwrap_or(rest.len());
        &rest[..end]
    } else {
        let name = |c: char| is_word(c) || matches!(c, '.' | '-' | '_' | '@' | '+');
        let end = rest.find(|c| !name(c)).unwrap_or(rest.len());
        let body = &rest[..end];
        let (user, host) = body.split_once('@')?;
        if user.is_empty() || !host.starts_with(char::is_alphanumeric) {
            return None;
        }
        body
    };
    let closed = body.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '-']);
    let closed = match closed.strip_suffix(')') {
        Some(inner) if !inner.contains('(') => inner,
        _ => closed,
    };
    (!closed.is_empty()).then_some(closed.len())
}

/// Length of the word at `at`: letters and digits with what joins them inside.
fn word(text: &str, at: usize, to: usize) -> usize {
    let rest = &text[at..to];
    let mut previous = ' ';
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        step();
        if is_word(c) {
            previous = c;
            continue;
        }
        let next = chars.peek().map(|p| p.1);
        let next_is_word = next.is_some_and(is_word);
        let digits = previous.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit());
        let joins = match c {
            // "end.Next" lacks its space.
            '.' => {
                next_is_word && !(previous.is_lowercase() && next.is_some_and(char::is_uppercase))
            }
            '&' | '_' | '@' | '-' | '\u{2010}' | '\u{2011}' => next_is_word,
            ',' | ':' => digits,
            '/' => next_is_word && previous.is_ascii_digit() && digits,
            '\'' | '’' | '`' | 'ʼ' => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if joins {
            previous = c;
            continue;
        }
        // The stop of "U.S." belongs to it; that of "end." is decided by the table.
        return i + usize::from(
            c == '.' && keeps_stop(&rest[..=i], next, ends_here(text, at + i + 1)),
        );
    }
    rest.len()
}

/// Does a capital, or nothing, follow the byte?
fn ends_here(text: &str, byte: usize) -> bool {
    let mut after = text[byte..].chars().take(3).skip_while(|c| *c == ' ');
    after.next().is_none_or(|c| c.is_uppercase() || c == '\n')
}

/// Does the full stop at the end of `form` belong to the word?
fn keeps_stop(form: &str, next: Option<char>, ends: bool) -> bool {
    if next == Some('.') {
        return false;
    }
    let bare = &form[..form.len() - 1];
    let mut letters = bare.chars();
    if let (Some(one), None) = (letters.next(), letters.next()) {
        return one.is_uppercase() && one != 'I';
    }
    // The last word of a hyphenated one decides.
    let last = form.rsplit(['-', '/']).next().unwrap_or(form);
    if last.len() > 16 {
        return false;
    }
    let lower = last.to_lowercase();
    if lower == "etc." {
        // Where a sentence ends, the stop is the sentence's.
        return !ends;
    }
    super::TABLE.opening_abbreviations.contains(&lower)
        || super::TABLE.closing_abbreviations.contains(&lower)
        || is_acronym(bare)
}

/// "U.S", "p.m", "Ph.D": short parts between stops, at least two.
fn is_acronym(bare: &str) -> bool {
    bare.contains('.')
        && bare.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        })
}

/// "'s" and "n't" that stand alone, or words that begin with an apostrophe ("'em", "'90s").
fn clitic(rest: &str, at_start: bool) -> Option<usize> {
    let c = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    let after = &rest[c.len_utf8()..];
    let len = after.find(|c| !is_word(c)).unwrap_or(after.len());
    if len == 0 || len > 8 {
        return None;
    }
    let lower = after[..len].to_lowercase();
    let known = ["s", "ll", "re", "ve", "m", "d"].contains(&lower.as_str())
        && (!at_start || len == rest.len() - c.len_utf8())
        || at_start
            && ["em", "til", "cause", "tis", "twas", "n"].contains(&lower.as_str())
            && c != '`'
        || at_start && is_decade(&lower);
    known.then_some(c.len_utf8() + len)
}

/// "90s", "05".
fn is_decade(lower: &str) -> bool {
    let digits = lower.strip_suffix('s').unwrap_or(lower);
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Length of the mark at the start of `rest`: one character, or a run that belongs together
/// ("...", "--", "?!").
fn mark(rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return 0 };
    let run = |accept: &dyn Fn(char) -> bool| rest.find(|c| !accept(c)).unwrap_or(rest.len());
    if let Some(face) = emoticon(rest) {
        return face;
    }
    match first {
        // "!?" and ".?" are one, "?." are two.
        '.' if rest.starts_with(".?") || rest.starts_with(".!") => {
            1 + run_of(&rest[1..], &|c| matches!(c, '!' | '?'))
        }
        '.' => run(&|c| c == '.'),
        '+' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            1 + run_of(&rest[1..], &|c| c.is_ascii_digit())
        }
        '’' if rest.starts_with("’’") => 6,
        '‘' if rest.starts_with("‘’") || rest.starts_with("‘‘") => 6,
        '!' | '?' => run(&|c| matches!(c, '!' | '?')),
        '-' | '*' | '=' | '_' | '~' | '+' | '<' | '>' | '^' | '#' | '|' | '–' | '—' | '…' | '/'
        | '\\' => run(&|c| c == first),
        '`' | '\'' if chars.next() == Some(first) => 2 * first.len_utf8(),
        _ => first.len_utf8(),
    }
}

/// Length of the characters at the start of `rest` that are accepted.
fn run_of(rest: &str, accept: &dyn Fn(char) -> bool) -> usize {
    rest.find(|c| !accept(c)).unwrap_or(rest.len())
}

/// Length of a face at the start of `rest`, where nothing but marks follows it.
fn emoticon(rest: &str) -> Option<usize> {
    [4, 3, 2].into_iter().find(|len| {
        rest.get(..*len).is_some_and(|face| TABLE.emoticons.contains(face))
            && !rest[*len..].starts_with(is_word)
    })
}
