//! Whom or what a noun phrase names, over the whole article: a pronoun's antecedent, the speaker who says
//! "we", a country for its forces, a name in full, else the words of the phrase.

mod phrase;
mod pronoun;

use sayso_language::{MentionKind, NameKind, Upos, clause::Relation};
use sayso_model::{Entity, Span};

use crate::{
    Context,
    nation::country_of_ian,
    nouns::{NOUNS, Noun},
    reading::Reading,
};

/// How often a definite noun may stand for an earlier phrase that stands for another.
const MAX_ANAPHORA: usize = 2;

/// How far back an earlier phrase is looked for, in tokens.
const MAX_DISTANCE: usize = 1500;

/// The participant that a noun phrase names, with the words that stand for it. `actor`: it acts, so that the
/// forces of a country are the country.
pub(crate) fn name(
    context: &Context,
    reading: &Reading,
    head: usize,
    actor: bool,
) -> Option<Entity> {
    Participant { context, reading, actor }.read(head, 0)
}

/// Whether a word stands for a country ("Oskarian").
pub(crate) fn is_country(context: &Context, token: usize) -> bool {
    country(context, token).is_some()
}

/// Whether a phrase is a number ("by 3 percent").
pub(crate) fn is_number(context: &Context, head: usize) -> bool {
    let tree = context.tree();
    tree.upos(head) == Upos::Num || tree.child(head, Relation::NumericModifier).is_some()
}

/// Whether a phrase is an amount of something measured ("2.25 pct", "$5 billion"), and nobody and nothing.
pub(crate) fn is_amount(context: &Context, head: usize) -> bool {
    let units = &context.tables.units;
    let form = context.form_lower(head);
    context.tree().upos(head) == Upos::Num
        || crate::numeral::scale(form).is_some()
        || units.sign_of(form).is_some()
        || is_number(context, head) && units.glued(form).is_some()
}

/// Whether a phrase says when, and not whom: "Friday", "noon", "the end of the month".
pub(crate) fn is_time(context: &Context, head: usize) -> bool {
    let form = context.form_lower(head);
    let vocabulary = &context.tables.times.vocabulary;
    let bound = || {
        vocabulary.names_stage(form)
            && context
                .tree()
                .children_of(head, &[Relation::NominalModifier])
                .any(|c| c > head && is_time(context, c))
    };
    crate::numeral::unit(form).is_some()
        || vocabulary.names_day(form)
        || vocabulary.names_season(form)
        || vocabulary.names_hour(form)
        || form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit())
        || bound()
}

/// The place that a noun phrase names, under the gazetteer's name.
pub(crate) fn place(context: &Context, head: usize) -> Option<Entity> {
    let token = context.language.tokens.get(head)?;
    let places = &context.ground.places;
    let at = places.partition_point(|p| p.span.end <= token.span.start);
    let own = places.get(at).filter(|p| p.span.contains(token.span)).map(|own| {
        // "in Varne, Lisk Region": the place, and not what it lies in.
        let before = at.checked_sub(1).and_then(|b| places.get(b));
        let address = |b: &&crate::place::NamedPlace| {
            let between = b.span.end as usize..own.span.start as usize;
            context.language.text.get(between).is_some_and(|t| t == ", ")
                && context.tree().child(head, Relation::Coordination).is_none()
                && context.tree().relation(head) != Relation::Coordination
        };
        before.filter(address).unwrap_or(own)
    });
    let found = own.or_else(|| {
        // "the town of Varne", "parts of Varne"
        let tree = context.tree();
        let words = &context.tables.operators.anaphora;
        let lemma = context.lemma(head);
        let region = words.region.contains(lemma);
        if !words.town.contains(lemma) && !words.part.contains(lemma) && !region {
            return None;
        }
        let relations = [
            Relation::NominalModifier,
            Relation::Apposition,
            Relation::Flat,
            Relation::Compound,
            Relation::AdjectivalModifier,
        ];
        tree.children_of(head, &relations).find_map(|noun| {
            let span = context.language.tokens[noun].span;
            let at = places.partition_point(|p| p.span.end <= span.start);
            places.get(at).filter(|p| p.span.contains(span))
        })
    })?;
    Some(Entity { name: found.name.clone(), span: context.language.print(found.span) })
}

