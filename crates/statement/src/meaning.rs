//! All fields of one statement, from one reading.

use std::collections::BTreeSet;

use sayso_model::{
    Certainty, Condition, Event, Kind, Place, Polarity, Quantity, Said, Speaker, Window,
};

use crate::{
    Attribution, Context, certainty, condition, event, kind, passage::Passage, polarity, quantity,
    reading::Reading, tables::Effect, window,
};

/// What a statement means.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// How sure the speaker is.
    pub certainty: Option<Certainty>,
    /// What the statement does.
    pub kind: Kind,
    /// Whether the claim is said to be so.
    pub polarity: Polarity,
    /// What must hold first.
    pub condition: Option<Condition>,
    /// When it can come true; only of a forecast, an intention or a demand.
    pub window: Option<Window>,
    /// Places of the content.
    pub places: Vec<Place>,
    /// Numbers of the content.
    pub quantities: Vec<Quantity>,
    /// What is said to happen.
    pub event: Option<Event>,
}

/// What of a statement tells whether it stands by itself, before its numbers, places and event are read.
pub(crate) struct Stance<'a> {
    reading: Reading<'a>,
    passage: Passage<'a>,
    pub(crate) kind: Kind,
    pub(crate) certainty: Option<Certainty>,
    condition: Option<Condition>,
    window: Option<Window>,
}

/// Reads what a statement claims and how.
pub(crate) fn stance<'a>(
    context: &Context<'a>,
    attribution: &Attribution,
    speaker: Option<&'a Speaker>,
    said: Option<&Said>,
) -> Stance<'a> {
    let passage = Passage::content(context, attribution);
    let reading = Reading::new(context, attribution, speaker);
    let claim = claim_word(context, &reading, &passage);
    // "does not know if the town will fall" sets no condition, and a question has no likelihood.
    let asked = passage.lower(0) == "if"
        && context.tables.kinds.conditions_asked(&Passage::of(context, &attribution.cue).words);
    let asks = kind::asks(context, &reading, &passage);
    let condition = condition::of_passage(context, &passage, claim).filter(|_| !asked);
    let certainty = certainty::of(context, attribution, &reading, &passage).filter(|_| !asks);
    let now = window::Now::of(context, said).map(|now| now.of_speech(attribution.speech));
    let found = window::of(context, attribution, &reading, &passage, now);
    let published = context.article.published.as_ref().map(|p| p.date);
    let given = kind::Given {
        ahead: found
            .as_ref()
            .is_some_and(|w| w.earliest.or(w.latest).is_some_and(|day| Some(day) > published)),
        dated: found.as_ref().is_some_and(|w| w.latest.is_some()),
        conditional: condition.is_some(),
        stated: certainty.as_ref().is_some_and(|c| c.class == sayso_model::CertaintyClass::Stated),
    };
    let kind = kind::of(context, attribution, &reading, &passage, given);
    // "said that he planned to come in May": a plan of another, and reported, has its time.
    let open = matches!(kind, Kind::Forecast | Kind::Intention | Kind::Demand)
        || kind == Kind::Report && reading.has(Effect::Plan);
    let window = found.filter(|_| open);
    Stance { reading, passage, kind, certainty, condition, window }
}

/// Reads all fields of a statement.
pub fn read(
    context: &Context,
    attribution: &Attribution,
    speaker: Option<&Speaker>,
    said: Option<&Said>,
) -> Meaning {
    let Stance { reading, passage, kind, certainty, condition, window } =
        stance(context, attribution, speaker, said);
    // "within three weeks" is said once, as the window.
    let apart =
        |q: &Quantity| window.as_ref().is_none_or(|w| !w.span.span().overlaps(q.span.span()));
    let mut quantities = quantity::of_passage(context, &passage);
    quantities.retain(apart);
    Meaning {
        polarity: polarity::of(context, &reading, kind, certainty.as_ref()),
        kind,
        certainty,
        condition,
        window,
        places: places(context, attribution),
        quantities,
        event: event::of(context, &reading),
    }
}

/// The word of the passage at which the claim stands.
fn claim_word(context: &Context, reading: &Reading, passage: &Passage) -> Option<usize> {
    let start = context.language.tokens.get(reading.claim?)?.span.start;
    let at = passage.words.partition_point(|w| w.span.end <= start);
    (at < passage.words.len()).then_some(at)
}

/// The places of a statement's content.
fn places(context: &Context, attribution: &Attribution) -> Vec<Place> {
    let mut seen = BTreeSet::new();
    let mut places = Vec::new();
    for span in &attribution.content {
        for place in context.ground.places_in(*span) {
            if place.acts || !seen.insert(place.name.clone()) {
                continue;
            }
            places.push(Place {
                name: place.name.clone(),
                geonameid: place.known.and_then(|k| k.geonameid),
                lat: place.known.map(|k| k.lat),
                lon: place.known.map(|k| k.lon),
                extent: place.extent,
                span: context.language.print(place.span),
            });
        }
    }
    places
}
