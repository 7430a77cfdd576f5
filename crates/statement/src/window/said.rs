//! When a statement was made, as the clause of its cue tells: "said on Wednesday", "two years ago
//! predicted", "in a report published in May, wrote".
//!
//! A time is the cue's when it hangs on a word of the cue, or on a noun phrase that does ("in a
//! speech on Monday"), through no clause of its own ("Berg, who resigned in May, said") but that of
//! what was published (`published` in `data/en/windows.toml`). Times of the content are never the
//! cue's.

use std::ops::Range;

use jiff::civil::Date;
use sayso_language::{Token, Upos};
use sayso_model::{Said, Span};

use super::{Now, in_name};
use crate::{
    Attribution, Context,
    time::{
        self, Anchor, Direction, Reading, Time, TimeKind,
        value::{Grain, Unit, plus_days, plus_units},
    },
};

/// The most heads between a time and a cue: "in a note to the board of the bank on Monday".
const MOST_HEADS: usize = 5;
/// How many tokens of a sentence on either side of its cue may hold the time.
const MOST_TOKENS: usize = 120;

/// Relations to the head of a clause of its own.
const CLAUSES: [&str; 7] = ["acl", "acl:relcl", "advcl", "ccomp", "xcomp", "conj", "parataxis"];

/// When a statement was made; `None` where the words do not say, or name no days that lie behind.
pub fn read(context: &Context, attribution: &Attribution) -> Option<Said> {
    let cue = tokens_of(context, &attribution.cue);
    let first = cue.first().copied()?;
    let language = context.language;
    let sentence = language.sentences.get(language.tokens[first].sentence)?.tokens.clone();
    let near = sentence.start.max(first.saturating_sub(MOST_TOKENS))
        ..sentence.end.min(first + MOST_TOKENS);
    let words = context.ground.words_in(language.span_of(near));
    let now = context.article.published.as_ref().map(Now::published);
    let found = |today: Option<Date>| -> Option<Time> {
        let all = time::among(context, words.clone(), Anchor::day(today), |_| Direction::Back);
        all.into_iter().find(|time| {
            dates(time)
                && !in_name(context, time)
                && !attribution.content.iter().any(|piece| piece.overlaps(time.span))
                && hangs_on(context, language.tokens_in(time.span), &cue)
                && !is_limit(context, time.span)
        })
    };
    let early = found(now.map(|now| now.first))?;
    let span = with_preposition(context, early.span);
    let days = match now {
        None => None,
        Some(now) if now.is_day() => days(&early, now.first),
        Some(now) => {
            let late = found(Some(now.last))?;
            let all = |(first, last): (Date, Date)| [Some(first), Some(last), None];
            let ends = days(&early, now.first).zip(days(&late, now.last));
            ends.and_then(|(a, b)| {
                let ([first, last, _], _) = now.join(all(a), all(b));
                first.zip(last)
            })
        }
    };
    if days.is_none() && now.is_some() {
        return None;
    }
    Some(Said {
        earliest: days.map(|(first, _)| first),
        latest: days.map(|(_, last)| last),
        text: span.of(language.text).to_owned(),
        span: language.print(span),
    })
}

/// Whether a time names days: no length, no "every Monday", no "recently".
fn dates(time: &Time) -> bool {
    let Reading { kind, period, value, .. } = &time.reading;
    let named = period.is_some() || value.starts_with("XXXX");
    matches!(kind, TimeKind::Date | TimeKind::Time) && named
}

/// The first and the last day of a time, none after `today`. "Two years ago" is a day of that year,
/// give or take half a year.
fn days(time: &Time, today: Date) -> Option<(Date, Date)> {
    let period = time.reading.period?;
    let (first, last) = if time.rule.starts_with("offset") {
        let unit = match period.grain {
            Grain::Day | Grain::Weekend => Unit::Day,
            Grain::Week => Unit::Week,
            Grain::Month | Grain::Quarter | Grain::Season | Grain::Half => Unit::Month,
            Grain::Year | Grain::Decade | Grain::Century => Unit::Year,
        };
        let (number, half) = match unit {
            Unit::Day => return Some((period.first.min(today), period.first.min(today))),
            Unit::Week => (days_between(period.first, today) / 7, 3),
            Unit::Month => (months_between(period.first, today), 15),
            _ => (i32::from(today.year()) - i32::from(period.first.year()), 182),
        };
        let day = plus_units(today, -f64::from(number), unit);
        (plus_days(day, -half), plus_days(day, half))
    } else {
        period.cut(time.reading.stage, Some(today))
    };
    // What is still ahead was not said yet.
    (first <= today).then(|| (first, last.min(today)))
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

fn months_between(a: Date, b: Date) -> i32 {
    let months = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month());
    months(b) - months(a)
}

fn tokens_of(context: &Context, spans: &[Span]) -> Vec<usize> {
    spans.iter().flat_map(|span| context.language.tokens_in(*span)).collect()
}

/// Whether the head of some tokens hangs on a cue.
fn hangs_on(context: &Context, tokens: Range<usize>, cue: &[usize]) -> bool {
    let all = &context.language.tokens;
    let outer = tokens.clone().find(|t| {
        all.get(*t).is_some_and(|token| token.head.is_none_or(|head| !tokens.contains(&head)))
    });
    let Some(mut at) = outer else { return false };
    for _ in 0..MOST_HEADS {
        let token = &all[at];
        let Some(head) = token.head.filter(|head| *head < all.len() && *head != at) else {
            return false;
        };
        // "due to be published in April" was not yet.
        let ahead = |t: usize| {
            let near = t.saturating_sub(MOST_HEADS)..t;
            near.into_iter().any(|i| all[i].head == Some(t) && all[i].deprel == "mark")
        };
        let published =
            |t: usize| context.tables.windows.published.contains(&*all[t].lemma) && !ahead(t);
        if CLAUSES.contains(&token.deprel) && !published(at) {
            return false;
        }
        if cue.contains(&head) {
            return true;
        }
        // A verb that is no cue has a time of its own.
        if all[head].upos == Upos::Verb && !published(head) {
            return false;
        }
        at = head;
    }
    false
}

/// The preposition that marks a time.
fn preposition<'c>(context: &'c Context, time: Span) -> Option<&'c Token> {
    let tokens = context.language.tokens_in(time);
    let before = context.language.tokens.get(tokens.start.checked_sub(1)?)?;
    let marks = before.deprel == "case" && before.upos == Upos::Adp;
    (marks && before.head.is_some_and(|head| tokens.contains(&head))).then_some(before)
}

/// "by Friday", "since May": a limit and not the time itself.
fn is_limit(context: &Context, time: Span) -> bool {
    let limits = &context.tables.windows.limits;
    preposition(context, time).is_some_and(|before| limits.contains(&*before.lemma))
}

/// A time with the preposition that marks it.
fn with_preposition(context: &Context, time: Span) -> Span {
    preposition(context, time).map_or(time, |before| before.span.cover(time))
}
