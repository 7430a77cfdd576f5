//! The ledger: the store of articles, statements and questions, in one `SQLite` file, with the evidence of
//! articles in a folder beside it.
//!
//! [`Ledger::open`] and [`Ledger::add`] put things in; [`Ledger::find`], [`Ledger::questions`] and
//! their like get them out, as plain types of [`sayso_model`]. All SQL of the product is in this
//! crate.
//!
//! **Why it only appends.** A ledger that can be edited has to be trusted; one that cannot, can be
//! checked. Every correction is a new record beside the old one and a row in `revisions` that says
//! which holds, since when and why. Triggers refuse updates and deletes to every program that
//! opens the file, not only to this one.
//!
//! **Why the record is JSON and the columns repeat it.** The record of a statement is a contract
//! with a schema number; a reader who knows nothing but JSON can take it out (`record/mod.rs` says
//! what is left out because the article has it, and the view `said_words` puts the words back in).
//! Columns beside it exist for filtering and ordering alone, and can be made again from the records
//! by a migration. The other way, a column for each field and a table for each list, needs a
//! migration whenever the record grows, and seven joins to print one statement.
//!
//! **Costs.** Adding is linear in the article. A page of [`Ledger::find`] without words and names
//! walks an index; with them it costs what they match, a short row each. [`Ledger::relink`] reads what is new since it
//! was called last. [`Ledger::verify`] reads everything and holds one article at a time.

mod add;
mod archives;
mod compare;
mod context;
mod corrections;
mod edits;
mod error;
mod evidence;
mod fetch;
mod figures;
mod find;
mod fit;
mod happenings;
mod identity;
mod kin;
mod linking;
mod listing;
pub mod mend;
mod open;
mod outcomes;
mod places;
mod publish;
mod query;
mod questions;
mod quotes;
mod record;
mod redact;
mod review;
mod schema;
mod scoring;
mod speakers;
mod speaking;
mod take;
mod unnamed;
mod verdicts;
mod verify;
mod views;
mod visits;
mod words;

use std::path::{Path, PathBuf};

pub use archives::ArchivePlace;
pub use context::Sentence;
pub use corrections::{Correction, Run};
pub use edits::Edit;
pub use error::{LedgerError, Result};
pub use evidence::{Evidence, Keep, Packed};
pub use figures::OutletSummary;
pub use happenings::{Happened, Happening};
pub use identity::{Identified, Identity, Known};
pub use kin::{Changes, Relation, Relative};
pub use outcomes::{OutcomeView, Ruling};
pub use places::PlaceSummary;
pub use query::{Query, QueryError, WindowState};
pub use quotes::{
    DraftQuotation, ParaphraseCheck, ParaphraseDrift, QuotationCheck, QuotationSource,
    QuotationVerdict, WordDifference,
};
pub use redact::{Redacted, Redaction};
pub use scoring::{DeadlineLine, Held, ScoreLine, Scores, Scoring, Sheet, SheetLine, Whose};
pub use speaking::ChangedMind;
pub use take::Incoming;
pub use views::{
    Added, ArticleSummary, BearingStatement, BearsOn, CompareView, Counts, Doubtful, FacetCount,
    Facets, Hit, Merge, OriginView, Page, Problem, QuestionSummary, QuestionView, Record, Relinked,
    Reread, Review, RoleSeen, Side, SpeakerSummary, Verdict, Version,
};
pub use visits::Visit;
pub use words::{FIELD, NAME, check_words};

/// An open ledger. It can be sent to another thread and not be shared between two: each opens its
/// own.
#[derive(Debug)]
pub struct Ledger {
    connection: rusqlite::Connection,
    /// As the user named it.
    path: PathBuf,
    /// The very file: absolute, and behind every link.
    file: PathBuf,
}

impl Ledger {
    /// The version of ledgers that this program writes; it reads all before it too.
    pub const VERSION: u32 = schema::VERSION;

    /// The file as it was named; `:memory:` for a ledger that has none.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
