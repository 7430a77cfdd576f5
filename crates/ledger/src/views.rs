use sayso_model::{ArticleRef, Bearing, Question, SpeakerKind, Stance, Statement};
use serde::Serialize;

/// What adding an article did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Added {
    /// The article and its statements are new to the ledger.
    New {
        /// How many statements were added.
        statements: usize,
    },
    /// The same, and another text at its address was there before: it was noted as a version of it.
    Version {
        /// How many statements were added.
        statements: usize,
    },
    /// The same, and most of it stands in an article that was there before, or the other way round:
    /// it was noted as a copy of that.
    NearCopy {
        /// How many statements were added.
        statements: usize,
    },
    /// The ledger has the very text already; nothing changed.
    Same,
    /// The ledger has the very text, and not from this outlet or address: the copy was noted,
    /// the article and its statements stay as they are.
    Copy,
    /// The article was removed at somebody's request ([`crate::Ledger::redact`]) and stays away.
    Redacted,
}

/// What reading a known article again changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Reread {
    /// Statements that were not there before.
    pub added: usize,
    /// Statements that a new record supersedes.
    pub superseded: usize,
    /// Statements that the new reading no longer has.
    pub withdrawn: usize,
    /// Statements that stay as a reviewer left them, whatever the new reading says.
    pub kept: usize,
}

/// What linking changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Relinked {
    /// Questions now.
    pub questions: usize,
    /// Records written because a question or a bearing is new or has changed.
    pub written: usize,
    /// Records superseded or withdrawn.
    pub superseded: usize,
}

/// One page of a longer list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// How many the whole list has.
    pub total: usize,
    /// Where the next page begins (`Query::cursor`); null on the last.
    pub next: Option<String>,
}

/// A statement that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The record.
    pub statement: Statement,
    /// The questions that it bears on, in the order of their ids.
    pub bears_on: Vec<BearsOn>,
}

/// A question seen from one of its statements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BearsOn {
    /// The question's id.
    pub question: String,
    /// The question's sentence.
    pub text: String,
    /// Which side the statement takes.
    pub stance: Stance,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleSummary {
    /// Id, outlet, title, date.
    pub article: ArticleRef,
    /// Byline.
    pub author: Option<String>,
    /// How many statements it holds.
    pub statements: usize,
    /// Further outlets or addresses under which the very text was published.
    pub copies: usize,
}

/// A speaker in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpeakerSummary {
    /// The speaker's id, across articles.
    pub id: String,
    /// The name that most articles give.
    pub name: String,
    /// All names under which articles give this speaker, most frequent first.
    pub names: Vec<String>,
    /// Person, organization, …
    pub kind: SpeakerKind,
    /// Roles that the articles give, most frequent first.
    pub roles: Vec<String>,
    /// The same with the days on which they were seen.
    pub seen: Vec<RoleSeen>,
    /// Who it is outside of the ledger, where a list of the user's has told.
    pub identity: Option<crate::Identity>,
    /// How many statements.
    pub statements: usize,
    /// How many articles they stand in.
    pub articles: usize,
    /// How many of the statements are forecasts.
    pub forecasts: usize,
    /// Publication date of the first.
    pub first: Option<String>,
    /// Publication date of the last.
    pub last: Option<String>,
}

/// A role that articles give a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleSeen {
    /// As worded.
    pub role: String,
    /// Articles that give it.
    pub articles: usize,
    /// Publication date of the first of them.
    pub first: Option<String>,
    /// Publication date of the last.
    pub last: Option<String>,
}

/// One stance of a question in figures.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Side {
    /// Statements that take it.
    pub statements: usize,
    /// Different speakers that take it.
    pub speakers: usize,
    /// Lowest probability (0 to 1) of "yes" in their words.
    pub low: Option<f64>,
    /// Highest probability (0 to 1) of "yes" in their words.
    pub high: Option<f64>,
}

/// A question in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionSummary {
    /// The question's id.
    pub id: String,
    /// The yes/no sentence.
    pub text: String,
    /// Class of the event.
    pub class: String,
    /// Who would do it.
    pub actor: Option<String>,
    /// To whom or what.
    pub target: Option<String>,
    /// Statements that bear on it.
    pub statements: usize,
    /// Different speakers.
    pub speakers: usize,
    /// Different articles.
    pub articles: usize,
    /// Different outlets.
    pub outlets: usize,
    /// Independent first sources that the statements trace to.
    pub origins: usize,
    /// Who says yes.
    pub yes: Side,
    /// Who says no.
    pub no: Side,
    /// Publication date of the first statement.
    pub first: Option<String>,
    /// Publication date of the last.
    pub last: Option<String>,
}

