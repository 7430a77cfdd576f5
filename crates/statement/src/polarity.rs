//! Whether the claim is said to be so.
//!
//! The signs along the path from the cue to the claim are multiplied. A hedge has swallowed its own
//! negation ("not likely"): a low likelihood stays a yes with a low range.

use sayso_model::{Certainty, CertaintyClass, Kind, Polarity};

use crate::{
    Context,
    reading::{Form, Reading},
    tables::{CueClass, Effect},
};

/// The polarity of a statement of a kind.
pub fn of(
    context: &Context,
    reading: &Reading,
    kind: Kind,
    certainty: Option<&Certainty>,
) -> Polarity {
    let cue = &reading.cue;
    let denied = cue.class == Some(CueClass::Denial) && !cue.silent;
    if denied {
        return Polarity::No;
    }
    let excluded = cue.excludes && !cue.negated;
    let unwilled = cue.class == Some(CueClass::Intention) && cue.silent;
    let raised = cue.negated && cue.raises;
    // "the claim is false": the claim's own word calls it so.
    let called = reading.form == Form::Clause
        && reading.claim.is_some_and(|claim| {
            let lemma = context.lemma(claim);
            let false_word = context
                .tables
                .operators
                .find(lemma, |_| true)
                .is_some_and(|o| o.effect == Effect::Falsity);
            false_word || kind == Kind::Denial && context.tables.kinds.denies(lemma)
        });
    let hedged = certainty
        .filter(|c| matches!(c.class, CertaintyClass::Probability | CertaintyClass::Possibility));
    let swallowed = hedged.is_some_and(|c| {
        let inside = |t: &&usize| c.span.span().contains(context.language.tokens[**t].span);
        reading.negators.iter().filter(inside).count() % 2 == 1
    });
    if reading.negated ^ swallowed ^ excluded ^ unwilled ^ raised ^ called {
        Polarity::No
    } else {
        Polarity::Yes
    }
}
