//! Factuality: whether an event happened or will, from −3 (certainly not) to +3 (certainly), as the
//! text presents it.
//!
//! Two linear readings over named features of the parse (tense, helpers, negation, the clauses
//! above and the words that embed), blended by the register of the sentence. Linear, so that each
//! verdict is a sum of rows that a person can look up in `models/en/factuality.tsv`.

pub mod features;
pub mod register;
#[cfg(test)]
mod tests;

use sayso_language::{Language, Upos};
use sayso_model::Span;

use crate::{Context, tables::Tables};

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
        let mut news = None;
        for at in sentence.tokens.clone() {
            if !is_event(context, at) {
                continue;
            }
            let news = *news.get_or_insert_with(|| {
                news_like(language, context.tables, sentence.tokens.clone())
            });
            let token = &language.tokens[at];
            out.push(TextEvent {
                span: token.span,
                lemma: token.lemma.to_string(),
                class: class(context, token.span),
                factuality: of(language, context.tables, at, news),
            });
        }
    }
    out
}

/// The factuality of one predicate; `news` is the share of the news reading, 0 to 1.
pub fn of(language: &Language, tables: &Tables, predicate: usize, news: f32) -> f32 {
    let named = features::features(language, &tables.embedding, predicate);
    let bias = tables.embedding.weights("bias");
    let (mut web, mut edited) = (bias.web, bias.news);
    for feature in &named {
        let weights = tables.embedding.weights(feature);
        web += weights.web;
        edited += weights.news;
    }
    let web = web.clamp(-3.0, 3.0);
    edited += tables.embedding.weights(features::step(web)).news;
    // A noun that is no predicate is an event of news: readers of forums were asked of none.
    let noun = features::is_noun(&named);
    let share = if noun { news.max(NOUN_SHARE) } else { news };
    let blended = web * (1.0 - share) + edited.clamp(-3.0, 3.0) * share;
    // Hundredths are more than the weights can tell.
    (blended * 100.0).round() / 100.0
}

/// The least share of the news reading for a noun that is no predicate.
const NOUN_SHARE: f32 = 0.95;

/// How much a sentence is like edited news, 0 to 1.
pub fn news_like(language: &Language, tables: &Tables, sentence: std::ops::Range<usize>) -> f32 {
    let cues = register::cues(language, &tables.embedding, sentence);
    let sum: f32 = cues.iter().map(|(cue, by)| tables.embedding.weights(cue).news * by).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Endings of nouns made of verbs.
const MADE_OF_VERBS: [&str; 9] =
    ["tion", "sion", "ment", "ing", "ance", "ence", "ture", "sal", "val"];

/// Whether a token names an event: a verb, a predicate with a copula, a noun made of a verb.
fn is_event(context: &Context, at: usize) -> bool {
    let (language, tables) = (context.language, context.tables);
    let token = &language.tokens[at];
    let helper = matches!(token.deprel, "aux" | "aux:pass" | "cop");
    match token.upos {
        Upos::Verb | Upos::Aux => !helper,
        Upos::Noun => {
            let lemma = token.lemma.as_ref();
            MADE_OF_VERBS.iter().any(|end| lemma.ends_with(end))
                || tables.embedding.is_event_noun(lemma)
                || tables.embedding.class(lemma).is_some()
                || class(context, token.span).is_some()
                || is_predicate(language, at)
        }
        Upos::Adj | Upos::Propn | Upos::Pron | Upos::Adv | Upos::Num | Upos::Det | Upos::Adp => {
            is_predicate(language, at)
        }
        _ => false,
    }
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
    let found = packs.phrases.at(&near, 0)?;
    let (trigger, _) = packs.entries.get(found.row)?;
    let trigger = packs.triggers.get(*trigger)?;
    packs.classes.get(trigger.class).map(|c| c.name.clone())
}
