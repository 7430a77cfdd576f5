//! What must hold before the statement does: "if", "unless", "provided that", "once", "should … happen".
//!
//! "Even if" and "whether or not" are no conditions: what is said holds either way. Their clauses are
//! kept apart all the same, since the times and negations in them are not the main clause's.

mod openers;

use std::ops::Range;

use sayso_model::Condition;

use crate::{
    Context,
    passage::Passage,
    tables::{Kinds, List},
};

/// The condition of a passage; `trigger` is the first word of its event where there is one.
pub fn of_passage(
    context: &Context,
    passage: &Passage,
    trigger: Option<usize>,
) -> Option<Condition> {
    let sentence = trigger.map(|t| passage.sentence_at(t));
    let range = find(context, passage)
        .into_iter()
        .filter(|c| sentence.as_ref().is_none_or(|s| s.contains(&c.start)))
        .filter(|c| trigger.is_none_or(|t| c.contains(&t) || governs(context, passage, c, t)))
        .find(|c| !concedes(context, passage, c.start))?;
    let span = passage.span(range).trim(context.language.text);
    Some(Condition {
        text: span.of(context.language.text).to_owned(),
        span: context.language.print(span),
    })
}

/// Finds the conditional clauses of a passage, from left to right, concessions ("even if") among them.
pub(crate) fn find(context: &Context, passage: &Passage) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..passage.words.len() {
        if found.last().is_none_or(|last| !last.contains(&at))
            && openers::begins(context, passage, at)
        {
            found.push(at..end_of(context, passage, at));
        }
    }
    found
}

/// Whether the words at the head of a condition are those of a concession: "even if it rains" says
/// that the rest holds in any case.
fn concedes(context: &Context, passage: &Passage, at: usize) -> bool {
    let kinds = &context.tables.kinds;
    let row = kinds.conditions.at(&passage.words, at).map(|f| f.row);
    row == Some(Kinds::CONCESSION)
}

/// A condition at the head of its sentence ends at the comma before the main clause, or where the
/// parse sees its subject; another ends with the clause.
fn end_of(context: &Context, passage: &Passage, at: usize) -> usize {
    let sentence = passage.sentence_at(at);
    let words = passage.words.get(..sentence.end).unwrap_or_default();
    let mut i = at + 1;
    // "If so the army will attack"
    if passage.has(i..i + 1, &["so"]) && passage.lower(at) == "if" {
        return (at + 2).min(sentence.end);
    }
    // "if, and only if, the board agrees", "only if, as expected, …": what the commas set apart.
    let opener = context.tables.kinds.conditions.at(&passage.words, at);
    let mut own = at;
    let opened = opener.map_or(at + 1, |f| f.words.end);
    if passage.lower(opened) == ","
        && let Some(close) = (opened + 1..sentence.end).find(|j| passage.lower(*j) == ",")
        && words.get(close + 1).is_some_and(|w| !w.is_mark())
    {
        i = close + 1;
        own = close + 1;
    }
    while let Some(word) = words.get(i) {
        // "if the talks, which began in May, fail"
        let aside = word.lower == "," && passage.has(i + 1..i + 2, &["which", "who", "whose"]);
        let close = aside.then(|| (i + 2..sentence.end).find(|j| passage.lower(*j) == ","));
        if let Some(Some(close)) = close
            && !words.get(close + 1).is_none_or(|w| w.is_mark())
        {
            i = close + 1;
            continue;
        }
        let stop =
            word.is_mark() && (word.is_any(&[",", ";", ":", "—", "–", ".", "!", "?", "”", "\""]));
        // "Only if the bridge holds will the brigade …"
        let inverted = passage.lower(at) == "only" && word.is_in(List::Inverted);
        if stop && word.is_any(&[".", "!", "?"]) {
            return main_clause(context, passage, at)
                .or_else(|| next_subject(context, passage, own))
                .unwrap_or(i);
        }
        if stop || inverted || (i > at + 2 && word.is_any(&["then", "but"])) {
            return i;
        }
        i += 1;
    }
    main_clause(context, passage, at)
        .or_else(|| next_subject(context, passage, own))
        .unwrap_or(sentence.end)
}

