//! What an attribution asserts, read once: from its cue inwards the operators are peeled off until the
//! claim is left.
//!
//! > officials *fear* it is *not impossible* that Oskaria *will fail to* hold Tarnovyk
//!
//! cue (fear) › hedge (not impossible) › future › implicative (fail to: ¬) › **hold**
//!
//! Kind, polarity, certainty, window and event are questions asked of the [`Reading`]; none of them
//! looks for its own words in the content.

mod cue;
mod head;
pub(crate) mod participant;
mod peel;

use std::cell::Cell;

pub use cue::Cue;
use sayso_language::clause::{Clauses, Predicate, Relation, Tense, Tree, VerbForm};
use sayso_model::{Span, Speaker};

use crate::{Attribution, Context, tables::Effect};

/// What the content is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A clause.
    Clause,
    /// A noun phrase ("denied the charges").
    Noun,
    /// Neither: no word of it can be read.
    Nothing,
}

/// An operator on the way to the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// What it does.
    pub effect: Effect,
    /// The token that does it.
    pub token: usize,
    /// Whether the speaker says it of their own mind or deed.
    pub own: bool,
}

/// One attribution, read.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// Who says it.
    pub speaker: Option<&'a Speaker>,
    /// What the cue makes of it.
    pub cue: Cue,
    /// What the content is made of.
    pub form: Form,
    /// The tokens of the content in the sentence of its claim, in order, without punctuation.
    pub tokens: Vec<usize>,
    /// All tokens of the content, in order.
    pub content: Vec<usize>,
    /// The predicates and nouns from the head of the content to the claim.
    pub path: Vec<usize>,
    /// What is claimed: the last of the path.
    pub claim: Option<usize>,
    /// The head of the claim's subject, also where it is another clause's.
    pub subject: Option<usize>,
    /// The operators, outermost first.
    pub operators: Vec<Applied>,
    /// Whether the claim is said not to be so.
    pub negated: bool,
    /// The words that negate it, but for those that belong to a hedge.
    pub negators: Vec<usize>,
    /// The words for who says it.
    pub source: Vec<Span>,
    /// Whether the content is quoted.
    pub direct: bool,
    /// Whether the last subject that was asked about is the speaker.
    own: Cell<Option<(usize, bool)>>,
}

impl<'a> Reading<'a> {
    /// Reads an attribution with the speaker that was found for it.
    pub fn new(
        context: &Context<'a>,
        attribution: &Attribution,
        speaker: Option<&'a Speaker>,
    ) -> Self {
        let cue = Cue::read(context, attribution);
        let found = head::find(context, &attribution.content);
        let mut reading = Self {
            speaker,
            cue,
            form: found.form,
            tokens: found.tokens,
            content: found.content,
            path: found.token.into_iter().collect(),
            claim: found.token,
            subject: None,
            operators: Vec::new(),
            negated: false,
            negators: Vec::new(),
            source: attribution.source.clone(),
            direct: attribution.speech == sayso_model::Speech::Direct,
            own: Cell::new(None),
        };
        match (found.form, found.token) {
            (Form::Clause, Some(head)) => {
                peel::peel(context, &mut reading);
                if reading.subject.is_none() {
                    reading.subject = head::object_judged(context, &reading.tokens, head);
                }
            }
            (Form::Noun, Some(noun)) => {
                let negations = &context.tables.operators.clauses.negative_determiners;
                reading.negated = context
                    .tree()
                    .children_of(noun, &[Relation::Determiner])
                    .any(|d| negations.contains(context.lemma(d)));
            }
            _ => {}
        }
        reading
    }

    /// Whether an operator of an effect stands over the claim.
    pub fn has(&self, effect: Effect) -> bool {
        self.operators.iter().any(|o| o.effect == effect)
    }

    /// Whether an operator of one of some effects stands over the claim.
    pub fn has_any(&self, effects: &[Effect]) -> bool {
        self.operators.iter().any(|o| effects.contains(&o.effect))
    }

    /// The claim's predicate.
    pub fn predicate<'c>(&self, context: &'c Context) -> Option<&'c Predicate> {
        context.clauses().predicate(self.claim?)
    }

    /// Whether a token stands for the speaker: "I", "we", or whoever is reported to speak.
    pub fn is_speaker(&self, context: &Context, token: usize) -> bool {
        if context.tables.operators.persons.first.contains(context.form_lower(token)) {
            return true;
        }
        let (Some(speaker), Some(named)) =
            (self.speaker, participant::name(context, self, token, true))
        else {
            return false;
        };
        speaker.name == named.name
    }

    /// Whether the claim's subject is the speaker.
    pub fn is_own(&self, context: &Context) -> bool {
        let Some(subject) = self.subject else { return false };
        if let Some((known, own)) = self.own.get()
            && known == subject
        {
            return own;
        }
        let own = self.is_speaker(context, subject);
        self.own.set(Some((subject, own)));
        own
    }

    /// Whether some words hang on the path to the claim, with no finite clause of another between.
    pub fn governs(&self, context: &Context, span: Span) -> bool {
        let tree = context.tree();
        let on_path = |t: usize| {
            self.path.contains(&t)
                || tree.relation(t) == Relation::Coordination
                    && tree.head(t).is_some_and(|h| self.path.contains(&h))
        };
        context.language.tokens_in(span).any(|token| {
            for above in tree.ancestors(token) {
                if on_path(above) {
                    return true;
                }
                let clause = matches!(
                    tree.relation(above),
                    Relation::RelativeClause
                        | Relation::AdverbialClause
                        | Relation::AdjectivalClause
                        | Relation::Complement
                        | Relation::Parataxis
                );
                let timed = || {
                    tree.children_of(above, &[Relation::Marker]).any(|m| {
                        context.tables.operators.clauses.temporal.contains(context.lemma(m))
                    })
                };
                if clause && tree.is_finite(above) && !timed() {
                    return false;
                }
            }
            false
        })
    }
}

/// Grammar that every field queries.
impl<'a> Context<'a> {
    /// The article's clauses.
    pub fn clauses(&self) -> &'a Clauses {
        &self.ground.clauses
    }

    /// The article's trees.
    pub fn tree(&self) -> &'a Tree {
        &self.ground.clauses.tree
    }

    /// The lemma of a token in lower case, with the particle of its verb: "`rule_out`".
    pub fn lemma(&self, token: usize) -> &'a str {
        self.ground.clauses.lemma(token)
    }

    /// The words of a token in lower case.
    pub fn form_lower(&self, token: usize) -> &'a str {
        self.ground.clauses.form(token)
    }

    /// Whether a clause is an infinitive or a gerund.
    pub(crate) fn is_nonfinite(&self, token: usize) -> bool {
        let form = self.tree().form(token).form;
        !self.tree().is_finite(token)
            && (form == VerbForm::Infinitive
                || form == VerbForm::Gerund
                || self.tree().child(token, Relation::Marker).is_some())
    }

    /// Whether a clause tells of what is past by the form of its finite verb.
    pub(crate) fn is_past(&self, token: usize) -> bool {
        self.clauses().predicate(token).is_some_and(|p| p.tense == Tense::Past)
    }
}
