//! The class of an event pack for a claim: its words name the class, and its participants are of the types
//! that the class asks for.

use sayso_language::{
    NameKind, Upos,
    clause::{Relation, Role as Part, Voice},
};
use sayso_model::Entity;

use super::{Asserted, has_case, is_time};
use crate::{
    Context, participant,
    reading::Reading,
    tables::{Class, DefaultActor, Role, TargetKind, Trigger},
    words::Word,
};

/// The most words of a trigger that stand before its main word ("be lost").
const MAX_BEFORE: usize = 2;
/// Words that are looked at for a trigger.
const MAX_WORDS: usize = 8;

/// The event with its class and the participants that the class names, where one fits.
pub(super) fn classify<'t>(
    context: &Context<'t>,
    reading: &Reading,
    claim: usize,
    plain: Asserted<'t>,
) -> Asserted<'t> {
    let head = claim_word(context, claim, &plain);
    let words = &context.ground.words;
    let first = head.saturating_sub(MAX_BEFORE);
    let near: Vec<&Word> =
        words.get(first..words.len().min(head + MAX_WORDS)).unwrap_or_default().iter().collect();
    let packs = &context.tables.packs;
    let mut found: Vec<(usize, usize, &Trigger)> = Vec::new();
    for start in 0..=head - first {
        for phrase in packs.phrases.each_at(&near, start) {
            if phrase.words.end <= head - first {
                continue;
            }
            let Some((group, _)) = packs.entries.get(phrase.row).copied() else { continue };
            let Some(trigger) = packs.triggers.get(group) else { continue };
            found.push((phrase.words.len(), first + phrase.words.end, trigger));
        }
    }
    found.sort_by_key(|(length, _, _)| std::cmp::Reverse(*length));
    // "fall ill" is no fall.
    let becomes = context
        .tree()
        .children_of(claim, &[Relation::OpenComplement])
        .any(|c| c == claim + 1 && context.tree().upos(c) == Upos::Adj);
    for (length, end, trigger) in found {
        if becomes && length == 1 {
            continue;
        }
        let Some(class) = packs.classes.get(trigger.class) else { continue };
        let site = Site { context, reading, claim, end, long: length > 1 };
        if let Some((actor, target)) = site.participants(trigger, class, &plain) {
            // A figure that rises by itself is who acts and what is measured.
            let itself = || {
                let figure = target.as_ref().filter(|_| class.target == TargetKind::Figure);
                plain.actor.clone().filter(|a| figure.is_some_and(|f| f.name == a.name))
            };
            return Asserted {
                class: Some(class),
                actor: actor
                    .or_else(|| default_actor(context, class, target.as_ref(), &plain))
                    .or_else(itself),
                // "hold the benchmark rate": what the class leaves open the words may still say.
                target: target
                    .or_else(|| plain.target.clone().filter(|_| trigger.target.is_empty())),
                ..plain
            };
        }
    }
    plain
}

/// The word of the article at which the claim's own word begins.
fn claim_word(context: &Context, claim: usize, plain: &Asserted) -> usize {
    let start = context
        .language
        .tokens
        .get(claim)
        .map_or(plain.trigger.start, |t| t.span.start.max(plain.trigger.start));
    let start = if plain.trigger.contains(sayso_model::Span { start, end: start }) {
        start
    } else {
        plain.trigger.start
    };
    context.ground.words.partition_point(|w| w.span.end <= start)
}

struct Site<'c, 'a> {
    context: &'c Context<'a>,
    reading: &'c Reading<'a>,
    claim: usize,
    /// The word behind the trigger.
    end: usize,
    /// Whether the trigger has more words than the verb.
    long: bool,
}

type Participants = (Option<Entity>, Option<Entity>);

