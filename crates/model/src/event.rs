use serde::{Deserialize, Serialize};

use crate::span::PrintedSpan;

/// A typed proposition: who does what to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Class of an event pack (`capture`), or the predicate's lemma where no pack matches.
    pub class: String,
    /// The pack that knows the class (`conflict`); null for a generic class.
    pub pack: Option<String>,
    /// Who does it.
    pub actor: Option<Entity>,
    /// To whom or what.
    pub target: Option<Entity>,
    /// Where, when it is not the target.
    pub place: Option<Entity>,
    /// A number that decides it ("above 5 percent"), as printed.
    pub threshold: Option<String>,
    /// The word that names the event.
    pub trigger: PrintedSpan,
}

/// A participant of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Resolved name: a country for its troops, the full name for a surname, the gazetteer's
    /// name for a place.
    pub name: String,
    /// The words in the article.
    pub span: PrintedSpan,
}
