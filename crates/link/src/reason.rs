//! Why a statement bears on a question, in one sentence.

use sayso_model::{Event, Kind, Polarity, Statement};

use crate::{class::By, stance::Reading};

/// How a statement came to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Path {
    /// The same class, actor and target.
    Same,
    /// The same class and target, no actor said.
    NoActor,
    /// A class that the pack calls the opposite.
    Opposite(By),
}

/// The sentence.
pub(crate) fn sentence(
    statement: &Statement,
    event: &Event,
    reading: &Reading,
    path: Path,
) -> String {
    let class = event.class.replace('_', " ");
    let first = match path {
        Path::Same => format!("It speaks of the same event, {class}"),
        Path::NoActor => format!(
            "It speaks of {class} without saying by whom, and this is the only question of {class} \
             with this target"
        ),
        Path::Opposite(_) => format!("It speaks of the opposite event, {class}"),
    };
    let mut parts = vec![first];
    if statement.polarity == Polarity::No {
        parts.push("says that it does not happen".to_owned());
    }
    if let (true, Some(certainty)) = (reading.hedged_away, &statement.certainty) {
        parts.push(format!("calls it “{}”, which is less than even odds", certainty.term));
    }
    if statement.kind == Kind::Intention {
        parts.push("states an intention and no forecast".to_owned());
    }
    if statement.condition.is_some() {
        parts.push("holds under a condition".to_owned());
    }
    match parts.split_last() {
        Some((last, [])) => format!("{last}."),
        Some((last, before)) => format!("{} and {last}.", before.join(", ")),
        None => String::new(),
    }
}
