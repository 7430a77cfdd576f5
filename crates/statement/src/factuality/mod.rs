//! Factuality: whether an event happened or will, from −3 (certainly not) to +3 (certainly), as the
//! text presents it.
//!
//! Two linear readings over named features of the parse (tense, helpers, negation, the clauses
//! above and the words that embed), one for predicates and one for nouns. Linear, so that each
//! verdict is a sum of rows that a person can look up in `models/en/factuality.tsv`; only what is
//! denied in so many words is held below zero, since that is what the scale means.

pub mod features;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use sayso_language::{Language, Upos};
use sayso_model::Span;

use crate::{
    Context,
    tables::{List, Tables},
};

/// An event that a text speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct TextEvent {
    /// The word that names it.
    pub span: Span,
    /// Its lemma.
    pub lemma: String,
    /// The class of an event pack, where one knows the word.
    pub class: Option<String>,
    /// −3 to 3.
    pub factuality: f32,
}

/// The events of a whole article, in order.
pub fn read(context: &Context) -> Vec<TextEvent> {
    let language = context.language;
    let mut out = Vec::new();
    for sentence in &language.sentences {
        for at in sentence.tokens.clone() {
            if !is_event(context, at) {
                continue;
            }
            let token = &language.tokens[at];
            out.push(TextEvent {
                span: token.span,
                lemma: token.lemma.to_string(),
                class: class(context, token.span),
                factuality: of(language, context.tables, at),
            });
        }
    }
    out
}

/// The factuality of one predicate.
fn of(language: &Language, tables: &Tables, predicate: usize) -> f32 {
    let named = features::features(language, &tables.embedding, predicate);
    let bias = tables.embedding.weights("bias");
    let (mut web, mut news) = (bias.web, bias.news);
    for feature in &named {
        let weights = tables.embedding.weights(feature);
        web += weights.web;
        news += weights.news;
    }
    let web = web.clamp(-3.0, 3.0);
    news += tables.embedding.weights(features::step(web)).news;
    let web = tables.embedding.read(web);
    // Readers of forums were asked of hardly any noun, and news tells few: neither alone.
    let read =
        if features::is_noun(&named) { f32::midpoint(news.clamp(-3.0, 3.0), web) } else { web };
    let read = if features::is_denied(&named) { read.min(DENIED) } else { read };
    let read = if features::is_possible(&named) { read.max(POSSIBLE) } else { read };
    // Hundredths are more than the weights can tell.
    (read * 100.0).round() / 100.0
}

/// What is denied ("did not come", "refused to come") stands here at most, whatever the weights say.
const DENIED: f32 = -1.25;

/// What is called possible stands here at least, above what is denied.
const POSSIBLE: f32 = -1.0;

/// Whether a token names an event: a verb, a predicate with a copula, a noun made of a verb.
fn is_event(context: &Context, at: usize) -> bool {
    let (language, tables) = (context.language, context.tables);
    let token = &language.tokens[at];
    let helper = matches!(token.deprel, "aux" | "aux:pass" | "cop");
    match token.upos {
        // "as the others do": a helper of nothing that follows is the predicate itself.
        Upos::Verb | Upos::Aux => !helper || token.head.is_some_and(|head| head < at),
        Upos::Noun => {
            let lemma = token.lemma.as_ref();
            List::VerbalEndings.ends(lemma)
                || tables.embedding.is_event_noun(lemma)
                || tables.embedding.class(lemma).is_some()
                || class(context, token.span).is_some()
                || is_predicate(language, at)
        }
        // "a retired general", "was disappointed": participles that the tagger calls adjectives.
        Upos::Adj if is_participle(language, at) => true,
        Upos::Adj | Upos::Propn | Upos::Pron | Upos::Adv | Upos::Num | Upos::Det | Upos::Adp => {
            is_predicate(language, at)
        }
        _ => false,
    }
}

/// "existing", "broken": by its ending or its tag.
fn is_participle(language: &Language, at: usize) -> bool {
    let form = language.form(at).to_lowercase();
    form.ends_with("ed") || form.ends_with("ing") || language.tokens[at].xpos.starts_with("VB")
}

/// It has a subject or a copula of its own, or is the top of its sentence.
fn is_predicate(language: &Language, at: usize) -> bool {
    let token = &language.tokens[at];
    let near = at.saturating_sub(20)..(at + 6).min(language.tokens.len());
    token.deprel == "root"
        || near.into_iter().any(|i| {
            let child = &language.tokens[i];
            child.head == Some(at) && (child.deprel == "cop" || child.deprel.starts_with("nsubj"))
        })
}

/// The class of the pack whose trigger holds the word.
fn class(context: &Context, span: Span) -> Option<String> {
    let packs = &context.tables.packs;
    let words = &context.ground.words;
    let at = words.partition_point(|w| w.span.end <= span.start);
    let near: Vec<_> = words.get(at..words.len().min(at + 6))?.iter().collect();
    let longest = packs
        .phrases
        .each_at(&near, 0)
        .into_iter()
        .filter_map(|found| {
            let (trigger, _) = packs.entries.get(found.row)?;
            // "lift" is one of sanctions only beside its object, which is not looked for here.
            let trigger = packs.triggers.get(*trigger).filter(|t| t.object.is_empty())?;
            Some(((found.words.len(), Reverse(found.row)), trigger))
        })
        .max_by_key(|(key, _)| *key);
    packs.classes.get(longest?.1.class).map(|c| c.name.clone())
}
