//! Who does it and to whom, read from the words around a trigger.

use std::ops::Range;

use sayso_language::{NameKind, Upos};
use sayso_model::{Entity, Extent, Span};

use super::{
    head, list, named,
    party::{begins_time, is_when, mention, noun, party, titled},
    referred,
};
use crate::{
    Attribution, Context,
    ground::nation_at,
    passage::Passage,
    tables::{DefaultActor, Form, List, Role, TargetKind, Trigger},
    words::WordKind,
};

/// The most tokens between a verb and its subject.
const MOST_AWAY: usize = 60;
/// Marks that stand inside a phrase without ending it.
const TRANSPARENT: [&str; 10] = ["\"", "“", "”", "‘", "’", "'", "«", "»", "[", "]"];

/// A trigger with its surroundings.
#[derive(Debug, Clone)]
pub(super) struct Frame<'c, 'a> {
    pub(super) context: &'c Context<'a>,
    pub(super) attribution: &'c Attribution,
    pub(super) passage: &'c Passage<'a>,
    pub(super) words: Range<usize>,
    pub(super) form: Form,
    passive: bool,
}

impl<'c, 'a> Frame<'c, 'a> {
    pub(super) fn new(
        context: &'c Context<'a>,
        attribution: &'c Attribution,
        passage: &'c Passage<'a>,
        words: Range<usize>,
        form: Form,
    ) -> Self {
        let mut frame = Self { context, attribution, passage, words, form, passive: false };
        frame.passive = frame.is_passive();
        frame
    }

    fn is_passive(&self) -> bool {
        if !matches!(self.form, Form::Past | Form::Participle | Form::Base) {
            return false;
        }
        let clause = self.passage.clause_at(self.words.start);
        let mut at = self.words.start;
        while at > clause.start {
            at -= 1;
            let word = self.passage.lower(at);
            if List::Passive.has(word) {
                return true;
            }
            // "was likely to fall" is no passive: "to" and modals stand between.
            if !word.ends_with("ly") && !["not", "also", "already", "never", "yet"].contains(&word)
            {
                break;
            }
        }
        self.form != Form::Base && self.passage.lower(self.words.end) == "by"
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.passage.lower(at)
    }

    pub(super) fn is_transparent(&self, at: usize) -> bool {
        TRANSPARENT.contains(&self.lower(at))
    }

    pub(super) fn is_mark(&self, at: usize) -> bool {
        self.passage.words.get(at).is_none_or(|w| w.is_mark()) && !self.is_transparent(at)
    }

