//! A class from the predicate itself, where no pack knows what is said to happen.

use sayso_language::Upos;
use sayso_model::Entity;

use super::{Finding, roles};
use crate::{
    Attribution, Context, held,
    passage::Passage,
    tables::{CueClass, Form, List, Role, TargetKind, Trigger},
};

/// A class from the predicate itself where no pack knows it: the verb after "will", "may" …
pub(super) fn ahead<'t>(
    context: &Context<'t>,
    attribution: &Attribution,
    passage: &Passage,
) -> Option<Finding<'t>> {
    let at = (0..passage.words.len()).find(|i| {
        if passage.conditions.iter().any(|c| c.contains(i)) {
            return false;
        }
        let modal = List::GenericModals.has(passage.lower(*i)) && !passage.words[*i].capital;
        modal
            || passage.lower(*i) == "to"
                && i.checked_sub(1).is_some_and(|p| {
                    passage.has(p..p + 1, &["likely", "unlikely", "expected", "going"])
                        // "expects the plant to close"
                        || held::class(context, passage, Some(&(*i + 1..*i + 2)))
                            == Some(CueClass::Forecast)
                })
    })?;
    let skip = |w: &str| w.ends_with("ly") || List::GenericSkipped.has(w);
    let verb = (at + 1..passage.words.len().min(at + 6)).find(|i| !skip(passage.lower(*i)))?;
    let word = passage.words.get(verb)?;
    // "may be over": no verb follows "be".
    if passage.has(at..verb, &["be"]) && !word.lower.ends_with("ed") && !word.lower.ends_with("en")
    {
        return None;
    }
    if word.is_mark() || word.capital || word.lower.len() < 3 {
        return None;
    }
    let frame = roles::Frame::new(context, attribution, passage, verb..verb + 1, Form::Base);
    let passive = passage.has(at..verb, &["be"]);
    let (actor, target) = named_roles(&frame, &trigger());
    if actor.is_none() && !(passive && target.is_some()) {
        return None;
    }
    let lemma = lemma(context, passage, verb, at);
    Some(Finding { class: None, lemma, words: verb..verb + 1, actor, target })
}

/// Subject and object.
fn trigger() -> Trigger {
    Trigger {
        class: 0,
        actor: vec![Role::Subject],
        target: vec![Role::Object],
        object: Vec::new(),
        needs_target: false,
        bare: false,
    }
}

/// Who does it and to whom. A class of its own making reads as English only with a name or a noun: "I
/// would be surprised" is no event.
fn named_roles(frame: &roles::Frame, trigger: &Trigger) -> (Option<Entity>, Option<Entity>) {
    let actor = roles::actor(frame, trigger)
        .filter(|a| !["I", "It", "it", "We", "we", "You", "you"].contains(&a.name.as_str()));
    let speaks = |e: &Entity| ["I", "we", "We", "you", "You"].contains(&e.span.text.as_str());
    let target = roles::target(frame, trigger, TargetKind::Any).filter(|t| !speaks(t));
    (actor, target)
}

/// A class from the main verb of what is told or judged: "The mayor opened the bridge". Its subject and
/// object are those of the parse; a verb that says nothing without its complement makes no class, nor
/// does one that only tells what somebody thinks or says.
pub(super) fn told<'t>(
    context: &Context<'t>,
    attribution: &Attribution,
    passage: &Passage,
) -> Option<Finding<'t>> {
    let tokens = &context.language.tokens;
    let main = main_verb(context, passage)?;
    let mut verb = main;
    // "began to rebuild the harbour": what is done is what stands below.
    for _ in 0..MOST_BELOW {
        if !context.tables.kinds.control.contains(&context.language.form(verb).to_lowercase()) {
            break;
        }
        match child(context, verb, "xcomp").filter(|t| tokens[*t].upos == Upos::Verb) {
            Some(below) if word_of(context, passage, below).is_some() => verb = below,
            _ => break,
        }
    }
    let token = &tokens[verb];
    let lemma = told_lemma(context, verb);
    // "recalled": what was said is another statement.
    let kinds = &context.tables.kinds;
    let cue = kinds.cues.at(&passage.words, word_of(context, passage, verb)?);
    let says = cue.and_then(|f| kinds.cue_classes.get(f.row)).is_some_and(|class| {
        !matches!(class, CueClass::Assessment | CueClass::Demand | CueClass::Denial)
    });
    let empty = lemma.len() < 3 || List::EmptyVerbs.has(&lemma);
    if empty || says || child(context, verb, "ccomp").is_some() {
        return None;
    }
    let at = word_of(context, passage, verb)?;
    let passive = child(context, verb, "nsubj:pass").is_some();
    let form = match token.xpos {
        "VBD" => Form::Past,
        "VBN" => Form::Participle,
        "VBG" => Form::Ing,
        "VBZ" => Form::Third,
        _ => Form::Base,
    };
    let frame = roles::Frame::new(context, attribution, passage, at..at + 1, form);
    let subject = child(context, main, if passive { "nsubj:pass" } else { "nsubj" })
        .and_then(|head| roles::noun_phrase(context, passage, head));
    let holder = subject
        .and_then(|range| roles::holder(&frame, range))
        .filter(|holder| !List::EmptySubjects.has(&holder.span.text.to_lowercase()));
    let (actor, target) = if passive {
        let by = child(context, verb, "obl:agent")
            .or_else(|| child(context, verb, "obl").filter(|t| has_by(context, *t)));
        let actor = by.and_then(|head| roles::noun_phrase(context, passage, head));
        (actor.and_then(|range| roles::holder(&frame, range)), holder)
    } else {
        let object = child(context, verb, "obj")
            .and_then(|head| roles::noun_phrase(context, passage, head))
            .and_then(|range| roles::holder(&frame, range));
        (holder, object)
    };
    // Somebody must do it, or it must be done to something.
    if actor.is_none() && !(passive && target.is_some()) {
        return None;
    }
    Some(Finding { class: None, lemma, words: at..at + 1, actor, target })
}

