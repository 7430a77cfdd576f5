//! Whether the claim is said to be so.
//!
//! The signs along the path from the cue to the claim are multiplied. A hedge has swallowed its own
//! negation ("not likely"): a low likelihood stays a yes with a low range.

use sayso_model::{Kind, Polarity};

use crate::{
    Context,
    reading::{Form, Reading},
    tables::{CueClass, Effect},
};

/// The polarity of a statement of a kind.
pub fn of(context: &Context, reading: &Reading, kind: Kind) -> Polarity {
    let cue = &reading.cue;
    let denied = cue.class == Some(CueClass::Denial) && !cue.silent;
    if denied {
        return Polarity::No;
    }
    let unwilled = cue.class == Some(CueClass::Intention) && cue.silent;
    let raised = cue.negated && cue.raises;
    // "the claim is false": the claim's own word calls it so.
    let called = reading.form == Form::Clause
        && reading.claim.is_some_and(|claim| {
            let lemma = context.lemma(claim);
            let false_word = context
                .tables
                .operators
                .find(&lemma, |_| true)
                .is_some_and(|o| o.effect == Effect::Falsity);
            false_word || kind == Kind::Denial && context.tables.kinds.denies(&lemma)
        });
    if reading.negated ^ unwilled ^ raised ^ called { Polarity::No } else { Polarity::Yes }
}
