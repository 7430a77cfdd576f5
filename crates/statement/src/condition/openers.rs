//! Where a condition begins. Most openers are words of the table; those that have another sense too are
//! told by the words around them.

use crate::{
    Context,
    passage::Passage,
    tables::{ContentClass, Form, List},
};

/// The farthest that the verb of a condition is looked for, in words.
const REACH: usize = 24;

/// Whether a condition or a concession begins at a word.
pub(super) fn begins(context: &Context, passage: &Passage, at: usize) -> bool {
    let kinds = &context.tables.kinds;
    match passage.lower(at) {
        "should" | "had" | "were" => return inverted(context, passage, at),
        "without" => return lacks(context, passage, at),
        "once" => return once(context, passage, at),
        _ => {}
    }
    let Some(opener) = kinds.conditions.at(&passage.words, at) else { return false };
    let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
    match (passage.lower(at), passage.lower(at + 1)) {
        ("if", "so" | "not") => points_back(passage, at),
        ("if", "at") if passage.lower(at + 2) == "all" => false,
        // "asked if it could" is a question, and "if necessary" an aside.
        ("if", next) => !kinds.asking.contains(before) && !kinds.asides.contains(next),
        // "as long as two years", "twice as long as the old one"
        ("as" | "so", "long") => {
            let end = opener.words.end;
            crate::numeral::read(&passage.words, end).is_none()
                && !kinds.multiples.contains(before)
                && !List::Be.has(before)
                && (has_clause(context, passage, end) || heads_sentence(passage, at))
        }
        ("in", "case") => no_precaution(passage, at),
        (_, "that") => !List::Be.has(before),
        ("assuming", "no") => true,
        ("provided" | "providing" | "assuming" | "supposing", _) => {
            subordinates(context, passage, at)
        }
        _ => true,
    }
}

/// "If so, …", "If not, …" at the head of a clause, which speak of what was said before; "dozens, if not
/// hundreds" does not.
fn points_back(passage: &Passage, at: usize) -> bool {
    let starts = at == passage.sentence_at(at).start
        || passage.words.get(at - 1).is_some_and(|w| w.is_mark() || w.is_any(&["and", "but"]));
    let comma = passage.lower(at + 2) == ",";
    let so = at == passage.sentence_at(at).start && passage.lower(at + 1) == "so";
    starts && (comma || so)
}

/// "Once the bridge is repaired the brigade will advance", and neither "once a minister" nor "the port
/// once held": a clause of its own beside one that looks ahead.
fn once(context: &Context, passage: &Passage, at: usize) -> bool {
    let kinds = &context.tables.kinds;
    let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
    if kinds.before_once.contains(before)
        || List::Be.has(before)
        || kinds.after_once.contains(passage.lower(at + 1))
    {
        return false;
    }
    let next = (at + 1..at + 4).find(|i| !passage.lower(*i).ends_with("ly")).unwrap_or(at + 1);
    if passage.words.get(next).is_none_or(|w| w.is_mark()) || is_finite(context, passage, next) {
        return false;
    }
    let sentence = passage.sentence_at(at);
    let starts = at == sentence.start || before == ",";
    // "Once elected, …", "Once in office, …"
    let short = starts
        && (tag(context, passage, next) == "VBN" || passage.has(next..next + 1, &["in", "at"]))
        && passage.has(next..sentence.end.min(next + REACH), &[","]);
    (short || has_clause(context, passage, at + 1)) && looks_ahead(passage, at)
}

/// "Provided the guns are withdrawn", and neither "provided the shells" nor "shells provided by": a
/// clause follows, and the word is no verb of its own clause.
fn subordinates(context: &Context, passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence_at(at);
    let before = at.checked_sub(1).filter(|i| *i >= sentence.start);
    let starts = before.is_none_or(|i| passage.lower(i) == ",");
    let noun = before.is_none_or(|i| {
        // "will sail provided …", but "keep providing"
        let bare = passage.lower(at) == "provided" && tag(context, passage, i) == "VB";
        bare || matches!(
            tag(context, passage, i),
            "NN" | "NNS" | "NNP" | "NNPS" | "RB" | "CD" | "RP"
        )
    });
    if before.is_some_and(|i| List::Be.has(passage.lower(i))) {
        return false;
    }
    // "is providing", "keeps providing", "the shells provided last week may …"
    let clause = passage.clause_at(at);
    let main = || (clause.start..at).any(|i| is_finite(context, passage, i));
    // "Providing shelter to refugees will cost the city millions": the gerund is the subject.
    let place = if at == sentence.start { heads_sentence(passage, at) } else { starts };
    (place || noun && main()) && has_clause(context, passage, at + 1) && looks_ahead(passage, at)
}

