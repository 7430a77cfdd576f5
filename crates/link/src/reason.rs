//! Why a statement bears on a question, in one sentence.

use crate::{claim::Claim, plan::Path, quantity};

/// The sentence.
pub(crate) fn sentence(claim: &Claim, path: Path) -> String {
    let class = claim.shape.class.replace('_', " ");
    let first = match path {
        Path::Same if claim.shape.class == quantity::CLASS => {
            "It gives the same ratio for the same place".to_owned()
        }
        Path::Same => format!("It speaks of the same event, {class}"),
        Path::NoActor => format!(
            "It speaks of {class} without saying by whom, and this is the only question of {class} \
             with this target"
        ),
        Path::Rival | Path::Defied => format!("It speaks of the opposite event, {class}"),
    };
    let mut parts = vec![first];
    if claim.words.denied {
        parts.push("says that it does not happen".to_owned());
    }
    if let (true, Some(term)) = (claim.reading.hedged_away, &claim.words.term) {
        parts.push(format!("calls it “{term}”, which is less than even odds"));
    }
    if claim.words.intention {
        parts.push("states an intention and no forecast".to_owned());
    }
    if claim.words.conditional {
        parts.push("holds under a condition".to_owned());
    }
    match parts.split_last() {
        Some((last, [])) => format!("{last}."),
        Some((last, before)) => format!("{} and {last}.", before.join(", ")),
        None => String::new(),
    }
}
