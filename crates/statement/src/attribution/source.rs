//! Finds who: the noun phrase before a cue, after it, or at the head of the clause.

use std::ops::Range;

use super::closed::Sort;
use super::view::View;

/// Longest appositive ("…, the former head of …,") that is taken into a source, in tokens.
const LONGEST_APPOSITIVE: usize = 30;

/// Longest relative clause between a noun and its verb, in tokens.
const LONGEST_RELATIVE: usize = 15;

/// What ends a noun phrase on its way to the left or right, whatever stands inside it.
fn is_wall(view: &View, t: usize) -> bool {
    view.is(
        t,
        Sort::COMMA
            | Sort::STOP
            | Sort::COLON
            | Sort::DASH
            | Sort::OPEN
            | Sort::CLOSE
            | Sort::BRACKET
            | Sort::SUBORDINATOR,
    ) || view.is(t, Sort::QUESTION) && !view.is(t, Sort::POSSESSIVE)
        || view.is_auxiliary(t)
}

/// The noun phrase that ends right before token `end`, not reaching before `floor`.
pub(crate) fn before(view: &View, end: usize, floor: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|t| *t >= floor)?;
    if view.is(last, Sort::SUBJECT) && !view.is(last, Sort::DETERMINER) {
        return Some(last..end);
    }
    if view.is(last, Sort::COMMA) {
        return with_appositive(view, last, floor).or_else(|| {
            // "Berg, however, said": one adverb between commas.
            let adverb = last.checked_sub(1).filter(|t| view.is(*t, Sort::ADVERB))?;
            let comma = adverb.checked_sub(1).filter(|t| view.is(*t, Sort::COMMA))?;
            before(view, comma, floor)
        });
    }
    if view.is(last, Sort::DASH) {
        // "Berg – who was there – said"
        let open =
            (floor..last).rev().take(LONGEST_APPOSITIVE).find(|t| view.is(*t, Sort::DASH))?;
        return plain(view, open, floor).map(|np| np.start..last);
    }
    if view.is(last, Sort::BRACKET) {
        // "Berg (Green) said"
        let open = (floor..last).rev().take(30).find(|t| view.is(*t, Sort::BRACKET))?;
        return plain(view, open, floor).map(|np| np.start..end);
    }
    with_relative(view, end, floor).or_else(|| plain(view, end, floor))
}

/// "A man who asked not to be named" before its verb: the noun with its whole relative clause.
fn with_relative(view: &View, end: usize, floor: usize) -> Option<Range<usize>> {
    let who = (floor + 1..end).rev().take(LONGEST_RELATIVE).find(|t| {
        view.word(*t) == "who"
            || is_wall(view, *t) && !view.is_auxiliary(*t)
            || view.is(*t, Sort::SUBJECT) && !view.is(*t, Sort::DETERMINER)
    })?;
    let verbal = (who + 1..end).any(|t| view.is_finite(t) || view.is_auxiliary(t));
    let noun = view.word(who) == "who"
        && view.is(who - 1, Sort::WORD)
        && !view.is(who - 1, Sort::PREPOSITION | Sort::SUBJECT);
    if !noun || !verbal {
        return None;
    }
    plain(view, who, floor).map(|np| np.start..end)
}

/// "Berg, the mayor of X, who was elected in May," up to the comma before the cue.
fn with_appositive(view: &View, closing: usize, floor: usize) -> Option<Range<usize>> {
    let stop = floor.max(closing.saturating_sub(LONGEST_APPOSITIVE));
    let mut best = None;
    // Whether what stands between the last comma and the cue is the name of a person.
    let mut named = false;
    for comma in (stop..closing).rev() {
        if view.is(comma, Sort::STOP | Sort::COLON | Sort::OPEN | Sort::CLOSE) {
            break;
        }
        if !view.is(comma, Sort::COMMA) {
            continue;
        }
        let first = comma + 1;
        let opens = view.is(first, Sort::DETERMINER | Sort::POSSESSIVE | Sort::NAME | Sort::NUMBER)
            || view.is(first, Sort::QUESTION) && view.word(first).starts_with("wh")
            || view.is(first, Sort::CAPITAL)
            || view.is(first, Sort::WORD)
                && !view.is(
                    first,
                    Sort::PREPOSITION
                        | Sort::ADVERB
                        | Sort::COORDINATOR
                        | Sort::SUBORDINATOR
                        | Sort::SUBJECT
                        | Sort::VERB
                        | Sort::TIME,
                )
                && !view.word(first).ends_with("ing")
                && !view.is_auxiliary(first);
        // "…, its governor, Ann Berg, said": role and name are the whole source.
        let whole = best.as_ref().is_some_and(|b: &Range<usize>| {
            b.start == first && view.is(first, Sort::DETERMINER | Sort::POSSESSIVE) && named
        });
        if !opens || whole {
            break;
        }
        if let Some(np) = plain(view, comma, floor) {
            if best.is_none() {
                named = view.name_at(first).is_some_and(|n| {
                    view.language.names[n].kind == sayso_language::NameKind::Person
                        && view.name_at(closing - 1) == Some(n)
                });
            }
            best = Some(np.start..closing);
            if view.is(np.end - 1, Sort::NAME) {
                break;
            }
        }
    }
    best
}

