//! Quotation marks and the side that each may take.

use sayso_model::Span;

use crate::segment::is_word;

/// Families of marks that open and close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// ", “ ”, „ “, two grave accents with two apostrophes
    Double,
    /// ', ‘ ’, ‚ ‘
    Single,
    /// « », ‹ ›
    Angle,
}

/// One mark in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) family: Family,
    pub(super) may_open: bool,
    pub(super) may_close: bool,
    /// Nothing but marks stands before it in its paragraph.
    pub(super) leads: bool,
}

/// The marks of one paragraph, in order. Apostrophes are left out where context tells them.
pub(super) fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let range = paragraph.range();
    let body = &text[range.clone()];
    let mut out: Vec<Mark> = Vec::new();
    let mut before: Option<char> = None;
    let mut leads = true;
    let mut chars = body.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let Some(family) = family(c) else {
            leads &= c.is_whitespace() || matches!(c, '-' | '–' | '—' | '•' | '*' | '>' | '…');
            before = Some(c);
            continue;
        };
        let mut end = i + c.len_utf8();
        // Two single marks in a row are a double one.
        let mut family = family;
        if matches!(c, '`' | '\'' | '’' | '‘') && chars.peek().is_some_and(|n| n.1 == c) {
            chars.next();
            end += c.len_utf8();
            family = Family::Double;
        }
        let after = chars.peek().map(|n| n.1);
        if family == Family::Single && is_elision(&body[end..]) {
            before = Some(c);
            continue;
        }
        let span = Span::new(range.start + i, range.start + end);
        if let Some(sides) = sides(c, family, before, after) {
            out.push(Mark { span, family, may_open: sides.0, may_close: sides.1, leads });
        }
        before = Some(c);
    }
    out
}

/// "'90s", "'n'", "'em", "'til": letters are left out, and nobody is quoted.
fn is_elision(after: &str) -> bool {
    let word =
        &after[..after.char_indices().take(5).find(|(_, c)| !is_word(*c)).map_or(0, |f| f.0)];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 2 && matches!(&word[2..], "" | "s"))
        || matches!(word, "n" | "em" | "til" | "tis" | "twas")
}

fn family(c: char) -> Option<Family> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' => Some(Family::Double),
        '\'' | '‘' | '’' | '‚' | '‛' | '`' => Some(Family::Single),
        '«' | '»' | '‹' | '›' => Some(Family::Angle),
        _ => None,
    }
}

/// May the mark open, may it close? `None`: it is no quotation mark here.
fn sides(
    c: char,
    family: Family,
    before: Option<char>,
    after: Option<char>,
) -> Option<(bool, bool)> {
    let word_before = before.is_some_and(is_word);
    let word_after = after.is_some_and(is_word);
    let open_room = before.is_none_or(|b| {
        b.is_whitespace()
            || matches!(b, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '…')
            || opening(b)
    });
    let close_room =
        after.is_none_or(|a| !is_word(a) && !matches!(a, '(' | '[' | '{' | '$' | '£' | '€'));
    let touches_after = after.is_some_and(|a| !a.is_whitespace());
    let touches_before = before.is_some_and(|b| !b.is_whitespace());
    match (c, family) {
        // Inches and seconds: 5'10".
        ('"', _) if before.is_some_and(|b| b.is_ascii_digit()) && close_room => Some((false, true)),
        ('"' | '＂', _) => {
            let open = open_room && touches_after;
            let close = close_room && touches_before;
            // A mark with room on neither side, or on both, says nothing: what is open decides.
            Some(if open == close { (true, true) } else { (open, close) })
        }
        ('“' | '‘', _) => {
            // After a word, or before white space, it closes: „so“.
            let close = touches_before && !open_room && close_room && !word_after;
            Some((!close, close))
        }
        ('„' | '‟' | '‚' | '‛', _) | ('`', Family::Double) => Some((true, false)),
        ('«' | '‹' | '»' | '›', _) => {
            let usual = matches!(c, '«' | '‹');
            let open = open_room && touches_after;
            let close = touches_before && !open_room;
            Some(match (open, close) {
                (true, false) => (true, false),
                (false, true) => (false, true),
                // « words » with spaces inside: the usual sides.
                _ => (usual, !usual),
            })
        }
        ('\'' | '’', Family::Double) => Some((open_room && touches_after, touches_before)),
        ('”', _) => {
            // Some writers open with it too: ”so”.
            let open = open_room && word_after;
            Some((open, !open))
        }
        // Single marks: an apostrophe inside a word is none.
        ('’' | '\'' | '`', _) => {
            if word_before && word_after {
                return None;
            }
            let open = open_room && if c == '’' { word_after } else { touches_after };
            let close = close_room && touches_before;
            (open || close).then_some((open, close && !open))
        }
        _ => None,
    }
}

fn opening(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '„' | '«' | '‹' | '\'' | '`' | '‚')
}
