//! Invented articles with statements, made by hand.

use jiff::civil::date;
use sayso_ledger::Ledger;
use sayso_link::{By, Class, Classes, Opposite};
use sayso_model::{
    Article, ArticleRef, Bound, Certainty, CertaintyClass, CodePoints, Entity, Event, Extent, Kind,
    Link, LinkKind, Place, Polarity, PrintedSpan, Published, Relation, SCHEMA, Span, Speaker,
    SpeakerKind, Speech, Statement, Window, WindowPrecision,
};

pub(crate) const NOW: &str = "2031-05-01T08:00:00Z";

/// An article of an invented outlet, published on a day of April 2031.
pub(crate) fn article(outlet: &str, day: i8, text: &str) -> Article {
    Article {
        id: sayso_model::article_id(text),
        key: format!("{}-{day}", outlet.to_lowercase().replace(' ', "-")),
        path: None,
        outlet: Some(outlet.to_owned()),
        url: None,
        title: Some(format!("News of {day} April")),
        author: None,
        published: Some(Published::day(date(2031, 4, day))),
        modified: None,
        agency: None,
        language: Some("en".to_owned()),
        text: text.to_owned(),
        problems: Vec::new(),
    }
}

/// The first place of some words in an article, as a span.
pub(crate) fn span(article: &Article, words: &str) -> PrintedSpan {
    let start = article.text.find(words).expect("the words stand in the text");
    CodePoints::new(&article.text).print(&article.text, Span::new(start, start + words.len()))
}

/// A forecast with a cue and a content that stand in the article.
pub(crate) fn statement(article: &Article, speaker: &str, cue: &str, content: &str) -> Statement {
    let (cue, content) = (span(article, cue), span(article, content));
    Statement {
        schema: SCHEMA,
        id: sayso_model::statement_id(&article.id, &[cue.span()], &[content.span()]),
        article: ArticleRef::from(article),
        speaker: Some(Speaker {
            id: sayso_model::content_id("p", speaker),
            name: speaker.to_owned(),
            kind: SpeakerKind::Person,
            role: None,
            confidence: Some(1.0),
            candidates: Vec::new(),
            mention: None,
        }),
        chain: Vec::new(),
        source: vec![span(article, speaker)],
        cue: vec![cue],
        content: vec![content],
        said: None,
        speech: Speech::Indirect,
        kind: Kind::Forecast,
        polarity: Polarity::Yes,
        certainty: None,
        condition: None,
        window: None,
        places: Vec::new(),
        quantities: Vec::new(),
        event: None,
        drift: Vec::new(),
        confidence: 0.8,
        extractor: "fixture".to_owned(),
    }
}

pub(crate) fn hedged(
    mut statement: Statement,
    article: &Article,
    term: &str,
    low: f64,
    high: f64,
) -> Statement {
    statement.certainty = Some(Certainty {
        term: term.to_owned(),
        basis: "lexicon".to_owned(),
        class: CertaintyClass::Probability,
        low: Some(low),
        mid: None,
        high: Some(high),
        bound: Bound::TwoSided,
        scale: "general".to_owned(),
        span: span(article, term),
    });
    statement
}

pub(crate) fn about(
    mut statement: Statement,
    article: &Article,
    class: &str,
    actor: &str,
    target: &str,
) -> Statement {
    let entity = |name: &str| Entity { name: name.to_owned(), span: span(article, name) };
    statement.event = Some(Event {
        class: class.to_owned(),
        pack: Some("conflict".to_owned()),
        actor: (!actor.is_empty()).then(|| entity(actor)),
        target: Some(entity(target)),
        place: None,
        threshold: None,
        trigger: span(article, target),
    });
    statement.places.push(Place {
        name: target.to_owned(),
        geonameid: None,
        lat: None,
        lon: None,
        extent: Extent::Point,
        span: span(article, target),
    });
    statement
}

pub(crate) fn until(
    mut statement: Statement,
    article: &Article,
    words: &str,
    day: i8,
) -> Statement {
    statement.window = Some(Window {
        earliest: article.published.as_ref().map(|p| p.date),
        latest: Some(date(2031, 4, day)),
        latest_soft: Some(date(2031, 4, day)),
        precision: WindowPrecision::Day,
        relation: Relation::By,
        text: words.to_owned(),
        rule: "fixture@1".to_owned(),
        span: span(article, words),
    });
    statement
}

pub(crate) fn citing(mut statement: Statement, article: &Article, name: &str) -> Statement {
    statement.chain.push(Link {
        name: name.to_owned(),
        kind: LinkKind::Agency,
        cue: None,
        span: span(article, name),
    });
    statement
}

pub(crate) fn classes() -> Classes {
    Classes(vec![
        Class {
            name: "capture".to_owned(),
            template: "Will {actor} capture {target}?".to_owned(),
            criteria: Some("{target} is held by {actor}.".to_owned()),
            opposites: vec![Opposite { class: "hold".to_owned(), by: By::OtherActor }],
        },
        Class {
            name: "hold".to_owned(),
            template: "Will {actor} hold {target}?".to_owned(),
            criteria: None,
            opposites: vec![Opposite { class: "capture".to_owned(), by: By::OtherActor }],
        },
    ])
}

/// Two articles about one town: three statements, one question.
pub(crate) fn town() -> Vec<(Article, Vec<Statement>)> {
    let first = article(
        "Northern Star",
        3,
        "Ada Quill said Morvania will likely capture Zürnhafen by 20 April. Étienne Brask, whom \
         the Vela agency quoted, called it unlikely that Morvania would capture Zürnhafen.",
    );
    let one = statement(
        &first,
        "Ada Quill",
        "said",
        "Morvania will likely capture Zürnhafen by 20 April",
    );
    let one = hedged(one, &first, "likely", 0.6, 0.9);
    let one =
        until(about(one, &first, "capture", "Morvania", "Zürnhafen"), &first, "by 20 April", 20);
    let two = statement(
        &first,
        "Étienne Brask",
        "called",
        "unlikely that Morvania would capture Zürnhafen",
    );
    let two = hedged(two, &first, "unlikely", 0.02, 0.33);
    let two = citing(about(two, &first, "capture", "Morvania", "Zürnhafen"), &first, "Vela");
    let second =
        article("Evening Lamp", 9, "“Sorrel will hold Zürnhafen until 30 April,” Ada Quill wrote.");
    let three =
        statement(&second, "Ada Quill", "wrote", "Sorrel will hold Zürnhafen until 30 April");
    let mut three =
        until(about(three, &second, "hold", "Sorrel", "Zürnhafen"), &second, "until 30 April", 30);
    three.speech = Speech::Direct;
    vec![(first, vec![one, two]), (second, vec![three])]
}

/// A ledger with [`town`] in it, linked.
pub(crate) fn ledger() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    fill(&mut ledger);
    ledger
}

pub(crate) fn fill(ledger: &mut Ledger) {
    for (article, statements) in town() {
        ledger.add(&article, &statements, NOW).unwrap();
    }
    ledger.relink(&classes(), NOW).unwrap();
}
