//! A statement's record as a person corrects it: fields by name, values in words.
//!
//! Whoever corrects types what the article says and never an offset: `event.target=Kalvara` looks the
//! word up in the article, near the statement first. Where the record's name is another than the
//! article's word, both are given: `event.target=Kalvara@the town`. What an article does not print is
//! refused, so that a correction stays as checkable as a reading.
//!
//! [`shown`] is the inverse of [`mend`]: each field as words that, given back, change nothing. A form can
//! therefore send every field, and those that are as they were are left out ([`changed`]).

mod find;
mod vocabulary;

use jiff::civil::Date;
use sayso_model::{
    Article, Bound, Certainty, CertaintyClass, Condition, Entity, Event, Extent, Kind, Link,
    LinkKind, Place, Polarity, PrintedSpan, Relation, SCHEMA, Speaker, SpeakerKind, Speech,
    Statement, Window, WindowPrecision,
};
use thiserror::Error;

use self::find::Words;
pub use self::vocabulary::{CertaintyTerm, EventClass, Vocabulary};

/// The fields that can be corrected, in the order in which they are set.
pub const FIELDS: [&str; 18] = [
    "speaker",
    "speaker.kind",
    "speaker.role",
    "chain",
    "kind",
    "speech",
    "polarity",
    "certainty",
    "condition",
    "window",
    "window.earliest",
    "window.latest",
    "event",
    "event.actor",
    "event.target",
    "event.threshold",
    "places",
    "quantities",
];

/// Other names under which fields go: those of the record, and short ones.
const ALIASES: [(&str, &str); 13] = [
    ("speaker.name", "speaker"),
    ("role", "speaker.role"),
    ("via", "chain"),
    ("term", "certainty"),
    ("certainty.term", "certainty"),
    ("condition.text", "condition"),
    ("window.text", "window"),
    ("event.class", "event"),
    ("actor", "event.actor"),
    ("event.actor.name", "event.actor"),
    ("target", "event.target"),
    ("event.target.name", "event.target"),
    ("place", "places"),
];

/// Takes a field away.
const NONE: &str = "none";
/// The rule of a window that a person gave.
const RULE: &str = "reviewer";
/// Parts a name from the article's words for it.
const ANCHOR: char = '@';

/// Kinds of statements.
pub const KINDS: [Kind; 6] =
    [Kind::Forecast, Kind::Assessment, Kind::Report, Kind::Intention, Kind::Demand, Kind::Denial];
/// Ways in which words are given.
pub const SPEECHES: [Speech; 3] = [Speech::Direct, Speech::Indirect, Speech::Mixed];
/// Whether it is so.
pub const POLARITIES: [Polarity; 2] = [Polarity::Yes, Polarity::No];
/// Sorts of speakers.
pub const SPEAKERS: [SpeakerKind; 5] = [
    SpeakerKind::Person,
    SpeakerKind::Organization,
    SpeakerKind::Group,
    SpeakerKind::Anonymous,
    SpeakerKind::Author,
];
const LINKS: [LinkKind; 5] = [
    LinkKind::Outlet,
    LinkKind::Agency,
    LinkKind::Person,
    LinkKind::Organization,
    LinkKind::Anonymous,
];

/// Why a correction cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MendError {
    /// There is no such field.
    #[error("There is no field {field}. The fields are {}.", FIELDS.join(", "))]
    NoField {
        /// What was given.
        field: String,
    },
    /// The article does not have the words.
    #[error(
        "{field}: the article does not print: {words}. Give its own words for it behind an @: {field}={words}@the town."
    )]
    NotPrinted {
        /// The field.
        field: &'static str,
        /// The words.
        words: String,
    },
    /// The field cannot have the value.
    #[error("{field} cannot be: {value}. {expected}")]
    Value {
        /// The field.
        field: &'static str,
        /// What was given.
        value: String,
        /// What can stand there, in a sentence.
        expected: String,
    },
    /// The field is part of something that the record does not have.
    #[error("{field}: the record has no {whole}. Set {whole} too.")]
    NoWhole {
        /// The field.
        field: &'static str,
        /// What it is part of.
        whole: &'static str,
    },
    /// Nothing would change.
    #[error("Nothing is different. Accept it, or change a field.")]
    Nothing,
}

