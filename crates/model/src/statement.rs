use serde::{Deserialize, Serialize};

use crate::{
    article::ArticleRef, certainty::Certainty, event::Event, place::Place, quantity::Quantity,
    span::PrintedSpan, window::Window,
};

/// Version of the statement record that is written now.
///
/// Schema 2 adds [`Statement::said`], [`Speaker::confidence`] and [`Speaker::candidates`]. A record
/// of schema 1 is read as one in which they are unknown, and keeps its number.
pub const SCHEMA: u32 = 2;

/// An attribution that has been read: schema 2 of the statement record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// [`SCHEMA`] of the program that read it; older records keep their own.
    pub schema: u32,
    /// Derived from the article's id and the cue and content spans
    /// ([`crate::statement_id`]), so that reading the same text again gives the same id.
    pub id: String,
    /// The article it stands in.
    pub article: ArticleRef,
    /// The innermost holder of the statement; null for a sourceless one ("reportedly").
    pub speaker: Option<Speaker>,
    /// Who stands between the article and the speaker, outermost first.
    pub chain: Vec<Link>,
    /// Who, as the article words it.
    pub source: Vec<PrintedSpan>,
    /// "said", "according to"; empty where the statement is carried on from the one before.
    pub cue: Vec<PrintedSpan>,
    /// What was said.
    pub content: Vec<PrintedSpan>,
    /// When it was said; null means about when the article was published. Windows count from it.
    #[serde(default)]
    pub said: Option<Said>,
    /// Verbatim, paraphrased or both.
    pub speech: Speech,
    /// What the statement does.
    pub kind: Kind,
    /// Whether the event is said to happen or not to happen.
    pub polarity: Polarity,
    /// How sure the speaker is; null where no words say so.
    pub certainty: Option<Certainty>,
    /// What must hold first.
    pub condition: Option<Condition>,
    /// When it can come true.
    pub window: Option<Window>,
    /// Places named in the content.
    pub places: Vec<Place>,
    /// Numbers named in the content.
    pub quantities: Vec<Quantity>,
    /// What is said to happen.
    pub event: Option<Event>,
    /// Statements of the same article that word the same matter of the same speaker otherwise
    /// (a paraphrase beside a quotation): their ids.
    pub drift: Vec<String>,
    /// Ours: is this extraction right? 0 to 1.
    pub confidence: f64,
    /// Program, version and models.
    pub extractor: String,
}

/// The innermost holder of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// Derived from name and kind; an anonymous speaker's also from its article.
    pub id: String,
    /// Fullest name that the article gives, or the words where there is no name
    /// ("NATO official").
    pub name: String,
    /// What sort of speaker.
    pub kind: SpeakerKind,
    /// "NATO Secretary General"
    pub role: Option<String>,
    /// Ours: does the mention stand for this speaker? 0 to 1; 1 for a name that the source itself
    /// gives in full. Null in records of schema 1.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// Whom the mention could stand for, the likeliest first, where the name is withheld because
    /// the linking is too unsure; else empty.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// How the article refers to the speaker here ("he").
    pub mention: Option<PrintedSpan>,
}

impl Speaker {
    /// The id of a speaker of this kind and name. Whoever has no name of their own is somebody of
    /// one article.
    pub fn id_of(kind: SpeakerKind, name: &str, article: &str) -> String {
        let mut key = format!("{} {}", kind.word(), name.to_lowercase());
        if matches!(kind, SpeakerKind::Anonymous | SpeakerKind::Author | SpeakerKind::Group) {
            key = format!("{article} {key}");
        }
        crate::content_id("p", &key)
    }
}

/// Somebody for whom a mention could stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The id that the speaker would have ([`Speaker::id_of`]).
    pub id: String,
    /// Fullest name that the article gives.
    pub name: String,
    /// How likely the mention stands for them, 0 to 1.
    pub confidence: f64,
}

/// Sorts of speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// A named human being.
    Person,
    /// A named organization, government, outlet.
    Organization,
    /// People in the plural: "analysts", "residents".
    Group,
    /// A person whom the article does not name.
    Anonymous,
    /// The article's own author.
    Author,
}

/// Someone between the article and the speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Name as the article gives it.
    pub name: String,
    /// What sort of link.
    pub kind: LinkKind,
    /// The words that make it a link ("citing", "told").
    pub cue: Option<String>,
    /// The name in the article.
    pub span: PrintedSpan,
}

/// Sorts of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// A newspaper, a broadcaster, a channel.
    Outlet,
    /// A news agency.
    Agency,
    /// A person.
    Person,
    /// Any other organization.
    Organization,
    /// Someone unnamed.
    Anonymous,
}

/// Whether a speaker's words are given as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speech {
    /// Verbatim, quoted.
    Direct,
    /// Paraphrased.
    Indirect,
    /// A paraphrase with quoted words in it.
    Mixed,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Says what will or may happen.
    Forecast,
    /// Judges how things are.
    Assessment,
    /// Says what happened or is the case.
    Report,
    /// Says what the speaker, or the speaker's side, means to do.
    Intention,
    /// Says what somebody should do.
    Demand,
    /// Says that something is not so.
    Denial,
}

/// Whether the event is said to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// When a speaker said something, as the words around the cue tell ("on Wednesday", "two years
/// ago", "in May promised"), anchored on the publication date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// First day; null where the article has no date.
    pub earliest: Option<jiff::civil::Date>,
    /// Last day; null where the article has no date.
    pub latest: Option<jiff::civil::Date>,
    /// The words.
    pub text: String,
    /// The words in the article.
    pub span: PrintedSpan,
}

/// What must hold before the statement does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The words.
    pub text: String,
    /// The words in the article.
    pub span: PrintedSpan,
}

/// Serde prints enums in the contract's spelling; people and SQL need the same word.
macro_rules! words {
    ($($type:ident { $($variant:ident => $word:literal),+ $(,)? })+) => {$(
        impl $type {
            /// The contract's word, the same as in JSON.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    )+};
}
words! {
    Speech { Direct => "direct", Indirect => "indirect", Mixed => "mixed" }
    Kind {
        Forecast => "forecast", Assessment => "assessment", Report => "report",
        Intention => "intention", Demand => "demand", Denial => "denial",
    }
    Polarity { Yes => "yes", No => "no" }
    SpeakerKind {
        Person => "person", Organization => "organization", Group => "group",
        Anonymous => "anonymous", Author => "author",
    }
    LinkKind {
        Outlet => "outlet", Agency => "agency", Person => "person",
        Organization => "organization", Anonymous => "anonymous",
    }
}
