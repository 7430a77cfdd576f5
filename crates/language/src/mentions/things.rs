//! "it" and "they": organizations, places and groups recalled by a pronoun.
//!
//! Most of these pronouns mean something without a name ("the plan … it"), so a link is told in one
//! case only: the antecedent that grammar prefers, the subject of the clause above or else the main
//! subject of the sentence before (Grosz, Joshi and Weinstein 1995, "Centering"), is itself a name.
//! Any other subject there, of a fitting number, takes the pronoun and leaves it without one.

use std::ops::Range;

use super::quoted::Quoted;
use crate::steps::step;
use crate::{Entity, Language, Mention, MentionKind, NameKind, Upos};

/// Steps up a tree that are looked at for a subject.
const HIGHEST: usize = 6;
/// Farthest word behind its verb that is looked at for the clause that an empty "it" stands for.
const NEAR: usize = 40;
/// Most tokens between an organization and its "they".
const FARTHEST: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    One,
    Many,
}

impl Number {
    /// The share of links that was right on the coreference of a treebank's training part
    /// (`docs/experiments/language.md`).
    fn confidence(self) -> f32 {
        match self {
            Self::One => 0.78,
            Self::Many => 0.67,
        }
    }
}

fn pronoun(form: &str) -> Option<(Number, bool)> {
    if form.len() > 10 {
        return None;
    }
    Some(match form.to_ascii_lowercase().as_str() {
        "it" => (Number::One, false),
        "its" => (Number::One, true),
        "they" => (Number::Many, false),
        "their" => (Number::Many, true),
        _ => return None,
    })
}

/// What stands as a subject, for a pronoun of some number.
enum Subject {
    /// Somebody or something that cannot be meant.
    Unfit,
    /// What is meant, and it has no name.
    Nameless,
    Named(usize),
}

/// Mentions by "it", "its", "they" and "their". `mentions` are all others, in the order of the text.
pub(super) fn mentions(
    language: &Language<'_>,
    entities: &[Entity],
    mentions: &[Mention],
) -> Vec<Mention> {
    let mut holder: Vec<Option<usize>> = vec![None; language.tokens.len()];
    for mention in mentions {
        for t in language.tokens_in(mention.span) {
            holder[t] = Some(mention.entity);
        }
    }
    let subjects = subjects(language);
    let main = main_subjects(language, &subjects);
    let mut quotation = Quoted::new(&language.quotations);
    let quoted: Vec<Option<usize>> =
        language.tokens.iter().map(|t| quotation.at(t.span.start)).collect();
    let mut out = Vec::new();
    for t in 0..language.tokens.len() {
        let Some((number, owns)) = pronoun(language.form(t)) else { continue };
        let token = &language.tokens[t];
        let own = if owns { token.head } else { Some(t) };
        let subject = own.is_some_and(|o| language.tokens[o].deprel.starts_with("nsubj"));
        let fits = owns && token.deprel.starts_with("nmod") || subject && !is_empty(language, t);
        if !fits || holder[t].is_some() {
            continue;
        }
        let judge = |s: usize| match holder[s] {
            Some(entity) if agrees(&entities[entity], number) => {
                let one = entities[entity].kind != NameKind::Group;
                // An organization is many only where nothing else is.
                let others = number == Number::Many && one && has_plural(language, s + 1..t);
                if others { Subject::Nameless } else { Subject::Named(entity) }
            }
            Some(_) => Subject::Unfit,
            None => nameless(language, s, number),
        };
        // A quotation's "it" means what its speaker speaks of.
        let near = |s: &usize| *s < t && quoted[*s] == quoted[t];
        let before = || {
            let sentence = token.sentence.checked_sub(1)?;
            let place = |s: usize| language.sentences[s].paragraph;
            let close = place(sentence) + 1 >= place(token.sentence);
            main[sentence].filter(|_| close)
        };
        let meant = above(language, &subjects, t)
            .into_iter()
            .chain(before())
            .filter(near)
            .map(judge)
            .find(|s| !matches!(s, Subject::Unfit));
        if let Some(Subject::Named(entity)) = meant {
            holder[t] = Some(entity);
            out.push(Mention {
                span: token.span,
                entity,
                kind: MentionKind::Pronoun,
                confidence: number.confidence(),
            });
        }
    }
    out
}

/// The subject of each token that has one.
fn subjects(language: &Language<'_>) -> Vec<Option<usize>> {
    let mut out = vec![None; language.tokens.len()];
    for (t, token) in language.tokens.iter().enumerate() {
        if let Some(head) = token.head.filter(|_| token.deprel.starts_with("nsubj"))
            && let Some(slot) = out.get_mut(head)
        {
            slot.get_or_insert(t);
        }
    }
    out
}

/// The subject of the main verb of each sentence.
fn main_subjects(language: &Language<'_>, subjects: &[Option<usize>]) -> Vec<Option<usize>> {
    let main = |mut tokens: Range<usize>| {
        let root = tokens.find(|t| {
            step();
            language.tokens[*t].head.is_none()
        })?;
        subjects[root]
    };
    language.sentences.iter().map(|sentence| main(sentence.tokens.clone())).collect()
}

/// The subjects of the clauses that hold a pronoun, the innermost first, without itself.
fn above(language: &Language<'_>, subjects: &[Option<usize>], pronoun: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = language.tokens[pronoun].head;
    for _ in 0..HIGHEST {
        step();
        let Some(t) = at else { break };
        if let Some(subject) = subjects[t].filter(|s| *s != pronoun) {
            out.push(subject);
        }
        at = language.tokens[t].head;
    }
    out
}

/// "It is clear that …", "it takes a week to …": stands for a clause.
fn is_empty(language: &Language<'_>, pronoun: usize) -> bool {
    let Some(head) = language.tokens[pronoun].head else { return true };
    let sentence = language.tokens[pronoun].sentence;
    let mut after = head + 1..language.sentences[sentence].tokens.end.min(head + NEAR);
    let of_head = |t: usize| {
        step();
        let token = &language.tokens[t];
        token.head == Some(head) && token.deprel.starts_with("csubj")
            || token.head == Some(head)
                && language.tokens[head].upos != Upos::Verb
                && matches!(token.deprel, "ccomp" | "xcomp" | "advcl" | "acl:relcl" | "acl")
    };
    language.tokens[pronoun].deprel.starts_with("expl") || after.any(of_head)
}

fn agrees(entity: &Entity, number: Number) -> bool {
    match number {
        Number::One => !matches!(entity.kind, NameKind::Person | NameKind::Group),
        Number::Many => matches!(entity.kind, NameKind::Organization | NameKind::Group),
    }
}

/// Is there a plural noun among some tokens, or may there be one among so many?
fn has_plural(language: &Language<'_>, mut tokens: Range<usize>) -> bool {
    tokens.len() > FARTHEST
        || tokens.any(|t| {
            step();
            matches!(language.tokens[t].xpos, "NNS" | "NNPS")
        })
}

/// A subject without a name: does it take a pronoun of that number?
fn nameless(language: &Language<'_>, subject: usize, number: Number) -> Subject {
    let token = &language.tokens[subject];
    let plural = matches!(token.xpos, "NNS" | "NNPS");
    let fit = match token.upos {
        Upos::Pron => matches!(
            (language.form(subject).to_ascii_lowercase().as_str(), number),
            ("it" | "this" | "that", Number::One) | ("they" | "these" | "those", Number::Many)
        ),
        _ => plural == (number == Number::Many),
    };
    if fit { Subject::Nameless } else { Subject::Unfit }
}