/// The field that a name stands for.
///
/// # Errors
/// [`MendError::NoField`].
pub fn field(name: &str) -> Result<&'static str, MendError> {
    let name = name.trim();
    let known = FIELDS.into_iter().find(|field| *field == name);
    let alias = || ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, field)| *field);
    known.or_else(alias).ok_or_else(|| MendError::NoField { field: name.to_owned() })
}

/// The statement with some fields set otherwise, each by its name and in words; `none` or nothing takes
/// one away.
///
/// # Errors
/// [`MendError`]; nothing is half set.
pub fn mend(
    old: &Statement,
    article: &Article,
    vocabulary: &Vocabulary,
    fields: &[(String, String)],
) -> Result<Statement, MendError> {
    let mut known: Vec<(&'static str, &str)> = Vec::new();
    for (name, value) in fields {
        known.push((field(name)?, value.trim()));
    }
    // A part is set after its whole, in whatever order they are given.
    known.sort_by_key(|(field, _)| FIELDS.iter().position(|known| known == field));
    let words = Words::new(article, old);
    let mut draft = Draft { new: old.clone(), words, vocabulary };
    for (field, value) in known {
        let value = if value.eq_ignore_ascii_case(NONE) || value == "null" { "" } else { value };
        draft.set(field, value)?;
    }
    if draft.new == *old {
        return Err(MendError::Nothing);
    }
    Ok(Statement { schema: SCHEMA, ..draft.new })
}

/// Of some fields, those that are not as the statement has them.
pub fn changed(old: &Statement, fields: &[(String, String)]) -> Vec<(String, String)> {
    let differs = |(name, value): &&(String, String)| {
        field(name).is_ok_and(|field| shown(old, field) != value.trim())
    };
    fields.iter().filter(differs).cloned().collect()
}

/// A field of a statement in words; empty where it has none.
pub fn shown(one: &Statement, field: &str) -> String {
    let text = |words: Option<&str>| words.unwrap_or_default().to_owned();
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let speaker = one.speaker.as_ref();
    let event = one.event.as_ref();
    let window = one.window.as_ref();
    let anchored = |entity: &Entity| named(&entity.name, &entity.span);
    match field {
        "speaker" => text(speaker.map(|speaker| speaker.name.as_str())),
        "speaker.kind" => text(speaker.map(|speaker| speaker.kind.word())),
        "speaker.role" => text(speaker.and_then(|speaker| speaker.role.as_deref())),
        "chain" => {
            let links =
                one.chain.iter().map(|link| format!("{} ({})", link.name, link.kind.word()));
            links.collect::<Vec<_>>().join(" > ")
        }
        "kind" => one.kind.word().to_owned(),
        "speech" => one.speech.word().to_owned(),
        "polarity" => one.polarity.word().to_owned(),
        "certainty" => text(one.certainty.as_ref().map(|certainty| certainty.term.as_str())),
        "condition" => text(one.condition.as_ref().map(|condition| condition.text.as_str())),
        "window" => text(window.map(|window| window.text.as_str())),
        "window.earliest" => day(window.and_then(|window| window.earliest)),
        "window.latest" => day(window.and_then(|window| window.latest)),
        "event" => text(event.map(|event| event.class.as_str())),
        "event.actor" => {
            event.and_then(|event| event.actor.as_ref()).map(anchored).unwrap_or_default()
        }
        "event.target" => {
            event.and_then(|event| event.target.as_ref()).map(anchored).unwrap_or_default()
        }
        "event.threshold" => text(event.and_then(|event| event.threshold.as_deref())),
        "places" => list(one.places.iter().map(|place| named(&place.name, &place.span))),
        "quantities" => list(one.quantities.iter().map(|quantity| quantity.text.clone())),
        _ => String::new(),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

/// A name, with the article's words for it where they are others.
fn named(name: &str, span: &PrintedSpan) -> String {
    if name == span.text { name.to_owned() } else { format!("{name}{ANCHOR}{}", span.text) }
}

/// A correction on its way.
struct Draft<'a> {
    new: Statement,
    words: Words<'a>,
    vocabulary: &'a Vocabulary,
}

impl Draft<'_> {
    fn set(&mut self, field: &'static str, value: &str) -> Result<(), MendError> {
        match field {
            "speaker" => self.set_speaker(value)?,
            "speaker.kind" => {
                let kind = picked(field, value, &SPEAKERS, SpeakerKind::word)?;
                let article = self.new.article.id.clone();
                let speaker = self.speaker(field)?;
                if speaker.kind != kind {
                    speaker.kind = kind;
                    speaker.id = Speaker::id_of(kind, &speaker.name, &article);
                }
            }
            "speaker.role" => self.speaker(field)?.role = some(value),
            "chain" => self.set_chain(value)?,
            "kind" => self.new.kind = picked(field, value, &KINDS, Kind::word)?,
            "speech" => self.new.speech = picked(field, value, &SPEECHES, Speech::word)?,
            "polarity" => self.new.polarity = picked(field, value, &POLARITIES, Polarity::word)?,
            "certainty" => self.set_certainty(value)?,
            "condition" => {
                self.new.condition = match some(value) {
                    None => None,
                    Some(text) => Some(Condition { span: self.printed(field, &text)?, text }),
                };
            }
            "window" => self.set_window(value)?,
            "window.earliest" | "window.latest" => self.set_day(field, value)?,
            "event" => self.set_event(value)?,
            "event.actor" => {
                let entity = self.entity(field, value)?;
                self.event(field)?.actor = entity;
            }
            "event.target" => {
                let entity = self.entity(field, value)?;
                self.event(field)?.target = entity;
            }
            "event.threshold" => self.event(field)?.threshold = some(value),
            "places" => self.set_places(value)?,
            _ => self.set_quantities(value)?,
        }
        Ok(())
    }

    fn speaker(&mut self, field: &'static str) -> Result<&mut Speaker, MendError> {
        self.new.speaker.as_mut().ok_or(MendError::NoWhole { field, whole: "speaker" })
    }

    fn event(&mut self, field: &'static str) -> Result<&mut Event, MendError> {
        self.new.event.as_mut().ok_or(MendError::NoWhole { field, whole: "event" })
    }

    fn printed(&self, field: &'static str, words: &str) -> Result<PrintedSpan, MendError> {
        let missing = || MendError::NotPrinted { field, words: words.to_owned() };
        self.words.find(words).ok_or_else(missing)
    }

    /// A name and the words that stand for it.
    fn anchored(
        &self,
        field: &'static str,
        value: &str,
    ) -> Result<(String, PrintedSpan), MendError> {
        let (name, words) = match value.rsplit_once(ANCHOR) {
            Some((name, words)) => (name.trim(), words.trim()),
            None => (value, value),
        };
        Ok((name.to_owned(), self.printed(field, words)?))
    }

    fn entity(&self, field: &'static str, value: &str) -> Result<Option<Entity>, MendError> {
        if value.is_empty() {
            return Ok(None);
        }
        let (name, span) = self.anchored(field, value)?;
        Ok(Some(Entity { name, span }))
    }

    fn set_speaker(&mut self, value: &str) -> Result<(), MendError> {
        let Some(name) = some(value) else {
            self.new.speaker = None;
            return Ok(());
        };
        let article = self.new.article.id.clone();
        if let Some(speaker) = &mut self.new.speaker {
            if speaker.name != name {
                let candidate = speaker.candidates.iter().find(|one| one.name == name);
                speaker.id = candidate.map_or_else(
                    || Speaker::id_of(speaker.kind, &name, &article),
                    |one| one.id.clone(),
                );
                speaker.name = name;
                speaker.candidates.clear();
                speaker.confidence = Some(1.0);
            }
            return Ok(());
        }
        let (name, mention) = self.anchored("speaker", &name)?;
        let kind = SpeakerKind::Person;
        self.new.speaker = Some(Speaker {
            id: Speaker::id_of(kind, &name, &article),
            name,
            kind,
            role: None,
            confidence: Some(1.0),
            candidates: Vec::new(),
            mention: Some(mention),
        });
        Ok(())
    }

    /// "CNN (outlet) > official (anonymous)", outermost first.
    fn set_chain(&mut self, value: &str) -> Result<(), MendError> {
        let mut chain = Vec::new();
        for part in value.split(['>', '›']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, kind) = match part.strip_suffix(')').and_then(|part| part.rsplit_once('(')) {
                Some((name, kind)) => {
                    (name.trim(), Some(picked("chain", kind, &LINKS, LinkKind::word)?))
                }
                None => (part, None),
            };
            let same = self.new.chain.iter().find(|link| link.name == name).cloned();
            let link = if let Some(link) = same {
                Link { kind: kind.unwrap_or(link.kind), ..link }
            } else {
                let (name, span) = self.anchored("chain", name)?;
                let is_outlet = self.new.article.outlet.as_deref() == Some(name.as_str());
                let guess = if is_outlet { LinkKind::Outlet } else { LinkKind::Organization };
                Link { name, kind: kind.unwrap_or(guess), cue: None, span }
            };
            chain.push(link);
        }
        self.new.chain = chain;
        Ok(())
    }

    fn set_certainty(&mut self, value: &str) -> Result<(), MendError> {
        if value.is_empty() {
            self.new.certainty = None;
            return Ok(());
        }
        let (term, words) = match value.rsplit_once(ANCHOR) {
            Some((term, words)) => (term.trim(), words.trim()),
            None => (value, value),
        };
        let share = term.strip_suffix('%').and_then(|n| n.trim().parse::<f64>().ok());
        let known = self.vocabulary.terms.iter().find(|one| one.term.eq_ignore_ascii_case(term));
        let (basis, read) = match (share.filter(|n| (0.0..=100.0).contains(n)), known) {
            (Some(percent), _) => ("stated", CertaintyTerm::stated(term, percent / 100.0)),
            (None, Some(known)) => ("lexicon", known.clone()),
            (None, None) => {
                return Err(MendError::Value {
                    field: "certainty",
                    value: term.to_owned(),
                    expected: format!(
                        "It is a term with a range, such as likely, or a chance, such as 70 %{}.",
                        self.vocabulary.near_term(term)
                    ),
                });
            }
        };
        self.new.certainty = Some(Certainty {
            span: self.printed("certainty", words)?,
            term: read.term,
            basis: basis.to_owned(),
            class: read.class,
            low: read.low,
            mid: read.mid.filter(|_| read.class != CertaintyClass::Possibility),
            high: read.high,
            bound: read.bound,
            scale: "general".to_owned(),
        });
        Ok(())
    }

    fn set_window(&mut self, value: &str) -> Result<(), MendError> {
        let Some(text) = some(value) else {
            self.new.window = None;
            return Ok(());
        };
        let span = self.printed("window", &text)?;
        let old = self.new.window.take();
        self.new.window = Some(Window {
            text,
            span,
            rule: RULE.to_owned(),
            ..old.unwrap_or_else(|| self.window())
        });
        Ok(())
    }

    /// A window without words of its own: what was said stands for them.
    fn window(&self) -> Window {
        let span = self.words.said();
        Window {
            earliest: self.words.published(),
            latest: None,
            latest_soft: None,
            precision: WindowPrecision::Day,
            relation: Relation::By,
            text: span.text.clone(),
            rule: RULE.to_owned(),
            span,
        }
    }

    fn set_day(&mut self, field: &'static str, value: &str) -> Result<(), MendError> {
        let day = match value {
            "" => None,
            words => Some(words.parse::<Date>().map_err(|_| MendError::Value {
                field,
                value: words.to_owned(),
                expected: "It is a date such as 2026-12-24.".to_owned(),
            })?),
        };
        if day.is_none() && self.new.window.is_none() {
            return Ok(());
        }
        let mut window = self.new.window.take().unwrap_or_else(|| self.window());
        RULE.clone_into(&mut window.rule);
        if field == "window.earliest" {
            window.earliest = day;
        } else {
            (window.latest, window.latest_soft) = (day, day);
        }
        let is_reversed = matches!((window.earliest, window.latest), (Some(a), Some(b)) if b < a);
        self.new.window = Some(window);
        if is_reversed {
            let expected = "The last day comes before the first.".to_owned();
            return Err(MendError::Value { field, value: value.to_owned(), expected });
        }
        Ok(())
    }

    fn set_event(&mut self, value: &str) -> Result<(), MendError> {
        if value.is_empty() {
            self.new.event = None;
            return Ok(());
        }
        let (class, words) = match value.rsplit_once(ANCHOR) {
            Some((class, words)) => (class.trim(), Some(words.trim())),
            None => (value, None),
        };
        let class = class.to_lowercase().replace([' ', '-'], "_");
        let pack = match self.vocabulary.events.iter().find(|one| one.class == class) {
            Some(known) => known.pack.clone(),
            None if self.new.event.as_ref().is_some_and(|event| event.class == class) => None,
            None => {
                let near = self.vocabulary.near_class(&class);
                let expected = format!("It is a class of the event packs{near}.");
                return Err(MendError::Value { field: "event", value: class, expected });
            }
        };
        let trigger = match words {
            Some(words) => Some(self.printed("event", words)?),
            None => None,
        };
        self.new.event = Some(match self.new.event.take() {
            Some(event) => {
                Event { class, pack, trigger: trigger.unwrap_or(event.trigger), ..event }
            }
            None => Event {
                class,
                pack,
                actor: None,
                target: None,
                place: None,
                threshold: None,
                trigger: trigger.unwrap_or_else(|| self.words.said()),
            },
        });
        Ok(())
    }

    fn set_places(&mut self, value: &str) -> Result<(), MendError> {
        let mut places = Vec::new();
        for part in parts(value) {
            let same =
                self.new.places.iter().find(|p| named(&p.name, &p.span) == part || p.name == part);
            let place = if let Some(place) = same {
                place.clone()
            } else {
                let (name, span) = self.anchored("places", part)?;
                Place { name, geonameid: None, lat: None, lon: None, extent: Extent::Point, span }
            };
            places.push(place);
        }
        self.new.places = places;
        Ok(())
    }

    /// Numbers can be left out; what they mean is read and not typed.
    fn set_quantities(&mut self, value: &str) -> Result<(), MendError> {
        let mut kept = Vec::new();
        for part in parts(value) {
            let same = self.new.quantities.iter().find(|quantity| quantity.text == part);
            let expected = || {
                format!(
                    "The record has: {}. Leave out those that are wrong.",
                    shown(&self.new, "quantities")
                )
            };
            kept.push(same.cloned().ok_or_else(|| MendError::Value {
                field: "quantities",
                value: part.to_owned(),
                expected: expected(),
            })?);
        }
        self.new.quantities = kept;
        Ok(())
    }
}

fn some(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn picked<T: Copy>(
    field: &'static str,
    value: &str,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Result<T, MendError> {
    let found = all.iter().copied().find(|one| word(*one).eq_ignore_ascii_case(value));
    found.ok_or_else(|| MendError::Value {
        field,
        value: value.to_owned(),
        expected: format!(
            "It is one of: {}.",
            all.iter().map(|one| word(*one)).collect::<Vec<_>>().join(", ")
        ),
    })
}

impl CertaintyTerm {
    /// A chance that is stated as a number.
    fn stated(term: &str, chance: f64) -> Self {
        Self {
            term: term.to_owned(),
            class: CertaintyClass::Stated,
            low: Some(chance),
            mid: Some(chance),
            high: Some(chance),
            bound: Bound::TwoSided,
        }
    }
}