/// The noun phrase before `end` without appositives.
fn plain(view: &View, end: usize, floor: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > floor {
        let t = start - 1;
        if start == end && matches!(view.word(t), ")" | "]") {
            // "Berg (Green), the mayor, said"
            let open = (floor..t).rev().take(12).find(|o| view.is(*o, Sort::BRACKET));
            if let Some(open) = open.filter(|o| *o > floor) {
                return plain(view, open, floor).map(|np| np.start..end);
            }
        }
        if view.name_at(t).is_some() && view.name_at(t) == view.name_at(start) {
            start = t;
            continue;
        }
        if is_wall(view, t) || view.is(t, Sort::SUBJECT) && !view.is(t, Sort::DETERMINER) {
            break;
        }
        if view.is(t, Sort::COORDINATOR) {
            if view.word(t) != "and" && view.word(t) != "or" || !noun_phrase_left(view, t, floor) {
                break;
            }
        } else if start < end && view.is_finite(t) && !view.is(t, Sort::NAME) {
            break;
        } else if view.is(t, Sort::PREPOSITION) {
            // A preposition with nothing before it begins an adverbial: "In May the board said".
            let begins = t == floor || is_wall(view, t - 1);
            if begins {
                return after_adverbial(view, t, end);
            }
            if start == end {
                return None;
            }
        }
        start = t;
    }
    strip(view, start..end)
}

/// True when what stands between the last wall and token `at` has no finite verb, so that the "and"
/// at `at` joins two noun phrases.
fn noun_phrase_left(view: &View, at: usize, floor: usize) -> bool {
    for t in (floor..at).rev() {
        if view.is_finite(t) || view.is(t, Sort::SUBJECT) && !view.is(t, Sort::DETERMINER) {
            return false;
        }
        if is_wall(view, t) {
            return t + 1 < at && !view.is(t, Sort::COMMA);
        }
    }
    floor < at
}

/// The subject after a leading adverbial without a comma: "On Monday the board said".
fn after_adverbial(view: &View, preposition: usize, end: usize) -> Option<Range<usize>> {
    let mut t = preposition + 1;
    // Over the time words, or to the next determiner, name or pronoun that begins afresh.
    if (t..end.min(t + 4)).any(|i| view.is(i, Sort::TIME)) {
        while t < end && view.is(t, Sort::TIME | Sort::DETERMINER | Sort::NUMBER | Sort::POSSESSIVE)
        {
            let resumes = view.is(t, Sort::DETERMINER | Sort::POSSESSIVE)
                && t > preposition + 1
                && !view.is(t + 1, Sort::TIME);
            if resumes {
                break;
            }
            t += 1;
        }
        return strip(view, t..end);
    }
    let fresh = (t + 2..end).rev().find(|i| {
        (view.is(*i, Sort::DETERMINER | Sort::POSSESSIVE) && !view.is(*i - 1, Sort::PREPOSITION))
            || view.name_at(*i).is_some()
                && view.name_at(*i) != view.name_at(*i - 1)
                && !view.is(*i - 1, Sort::PREPOSITION | Sort::DETERMINER | Sort::GENITIVE)
                && view.name_at(*i - 1).is_some()
    })?;
    strip(view, fresh..end)
}

/// Drops adverbs, conjunctions and time words before a noun phrase; nothing when no noun is left.
fn strip(view: &View, mut np: Range<usize>) -> Option<Range<usize>> {
    while np.start < np.end
        && view.is(np.start, Sort::ADVERB | Sort::COORDINATOR | Sort::TIME | Sort::NEGATION)
        && !view.is(np.start, Sort::DETERMINER | Sort::NAME)
    {
        np.start += 1;
    }
    // "two days after the ministry (said)"
    let past = (np.start..np.end).find(|t| {
        !view.is(*t, Sort::TIME | Sort::NUMBER | Sort::DETERMINER) || view.is(*t, Sort::NAME)
    });
    if let Some(p) = past
        && p > np.start
        && p + 1 < np.end
        && view.is(p, Sort::PREPOSITION)
        && view.word(p) != "of"
        && view.is(p - 1, Sort::TIME)
    {
        np.start = p + 1;
    }
    let sound = np.clone().any(|t| view.is(t, Sort::WORD))
        && !np.is_empty()
        && !view
            .is(np.end - 1, Sort::PREPOSITION | Sort::POSSESSIVE | Sort::GENITIVE | Sort::COMMA)
        && (np.len() > 1
            || !view.is(np.start, Sort::ADVERB | Sort::TIME)
                && view.word(np.start) != "the"
                && view.word(np.start) != "a");
    sound.then_some(np)
}