    /// The noun phrase before the verb group.
    fn subject(&self) -> Option<Range<usize>> {
        if self.form == Form::Ing && !self.passive && !self.is_progressive() {
            return None;
        }
        let clause = self.passage.clause_at(self.words.start);
        let control = &self.context.tables.kinds.control;
        let mut end = self.words.start;
        while end > clause.start {
            let word = self.lower(end - 1);
            let group = List::VerbGroup.has(word)
                || control.contains(word)
                || (word.ends_with("ly") && word.len() > 4)
                || word == ","
                || self.is_transparent(end - 1);
            // "of" belongs to the group only in "no intention of".
            let of = word == "of"
                && !self.passage.has(end.saturating_sub(2)..end, &["intention", "hopes"]);
            if !group || of {
                break;
            }
            end -= 1;
        }
        let mut start = end;
        while start > clause.start {
            let word = self.lower(start - 1);
            let gerund = self.form != Form::Base && word == "of" && self.passive && start == end;
            if self.is_mark(start - 1) || word == "that" || gerund {
                break;
            }
            // "the prospect of Varne being captured"
            if word == "of" && self.passage.has(end..self.words.start, &["being"]) {
                break;
            }
            start -= 1;
        }
        // "Varne, a mining town in the hills, could …": the name stands before the apposition.
        if start < end
            && start > clause.start + 1
            && self.lower(start - 1) == ","
            && List::Appositions.has(self.lower(start))
        {
            let comma = start - 1;
            let named = (clause.start..comma).rev().take_while(|i| !self.is_mark(*i)).last();
            if let Some(from) = named
                && self.passage.words.get(comma - 1).is_some_and(|w| w.capital)
            {
                return Some(from..comma);
            }
        }
        // "Varne, Lisk and Mellin will fall": the list begins before the comma.
        if let Some(head) =
            self.parsed_subject().filter(|h| h.end < start && h.start >= clause.start)
            && self.lower(start - 1) == ","
        {
            let list = list::of_joined(self.context, self.passage, self.span(head.clone()));
            if list.members.last().is_some_and(|l| list::words_of(self.passage, *l).end >= start) {
                return Some(head.start..end);
            }
        }
        // "Velania, Estmark will hold talks": what is left of a list of names.
        let names = |range: Range<usize>| {
            range.len() <= 4
                && self.passage.words.get(range).unwrap_or_default().iter().all(|w| {
                    let calendar = &self.context.tables.times.vocabulary;
                    w.capital && !w.is_mark() && !calendar.names_day(&w.lower)
                })
        };
        if start < end
            && start > clause.start + 1
            && self.lower(start - 1) == ","
            && names(start..end)
            && names(clause.start..start - 1)
        {
            start = clause.start;
        }
        // "Polish, Latvian and Estonian forces"
        let earliest = start.saturating_sub(2 * list::MOST_MEMBERS).max(clause.start + 1);
        while start > earliest
            && start < end
            && self.lower(start - 1) == ","
            && !named::peoples(self.context, &self.passage.words, start - 2).is_empty()
        {
            start -= 2;
        }
        // "its losses grow as Moscow tries to take Varne": what stands before the last verb is its own.
        let own = self.parsed_subject().filter(|p| start < p.start && p.start < end);
        let start = own
            .filter(|p| named::has_finite(self.context, self.passage, start..p.start))
            .map_or(start, |p| p.start);
        (start < end).then_some(start..end)
    }

    /// "is capturing", "continue capturing", and not "of capturing" or "Capturing".
    fn is_progressive(&self) -> bool {
        let clause = self.passage.clause_at(self.words.start);
        let before = (clause.start..self.words.start).rev().find(|i| {
            let word = self.lower(*i);
            !word.ends_with("ly") && !["not", "also", "still", "now", "already"].contains(&word)
        });
        before.is_some_and(|i| self.context.tables.kinds.control.contains(self.lower(i)))
    }

    /// The noun phrase that begins at a word.
    fn phrase(&self, from: usize) -> Option<Range<usize>> {
        let sentence = self.passage.sentence_at(from);
        let mut end = from;
        let conditions = &self.passage.conditions;
        let supposed = |at: usize| {
            // "may return once the gas is gone": a condition is no part of what stands before it.
            let next = conditions.partition_point(|c| c.start < at);
            conditions.get(next).is_some_and(|c| c.start == at)
        };
        while end < sentence.end && end < from + 14 && !supposed(end) {
            let word = self.lower(end);
            let breaks = List::PhraseEnds.has(word) && end > from;
            if self.is_mark(end)
                || breaks
                || (end == from && List::PhraseEnds.has(word) && word != "that")
            {
                break;
            }
            end += 1;
        }
        (end > from).then_some(from..end)
    }

    /// The noun phrase after a preposition, within reach of the trigger.
    fn after(&self, preposition: &str) -> Option<Range<usize>> {
        let sentence = self.passage.sentence_at(self.words.start);
        let limit = (self.words.end + 9).min(sentence.end);
        let at = (self.words.end..limit)
            .take_while(|i| !self.is_mark(*i))
            .find(|i| self.lower(*i) == preposition && !begins_time(self, *i + 1))?;
        // The preposition of a later verb is not the trigger's.
        let crossed = self.passage.any(self.words.end..at, List::LaterClause);
        // "the withdrawal from the town of Varne" is of nobody.
        let nested =
            preposition == "of" && self.passage.any(self.words.end..at, List::InnerPrepositions);
        let found = (!crossed && !nested).then(|| self.phrase(at + 1))?;
        found.filter(|range| preposition != "with" || !named::looks_on(self, range))
    }

