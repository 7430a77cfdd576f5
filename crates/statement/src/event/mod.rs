//! What is said to happen: a class of an event pack with its actor and target.
//!
//! Roles are read from the words around the trigger, with no parse: the noun phrase before the
//! verb group, the one after the verb, the ones after "of", "by", "from". Every trigger of a
//! content is a candidate; the one in the main clause with its roles filled wins.

pub(crate) mod list;
mod party;
mod referred;
mod roles;

use std::ops::Range;

use sayso_language::Upos;
use sayso_model::{Entity, Event};

use crate::{
    Attribution, Context, certainty, kind,
    passage::Passage,
    tables::{Class, Form, List, Role, TargetKind, Trigger},
};

/// An event found in a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'t> {
    /// Its class; `None` for a generic one.
    pub class: Option<&'t Class>,
    /// The generic class: the predicate's lemma.
    pub lemma: String,
    /// The trigger, as indices into the passage.
    pub words: Range<usize>,
    /// Who does it.
    pub actor: Option<Entity>,
    /// To whom or what.
    pub target: Option<Entity>,
}

/// The event of a statement.
pub fn read(context: &Context, attribution: &Attribution) -> Option<Event> {
    let passage = Passage::content(context, attribution);
    find(context, attribution, &passage).map(|found| event(context, &passage, found))
}

/// A finding as it is printed.
pub fn event(context: &Context, passage: &Passage, found: Finding) -> Event {
    Event {
        class: found.class.map_or(found.lemma, |c| c.name.clone()),
        pack: found.class.map(|c| c.pack.clone()),
        actor: found.actor,
        target: found.target,
        place: None,
        threshold: threshold(context, passage, found.words.end),
        trigger: context.language.print(passage.span(found.words)),
    }
}

/// The main event of a passage.
pub fn find<'t>(
    context: &Context<'t>,
    attribution: &Attribution,
    passage: &Passage,
) -> Option<Finding<'t>> {
    let mut best: Option<(i32, Finding)> = None;
    let conditions = &passage.conditions;
    let hedges = certainty::hedges(context, passage);
    for at in 0..passage.words.len() {
        for (found, score) in candidates(context, attribution, passage, at) {
            let mut score = score;
            let start = found.words.start;
            if conditions.iter().any(|c| c.contains(&start)) {
                score -= 6;
            }
            let governed = hedges
                .iter()
                .any(|h| passage.same_clause(h.words.start, start) && h.hedge.low.is_some());
            let clause = passage.clause_at(start);
            if governed {
                score += 3;
            } else if kind::speaks_of_future(passage, clause.start..start) {
                score += 2;
            }
            if clause.start > passage.sentence_at(start).start && is_aside(passage, clause.start) {
                score -= 3;
            }
            score -= sentences_before(passage, start);
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, found));
            }
        }
    }
    // What the condition names is not what is said to happen, where the main clause names anything.
    let supposed = best
        .as_ref()
        .is_some_and(|(_, found)| conditions.iter().any(|c| c.contains(&found.words.start)));
    let main =
        if supposed || best.is_none() { generic(context, attribution, passage) } else { None };
    main.or(best.map(|(_, found)| found))
}

/// True when a span names an event or a hedge of its own, so that it can stand as a statement.
pub fn names_event(context: &Context, attribution: &Attribution, passage: &Passage) -> bool {
    find(context, attribution, passage).is_some_and(|f| f.class.is_some())
}

fn sentences_before(passage: &Passage, at: usize) -> i32 {
    let first = passage.words.first().map_or(0, |w| w.sentence);
    passage
        .words
        .get(at)
        .map_or(0, |w| i32::try_from(w.sentence.saturating_sub(first).min(9)).unwrap_or(9))
}

fn is_aside(passage: &Passage, clause: usize) -> bool {
    List::Asides.has(passage.lower(clause))
}

/// The events whose trigger begins at a word, with how well their roles are filled.
fn candidates<'t>(
    context: &Context<'t>,
    attribution: &Attribution,
    passage: &Passage,
    at: usize,
) -> Vec<(Finding<'t>, i32)> {
    let packs = &context.tables.packs;
    let mut all = Vec::new();
    for found in packs.phrases.each_at(&passage.words, at) {
        let Some((group, form)) = packs.entries.get(found.row).copied() else { continue };
        let Some(trigger) = packs.triggers.get(group) else { continue };
        let Some(class) = packs.classes.get(trigger.class) else { continue };
        if !fits(context, passage, &found.words, form, trigger) {
            continue;
        }
        let frame = roles::Frame::new(context, attribution, passage, found.words.clone(), form);
        if !trigger.object.is_empty() && !roles::has_object(&frame, trigger) {
            continue;
        }
        let mut target = roles::target(&frame, trigger, class.target);
        let mut actor = roles::actor(&frame, trigger);
        if class.mutual
            && target.is_none()
            && let Some((one, other)) = actor.as_ref().and_then(|a| roles::pair(&frame, a))
        {
            (actor, target) = (Some(one), Some(other));
        }
        let mut score = 2 * i32::try_from(found.words.len()).unwrap_or(0);
        if target.is_some() {
            score += 4;
        } else if trigger.bare
            && class.target == TargetKind::Place
            && passage.lower(found.words.end) != "of"
        {
            target = referred::last_place(&frame);
        }
        if target.is_none() && trigger.needs_target {
            continue;
        }
        // "withdraw" without a place is an event of war only where a side does it.
        if target.is_none() && class.target != TargetKind::Any {
            let side = actor.as_ref().is_some_and(|a| context.ground.sides.contains_key(&a.name));
            if !side || class.target == TargetKind::Figure {
                continue;
            }
            score -= 2;
        }
        if let (Some(a), Some(t)) = (&actor, &target)
            && a.name == t.name
        {
            actor = None;
        }
        score += if actor.is_some() { 2 } else { 0 };
        score += i32::from(form != Form::Noun);
        let actor =
            actor.or_else(|| roles::default_actor(&frame, class.default_actor, target.as_ref()));
        let finding =
            Finding { class: Some(class), lemma: String::new(), words: found.words, actor, target };
        all.push((finding, score));
    }
    all
}

