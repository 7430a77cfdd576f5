//! A small ledger of invented articles, built from the model's types alone, so that the pages are
//! tested without the reading. People, outlets and places are invented.

use std::path::Path;

use jiff::civil::Date;
use sayso_ledger::{
    Ledger,
    mend::{CertaintyTerm, EventClass, Vocabulary},
};
use sayso_link::{By, Class, Classes, Opposite};
use sayso_model::{
    Article, Bound, Certainty, CertaintyClass, CodePoints, Condition, Entity, Event, Extent, Kind,
    Link, LinkKind, Place, Polarity, PrintedSpan, Published, Span, Speaker, SpeakerKind, Speech,
    Statement, Window, WindowPrecision, article_id, content_id, statement_id,
};

/// One article with its statements.
pub(crate) struct Read {
    pub(crate) article: Article,
    pub(crate) statements: Vec<Statement>,
}

fn day(text: &str) -> Date {
    text.parse().expect("a date of the fixture")
}

fn article(outlet: &str, title: &str, published: Option<&str>, text: &str) -> Read {
    Read {
        article: Article {
            id: article_id(text),
            key: title.to_lowercase(),
            path: None,
            outlet: Some(outlet.to_owned()),
            url: Some("https://example.org/news".to_owned()),
            title: Some(title.to_owned()),
            author: Some("Ilse Brandt".to_owned()),
            published: published.map(|date| Published::day(day(date))),
            modified: None,
            agency: None,
            language: Some("en".to_owned()),
            text: text.to_owned(),
            problems: Vec::new(),
        },
        statements: Vec::new(),
    }
}

impl Read {
    /// The first occurrence of some words, as a printed span.
    fn at(&self, words: &str) -> PrintedSpan {
        let text = &self.article.text;
        let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the article"));
        CodePoints::new(text).print(text, Span::new(start, start + words.len()))
    }

    /// A statement by `name` with these words, to be filled in.
    fn say(&mut self, name: &str, cue: &str, content: &str, speech: Speech) -> &mut Statement {
        let (cue, content) = (self.at(cue), self.at(content));
        let statement = Statement {
            schema: sayso_model::SCHEMA,
            id: statement_id(&self.article.id, &[cue.span()], &[content.span()]),
            article: (&self.article).into(),
            speaker: Some(Speaker {
                id: content_id("p", name),
                name: name.to_owned(),
                kind: SpeakerKind::Person,
                role: None,
                confidence: None,
                candidates: Vec::new(),
                mention: None,
            }),
            chain: Vec::new(),
            source: Vec::new(),
            cue: vec![cue],
            content: vec![content],
            said: None,
            speech,
            kind: Kind::Forecast,
            polarity: Polarity::Yes,
            certainty: None,
            condition: None,
            window: None,
            places: Vec::new(),
            quantities: Vec::new(),
            event: None,
            drift: Vec::new(),
            confidence: 0.9,
            extractor: "sayso 0.1.0 english-1".to_owned(),
        };
        self.statements.push(statement);
        self.statements.last_mut().expect("just pushed")
    }

    fn sure(&self, words: &str, term: &str, range: (Option<f64>, Option<f64>)) -> Certainty {
        Certainty {
            term: term.to_owned(),
            basis: "lexicon".to_owned(),
            class: CertaintyClass::Possibility,
            low: range.0,
            mid: None,
            high: range.1,
            bound: Bound::TwoSided,
            scale: "general".to_owned(),
            span: self.at(words),
        }
    }

    fn capture(&self, trigger: &str, class: &str) -> Event {
        let entity = |name: &str| Entity { name: name.to_owned(), span: self.at("Varn") };
        Event {
            class: class.to_owned(),
            pack: Some("conflict".to_owned()),
            actor: Some(entity("Ostrava Front")),
            target: Some(entity("Varn")),
            place: None,
            threshold: None,
            trigger: self.at(trigger),
        }
    }

    fn varn(&self) -> Place {
        Place {
            name: "Varn".to_owned(),
            geonameid: None,
            lat: None,
            lon: None,
            extent: Extent::Point,
            span: self.at("Varn"),
        }
    }

