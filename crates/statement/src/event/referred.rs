//! Places that are meant and not named: "the town", "it", a trigger that needs none beside it.

use std::ops::Range;

use sayso_model::{Entity, Extent, Span};

use super::roles::Frame;
use crate::{place::NamedPlace, tables::List};

/// "the city", "it": the place of that sort that was named last.
pub(super) fn referred(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let words = &frame.passage.words;
    for at in range.clone() {
        let word = words.get(at)?;
        let definite = |i: usize| {
            (i.saturating_sub(3).max(range.start)..i).any(|j| List::Definite.has(frame.lower(j)))
        };
        let towns = word.is_in(List::TownNouns) && !word.capital && definite(at);
        let regions = word.is_in(List::RegionNouns) && !word.capital && definite(at);
        let pronoun = range.len() <= 2 && at == range.start && word.is_in(List::PlacePronouns);
        if !(towns || regions || pronoun) {
            continue;
        }
        let wanted = if regions { Extent::Area } else { Extent::Point };
        let place = before(frame, word.span.start, wanted)
            .or_else(|| regions.then(|| before(frame, word.span.start, Extent::Point))?)?;
        return Some(frame.entity(place.name.clone(), word.span));
    }
    None
}

/// The place of an extent that was named last before a byte.
fn before<'f>(frame: &'f Frame, byte: u32, extent: Extent) -> Option<&'f NamedPlace> {
    let places = &frame.context.ground.places;
    let end = places.partition_point(|p| p.span.start < byte);
    // Far back is another matter. Of the near ones the last counts that the article keeps naming:
    // a capital named in passing is not "the town".
    // Nor is whoever takes it: "Oskaria will take the town".
    let takes = |p: &NamedPlace| is_subject(frame, p.span);
    let near = || {
        let last = places[..end].iter().rev().take(40);
        last.filter(|p| p.extent == extent && !p.acts && !takes(p))
    };
    let times = |p: &NamedPlace| frame.context.ground.times_named(&p.name);
    let most = near().map(times).max()?;
    near().find(|p| 2 * times(p) >= most)
}

/// The town named last before the trigger, for a trigger that needs none beside it.
pub(super) fn last_place(frame: &Frame) -> Option<Entity> {
    let word = frame.passage.words.get(frame.words.start)?;
    let place = before(frame, word.span.start, Extent::Point)?;
    Some(frame.entity(place.name.clone(), word.span))
}

/// Whether some words are the subject of the trigger, by the parse.
fn is_subject(frame: &Frame, span: Span) -> bool {
    let language = frame.context.language;
    let trigger = frame.passage.words.get(frame.words.start).map(|w| w.span);
    language.tokens_in(span).any(|t| {
        let token = &language.tokens[t];
        let head = token.head.map(|h| language.tokens[h].span);
        token.deprel == "nsubj" && head.is_some() && head == trigger
    })
}