    /// "Oskaria's planned …", "Oskarian …", "the rebels' …" before a noun.
    fn possessive(&self) -> Option<Range<usize>> {
        let clause = self.passage.clause_at(self.words.start);
        let start = self.words.start.saturating_sub(5).max(clause.start);
        let mut range = start..self.words.start;
        let owns = |i: &usize| {
            let plural = i.checked_sub(1).is_some_and(|b| self.lower(b).ends_with('s'));
            self.lower(*i) == "'s" || plural && matches!(self.lower(*i), "'" | "’")
        };
        // "their withdrawal"
        let last = self.words.start.checked_sub(1).filter(|i| range.contains(i));
        if let Some(own) = last.filter(|i| List::Owners.has(self.lower(*i))) {
            return Some(own..own + 1);
        }
        if let Some(mark) = range.clone().rev().find(owns) {
            let from = (start..mark)
                .rev()
                .take_while(|i| !self.is_mark(*i) && !List::PhraseEnds.has(self.lower(*i)))
                .take_while(|i| self.lower(*i) != "of")
                .last()?;
            return Some(from..mark);
        }
        while range.start < range.end
            && (self.is_mark(range.start)
                || !self.passage.words.get(range.start).is_some_and(|w| w.capital))
        {
            range.start += 1;
        }
        (!range.is_empty()).then_some(range)
    }

    fn range(&self, role: &Role) -> Option<Range<usize>> {
        match (role, self.passive) {
            (Role::Subject, false) | (Role::Object, true) => self.subject(),
            (Role::Subject, true) => self.after("by"),
            (Role::Object, false) => self.phrase(self.words.end),
            (Role::Possessive, _) => {
                (self.form == Form::Noun || self.form == Form::Ing).then(|| self.possessive())?
            }
            (Role::After(preposition), _) => self.after(preposition),
        }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.passage.span(range)
    }

    /// Words as the article writes them, without what the content leaves out between them.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        let text = self.context.language.text;
        let words = self.passage.words.get(range).unwrap_or_default();
        let mut out = String::new();
        for (i, word) in words.iter().enumerate() {
            let before = i.checked_sub(1).map(|b| words[b].span.end);
            if before.is_some_and(|end| end < word.span.start) {
                out.push(' ');
            }
            out.push_str(word.span.of(text));
        }
        out
    }

    /// The subject of the trigger by the parse: its words from the first to its head.
    fn parsed_subject(&self) -> Option<Range<usize>> {
        let tokens = &self.context.language.tokens;
        let verb = self.context.token_at(self.passage.words.get(self.words.start)?.span)?;
        let whole = &self.context.language.sentences[tokens[verb].sentence].tokens;
        // No subject stands further off, and no sentence costs more than its length.
        let sentence =
            whole.start.max(verb.saturating_sub(MOST_AWAY))..whole.end.min(verb + MOST_AWAY);
        let kind = if self.passive { "nsubj:pass" } else { "nsubj" };
        let child = |of: usize, kind: &str| {
            sentence.clone().find(|t| tokens[*t].head == Some(of) && tokens[*t].deprel == kind)
        };
        // "Oskaria is attempting to take": the subject of the verb above, or its object.
        let above = |verb: usize| {
            let head = tokens[verb].head.filter(|_| tokens[verb].deprel == "xcomp")?;
            let object = child(head, "obj").filter(|o| head < *o && *o < verb);
            match child(head, "obj") {
                None => child(head, "nsubj"),
                // "expects Oskaria to take Varne"
                Some(_) => object.filter(|_| &*tokens[head].lemma != "have"),
            }
        };
        let head = child(verb, kind).or_else(|| above(verb))?;
        noun_phrase(self.context, self.passage, head)
    }

    pub(super) fn entity(&self, name: impl Into<String>, span: Span) -> Entity {
        Entity { name: name.into(), span: self.context.language.print(span) }
    }
}

