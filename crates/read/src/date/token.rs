//! The pieces of a written date: numbers, words, marks.

/// A run of digits, a run of letters, or one other character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// First byte in the line.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// No white space before it.
    pub(super) glued: bool,
}

impl Token<'_> {
    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.text == mark
    }

    pub(super) fn digits(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A plain number of at most eight digits.
    pub(super) fn number(&self) -> Option<i32> {
        let plain = self.text.len() <= 8 && self.text.bytes().all(|b| b.is_ascii_digit());
        if plain { self.text.parse().ok() } else { None }
    }

    /// A year in four digits.
    pub(super) fn year(&self) -> Option<i32> {
        if self.text.len() == 4 { self.number() } else { None }
    }
}

pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut glued = false;
    let mut rest = line.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            glued = false;
            continue;
        }
        let mut end = start + c.len_utf8();
        let same: Option<fn(char) -> bool> = if c.is_ascii_digit() {
            Some(|c| c.is_ascii_digit())
        } else if c.is_alphabetic() {
            Some(char::is_alphabetic)
        } else {
            None
        };
        if let Some(same) = same {
            while let Some((at, c)) = rest.next_if(|(_, c)| same(*c)) {
                end = at + c.len_utf8();
            }
        }
        out.push(Token { text: &line[start..end], start, end, glued });
        glued = true;
    }
    out
}

/// A day of a month ("9", "09", "9th"), and how many tokens it takes.
pub(super) fn ordinal(tokens: &[Token<'_>]) -> Option<(i32, usize)> {
    let day = tokens.first()?;
    if !matches!(day.text.len(), 1 | 2) {
        return None;
    }
    let ending = tokens.get(1).is_some_and(|next| {
        next.glued && ["st", "nd", "rd", "th"].iter().any(|e| e.eq_ignore_ascii_case(next.text))
    });
    Some((day.number()?, 1 + usize::from(ending)))
}

/// "p.m.", "PM": whether it is the afternoon, and how many tokens that takes.
pub(super) fn half_day(tokens: &[Token<'_>]) -> Option<(bool, usize)> {
    let first = tokens.first()?.text.to_ascii_lowercase();
    match first.as_str() {
        "am" => Some((false, 1)),
        "pm" => Some((true, 1)),
        "a" | "p" => {
            let [_, point, m, rest @ ..] = tokens else { return None };
            if !point.is_mark(".") || !m.text.eq_ignore_ascii_case("m") {
                return None;
            }
            let last = rest.first().is_some_and(|t| t.glued && t.is_mark("."));
            Some((first == "p", 3 + usize::from(last)))
        }
        _ => None,
    }
}

/// A zone's minutes from UTC, and how many tokens it takes. Names that stand for several zones, or
/// for summer and winter alike, are not read.
pub(super) fn zone(tokens: &[Token<'_>]) -> Option<(i32, usize)> {
    let mut at = 0;
    if tokens.first().is_some_and(|t| t.is_mark("(")) {
        at = 1;
    }
    let first = tokens.get(at)?;
    let signed = |at: usize| -> Option<(i32, usize)> {
        let sign = match tokens.get(at)?.text {
            "+" => 1,
            "-" | "−" => -1,
            _ => return None,
        };
        let hours = tokens.get(at + 1).filter(|t| t.glued)?;
        let (hours, minutes, used) = match hours.text.len() {
            4 => {
                // Four bytes need not be four digits.
                let (hours, minutes) = hours.text.split_at_checked(2)?;
                (hours.parse::<i32>().ok()?, minutes.parse().ok()?, 2)
            }
            1 | 2 => {
                let minutes = tokens
                    .get(at + 2)
                    .filter(|t| t.glued && t.is_mark(":"))
                    .and_then(|_| tokens.get(at + 3))
                    .and_then(Token::number);
                (hours.number()?, minutes.unwrap_or(0), if minutes.is_some() { 4 } else { 2 })
            }
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes), used))
    };
    if let Some((offset, used)) = signed(at) {
        return Some((offset, at + used));
    }
    let hours = match first.text.to_ascii_uppercase().as_str() {
        // "GMT+2" is GMT with an offset; plain "GMT" is the offset zero.
        "Z" | "UTC" | "GMT" => {
            let (offset, used) = signed(at + 1).unwrap_or((0, 0));
            return Some((offset, at + 1 + used));
        }
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "MDT" => -6,
        "PDT" | "MST" => -7,
        "PST" => -8,
        "CET" => 1,
        "CEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        _ => return None,
    };
    Some((hours * 60, at + 1))
}
