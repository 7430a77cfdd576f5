//! Clauses: the predicates of an article, who takes part in each, and what embeds what.
//!
//! **Why a layer of its own.** Whether something is said to happen, by whom, when and how surely is a
//! question of grammar. It is read once an article, from Universal Dependencies relations alone, and
//! every later layer queries it. What is a word of one language is handed in as [`ClauseWords`].
//!
//! Dense arrays beside the tokens; time and memory are linear in the text.

mod morphology;
mod predicate;
mod relation;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeSet;

pub use morphology::{Morphology, Tense, VerbForm};
pub use predicate::{Argument, Embedding, Predicate, Role, Voice};
pub use relation::Relation;
pub use tree::Tree;

use crate::{Language, Upos};

/// The words of one language that grammar alone does not tell, as lemmas in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClauseWords {
    /// Words that say no ("not", "never"), where the form has no feature for it.
    pub negators: BTreeSet<String>,
    /// Words behind a negator that take its force away ("not only").
    pub focus: BTreeSet<String>,
    /// Determiners and pronouns that say no ("no", "nobody").
    pub negative_determiners: BTreeSet<String>,
    /// Helpers of the perfect ("have").
    pub perfect: BTreeSet<String>,
    /// Markers of a condition ("if", "unless").
    pub conditional: BTreeSet<String>,
    /// Markers of a concession ("although").
    pub concessive: BTreeSet<String>,
    /// Markers of a cause ("because").
    pub causal: BTreeSet<String>,
    /// Markers of time ("when", "until").
    pub temporal: BTreeSet<String>,
    /// Case words of an agent in the passive ("by").
    pub agent: BTreeSet<String>,
}

/// The clauses of an article.
#[derive(Debug, Clone, Default)]
pub struct Clauses {
    /// The repaired trees.
    pub tree: Tree,
    /// The predicates, in the order of their heads.
    pub predicates: Vec<Predicate>,
    /// The participants, those of one predicate side by side.
    pub arguments: Vec<Argument>,
    /// The predicate that a token heads; `u32::MAX` for none.
    at: Vec<u32>,
    /// The lemma of each token in lower case.
    lemmas: Vec<Box<str>>,
    /// The words of each token in lower case.
    forms: Vec<Box<str>>,
}

impl Clauses {
    /// Reads the clauses of a tagged and parsed article, with forms from its Penn tags.
    pub fn read(language: &Language, words: &ClauseWords) -> Self {
        let forms = language.tokens.iter().map(|t| Morphology::of_penn(t.xpos)).collect();
        Self::with_forms(language, forms, words)
    }

    /// Reads the clauses with given forms, one for each token (those of a `CoNLL-U` file).
    pub fn with_forms(language: &Language, forms: Vec<Morphology>, words: &ClauseWords) -> Self {
        let tree = Tree::new(language, forms);
        let tokens = || language.tokens.iter().enumerate();
        let bare: Vec<Box<str>> = tokens().map(|(_, t)| t.lemma.to_lowercase().into()).collect();
        let (predicates, arguments, at) = predicate::read(&tree, &bare, words);
        let joined = |(i, _)| {
            // "faces up to ten years": an amount, and no particle of the verb.
            let bound = |p: usize| {
                bare.get(p + 1).is_some_and(|next| &**next == "to") && tree.upos(p + 2) == Upos::Num
            };
            let mut particles =
                tree.children_of(i, &[Relation::Particle]).filter(|p| !bound(*p)).peekable();
            if tree.upos(i) != Upos::Verb || particles.peek().is_none() {
                return None;
            }
            let parts: Vec<&str> = particles.map(|p| &*bare[p]).collect();
            Some(format!("{}_{}", bare[i], parts.join("_")).into_boxed_str())
        };
        let lemmas = tokens().map(|t| joined(t).unwrap_or_else(|| bare[t.0].clone())).collect();
        let forms = tokens().map(|(i, _)| language.form(i).to_lowercase().into()).collect();
        Self { tree, predicates, arguments, at, lemmas, forms }
    }

    /// The lemma of a token in lower case, with the particle of its verb: `rule_out`. Empty outside the
    /// article.
    pub fn lemma(&self, token: usize) -> &str {
        self.lemmas.get(token).map_or("", |l| l)
    }

    /// The words of a token in lower case; empty outside the article.
    pub fn form(&self, token: usize) -> &str {
        self.forms.get(token).map_or("", |f| f)
    }

    /// The predicate that a token heads.
    pub fn predicate(&self, token: usize) -> Option<&Predicate> {
        let at = *self.at.get(token)?;
        self.predicates.get(at as usize)
    }

    /// The participants of a predicate, in the order of the text.
    pub fn arguments(&self, predicate: &Predicate) -> &[Argument] {
        let range = predicate.arguments.start as usize..predicate.arguments.end as usize;
        self.arguments.get(range).unwrap_or_default()
    }

    /// The first participant of a role.
    pub fn argument(&self, predicate: &Predicate, role: Role) -> Option<Argument> {
        self.arguments(predicate).iter().find(|a| a.role == role).copied()
    }
}
