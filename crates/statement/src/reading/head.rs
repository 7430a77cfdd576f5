//! The word at the head of a content in its sentence's own tree, also where the parse is torn.

use sayso_language::{
    Upos,
    clause::{Relation, Tree},
};
use sayso_model::Span;

use super::Form;
use crate::{
    Context,
    tables::{Construction, Effect},
};

/// The head of a content.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) token: Option<usize>,
    pub(super) form: Form,
    pub(super) tokens: Vec<usize>,
    pub(super) content: Vec<usize>,
}

/// Relations of words that head nothing of their own.
const DEPENDENT: [Relation; 9] = [
    Relation::Punctuation,
    Relation::Coordinator,
    Relation::Marker,
    Relation::Case,
    Relation::Determiner,
    Relation::Auxiliary,
    Relation::PassiveAuxiliary,
    Relation::Copula,
    Relation::AdverbialModifier,
];

/// Loose parts of a content beyond which its parse is taken for torn.
const MAX_SOUND_PARTS: usize = 2;

/// The most tokens of a content that are read. A longer one is a whole speech whose main claim stands at its
/// head.
const MAX_TOKENS: usize = 1000;

/// Finds the head and keeps all tokens.
pub(super) fn find(context: &Context, content: &[Span]) -> Head {
    let tokens = &context.language.tokens;
    let inside: Vec<usize> = content
        .iter()
        .flat_map(|span| context.language.tokens_in(*span))
        .filter(|t| tokens[*t].upos != Upos::Punct)
        .take(MAX_TOKENS)
        .collect();
    let (head, form, tokens) = first_head(context, &inside);
    Head { token: head, form, tokens, content: inside }
}

/// The head: of the first sentence that holds a clause, else the first noun.
fn first_head(context: &Context, inside: &[usize]) -> (Option<usize>, Form, Vec<usize>) {
    let tree = context.tree();
    let tokens = &context.language.tokens;
    let mut noun = None;
    for group in inside.chunk_by(|a, b| tokens[*a].sentence == tokens[*b].sentence) {
        let tops: Vec<usize> = group
            .iter()
            .copied()
            .filter(|t| {
                tree.head(*t).is_none_or(|h| group.binary_search(&h).is_err())
                    && !DEPENDENT.contains(&tree.relation(*t))
            })
            .collect();
        if let Some(head) = clause_head(context, tree, group, &tops) {
            let head = beside_condition(context, tree, group, head);
            let head = looking_ahead(context, tree, group, head);
            return (Some(head), Form::Clause, group.to_vec());
        }
        if let Some(head) = small_clause(context, tree, group) {
            return (Some(head), Form::Clause, group.to_vec());
        }
        if noun.is_none()
            && let Some(first) = tops.first()
        {
            let nominal =
                |t: &usize| matches!(tree.upos(*t), Upos::Noun | Upos::Propn | Upos::Pron);
            let head = tops.iter().copied().find(nominal).unwrap_or(*first);
            noun = Some((Some(head), Form::Noun, group.to_vec()));
        }
    }
    noun.unwrap_or((None, Form::Nothing, Vec::new()))
}

/// Whether a clause stands under a word that makes it a side clause.
fn is_subordinate(context: &Context, tree: &Tree, token: usize) -> bool {
    let words = &context.tables.operators.clauses;
    tree.children_of(token, &[Relation::Marker, Relation::AdverbialModifier]).any(|m| {
        let lemma = context.lemma(m);
        let marks = tree.relation(m) == Relation::Marker || tree.form(m).relative;
        marks
            && (words.conditional.contains(lemma)
                || words.concessive.contains(lemma)
                || words.causal.contains(lemma)
                || words.temporal.contains(lemma))
    })
}

/// Whether a clause is more likely a part of another one than the main one.
fn is_weak(context: &Context, tree: &Tree, token: usize) -> bool {
    is_subordinate(context, tree, token)
        || matches!(
            tree.relation(token),
            Relation::AdverbialClause | Relation::AdjectivalClause | Relation::RelativeClause
        ) && !tree.is_finite(token)
}

fn has_subject(tree: &Tree, token: usize) -> bool {
    tree.children(token).any(|c| {
        tree.relation(c).is_subject()
            || matches!(tree.relation(c), Relation::Expletive | Relation::ClausalSubject)
    })
}

