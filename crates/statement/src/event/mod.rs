//! What is said to happen: a class of an event pack with its actor and target.
//!
//! Roles are read from the words around the trigger, with no parse: the noun phrase before the
//! verb group, the one after the verb, the ones after "of", "by", "from". Every trigger of a
//! content is a candidate; the one in the main clause with its roles filled wins.

mod generic;
mod head;
pub(crate) mod list;
pub(crate) mod named;
mod party;
mod referred;
mod roles;
mod topic;

use std::ops::Range;

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
    find(context, attribution, &passage)
        .or_else(|| told(context, attribution, &passage))
        .map(|found| event(context, &passage, found))
}

/// A finding as it is printed.
pub fn event(context: &Context, passage: &Passage, found: Finding) -> Event {
    Event {
        class: found.class.map_or(found.lemma, |c| c.name.clone()),
        pack: found.class.map(|c| c.pack.clone()),
        actor: found.actor,
        target: found.target,
        place: None,
        threshold: threshold(context, passage, &found.words),
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
            match topic::of(context, passage, &found.words, &hedges) {
                Some(topic::Topic::Only) => continue,
                Some(topic::Topic::Rather) => score -= 4,
                None => {}
            }
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
    let main = if supposed || best.is_none() {
        generic::ahead(context, attribution, passage)
    } else {
        None
    };
    main.or(best.map(|(_, found)| found))
}

/// What the main verb of a passage tells, where nothing of it is an event to come or one of a pack: a
/// generic class, for the record. The other layers do without it, and split nothing by it.
pub fn told<'t>(
    context: &Context<'t>,
    attribution: &Attribution,
    passage: &Passage,
) -> Option<Finding<'t>> {
    generic::told(context, attribution, passage)
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
        // "Estmark and Varland will agree on grain": with each other, and grain is what about.
        if class.mutual
            && target.as_ref().is_none_or(|t| roles::is_matter(&frame, t))
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
            let noun_after = words.len() == 1
                && after == "of"
                && !trigger.target.contains(&Role::After("of".to_owned()));
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
fn threshold(context: &Context, passage: &Passage, trigger: &Range<usize>) -> Option<String> {
    let from = trigger.end;
    let clause = passage.clause_at(from.min(passage.words.len().checked_sub(1)?));
    let at = (from..clause.end).find(|i| {
        // "once inflation falls below 2 percent": the condition's.
        let supposed =
            || passage.conditions.iter().any(|c| c.contains(i) && !c.contains(&trigger.start));
        List::ThresholdWords.has(passage.lower(*i))
            && !supposed()
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