/// A noun with what stands before it, as words of a passage: from the first word that hangs from the
/// noun to the noun, or to the end of its name.
pub(super) fn noun_phrase(
    context: &Context,
    passage: &Passage,
    head: usize,
) -> Option<Range<usize>> {
    let tokens = &context.language.tokens;
    let whole = &context.language.sentences.get(tokens[head].sentence)?.tokens;
    let first = (whole.start.max(head.saturating_sub(MOST_AWAY))..head)
        .rev()
        .take_while(|t| tokens[*t].head == Some(head) && tokens[*t].deprel != "case")
        .last()
        .unwrap_or(head);
    let last = (head + 1..whole.end.min(head + MOST_AWAY))
        .take_while(|t| tokens[*t].head == Some(head) && tokens[*t].deprel == "flat")
        .last()
        .unwrap_or(head);
    let range = list::words_of(passage, tokens[first].span.cover(tokens[last].span));
    (!range.is_empty()).then_some(range)
}

/// Whom or what a noun phrase names, where it stands as subject or object by the parse. "Oskaria's
/// navy" is Oskaria.
pub(super) fn holder(frame: &Frame, mut range: Range<usize>) -> Option<Entity> {
    let forces = List::Forces.has(frame.lower(range.end.saturating_sub(1)));
    if forces && range.start > 1 && frame.lower(range.start - 1) == "'s" {
        range.start -= 2;
    }
    party(frame, range.clone()).or_else(|| noun(frame, range)).map(|found| renamed(frame, found))
}

/// The target of a trigger.
pub(super) fn target(frame: &Frame, trigger: &Trigger, kind: TargetKind) -> Option<Entity> {
    let found = trigger.target.iter().find_map(|role| {
        let range = frame.range(role).or_else(|| behind_object(frame, trigger, role))?;
        match kind {
            TargetKind::Place => {
                if *role == Role::Subject && !frame.passive && tells_how(frame) {
                    return None;
                }
                let subject =
                    matches!((role, frame.passive), (Role::Subject, false) | (Role::Object, true));
                place(frame, range.clone())
                    .filter(|found| !subject || head::is_head(frame, found, &range))
                    .or_else(|| referred::referred(frame, range))
            }
            TargetKind::Figure => figure(frame, range),
            TargetKind::Any => {
                named::announced(frame, range.clone()).or_else(|| thing(frame, range))
            }
        }
    });
    found.or_else(|| (kind == TargetKind::Place).then(|| list::announced(frame, trigger))?)
}

/// Whether what stands behind a verb tells how or by how much, which no place does that is taken: "fell ill",
/// "fell 3 percent", "fell to 40".
fn tells_how(frame: &Frame) -> bool {
    let at = frame.words.end;
    let tokens = &frame.context.language.tokens;
    let token = frame.passage.words.get(at).and_then(|w| frame.context.token_at(w.span));
    let measured = at + usize::from(["by", "to", "about", "nearly"].contains(&frame.lower(at)));
    let number = crate::numeral::read(&frame.passage.words, measured).is_some();
    let adjective = token.is_some_and(|t| tokens[t].upos == Upos::Adj);
    (number || adjective || frame.lower(at) == "from")
        && !begins_time(frame, at)
        && !begins_time(frame, measured)
}

/// Whether the object of a trigger speaks of what it must ("lift" of "sanctions").
pub(super) fn has_object(frame: &Frame, trigger: &Trigger) -> bool {
    object(frame, trigger).is_some()
}

/// The words behind the object's words that the trigger asks for.
fn object(frame: &Frame, trigger: &Trigger) -> Option<Range<usize>> {
    let noun = frame.form == Form::Noun;
    let role = if noun { Role::After("of".to_owned()) } else { Role::Object };
    let range = frame.range(&role)?;
    range.clone().find_map(|at| {
        let end = trigger.object.iter().find_map(|words| {
            let length = words.split(' ').count();
            let same = words.split(' ').enumerate().all(|(i, w)| frame.lower(at + i) == w);
            (same && at + length <= range.end).then_some(at + length)
        })?;
        Some(end..range.end)
    })
}

