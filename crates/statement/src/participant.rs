//! Whom or what a noun phrase names, over the whole article: a pronoun's antecedent, the speaker who says
//! "we", a country for its forces, a name in full, else the words of the phrase.

use sayso_language::{
    MentionKind, NameKind, Upos,
    clause::{Relation, VerbForm},
};
use sayso_model::{Entity, Span, SpeakerKind};

use crate::{
    Context,
    ground::country_of_ian,
    reading::Reading,
    speaker::{NOUNS, Noun},
};

/// How often a definite noun may stand for an earlier phrase that stands for another.
const MAX_ANAPHORA: usize = 2;

/// How many sentences before its own an open pronoun reaches back.
const MAX_SENTENCES_BACK: usize = 2;

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

    /// Whom a pronoun stands for.
    fn pronoun(&self, head: usize) -> Option<Entity> {
        let context = self.context;
        let persons = &context.tables.operators.persons;
        let span = context.language.tokens[head].span;
        let form = context.form_lower(head);
        let speaker = self.reading.speaker;
        if persons.first.contains(form) {
            let name = speaker.map(|s| s.name.clone())?;
            if persons.first_plural.contains(form)
                && let Some(own) = self.own_side()
            {
                return Some(self.entity(own, span));
            }
            return Some(self.entity(name, span));
        }
        // "it remains unclear when …": the empty "it" stands for nothing.
        let tree = context.tree();
        let empty = |h: usize| {
            let clause =
                [Relation::ClausalSubject, Relation::Complement, Relation::AdverbialClause];
            let below = tree.child(h, Relation::OpenComplement);
            let judge = std::iter::once(h).chain(below).find(|t| tree.upos(*t) == Upos::Adj);
            judge.is_some_and(|j| tree.children_of(j, &clause).any(|c| c > j && tree.is_finite(c)))
        };
        if persons.it.contains(form)
            && tree.relation(head).is_subject()
            && tree.head(head).is_some_and(empty)
        {
            return None;
        }
        let kind = speaker.map(|s| s.kind);
        let fits = match kind {
            Some(SpeakerKind::Person) => persons.he.contains(form),
            // "the poll said it would": others than the poll.
            Some(SpeakerKind::Organization) => {
                let name = speaker.map_or("", |s| s.name.as_str());
                let paper = name.rsplit(' ').next().is_some_and(|w| NOUNS.is_paper(w));
                !paper && (persons.it.contains(form) || persons.they.contains(form))
            }
            Some(SpeakerKind::Group | SpeakerKind::Anonymous) => {
                persons.they.contains(form)
                    || kind == Some(SpeakerKind::Anonymous) && persons.he.contains(form)
            }
            _ => false,
        };
        let relation = context.tree().relation(head);
        let leads = relation.is_subject() || relation == Relation::Possessor;
        // Who is quoted is not "he".
        let quoted = |e: &Entity| self.reading.direct && speaker.is_some_and(|s| s.name == e.name);
        let linked = self.mention(span).filter(|e| !quoted(e));
        if fits && !self.reading.direct && leads {
            // Who is reported speaks of themselves, whatever the article links elsewhere.
            return speaker.map(|s| self.entity(s.name.clone(), span));
        }
        if persons.it.contains(form)
            && leads
            && let Some(body) = self.body_of_source().filter(|_| !self.reading.direct)
        {
            return Some(self.entity(body, span));
        }
        linked.or_else(|| self.subject_before(head))
    }

    /// The body or country of "his agency", "our country", where the speaker's role names it.
    fn speakers_own(&self, head: usize) -> Option<String> {
        let words = &self.context.tables.operators.anaphora;
        let lemma = self.context.lemma(head);
        if !words.body.contains(lemma) && !words.country.contains(lemma) {
            return None;
        }
        let tree = self.context.tree();
        let owner = tree.child(head, Relation::Possessor)?;
        let pronoun = matches!(tree.upos(owner), Upos::Pron | Upos::Det);
        let speaker = self.reading.speaker.filter(|s| pronoun && s.kind == SpeakerKind::Person)?;
        let named = self.read(owner, MAX_ANAPHORA)?;
        let own = self.own_side()?;
        (named.name == speaker.name || named.name == own).then_some(own)
    }

    /// What an "it" or "they" that the article's links leave open stands for: the nearest subject before it
    /// that is one thing or several.
    fn subject_before(&self, head: usize) -> Option<Entity> {
        let context = self.context;
        let tree = context.tree();
        let persons = &context.tables.operators.persons;
        let form = context.form_lower(head);
        let (one, several) = (persons.it.contains(form), persons.they.contains(form));
        if !one && !several {
            return None;
        }
        let sentence = context.language.tokens[head].sentence;
        let first = sentence.saturating_sub(MAX_SENTENCES_BACK);
        let from = context.language.sentences[first].tokens.start;
        let fits = |t: usize| {
            let joined = tree.child(t, Relation::Coordination).is_some();
            let plural = tree.form(t).plural || joined;
            let person = context.language.names.iter().any(|n| {
                n.kind == NameKind::Person && n.span.contains(context.language.tokens[t].span)
            });
            matches!(tree.upos(t), Upos::Noun | Upos::Propn)
                && tree.relation(t).is_subject()
                && plural == several
                && !(one && person)
                && !self.reading.path.contains(&t)
        };
        // "the changes will benefit them": others than the changes.
        let clause = tree.head(head).filter(|_| tree.relation(head) != Relation::Possessor);
        let same_clause = |t: usize| clause.is_some() && tree.head(t) == clause;
        // A body may be "they".
        let body = |t: usize| {
            let organization = || {
                let span = context.language.tokens[t].span;
                let names = &context.language.names;
                names.iter().any(|n| n.kind == NameKind::Organization && n.span.contains(span))
            };
            several
                && tree.relation(t).is_subject()
                && !self.reading.path.contains(&t)
                && (context.tables.operators.anaphora.body.contains(context.lemma(t))
                    || organization())
        };
        let free = |t: &usize| !same_clause(*t);
        let antecedent = (from..head)
            .rev()
            .filter(free)
            .find(|t| fits(*t))
            .or_else(|| (from..head).rev().filter(free).find(|t| body(*t)))?;
        self.read(antecedent, MAX_ANAPHORA)
            .map(|e| self.entity(e.name, context.language.tokens[head].span))
    }

    /// The country or body for which the speaker says "we".
    fn own_side(&self) -> Option<String> {
        let context = self.context;
        if let Some(body) = self.body_of_source() {
            return Some(body);
        }
        let speaker = self.reading.speaker?;
        let known = context.language.entities.iter().find(|e| e.name == speaker.name);
        let roles = known.map_or(&[][..], |e| &e.roles);
        let nation = |role: &str| {
            let words = crate::words::split(role, |_| 0);
            (0..words.len())
                .find_map(|i| crate::ground::nation_at(&words, i, context.tables))
                .map(|n| n.name.to_owned())
        };
        let role = speaker.role.as_deref().unwrap_or_default();
        nation(role).or_else(|| roles.iter().find_map(|r| nation(r))).or_else(|| {
            let names = &context.language.names;
            names
                .iter()
                .filter(|n| n.kind == NameKind::Organization)
                .map(|n| n.span.of(context.language.text))
                .find(|name| role.contains(name))
                .map(str::to_owned)
        })
    }

    /// The body or country that the words for an unnamed speaker hold: "a ministry official".
    fn body_of_source(&self) -> Option<String> {
        let language = self.context.language;
        let unnamed = self.reading.speaker?.kind == SpeakerKind::Anonymous;
        let source = self.reading.source.iter().filter(|_| unnamed);
        source
            .flat_map(|span| {
                let at = language.names.partition_point(|n| n.span.end <= span.start);
                language.names[at..].iter().take_while(|n| n.span.start < span.end)
            })
            .find(|n| matches!(n.kind, NameKind::Organization | NameKind::Place))
            .map(|n| {
                self.mention(n.span).map_or_else(|| n.span.of(language.text).to_owned(), |e| e.name)
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

    /// The tokens of a phrase that name it, in order: its head with what stands before it, and the
    /// complements behind it ("a lawsuit against the archives", "the decision to freeze rates"); without its
    /// own determiner, without judging adjectives, apposed words, members of a list and finite clauses.
    fn phrase_tokens(&self, head: usize) -> Vec<usize> {
        let tree = self.context.tree();
        let judging = &self.context.tables.judging;
        // "surprising shortfalls" are shortfalls: what values a thing does not name it.
        let names = |t: usize| {
            let form = self.context.form_lower(t);
            tree.relation(t) != Relation::AdjectivalModifier
                || !(judging.weighing.contains(form)
                    || judging.valence.contains_key(form)
                    || tree.form(t).form != VerbForm::None)
        };
        // "Polish and Latvian farmers": of several the one that the content keeps.
        let content = &self.reading.content;
        let kept_one = |t: usize| {
            let left_out =
                content.binary_search(&t).is_err() && content.binary_search(&head).is_ok();
            tree.children_of(t, &[Relation::Coordination])
                .find(|c| left_out && content.binary_search(c).is_ok())
                .unwrap_or(t)
        };
        let mut kept = vec![head];
        kept.extend(tree.children_of(head, &DESCRIBING).filter(|c| names(*c)).map(kept_one));
        let own = kept.len();
        for at in 1..own {
            self.whole(kept[at], &mut kept);
        }
        let mut behind = Vec::new();
        for noun in tree.children_of(head, &[Relation::NominalModifier]).filter(|c| *c > head) {
            let dated = crate::event::is_time(self.context, noun)
                || tree.child(noun, Relation::NumericModifier).is_some_and(|n| {
                    n > noun && self.context.form_lower(n).bytes().all(|b| b.is_ascii_digit())
                });
            if !dated {
                behind.push(noun);
                self.whole(noun, &mut behind);
            }
        }
        for verb in tree.children_of(head, &[Relation::AdjectivalClause]).filter(|c| *c > head) {
            if tree.form(verb).form == VerbForm::Infinitive {
                behind.push(verb);
                self.whole(verb, &mut behind);
            }
        }
        // A phrase is near its head and in one piece; a torn parse may hang far words on it.
        behind.sort_unstable();
        behind.dedup();
        let mut last = head;
        for token in behind {
            if token > last + MAX_GAP || token > head + MAX_PHRASE {
                break;
            }
            kept.push(token);
            last = token;
        }
        // Not to end on "of the".
        while let Some(at) = kept.iter().position(|t| *t == last && last > head)
            && matches!(
                tree.relation(last),
                Relation::Case | Relation::Determiner | Relation::Marker
            )
            && tree.head(last).is_none_or(|h| h > last)
        {
            kept.swap_remove(at);
            last = kept.iter().copied().max().unwrap_or(head);
        }
        kept.retain(|t| t.abs_diff(head) <= MAX_PHRASE);
        kept.sort_unstable();
        kept.dedup();
        // "the Bank's own committee" is named without its article.
        let article = |t: &usize| tree.relation(*t) == Relation::Determiner;
        let first = kept.iter().position(|t| !article(t)).unwrap_or(0);
        kept.drain(..first);
        kept
    }

    /// The words of a complement: all that stands under it, but for lists, appositions and clauses of its own.
    fn whole(&self, token: usize, into: &mut Vec<usize>) {
        let tree = self.context.tree();
        for child in tree.children(token) {
            let relation = tree.relation(child);
            let part = DESCRIBING.contains(&relation)
                || matches!(
                    relation,
                    Relation::Case
                        | Relation::Determiner
                        | Relation::NominalModifier
                        | Relation::Object
                        | Relation::Particle
                )
                || relation == Relation::Marker && tree.upos(child) == Upos::Part;
            if part && child.abs_diff(token) <= MAX_PHRASE && into.len() <= MAX_PHRASE {
                into.push(child);
                self.whole(child, into);
            }
        }
    }

    fn phrase_span(&self, head: usize) -> Span {
        let language = self.context.language;
        let tokens = self.phrase_tokens(head);
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => {
                language.tokens[*first].span.cover(language.tokens[*last].span)
            }
            _ => language.tokens[head].span,
        }
    }

    fn phrase(&self, head: usize, depth: usize) -> String {
        let context = self.context;
        let tree = context.tree();
        let language = context.language;
        let mut name = String::new();
        let mut last: Option<usize> = None;
        for token in self.phrase_tokens(head) {
            let pronoun = matches!(tree.upos(token), Upos::Pron | Upos::Det);
            let owner = token != head && pronoun && tree.relation(token) == Relation::Possessor;
            let form = if owner {
                // "its capital": whose is said by the name, or not at all.
                let Some(owner) =
                    (depth < MAX_ANAPHORA).then(|| self.read(token, depth + 1)).flatten()
                else {
                    continue;
                };
                format!("{}’s", owner.name)
            } else {
                language.form(token).to_owned()
            };
            if let Some(last) = last {
                // "self-ruled": parts that the text joins stay joined.
                let gap = language.tokens[last].span.end as usize
                    ..language.tokens[token].span.start as usize;
                let between = language.text.get(gap).unwrap_or(" ");
                let joined = between.is_empty() || between == "-" || between == "–";
                name.push_str(if joined && !owner { between } else { " " });
            }
            name.push_str(&form);
            last = Some(token);
        }
        name
    }
}

/// The farthest that a word of a phrase stands from its head, in tokens.
const MAX_PHRASE: usize = 12;

/// The most tokens from one word of a phrase to the next: what it leaves out between is a mark or a word.
const MAX_GAP: usize = 2;

/// Relations of words that describe a noun.
const DESCRIBING: [Relation; 5] = [
    Relation::Compound,
    Relation::AdjectivalModifier,
    Relation::Flat,
    Relation::NumericModifier,
    Relation::Possessor,
];