fn clause_head(context: &Context, tree: &Tree, group: &[usize], tops: &[usize]) -> Option<usize> {
    let mut clauses: Vec<usize> = tops.iter().copied().filter(|t| tree.is_predicate(*t)).collect();
    let torn = clauses.is_empty() && tops.len() > MAX_SOUND_PARTS;
    if torn || !clauses.is_empty() && clauses.iter().all(|t| is_weak(context, tree, *t)) {
        // The first finite verb with a subject that stands in no side clause.
        let free = |t: usize| {
            tree.ancestors(t).take_while(|a| group.binary_search(a).is_ok()).all(|a| {
                !is_subordinate(context, tree, a)
                    && !matches!(
                        tree.relation(a),
                        Relation::RelativeClause | Relation::AdjectivalClause
                    )
            })
        };
        let main = group.iter().copied().find(|t| {
            tree.is_predicate(*t) && tree.is_finite(*t) && has_subject(tree, *t) && free(*t)
        });
        clauses = if let Some(main) = main {
            vec![main]
        } else {
            let sound: Vec<usize> =
                clauses.iter().copied().filter(|t| !is_subordinate(context, tree, *t)).collect();
            if sound.is_empty() { clauses } else { sound }
        };
    }
    // "denied claims that the town fell": what is claimed.
    let claimed = |t: usize| context.tables.kinds.claims.contains(context.form_lower(t));
    let first = tops.first().copied();
    if let Some(noun) = first.filter(|t| tree.upos(*t) == Upos::Noun) {
        let object = tree.relation(noun) == Relation::Object;
        let loose = |t: &usize| {
            matches!(
                tree.relation(*t),
                Relation::Parataxis
                    | Relation::AdverbialClause
                    | Relation::Coordination
                    | Relation::RelativeClause
            )
        };
        if object
            && !clauses.is_empty()
            && clauses.iter().all(|c| *c > noun && loose(c))
            && !claimed(noun)
        {
            clauses.clear();
        }
    }
    clauses.sort_by_key(|t| {
        (
            is_weak(context, tree, *t),
            !has_subject(tree, *t),
            tree.ancestors(*t).take(group.len() + 1).count(),
            *t,
        )
    });
    clauses.first().copied().or_else(|| {
        // "told a conference that he had left": an addressee that was taken for the content.
        let noun = first.filter(|t| {
            claimed(*t) || matches!(tree.relation(*t), Relation::Object | Relation::Oblique)
        })?;
        tree.children_of(noun, &[Relation::AdjectivalClause, Relation::Complement]).find(|c| {
            tree.is_finite(*c)
                && group.binary_search(c).is_ok()
                && has_subject(tree, *c)
                && (claimed(noun) || tree.child(*c, Relation::Marker).is_some())
        })
    })
}

/// "Provided that both agree, they will sign": the clause for which the condition is set, where the parse
/// hangs both on the word that opens it.
fn beside_condition(context: &Context, tree: &Tree, group: &[usize], head: usize) -> usize {
    let opens = context.tables.operators.clauses.conditional.contains(context.form_lower(head));
    if !opens {
        return head;
    }
    tree.children_of(head, &[Relation::Complement, Relation::Parataxis])
        .find(|c| group.binary_search(c).is_ok() && tree.child(*c, Relation::Marker).is_none())
        .unwrap_or(head)
}

/// What is said of something: "called it a crime", "described the raid as a mistake".
fn small_clause(context: &Context, tree: &Tree, group: &[usize]) -> Option<usize> {
    judged_what(context, tree, group).or_else(|| judged_object(context, tree, group))
}

/// "in what she called a massacre", "in what she described as a massacre".
fn judged_what(context: &Context, tree: &Tree, group: &[usize]) -> Option<usize> {
    let what = *group.first().filter(|t| context.form_lower(**t) == "what")?;
    let verb = tree
        .children_of(what, &[Relation::RelativeClause, Relation::AdjectivalClause])
        .find(|v| group.binary_search(v).is_err())?;
    group.iter().copied().find(|t| {
        tree.head(*t) == Some(verb)
            && *t > verb
            && match tree.relation(*t) {
                Relation::Object | Relation::OpenComplement => true,
                Relation::Oblique => tree
                    .child(*t, Relation::Case)
                    .is_some_and(|c| context.form_lower(c) == "as"),
                _ => false,
            }
    })
}

fn judged_object(context: &Context, tree: &Tree, group: &[usize]) -> Option<usize> {
    let object = *group.iter().find(|t| tree.relation(**t) == Relation::Object)?;
    let verb = tree.head(object).filter(|v| group.binary_search(v).is_err())?;
    let as_what = |t: usize| {
        // "blamed Oskaria for the raid", "accused it of a crime"; "thanked them for the trip".
        let somebody = || matches!(tree.upos(object), Upos::Propn | Upos::Pron);
        let opens = tree.child(t, Relation::Case).or_else(|| tree.child(t, Relation::Marker));
        opens.is_some_and(|c| match context.form_lower(c) {
            "as" => true,
            "for" | "of" => somebody(),
            _ => false,
        })
    };
    group.iter().copied().find(|t| {
        tree.head(*t) == Some(verb)
            && *t > object
            && (tree.relation(*t) == Relation::OpenComplement
                || matches!(tree.relation(*t), Relation::Oblique | Relation::AdverbialClause)
                    && as_what(*t))
    })
}

/// The object of which a small clause says something: "called *it* a crime".
pub(super) fn object_judged(context: &Context, group: &[usize], head: usize) -> Option<usize> {
    let tree = context.tree();
    let verb = tree.head(head).filter(|v| group.binary_search(v).is_err())?;
    let object = tree.child(verb, Relation::Object)?;
    (group.binary_search(&object).is_ok() && object < head).then_some(object)
}

/// Of coordinated clauses the one that looks ahead or hedges, if the first only reports.
fn looking_ahead(context: &Context, tree: &Tree, group: &[usize], head: usize) -> usize {
    let modal = |t: usize| context.clauses().predicate(t).is_some_and(|p| p.modal.is_some());
    if modal(head) || !tree.is_finite(head) {
        return head;
    }
    let hedged = |t: usize| {
        context
            .tables
            .operators
            .find(context.lemma(t), |c| c == Construction::Adjective)
            .is_some_and(|o| o.effect == Effect::Hedge || o.effect == Effect::Raising)
    };
    let expects = |t: usize| context.tables.operators.expects(context.lemma(t));
    let perfect = context.clauses().predicate(head).is_some_and(|p| p.perfect);
    let told = context.is_past(head) || perfect;
    tree.children_of(head, &[Relation::Coordination])
        .find(|c| {
            told && group.binary_search(c).is_ok() && (modal(*c) || hedged(*c) || expects(*c))
        })
        .unwrap_or(head)
}