/// A question with its statements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionView {
    /// The question, its criteria and its bearings.
    pub question: Question,
    /// Its figures.
    pub summary: QuestionSummary,
    /// The statements with how each bears, in the order of their articles' dates; of more than 500
    /// the latest.
    pub statements: Vec<BearingStatement>,
}

/// A statement in a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BearingStatement {
    /// Stance, range and reason.
    pub bearing: Bearing,
    /// The record.
    pub statement: Statement,
    /// Who speaks, across articles; null where nobody is named.
    pub person: Option<String>,
    /// The first source that the statement traces to.
    pub origin: String,
    /// What joined it to others of its origin: `holder`, `unnamed`, `copied`.
    pub why: Option<String>,
}

/// One value of a field with how many of the found statements have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value, as a query takes it.
    pub value: String,
    /// Statements.
    pub count: usize,
}

/// The most frequent values of some fields among the found statements, most frequent first, then
/// by value; at most twelve each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Facets {
    /// Speakers by name.
    pub speaker: Vec<FacetCount>,
    /// Places by name.
    pub place: Vec<FacetCount>,
    /// Event classes.
    pub event: Vec<FacetCount>,
    /// Kinds ([`sayso_model::Kind`]).
    pub kind: Vec<FacetCount>,
    /// Outlets by name.
    pub outlet: Vec<FacetCount>,
}

/// What the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Outlets with a name.
    pub outlets: usize,
    /// Statements, superseded ones not counted.
    pub statements: usize,
    /// Statements that are forecasts ([`sayso_model::Kind::Forecast`]).
    pub forecasts: usize,
    /// Speakers.
    pub speakers: usize,
    /// Questions.
    pub questions: usize,
    /// Files of evidence; articles may share one.
    pub evidence: usize,
}

/// What verification found wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The id of the article, statement or question; `ledger` for the file as a whole.
    pub record: String,
    /// One sentence.
    pub message: String,
}

/// One record of a statement among those that its id has had.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Version {
    /// The record.
    pub statement: Statement,
    /// When it was added.
    pub added_at: String,
    /// When it was superseded or withdrawn; null where it holds.
    pub ended: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A record of any sort, for a reader who has only an id.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// An article with its text.
    Article(Box<sayso_model::Article>),
    /// A statement.
    Statement(Box<Statement>),
    /// A question with its statements.
    Question(Box<QuestionView>),
    /// A speaker.
    Speaker(Box<SpeakerSummary>),
}

/// A question looked at from all sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareView {
    /// Its figures.
    pub summary: QuestionSummary,
    /// Its deadlines, the earliest first.
    pub deadlines: Vec<sayso_link::Deadline>,
    /// The first sources, those with most reports first.
    pub origins: Vec<OriginView>,
    /// Who contradicts whom, who changed their mind, what drifted, which numbers differ.
    pub comparison: sayso_link::Comparison,
    /// The statements that the above names; of more than 500 the latest.
    pub statements: Vec<BearingStatement>,
}

/// Reports of one first source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OriginView {
    /// Its id.
    pub id: String,
    /// Who it is, with the first outlet where the source is unnamed.
    pub holder: String,
    /// Different outlets that report it.
    pub outlets: usize,
    /// What joined its reports, each once.
    pub why: Vec<String>,
    /// Ids of the statements, by date.
    pub statements: Vec<String>,
}

/// What a reviewer says of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was read right.
    Accept,
    /// It was read wrong, and a new record says how it reads.
    Correct,
    /// It is no statement.
    Reject,
    /// The verdict before this one holds no longer.
    Undo,
}

impl Verdict {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct => "correct",
            Self::Reject => "reject",
            Self::Undo => "undo",
        }
    }

    pub(crate) fn of(word: &str) -> Option<Self> {
        [Self::Accept, Self::Correct, Self::Reject, Self::Undo]
            .into_iter()
            .find(|v| v.word() == word)
    }
}

/// A verdict as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The statement's id.
    pub statement: String,
    /// What was said of it.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// By whom.
    pub reviewer: String,
    /// When.
    pub added_at: String,
    /// True where the latest reading of the article no longer has the statement.
    pub orphan: bool,
}

/// A merge of speakers: which name in which role is whom, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merge {
    /// The id that statements give.
    pub speaker: String,
    /// The role; empty for none.
    pub role: String,
    /// The id across articles.
    pub person: String,
    /// The evidence.
    pub reason: String,
    /// Who decided it; null for linking itself.
    pub reviewer: Option<String>,
    /// When.
    pub added_at: String,
}

/// A statement that waits for a reviewer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubtful {
    /// Harm times doubt: the queue's order.
    pub worry: f64,
    /// The record.
    pub statement: Statement,
}