/// The country that an adjective or a name stands for.
fn country(context: &Context, token: usize) -> Option<String> {
    let form = context.language.form(token);
    if !form.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = form.to_lowercase();
    if let Some((nation, _)) = context.tables.nations.of(&lower) {
        return Some(nation.name.to_owned());
    }
    context
        .ground
        .country_of_adjective(&lower)
        .or_else(|| context.ground.place_named(&lower).map(|p| p.name.clone()))
        .or_else(|| country_of_ian(form))
}

struct Participant<'c, 'a> {
    context: &'c Context<'a>,
    reading: &'c Reading<'a>,
    actor: bool,
}

impl Participant<'_, '_> {
    fn entity(&self, name: String, span: Span) -> Entity {
        Entity { name, span: self.context.language.print(span) }
    }

    fn read(&self, head: usize, depth: usize) -> Option<Entity> {
        let context = self.context;
        let token = context.language.tokens.get(head)?;
        if matches!(token.upos, Upos::Pron | Upos::Det | Upos::Num) {
            // "both of the presidents", "several of them"
            if let Some(whole) = self.of_what(head).filter(|_| depth < MAX_ANAPHORA) {
                return self.read(whole, depth + 1);
            }
            // "those polled", "those who stay"
            let described = [Relation::AdjectivalClause, Relation::RelativeClause];
            let tree = context.tree();
            if token.upos != Upos::Num
                && let Some(clause) = tree.children_of(head, &described).find(|c| *c > head)
                && !tree.is_finite(clause)
                && clause == head + 1
            {
                let span = token.span.cover(context.language.tokens[clause].span);
                return Some(self.entity(span.of(context.language.text).to_owned(), span));
            }
            if token.upos != Upos::Num {
                return self.pronoun(head);
            }
        }
        // "a number of banks": banks.
        let words = &context.tables.operators.anaphora;
        if words.part.contains(context.lemma(head))
            && let Some(whole) = self.of_what(head).filter(|_| depth < MAX_ANAPHORA)
        {
            return self.read(whole, depth + 1);
        }
        let phrase = self.phrase_span(head);
        if let Some(found) = self.known(head) {
            return Some(found);
        }
        // "the former mayor, Karin Holm"
        if token.upos == Upos::Noun
            && matches!(NOUNS.sort(context.form_lower(head)), Some(Noun::Person | Noun::Body))
            && let Some(found) = context
                .tree()
                .children_of(head, &[Relation::Apposition, Relation::Flat])
                .filter(|c| context.tree().upos(*c) == Upos::Propn)
                .find_map(|c| self.known(c))
        {
            return Some(found);
        }
        // "mediator Diego Marsh", where the parse takes title and name for two.
        let tree = context.tree();
        if token.upos == Upos::Noun
            && tree.upos(head + 1) == Upos::Propn
            && tree.head(head + 1) == tree.head(head)
            && tree.relation(head + 1) == tree.relation(head)
            && let Some(found) = self.known(head + 1)
        {
            return Some(found);
        }
        if words.town.contains(context.lemma(head))
            && let Some(found) = place(context, head)
        {
            return Some(found);
        }
        if depth < MAX_ANAPHORA
            && let Some(name) = self.anaphor(head, depth)
        {
            return Some(self.entity(name, phrase));
        }
        if self.actor
            && let Some((country, token)) = self.country_of_forces(head)
        {
            return Some(self.entity(country, context.language.tokens[token].span));
        }
        if let Some(own) = self.speakers_own(head) {
            return Some(self.entity(own, phrase));
        }
        let name = self.phrase(head, depth);
        (!name.is_empty()).then(|| self.entity(name, phrase))
    }

