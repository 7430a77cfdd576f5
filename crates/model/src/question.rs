use serde::{Deserialize, Serialize};

/// A resolvable event on which statements of many articles bear.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Derived from class, actor and target.
    pub id: String,
    /// A yes/no sentence in plain English.
    pub text: String,
    /// Class of the event.
    pub class: String,
    /// Who would do it.
    pub actor: Option<String>,
    /// To whom or what.
    pub target: Option<String>,
    /// What would decide it, from the event's pack.
    pub criteria: Option<String>,
    /// The statements that bear on it, in the order of their articles' dates.
    pub bearings: Vec<Bearing>,
}

/// How one statement bears on a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bearing {
    /// The statement's id.
    pub statement: String,
    /// For or against.
    pub stance: Stance,
    /// Lowest probability (0 to 1) of "yes" that the words leave; null is unknown.
    pub low: Option<f64>,
    /// Highest probability (0 to 1) of "yes" that the words leave; null is unknown.
    pub high: Option<f64>,
    /// Why the statement bears on the question, in one sentence.
    pub reason: String,
}

/// For or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// The statement says that it will be, is or may be so.
    Yes,
    /// The statement says that it will not be, or hardly.
    No,
}

impl Stance {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}