/// "sanctions on Oskaria will be lifted": a target behind the object.
fn behind_object(frame: &Frame, trigger: &Trigger, role: &Role) -> Option<Range<usize>> {
    let Role::After(preposition) = role else { return None };
    let rest = object(frame, trigger).filter(|_| !trigger.object.is_empty())?;
    let at = rest.clone().find(|i| frame.lower(*i) == preposition)?;
    (at + 1 < rest.end).then_some(at + 1..rest.end)
}

/// Whether a target is what two speak about or where, and neither of them: "an agreement on grain".
pub(super) fn is_matter(frame: &Frame, target: &Entity) -> bool {
    let at = list::words_of(frame.passage, target.span.span()).start;
    let before =
        (frame.words.end..at).rev().find(|i| !["the", "a", "an"].contains(&frame.lower(*i)));
    before.is_some_and(|i| ["on", "in", "over", "about"].contains(&frame.lower(i)))
}

/// The other one of an event that two have with each other: "Estmark and Varland will meet", "the
/// leaders of Estmark and Varland".
pub(super) fn pair(frame: &Frame, actor: &Entity) -> Option<(Entity, Entity)> {
    let (context, passage) = (frame.context, frame.passage);
    let one = |span: Span| {
        let mut range = list::words_of(passage, span);
        // "Velanian President Ivo Stark": all of a name with its title.
        let more = (range.end..range.end + 4)
            .take_while(|i| passage.words.get(*i).is_some_and(|w| w.capital && !w.is_mark()));
        range.end += more.count();
        party(frame, range.clone()).or_else(|| noun(frame, range))
    };
    let both = |first: Span| {
        let list = list::of_joined(context, passage, first);
        let second = list.members.get(1).filter(|_| !list.either)?;
        Some((one(first)?, one(*second)?))
    };
    let span = actor.span.span();
    if span == frame.span(frame.words.clone()) {
        return None;
    }
    let peoples = || {
        let peoples = named::of_peoples(context, passage, span);
        Some((one(*peoples.first()?)?, one(*peoples.get(1)?)?))
    };
    both(span).or_else(peoples).or_else(|| {
        let of = list::words_of(passage, span).end;
        let and = (of + 2..of + 5).find(|i| frame.lower(*i) == "and")?;
        let capital = |i: &usize| passage.words.get(*i).is_some_and(|w| w.capital);
        let named = frame.lower(of) == "of" && capital(&(of + 1)) && capital(&(and + 1));
        let end = (and + 1..and + 4).take_while(capital).last()? + 1;
        named.then(|| Some((party(frame, of + 1..and)?, party(frame, and + 1..end)?)))?
    })
}

/// The actor of a trigger.
pub(super) fn actor(frame: &Frame, trigger: &Trigger) -> Option<Entity> {
    let by_subject = trigger.actor.contains(&Role::Subject) && frame.form != Form::Noun;
    let found = trigger.actor.iter().find_map(|role| {
        let range = frame.range(role)?;
        let found = named::announced(frame, range.clone()).or_else(|| party(frame, range.clone()));
        // A noun phrase without a name acts only where it stands as the subject, and not in "the
        // task is to hold".
        let copular = (range.end..frame.words.start.saturating_sub(1)).any(|i| {
            ["is", "was", "are", "were"].contains(&frame.lower(i)) && frame.lower(i + 1) == "to"
        });
        let acts = matches!(role, Role::Subject) && !copular && frame.form != Form::Noun;
        // "sure the bank will": the parse tells where the subject begins.
        let parsed =
            || frame.parsed_subject().filter(|p| !frame.passive && range.contains(&p.start));
        // "the rebels' release", "by the rebels"
        let owner = match role {
            Role::Possessive => matches!(frame.lower(range.end), "'s" | "'" | "’"),
            Role::After(preposition) => preposition == "by",
            _ => false,
        };
        found.or_else(|| {
            acts.then(|| {
                let own = parsed().map_or(range.clone(), |p| p.start..range.end);
                noun(frame, own).map(|found| renamed(frame, found))
            })
            .or_else(|| owner.then(|| noun(frame, range.clone())))?
        })
    });
    // "only then will the bank cut rates": the subject stands where the words around do not show it.
    found.or_else(|| {
        let parsed = frame.parsed_subject().filter(|_| !frame.passive && by_subject)?;
        party(frame, parsed.clone()).or_else(|| noun(frame, parsed))
    })
}