    /// The noun behind "of".
    fn of_what(&self, head: usize) -> Option<usize> {
        let tree = self.context.tree();
        tree.children_of(head, &[Relation::NominalModifier]).find(|c| {
            tree.child(*c, Relation::Case).is_some_and(|c| self.context.form_lower(c) == "of")
        })
    }

    /// The entity of a mention with exactly these words.
    fn mention(&self, span: Span) -> Option<Entity> {
        let language = self.context.language;
        let at = language.mentions.partition_point(|m| m.span.start < span.start);
        let found = language.mentions.get(at).filter(|m| m.span == span)?;
        let entity = language.entities.get(found.entity)?;
        Some(self.entity(entity.name.clone(), span))
    }

    /// A name that the article or a table knows: a person, a place, a country.
    fn known(&self, head: usize) -> Option<Entity> {
        let context = self.context;
        let language = context.language;
        let token = &language.tokens[head];
        let next = language.mentions.partition_point(|m| m.span.end <= token.span.start);
        let mention = language
            .mentions
            .get(next)
            .filter(|m| m.span.start <= token.span.start && token.span.end <= m.span.end)
            .filter(|m| m.kind != MentionKind::Pronoun)
            .filter(|m| token.upos == Upos::Propn || m.span.end == token.span.end);
        // A place keeps the name under which the gazetteer has it.
        let places = &context.ground.places;
        let at = places.partition_point(|p| p.span.end <= token.span.start);
        let place = places.get(at).filter(|p| p.span.contains(token.span));
        if let Some(mention) = mention
            && let Some(entity) = language.entities.get(mention.entity)
        {
            let longer = place.is_none_or(|p| mention.span.len() > p.span.len());
            if longer || matches!(entity.kind, NameKind::Person | NameKind::Organization) {
                return Some(self.entity(entity.name.clone(), mention.span));
            }
        }
        if let Some(place) = place {
            return Some(self.entity(place.name.clone(), place.span));
        }
        let form = context.form_lower(head);
        if token.upos == Upos::Propn
            && let Some((nation, _)) = context.tables.nations.of(form)
        {
            return Some(self.entity(nation.name.to_owned(), token.span));
        }
        None
    }

    /// The country of "Oskarian forces", "Oskaria's army", and the word that names it.
    fn country_of_forces(&self, head: usize) -> Option<(String, usize)> {
        let context = self.context;
        let tree = context.tree();
        if !context.tables.operators.anaphora.people.contains(context.lemma(head)) {
            return None;
        }
        tree.children_of(
            head,
            &[Relation::AdjectivalModifier, Relation::Compound, Relation::Possessor],
        )
        // "Oskarian and Velanian troops": of several the one that the content keeps.
        .flat_map(|c| std::iter::once(c).chain(tree.children_of(c, &[Relation::Coordination])))
        .filter(|c| {
            self.reading.content.binary_search(c).is_ok()
                || self.reading.content.binary_search(&head).is_err()
        })
        .find_map(|c| Some((country(self.context, c)?, c)))
        .or_else(|| {
            // "troops from Oskaria"
            let of = tree.children_of(head, &[Relation::NominalModifier]).find(|c| {
                tree.child(*c, Relation::Case)
                    .is_some_and(|c| matches!(context.form_lower(c), "from" | "of"))
            })?;
            let content = &self.reading.content;
            let of = tree
                .children_of(of, &[Relation::Coordination])
                .find(|c| content.binary_search(&of).is_err() && content.binary_search(c).is_ok())
                .unwrap_or(of);
            Some((country(context, of)?, of))
        })
    }

