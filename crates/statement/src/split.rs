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

use sayso_language::clause::Relation;
use sayso_model::{CertaintyClass, Kind, Span, Speaker};

use crate::{
    Attribution, Context,
    event::{self, Asserted},
    lists::{joined, named},
    meaning,
    passage::Passage,
    reading::Reading,
    tables::TargetKind,
};

/// The contents of the statements of an attribution, in order; one when there is nothing to split.
pub fn read(
    context: &Context,
    attribution: &Attribution,
    speaker: Option<&Speaker>,
) -> Vec<Vec<Span>> {
    let attribution = &with_list(context, attribution);
    by_claim(context, attribution, speaker)
        .into_iter()
        .flat_map(|content| by_member(context, attribution, content, speaker))
        .collect()
}

/// The content for each town of "Varne, Lisk and Mellin", where one event is said of all, and for each
/// of "Karin Holm and Ivo Stark", who do it or to whom it is done.
fn by_member(
    context: &Context,
    attribution: &Attribution,
    content: Vec<Span>,
    speaker: Option<&Speaker>,
) -> Vec<Vec<Span>> {
    let one = Attribution { content, ..attribution.clone() };
    let passage = Passage::content(context, &one);
    if !passage.has(0..passage.words.len(), &["and", "or", ",", ";", ":"]) {
        return vec![one.content];
    }
    let reading = Reading::new(context, &one, speaker);
    let Some(found) = event::asserted(context, &reading) else { return vec![one.content] };
    let each = |content: Vec<Span>, members: &[Span]| {
        if members.len() < 2 {
            return vec![content];
        }
        (0..members.len()).map(|kept| without(context, &content, members, &[kept])).collect()
    };
    let parties = parties(context, &passage, &found);
    if !parties.is_empty() {
        let pairs = (0..parties.len()).flat_map(|a| (a + 1..parties.len()).map(move |b| [a, b]));
        return pairs.map(|pair| without(context, &one.content, &parties, &pair)).collect();
    }
    let targets = targets(context, &one, &passage, &found, speaker);
    let actors = actors(context, &passage, &found);
    each(one.content, &targets).into_iter().flat_map(|content| each(content, &actors)).collect()
}

/// The content without the members of a list but some, given by their places in order.
fn without(context: &Context, content: &[Span], members: &[Span], kept: &[usize]) -> Vec<Span> {
    let ([first, ..], Some(last)) = (members, members.last()) else { return content.to_vec() };
    let mut parts = vec![Span { start: 0, end: first.start }];
    let leading = kept.first();
    let stay = kept.iter().filter_map(|at| {
        let member = members.get(*at)?;
        // What joins one that stays to the one before it stays too: "Estmark and Oskaria".
        let joint = at.checked_sub(1).filter(|_| Some(at) != leading).and_then(|i| members.get(i));
        Some(Span { start: joint.map_or(member.start, |m| m.end), end: member.end })
    });
    // The first and the last run on into the words that stand beside them.
    for part in stay.chain([Span { start: last.end, end: u32::MAX }]) {
        match parts.last_mut() {
            Some(before) if before.end >= part.start => before.end = part.end,
            _ => parts.push(part),
        }
    }
    let text = context.language.text;
    let mut out = Vec::new();
    for span in content {
        for part in &parts {
            let (start, end) = (span.start.max(part.start), span.end.min(part.end));
            let piece = (start < end).then(|| Span { start, end }.trim(text));
            out.extend(piece.filter(|p| p.of(text).chars().any(char::is_alphanumeric)));
        }
    }
    out
}

/// The list of which the first is the target of an event of a pack; what a verb that no pack knows is
/// said of belongs together.
fn targets(
    context: &Context,
    attribution: &Attribution,
    passage: &Passage,
    found: &Asserted,
    speaker: Option<&Speaker>,
) -> Vec<Span> {
    let (Some(class), Some(target)) = (found.class, &found.target) else { return Vec::new() };
    let target = target.span.span();
    let place = context.ground.places_in(target).first().is_some_and(|p| p.span == target);
    let named = named::of_items(context, passage, target).filter(|_| !place);
    if let Some(members) = named.filter(|_| class.target == TargetKind::Any) {
        return members;
    }
    let peoples = named::of_peoples(context, passage, target);
    if !peoples.is_empty() && !class.mutual {
        return peoples;
    }
    let list = match class.target {
        _ if place => joined::of_places(context, passage, target),
        TargetKind::Place => joined::of_joined(context, passage, target),
        TargetKind::Any if !class.mutual => joined::of_joined(context, passage, target),
        _ => return Vec::new(),
    };
    // "may take Varne or Lisk" says that each is possible; "will probably take Varne or Lisk" gives
    // no likelihood of either.
    let possible = || {
        meaning::stance(context, attribution, speaker, None)
            .certainty
            .is_some_and(|c| c.class == CertaintyClass::Possibility)
    };
    if list.either && !possible() { Vec::new() } else { list.members }
}

