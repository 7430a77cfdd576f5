//! Clauses whose main word is not what happens: "It was Oskaria that attacked", "Among those killed were two
//! teachers", "There is nobody defending the bridge", "Let us talk".

use sayso_language::{Upos, clause::Relation};

use super::{Asserted, has_case, name_of, token_span, verb_lemma};
use crate::{Context, reading::Reading};

/// What happens, and who stands where in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) verb: usize,
    actor: Option<usize>,
    target: Option<usize>,
}

impl Told {
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

/// What happens by a clause that puts another word first.
pub(super) fn of(context: &Context, reading: &Reading, claim: usize) -> Option<Told> {
    cleft(context, claim)
        .or_else(|| among(context, reading, claim))
        .or_else(|| those(context, claim))
        .or_else(|| somebody(context, claim))
        .or_else(|| let_us(context, claim))
}

/// "It was Oskaria that attacked the convoy", "It was because of Orvel that the council fell apart".
fn cleft(context: &Context, claim: usize) -> Option<Told> {
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
    let verb = tree.children_of(claim, &clause).find(|c| {
        *c > claim && tree.upos(*c) == Upos::Verb && tree.is_finite(*c)
    })?;
    let subject = tree.children(verb).find(|c| tree.relation(*c).is_subject());
    let own = subject.filter(|s| !tree.form(*s).relative && tree.upos(*s) != Upos::Pron);
    let object = tree.child(verb, Relation::Object);
    let before = (!why).then_some(claim);
    Some(match own {
        Some(own) => Told { verb, actor: Some(own), target: object.or(before) },
        None => Told { verb, actor: before, target: object },
    })
}

/// "Among those killed were two teachers", "Among the injured were three firemen": who was.
fn among(context: &Context, reading: &Reading, claim: usize) -> Option<Told> {
    let tree = context.tree();
    let first = *reading.tokens.first()?;
    if context.form_lower(first) != "among" || tree.relation(first) != Relation::Case {
        return None;
    }
    let noun = tree.head(first).filter(|n| *n < claim)?;
    let verb = done_to(context, noun).or_else(|| {
        // "the injured": a participle that is used as a noun
        let form = context.form_lower(noun);
        let participle = form.ends_with("ed") || form.ends_with("en");
        (participle && !tree.form(noun).plural).then_some(noun)
    })?;
    Some(Told { verb, actor: None, target: Some(claim) })
}

/// "Those arrested include a former mayor".
fn those(context: &Context, claim: usize) -> Option<Told> {
    let tree = context.tree();
    if context.lemma(claim) != "include" {
        return None;
    }
    let subject = tree.children(claim).find(|c| tree.relation(*c).is_subject())?;
    let verb = done_to(context, subject)?;
    Some(Told { verb, actor: None, target: Some(tree.child(claim, Relation::Object)?) })
}

/// The participle right behind a pronoun: "those killed", "nobody defending the bridge".
fn done_to(context: &Context, pronoun: usize) -> Option<usize> {
    let tree = context.tree();
    let open = matches!(tree.upos(pronoun), Upos::Pron | Upos::Det);
    let next = pronoun + 1;
    // The parser may hang it on the verb beside it.
    let beside =
        tree.relation(next) == Relation::AdverbialClause && tree.head(next) == tree.head(pronoun);
    let of_it = tree.head(next) == Some(pronoun) || beside;
    (open && of_it && tree.upos(next) == Upos::Verb && !tree.is_finite(next)).then_some(next)
}

/// "There is nobody defending the bridge": who defends it; "there is nothing shameful about it".
fn somebody(context: &Context, claim: usize) -> Option<Told> {
    let tree = context.tree();
    tree.child(claim, Relation::Expletive)?;
    let subject = tree.children(claim).find(|c| tree.relation(*c).is_subject())?;
    if tree.upos(subject) != Upos::Pron {
        return None;
    }
    let told =
        [Relation::AdjectivalClause, Relation::AdjectivalModifier, Relation::RelativeClause];
    let verb = done_to(context, subject)
        .or_else(|| tree.children_of(subject, &told).find(|c| *c > subject))?;
    let about = || {
        tree.children_of(subject, &[Relation::NominalModifier])
            .chain(tree.children_of(verb, &[Relation::Oblique]))
            .find(|c| has_case(context, *c, &["about", "in", "with"]))
    };
    Some(Told { verb, actor: None, target: tree.child(verb, Relation::Object).or_else(about) })
}

/// "Let us talk about the harbour": what is to be done.
fn let_us(context: &Context, claim: usize) -> Option<Told> {
    let tree = context.tree();
    if context.lemma(claim) != "let" {
        return None;
    }
    let us = tree.child(claim, Relation::Object)?;
    if !matches!(context.form_lower(us), "us" | "'s" | "’s") {
        return None;
    }
    let verb = tree.child(claim, Relation::OpenComplement)?;
    let about = || {
        tree.children_of(verb, &[Relation::Oblique])
            .find(|c| has_case(context, *c, &["about", "on", "with", "to", "for", "at"]))
    };
    let target = tree.child(verb, Relation::Object).or_else(about);
    Some(Told { verb, actor: Some(us).filter(|u| context.form_lower(*u) == "us"), target })
}