    fn window(&self, words: &str, from: &str, to: Option<&str>, soft: Option<&str>) -> Window {
        Window {
            earliest: Some(day(from)),
            latest: to.map(day),
            latest_soft: soft.map(day),
            precision: WindowPrecision::Vague,
            relation: sayso_model::Relation::In,
            text: words.to_owned(),
            rule: "fixture@1".to_owned(),
            span: self.at(words),
        }
    }
}

const FIRST: &str = "The Front is almost certain to take Varn in the coming days, the head of \
the alliance, Tomas Reyl, indicated on Tuesday.\n\n“We cannot rule out that Varn may \
eventually fall,” he told the Evening Ledger. “If the bridge holds, it will not.”\n\nAn official \
of the alliance said Marga Solen, the mayor, had warned that the town could fall within weeks.\n\n\
The river has frozen along its whole length and the road to the south is open only by night. \
Shops have closed, and the last train left on Sunday with four hundred people and their dogs.\n";

/// The first article: drift between paraphrase and quotation, a condition, a nested statement.
pub(crate) fn first() -> Read {
    let mut read =
        article("Northern Courier", "Alliance head sees Varn falling", Some("2031-03-09"), FIRST);
    let probe = article("Northern Courier", "x", None, FIRST);
    let role = Some("head of the alliance".to_owned());
    let via = |name: &str, kind: LinkKind, cue: &str| Link {
        name: name.to_owned(),
        kind,
        cue: Some(cue.to_owned()),
        span: probe.at(name),
    };

    let one = read.say(
        "Tomas Reyl",
        "indicated",
        "The Front is almost certain to take Varn in the coming days",
        Speech::Indirect,
    );
    one.certainty = Some(probe.sure("almost certain", "almost certain", (Some(0.9), Some(0.99))));
    one.window = Some(probe.window(
        "in the coming days",
        "2031-03-09",
        Some("2031-03-16"),
        Some("2031-03-23"),
    ));
    one.event = Some(probe.capture("take", "capture"));
    one.places = vec![probe.varn()];
    one.speaker.as_mut().expect("set").role.clone_from(&role);
    let paraphrase = one.id.clone();

    let two = read.say(
        "Tomas Reyl",
        "told",
        "“We cannot rule out that Varn may eventually fall,”",
        Speech::Direct,
    );
    two.certainty = Some(probe.sure("may", "may", (Some(0.2), Some(0.7))));
    two.window = Some(probe.window("eventually", "2031-03-09", None, None));
    two.event = Some(probe.capture("fall", "capture"));
    two.places = vec![probe.varn()];
    two.chain = vec![via("Evening Ledger", LinkKind::Outlet, "told")];
    two.drift = vec![paraphrase];
    two.speaker.as_mut().expect("set").role.clone_from(&role);
    let quoted = two.id.clone();
    read.statements[0].drift = vec![quoted];

    let three =
        read.say("Tomas Reyl", "told", "“If the bridge holds, it will not.”", Speech::Direct);
    three.polarity = Polarity::No;
    three.condition = Some(Condition {
        text: "If the bridge holds".to_owned(),
        span: probe.at("If the bridge holds"),
    });
    three.event = Some(probe.capture("fall", "capture"));
    three.speaker.as_mut().expect("set").role = role;

    let four = read.say(
        "official of the alliance",
        "said",
        "Marga Solen, the mayor, had warned that the town could fall within weeks",
        Speech::Indirect,
    );
    four.kind = Kind::Report;
    four.speaker.as_mut().expect("set").kind = SpeakerKind::Anonymous;

    let five =
        read.say("Marga Solen", "had warned", "the town could fall within weeks", Speech::Indirect);
    five.certainty = Some(probe.sure("could", "could", (Some(0.2), Some(0.7))));
    five.event = Some(probe.capture("fall", "capture"));
    five.window =
        Some(probe.window("within weeks", "2031-03-09", Some("2031-04-20"), Some("2031-05-11")));
    five.chain = vec![via("official of the alliance", LinkKind::Anonymous, "said")];
    read
}

