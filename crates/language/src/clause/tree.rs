//! The trees of an article with fast access to children, and the parser's systematic faults repaired
//! once.

use super::{Relation, morphology::Morphology};
use crate::{Language, Upos, clause::VerbForm};

/// Heads, relations, forms and children of all tokens, as dense arrays.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    heads: Vec<Option<u32>>,
    relations: Vec<Relation>,
    forms: Vec<Morphology>,
    upos: Vec<Upos>,
    /// `children[starts[t]..starts[t + 1]]` are the children of token `t`, in order.
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl Tree {
    /// Builds the tree and repairs what the parser gets wrong in the same way each time.
    ///
    /// Time and memory are linear in the tokens.
    pub fn new(language: &Language, forms: Vec<Morphology>) -> Self {
        let tokens = &language.tokens;
        let mut tree = Self {
            heads: tokens.iter().map(|t| t.head.map(|h| h as u32)).collect(),
            relations: tokens.iter().map(|t| Relation::of(t.deprel)).collect(),
            upos: tokens.iter().map(|t| t.upos).collect(),
            forms,
            ..Self::default()
        };
        tree.forms.resize(tokens.len(), Morphology::default());
        tree.index();
        if tree.repair() {
            tree.index();
        }
        tree
    }

    /// Tokens in the article.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether the article has no token.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The head of a token; `None` for a root and outside the article.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.heads.get(token).copied().flatten().map(|h| h as usize)
    }

    /// The relation of a token to its head.
    pub fn relation(&self, token: usize) -> Relation {
        self.relations.get(token).copied().unwrap_or(Relation::Other)
    }

    /// The form of a token.
    pub fn form(&self, token: usize) -> Morphology {
        self.forms.get(token).copied().unwrap_or_default()
    }

    /// The part of speech of a token.
    pub fn upos(&self, token: usize) -> Upos {
        self.upos.get(token).copied().unwrap_or_default()
    }

    /// The tokens that depend on a token, in the order of the text.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        let from = self.starts.get(token).map_or(0, |s| *s as usize);
        let to = self.starts.get(token + 1).map_or(from, |s| *s as usize);
        self.children.get(from..to).unwrap_or_default().iter().map(|c| *c as usize)
    }

    /// The children of some relations, in the order of the text.
    pub fn children_of<'a>(
        &'a self,
        token: usize,
        relations: &'a [Relation],
    ) -> impl DoubleEndedIterator<Item = usize> + Clone + 'a {
        self.children(token).filter(|c| relations.contains(&self.relation(*c)))
    }

    /// The first child of a relation.
    pub fn child(&self, token: usize, relation: Relation) -> Option<usize> {
        self.children(token).find(|c| self.relation(*c) == relation)
    }

    /// A token and what governs it, up to the root.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), |t| self.head(*t))
    }

    /// Whether a token or one of its helpers is finite.
    pub fn is_finite(&self, token: usize) -> bool {
        self.form(token).form == VerbForm::Finite
            || self
                .children_of(
                    token,
                    &[Relation::Auxiliary, Relation::PassiveAuxiliary, Relation::Copula],
                )
                .any(|c| self.form(c).form == VerbForm::Finite)
    }

    /// Whether a token heads a clause: a verb that helps no other, or a word with a copula or a subject.
    pub fn is_predicate(&self, token: usize) -> bool {
        let helps = matches!(
            self.relation(token),
            Relation::Auxiliary
                | Relation::PassiveAuxiliary
                | Relation::Copula
                | Relation::AdjectivalModifier
                | Relation::Case
                | Relation::Marker
                | Relation::Compound
                | Relation::Flat
        );
        let verb = matches!(self.upos(token), Upos::Verb | Upos::Aux) && !helps;
        verb || self
            .children_of(
                token,
                &[
                    Relation::Copula,
                    Relation::Subject,
                    Relation::PassiveSubject,
                    Relation::Expletive,
                    Relation::ClausalSubject,
                ],
            )
            .next()
            .is_some()
    }

    fn index(&mut self) {
        let n = self.heads.len();
        let mut starts = vec![0u32; n + 1];
        let inside = |h: &u32| (*h as usize) < n;
        for head in self.heads.iter().flatten().filter(|h| inside(h)) {
            starts[*head as usize + 1] += 1;
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        self.children = vec![0; starts[n] as usize];
        for (token, head) in self.heads.iter().enumerate() {
            if let Some(head) = head.filter(inside) {
                let at = &mut next[head as usize];
                self.children[*at as usize] = token as u32;
                *at += 1;
            }
        }
        self.starts = starts;
    }

    /// Repairs relations; true if a head changed.
    fn repair(&mut self) -> bool {
        let mut moved = false;
        for token in 0..self.len() {
            let Some(head) = self.head(token) else { continue };
            match self.relation(token) {
                // "ready to leave": the clause is what one is ready for.
                Relation::AdverbialClause
                    if self.upos(head) == Upos::Adj
                        && token > head
                        && !self.is_finite(token)
                        && self.form(token).form == VerbForm::Infinitive =>
                {
                    self.relations[token] = Relation::OpenComplement;
                }
                // "said in a statement it had left": the clause is said, and describes no statement.
                Relation::AdjectivalClause
                    if matches!(self.relation(head), Relation::Oblique)
                        && self.is_finite(token)
                        && self.head(head).is_some_and(|v| {
                            self.child(v, Relation::Complement).is_none()
                                && self.child(v, Relation::Object).is_none()
                        })
                        && self
                            .children(token)
                            .any(|c| self.relation(c).is_subject() && !self.form(c).relative) =>
                {
                    if let Some(verb) = self.head(head) {
                        self.heads[token] = Some(verb as u32);
                        self.relations[token] = Relation::Complement;
                        moved = true;
                    }
                }
                // "and that its use must end": a word that opens a clause determines no noun.
                Relation::Determiner
                    if self.upos(token) == Upos::Sconj && self.relation(head).is_subject() =>
                {
                    if let Some(verb) = self.head(head) {
                        self.heads[token] = Some(verb as u32);
                        self.relations[token] = Relation::Marker;
                        moved = true;
                    }
                }
                // "I think it's unlikely a record will be set": the record's clause is what is unlikely.
                Relation::Complement => {
                    let judged = self.children_of(head, &[Relation::Complement]).find(|a| {
                        *a < token
                            && self.upos(*a) == Upos::Adj
                            && self.child(*a, Relation::Expletive).is_some()
                            && self.children(*a).all(|c| c < token)
                    });
                    if let Some(judged) = judged.filter(|_| self.opens_behind(token, head)) {
                        self.heads[token] = Some(judged as u32);
                        self.relations[token] = Relation::ClausalSubject;
                        moved = true;
                    }
                }
                // "There is unlikely to be a cure": what is said is that it is unlikely.
                Relation::Subject
                    if self.upos(token) == Upos::Adj
                        && token > head
                        && self.child(head, Relation::Expletive).is_some()
                        && self.child(token, Relation::OpenComplement).is_some() =>
                {
                    let below: Vec<usize> = self.children(head).filter(|c| *c != token).collect();
                    for child in below {
                        self.heads[child] = Some(token as u32);
                    }
                    self.heads[token] = self.heads[head];
                    self.relations[token] = self.relations[head];
                    self.heads[head] = Some(token as u32);
                    self.relations[head] = Relation::Copula;
                    moved = true;
                }
                _ => {}
            }
        }
        moved
    }

    /// Whether a clause under `head` is not joined to another one and begins behind it.
    fn opens_behind(&self, clause: usize, head: usize) -> bool {
        self.children(clause).all(|c| c > head && self.relation(c) != Relation::Coordinator)
    }
}