/// The noun phrase that begins at `start` ("said Ann Berg, the mayor, on Monday").
pub(crate) fn after(view: &View, start: usize, end: usize) -> Option<Range<usize>> {
    let mut t = start;
    while t < end {
        if t > start && view.name_at(t).is_some() && view.name_at(t) == view.name_at(t - 1) {
            t += 1;
            continue;
        }
        if is_wall(view, t) && !view.is(t, Sort::SUBJECT) || view.is(t, Sort::VERB) {
            break;
        }
        if view.is(t, Sort::SUBJECT | Sort::OBJECT) && !view.is(t, Sort::DETERMINER) {
            if t == start {
                t += 1;
            }
            break;
        }
        let time = view.is(t, Sort::TIME)
            || view.is(t, Sort::PREPOSITION) && (t + 1..t + 4).any(|i| view.is(i, Sort::TIME));
        let venue = view.is(t, Sort::PREPOSITION)
            && view.word(t) != "of"
            && (t + 1..t + 4).any(|i| view.is(i, Sort::VENUE));
        if t > start && (time || venue) && !view.is(t, Sort::NAME) {
            break;
        }
        if t > start && view.is(t, Sort::ADVERB) && !view.is(t, Sort::NAME) {
            break;
        }
        t += 1;
    }
    let mut np = start..t;
    // "the mayor of X, Ann Berg," belongs to it when the comma's name is the bearer's.
    if view.is(t, Sort::COMMA) && t + 1 < end && view.is(start, Sort::DETERMINER | Sort::POSSESSIVE)
    {
        let name = view.name_at(t + 1);
        let close = (t + 1..end.min(t + 8)).find(|i| view.name_at(*i) != name);
        let person =
            name.is_some_and(|n| view.language.names[n].kind == sayso_language::NameKind::Person);
        let bears =
            !view.is(t - 1, Sort::NAME) || (start..t).any(|i| view.is(i, Sort::PREPOSITION));
        if let Some(close) = close.filter(|c| view.is(*c, Sort::COMMA) && person && bears) {
            return strip(view, start..close);
        }
    }
    // "…, the mayor of X," belongs to it when a determiner or "who" begins it and a wall ends it.
    if view.is(t, Sort::COMMA)
        && t < end
        && (view.is(t + 1, Sort::DETERMINER)
            || view.word(t + 1) == "who"
            || view.word(t + 1) == "whose")
        && !np.is_empty()
    {
        let stop = (t + 1..end).find(|i| {
            view.is(*i, Sort::COMMA | Sort::STOP | Sort::COLON | Sort::OPEN | Sort::DASH)
        });
        let stop = stop.unwrap_or(end);
        let relative = view.word(t + 1).starts_with("who");
        let verbless = !(t + 2..stop).any(|i| view.is_auxiliary(i));
        if stop - t <= LONGEST_APPOSITIVE && (relative || verbless) {
            np.end = stop;
        }
    }
    while np.end > np.start && view.is(np.end - 1, Sort::PREPOSITION | Sort::COORDINATOR) {
        np.end -= 1;
    }
    strip(view, np)
}

/// The subject of the clause that begins at `start`: the noun phrase before its first finite verb.
pub(crate) fn of_clause(view: &View, start: usize, end: usize) -> Option<Range<usize>> {
    let mut lo = start;
    // A leading adverbial or subordinate clause ends at its comma.
    let leads = view.is(
        lo,
        Sort::PREPOSITION | Sort::ADVERB | Sort::SUBORDINATOR | Sort::TIME | Sort::QUESTION,
    ) || view.word(lo).ends_with("ing");
    if leads && !view.is(lo, Sort::NAME) {
        if let Some(comma) = (lo..end.min(lo + 40)).find(|t| view.is(*t, Sort::COMMA)) {
            lo = comma + 1;
        } else {
            return None;
        }
    }
    if view.is(lo, Sort::OPEN | Sort::CLOSE) {
        return None;
    }
    let verb = (lo + 1..end).find(|t| {
        view.is_finite(*t)
            || view.is(*t, Sort::COMMA | Sort::COLON | Sort::DASH | Sort::OPEN | Sort::BRACKET)
            || !crate::cues::CUES.verb_forms(view.word(*t)).is_empty()
                && !view.is(*t, Sort::CAPITAL)
                && !view.is(*t - 1, Sort::DETERMINER | Sort::POSSESSIVE | Sort::PREPOSITION)
    })?;
    let mut np = lo..verb;
    while np.end > np.start + 1 && view.is(np.end - 1, Sort::ADVERB) {
        np.end -= 1;
    }
    if np.len() > 25 {
        return None;
    }
    strip(view, np)
}
