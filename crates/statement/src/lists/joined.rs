//! Lists of those to whom one thing happens, or who do it: "Varne, Lisk and Mellin", "Karin Holm and
//! Ivo Stark", the lines under "from the following towns:".

use sayso_language::Upos;
use sayso_model::Span;

use crate::{
    Context,
    passage::Passage,
    tables::List as Words,
    words::{Word, WordKind},
};

/// The most members of a list, so that a page that is nothing but a list of towns makes no more
/// statements than it has sentences times this.
pub(super) const MOST_MEMBERS: usize = 12;
/// What stands at the head of a line of a list.
const BULLETS: [&str; 7] = ["-", "–", "—", "•", "*", "·", "▪"];

/// The members of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct List {
    /// In order; the first is the one that was asked for.
    pub(crate) members: Vec<Span>,
    /// One of them and not each: "Varne or Lisk".
    pub(crate) either: bool,
}

/// The list that begins with a place; no more than that one where none follows.
pub(crate) fn of_places(context: &Context, passage: &Passage, first: Span) -> List {
    let places = &context.ground.places;
    let member = |at: usize| {
        let at = (at..at + 4).find(|i| !Words::BeforeMember.has(passage.lower(*i)))?;
        let start = passage.words.get(at)?.span.start;
        let next = places.partition_point(|p| p.span.start < start);
        places.get(next).filter(|p| p.span.start == start).map(|p| p.span)
    };
    grow(context, passage, first, member)
}

/// The list that begins with some name or noun, by the parse: what is joined to it.
pub(crate) fn of_joined(context: &Context, passage: &Passage, first: Span) -> List {
    let tokens = &context.language.tokens;
    let inside = context.language.tokens_in(first);
    let outer = |t: &usize| tokens[*t].head.is_none_or(|h| !inside.contains(&h));
    let Some(head) = inside.clone().find(outer) else { return List::default() };
    // Where the first one of the text was left out, the second is joined to what is not there.
    let elder = tokens[head].head.filter(|h| {
        let span = tokens[*h].span;
        let at = passage.words.partition_point(|w| w.span.start < span.start);
        let stands = passage.words.get(at).is_some_and(|w| w.span.start == span.start);
        tokens[head].deprel == "conj" && !stands
    });
    let member = |at: usize| {
        let at = at + usize::from(passage.has(at..at + 1, &["the", "a", "an"]));
        let begins = context.token_at(passage.words.get(at)?.span)?;
        let core = (begins..tokens.len().min(begins + 5)).find(|t| {
            let token = &tokens[*t];
            let adjective = token.upos == Upos::Adj && tokens[head].upos == Upos::Adj;
            (token.head == Some(head) || token.head == elder)
                && token.deprel == "conj"
                && (matches!(token.upos, Upos::Noun | Upos::Propn) || adjective)
        })?;
        // All that stands before it belongs to it.
        if (begins..core).any(|t| tokens[t].head != Some(core)) {
            return None;
        }
        let end = (core + 1..tokens.len())
            .take_while(|t| tokens[*t].head == Some(core) && tokens[*t].deprel == "flat")
            .last()
            .unwrap_or(core);
        // "Velanian President Ivo Stark": the parse may take a title and its name for two members.
        let runs_on = (end + 1..tokens.len().min(end + 4)).take_while(|t| {
            tokens[*t].upos == Upos::Propn && tokens[*t].sentence == tokens[core].sentence
        });
        let end = if tokens[core].upos == Upos::Propn { end + runs_on.count() } else { end };
        let whole = tokens[begins].span.cover(tokens[end].span);
        // A name is taken whole, whatever the parse makes of it.
        let names = &context.language.names;
        let next = names.partition_point(|n| n.span.end <= whole.start);
        let name =
            names.get(next).filter(|n| n.span.start == whole.start && n.span.len() > whole.len());
        Some(name.map_or(whole, |n| n.span))
    };
    grow(context, passage, first, member)
}

