//! What must hold before the statement does: "if", "unless", "provided that", "should … happen".

use std::ops::Range;

use sayso_model::Condition;

use crate::{Attribution, Context, event, passage::Passage};

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
    let range = match trigger {
        Some(t) => {
            let sentence = passage.sentence_at(t);
            passage.conditions.iter().find(|c| sentence.contains(&c.start))?
        }
        None => passage.conditions.first()?,
    };
    let span = passage.span(range.clone()).trim(context.language.text);
    Some(Condition {
        text: span.of(context.language.text).to_owned(),
        span: context.language.print(span),
    })
}

/// Finds the conditional clauses of a passage, from left to right; [`Passage`] keeps them.
pub(crate) fn find(context: &Context, passage: &Passage) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..passage.words.len() {
        if found.last().is_some_and(|last| last.contains(&at)) {
            continue;
        }
        let opener = context.tables.kinds.conditions.at(&passage.words, at);
        let begins = match opener {
            // "asked if it could" is a question, and "if necessary" an aside.
            Some(_) if passage.lower(at) == "if" => {
                let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
                ![
                    "ask",
                    "asked",
                    "see",
                    "know",
                    "wonder",
                    "unclear",
                    "wondering",
                    "doubt",
                    "sure",
                    "as",
                ]
                .contains(&before)
                    && !["necessary", "possible", "any", "so", "not", "anything", "ever"]
                        .contains(&passage.lower(at + 1))
            }
            Some(_) => true,
            None => inverted(passage, at),
        };
        if begins {
            found.push(at..end_of(passage, at));
        }
    }
    found
}

/// "Should talks fail, …", "Had they known, …"
fn inverted(passage: &Passage, at: usize) -> bool {
    let starts = at == 0 || passage.words.get(at - 1).is_some_and(|w| w.is_mark());
    starts
        && passage.lower(at) == "should"
        && passage.words.get(at).is_some_and(|w| w.capital || at > 0)
        && passage.words.get(at + 1).is_some_and(|w| !w.is_mark())
        && passage.has(at..passage.sentence_at(at).end, &[","])
}

/// A condition at the head of its sentence ends at the comma before the main clause; another ends
/// with the clause.
fn end_of(passage: &Passage, at: usize) -> usize {
    let sentence = passage.sentence_at(at);
    let words = passage.words.get(..sentence.end).unwrap_or_default();
    for (i, word) in words.iter().enumerate().skip(at + 1) {
        let stop =
            word.is_mark() && (word.is_any(&[",", ";", ":", "—", "–", ".", "!", "?", "”", "\""]));
        // "Only if the bridge holds will the brigade …"
        let inverted = passage.lower(at) == "only"
            && word
                .is_any(&["will", "would", "can", "could", "may", "might", "shall", "does", "do"]);
        if stop || inverted || (i > at + 2 && word.is_any(&["then", "but"])) {
            return i;
        }
    }
    sentence.end
}
