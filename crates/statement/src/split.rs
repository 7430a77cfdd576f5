//! One attribution, several claims: a long quotation becomes one statement for each claim that can
//! be compared with others.
//!
//! A sentence that names an event or foretells, and is hedged or conditional, stands alone; neighbours without
//! are kept together, so that a quotation that only tells is one statement. The attribution itself
//! stays whole: only its statements are split.
//!
//! "They will take Varne and Lisk" is one claim for each town: each keeps the words but for the other
//! towns, so that each can come true or not by itself. So is "Poland and Latvia will lift sanctions"
//! for each of them, and each line under "from the following towns:".

use sayso_model::{CertaintyClass, Kind, Span};

use crate::{
    Attribution, Context, certainty, event, meaning, passage::Passage, tables::TargetKind,
};

/// The contents of the statements of an attribution, in order; one when there is nothing to split.
pub fn read(context: &Context, attribution: &Attribution) -> Vec<Vec<Span>> {
    let attribution = &with_list(context, attribution);
    by_claim(context, attribution)
        .into_iter()
        .flat_map(|content| by_member(context, attribution, content))
        .collect()
}

/// The content for each town of "Varne, Lisk and Mellin", where one event is said of all, and for each
/// of "Karin Holm and Ivo Stark", who do it or to whom it is done.
fn by_member(context: &Context, attribution: &Attribution, content: Vec<Span>) -> Vec<Vec<Span>> {
    let one = Attribution { content, ..attribution.clone() };
    let passage = Passage::content(context, &one);
    if !passage.has(0..passage.words.len(), &["and", "or", ",", ";", ":"]) {
        return vec![one.content];
    }
    let Some(found) = event::find(context, &one, &passage) else { return vec![one.content] };
    let each = |content: Vec<Span>, members: &[Span]| {
        if members.len() < 2 {
            return vec![content];
        }
        members.iter().map(|kept| without(context, &content, members, *kept)).collect()
    };
    let targets = targets(context, &passage, &found);
    let actors = actors(context, &passage, &found);
    each(one.content, &targets).into_iter().flat_map(|content| each(content, &actors)).collect()
}

/// The content without the members of a list but one.
fn without(context: &Context, content: &[Span], members: &[Span], kept: Span) -> Vec<Span> {
    let ([first, ..], Some(last)) = (members, members.last()) else { return content.to_vec() };
    // The first and the last run on into the words that stand beside them.
    let before = if kept == *first { kept.end } else { first.start };
    let after = if kept == *last { kept.start } else { last.end };
    let middle = (kept != *first && kept != *last).then_some(kept);
    let parts =
        [Some(Span { start: 0, end: before }), middle, Some(Span { start: after, end: u32::MAX })];
    let text = context.language.text;
    let mut out = Vec::new();
    for span in content {
        for part in parts.iter().flatten() {
            let (start, end) = (span.start.max(part.start), span.end.min(part.end));
            let piece = (start < end).then(|| Span { start, end }.trim(text));
            out.extend(piece.filter(|p| p.of(text).chars().any(char::is_alphanumeric)));
        }
    }
    out
}

/// The list of which the first is the target of an event of a pack; what a verb that no pack knows is
/// said of belongs together.
fn targets(context: &Context, passage: &Passage, found: &event::Finding) -> Vec<Span> {
    let (Some(class), Some(target)) = (found.class, &found.target) else { return Vec::new() };
    let target = target.span.span();
    let place = context.ground.places_in(target).first().is_some_and(|p| p.span == target);
    let list = match class.target {
        _ if place => event::list::of_places(context, passage, target),
        TargetKind::Any if !class.mutual => event::list::of_joined(context, passage, target),
        _ => return Vec::new(),
    };
    // "may take Varne or Lisk" says that each is possible; "will probably take Varne or Lisk" gives
    // no likelihood of either.
    let possible = || {
        certainty::of_passage(context, passage, Some(&found.words))
            .is_some_and(|c| c.class == CertaintyClass::Possibility)
    };
    if list.either && !possible() { Vec::new() } else { list.members }
}

/// The list of which the first does it.
fn actors(context: &Context, passage: &Passage, found: &event::Finding) -> Vec<Span> {
    // Two that meet are one event: one of them is its target.
    if found.class.is_none_or(|c| c.mutual) {
        return Vec::new();
    }
    let trigger = passage.span(found.words.clone());
    let actor = found.actor.as_ref().map(|a| a.span.span()).filter(|a| !a.overlaps(trigger));
    let list = actor.map(|a| event::list::of_joined(context, passage, a)).unwrap_or_default();
    if list.either { Vec::new() } else { list.members }
}

/// The attribution with the lines of the list that its last words announce ("from the following
/// towns:"), where they were left out as paragraphs of their own.
fn with_list(context: &Context, attribution: &Attribution) -> Attribution {
    let mut whole = attribution.clone();
    let Some(last) = attribution.content.last() else { return whole };
    let language = context.language;
    let said = last.of(language.text).trim_end();
    let next = language.text.get(last.end as usize..).unwrap_or_default();
    let Some(sentence) = language.sentence_at(last.end.saturating_sub(1)) else { return whole };
    if !said.ends_with(':') && !next.trim_start_matches(' ').starts_with(':') {
        return whole;
    }
    let lines = language.sentences.get(sentence + 1..).unwrap_or_default();
    whole.content.extend(
        lines
            .iter()
            .map(|s| s.span.trim(language.text))
            .take_while(|s| event::list::is_item(context, *s)),
    );
    whole
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

/// The pieces of one sentence together: “If it rains,” she said, “we will stay.” is one claim. So are
/// the lines of a list with the words that announce it.
fn joined(context: &Context, pieces: Vec<Span>) -> Vec<Vec<Span>> {
    let mut out: Vec<(Option<usize>, Vec<Span>)> = Vec::new();
    let mut listing = false;
    for piece in pieces {
        let sentence = context.language.sentence_at(piece.start);
        let item = listing && event::list::is_item(context, piece);
        listing = item || piece.of(context.language.text).trim_end().ends_with(':');
        match out.last_mut() {
            Some((_, group)) if item => group.push(piece),
            Some((last, group)) if *last == sentence && sentence.is_some() => group.push(piece),
            _ => out.push((sentence, vec![piece])),
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

fn stands_alone(context: &Context, attribution: &Attribution, sentence: &[Span]) -> bool {
    let alone = Attribution { content: sentence.to_vec(), ..attribution.clone() };
    let claim = meaning::claim(context, &alone, &Passage::content(context, &alone));
    let foretells = matches!(claim.kind, Kind::Forecast | Kind::Intention);
    (claim.event.is_some() || foretells) && (claim.certainty.is_some() || claim.condition.is_some())
}
