//! Bodies, groups and papers that speak: what name a source without a person gives them.

use std::ops::Range;

use sayso_language::NameKind;
use sayso_model::{Speaker, SpeakerKind};

use super::Cast;
use crate::nouns::{self, NOUNS, Noun, Place};

impl Cast<'_> {
    /// The body named behind the noun that says what it is: "the chipmaker Brenna".
    pub(super) fn named_behind(&self, core: &Range<usize>) -> Option<Speaker> {
        let names = self.names_in(core);
        let [(own, _, span)] = names.as_slice() else { return None };
        let before = own.start.checked_sub(1).filter(|t| *t >= core.start)?;
        let noun = self.language.form(before);
        let described = noun.starts_with(char::is_lowercase)
            && (NOUNS.is_firm(noun) || NOUNS.sort(noun) == Some(Noun::Body));
        (described && own.end == core.end)
            .then(|| self.entity_of(*span).and_then(|e| self.entity(e)))
            .flatten()
    }

    /// The body named before the noun that says what it is: "the militant Norby Front group", "Kurier news
    /// agency".
    pub(super) fn named_before(&self, core: &Range<usize>, noun: &str) -> Option<Speaker> {
        if !NOUNS.is_firm(noun) {
            return None;
        }
        let mut names = self.names_in(core);
        let (own, kind, span) = names.pop()?;
        let between = own.end..core.end - 1;
        // "the EU agency", "the bank's council" are others than the EU and the bank.
        let described = own.end < core.end
            && between.len() <= 2
            && between.clone().all(|t| self.language.form(t).starts_with(char::is_lowercase));
        let alone = names.iter().all(|(_, kind, _)| *kind != NameKind::Organization);
        let body = matches!(kind, NameKind::Organization | NameKind::Group);
        let news = NOUNS.is(Place::Outlet, noun)
            && between.clone().any(|t| self.language.form(t).eq_ignore_ascii_case("news"));
        let same = news || NOUNS.is_same_body(noun);
        (described && alone && body && same)
            .then(|| self.entity_of(span).and_then(|e| self.entity(e)))
            .flatten()
    }

    /// "a report from Newsweek", "the bank's report", "NATO intelligence reports": who made it.
    pub(super) fn paper(&self, head: &Range<usize>, core: &Range<usize>) -> Speaker {
        let names = self.names_in(head);
        // "a statement by the office of the Norby police": the office's, and not what it is an office of.
        let by = (core.start + 1..head.end)
            .find(|t| matches!(self.language.form(*t), "by" | "from"))
            .unwrap_or(head.end);
        let after = names.iter().find(|(tokens, _, _)| {
            tokens.start > core.start
                && (tokens.start < by || tokens.start <= by + 2)
                && matches!(self.language.form(tokens.start - 1), "from" | "by" | "of" | "the")
                && tokens.start >= core.end
        });
        if after.is_none()
            && let Some(maker) = self.maker(head, core)
        {
            return maker;
        }
        if let Some((tokens, _, span)) = after {
            // "Brandt & Lowe"
            let mut tokens = tokens.clone();
            while tokens.end + 1 < head.end && self.language.form(tokens.end) == "&" {
                tokens.end += 2;
            }
            if tokens.end > self.language.tokens_in(*span).end {
                return self.make(self.words(&tokens), SpeakerKind::Organization, None);
            }
            if let Some(speaker) = self.entity_of(*span).and_then(|e| self.entity(e)) {
                return speaker;
            }
            return self.make(self.words(&tokens), SpeakerKind::Organization, None);
        }
        // "the bank's latest report"
        let owner =
            (core.start + 1..core.end).find(|t| NOUNS.is(Place::Genitive, self.language.form(*t)));
        if let Some(owner) = owner {
            let rest = core.start..owner;
            let last = self.language.form(owner - 1).to_lowercase();
            return self.body(&rest, &rest, &last);
        }
        let mut end = core.end;
        while end > core.start + 1
            && nouns::NOUNS.sort(&self.language.form(end - 1).to_lowercase()) == Some(Noun::Paper)
        {
            end -= 1;
        }
        if end == core.start + 1 && core.len() == 1 {
            return self.make(self.words(core), SpeakerKind::Organization, None);
        }
        while end > core.start + 1 && matches!(self.language.form(end - 1), "'s" | "’s" | "'" | "’")
        {
            end -= 1;
        }
        let rest = core.start..end;
        let last = self.language.form(end - 1).to_lowercase();
        if names.iter().any(|(n, _, _)| n.start >= rest.start && n.end <= rest.end)
            || nouns::NOUNS.sort(&last).is_some()
        {
            return self.body(&rest, &rest, &last);
        }
        self.make(self.words(core), SpeakerKind::Organization, None)
    }

    /// The organization whose capital letters these are and that the article has named in full.
    fn acronym(&self, text: &str) -> Option<Speaker> {
        let short = (2..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
        if !short {
            return None;
        }
        self.seen.get(*self.initials.get(text)?).cloned()
    }

    pub(super) fn body(&self, head: &Range<usize>, core: &Range<usize>, noun: &str) -> Speaker {
        let names = self.names_in(head);
        let text = self.words(&(core.start..head.end));
        if let Some(full) = self.acronym(&self.words(core)) {
            return full;
        }
        // The whole phrase is one name ("Kyiv", "the Institute for X").
        if let Some((_, _, span)) =
            names.iter().find(|(n, _, _)| n.start <= core.start && n.end >= head.end)
            && let Some(speaker) = self.entity_of(*span).and_then(|e| self.entity(e))
        {
            return speaker;
        }
        let plural = noun.ends_with('s')
            && !noun.ends_with("ss")
            && !names.iter().any(|(n, _, _)| n.end == core.end)
            && nouns::NOUNS.sort(noun).is_none();
        let kind = if plural { SpeakerKind::Group } else { SpeakerKind::Organization };
        // A body keeps what it is the body of: "the ministry of health".
        let name = if kind == SpeakerKind::Organization && head.len() <= 9 {
            text
        } else {
            self.words(core)
        };
        self.make(name, kind, None)
    }

    pub(super) fn people(&self, core: &Range<usize>, noun: &str, definite: bool) -> Speaker {
        // "the institute's experts" speak for the institute when it is named with them.
        if definite && nouns::NOUNS.is_member(noun) {
            if let Some(full) = core.clone().find_map(|t| self.acronym(self.language.form(t))) {
                return full;
            }
            let body = self
                .names_in(core)
                .into_iter()
                .find(|(_, kind, _)| *kind == NameKind::Organization);
            if let Some(speaker) =
                body.and_then(|(_, _, span)| self.entity_of(span)).and_then(|e| self.entity(e))
            {
                return speaker;
            }
        }
        self.make(self.words(core), SpeakerKind::Group, None)
    }
}
