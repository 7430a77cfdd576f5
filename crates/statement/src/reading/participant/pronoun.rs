//! Whom a pronoun stands for, and for which body or country a speaker says "we".

use sayso_language::{NameKind, Upos, clause::Relation};
use sayso_model::{Entity, SpeakerKind};

use super::{MAX_ANAPHORA, Participant};
use crate::nouns::NOUNS;

/// How many sentences before its own an open pronoun reaches back.
const MAX_SENTENCES_BACK: usize = 2;

impl Participant<'_, '_> {
    /// Whom a pronoun stands for.
    pub(super) fn pronoun(&self, head: usize) -> Option<Entity> {
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

    /// The body or country of "his agency", "our country", where the speaker's role names it.
    pub(super) fn speakers_own(&self, head: usize) -> Option<String> {
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
                .find_map(|i| crate::nation::nation_at(&words, i, context.tables))
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
}
