//! Statements of many articles become one picture: who speaks, on which questions, how many
//! independent origins stand behind it, who contradicts whom.
//!
//! Four ideas, each pure, each a few modules:
//! - [`questions`]: which statements speak of the same event, and which side each takes. The work
//!   is done by [`plan`] on [`Shape`]s, so that a ledger can link what is new without reading what
//!   is old. [`deadlines`] sorts the windows under a question.
//! - [`people`]: one speaker under many names.
//! - [`origin_keys`] and [`Passage`]: which reports trace to one first source; [`origins`] joins
//!   them.
//! - [`compare`]: contradictions, drift, changed minds, numbers that differ.
//!
//! Output depends on what is given and never on its order. Nothing here knows a file or a clock.
//!
//! **Why equal keys and no similarity of meaning.** Two statements meet in a question when their
//! events have the same actor and target and the same class (or one that the pack calls its
//! opposite). A measure of likeness would join more, and nobody could say why two statements stand
//! side by side; here every bearing, merge and origin prints its reason.

mod claim;
mod class;
mod compare;
mod deadline;
mod issue;
mod origin;
mod person;
mod plan;
mod quantity;
mod question;
mod reason;
mod shingle;
mod spelling;
mod stance;
mod tables;
mod voices;
mod wire;

pub use claim::{Claim, Named, Shape, claims};
pub use class::{By, Class, Classes, Opposite};
pub use compare::{Change, Comparison, Contradiction, Difference, Drift, Said, compare};
pub use deadline::{Deadline, deadlines};
pub use issue::{
    ALIKE_DAYS, IssueKey, IssueWords, Outline, Tie, is_open, issue_bearing, issues, retensed,
    sentence as issue_sentence, with_article,
};
pub use origin::{
    DAYS, Origin, Report, Why, content, holder_origin, is_copy, name_roles, origin_keys, origins,
    unheld_origin,
};
pub use person::{Place, Profile, block, meant, people};
pub use plan::{Path, Topic, plan};
pub use question::{Names, ask, bearing, group_questions, groups, questions};
pub use shingle::Passage;
pub use tables::Names as NameTables;
pub use voices::{Voice, context, speakers};
pub use wire::credit;