/// The verb of a form: what the language core says where its forms are such, else by the table of
/// irregular ones, since the core has to guess at words that it never met.
fn told_lemma(context: &Context, verb: usize) -> String {
    let verbs = &context.tables.verbs;
    let lemma = context.language.tokens[verb].lemma.to_lowercase();
    let form = context.language.form(verb).to_lowercase();
    if verbs.forms(&lemma).iter().any(|(_, f)| *f == form) {
        return lemma;
    }
    verbs.of_irregular(&form).unwrap_or(lemma)
}

/// The most verbs of control that are passed on the way to what is done.
const MOST_BELOW: usize = 3;
/// The farthest that what depends on a verb is looked for, in tokens.
const REACH: usize = 60;

/// The verb that nothing else of the passage governs, as a token: the first such that is in no condition.
fn main_verb(context: &Context, passage: &Passage) -> Option<usize> {
    let tokens = &context.language.tokens;
    let sentence = passage.words.first()?.sentence;
    let mut words = passage.words.iter().enumerate().take_while(|(_, w)| w.sentence == sentence);
    words.find_map(|(i, word)| {
        let at = context.token_at(word.span)?;
        let token = &tokens[at];
        let main = matches!(token.deprel, "root" | "ccomp" | "parataxis")
            && token.upos == Upos::Verb
            && (token.xpos != "VB" || child(context, at, "aux").is_some())
            && token.head.is_none_or(|head| word_of(context, passage, head).is_none());
        let supposed = || passage.conditions.iter().any(|c| c.contains(&i));
        (main && !supposed()).then_some(at)
    })
}

/// The word of a passage that begins where a token does.
fn word_of(context: &Context, passage: &Passage, token: usize) -> Option<usize> {
    let start = context.language.tokens.get(token)?.span.start;
    let at = passage.words.partition_point(|w| w.span.start < start);
    passage.words.get(at).filter(|w| w.span.start == start).map(|_| at)
}

/// The first token near a head that depends on it in a way.
fn child(context: &Context, head: usize, relation: &str) -> Option<usize> {
    let tokens = &context.language.tokens;
    let whole = &context.language.sentences.get(tokens[head].sentence)?.tokens;
    let near = whole.start.max(head.saturating_sub(REACH))..whole.end.min(head + REACH);
    near.into_iter().find(|t| tokens[*t].head == Some(head) && tokens[*t].deprel == relation)
}

/// Whether "by" marks a noun.
fn has_by(context: &Context, noun: usize) -> bool {
    child(context, noun, "case")
        .is_some_and(|t| context.language.form(t).eq_ignore_ascii_case("by"))
}

/// The dictionary form: the word itself after a modal, after "be" what the language core knows, else
/// its stem.
fn lemma(context: &Context, passage: &Passage, verb: usize, modal: usize) -> String {
    let word = passage.lower(verb);
    let passive = passage.has(modal..verb, &["be", "have"]);
    let known = passage.words.get(verb).and_then(|w| {
        let token = &context.language.tokens[context.token_at(w.span)?];
        let verb = token.span == w.span && token.upos == Upos::Verb;
        (verb && !token.lemma.is_empty()).then(|| token.lemma.to_lowercase())
    });
    if let Some(known) = known.filter(|_| passive) {
        return known;
    }
    match word.strip_suffix("ed") {
        Some(stem) if passive && stem.len() > 2 => {
            let e = stem.ends_with(['s', 'c', 'g', 'v', 'u', 'z']);
            format!("{stem}{}", if e { "e" } else { "" })
        }
        _ => word.to_owned(),
    }
}