/// Whether a word begins its sentence and a comma parts its clause from the rest.
fn heads_sentence(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence_at(at);
    at == sentence.start && passage.has(at..sentence.end.min(at + REACH), &[","])
}

/// "In case talks fail, the army will …"; "moved shells to Varne in case talks fail" takes care and sets
/// no condition.
fn no_precaution(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence_at(at);
    let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
    if before == "just" {
        return false;
    }
    at == sentence.start
        || before == ","
        || passage.modes.iter().any(|(class, words)| {
            *class == ContentClass::Future && (sentence.start..at).contains(&words.start)
        })
}

/// Whether the sentence of a word says what will, shall or is to happen.
fn looks_ahead(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence_at(at);
    let ahead = [ContentClass::Future, ContentClass::Intention, ContentClass::Demand];
    passage.has(sentence.clone(), &["would", "'d"])
        || passage
            .modes
            .iter()
            .any(|(class, words)| ahead.contains(class) && sentence.contains(&words.start))
}

/// Whether a finite verb stands in the words from one on, before a mark or a further clause.
fn has_clause(context: &Context, passage: &Passage, from: usize) -> bool {
    let limit = passage.sentence_at(from).end.min(from + REACH);
    let mut at = from;
    while at < limit {
        // "once repairs, which began in May, are finished"
        if passage.lower(at) == "," && passage.has(at + 1..at + 2, &["which", "who", "whose"]) {
            let Some(close) = (at + 2..limit).find(|i| passage.lower(*i) == ",") else {
                return false;
            };
            at = close + 1;
            continue;
        }
        let ends = passage.words.get(at).is_none_or(|w| w.is_mark())
            || passage.has(at..at + 1, &["but", "that", "which", "who"]);
        if ends {
            return false;
        }
        if at > from && is_finite(context, passage, at) {
            return true;
        }
        at += 1;
    }
    false
}

/// A finite verb by its tag, or what a pack knows for one behind a noun: "inflation falls" is also two
/// nouns.
fn is_finite(context: &Context, passage: &Passage, at: usize) -> bool {
    match tag(context, passage, at) {
        "VBZ" | "VBP" | "VBD" | "MD" => true,
        "NNS" => {
            let packs = &context.tables.packs;
            let third = packs.phrases.each_at(&passage.words, at).into_iter().any(|found| {
                packs.entries.get(found.row).is_some_and(|(_, form)| *form == Form::Third)
            });
            let noun = at.checked_sub(1).map(|i| tag(context, passage, i));
            third && noun.is_some_and(|t| t.starts_with("NN"))
        }
        _ => false,
    }
}

/// The tag of the language core's token at a word.
fn tag(context: &Context, passage: &Passage, at: usize) -> &'static str {
    let token = passage.words.get(at).and_then(|w| context.token_at(w.span));
    token.map_or("", |t| context.language.tokens[t].xpos)
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
    // What the parse cannot tell the comma of the main clause does, or its own helper.
    if passage.lower(at) == "should" {
        return follows && !precedes || starts && comma || behind_helper(context, passage, at);
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
    // "will lose the town without aid": what befalls whom the aid is lacking.
    let modal = before.clone().find(|i| List::GenericModals.has(passage.lower(*i)));
    let adverse = modal.is_some_and(|modal| {
        let verb = (modal + 1..at).find(|i| !passage.lower(*i).ends_with("ly"));
        verb.is_some_and(|i| kinds.adverse.contains(passage.lower(i)))
    });
    let denied = passage.any(before.clone(), List::CanAndWill)
        && before.clone().any(|i| kinds.negation.contains(passage.lower(i)));
    adverse || denied
}

/// "The army will attack should talks fail": a second helper in one clause.
fn behind_helper(context: &Context, passage: &Passage, at: usize) -> bool {
    let clause = passage.clause_at(at);
    let nearest = (clause.start.max(at.saturating_sub(REACH))..at).rev().find(|i| {
        passage.has(*i..*i + 1, &["and", "or", "but", "that", "which", "who", ","])
            || tag(context, passage, *i) == "MD"
    });
    let next = tag(context, passage, at + 1);
    nearest.is_some_and(|i| tag(context, passage, i) == "MD") && next != "VB" && !next.is_empty()
}