/// The first place of a noun phrase that is not inside a phrase of its own ("prices in Lisk").
fn place(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let span = frame.span(range.clone());
    let inside = frame.context.ground.places_in(span);
    for place in inside {
        let at = range
            .clone()
            .find(|i| frame.passage.words.get(*i).is_some_and(|w| w.span.end > place.span.start))?;
        // A content in several pieces leaves out what lies between them.
        if frame.passage.words.get(at).is_none_or(|w| w.span.start > place.span.start) {
            continue;
        }
        let before = (range.start..at).rev().find(|i| !List::PlaceModifiers.has(frame.lower(*i)));
        let nested = before.is_some_and(|i| List::PlacePrepositions.has(frame.lower(i)));
        // "Oskaria's town of Varne", "Moscow's troops": the possessor is not the target.
        let owner =
            frame.passage.words.get(at + 1).is_some_and(|w| w.lower == "'s") && inside.len() > 1;
        let adjective =
            place.extent == Extent::Country && inside.iter().any(|p| p.extent != Extent::Country);
        if !nested && !owner && !adjective {
            return Some(frame.entity(place.name.clone(), place.span));
        }
    }
    unknown_place(frame, range)
}

/// Whatever some words name: a place, a party, a thing. "The sale of the port" is no port.
fn thing(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let of = range.clone().find(|i| frame.lower(*i) == "of").unwrap_or(range.end);
    // "Serbia's prime minister" is no Serbia.
    let owns =
        |found: &Entity| frame.lower(list::words_of(frame.passage, found.span.span()).end) == "'s";
    place(frame, range.clone())
        .filter(|found| !owns(found) && titled(frame, found, range.end).is_none())
        .or_else(|| referred::referred(frame, range.start..of))
        .or_else(|| party(frame, range.clone()))
        .or_else(|| noun(frame, range))
        .map(|found| renamed(frame, found))
}

/// "the former mayor, Karin Holm": the name that stands beside a noun.
fn renamed(frame: &Frame, found: Entity) -> Entity {
    let tokens = &frame.context.language.tokens;
    let comma = list::words_of(frame.passage, found.span.span()).end;
    let name = || {
        let word = frame.passage.words.get(comma + 1).filter(|w| w.capital)?;
        let beside = tokens[frame.context.token_at(word.span)?].deprel == "appos";
        let clause = frame.passage.sentence_at(comma).end;
        let end = (comma + 1..clause).find(|i| frame.is_mark(*i)).unwrap_or(clause);
        mention(frame, comma + 1..end, NameKind::Person).filter(|_| beside)
    };
    if frame.lower(comma) == "," { name().unwrap_or(found) } else { found }
}

