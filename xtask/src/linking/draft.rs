//! An article in the making: sentences with the spans of what is said in them.

use jiff::civil::Date;
use sayso_model::{
    Article, ArticleRef, Bound, Certainty, CertaintyClass, CodePoints, Entity, Event, Extent, Kind,
    Link, LinkKind, Place, Polarity, PrintedSpan, Relation, SCHEMA, Span, Speaker, SpeakerKind,
    Speech, Statement, Window, WindowPrecision, content_id, statement_id,
};

/// A hedge with its range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hedge {
    pub(crate) term: &'static str,
    low: f64,
    high: f64,
}

impl Hedge {
    pub(crate) const ALL: [Self; 4] = [
        Self { term: "likely", low: 0.6, high: 0.9 },
        Self { term: "probably", low: 0.55, high: 0.9 },
        Self { term: "certainly", low: 0.9, high: 1.0 },
        Self { term: "possibly", low: 0.2, high: 0.7 },
    ];
}

/// One saying as one article words it.
pub(crate) struct Told {
    pub(crate) speaker: String,
    pub(crate) kind_of_speaker: SpeakerKind,
    pub(crate) role: Option<String>,
    pub(crate) chain: Vec<(String, LinkKind)>,
    pub(crate) cue: String,
    pub(crate) speech: Speech,
    pub(crate) kind: Kind,
    pub(crate) polarity: Polarity,
    pub(crate) hedge: Option<Hedge>,
    pub(crate) until: Option<(Date, Date)>,
    pub(crate) class: String,
    pub(crate) actor: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) threshold: Option<String>,
    pub(crate) content: String,
}

/// The text so far and what is said in it, with byte offsets.
pub(crate) struct Draft {
    pub(crate) text: String,
    told: Vec<(Told, Span, Span, Span, Vec<Span>)>,
}

impl Draft {
    pub(crate) fn new(outlet: &str, number: usize, day: Date) -> Self {
        let text = format!("{outlet}, {day}, report {number}.\n");
        Self { text, told: Vec::new() }
    }

    fn put(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// "Role Name, whom Agency quoted, said that content."
    pub(crate) fn tell(&mut self, told: Told) {
        if let Some(role) = &told.role {
            let role = format!("{role} ");
            self.put(&role);
        }
        let source = self.put(&told.speaker.clone());
        let mut links = Vec::new();
        for (name, _) in told.chain.clone() {
            self.put(", whom ");
            links.push(self.put(&name));
            self.put(" quoted,");
        }
        self.put(" ");
        let cue = self.put(&told.cue.clone());
        self.put(": ");
        let quoted = told.speech == Speech::Direct;
        self.put(if quoted { "“" } else { "" });
        let content = self.put(&told.content.clone());
        self.put(if quoted { "”.\n" } else { ".\n" });
        self.told.push((told, source, cue, content, links));
    }

    /// The statements as records.
    pub(crate) fn statements(self, article: &Article) -> Vec<Statement> {
        let points = CodePoints::new(&article.text);
        let print = |span: Span| points.print(&article.text, span);
        self.told
            .into_iter()
            .map(|(told, source, cue, content, links)| {
                statement(article, &print, &told, (source, cue, content), &links)
            })
            .collect()
    }
}

fn statement(
    article: &Article,
    print: &impl Fn(Span) -> PrintedSpan,
    told: &Told,
    (source, cue, content): (Span, Span, Span),
    links: &[Span],
) -> Statement {
    let words = content.of(&article.text);
    let within = |words_of: &str| {
        let at = words.find(words_of).unwrap_or(0);
        let start = content.start as usize + at;
        print(Span::new(start, start + words_of.len()))
    };
    let entity = |name: &String| {
        words.contains(name.as_str()).then(|| Entity { name: name.clone(), span: within(name) })
    };
    let mut key = format!("{} {}", told.kind_of_speaker.word(), told.speaker.to_lowercase());
    if !matches!(told.kind_of_speaker, SpeakerKind::Person | SpeakerKind::Organization) {
        key = format!("{} {key}", article.id);
    }
    let target = told.target.as_ref().and_then(entity);
    let place = target.as_ref().map(|target| Place {
        name: target.name.clone(),
        geonameid: None,
        lat: None,
        lon: None,
        extent: Extent::Point,
        span: target.span.clone(),
    });
    Statement {
        schema: SCHEMA,
        id: statement_id(&article.id, &[cue], &[content]),
        article: ArticleRef::from(article),
        speaker: Some(Speaker {
            id: content_id("p", &key),
            name: told.speaker.clone(),
            kind: told.kind_of_speaker,
            role: told.role.clone(),
            confidence: Some(1.0),
            candidates: Vec::new(),
            mention: Some(print(source)),
        }),
        chain: told
            .chain
            .iter()
            .zip(links)
            .map(|((name, kind), span)| Link {
                name: name.clone(),
                kind: *kind,
                cue: Some("quoted".to_owned()),
                span: print(*span),
            })
            .collect(),
        source: vec![print(source)],
        cue: vec![print(cue)],
        content: vec![print(content)],
        said: None,
        speech: told.speech,
        kind: told.kind,
        polarity: told.polarity,
        certainty: told.hedge.map(|hedge| Certainty {
            term: hedge.term.to_owned(),
            basis: "lexicon".to_owned(),
            class: CertaintyClass::Probability,
            low: Some(hedge.low),
            mid: None,
            high: Some(hedge.high),
            bound: Bound::TwoSided,
            scale: "general".to_owned(),
            span: within(hedge.term),
        }),
        condition: None,
        window: told.until.map(|(from, until)| Window {
            earliest: Some(from),
            latest: Some(until),
            latest_soft: Some(until),
            precision: WindowPrecision::Vague,
            relation: Relation::In,
            text: told.cue.clone(),
            rule: "made@1".to_owned(),
            span: print(cue),
        }),
        places: place.into_iter().collect(),
        quantities: Vec::new(),
        event: Some(Event {
            class: told.class.clone(),
            pack: Some("made".to_owned()),
            actor: told.actor.as_ref().and_then(entity),
            target,
            place: None,
            threshold: told.threshold.clone(),
            trigger: print(cue),
        }),
        drift: Vec::new(),
        confidence: 0.8,
        extractor: "made".to_owned(),
    }
}