impl Site<'_, '_> {
    fn participants(
        &self,
        trigger: &Trigger,
        class: &Class,
        plain: &Asserted,
    ) -> Option<Participants> {
        if !trigger.object.is_empty() && !self.speaks_of(&trigger.object) {
            return None;
        }
        let inside = |t: usize| super::member(self.context, self.reading, t);
        let target = trigger.target.iter().find_map(|role| self.role(role, plain)).map(inside);
        let actor = trigger.actor.iter().find_map(|role| self.role(role, plain)).map(inside);
        let named = |t: Option<usize>, acts| {
            t.and_then(|t| participant::name(self.context, self.reading, t, acts))
        };
        // "Estmark and Varland will sign": with each other.
        let party = target.is_some_and(|t| self.context.tree().upos(t) == Upos::Propn);
        let pair = actor.filter(|_| class.mutual && !party).and_then(|a| self.pair(a));
        let (actor, target) = pair.map_or((actor, target), |(a, b)| (Some(a), Some(b)));
        let target = match class.target {
            TargetKind::Place => {
                target.and_then(|t| participant::place(self.context, t)).or_else(|| {
                    let open = target.is_some_and(|t| self.may_be_place(t));
                    named(target, false).filter(|e| open || self.is_place(e))
                })
            }
            TargetKind::Figure => named(target, false).filter(|e| self.is_figure(e)),
            TargetKind::Any => named(target, true),
        };
        let actor = named(actor, true).filter(|a| target.as_ref().is_none_or(|t| t.name != a.name));
        let complete = target.is_some()
            || trigger.target.is_empty() && !trigger.needs_target
            || !trigger.needs_target
                && (class.target == TargetKind::Any && actor.is_some()
                    || class.target == TargetKind::Place
                        && actor
                            .as_ref()
                            .is_some_and(|a| self.context.ground.sides.contains_key(&a.name)));
        complete.then_some((actor, target))
    }

    /// Two who do it with each other: "Estmark and Varland", "the leaders of Estmark and Varland".
    fn pair(&self, actor: usize) -> Option<(usize, usize)> {
        let tree = self.context.tree();
        let nominal = |t: &usize| matches!(tree.upos(*t), Upos::Noun | Upos::Propn);
        let inside = |t: usize| self.reading.tokens.binary_search(&t).is_ok();
        let second = |t: usize| {
            let mut joined = tree.children_of(t, &[Relation::Coordination]);
            joined.find(|c| nominal(c) && inside(*c))
        };
        let of = tree.children_of(actor, &[Relation::NominalModifier]).next();
        // "Varland and Oskaria" of "Estmark, Varland and Oskaria": both are joined to the first.
        let sibling = || {
            let first =
                tree.head(actor).filter(|_| tree.relation(actor) == Relation::Coordination)?;
            tree.children_of(first, &[Relation::Coordination])
                .find(|c| *c > actor && nominal(c) && inside(*c))
                .map(|other| (actor, other))
        };
        if let Some(pair) = sibling() {
            return Some(pair);
        }
        std::iter::once(actor)
            .chain(of)
            .find_map(|one| second(one).map(|other| (one, other)))
            .filter(|(one, other)| inside(*one) && inside(*other))
    }

    fn is_place(&self, entity: &Entity) -> bool {
        self.context.ground.place_named(&entity.name.to_lowercase()).is_some()
    }

    /// A name that no table has and that is neither a person's nor a body's.
    fn may_be_place(&self, head: usize) -> bool {
        let language = self.context.language;
        let span = language.tokens[head].span;
        let at = language.names.partition_point(|n| n.span.end <= span.start);
        let name = language.names.get(at).filter(|n| n.span.contains(span));
        let several = name.is_some_and(|n| n.span.of(language.text).contains(' '));
        let somebody =
            name.is_some_and(|n| matches!(n.kind, NameKind::Person | NameKind::Organization));
        self.context.tree().upos(head) == Upos::Propn && !(somebody && several)
    }

    fn is_figure(&self, entity: &Entity) -> bool {
        let words = entity.name.to_lowercase();
        self.context.tables.packs.figures.iter().any(|f| words.contains(f.as_str()))
    }

    /// Whether one of some words stands in the object or behind the trigger.
    fn speaks_of(&self, words: &[String]) -> bool {
        let tree = self.context.tree();
        tree.children(self.claim)
            .filter(|c| {
                tree.relation(*c).is_subject()
                    || matches!(
                        tree.relation(*c),
                        Relation::Object | Relation::Oblique | Relation::NominalModifier
                    )
            })
            .any(|c| {
                let mut near: Vec<usize> = tree
                    .children_of(c, &[Relation::Compound, Relation::AdjectivalModifier])
                    .filter(|m| *m < c)
                    .collect();
                near.push(c);
                let phrase: Vec<&str> =
                    near.into_iter().map(|t| self.context.form_lower(t)).collect();
                let phrase = phrase.join(" ");
                words.iter().any(|w| phrase == *w || phrase.ends_with(&format!(" {w}")))
            })
    }