/// The list of which the first does it.
fn actors(context: &Context, passage: &Passage, found: &Asserted) -> Vec<Span> {
    let Some(class) = found.class else { return Vec::new() };
    let list = joined_actors(context, passage, found);
    // Two that meet are one event: one of them is its target.
    let target = found.target.as_ref().map(|t| t.span.span());
    let among = target.is_none_or(|t| list.iter().any(|m| m.overlaps(t)));
    if class.mutual && among { Vec::new() } else { list }
}

/// So many heads lie between a word of a clause and the clause.
const MAX_DEPTH: usize = 6;

/// The most that have an event with each other of whom each pair is a statement.
const MOST_PARTIES: usize = 5;

/// Three or more that have an event with each other, actor and target among them: "Estmark, Varland and
/// Oskaria will sign". The record has one of each, so that each pair is a claim.
fn parties(context: &Context, passage: &Passage, found: &Asserted) -> Vec<Span> {
    let target = found.target.as_ref().filter(|_| found.class.is_some_and(|c| c.mutual));
    let Some(target) = target.map(|t| t.span.span()) else { return Vec::new() };
    let list = joined_actors(context, passage, found);
    let among = list.iter().any(|m| m.overlaps(target));
    if among && (3..=MOST_PARTIES).contains(&list.len()) { list } else { Vec::new() }
}

/// Those who act together, the actor first.
fn joined_actors(context: &Context, passage: &Passage, found: &Asserted) -> Vec<Span> {
    let trigger = found.trigger;
    let actor = found.actor.as_ref().map(|a| a.span.span()).filter(|a| !a.overlaps(trigger));
    let Some(actor) = actor else { return Vec::new() };
    if let Some(members) = named::of_items(context, passage, actor) {
        return members;
    }
    let peoples = named::of_peoples(context, passage, actor);
    if !peoples.is_empty() {
        return peoples;
    }
    let list = joined::of_joined(context, passage, actor);
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
    let named = joined::promises_names(said);
    whole.content.extend(
        lines
            .iter()
            .map(|s| s.span.trim(language.text))
            .take_while(|s| joined::is_item(context, *s, named)),
    );
    whole
}

fn by_claim(
    context: &Context,
    attribution: &Attribution,
    speaker: Option<&Speaker>,
) -> Vec<Vec<Span>> {
    let contents = by_sentence(context, attribution, speaker);
    contents.into_iter().flat_map(|c| by_clause(context, attribution, c, speaker)).collect()
}

/// The content for each of the coordinated clauses of one sentence that claim something by themselves: "the
/// raid failed and that the ministry will look into it", "exports fell but are likely to grow".
fn by_clause(
    context: &Context,
    attribution: &Attribution,
    content: Vec<Span>,
    speaker: Option<&Speaker>,
) -> Vec<Vec<Span>> {
    let tree = context.tree();
    let joins = |t: usize| matches!(tree.relation(t), Relation::Coordinator | Relation::Marker);
    if !content.iter().any(|s| context.language.tokens_in(*s).any(joins)) {
        return vec![content];
    }
    let one = Attribution { content, ..attribution.clone() };
    let reading = Reading::new(context, &one, speaker);
    let Some(mut head) = reading.path.first().copied() else { return vec![one.content] };
    let sound = |t: usize| reading.content.binary_search(&t).is_ok();
    // The reading may have gone on to a clause that looks ahead.
    while tree.relation(head) == Relation::Coordination
        && let Some(first) = tree.head(head).filter(|h| *h < head && sound(*h))
    {
        head = first;
    }
    let conditional = tree.children_of(head, &[Relation::AdverbialClause]).any(|c| c < head);
    if conditional || reading.tokens.len() != reading.content.len() || !tree.is_finite(head) {
        return vec![one.content];
    }
    let own = |t: usize| {
        tree.children(t).any(|c| {
            tree.relation(c).is_subject() && !tree.form(c).relative
                || tree.relation(c) == Relation::Expletive
        })
    };
    // The parse may hang the second clause on the word of saying.
    let beside = |c: usize| {
        tree.relation(c) == Relation::Coordination && tree.head(c) == Some(head)
            || matches!(tree.relation(c), Relation::Coordination | Relation::Complement)
                && tree.head(c) == tree.head(head)
                && tree.head(c).is_some_and(|h| !sound(h))
            || tree.relation(c) == Relation::AdverbialClause
                && tree.head(c) == Some(head)
                && concedes(context, c)
    };
    let joined: Vec<usize> = reading
        .tokens
        .iter()
        .copied()
        .filter(|c| *c > head && beside(*c) && tree.is_finite(*c) && tree.is_predicate(*c))
        .collect();
    let kind = |content: &[Span]| {
        let part = Attribution { content: content.to_vec(), ..one.clone() };
        meaning::stance(context, &part, speaker, None).kind
    };
    let open = |k: Kind| matches!(k, Kind::Forecast | Kind::Demand | Kind::Denial);
    let mut out = vec![one.content.clone()];
    for next in joined {
        let Some(last) = out.last().cloned() else { break };
        let Some((before, behind)) = cut(context, &last, next) else { continue };
        let quoted = attribution.speech == sayso_model::Speech::Direct;
        let side = tree.relation(next) == Relation::AdverbialClause;
        let differ = || {
            let (one, other) = (kind(&before), kind(&behind));
            one != other && (open(one) || open(other))
        };
        if own(next) && !quoted && !side || differ() {
            out.pop();
            out.extend([before, behind]);
        }
    }
    out
}

