//! Where content ends: at the end of the sentence, at the next cue that begins a statement of its
//! own, at what the outlet adds, or where the parser ends the clause.

use super::super::closed::Sort;
use super::super::spot::Build;
use super::{Frame, Scene};
use crate::tables::List;

impl Scene<'_, '_> {
    /// The end of content that begins at `from`: the end of the sentence without its full stop, or
    /// the edge of the next cue that starts a statement of its own.
    pub(super) fn limit(&self, from: usize) -> usize {
        let view = self.view;
        let mut end = self.sentence.end;
        let home = view.quotation_at(self.draft.cue.head);
        for draft in self.drafts[self.index + 1..].iter().take(super::FARTHEST) {
            if draft.edge >= end {
                break;
            }
            if draft.cuts && draft.edge >= from && view.quotation_at(draft.cue.head) == home {
                end = draft.edge;
            }
        }
        if let Some(q) = home {
            end = end.min(view.quotation_tokens(q).end);
        }
        if let Some(q) = view.quotation_at(end.saturating_sub(1)).filter(|q| Some(*q) != home) {
            // Content that runs into a longer quotation takes all of it.
            let quotation = view.quotation_tokens(q);
            if quotation.start >= from && quotation.end > end && end == self.sentence.end {
                return quotation.end;
            }
        }
        end = self.parsed_end(from, end);
        if let Some(aside) = self.aside(from, end) {
            end = aside;
        }
        while end > from
            && view.is(
                end - 1,
                Sort::STOP | Sort::COMMA | Sort::COLON | Sort::DASH | Sort::COORDINATOR,
            )
        {
            end -= 1;
        }
        if home.is_some() && end > from && view.is(end - 1, Sort::CLOSE) {
            end -= 1;
            while end > from && view.is(end - 1, Sort::STOP | Sort::COMMA) {
                end -= 1;
            }
        }
        end
    }

    /// The comma before what the outlet adds of its own to an indirect content: a relative clause, a
    /// contrast; after a noun phrase or an infinitive any further clause.
    fn aside(&self, from: usize, end: usize) -> Option<usize> {
        let view = self.view;
        let home = view.quotation_at(self.draft.cue.head);
        (from + 2..end).find(|t| {
            view.is(*t, Sort::COMMA)
                && view.quotation_at(*t) == home
                && List::ClauseOpeners.has(view.word(*t + 1))
        })
    }

    /// The end of the clause or object that the parser gives the cue, when it lies before `end`.
    fn parsed_end(&self, from: usize, end: usize) -> usize {
        let view = self.view;
        let relations = ["ccomp", "xcomp", "obj", "obl", "advcl", "acl", "parataxis"];
        let Some(child) = (from..end.min(from + 60)).find(|t| {
            let token = &view.language.tokens[*t];
            let relation = token.deprel.split(':').next().unwrap_or_default();
            token.head == Some(self.draft.cue.head) && relations.contains(&relation)
        }) else {
            return end;
        };
        let Some(subtree) = view.subtree(child) else { return end };
        let close = subtree.end;
        let noun = view.language.tokens[child].deprel == "obj"
            && matches!(self.plain_frame(), Frame::Judged);
        // Only at a wall: a parser's border inside a phrase is an error more often than not.
        // A clause behind a noun is a part of the subject, and the verb of the sentence ends it.
        let predicate = self.draft.cue.build == Build::Noun
            && (view.is_finite(close) || view.is_auxiliary(close));
        if subtree.start <= from + 1
            && close > from + 2
            && close < end
            && (noun
                || predicate
                || view.is(close, Sort::COMMA | Sort::COLON | Sort::DASH | Sort::COORDINATOR))
        {
            close
        } else {
            end
        }
    }
}
