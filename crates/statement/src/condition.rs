//! What must hold before the statement does: "if", "unless", "provided that", "should … happen".
//!
//! "Even if" and "whether or not" are no conditions: what is said holds either way. Their clauses are
//! kept apart all the same, since the times and negations in them are not the main clause's.

use std::ops::Range;

use sayso_model::Condition;

use crate::{
    Attribution, Context, event,
    passage::Passage,
    tables::{ContentClass, Kinds, List},
};

/// The condition of a statement: in the sentence of its event, in the one before it where the
/// condition stands alone, else the first.
pub fn read(context: &Context, attribution: &Attribution) -> Option<Condition> {
    let passage = Passage::content(context, attribution);
    let trigger = event::find(context, attribution, &passage).map(|f| f.words.start);
    of_passage(context, &passage, trigger)
}

/// The condition of a passage; `trigger` is the first word of its event where there is one.
pub fn of_passage(
    context: &Context,
    passage: &Passage,
    trigger: Option<usize>,
) -> Option<Condition> {
    let sentence = trigger.map(|t| passage.sentence_at(t));
    let range = passage
        .conditions
        .iter()
        .filter(|c| sentence.as_ref().is_none_or(|s| s.contains(&c.start)))
        .find(|c| !concedes(context, passage, c.start))?;
    let span = passage.span(range.clone()).trim(context.language.text);
    Some(Condition {
        text: span.of(context.language.text).to_owned(),
        span: context.language.print(span),
    })
}

/// Finds the conditional clauses of a passage, from left to right, concessions ("even if") among them;
/// [`Passage`] keeps them.
pub(crate) fn find(context: &Context, passage: &Passage) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..passage.words.len() {
        if found.last().is_none_or(|last| !last.contains(&at)) && begins(context, passage, at) {
            found.push(at..end_of(context, passage, at));
        }
    }
    found
}

/// Whether a condition or a concession begins at a word.
fn begins(context: &Context, passage: &Passage, at: usize) -> bool {
    let kinds = &context.tables.kinds;
    match passage.lower(at) {
        "should" | "had" | "were" => return inverted(context, passage, at),
        "without" => return lacks(context, passage, at),
        _ => {}
    }
    let Some(opener) = kinds.conditions.at(&passage.words, at) else { return false };
    match passage.lower(at) {
        // "asked if it could" is a question, and "if necessary" an aside.
        "if" => {
            let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
            !kinds.asking.contains(before) && !kinds.asides.contains(passage.lower(at + 1))
        }
        // "as long as two years"
        "as" | "so" => crate::numeral::read(&passage.words, opener.words.end).is_none(),
        _ => true,
    }
}

/// Whether the words at the head of a condition are those of a concession: "even if it rains" says
/// that the rest holds in any case.
fn concedes(context: &Context, passage: &Passage, at: usize) -> bool {
    let kinds = &context.tables.kinds;
    let row = kinds.conditions.at(&passage.words, at).map(|f| f.row);
    row == Some(Kinds::CONCESSION)
}

/// "Should talks fail, …", "Had they known, …", "… were the bank to raise rates": the helper stands
/// before its subject, and nothing is asked.
fn inverted(context: &Context, passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence_at(at);
    if passage.has(sentence.clone(), &["?"]) {
        return false;
    }
    let tokens = &context.language.tokens;
    let Some(helper) = passage.words.get(at).and_then(|w| context.token_at(w.span)) else {
        return false;
    };
    let whole = &context.language.sentences[tokens[helper].sentence].tokens;
    let own = whole.start.max(helper.saturating_sub(60))..whole.end.min(helper + 60);
    let verb = match tokens[helper].deprel {
        "aux" | "aux:pass" | "cop" => tokens[helper].head.unwrap_or(helper),
        _ => helper,
    };
    let follows = own.clone().any(|t| {
        let token = &tokens[t];
        token.head == Some(verb) && token.deprel.starts_with("nsubj") && t > helper
    });
    let precedes = own.clone().any(|t| {
        let token = &tokens[t];
        token.head == Some(verb) && token.deprel.starts_with("nsubj") && t < helper
    });
    let starts = at == sentence.start || passage.words.get(at - 1).is_some_and(|w| w.is_mark());
    let comma = passage.has(at..sentence.end, &[","]);
    // What the parse cannot tell the comma of the main clause does.
    if passage.lower(at) == "should" {
        return follows && !precedes || starts && comma;
    }
    // "Had the talks failed, it would have left": something is only thought.
    let thought = passage.has(sentence, &["would", "could", "might"]);
    let to = passage.lower(at) != "were" || passage.has(at + 2..at + 9, &["to"]);
    follows && !precedes && thought && to
}

/// "without new shells": where the main clause speaks of what may come, or says that something is not
/// to be had without it. "left without a word" tells how.
fn lacks(context: &Context, passage: &Passage, at: usize) -> bool {
    let kinds = &context.tables.kinds;
    let next = passage.words.get(at + 1);
    let gerund = passage.lower(at + 1).ends_with("ing");
    let idle = (at + 1..at + 3).any(|i| kinds.idle.contains(passage.lower(i)));
    if next.is_none_or(|w| w.is_mark()) || gerund || idle {
        return false;
    }
    let sentence = passage.sentence_at(at);
    let starts = at == sentence.start || passage.words.get(at - 1).is_some_and(|w| w.lower == ",");
    if starts {
        let ahead = passage.modes.iter().any(|(class, words)| {
            *class == ContentClass::Future && sentence.contains(&words.start)
        });
        return ahead || passage.any(sentence, List::CanAndWill);
    }
    let clause = passage.clause_at(at);
    let before = clause.start..at;
    passage.any(before.clone(), List::CanAndWill)
        && before.clone().any(|i| kinds.negation.contains(passage.lower(i)))
}

/// A condition at the head of its sentence ends at the comma before the main clause, or where the
/// parse sees its subject; another ends with the clause.
fn end_of(context: &Context, passage: &Passage, at: usize) -> usize {
    let sentence = passage.sentence_at(at);
    let words = passage.words.get(..sentence.end).unwrap_or_default();
    let mut i = at + 1;
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
            return main_clause(context, passage, at).unwrap_or(i);
        }
        if stop || inverted || (i > at + 2 && word.is_any(&["then", "but"])) {
            return i;
        }
        i += 1;
    }
    main_clause(context, passage, at).unwrap_or(sentence.end)
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
    let begin = (first + 1..subject)
        .rev()
        .take_while(|t| tokens[*t].head == Some(subject))
        .last()
        .unwrap_or(subject);
    let start = tokens[begin].span.start;
    let word = passage.words.partition_point(|w| w.span.start < start);
    (word > at + 1 && word < sentence.end).then_some(word)
}