/// "…, although the recovery should go on": a clause that says something beside the main one.
fn concedes(context: &Context, clause: usize) -> bool {
    let words = &context.tables.operators.clauses.concessive;
    let mut markers = context.tree().children_of(clause, &[Relation::Marker]);
    markers.any(|m| m < clause && words.contains(context.lemma(m)) && context.lemma(m) != "whether")
}

/// A content cut in front of a coordinated clause, without the word that joins it.
fn cut(context: &Context, content: &[Span], clause: usize) -> Option<(Vec<Span>, Vec<Span>)> {
    let tree = context.tree();
    let language = context.language;
    // The word that joins may hang on the first noun of the clause.
    let inside = |t: usize| tree.ancestors(t).take(MAX_DEPTH).any(|a| a == clause);
    let side = tree.relation(clause) == Relation::AdverbialClause;
    let joins = if side { Relation::Marker } else { Relation::Coordinator };
    let joint = (0..clause)
        .rev()
        .take_while(|t| inside(*t))
        .filter(|t| tree.relation(*t) == joins)
        .last()?;
    let at = language.tokens.get(joint)?.span;
    let text = language.text;
    let part = |keep: &dyn Fn(Span) -> Option<Span>| -> Vec<Span> {
        let spans = content.iter().filter_map(|s| keep(*s)).map(|s| s.trim(text));
        spans.filter(|s| s.of(text).chars().any(char::is_alphanumeric)).collect()
    };
    let before =
        part(&|s| (s.start < at.start).then(|| Span { start: s.start, end: s.end.min(at.start) }));
    let behind =
        part(&|s| (s.end > at.end).then(|| Span { start: s.start.max(at.end), end: s.end }));
    let trimmed = |mut spans: Vec<Span>| {
        if let Some(last) = spans.last_mut() {
            let words = last.of(text).trim_end_matches([',', ';', '–', '—', '-', ' ']);
            last.end = last.start + u32::try_from(words.len()).unwrap_or(0);
        }
        spans
    };
    let (before, behind) = (trimmed(before), behind);
    (!before.is_empty() && !behind.is_empty()).then_some((before, behind))
}

/// The content for each sentence of a quotation that stands alone, and for those between together.
fn by_sentence(
    context: &Context,
    attribution: &Attribution,
    speaker: Option<&Speaker>,
) -> Vec<Vec<Span>> {
    let pieces = sentences(context, &attribution.content);
    let indirect = attribution.speech == sayso_model::Speech::Indirect;
    if pieces.len() < 2 || indirect {
        return vec![attribution.content.clone()];
    }
    let mut out: Vec<Vec<Span>> = Vec::new();
    let mut last_alone = true;
    for sentence in joined(context, pieces) {
        let alone = stands_alone(context, attribution, &sentence, speaker);
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
    let (mut listing, mut named) = (false, false);
    for piece in pieces {
        let sentence = context.language.sentence_at(piece.start);
        let words = piece.of(context.language.text).trim_end();
        let item = listing && joined::is_item(context, piece, named);
        listing = item || words.ends_with(':');
        named = if item { named } else { joined::promises_names(words) };
        match out.last_mut() {
            Some((_, group)) if item => group.push(piece),
            Some((last, group)) if *last == sentence && sentence.is_some() => group.push(piece),
            _ => out.push((sentence, vec![piece])),
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

fn stands_alone(
    context: &Context,
    attribution: &Attribution,
    sentence: &[Span],
    speaker: Option<&Speaker>,
) -> bool {
    let alone = Attribution { content: sentence.to_vec(), ..attribution.clone() };
    let claim = meaning::stance(context, &alone, speaker, None);
    matches!(claim.kind, Kind::Forecast | Kind::Demand | Kind::Denial)
}