/// Takes members as long as a joint and a member follow.
fn grow(
    context: &Context,
    passage: &Passage,
    first: Span,
    member: impl Fn(usize) -> Option<Span>,
) -> List {
    let mut list = List { members: vec![first], either: false };
    while let Some(last) =
        list.members.last().copied().filter(|_| list.members.len() < MOST_MEMBERS)
    {
        let from = passage.words.partition_point(|w| w.span.start < last.end);
        let Some((next, either)) = joint(context, passage, from) else { break };
        let Some(found) = member(next) else { break };
        // A member lies inside the content with all its words.
        let end = passage.words.partition_point(|w| w.span.end <= found.end);
        let last = end.checked_sub(1).and_then(|i| passage.words.get(i));
        if last.is_none_or(|w| w.span.end != found.end) {
            break;
        }
        list.members.push(found);
        list.either |= either;
    }
    list
}

/// The word after a comma, an "and", the end of a line with its bullet, and whether it is "or".
fn joint(context: &Context, passage: &Passage, from: usize) -> Option<(usize, bool)> {
    let mut at = from;
    let mut either = false;
    if passage.has(at..at + 1, &[",", ";"]) {
        at += 1;
    }
    if passage.has(at..at + 1, &["and", "or"]) {
        either = passage.lower(at) == "or";
        at += 1;
    }
    let before = from.checked_sub(1).and_then(|i| passage.words.get(i))?;
    let next = passage.words.get(at)?;
    if breaks_line(context, before, next) {
        at = after_bullet(passage, at);
    } else if at == from {
        return None;
    }
    Some((at, either))
}

pub(super) fn breaks_line(context: &Context, before: &Word, next: &Word) -> bool {
    let between = before.span.end as usize..next.span.start as usize;
    context.language.text.get(between).is_some_and(|gap| gap.contains('\n'))
}

/// The word after "•", "1." or "a)".
pub(super) fn after_bullet(passage: &Passage, at: usize) -> usize {
    if passage.has(at..at + 1, &BULLETS) {
        return at + 1;
    }
    let short = passage.words.get(at).is_some_and(|w| {
        w.kind == WordKind::Number || w.kind == WordKind::Letters && w.lower.len() == 1
    });
    at + if short && passage.has(at + 1..at + 2, &[".", ")"]) { 2 } else { 0 }
}

/// Whether a line names a place at its head, as the lines of a list of places do; with `named`, where a
/// list of others was announced, any name.
pub(crate) fn is_item(context: &Context, line: Span, named: bool) -> bool {
    let range = context.ground.words_in(line);
    let words: Vec<&Word> = context.ground.words.get(range).unwrap_or_default().iter().collect();
    let first = words.iter().find(|w| !w.is_mark() && w.kind != WordKind::Number);
    let places = context.ground.places_in(line);
    let head = places.first().zip(first).filter(|(p, w)| p.span.start == w.span.start);
    // A line of a list holds little else: "• Varne (two districts);"
    let letters = words.iter().filter(|w| !w.is_mark()).count();
    head.is_some() && letters <= 8 || named && letters <= 8 && names_at_head(context, line, first)
}

/// Whether a line begins with a name and tells nothing of it: "• Karin Holm, mayor of Lisk".
fn names_at_head(context: &Context, line: Span, first: Option<&&Word>) -> bool {
    let language = context.language;
    let Some(first) = first.filter(|w| w.capital) else { return false };
    let at = language.names.partition_point(|n| n.span.end <= first.span.start);
    let name = language.names.get(at).is_some_and(|n| n.span.start == first.span.start);
    let tells = |t: usize| ["VBD", "VBZ", "VBP", "MD"].contains(&language.tokens[t].xpos);
    name && !language.tokens_in(line).any(tells)
}

/// Whether the last words before a list promise names: "the following officials".
pub(crate) fn promises_names(words: &str) -> bool {
    words.split_whitespace().any(|w| matches!(w.to_lowercase().as_str(), "following" | "these"))
}