const SECOND: &str = "VARN — The Front is unlikely to take Varn, the former intelligence chief \
Ruben Askari believes. Its prospects are minimal, he said, but cannot be excluded.\n\nThe \
garrison will probably hold the town, said Dana Whitlock of the Meridian Institute.\n";

/// The second article: two who doubt it, one through an opposite class.
pub(crate) fn second() -> Read {
    let mut read =
        article("Harbour Times", "Experts doubt that Varn will fall", Some("2031-03-14"), SECOND);
    let probe = article("Harbour Times", "x", None, SECOND);
    let one = read.say(
        "Ruben Askari",
        "believes",
        "The Front is unlikely to take Varn",
        Speech::Indirect,
    );
    one.certainty = Some(probe.sure("unlikely", "unlikely", (Some(0.1), Some(0.3))));
    one.event = Some(probe.capture("take", "capture"));
    one.places = vec![probe.varn()];
    let two = read.say("Ruben Askari", "said", "Its prospects are minimal", Speech::Direct);
    two.certainty = Some(probe.sure("minimal", "minimal", (Some(0.01), Some(0.15))));
    two.event = Some(probe.capture("prospects", "capture"));
    let three = read.say(
        "Dana Whitlock",
        "said Dana",
        "The\u{20}garrison will probably hold the town",
        Speech::Indirect,
    );
    three.certainty = Some(probe.sure("probably", "probably", (Some(0.55), Some(0.85))));
    three.event = Some(probe.capture("hold", "hold"));
    let garrison = Entity { name: "garrison".to_owned(), span: probe.at("garrison") };
    three.event.as_mut().expect("set").actor = Some(garrison);
    three.places = vec![probe.varn()];
    read
}

/// An article that means harm.
pub(crate) fn hostile() -> Read {
    let text = "<script>alert(1)</script> said \"<img src=x onerror=alert(2)>\" & 'more'.\n";
    let mut read = article("<b>Outlet</b>", "</title><script>alert(3)</script>", None, text);
    read.article.url = Some("javascript:alert(4)".to_owned());
    read.article.language = Some("\"><script>alert(5)</script>".to_owned());
    let statement = read.say(
        "<script>alert(6)</script>",
        "said",
        "<img src=x onerror=alert(2)>",
        Speech::Direct,
    );
    statement.speaker.as_mut().expect("set").role = Some("\" onmouseover=\"alert(7)".to_owned());
    read
}

/// What linking knows of the fixture's events.
pub(crate) fn classes() -> Classes {
    let against = |class: &str| Opposite { class: class.to_owned(), by: By::OtherActor };
    let capture = Class {
        name: "capture".to_owned(),
        template: "Will {actor} capture {target}?".to_owned(),
        criteria: Some("True when {actor} holds the whole of {target} for 48 hours.".to_owned()),
        opposites: vec![against("hold")],
    };
    let hold = Class {
        name: "hold".to_owned(),
        template: "Will {actor} hold {target}?".to_owned(),
        criteria: None,
        opposites: vec![against("capture")],
    };
    Classes(vec![capture, hold])
}

/// What corrections choose from.
pub(crate) fn vocabulary() -> Vocabulary {
    let term = CertaintyTerm {
        term: "likely".to_owned(),
        class: CertaintyClass::Probability,
        low: Some(0.6),
        mid: Some(0.7),
        high: Some(0.9),
        bound: Bound::TwoSided,
    };
    let class =
        |class: &str| EventClass { class: class.to_owned(), pack: Some("conflict".to_owned()) };
    Vocabulary { events: vec![class("capture"), class("hold")], terms: vec![term] }
}

/// Writes the fixture's ledger.
pub(crate) fn write(path: &Path) {
    let mut ledger = Ledger::open(path).expect("a new ledger");
    for read in [first(), second(), hostile()] {
        ledger
            .add(&read.article, &read.statements, "2031-03-20T12:00:00Z")
            .expect("the fixture is added");
    }
    ledger.relink(&classes(), "2031-03-20T12:00:00Z").expect("the fixture is linked");
}
