//! Predicates with tense, voice, mood and negation; their participants, also those that the sentence
//! leaves out; and what embeds them.

use std::ops::Range;

use super::{ClauseWords, Morphology, Relation, Tense, Tree, VerbForm};
use crate::Upos;

/// Whose deed the subject names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Voice {
    /// The subject does it.
    #[default]
    Active,
    /// It is done to the subject.
    Passive,
}

/// How a participant takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The grammatical subject; in the passive to whom it is done.
    Subject,
    /// The direct object.
    Object,
    /// The indirect object.
    Recipient,
    /// Who does it, in the passive.
    Agent,
    /// With a preposition or case of its own.
    Oblique,
}

/// A participant of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// How it takes part.
    pub role: Role,
    /// The head token of its noun phrase.
    pub head: usize,
    /// The token of its preposition.
    pub case: Option<usize>,
    /// Whether it is another clause's word: through control, coordination, a relative clause.
    pub shared: bool,
}

/// What a clause is to the clause that embeds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embedding {
    /// What is said, thought, wanted or seems: its subject or object is a clause.
    Complement,
    /// Under which it holds.
    Condition,
    /// In spite of which it holds.
    Concession,
    /// Because of which it holds.
    Cause,
    /// When it holds.
    Time,
    /// For which it is done; without finite verb.
    Purpose,
    /// Describes a noun.
    Relative,
    /// Stands beside it.
    Coordination,
    /// Another sentence in the same one: an inserted cue, a quotation.
    Parataxis,
    /// Any other adverbial clause.
    Adverbial,
}

/// One predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub struct Predicate {
    /// The verb, or the adjective or noun with a copula.
    pub head: usize,
    /// The first and one past the last token of the verb group ("would not have captured").
    pub group: Range<usize>,
    /// Whether it has a finite verb.
    pub finite: bool,
    /// Form of the head.
    pub form: VerbForm,
    /// Tense of the finite verb.
    pub tense: Tense,
    /// "has taken".
    pub perfect: bool,
    /// "is taking".
    pub progressive: bool,
    /// Whose deed the subject names.
    pub voice: Voice,
    /// A bare command.
    pub imperative: bool,
    /// The copula of a nominal predicate.
    pub copula: Option<usize>,
    /// The modal helper.
    pub modal: Option<usize>,
    /// Negations of this predicate and nothing beneath it.
    pub negations: u8,
    /// The first word that negates it.
    pub negator: Option<usize>,
    /// Participants, as indices into [`super::Clauses::arguments`].
    pub arguments: Range<u32>,
    /// The head token of the clause around it, and what this one is to it.
    pub parent: Option<(usize, Embedding)>,
}

/// The deepest chain of clauses through which a subject is looked for.
const MAX_SHARING: usize = 6;

const SUBJECTS: [Relation; 3] =
    [Relation::Subject, Relation::PassiveSubject, Relation::ClausalSubject];
const HELPERS: [Relation; 3] = [Relation::Auxiliary, Relation::PassiveAuxiliary, Relation::Copula];

/// Reads all predicates; `lemmas` are those of the tokens in lower case.
pub(super) fn read(
    tree: &Tree,
    lemmas: &[Box<str>],
    words: &ClauseWords,
) -> (Vec<Predicate>, Vec<Argument>, Vec<u32>) {
    let reader = Reader { lemmas, tree, words };
    let (mut predicates, mut arguments) = (Vec::new(), Vec::new());
    let mut at = vec![u32::MAX; tree.len()];
    for head in (0..tree.len()).filter(|t| tree.is_predicate(*t)) {
        at[head] = predicates.len() as u32;
        let from = arguments.len() as u32;
        reader.participants(head, &mut arguments);
        predicates
            .push(Predicate { arguments: from..arguments.len() as u32, ..reader.predicate(head) });
    }
    (predicates, arguments, at)
}

struct Reader<'a> {
    lemmas: &'a [Box<str>],
    tree: &'a Tree,
    words: &'a ClauseWords,
}