/// A name that nothing shows to be a place, where the trigger asks for one: "Varne will fall".
fn unknown_place(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let skip = |i: &usize| ["the", "a"].contains(&frame.lower(*i));
    let at = range.clone().find(|i| !skip(i))?;
    let word = frame.passage.words.get(at)?;
    let ground = frame.context.ground;
    // At the head of a sentence any word has a capital; the tagger knows most of them.
    let tagged = || {
        frame.context.token_at(word.span).is_some_and(|t| {
            let token = &frame.context.language.tokens[t];
            token.upos == Upos::Propn && token.span == word.span
        })
    };
    if !word.capital || word.kind != WordKind::Letters || !(ground.is_name(word) || tagged()) {
        return None;
    }
    if nation_at(&frame.passage.words, at, frame.context.tables).is_some()
        || is_when(frame, &word.lower)
        // "Oskarian and Velanian troops"
        || !named::peoples(frame.context, &frame.passage.words, at).is_empty()
        // "NATO", "U.N.": bodies write themselves so, places do not.
        || word.span.of(frame.context.language.text).chars().all(|c| c.is_uppercase() || c == '.')
        || ground.country_of_adjective(&word.lower).is_some()
        || frame.passage.has(at + 1..(at + 2).min(range.end), &["'s"])
    {
        return None;
    }
    let names = &frame.context.language.names;
    let next = names.partition_point(|n| n.span.end <= word.span.start);
    let name = names.get(next).filter(|n| n.span.overlaps(word.span));
    // What a single unknown name is, the language core can only guess; a person it knows better.
    if name.is_some_and(|n| n.span.len() > word.span.len()) || is_person(frame, word.span) {
        return None;
    }
    let end = (at..range.end)
        .take_while(|i| frame.passage.words.get(*i).is_some_and(|w| w.capital && !w.is_mark()))
        .last()?;
    // "Oskarian forces": a capital word before a common noun is an adjective.
    let common = frame
        .passage
        .words
        .get(end + 1)
        .filter(|_| end + 1 < range.end)
        .is_some_and(|w| w.kind == WordKind::Letters && !w.capital && w.lower != "and");
    let span = frame.span(at..end + 1);
    (!common).then(|| frame.entity(span.of(frame.context.language.text), span))
}

/// A person of whom the article says more than one word: a role, a longer name, he or she.
fn is_person(frame: &Frame, span: Span) -> bool {
    let language = frame.context.language;
    let next = language.mentions.partition_point(|m| m.span.end <= span.start);
    let found = language.mentions.get(next).filter(|m| m.span.overlaps(span));
    found.and_then(|m| language.entities.get(m.entity)).is_some_and(|e| {
        e.kind == NameKind::Person
            && (e.name.contains(' ') || e.gender.is_some() || !e.roles.is_empty())
    })
}

/// A noun phrase that names an economic figure.
fn figure(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let figures = &frame.context.tables.packs.figures;
    let is_figure = |i: usize| figures.iter().any(|f| f == frame.lower(i));
    let first = range.clone().find(|i| is_figure(*i))?;
    // "gas prices", "the oil price": the last of them is what rises.
    let at = (first + 1..range.end).take_while(|i| is_figure(*i)).last().unwrap_or(first);
    let start = (range.start..at)
        .rev()
        .take_while(|i| {
            let w = frame.passage.words.get(*i);
            w.is_some_and(|w| w.kind == WordKind::Letters && !w.is_in(List::FigureEnds))
        })
        .last()
        .unwrap_or(at);
    let span = frame.span(start..at + 1);
    let name: Vec<&str> = (first..=at).map(|i| frame.lower(i)).collect();
    Some(frame.entity(name.join(" "), span))
}

/// Who acts where the words do not say, if the article makes it plain.
pub(super) fn default_actor(
    frame: &Frame,
    rule: DefaultActor,
    target: Option<&Entity>,
) -> Option<Entity> {
    if rule == DefaultActor::None {
        return None;
    }
    let context = frame.context;
    let target = target?;
    let ground = context.ground;
    let holder = ground.holder(&target.name).map(str::to_owned).or_else(|| {
        let known = ground.place_named(&target.name.to_lowercase())?.known?;
        Some(context.tables.nations.by_code(known.country)?.name.to_owned())
    })?;
    let name = if rule == DefaultActor::Holder {
        ground.sides.keys().find(|s| **s == holder)?.clone()
    } else {
        let mut others = ground.sides.keys().filter(|s| **s != holder);
        match (others.next(), others.next()) {
            (Some(only), None) => only.clone(),
            _ => return None,
        }
    };
    let words = frame.passage.span(frame.words.clone());
    Some(frame.entity(name, words))
}
