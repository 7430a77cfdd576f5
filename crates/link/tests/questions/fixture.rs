//! Statements made by hand; their spans stand in no text, which linking never looks at.

use sayso_link::{By, Class, Classes, Opposite};
use sayso_model::{
    ArticleRef, Bound, Certainty, CertaintyClass, Condition, Entity, Event, Kind, Polarity,
    PrintedSpan, SCHEMA, Speech, Statement,
};

pub(crate) fn span(text: &str) -> PrintedSpan {
    let end = text.len() as u32;
    PrintedSpan { text: text.to_owned(), start: 0, end, byte_start: 0, byte_end: end }
}

/// A forecast of an event; an empty actor or target is none.
pub(crate) fn says(id: &str, class: &str, actor: &str, target: &str) -> Statement {
    let entity =
        |name: &str| (!name.is_empty()).then(|| Entity { name: name.to_owned(), span: span(name) });
    Statement {
        schema: SCHEMA,
        id: id.to_owned(),
        article: ArticleRef {
            id: format!("article of {id}"),
            key: id.to_owned(),
            path: None,
            outlet: None,
            url: None,
            title: None,
            published: Some("2031-04-03".to_owned()),
            published_precision: None,
        },
        speaker: None,
        chain: Vec::new(),
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![span(id)],
        said: None,
        speech: Speech::Indirect,
        kind: Kind::Forecast,
        polarity: Polarity::Yes,
        certainty: None,
        condition: None,
        window: None,
        places: Vec::new(),
        quantities: Vec::new(),
        event: Some(Event {
            class: class.to_owned(),
            pack: Some("test".to_owned()),
            actor: entity(actor),
            target: entity(target),
            place: None,
            threshold: None,
            trigger: span(class),
        }),
        drift: Vec::new(),
        confidence: 1.0,
        extractor: "fixture".to_owned(),
    }
}

pub(crate) fn on(mut statement: Statement, date: &str) -> Statement {
    statement.article.published = (!date.is_empty()).then(|| date.to_owned());
    statement
}

pub(crate) fn not(mut statement: Statement) -> Statement {
    statement.polarity = Polarity::No;
    statement
}

pub(crate) fn of(mut statement: Statement, kind: Kind) -> Statement {
    statement.kind = kind;
    statement
}

pub(crate) fn when(mut statement: Statement, condition: &str) -> Statement {
    statement.condition = Some(Condition { text: condition.to_owned(), span: span(condition) });
    statement
}

pub(crate) fn hedged(mut statement: Statement, low: Option<f64>, high: Option<f64>) -> Statement {
    statement.certainty = Some(Certainty {
        term: "some hedge".to_owned(),
        basis: "lexicon".to_owned(),
        class: CertaintyClass::Probability,
        low,
        mid: None,
        high,
        bound: Bound::TwoSided,
        scale: "general".to_owned(),
        span: span("some hedge"),
    });
    statement
}

/// Two sides of one town, three ways with one rate, one figure without an actor.
pub(crate) fn classes() -> Classes {
    let class = |name: &str, template: &str, opposites: &[(&str, By)]| Class {
        name: name.to_owned(),
        template: template.to_owned(),
        criteria: Some("True when {actor} and {target} say so.".to_owned()),
        opposites: opposites
            .iter()
            .map(|(class, by)| Opposite { class: (*class).to_owned(), by: *by })
            .collect(),
    };
    Classes(vec![
        class("capture", "Will {actor} capture {target}?", &[("hold", By::OtherActor)]),
        class("leave", "Will {actor} leave {target}?", &[("hold", By::SameActor)]),
        class(
            "hold",
            "Will {actor} hold {target}?",
            &[("capture", By::OtherActor), ("leave", By::SameActor)],
        ),
        class(
            "cut_rate",
            "Will {actor} cut its rate?",
            &[("raise_rate", By::SameActor), ("keep_rate", By::SameActor)],
        ),
        class(
            "raise_rate",
            "Will {actor} raise its rate?",
            &[("cut_rate", By::SameActor), ("keep_rate", By::SameActor)],
        ),
        class(
            "keep_rate",
            "Will {actor} keep its rate?",
            &[("cut_rate", By::SameActor), ("raise_rate", By::SameActor)],
        ),
        class("rise", "Will {target} rise?", &[]),
    ])
}
