//! The nouns that every part of sayso shares: articles, spans, statements, questions.
//!
//! This crate holds data and the few functions that define it (identifiers, offsets). It knows no
//! file, network, clock or database, so that every stage can depend on it and it depends on none.
//!
//! **Why one `Statement` and not an internal and a printed one.** Layers work on [`Span`]s (byte
//! ranges). A finished statement carries [`PrintedSpan`]s, which hold the text, the bytes and the
//! code points together: whoever has a statement can check it against its article without any
//! table at hand. Two parallel families of types would have to be kept equal by hand.

mod article;
mod certainty;
mod event;
mod ids;
mod outcome;
mod place;
mod problem;
mod quantity;
mod question;
mod span;
mod statement;
mod window;

pub use article::{Article, ArticleRef, Precision, Published};
pub use certainty::{Bound, Certainty, CertaintyClass, printed_range};
pub use event::{Entity, Event};
pub use ids::{article_id, content_id, statement_id};
pub use outcome::{
    AskedWindow, OUTCOME_SCHEMA, Occurrence, Outcome, OutcomeFlaw, OutcomeSource, OutcomeState,
    Subject,
};
pub use place::{Extent, Place};
pub use problem::{Code, Problem};
pub use quantity::{Op, Quantity, QuantityKind};
pub use question::{Bearing, Question, Stance};
pub use span::{CodePoints, PrintedSpan, Span};
pub use statement::{
    Candidate, Condition, Kind, Link, LinkKind, Polarity, SCHEMA, Said, Speaker, SpeakerKind,
    Speech, Statement,
};
pub use window::{Relation, Window, WindowPrecision};
