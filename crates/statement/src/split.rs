//! One attribution, several claims: a long quotation becomes one statement for each claim that can
//! be compared with others.
//!
//! A sentence that names an event or foretells, and is hedged or conditional, stands alone; neighbours without
//! are kept together, so that a quotation that only tells is one statement. The attribution itself
//! stays whole: only its statements are split.
//!
//! "They will take Varne and Lisk" is one claim for each town: each keeps the words but for the other
//! towns, so that each can come true or not by itself.

use sayso_model::{Kind, Span};

use crate::{Attribution, Context, event, meaning, passage::Passage, tables::TargetKind};

/// The most towns of a list that become statements of their own, so that a page that is nothing but a
/// list of towns makes no more statements than it has sentences times this.
const MOST_TARGETS: usize = 12;

/// The contents of the statements of an attribution, in order; one when there is nothing to split.
pub fn read(context: &Context, attribution: &Attribution) -> Vec<Vec<Span>> {
    by_claim(context, attribution)
        .into_iter()
        .flat_map(|content| by_target(context, attribution, content))
        .collect()
}

/// The content for each town of "Varne, Lisk and Mellin", where one event is said of all.
fn by_target(context: &Context, attribution: &Attribution, content: Vec<Span>) -> Vec<Vec<Span>> {
    let one = Attribution { content, ..attribution.clone() };
    let targets = targets(context, &one);
    let [first, .., last] = &targets[..] else { return vec![one.content] };
    let list = first.cover(*last);
    let part = |start: u32, end: u32| {
        let piece = Span { start, end }.trim(context.language.text);
        piece.of(context.language.text).chars().any(char::is_alphanumeric).then_some(piece)
    };
    let of = |target: &Span| {
        let mut spans = Vec::new();
        for span in &one.content {
            if span.contains(list) {
                // The first and the last run on into the words that stand beside them.
                let before = if target == first { target.end } else { list.start };
                let after = if target == last { target.start } else { list.end };
                spans.extend(part(span.start, before));
                spans.extend((target != first && target != last).then_some(*target));
                spans.extend(part(after, span.end));
            } else {
                spans.push(*span);
            }
        }
        spans
    };
    targets.iter().map(of).collect()
}

/// The places of a list of which the first is the target of the content's event; none where no list
/// follows.
fn targets(context: &Context, attribution: &Attribution) -> Vec<Span> {
    let passage = Passage::content(context, attribution);
    let found = event::find(context, attribution, &passage);
    let of_place = |f: &event::Finding| f.class.is_some_and(|c| c.target == TargetKind::Place);
    let Some(first) = found.filter(of_place).and_then(|f| f.target).map(|t| t.span.span()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let mut places = context.ground.places_in(first).iter();
    out.extend(places.next().filter(|p| p.span == first).map(|p| p.span));
    let inside = |span: Span| attribution.content.iter().any(|c| c.contains(span));
    while let Some(last) = out.last().copied().filter(|_| out.len() < MOST_TARGETS) {
        let from = passage.words.partition_point(|w| w.span.start < last.end);
        let joint = passage.words.get(from..).unwrap_or_default();
        let length = match joint {
            [a, b, ..] if a.lower == "," && b.is_any(&["and", "or"]) => 2,
            [a, ..] if a.lower == "," || a.is_any(&["and", "or"]) => 1,
            _ => break,
        };
        let Some(word) = joint.get(length) else { break };
        let at = context.ground.places.partition_point(|p| p.span.start < word.span.start);
        let next = context.ground.places.get(at).map(|p| p.span);
        let Some(next) = next.filter(|n| n.start == word.span.start && inside(*n)) else { break };
        out.push(next);
    }
    out
}

fn by_claim(context: &Context, attribution: &Attribution) -> Vec<Vec<Span>> {
    let pieces = sentences(context, &attribution.content);
    let indirect = attribution.speech == sayso_model::Speech::Indirect;
    if pieces.len() < 2 || indirect {
        return vec![attribution.content.clone()];
    }
    let mut out: Vec<Vec<Span>> = Vec::new();
    let mut last_alone = true;
    for sentence in joined(context, pieces) {
        let alone = stands_alone(context, attribution, &sentence);
        match out.last_mut() {
            Some(group) if !alone && !last_alone => group.extend(sentence),
            _ => out.push(sentence),
        }
        last_alone = alone;
    }
    if out.len() == 1 {
        return vec![attribution.content.clone()];
    }
    out
}

/// The content cut at the ends of sentences.
fn sentences(context: &Context, content: &[Span]) -> Vec<Span> {
    let language = context.language;
    let mut out = Vec::new();
    for span in content {
        let Some(first) = language.sentence_at(span.start) else { continue };
        for sentence in language.sentences[first..].iter().take_while(|s| s.span.start < span.end) {
            let start = sentence.span.start.max(span.start);
            let end = sentence.span.end.min(span.end);
            if start < end {
                let piece = Span { start, end };
                if piece.of(language.text).chars().any(char::is_alphanumeric) {
                    out.push(piece);
                }
            }
        }
    }
    out
}

/// The pieces of one sentence together: “If it rains,” she said, “we will stay.” is one claim.
fn joined(context: &Context, pieces: Vec<Span>) -> Vec<Vec<Span>> {
    let mut out: Vec<(Option<usize>, Vec<Span>)> = Vec::new();
    for piece in pieces {
        let sentence = context.language.sentence_at(piece.start);
        match out.last_mut() {
            Some((last, group)) if *last == sentence && sentence.is_some() => group.push(piece),
            _ => out.push((sentence, vec![piece])),
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

fn stands_alone(context: &Context, attribution: &Attribution, sentence: &[Span]) -> bool {
    let alone = Attribution { content: sentence.to_vec(), ..attribution.clone() };
    let meaning = meaning::read(context, &alone);
    let foretells = matches!(meaning.kind, Kind::Forecast | Kind::Intention);
    (meaning.event.is_some() || foretells)
        && (meaning.certainty.is_some() || meaning.condition.is_some())
}
