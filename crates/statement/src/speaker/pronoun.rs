//! Whom a pronoun as a source stands for: "he", "who", "I".

use std::ops::Range;

use sayso_model::{Speaker, SpeakerKind};

use super::{Cast, FARTHEST, LINKED, NEWCOMER, SPOKE_BEFORE, WENT_ON, sure};
use crate::{Attribution, nouns::Pronoun};

impl Cast<'_> {
    pub(super) fn pronoun(
        &self,
        sort: Pronoun,
        lower: &str,
        head: &Range<usize>,
        own: Option<&Attribution>,
    ) -> Option<Speaker> {
        let span = self.language.span_of(head.clone());
        if sort == Pronoun::Relative {
            return self.relative(head);
        }
        let human = sort == Pronoun::Human;
        let fits = |speaker: &Speaker| match speaker.kind {
            SpeakerKind::Person => human && self.agrees(speaker, lower),
            SpeakerKind::Anonymous => {
                (human || lower.starts_with("the")) && self.agrees(speaker, lower)
            }
            SpeakerKind::Group => lower.starts_with("the"),
            SpeakerKind::Organization => !human,
            SpeakerKind::Author => false,
        };
        let linked = self.entity_of(span).filter(|e| !human || self.is_somebody(*e));
        if human
            && let Some(noun) = self.unnamed_newcomer(span, own)
            && self.newcomer(span, own, human).is_none()
            && !linked.is_some_and(|e| self.is_fresh(e, span, own))
        {
            let found = self.noun_phrase(&noun, &noun, own).filter(|s| self.agrees(s, lower));
            if let Some(found) = found {
                return Some(sure(found, NEWCOMER));
            }
        }
        // Whoever spoke last goes on speaking, if nobody else has come up since.
        if let Some(last) = self.seen.last().filter(|s| fits(s))
            && self.is_near(span, own)
            && !linked.is_some_and(|e| self.is_fresh(e, span, own))
            && self.newcomer(span, own, human).is_none()
        {
            return Some(sure(last.clone(), WENT_ON));
        }
        if let Some(entity) = linked {
            return self.entity(entity).map(|speaker| sure(speaker, LINKED));
        }
        if let Some(entity) = self.newcomer(span, own, human)
            && let Some(speaker) = self.entity(entity).filter(|s| fits(s))
        {
            return Some(sure(speaker, NEWCOMER));
        }
        let before = self.seen.iter().rev().take(FARTHEST).find(|speaker| fits(speaker))?;
        Some(sure(before.clone(), SPOKE_BEFORE))
    }

    /// The noun phrase right before a relative pronoun.
    fn relative(&self, head: &Range<usize>) -> Option<Speaker> {
        let mut end = head.start;
        // "Ann Berg, 46, who"
        let aside = |t: usize| {
            self.language.form(t) == ","
                || self.language.tokens[t].upos == sayso_language::Upos::Num
                    && t > 0
                    && self.language.form(t - 1) == ","
        };
        while end > 0 && aside(end - 1) {
            end -= 1;
        }
        let sentence = self.language.tokens.get(end.checked_sub(1)?)?.sentence;
        let floor = self.language.sentences[sentence].tokens.start;
        let mut start = end;
        while start > floor
            && self.language.form(start - 1).starts_with(char::is_alphanumeric)
            && end - start < 8
        {
            start -= 1;
        }
        let names = self.names_in(&(start..end));
        let last_name = names.iter().rev().find(|(tokens, _, _)| tokens.end == end);
        let from = last_name.map_or(end - 1, |(tokens, _, _)| tokens.start);
        self.noun_phrase(&(from..end), &(from..end), None)
    }
}
