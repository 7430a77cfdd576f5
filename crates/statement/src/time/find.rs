//! Finding expressions of time: at each word the longest pattern whose guard holds.

use std::ops::Range;

use sayso_language::{Language, Upos};

use super::{
    lexeme::Lexeme,
    pattern::{Capture, Match, Slot, Slots, fill},
};
use crate::{
    numeral,
    tables::{Guard, List, Times},
    words::WordKind,
};

/// An expression of time, not yet read.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Index of its rule.
    pub rule: usize,
    /// Its lexemes.
    pub lexemes: Range<usize>,
    /// What stands in its slots.
    pub captures: Vec<Capture>,
}

/// Whether a lexeme may stand in a slot: a number, or a word of the vocabulary.
pub fn is_of_time(times: &Times, lexeme: &Lexeme) -> bool {
    lexeme.lower.bytes().any(|b| b.is_ascii_digit())
        || times.vocabulary.has(&lexeme.lower)
        || numeral::small(&lexeme.lower).is_some()
}

/// More lexemes than an expression has, whatever numbers are in it.
const MOST_LEXEMES: usize = 32;

/// What may stand at a lexeme, the best first: the longest, of equals the first row.
pub fn at(times: &Times, language: &Language, lexemes: &[Lexeme], at: usize) -> Vec<Found> {
    let Some(first) = lexemes.get(at) else { return Vec::new() };
    // The second half of a compound ("re-May", "co-1990") begins no time, but "post-1999" does.
    let mut rows: Vec<(usize, usize)> = times.by_word(&first.lower).to_vec();
    let plain = !is_of_time(times, first);
    for (slot, more) in times.by_slot() {
        if plain && !slot.is_numeric() {
            continue;
        }
        if fill(slot, lexemes, &times.vocabulary, at).is_some() {
            rows.extend_from_slice(more);
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let near = lexemes.iter().skip(at).take(MOST_LEXEMES);
    let slots = near.fold(Slots::default(), |all, l| all.with(l.slots));
    let mut found: Vec<Found> = rows
        .into_iter()
        .filter_map(|(rule, pattern)| {
            let pattern = times.rules.get(rule)?.patterns.get(pattern)?;
            if !pattern.may_match(slots) {
                return None;
            }
            let Match { end, captures } = pattern.longest(lexemes, &times.vocabulary, at)?;
            Some(Found { rule, lexemes: at..end, captures })
        })
        .filter(|f| one_sentence(language, lexemes, f))
        // "talks last three days": a verb, not the last three.
        .filter(|f| {
            let verb = first.token.is_some_and(|t| language.tokens[t].upos == Upos::Verb);
            !(verb && matches!(f.captures.first(), Some((Slot::Relative, _))))
        })
        // "the 6-year-old" is a child.
        .filter(|f| {
            let next = |n: usize| lexemes.get(f.lexemes.end + n).map_or("", |l| l.lower.as_ref());
            !(next(0) == "-" && matches!(next(1), "old" | "olds"))
        })
        .filter(|f| {
            let guard = times.rules.get(f.rule).and_then(|r| r.guard);
            guard.is_none_or(|g| holds(g, language, lexemes, f))
        })
        .collect();
    found.sort_by_key(|f| (std::cmp::Reverse(f.lexemes.end), f.rule));
    found
}

/// No expression runs over the end of a sentence.
fn one_sentence(language: &Language, lexemes: &[Lexeme], found: &Found) -> bool {
    let sentence = |at: usize| {
        let token = lexemes.get(at)?.token?;
        language.tokens.get(token).map(|t| t.sentence)
    };
    // "at 10 p.m. Wednesday": the full stop of "p.m." may have been taken for a sentence's end.
    if found.captures.iter().any(|(s, _)| *s == Slot::Meridiem) {
        return true;
    }
    let (first, last) = (sentence(found.lexemes.start), sentence(found.lexemes.end - 1));
    first.is_none() || last.is_none() || first == last
}

/// Whether what a rule asks for beside the words is there.
fn holds(guard: Guard, language: &Language, lexemes: &[Lexeme], found: &Found) -> bool {
    let token = |at: usize| language.tokens.get(lexemes.get(at)?.token?);
    let tag = |at: usize| token(at).map(|t| t.upos);
    let last = found.lexemes.end - 1;
    let before = found.lexemes.start.checked_sub(1).and_then(|i| lexemes.get(i));
    let after = lexemes.get(found.lexemes.end);
    let long = found.lexemes.len();
    match guard {
        Guard::Year => year(language, lexemes, found),
        Guard::ShortYear => {
            // "'98" with nothing before the mark, and not "'98 percent".
            let mark = lexemes.get(found.lexemes.end.wrapping_sub(2));
            mark.is_some_and(|m| !m.glued)
                && lexemes.get(last).is_some_and(|l| l.glued)
                && !after.is_some_and(|l| l.is_any(&["%", "percent", "million"]))
        }
        Guard::Noun => {
            // "the fall of the city" is no autumn.
            matches!(tag(last), Some(Upos::Noun | Upos::Propn))
                && !(lexemes.get(last).is_some_and(|l| l.lower == "fall")
                    && after.is_some_and(|a| a.lower == "of"))
        }
        Guard::NoVerb => {
            // "prices will fall next month"
            !found.lexemes.clone().any(|at| tag(at) == Some(Upos::Verb))
        }
        Guard::Adjective => {
            matches!(tag(last), Some(Upos::Adj))
                && token(last).is_some_and(|t| t.deprel == "amod" || t.deprel.is_empty())
        }
        Guard::Rate => before.is_some_and(|b| {
            let token = b.token.and_then(|t| language.tokens.get(t));
            let tag = token.map(|t| t.upos);
            lexemes.get(found.lexemes.start).is_some_and(|l| l.lower == "per")
                || matches!(tag, Some(Upos::Noun | Upos::Num | Upos::Sym))
                || b.is_any(&["times", "once", "twice", "%"])
        }),
        Guard::TheUnit => {
            let unit = found.captures.iter().find(|(s, _)| *s == Slot::Unit).map_or(0.0, |c| c.1);
            let staged = found.captures.iter().any(|(s, _)| matches!(s, Slot::Stage | Slot::Edge));
            // Not minutes, hours, days ("of the day"), decades.
            let unit = unit as u8;
            matches!(unit, 5..=7 | 9) || staged && unit >= 4
        }
        Guard::TheDaypart => long >= 2,
        Guard::Clock => {
            // "12:5" is a score, "7.30" a number.
            let marks = found.captures.iter().any(|(s, _)| *s == Slot::Meridiem);
            let words = found
                .captures
                .iter()
                .any(|(s, _)| matches!(s, Slot::Hour | Slot::Daypart | Slot::Military));
            let minutes = found
                .lexemes
                .clone()
                .filter_map(|i| lexemes.get(i))
                .any(|l| l.kind == WordKind::Number && l.lower.len() == 2 && l.glued);
            marks
                || words
                || minutes
                || long == 1
                || lexemes.get(found.lexemes.start + 1).is_some_and(|l| l.lower == "o'clock")
        }
        Guard::Often => {
            token(last).is_some_and(|t| t.upos == Upos::Adv || t.deprel == "advmod")
                || lexemes.get(last).is_some_and(|l| l.lower == "daily")
        }
        Guard::DayOfMonth => {
            let written = lexemes
                .get(last)
                .is_some_and(|l| ["st", "nd", "rd", "th"].iter().any(|end| l.lower.ends_with(end)));
            let counts = after.and_then(|a| language.tokens.get(a.token?)).is_some_and(|t| {
                matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
            });
            written && !counts && !after.is_some_and(|a| a.is_any(&["-", "of", "and"]))
        }
        Guard::Last => after.is_none_or(|a| a.kind == WordKind::Mark),
        Guard::BareUnits => {
            // "over the years", "for days", "weeks of rain": not "working days".
            !before.is_some_and(|b| {
                let token = b.token.and_then(|t| language.tokens.get(t));
                matches!(
                    token.map(|t| t.upos),
                    Some(Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Det)
                )
            })
        }
    }
}

fn year(language: &Language, lexemes: &[Lexeme], found: &Found) -> bool {
    if found.lexemes.len() > 1 && found.captures.len() > 1 {
        return true;
    }
    let before = found.lexemes.start.checked_sub(1).and_then(|i| lexemes.get(i));
    let after = lexemes.get(found.lexemes.end);
    let Some(only) = lexemes.get(found.lexemes.start) else { return false };
    if before
        .is_some_and(|b| b.is_any(&["$", "£", "€", "#", "no", "¥"]) || b.lower == "." && only.glued)
        || before.is_some_and(|b| b.lower == "-" && b.glued && only.glued)
            && found.lexemes.start.checked_sub(2).and_then(|i| lexemes.get(i)).is_some_and(|l| {
                l.kind == WordKind::Letters && !l.is_any(&["post", "pre", "mid", "late", "early"])
            })
        || after.is_some_and(|a| a.is_in(List::Counted) || a.glued && a.is_any(&["%", ":", "/"]))
    {
        return false;
    }
    let value = found.captures.first().map_or(0.0, |c| c.1);
    let counts = only.token.is_some_and(|t| {
        let token = &language.tokens[t];
        token.deprel == "nummod"
            && token.head.is_some_and(|h| h > t && language.tokens[h].xpos == "NNS")
    });
    let preposed = before.is_some_and(|b| b.is_in(List::BeforeYear));
    if (1900.0..=2050.0).contains(&value) {
        !counts || preposed && value >= 1950.0
    } else {
        preposed && !counts && (1400.0..1900.0).contains(&value)
    }
}