/// Whether a form is used as the part of speech that the trigger names.
fn fits(
    context: &Context,
    passage: &Passage,
    words: &Range<usize>,
    form: Form,
    trigger: &Trigger,
) -> bool {
    let before = words.start.checked_sub(1).map_or("", |i| passage.lower(i));
    let determiner = List::NounBefore.has(before);
    let after = passage.lower(words.end);
    let to_verb = List::VerbBefore.has(before);
    match form {
        Form::Noun => !to_verb,
        Form::Ing => true,
        // "it is not clear whether": an adjective of the same form.
        Form::Base if is_predicative(passage, words.start) => false,
        // "lower rates would not hurt": an adjective at the head of its clause.
        Form::Base if words.start == passage.clause_at(words.start).start => false,
        // "the ousted president": an adjective.
        Form::Past | Form::Participle if is_attribute(context, passage, words.start) => false,
        // "the capture of", "an attack": nouns of the same form.
        Form::Base | Form::Third | Form::Past | Form::Participle => {
            let noun_after =
                after == "of" && !trigger.target.contains(&Role::After("of".to_owned()));
            !(noun_after || determiner && before != "that")
        }
    }
}

/// Whether a participle stands before the noun that it describes, by the parse.
fn is_attribute(context: &Context, passage: &Passage, at: usize) -> bool {
    let token = passage.words.get(at).and_then(|w| context.token_at(w.span));
    token.is_some_and(|t| {
        let token = &context.language.tokens[t];
        token.deprel == "amod" && token.head.is_some_and(|h| h > t)
    })
}

/// Whether a form of "be" stands right before a word, with no more than "not" or an adverb between.
fn is_predicative(passage: &Passage, at: usize) -> bool {
    let before = (passage.clause_at(at).start..at)
        .rev()
        .find(|i| passage.lower(*i) != "not" && !passage.lower(*i).ends_with("ly"));
    before.is_some_and(|i| List::Be.has(passage.lower(i)))
}

/// "above 2.5 percent", "below 4": the number that decides it.
fn threshold(context: &Context, passage: &Passage, from: usize) -> Option<String> {
    let clause = passage.clause_at(from.min(passage.words.len().checked_sub(1)?));
    let at = (from..clause.end).find(|i| {
        List::ThresholdWords.has(passage.lower(*i))
            && crate::numeral::read(&passage.words, i + 1).is_some_and(|n| !n.vague)
    })?;
    let number = crate::numeral::read(&passage.words, at + 1)?;
    let mut end = at + 1 + number.length;
    if !List::ThresholdUnits.has(passage.lower(end)) {
        return None;
    }
    end += 1 + usize::from(passage.lower(end) == "per");
    let span = passage.span(at..end);
    Some(span.of(context.language.text).to_owned())
}

/// A class from the predicate itself where no pack knows it: the verb after "will", "may" …
fn generic<'t>(
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
    let trigger = Trigger {
        class: 0,
        actor: vec![Role::Subject],
        target: vec![Role::Object],
        object: Vec::new(),
        needs_target: false,
        bare: false,
    };
    // A class of its own making reads as English only with somebody who does it, or to whom it is
    // done.
    let actor = roles::actor(&frame, &trigger)
        .filter(|a| !["I", "It", "it", "We", "we", "You", "you"].contains(&a.name.as_str()));
    // "I would be surprised" is no event.
    let speaks = |e: &Entity| ["I", "we", "We", "you", "You"].contains(&e.span.text.as_str());
    let target = roles::target(&frame, &trigger, TargetKind::Any).filter(|t| !speaks(t));
    let passive = passage.has(at..verb, &["be"]);
    if actor.is_none() && !(passive && target.is_some()) {
        return None;
    }
    Some(Finding {
        class: None,
        lemma: lemma(context, passage, verb, at),
        words: verb..verb + 1,
        actor,
        target,
    })
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