    /// The head token of who stands in a role.
    fn role(&self, role: &Role, plain: &Asserted) -> Option<usize> {
        let context = self.context;
        let tree = context.tree();
        let predicate = context.clauses().predicate(self.claim);
        let passive = predicate.is_some_and(|p| p.voice == Voice::Passive);
        let part = |part: Part| {
            let found = predicate.and_then(|p| context.clauses().argument(p, part)).map(|a| a.head);
            found.filter(|t| part != Part::Agent || !is_time(context, *t))
        };
        let nominal = tree.upos(self.claim) == Upos::Noun;
        match role {
            Role::Subject if passive => part(Part::Agent),
            Role::Subject if nominal => None,
            // "It was Oskaria that attacked": not the subject of the clause's main word.
            Role::Subject if self.reading.claim != Some(self.claim) => plain.heads.0,
            Role::Subject => self.reading.subject,
            Role::Object if passive => self.reading.subject,
            Role::Object if self.long => self.phrase_behind().or_else(|| part(Part::Object)),
            Role::Object => part(Part::Object).or_else(|| part(Part::Recipient)),
            Role::Possessive => tree
                .child(self.claim, Relation::Possessor)
                .or_else(|| plain.heads.0.filter(|_| nominal)),
            Role::After(word) => {
                let direct = tree
                    .children_of(
                        self.claim,
                        &[Relation::Oblique, Relation::Agent, Relation::NominalModifier],
                    )
                    .find(|c| has_case(context, *c, &[word.as_str()]) && !is_time(context, *c));
                // "the withdrawal of troops from Varne", where the parse hangs one on the other
                let deep = || {
                    tree.children_of(self.claim, &[Relation::NominalModifier]).find_map(|n| {
                        tree.children_of(n, &[Relation::NominalModifier])
                            .find(|c| has_case(context, *c, &[word.as_str()]))
                    })
                };
                direct.or_else(|| nominal.then(deep).flatten()).or_else(|| {
                    // "lift sanctions on Oskaria", "sanctions on Oskaria are lifted"
                    let object = if passive { self.reading.subject } else { part(Part::Object) }?;
                    tree.children_of(object, &[Relation::NominalModifier])
                        .find(|c| has_case(context, *c, &[word.as_str()]))
                })
            }
        }
    }

    /// The head of the noun phrase that begins right behind the trigger.
    fn phrase_behind(&self) -> Option<usize> {
        let context = self.context;
        let tree = context.tree();
        let word = context.ground.words.get(self.end)?;
        let tokens = &context.language.tokens;
        let from = tokens.partition_point(|t| t.span.end <= word.span.start);
        let nominal = |t: usize| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron);
        let mut at = (from..tokens.len().min(from + MAX_WORDS)).find(|t| nominal(*t))?;
        while matches!(
            tree.relation(at),
            Relation::Compound
                | Relation::Possessor
                | Relation::Flat
                | Relation::AdjectivalModifier
        ) && let Some(head) = tree.head(at)
            && nominal(head)
        {
            at = head;
        }
        Some(at)
    }
}

/// Who acts where the words do not say, by the rule of the class.
fn default_actor(
    context: &Context,
    class: &Class,
    target: Option<&Entity>,
    plain: &Asserted,
) -> Option<Entity> {
    if class.default_actor == DefaultActor::None {
        return None;
    }
    let ground = context.ground;
    let target = target?;
    let holder = ground.holder(&target.name).map(str::to_owned).or_else(|| {
        let known = ground.place_named(&target.name.to_lowercase())?.known?;
        Some(context.tables.nations.by_code(known.country)?.name.to_owned())
    })?;
    let name = if class.default_actor == DefaultActor::Holder {
        ground.sides.keys().find(|s| **s == holder)?.clone()
    } else {
        let mut others = ground.sides.keys().filter(|s| **s != holder);
        match (others.next(), others.next()) {
            (Some(only), None) => only.clone(),
            _ => return None,
        }
    };
    Some(Entity { name, span: context.language.print(plain.trigger) })
}