impl Reader<'_> {
    fn lemma(&self, token: usize) -> &str {
        self.lemmas.get(token).map_or("", |l| l)
    }

    fn is_passive(&self, head: usize) -> bool {
        let tree = self.tree;
        tree.child(head, Relation::PassiveAuxiliary).is_some()
            || tree.child(head, Relation::PassiveSubject).is_some()
            || tree.child(head, Relation::Agent).is_some()
            // "the town taken in May"
            || tree.form(head).form == VerbForm::Participle
                && tree.relation(head) == Relation::AdjectivalClause
                && tree.children_of(head, &HELPERS).next().is_none()
    }

    fn predicate(&self, head: usize) -> Predicate {
        let tree = self.tree;
        let helpers = || tree.children_of(head, &HELPERS);
        let form = tree.form(head);
        let finite =
            std::iter::once(head).chain(helpers()).find(|t| tree.form(*t).form == VerbForm::Finite);
        let copula = tree.child(head, Relation::Copula);
        let auxiliary = |test: &dyn Fn(usize) -> bool| {
            tree.children_of(head, &[Relation::Auxiliary]).find(|t| test(*t))
        };
        let perfect = auxiliary(&|t| self.words.perfect.contains(self.lemma(t))).is_some();
        let first = helpers().next().filter(|t| *t < head).unwrap_or(head);
        let unmarked = tree.child(head, Relation::Marker).is_none();
        let alone = helpers().next().is_none() && !self.has_subject(head);
        let bare = form.form == VerbForm::Infinitive && unmarked && alone;
        Predicate {
            head,
            group: first..head + 1,
            finite: finite.is_some(),
            form: form.form,
            tense: finite.map_or(Tense::None, |t| tree.form(t).tense),
            perfect,
            progressive: form.form == VerbForm::Gerund && helpers().next().is_some(),
            voice: if self.is_passive(head) { Voice::Passive } else { Voice::Active },
            imperative: form.imperative
                || bare
                    && matches!(
                        tree.relation(head),
                        Relation::Root | Relation::Parataxis | Relation::Complement
                    ),
            copula,
            modal: auxiliary(&|t| tree.form(t).modal),
            negations: self.negations(head).0,
            negator: self.negations(head).1,
            arguments: 0..0,
            parent: self.parent(head),
        }
    }

    fn has_subject(&self, head: usize) -> bool {
        self.tree.children_of(head, &SUBJECTS).next().is_some()
    }

    /// How many words negate a predicate and nothing beneath it, and the first of them.
    fn negations(&self, head: usize) -> (u8, Option<usize>) {
        let tree = self.tree;
        let says_no = |t: usize, set: &std::collections::BTreeSet<String>| {
            let Morphology { negative, .. } = tree.form(t);
            negative || set.contains(self.lemma(t))
        };
        let determined = |noun: usize| {
            says_no(noun, &self.words.negative_determiners) && tree.upos(noun) == Upos::Pron
                || tree
                    .children_of(noun, &[Relation::Determiner])
                    .any(|d| says_no(d, &self.words.negative_determiners))
        };
        let mut count = 0u8;
        let mut first = None;
        for child in tree.children(head) {
            let own = match tree.relation(child) {
                Relation::AdverbialModifier
                | Relation::Auxiliary
                | Relation::Determiner
                | Relation::Coordinator
                | Relation::Other => {
                    let focus =
                        child + 1 < tree.len() && self.words.focus.contains(self.lemma(child + 1));
                    // "no longer": the adverb is negated itself.
                    let inner = || {
                        tree.relation(child) == Relation::AdverbialModifier
                            && tree.children(child).any(|c| {
                                says_no(c, &self.words.negators)
                                    || says_no(c, &self.words.negative_determiners)
                            })
                    };
                    (says_no(child, &self.words.negators) || inner()) && !focus
                }
                Relation::Subject | Relation::PassiveSubject | Relation::Object => {
                    determined(child)
                }
                _ => false,
            };
            if own {
                count = count.saturating_add(1);
                first = first.or(Some(child));
            }
        }
        // "there is no way": a noun that is the predicate itself.
        let own = tree.children_of(head, &[Relation::Determiner]).find(|d| {
            tree.upos(head) != Upos::Verb
                && self.words.negative_determiners.contains(self.lemma(*d))
                && !self.words.negators.contains(self.lemma(*d))
        });
        (count.saturating_add(u8::from(own.is_some())), first.or(own))
    }

    fn parent(&self, head: usize) -> Option<(usize, Embedding)> {
        let tree = self.tree;
        let mut above = tree.head(head)?;
        let embedding = match tree.relation(head) {
            Relation::Complement | Relation::OpenComplement | Relation::ClausalSubject => {
                Embedding::Complement
            }
            Relation::AdverbialClause => self.adverbial(head),
            Relation::AdjectivalClause | Relation::RelativeClause => Embedding::Relative,
            Relation::Coordination => Embedding::Coordination,
            Relation::Parataxis => Embedding::Parataxis,
            _ => return None,
        };
        // The clause of a noun is embedded by the clause of that noun.
        while !tree.is_predicate(above) {
            match tree.head(above) {
                Some(next) => above = next,
                None => break,
            }
        }
        Some((above, embedding))
    }

    fn adverbial(&self, head: usize) -> Embedding {
        let marker = self
            .tree
            .children_of(head, &[Relation::Marker, Relation::AdverbialModifier, Relation::Case])
            .map(|t| self.lemma(t))
            .find_map(|m| {
                let sets = [
                    (&self.words.conditional, Embedding::Condition),
                    (&self.words.concessive, Embedding::Concession),
                    (&self.words.causal, Embedding::Cause),
                    (&self.words.temporal, Embedding::Time),
                ];
                sets.into_iter().find(|(set, _)| set.contains(m)).map(|(_, e)| e)
            });
        let infinitive =
            self.tree.form(head).form == VerbForm::Infinitive && !self.tree.is_finite(head);
        marker.unwrap_or(if infinitive { Embedding::Purpose } else { Embedding::Adverbial })
    }

    fn participants(&self, head: usize, out: &mut Vec<Argument>) {
        let tree = self.tree;
        let from = out.len();
        let case = |t: usize| tree.child(t, Relation::Case);
        let passive = self.is_passive(head);
        for child in tree.children(head) {
            let role = match tree.relation(child) {
                Relation::Subject | Relation::PassiveSubject | Relation::ClausalSubject => {
                    // A relative word stands for the noun that its clause describes.
                    if tree.form(child).relative {
                        if let Some(noun) = self.described(head) {
                            out.push(Argument {
                                role: Role::Subject,
                                head: noun,
                                case: None,
                                shared: true,
                            });
                        }
                        continue;
                    }
                    Role::Subject
                }
                Relation::Object if !tree.form(child).relative => Role::Object,
                Relation::Object => {
                    let own =
                        tree.children_of(head, &[Relation::Object]).any(|c| !tree.form(c).relative);
                    if let Some(noun) = self.described(head).filter(|_| !own) {
                        out.push(Argument {
                            role: Role::Object,
                            head: noun,
                            case: None,
                            shared: true,
                        });
                    }
                    continue;
                }
                Relation::IndirectObject => Role::Recipient,
                Relation::Agent => Role::Agent,
                Relation::Oblique => {
                    let by = case(child).is_some_and(|c| self.words.agent.contains(self.lemma(c)));
                    if passive && by { Role::Agent } else { Role::Oblique }
                }
                _ => continue,
            };
            out.push(Argument { role, head: child, case: case(child), shared: false });
        }
        // "The problem is prices are rising": of two subjects the nearer one is the clause's own.
        let before = |a: &Argument| a.role == Role::Subject && a.head < head;
        let nearest = out[from..].iter().filter(|a| before(a)).map(|a| a.head).max();
        let parted = |near: usize| tree.children_of(head, &[Relation::Copula]).any(|c| c < near);
        if let Some(nearest) = nearest.filter(|n| parted(*n)) {
            let outer = |a: &Argument| before(a) && a.head != nearest;
            let kept: Vec<Argument> = out.drain(from..).filter(|a| !outer(a)).collect();
            out.extend(kept);
        }
        let has = |out: &[Argument], role| out[from..].iter().any(|a| a.role == role);
        if !has(out, Role::Subject)
            && let Some(subject) = self.shared_subject(head, 0)
        {
            out.push(Argument { role: Role::Subject, head: subject, case: None, shared: true });
        }
        if !has(out, Role::Object)
            && !passive
            && let Some(object) = self.shared_object(head)
        {
            out.push(Argument { role: Role::Object, head: object, case: None, shared: true });
        }
    }

    /// The noun that a relative clause describes.
    fn described(&self, head: usize) -> Option<usize> {
        let clause = std::iter::once(head)
            .chain(self.tree.head(head).filter(|_| {
                matches!(
                    self.tree.relation(head),
                    Relation::Coordination | Relation::OpenComplement | Relation::Complement
                )
            }))
            .find(|t| {
                matches!(
                    self.tree.relation(*t),
                    Relation::RelativeClause | Relation::AdjectivalClause
                )
            })?;
        self.tree.head(clause)
    }

    /// The subject of a clause that has none of its own: through control, coordination, a participle.
    fn shared_subject(&self, head: usize, depth: usize) -> Option<usize> {
        let tree = self.tree;
        if depth > MAX_SHARING {
            return None;
        }
        let own = tree
            .children_of(head, &SUBJECTS)
            .find(|c| !tree.form(*c).relative && tree.relation(*c) != Relation::ClausalSubject);
        if own.is_some() && depth > 0 {
            return own;
        }
        let above = tree.head(head)?;
        let noun = matches!(tree.upos(above), Upos::Noun | Upos::Propn | Upos::Pron);
        match tree.relation(head) {
            Relation::AdjectivalClause | Relation::RelativeClause => noun.then_some(above),
            // "urged the army to leave": the object of an active verb does it.
            Relation::OpenComplement => {
                let object = tree
                    .children_of(above, &[Relation::Object, Relation::IndirectObject])
                    .next()
                    .filter(|_| !self.is_passive(above));
                object.or_else(|| self.shared_subject(above, depth + 1))
            }
            Relation::Coordination | Relation::AdverbialClause | Relation::ClausalSubject => {
                self.shared_subject(above, depth + 1)
            }
            Relation::Complement if !tree.is_finite(head) => self.shared_subject(above, depth + 1),
            _ => None,
        }
    }

    /// "seized and held the town": the object of the second verb is the first one's too.
    fn shared_object(&self, head: usize) -> Option<usize> {
        let tree = self.tree;
        let next = tree.child(head, Relation::Coordination)?;
        let near = (head + 1..next).all(|t| {
            matches!(
                tree.relation(t),
                Relation::Coordinator
                    | Relation::AdverbialModifier
                    | Relation::Auxiliary
                    | Relation::Punctuation
            )
        });
        let object = tree.child(next, Relation::Object);
        object.filter(|_| near && tree.upos(head) == Upos::Verb)
    }
}
