//! All layers of meaning of one statement in one reading.
//!
//! The layers share the main event: the hedge, the window and the negation that count are those
//! of its clause. Each layer can be read alone; reading them together finds the event once.

use sayso_model::{
    Certainty, CertaintyClass, Condition, Event, Kind, Place, Polarity, Quantity, Said, Span,
    Window,
};

use crate::{
    Attribution, Context, certainty, condition, event, kind, passage::Passage, place, polarity,
    quantity, window,
};

/// What a statement means.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// How sure the speaker is.
    pub certainty: Option<Certainty>,
    /// What the statement does.
    pub kind: Kind,
    /// Whether the event is said to happen.
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

/// What of a statement tells whether it can be compared: the rest is read of those that stand.
pub(crate) struct Claim<'t> {
    pub(crate) event: Option<event::Finding<'t>>,
    pub(crate) kind: Kind,
    pub(crate) condition: Option<Condition>,
    pub(crate) certainty: Option<Certainty>,
}

/// Reads what a statement claims, without its times, places and numbers.
pub(crate) fn claim<'t>(
    context: &Context<'t>,
    attribution: &Attribution,
    passage: &Passage,
) -> Claim<'t> {
    let found = event::find(context, attribution, passage);
    let trigger = found.as_ref().map(|f| f.words.clone());
    let start = trigger.as_ref().map(|t| t.start);
    let kind = kind::of_passage(context, attribution, passage, trigger.as_ref());
    // "does not know if the town will fall" sets no condition, and a question has no likelihood.
    let asked = passage.lower(0) == "if"
        && context.tables.kinds.conditions_asked(&Passage::of(context, &attribution.cue).words);
    let condition = condition::of_passage(context, passage, start).filter(|_| !asked);
    let asks = kind::asks(context, attribution, passage, trigger.as_ref());
    let certainty = certainty::of_passage(context, passage, trigger.as_ref())
        .or_else(|| certainty::of_cue(context, attribution, passage))
        .or_else(|| supposed(context, passage, condition.as_ref(), start))
        .filter(|_| !asks);
    Claim { event: found, kind, condition, certainty }
}

/// Reads all layers of a statement, whose window counts from when it was said.
pub fn read(context: &Context, attribution: &Attribution, said: Option<&Said>) -> Meaning {
    let passage = Passage::content(context, attribution);
    let Claim { event: found, kind, condition, certainty } = claim(context, attribution, &passage);
    let trigger = found.as_ref().map(|f| f.words.clone());
    let start = trigger.as_ref().map(|t| t.start);
    let found = found.or_else(|| event::told(context, attribution, &passage));
    let told = found.as_ref().map(|f| f.words.clone());
    let certainty = certainty.map(|c| certainty::on_scale(context, attribution, c));
    let ahead = matches!(kind, Kind::Forecast | Kind::Intention | Kind::Demand);
    let now = window::Now::of(context, said).map(|now| now.of_speech(attribution.speech));
    let window = if ahead { window::of_passage_at(context, &passage, start, now) } else { None };
    // "within three weeks" is said once, as the window.
    let apart =
        |q: &Quantity| window.as_ref().is_none_or(|w| !w.span.span().overlaps(q.span.span()));
    let mut quantities = quantity::of_passage(context, &passage);
    quantities.retain(apart);
    Meaning {
        kind,
        certainty,
        polarity: polarity::of_passage(context, attribution, &passage, told.as_ref()),
        condition,
        window,
        places: place::read(context, attribution),
        quantities,
        event: found.map(|f| event::event(context, &passage, f)),
    }
}

/// "would … if": said under a condition and with no other hedge.
fn supposed(
    context: &Context,
    passage: &Passage,
    condition: Option<&Condition>,
    trigger: Option<usize>,
) -> Option<Certainty> {
    condition?;
    let sentence = passage.sentence_at(trigger.unwrap_or(0));
    let at = sentence.into_iter().find(|i| matches!(passage.lower(*i), "would" | "'d"))?;
    let span = passage.span(at..at + 1);
    Some(Certainty {
        term: "would".to_owned(),
        basis: "lexicon".to_owned(),
        class: CertaintyClass::Conditional,
        low: None,
        mid: None,
        high: None,
        bound: sayso_model::Bound::TwoSided,
        scale: "general".to_owned(),
        span: context.language.print(span),
    })
}

/// Whether the words of a span could stand as a statement of their own: they hold a hedge with a
/// range, a condition, or an event of a pack that is still to come.
pub fn stands_alone(context: &Context, span: Span) -> bool {
    let passage = Passage::of(context, &[span]);
    let hedged = certainty::hedges(context, &passage).iter().any(|h| h.hedge.low.is_some());
    let conditional = !passage.conditions.is_empty();
    hedged || conditional || {
        let attribution = Attribution {
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![span],
            speech: sayso_model::Speech::Indirect,
            within: None,
            relayed: None,
            continues: None,
            confidence: 0.0,
        };
        let future = kind::speaks_of_future(&passage, 0..passage.words.len());
        future && event::names_event(context, &attribution, &passage)
    }
}