/// Where the subject of the clause that a condition hangs from begins, when it follows the condition's own
/// verb: "but if talks fail the town will fall".
fn next_subject(context: &Context, passage: &Passage, at: usize) -> Option<usize> {
    let tokens = &context.language.tokens;
    let end = passage.sentence_at(at).end.min(at + MOST_HEADS);
    let verb = (at..end).find_map(|i| {
        let token = context.token_at(passage.words.get(i)?.span)?;
        let head = tokens[token].head.filter(|h| *h > token)?;
        (tokens[token].deprel == "advcl").then_some((token, head))
    });
    let (own, main) = verb?;
    let hangs = |t: &usize| tokens[*t].head == Some(main) && tokens[*t].deprel.starts_with("nsubj");
    let subject = (own + 1..main).find(hangs)?;
    Some(first_word(context, passage, own, subject)).filter(|word| (at + 2..end).contains(word))
}

/// The first word of a subject with what stands before it and hangs from it, behind a token.
fn first_word(context: &Context, passage: &Passage, behind: usize, subject: usize) -> usize {
    let tokens = &context.language.tokens;
    let hangs = |t: &usize| tokens[*t].head == Some(subject);
    let begin = (behind + 1..subject).rev().take_while(hangs).last().unwrap_or(subject);
    let start = tokens[begin].span.start;
    passage.words.partition_point(|w| w.span.start < start)
}

/// Where the subject of the main clause begins behind a condition that no comma ends: "in case of
/// rain the match will be cancelled".
fn main_clause(context: &Context, passage: &Passage, at: usize) -> Option<usize> {
    let sentence = passage.sentence_at(at);
    if at != sentence.start {
        return None;
    }
    let tokens = &context.language.tokens;
    let first = context.token_at(passage.words.get(at)?.span)?;
    let own = &context.language.sentences[tokens[first].sentence].tokens;
    let root = own.clone().find(|t| tokens[*t].head.is_none())?;
    let subject = own.clone().find(|t| {
        tokens[*t].head == Some(root) && tokens[*t].deprel.starts_with("nsubj") && *t > first + 1
    })?;
    let word = first_word(context, passage, first, subject);
    (at + 2..sentence.end).contains(&word).then_some(word)
}

/// The most heads that are climbed from a condition or a trigger.
const MOST_HEADS: usize = 24;

/// Whether a condition is the trigger's: not where the parse joins the clause that it hangs from to that of
/// the trigger as a second one ("The army will leave, but if talks fail the town will fall").
fn governs(context: &Context, passage: &Passage, condition: &Range<usize>, trigger: usize) -> bool {
    let tokens = &context.language.tokens;
    let token = |at: usize| passage.words.get(at).and_then(|w| context.token_at(w.span));
    let heads = |from: usize| {
        std::iter::successors(Some(from), |t| tokens[*t].head.filter(|h| h != t)).take(MOST_HEADS)
    };
    let inside = passage.span(condition.clone());
    let out = |t: usize| tokens[t].head.filter(|h| !inside.contains(tokens[*h].span));
    // The clause of the condition hangs from what it governs.
    let hangs = condition
        .clone()
        .take(MOST_HEADS)
        .filter_map(token)
        .find_map(|t| out(t).filter(|_| matches!(tokens[t].deprel, "advcl" | "obl")));
    let (Some(governed), Some(trigger)) = (hangs, token(trigger)) else { return true };
    let mut joined = false;
    for at in heads(governed) {
        if heads(trigger).any(|t| t == at) {
            return !joined;
        }
        // "might take him or even harm him if …": without a subject of its own it is one clause.
        let own = || {
            let near = at.saturating_sub(MOST_HEADS)..at;
            near.into_iter()
                .any(|t| tokens[t].head == Some(at) && tokens[t].deprel.starts_with("nsubj"))
        };
        joined |= matches!(tokens[at].deprel, "conj" | "parataxis") && own();
    }
    true
}
