//! Non-canonical clauses, whose main word is not the predicate of the event: clefts ("It was Oskaria that
//! attacked"), inversions ("Among those killed were two teachers"), existentials ("There is nobody defending
//! the bridge") and hortatives ("Let us talk"). Huddleston and Pullum, The Cambridge Grammar of the English
//! Language, chapter 16. Their words are rows of `data/en/operators.toml`.

use sayso_language::{Upos, clause::Relation};

use super::{Asserted, name_of, token_span, verb_lemma};
use crate::{Context, reading::Reading};

/// The predicate of the event with the heads of its participants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Predication {
    pub(super) verb: usize,
    actor: Option<usize>,
    target: Option<usize>,
}

impl Predication {
    pub(super) fn asserted<'t>(&self, context: &Context<'t>, reading: &Reading) -> Asserted<'t> {
        Asserted {
            class: None,
            lemma: verb_lemma(context, self.verb),
            trigger: token_span(context, self.verb),
            actor: name_of(context, reading, self.actor, true),
            target: name_of(context, reading, self.target, false),
            heads: (self.actor, self.target),
        }
    }
}

/// The predication of a non-canonical clause.
pub(super) fn of(context: &Context, reading: &Reading, claim: usize) -> Option<Predication> {
    cleft(context, claim)
        .or_else(|| inversion(context, reading, claim))
        .or_else(|| inclusion(context, claim))
        .or_else(|| existential(context, claim))
        .or_else(|| hortative(context, claim))
}

/// "It was Oskaria that attacked the convoy", "It was because of Orvel that the council fell apart".
fn cleft(context: &Context, claim: usize) -> Option<Predication> {
    let tree = context.tree();
    tree.child(claim, Relation::Copula)?;
    let empty = &context.tables.operators.persons.it;
    tree.children(claim).find(|c| {
        (tree.relation(*c).is_subject() || tree.relation(*c) == Relation::Expletive)
            && empty.contains(context.form_lower(*c))
    })?;
    let why = tree.child(claim, Relation::Case).is_some();
    // "It is a law that bans smoking" says what it is.
    if !why && tree.upos(claim) != Upos::Propn {
        return None;
    }
    let clause = [Relation::RelativeClause, Relation::AdjectivalClause, Relation::Complement];
    let verb = tree
        .children_of(claim, &clause)
        .find(|c| *c > claim && tree.upos(*c) == Upos::Verb && tree.is_finite(*c))?;
    let subject = tree.children(verb).find(|c| tree.relation(*c).is_subject());
    let own = subject.filter(|s| !tree.form(*s).relative && tree.upos(*s) != Upos::Pron);
    let object = tree.child(verb, Relation::Object);
    let before = (!why).then_some(claim);
    Some(match own {
        Some(own) => Predication { verb, actor: Some(own), target: object.or(before) },
        None => Predication { verb, actor: before, target: object },
    })
}

/// "Among those killed were two teachers", "Among the injured were three firemen".
fn inversion(context: &Context, reading: &Reading, claim: usize) -> Option<Predication> {
    let tree = context.tree();
    let words = &context.tables.operators.noncanonical;
    let first = *reading.tokens.first()?;
    if !words.among.contains(context.form_lower(first)) || tree.relation(first) != Relation::Case {
        return None;
    }
    let noun = tree.head(first).filter(|n| *n < claim)?;
    let verb = participle_behind(context, noun)
        .or_else(|| words.participle_nouns.contains(context.form_lower(noun)).then_some(noun))?;
    Some(Predication { verb, actor: None, target: Some(claim) })
}

/// "Those arrested include a former mayor".
fn inclusion(context: &Context, claim: usize) -> Option<Predication> {
    let tree = context.tree();
    if !context.tables.operators.noncanonical.include.contains(context.lemma(claim)) {
        return None;
    }
    let subject = tree.children(claim).find(|c| tree.relation(*c).is_subject())?;
    let verb = participle_behind(context, subject)?;
    Some(Predication { verb, actor: None, target: Some(tree.child(claim, Relation::Object)?) })
}

/// The participle right behind a pronoun: "those killed", "nobody defending the bridge".
fn participle_behind(context: &Context, pronoun: usize) -> Option<usize> {
    let tree = context.tree();
    let open = matches!(tree.upos(pronoun), Upos::Pron | Upos::Det);
    let next = pronoun + 1;
    // The parser may hang it on the verb beside it.
    let beside =
        tree.relation(next) == Relation::AdverbialClause && tree.head(next) == tree.head(pronoun);
    let of_it = tree.head(next) == Some(pronoun) || beside;
    (open && of_it && tree.upos(next) == Upos::Verb && !tree.is_finite(next)).then_some(next)
}

/// "There is nobody defending the bridge", "There is nothing shameful about the deal".
fn existential(context: &Context, claim: usize) -> Option<Predication> {
    let tree = context.tree();
    tree.child(claim, Relation::Expletive)?;
    let subject = tree.children(claim).find(|c| tree.relation(*c).is_subject())?;
    if tree.upos(subject) != Upos::Pron {
        return None;
    }
    let modifiers =
        [Relation::AdjectivalClause, Relation::AdjectivalModifier, Relation::RelativeClause];
    let verb = participle_behind(context, subject)
        .or_else(|| tree.children_of(subject, &modifiers).find(|c| *c > subject))?;
    let target = tree
        .child(verb, Relation::Object)
        .or_else(|| topic(context, subject))
        .or_else(|| topic(context, verb));
    Some(Predication { verb, actor: None, target })
}

/// "Let us talk about the harbour".
fn hortative(context: &Context, claim: usize) -> Option<Predication> {
    let tree = context.tree();
    let words = &context.tables.operators.noncanonical;
    if !words.hortative.contains(context.lemma(claim)) {
        return None;
    }
    let us = tree.child(claim, Relation::Object)?;
    if !words.hortative_objects.contains(context.form_lower(us)) {
        return None;
    }
    let verb = tree.child(claim, Relation::OpenComplement)?;
    let target = tree.child(verb, Relation::Object).or_else(|| topic(context, verb));
    let first = &context.tables.operators.persons.first;
    Some(Predication {
        verb,
        actor: Some(us).filter(|u| first.contains(context.form_lower(*u))),
        target,
    })
}

/// The noun after "about", "on" or another case word of a topic.
fn topic(context: &Context, head: usize) -> Option<usize> {
    let tree = context.tree();
    let cases = &context.tables.operators.noncanonical.topic_cases;
    tree.children_of(head, &[Relation::Oblique, Relation::NominalModifier]).find(|c| {
        tree.children_of(*c, &[Relation::Case]).any(|case| cases.contains(context.form_lower(case)))
    })
}
