//! The annotation record: one article's layers, offsets in code points.

use std::cell::LazyCell;

use sayso_language::Language;
use sayso_model::{Article, Op, QuantityKind, Span};
use sayso_statement::{Context, Ground, attribution, factuality, quantity, time};
use serde::Serialize;

use crate::{cli::Layer, engine};

/// The layers that were asked for; the others are left out of the record.
#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<[u32; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<Vec<Token<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<Vec<Name>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mentions: Option<Vec<Mention>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Vec<Time>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<Vec<Place>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantities: Option<Vec<Quantity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributions: Option<Vec<Attribution>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Vec<Event>>,
}

#[derive(Serialize)]
struct Token<'a> {
    start: u32,
    end: u32,
    form: &'a str,
    lemma: String,
    upos: &'static str,
    xpos: &'static str,
    head: Option<usize>,
    deprel: &'static str,
    sentence: usize,
}

#[derive(Serialize)]
struct Name {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Mention {
    start: u32,
    end: u32,
    entity: usize,
    name: String,
}

#[derive(Serialize)]
struct Time {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
    earliest: Option<String>,
    latest: Option<String>,
}

#[derive(Serialize)]
struct Event {
    start: u32,
    end: u32,
    lemma: String,
    class: String,
    factuality: f32,
}

#[derive(Serialize)]
struct Place {
    start: u32,
    end: u32,
    name: String,
    geonameid: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct Quantity {
    start: u32,
    end: u32,
    low: Option<f64>,
    mid: Option<f64>,
    high: Option<f64>,
    op: Op,
    unit: Option<String>,
    kind: QuantityKind,
}

#[derive(Serialize)]
struct Attribution {
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    nested: bool,
    confidence: f32,
}

/// One line: the layers asked for of an article that has been read.
pub(super) fn line(article: &Article, language: &Language<'_>, layers: &[Layer]) -> Vec<u8> {
    // A record of strings and numbers always has a JSON form.
    let mut line = serde_json::to_vec(&record(article, language, layers)).unwrap_or_default();
    line.push(b'\n');
    line
}

fn record<'a>(article: &'a Article, language: &Language<'a>, layers: &[Layer]) -> Record<'a> {
    let wants = |layer| layers.contains(&layer);
    let points = |span: Span| -> [u32; 2] {
        [span.start, span.end].map(|byte| language.points.at(language.text, byte as usize))
    };
    let sentences = || language.sentences.iter().map(|sentence| points(sentence.span)).collect();
    let tokens = || {
        language
            .tokens
            .iter()
            .map(|token| {
                let [start, end] = points(token.span);
                Token {
                    start,
                    end,
                    form: token.span.of(language.text),
                    lemma: token.lemma.to_string(),
                    upos: token.upos.word(),
                    xpos: token.xpos,
                    head: token.head,
                    deprel: token.deprel,
                    sentence: token.sentence,
                }
            })
            .collect()
    };
    let names = || {
        language
            .names
            .iter()
            .map(|name| {
                let [start, end] = points(name.span);
                Name { start, end, kind: name.kind.word() }
            })
            .collect()
    };
    let mentions = || {
        language
            .mentions
            .iter()
            .filter_map(|mention| {
                let [start, end] = points(mention.span);
                let name = language.entities.get(mention.entity)?.full_name();
                Some(Mention { start, end, entity: mention.entity, name })
            })
            .collect()
    };
    let whole = Span::new(0, language.text.len());
    // Only some layers need the tables of meaning, and reading those costs as much as a short article.
    let ground = LazyCell::new(|| Ground::read(language, engine::tables()));
    let context =
        LazyCell::new(|| Context { article, language, tables: engine::tables(), ground: &ground });
    let times = || {
        time::read(&context)
            .into_iter()
            .map(|time| {
                let [start, end] = points(time.span);
                let (earliest, latest) = time.reading.days.unzip();
                Time {
                    start,
                    end,
                    kind: time.reading.kind.word(),
                    value: time.reading.value,
                    earliest: earliest.map(|day| day.to_string()),
                    latest: latest.map(|day| day.to_string()),
                }
            })
            .collect()
    };
    let events = || {
        factuality::read(&context)
            .into_iter()
            .map(|event| {
                let [start, end] = points(event.span);
                let class = event.class.unwrap_or_else(|| event.lemma.clone());
                Event { start, end, lemma: event.lemma, class, factuality: event.factuality }
            })
            .collect()
    };
    let places = || {
        // "Danish" names a country too, though nothing is there.
        let mut named: Vec<_> = ground.places_in(whole).iter().chain(&ground.peoples).collect();
        named.sort_by_key(|place| place.span.start);
        named
            .into_iter()
            .map(|place| {
                let [start, end] = points(place.span);
                Place {
                    start,
                    end,
                    name: place.name.clone(),
                    geonameid: place.known.and_then(|known| known.geonameid),
                    lat: place.known.map(|known| known.lat),
                    lon: place.known.map(|known| known.lon),
                }
            })
            .collect()
    };
    let quantities = || {
        quantity::of_article(&context)
            .into_iter()
            .map(|quantity| Quantity {
                start: quantity.span.start,
                end: quantity.span.end,
                low: quantity.low,
                mid: quantity.mid,
                high: quantity.high,
                op: quantity.op,
                unit: quantity::unit(&context, &quantity),
                kind: quantity.kind,
            })
            .collect()
    };
    let attributions = || {
        let all = |spans: &[Span]| spans.iter().map(|span| points(*span)).collect();
        attribution::read(language)
            .iter()
            .map(|attribution| Attribution {
                source: all(&attribution.source),
                cue: all(&attribution.cue),
                content: all(&attribution.content),
                nested: attribution.within.is_some(),
                confidence: attribution.confidence,
            })
            .collect()
    };
    Record {
        id: &article.key,
        sentences: wants(Layer::Sentences).then(sentences),
        tokens: wants(Layer::Tokens).then(tokens),
        names: wants(Layer::Names).then(names),
        mentions: wants(Layer::Mentions).then(mentions),
        times: wants(Layer::Times).then(times),
        places: wants(Layer::Places).then(places),
        quantities: wants(Layer::Quantities).then(quantities),
        attributions: wants(Layer::Attributions).then(attributions),
        events: wants(Layer::Events).then(events),
    }
}
