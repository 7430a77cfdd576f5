//! Whom a role noun without a name stands for: "the minister", "an unnamed official".

use std::ops::Range;

use sayso_language::NameKind;
use sayso_model::{Span, Speaker, SpeakerKind};

use super::{Cast, FARTHEST};
use crate::nouns::{NOUNS, Place};

/// Whom an earlier phrase with a role has brought in.
enum Introduced {
    /// Its words, where it has no name.
    Unnamed(String),
    /// The name that it is set beside.
    Named(Span),
}

impl Cast<'_> {
    /// A role noun without a name: whoever has been called so, or somebody unnamed.
    pub(super) fn role(
        &self,
        head: &Range<usize>,
        core: &Range<usize>,
        noun: &str,
        definite: bool,
    ) -> Speaker {
        let name = self.words(core);
        let contrasts = (head.start..core.end)
            .any(|t| NOUNS.is(Place::Contrast, &self.language.form(t).to_lowercase()));
        // "…, official says" in the headline is whom the article brings in.
        let headline = |s: &&Speaker| {
            s.kind == SpeakerKind::Anonymous
                && s.name.to_lowercase().rsplit(' ').next() == Some(noun)
                && s.mention.as_ref().is_some_and(|m| m.byte_start < self.first_line)
        };
        let below = self.language.span_of(head.clone()).start >= self.first_line;
        if below
            && !contrasts
            && let Some(earlier) = self.seen.iter().take(3).find(headline)
        {
            return earlier.clone();
        }
        if definite && !contrasts {
            // An earlier unnamed bearer of the same noun, then a person with such a role.
            let same = |s: &&Speaker| {
                s.kind == SpeakerKind::Anonymous
                    && s.name.to_lowercase().split(' ').any(|word| word == noun)
            };
            if let Some(earlier) = self.seen.iter().rev().take(FARTHEST).find(same) {
                return earlier.clone();
            }
            match self.introduced(head.start, noun) {
                Some(Introduced::Unnamed(cited)) => {
                    return self.make(cited, SpeakerKind::Anonymous, None);
                }
                Some(Introduced::Named(person)) => {
                    if let Some(speaker) = self.entity_of(person).and_then(|e| self.entity(e)) {
                        return speaker;
                    }
                }
                None => {}
            }
            if let Some(speaker) = self.bearer(head, noun).or_else(|| self.recalled(head, noun)) {
                return speaker;
            }
            if (NOUNS.is_generic(noun) || NOUNS.is_leading(noun))
                && let Some(member) = self.member(head, core)
            {
                return member;
            }
            // "the expert" and no more: the person who has done most of the speaking so far.
            if core.len() == 1
                && head.len() <= 2
                && NOUNS.is_generic(noun)
                && let Some(main) = self.main_person()
            {
                return main;
            }
        }
        if !contrasts && let Some(later) = self.named_later(head, noun) {
            return later;
        }
        self.make(name, SpeakerKind::Anonymous, None)
    }

    /// "an unnamed NATO representative" somewhere before token `before`: its words, for a later
    /// "the representative".
    fn introduced(&self, before: usize, noun: &str) -> Option<Introduced> {
        let low = before.saturating_sub(400);
        let at = (low..before).rev().find(|t| {
            self.language.form(*t).to_lowercase() == noun && {
                let mut start = *t;
                while start > low
                    && *t - start < 6
                    && !NOUNS.is(Place::Edge, self.language.form(start))
                {
                    start -= 1;
                }
                NOUNS.is(Place::Introducer, self.language.form(start))
            }
        })?;
        // "Ann Berg, an expert on ports" is no unnamed expert.
        let article = (low..at)
            .rev()
            .take(6)
            .find(|t| NOUNS.is(Place::Introducer, &self.language.form(*t).to_lowercase()));
        let apposed = article.and_then(|t| t.checked_sub(2)).and_then(|t| {
            let span = self.language.tokens[t].span;
            let names = &self.language.names;
            let at = names.partition_point(|n| n.span.end <= span.start);
            let name = names.get(at).filter(|_| self.language.form(t + 1) == ",")?;
            (name.kind == NameKind::Person && name.span.contains(span)).then_some(name.span)
        });
        if let Some(person) = apposed {
            return Some(Introduced::Named(person));
        }
        let mut start = at;
        while start > low
            && at - start < 6
            && !NOUNS.is_nameless(&self.language.form(start - 1).to_lowercase())
        {
            start -= 1;
        }
        Some(Introduced::Unnamed(self.words(&(start..at + 1))))
    }
}
