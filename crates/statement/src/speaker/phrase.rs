//! Whom a noun phrase as a source names: a name, a body, people, or a role noun.

use std::ops::Range;

use sayso_language::NameKind;
use sayso_model::{Speaker, SpeakerKind};

use super::{Cast, FARTHEST};
use crate::{
    Attribution,
    nouns::{NOUNS, Noun, Place, Pronoun},
};

impl Cast<'_> {
    /// The tokens of a source before its first comma, bracket or relative clause.
    pub(super) fn head(&self, tokens: &Range<usize>) -> Range<usize> {
        let dash = |t: usize| {
            let start = self.language.tokens[t].span.start as usize;
            self.language.form(t) == "-" && self.language.text[..start].ends_with(' ')
        };
        let stop = tokens
            .clone()
            .skip(1)
            .find(|t| NOUNS.is(Place::Head, self.language.form(*t)) || dash(*t));
        tokens.start..stop.unwrap_or(tokens.end)
    }

    pub(super) fn noun_phrase(
        &self,
        head: &Range<usize>,
        tokens: &Range<usize>,
        own: Option<&Attribution>,
    ) -> Option<Speaker> {
        // "the mayor of X, Ann Berg": a person right after the comma; "a general, head of the
        // guards Ann Berg": one who ends what the comma adds.
        let mut apposed = false;
        let named = self.person_in(head).or_else(|| {
            apposed = true;
            let start = head.end + 1;
            let added = self.head(&(start.min(tokens.end)..tokens.end));
            let names = self.names_in(&(start..tokens.end));
            let right_after = names.first().is_some_and(|n| n.0.start <= start + 1);
            let ends = names.iter().any(|n| n.1 == NameKind::Person && n.0.end == added.end);
            let inside = self.person_in(&(start..tokens.end)).filter(|_| right_after || ends);
            // "The president of the union, Eirik Sorn, …": whatever the name is taken for.
            let role = NOUNS
                .sort(&self.language.form(self.core(&self.phrase(head)).end - 1).to_lowercase());
            let bearer = || {
                let (own, kind, span) = names.first()?;
                let named = right_after && own.len() > 1 && *kind != NameKind::Place;
                (named && role == Some(Noun::Person)).then(|| self.entity_of(*span))?
            };
            let inside = inside.or_else(bearer);
            inside.or_else(|| self.added_behind(tokens))
        });
        if let Some(entity) = named {
            let mut speaker = self.entity(entity)?;
            if apposed && speaker.role.is_none() {
                speaker.role = Some(self.words(&self.phrase(head)));
            }
            return Some(speaker);
        }
        if let Some(added) = self.added(head, tokens) {
            return self.noun_phrase(&self.head(&added), &added, own);
        }
        let words: Vec<String> =
            head.clone().map(|t| self.language.form(t).to_lowercase()).collect();
        let definite = words.first().is_some_and(|w| w == "the");
        let phrase = self.phrase(head);
        let core = self.core(&phrase);
        let last = words.get(core.end.saturating_sub(head.start).checked_sub(1)?)?;
        // "ex-head", "vice-president"
        let noun = last.rsplit('-').next().unwrap_or(last).to_owned();
        let sort = NOUNS.sort(&noun);
        match sort {
            Some(Noun::Person) => Some(self.role(head, &core, &noun, definite)),
            Some(Noun::People) if words.first().is_some_and(|w| w == "one") => {
                Some(self.make(self.words(&core), SpeakerKind::Anonymous, None))
            }
            Some(Noun::People) => Some(self.people(&core, &noun, definite)),
            Some(Noun::Paper) if NOUNS.is_poll(&noun) && !self.names_in(&core).is_empty() => {
                Some(self.make(self.words(&core), SpeakerKind::Organization, None))
            }
            Some(Noun::Paper) => {
                // "its report": the report's maker.
                let owner = words.first().and_then(|w| Some((w, NOUNS.pronoun(w)?)));
                let owner = owner.filter(|(_, sort)| *sort != Pronoun::Relative && words.len() > 1);
                owner
                    .and_then(|(w, sort)| self.pronoun(sort, w, &(head.start..head.start + 1), own))
                    .or_else(|| self.known_paper(head, &noun, definite, own))
                    .or_else(|| {
                        let alone = !definite && core.len() <= 2 && head.end == core.end;
                        self.told_of_itself(own.filter(|_| alone && NOUNS.is_utterance(&noun)))
                    })
                    .or_else(|| Some(self.paper(head, &core)))
            }
            Some(Noun::Body) if definite && NOUNS.is(Place::Outlet, &noun) && head.len() == 2 => {
                let outlets = self.seen.iter().rev().take(FARTHEST);
                let last = outlets.into_iter().find(|s| NOUNS.outlet(&s.name).is_some());
                last.cloned().or_else(|| Some(self.body(head, &core, &noun)))
            }
            _ => {
                let named = self.named_before(&core, &noun).or_else(|| self.named_behind(&core));
                if named.is_some() {
                    return named;
                }
                let known = definite.then(|| self.described(head, &core, &noun, own)).flatten();
                known.or_else(|| Some(self.body(head, &core, &noun)))
            }
        }
    }

    /// The person whom commas add behind a source that was cut before them: "the governor, Ann
    /// Berg, …".
    fn added_behind(&self, tokens: &Range<usize>) -> Option<usize> {
        let comma = |t: usize| t < self.language.tokens.len() && self.language.form(t) == ",";
        let start = tokens.end + 1;
        if !comma(tokens.end) && !comma(tokens.end.checked_sub(1)?) {
            return None;
        }
        let start = if comma(tokens.end) { start } else { tokens.end };
        let at = self.language.names.partition_point(|n| {
            self.language.tokens.get(start).is_some_and(|t| n.span.start < t.span.start)
        });
        let name = self.language.names.get(at).filter(|n| n.kind == NameKind::Person)?;
        let own = self.language.tokens_in(name.span);
        (own.start == start && comma(own.end)).then(|| self.entity_of(name.span))?
    }

    /// The noun phrase before its first "of", "for", "in" … and without leading nameless words.
    pub(super) fn phrase(&self, head: &Range<usize>) -> Range<usize> {
        let mut start = head.start;
        // "one of the officials"
        while start + 1 < head.end
            && (NOUNS.is_nameless(&self.language.form(start).to_lowercase())
                || start == head.start + 1 && self.language.form(start) == "of")
        {
            start += 1;
        }
        start..head.end
    }

    pub(super) fn core(&self, phrase: &Range<usize>) -> Range<usize> {
        let names = self.names_in(phrase);
        // "a statement released on Friday"
        let participle = |t: usize| {
            matches!(self.language.tokens[t].xpos, "VBN" | "VBD")
                && NOUNS.sort(&self.language.form(t - 1).to_lowercase()).is_some()
        };
        let stop = phrase.clone().skip(1).find(|t| {
            (NOUNS.is(Place::Core, self.language.form(*t)) || participle(*t))
                && !names.iter().any(|(n, _, _)| n.contains(t) && n.start < *t)
        });
        phrase.start..stop.unwrap_or(phrase.end).max(phrase.start + 1)
    }
}
