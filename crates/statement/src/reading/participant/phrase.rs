//! The words that name a noun phrase: one piece of the text, with what precedes its head and the
//! complements behind it.

use sayso_language::{
    Upos,
    clause::{Relation, VerbForm},
};
use sayso_model::Span;

use super::{MAX_ANAPHORA, Participant};

/// The farthest that a word of a phrase stands from its head, in tokens.
const MAX_PHRASE: usize = 12;

/// The most tokens from one word of a phrase to the next: what it leaves out between is a mark or a word.
const MAX_GAP: usize = 2;

/// Relations of words that describe a noun.
const DESCRIBING: [Relation; 5] = [
    Relation::Compound,
    Relation::AdjectivalModifier,
    Relation::Flat,
    Relation::NumericModifier,
    Relation::Possessor,
];

impl Participant<'_, '_> {
    /// The tokens of a phrase that name it, in order: its head with what precedes it, and the
    /// complements behind it ("a lawsuit against the archives", "the decision to freeze rates"); without its
    /// own determiner, without judging adjectives, apposed words, members of a list and finite clauses.
    fn phrase_tokens(&self, head: usize) -> Vec<usize> {
        let tree = self.context.tree();
        let judging = &self.context.tables.judging;
        // "surprising shortfalls" are shortfalls: what values a thing does not name it.
        let names = |t: usize| {
            let form = self.context.form_lower(t);
            tree.relation(t) != Relation::AdjectivalModifier
                || !(judging.weighing.contains(form)
                    || judging.valence.contains_key(form)
                    || tree.form(t).form != VerbForm::None)
        };
        // "Polish and Latvian farmers": of several the one that the content keeps.
        let content = &self.reading.content;
        let kept_one = |t: usize| {
            let left_out =
                content.binary_search(&t).is_err() && content.binary_search(&head).is_ok();
            tree.children_of(t, &[Relation::Coordination])
                .find(|c| left_out && content.binary_search(c).is_ok())
                .unwrap_or(t)
        };
        let mut kept = vec![head];
        kept.extend(tree.children_of(head, &DESCRIBING).filter(|c| names(*c)).map(kept_one));
        let own = kept.len();
        for at in 1..own {
            self.whole(kept[at], &mut kept);
        }
        let mut behind = Vec::new();
        for noun in tree.children_of(head, &[Relation::NominalModifier]).filter(|c| *c > head) {
            let dated = super::is_time(self.context, noun)
                || tree.child(noun, Relation::NumericModifier).is_some_and(|n| {
                    n > noun && self.context.form_lower(n).bytes().all(|b| b.is_ascii_digit())
                });
            if !dated {
                behind.push(noun);
                self.whole(noun, &mut behind);
            }
        }
        for verb in tree.children_of(head, &[Relation::AdjectivalClause]).filter(|c| *c > head) {
            if tree.form(verb).form == VerbForm::Infinitive {
                behind.push(verb);
                self.whole(verb, &mut behind);
            }
        }
        // A phrase is near its head and in one piece; a torn parse may hang far words on it.
        behind.sort_unstable();
        behind.dedup();
        let mut last = head;
        for token in behind {
            if token > last + MAX_GAP || token > head + MAX_PHRASE {
                break;
            }
            kept.push(token);
            last = token;
        }
        // Not to end on "of the".
        while let Some(at) = kept.iter().position(|t| *t == last && last > head)
            && matches!(
                tree.relation(last),
                Relation::Case | Relation::Determiner | Relation::Marker
            )
            && tree.head(last).is_none_or(|h| h > last)
        {
            kept.swap_remove(at);
            last = kept.iter().copied().max().unwrap_or(head);
        }
        kept.retain(|t| t.abs_diff(head) <= MAX_PHRASE);
        kept.sort_unstable();
        kept.dedup();
        // "the Bank's own committee" is named without its article.
        let article = |t: &usize| tree.relation(*t) == Relation::Determiner;
        let first = kept.iter().position(|t| !article(t)).unwrap_or(0);
        kept.drain(..first);
        kept
    }

    /// The words of a complement: all its dependents, but for lists, appositions and clauses of its own.
    fn whole(&self, token: usize, into: &mut Vec<usize>) {
        let tree = self.context.tree();
        for child in tree.children(token) {
            let relation = tree.relation(child);
            let part = DESCRIBING.contains(&relation)
                || matches!(
                    relation,
                    Relation::Case
                        | Relation::Determiner
                        | Relation::NominalModifier
                        | Relation::Object
                        | Relation::Particle
                )
                || relation == Relation::Marker && tree.upos(child) == Upos::Part;
            if part && child.abs_diff(token) <= MAX_PHRASE && into.len() <= MAX_PHRASE {
                into.push(child);
                self.whole(child, into);
            }
        }
    }

    pub(super) fn phrase_span(&self, head: usize) -> Span {
        let language = self.context.language;
        let tokens = self.phrase_tokens(head);
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => {
                language.tokens[*first].span.cover(language.tokens[*last].span)
            }
            _ => language.tokens[head].span,
        }
    }

    pub(super) fn phrase(&self, head: usize, depth: usize) -> String {
        let context = self.context;
        let tree = context.tree();
        let language = context.language;
        let mut name = String::new();
        let mut last: Option<usize> = None;
        for token in self.phrase_tokens(head) {
            let pronoun = matches!(tree.upos(token), Upos::Pron | Upos::Det);
            let owner = token != head && pronoun && tree.relation(token) == Relation::Possessor;
            let form = if owner {
                // "its capital": whose is said by the name, or not at all.
                let Some(owner) =
                    (depth < MAX_ANAPHORA).then(|| self.read(token, depth + 1)).flatten()
                else {
                    continue;
                };
                format!("{}’s", owner.name)
            } else {
                language.form(token).to_owned()
            };
            if let Some(last) = last {
                // "self-ruled": parts that the text joins stay joined.
                let gap = language.tokens[last].span.end as usize
                    ..language.tokens[token].span.start as usize;
                let between = language.text.get(gap).unwrap_or(" ");
                let joined = between.is_empty() || between == "-" || between == "–";
                name.push_str(if joined && !owner { between } else { " " });
            }
            name.push_str(&form);
            last = Some(token);
        }
        name
    }
}
