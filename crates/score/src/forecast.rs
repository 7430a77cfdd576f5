//! A statement as far as scoring looks at it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::chance::Chance;

/// A forecast, or the announcement of a plan with a date, by its statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The statement's id.
    pub id: String,
    /// Whose scorecard it counts on: a speaker, an outlet, anything.
    pub group: String,
    /// Who holds it: repeats are merged within one holder.
    pub holder: String,
    /// The question it bears on.
    pub question: Option<String>,
    /// The day on which it was said.
    pub said: Option<Date>,
    /// Article and place in it: of two views of one day the later place counts.
    pub place: (String, u32),
    /// When it can come true.
    pub span: Option<Span>,
    /// True for "it will happen", false for "it will not".
    pub says_yes: bool,
    /// Its chance of "yes" on the question, or why it has none.
    pub claim: Claim,
    /// True where any word says how sure the speaker is.
    pub is_hedged: bool,
    /// What the speaker means to do: listed among deadlines, never scored.
    pub is_intention: bool,
}

/// What a forecast claims of its question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Claim {
    /// The question's "yes" has this chance.
    Chance(Chance),
    /// The same, if a condition comes about: scored only by an outcome of the forecast itself.
    Conditional(Chance),
    /// Nothing that can be scored.
    None(Unscorable),
}

/// The days in which a forecast can come true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day. `None`: from the day on which it was said.
    pub earliest: Option<Date>,
    /// Last day of the plain reading.
    pub latest: Option<Date>,
    /// Last day of the generous reading ("in the coming days" is seldom over on the seventh).
    pub latest_soft: Option<Date>,
    /// True for words without exact days, whose window moves with the day of publication.
    pub is_vague: bool,
}

impl Span {
    /// The last day on which it can still come true, read generously.
    pub fn end(self) -> Option<Date> {
        self.latest_soft.max(self.latest)
    }
}

/// Why a forecast cannot be scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unscorable {
    /// No question asks what it says.
    NoQuestion,
    /// It names no last day, or nobody knows when it was said.
    Undated,
    /// "may", "cannot be ruled out"
    Possibility,
    /// "with moderate confidence"
    NoLikelihood,
    /// "at least", "at most": its words leave one end open.
    OneSided,
    /// "plans to"
    Plan,
    /// "wants to"
    Wish,
    /// It holds on a condition, and no outcome says whether that came about.
    Condition,
    /// The outlet's paraphrase beside the speaker's own words, which count instead.
    Paraphrase,
    /// It was so already when it was said.
    AlreadySo,
    /// It was said when the matter was decided.
    AfterTheFact,
    /// Some of it came true.
    Partial,
    /// Accounts of it contradict each other.
    Disputed,
    /// No evidence can decide it.
    Unresolvable,
    /// It came true so near to an end of the window that nobody knows on which side.
    UnclearDay,
}

impl Unscorable {
    /// True for reasons that lie in an outcome and not in what was said: another resolver may have
    /// another.
    pub fn is_of_outcome(self) -> bool {
        matches!(
            self,
            Self::AlreadySo
                | Self::AfterTheFact
                | Self::Condition
                | Self::Partial
                | Self::Disputed
                | Self::Unresolvable
                | Self::UnclearDay
        )
    }

    /// The reason as a phrase for people.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::NoQuestion => "no question asks it",
            Self::Undated => "no last day",
            Self::Possibility => "a possibility",
            Self::NoLikelihood => "no likelihood said",
            Self::OneSided => "a bound on one side only",
            Self::Plan => "a plan",
            Self::Wish => "a wish",
            Self::Condition => "on a condition not yet decided",
            Self::Paraphrase => "a paraphrase beside the speaker’s own words",
            Self::AlreadySo => "already so when said",
            Self::AfterTheFact => "said after the fact",
            Self::Partial => "came about in part",
            Self::Disputed => "disputed",
            Self::Unresolvable => "cannot be decided",
            Self::UnclearDay => "the day is unclear",
        }
    }
}