    /// What a definite noun stands for: "the town", "the bank", "the offensive".
    fn anaphor(&self, head: usize, depth: usize) -> Option<String> {
        let context = self.context;
        let tree = context.tree();
        let language = context.language;
        let words = &context.tables.operators.anaphora;
        let definite = tree
            .children_of(head, &[Relation::Determiner])
            .any(|d| matches!(context.form_lower(d), "the" | "this" | "that"));
        if !definite || tree.upos(head) != Upos::Noun {
            return None;
        }
        let described = tree
            .children_of(
                head,
                &[
                    Relation::AdjectivalModifier,
                    Relation::Compound,
                    Relation::Possessor,
                    Relation::NominalModifier,
                    Relation::RelativeClause,
                    Relation::AdjectivalClause,
                ],
            )
            .next()
            .is_some();
        let start = language.tokens[head].span.start;
        let lemma = context.lemma(head);
        let named = |t: usize| {
            tree.children_of(
                t,
                &[Relation::NominalModifier, Relation::Compound, Relation::Possessor],
            )
            .next()
            .is_some()
        };
        let before = language.mentions.partition_point(|m| m.span.end <= start);
        // "the council" of "Norby Council".
        let named_so = language.mentions[..before].iter().rev().find_map(|m| {
            let entity = language.entities.get(m.entity)?;
            let holds =
                entity.name.split_whitespace().any(|w| w.eq_ignore_ascii_case(lemma) && !described);
            holds.then(|| entity.name.clone())
        });
        if named_so.is_some() {
            return named_so;
        }
        if words.town.contains(lemma) && !named(head) {
            let places = &context.ground.places;
            let end = places.partition_point(|p| p.span.end <= start);
            let country = |name: &str| context.tables.nations.of(&name.to_lowercase()).is_some();
            return places[..end].iter().rev().find(|p| !country(&p.name)).map(|p| p.name.clone());
        }
        if words.country.contains(lemma) && !described {
            return self.country_before(start);
        }
        let kind = if words.body.contains(lemma) {
            Some(NameKind::Organization)
        } else {
            words.work.contains(lemma).then_some(NameKind::Work)
        };
        // "the mercenary group": a description that names nobody.
        let by_name = |t: usize| {
            tree.children_of(
                t,
                &[Relation::NominalModifier, Relation::Compound, Relation::Possessor],
            )
            .any(|c| tree.relation(c) != Relation::Compound || tree.upos(c) == Upos::Propn)
        };
        if let Some(kind) = kind.filter(|_| !by_name(head)) {
            let end = language.names.partition_point(|n| n.span.end <= start);
            let outlet =
                |n: &sayso_language::Name| NOUNS.outlet(n.span.of(language.text)).is_some();
            let name = language.names[..end].iter().rev().find(|n| n.kind == kind && !outlet(n))?;
            return Some(
                self.mention(name.span)
                    .map_or_else(|| name.span.of(language.text).to_owned(), |e| e.name),
            );
        }
        let listed = [&words.body, &words.town, &words.country, &words.work];
        if described || listed.iter().any(|w| w.contains(lemma)) {
            return None;
        }
        // "the offensive": what an earlier "Oskarian offensive" was.
        let full = (head.saturating_sub(MAX_DISTANCE)..head).rev().find(|t| {
            language.tokens[*t].lemma.eq_ignore_ascii_case(lemma)
                && tree
                    .children_of(
                        *t,
                        &[
                            Relation::AdjectivalModifier,
                            Relation::Compound,
                            Relation::Possessor,
                            Relation::NominalModifier,
                        ],
                    )
                    .any(|c| {
                        tree.upos(c) == Upos::Propn
                            || tree.relation(c) == Relation::Possessor
                            || country(self.context, c).is_some()
                    })
        })?;
        self.read(full, depth + 1).map(|e| e.name)
    }

    /// The country named last before a byte; of several the one that the article names most.
    fn country_before(&self, start: u32) -> Option<String> {
        let context = self.context;
        let places = &context.ground.places;
        let end = places.partition_point(|p| p.span.end <= start);
        let nation = |name: &str| context.tables.nations.of(&name.to_lowercase());
        places[..end]
            .iter()
            .filter_map(|p| nation(&p.name))
            .max_by_key(|(n, _)| context.ground.nations.get(n.iso).copied().unwrap_or(0))
            .map(|(n, _)| n.name.to_owned())
    }
}
