//! What the words of saying make of a statement.

use std::collections::BTreeSet;

use crate::{
    Attribution, Context,
    passage::Passage,
    tables::{CueClass, List},
    words::Word,
};

/// The cue of an attribution, read.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Cue {
    /// The class of its verb.
    pub class: Option<CueClass>,
    /// Its lemmas in lower case, particles joined to their verb.
    pub lemmas: BTreeSet<String>,
    /// Negated, or its source is nobody: "did not say", "nobody expects".
    pub negated: bool,
    /// Its negation belongs to what is said: "does not think that".
    pub raises: bool,
    /// Says that nothing was said: "has not promised", "refused to say whether".
    pub silent: bool,
    /// Says that it will not be: "ruled out".
    pub excludes: bool,
    /// Asks.
    pub asks: bool,
}

/// The most words before what somebody refuses to tell: "to say publicly whether".
const MAX_BEFORE_REFUSED: usize = 6;

impl Cue {
    pub(super) fn read(context: &Context, attribution: &Attribution) -> Self {
        let kinds = &context.tables.kinds;
        let cue = Passage::of(context, &attribution.cue);
        let content = Passage::content(context, attribution);
        let source = Passage::of(context, &attribution.source);
        // "called for a truce": the preposition may stand in the content.
        let words = cue.words.iter().chain(content.words.first());
        let words: Vec<&Word> = words.copied().collect();
        let class =
            kinds.cues.all(&words).iter().find_map(|f| kinds.cue_classes.get(f.row)).copied();
        let no_longer =
            (0..cue.words.len()).any(|i| cue.lower(i) == "no" && cue.lower(i + 1) == "longer");
        let negated =
            cue.words.iter().any(|w| kinds.negation.contains(w.lower.as_ref()) && w.lower != "no")
                || no_longer
                || source.words.first().is_some_and(|w| w.is_in(List::Nobody));
        let raises = cue.words.iter().any(|w| kinds.raising.contains(w.lower.as_ref()));
        let opens_with_question = kinds.questions.contains(content.lower(0));
        let tells = |w: &Word| w.lower == "that" || kinds.questions.contains(w.lower.as_ref());
        let told_not = content.lower(0) == "to"
            && content.words.iter().take(MAX_BEFORE_REFUSED).any(|w| tells(w));
        let refused = class == Some(CueClass::Denial) && (opens_with_question || told_not);
        let lemmas = attribution
            .cue
            .iter()
            .flat_map(|span| context.language.tokens_in(*span))
            .map(|t| context.lemma(t).to_owned())
            .collect();
        Self {
            class,
            lemmas,
            negated,
            raises,
            silent: negated && !raises || refused,
            excludes: class != Some(CueClass::Denial) && !kinds.failing.all(&cue.words).is_empty(),
            asks: class == Some(CueClass::Question) && opens_with_question,
        }
    }
}
