//! One statement, field by field.

use std::io::{self, Write};

use sayso_model::{PrintedSpan, Statement};

use super::{dateline, facts};
use crate::{
    engine,
    format::{Cell, Column, Ink, row},
    screen::{Screen, one_line},
    wording,
};

/// Prints a statement; with `why`, also the words, the rules and the models behind each field.
pub(super) fn show(
    out: &mut impl Write,
    one: &Statement,
    why: bool,
    screen: Screen,
) -> io::Result<()> {
    if let Some(title) = &one.article.title {
        writeln!(out, "{}", one_line(title))?;
    }
    dateline(out, &one.article)?;
    let mut words = Cell::default();
    words.line(Ink::Strong, wording::words(one));
    writeln!(out)?;
    row(out, 2, &[Column(screen.width.min(90).saturating_sub(2))], &[words])?;
    writeln!(out)?;
    let speaker = one.speaker.as_ref();
    let who = match wording::role(speaker) {
        Some(role) => format!("{} ({role})", wording::speaker(speaker)),
        None => wording::speaker(speaker),
    };
    let mut lines = vec![("who", Some(who))];
    lines.push(("or", some(&wording::candidates(speaker))));
    for link in &one.chain {
        let cue = link.cue.as_ref().map(|cue| format!(" ({})", one_line(cue))).unwrap_or_default();
        lines.push(("via", Some(format!("{}{cue}", one_line(&link.name)))));
    }
    let quantities: Vec<String> = one.quantities.iter().map(|q| one_line(&q.text)).collect();
    let places: Vec<String> = one
        .places
        .iter()
        .map(|place| match (place.lat, place.lon) {
            (Some(lat), Some(lon)) => format!("{} ({lat:.2}, {lon:.2})", one_line(&place.name)),
            _ => one_line(&place.name),
        })
        .collect();
    lines.extend([
        ("said", one.said.as_ref().map(wording::said)),
        ("what", Some(format!("{}, {} speech", one.kind.word(), one.speech.word()))),
        ("how sure", one.certainty.as_ref().map(wording::certainty)),
        ("if", one.condition.as_ref().map(|condition| condition.text.clone())),
        ("event", one.event.as_ref().map(|e| wording::event(e, one.polarity, &engine::classes()))),
        ("when", one.window.as_ref().map(wording::window)),
        ("places", some(&places)),
        ("numbers", some(&quantities)),
        ("drift", some(&one.drift)),
        ("record", Some(format!("schema {}", one.schema))),
        ("id", Some(one.id.clone())),
        ("article", Some(one.article.id.clone())),
    ]);
    facts(out, screen, &lines)?;
    if why {
        writeln!(out, "\nwhy")?;
        facts(out, screen, &reasons(one))?;
    }
    Ok(())
}

/// Where each field comes from.
fn reasons(one: &Statement) -> Vec<(&'static str, Option<String>)> {
    let mut lines = vec![
        ("source", spans(&one.source)),
        (
            "cue",
            spans(&one.cue).or_else(|| Some("none: carried on from the statement before".into())),
        ),
        ("content", spans(&one.content)),
        (
            "speaker",
            one.speaker
                .as_ref()
                .and_then(|s| s.mention.as_ref())
                .map(|mention| format!("named by {}", place_of(mention))),
        ),
        (
            "linked",
            one.speaker.as_ref().and_then(|s| s.confidence).map(|sure| {
                format!("{sure:.2}: how sure sayso is that these words stand for this speaker")
            }),
        ),
        ("said", one.said.as_ref().map(|said| place_of(&said.span))),
    ];
    for link in &one.chain {
        lines.push(("via", Some(place_of(&link.span))));
    }
    lines.extend([
        (
            "how sure",
            one.certainty.as_ref().map(|c| {
                format!("{}, by {} on the scale: {}", place_of(&c.span), c.basis, c.scale)
            }),
        ),
        ("if", one.condition.as_ref().map(|c| place_of(&c.span))),
        (
            "when",
            one.window.as_ref().map(|w| {
                let soft = w
                    .latest_soft
                    .map(|day| format!(", generously until {day}"))
                    .unwrap_or_default();
                format!("{}, by the rule {}{soft}", place_of(&w.span), w.rule)
            }),
        ),
        (
            "event",
            one.event.as_ref().map(|e| {
                let pack =
                    e.pack.as_ref().map_or("no pack".to_owned(), |pack| format!("the pack {pack}"));
                format!("{}, class {} of {pack}", place_of(&e.trigger), e.class)
            }),
        ),
        (
            "right?",
            Some(format!(
                "{:.2}: how sure sayso is of having read this right (not how sure the speaker is)",
                one.confidence
            )),
        ),
        ("read by", Some(one.extractor.clone())),
    ]);
    lines
}

fn spans(spans: &[PrintedSpan]) -> Option<String> {
    some(&spans.iter().map(place_of).collect::<Vec<_>>())
}

/// "said" at 120–124: code points of the article.
fn place_of(span: &PrintedSpan) -> String {
    format!("“{}” at {}–{}", one_line(&span.text), span.start, span.end)
}

fn some(parts: &[String]) -> Option<String> {
    if parts.is_empty() { None } else { Some(parts.join(", ")) }
}
