//! What is said: the content of each draft, by the shape in which cue, source and content stand.

mod extent;
mod frame;

use std::ops::Range;

use super::closed::Sort;
use super::drafts::{Draft, Order};
use super::source;
use super::spot::Build;
use super::view::View;
use crate::cues::{Class, Takes};
pub(crate) use frame::Frame;

/// Most cues of a sentence that are looked at to either side of one, so that time stays linear.
const FARTHEST: usize = 40;

/// The content of a draft as token ranges in order, and its frame.
pub(crate) struct Filled {
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) frame: Frame,
    /// Tokens that the shape adds to the cue ("for" in "called for").
    pub(crate) cue_end: usize,
}

/// Reads the content of draft `index`.
pub(crate) fn fill(view: &View, drafts: &[Draft], index: usize) -> Option<Filled> {
    let draft = &drafts[index];
    let sentence = view.sentence_tokens(view.sentence_of(draft.cue.head));
    let scene = Scene { view, drafts, index, draft, sentence };
    if scene.is_silent() {
        return None;
    }
    match draft.cue.build {
        Build::Preposition => scene.according(),
        Build::Possessed => scene.possessed(),
        Build::Adverb => scene.adverb(),
        Build::Passive => scene.sourceless(),
        Build::Noun => scene.that().map(|f| Filled { frame: Frame::NounThat, ..f }),
        Build::Adjective => scene
            .that()
            .or_else(|| scene.door())
            .or_else(|| scene.clause())
            .or_else(|| scene.around())
            .map(|f| Filled { frame: Frame::Adjective, ..f }),
        Build::Verb(_) => scene.verb(),
    }
    .filter(|filled| filled.content.iter().any(|range| speaks(view, range)))
}

/// False for content that only points elsewhere ("said so", "spoke about this").
fn speaks(view: &View, range: &Range<usize>) -> bool {
    let bare = range.len() < 2;
    let points = matches!(view.word(range.start), "this" | "it" | "these" | "them" | "so")
        && (bare || view.is(range.start + 1, Sort::PREPOSITION | Sort::COMMA))
        || bare && view.word(range.start) == "that";
    let quoted = view.is(range.start, Sort::OPEN) && range.len() > 3;
    !points
        && range.clone().any(|t| {
            view.is(t, Sort::WORD) && quoted
                || view.is(t, Sort::WORD)
                    && !view.is(
                        t,
                        Sort::SUBJECT
                            | Sort::OBJECT
                            | Sort::ADVERB
                            | Sort::TIME
                            | Sort::SUBORDINATOR
                            | Sort::PREPOSITION,
                    )
                    && !(view.is(t, Sort::DETERMINER | Sort::POSSESSIVE) && range.len() < 3)
        })
}

struct Scene<'a, 'v> {
    view: &'a View<'v>,
    drafts: &'a [Draft],
    index: usize,
    draft: &'a Draft,
    sentence: Range<usize>,
}

impl Scene<'_, '_> {
    /// "declined to comment", "asked not to be named", "did not comment": no statement.
    fn is_silent(&self) -> bool {
        let (view, cue) = (self.view, &self.draft.cue);
        let phrase = |t: usize| {
            crate::cues::CUES.silent().iter().any(|words| {
                t + words.len() <= self.sentence.end
                    && words.iter().enumerate().all(|(i, word)| view.word(t + i) == word)
            })
        };
        let mut t = self.draft.right;
        while view.is(t, Sort::NEGATION) || view.word(t) == "to" {
            t += 1;
        }
        let refuses = cue.tokens.clone().any(|t| view.is(t, Sort::NEGATION));
        // "could not say when the road would open"
        let unsaid = cue.class == Class::Saying && view.is(self.draft.right, Sort::QUESTION);
        t > self.draft.right && phrase(t) || refuses && (unsaid || phrase(cue.head))
    }

    fn verb(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let t = draft.right;
        if draft.order != Order::After {
            let right = self
                .quotation_after()
                .or_else(|| self.that())
                .or_else(|| self.colon())
                .or_else(|| self.question())
                .or_else(|| self.infinitive())
                .or_else(|| self.door());
            if let Some(right) = right {
                return Some(self.also_before(right));
            }
        }
        let at_wall = t >= self.sentence.end
            || view.is(
                t,
                Sort::COMMA | Sort::STOP | Sort::CLOSE | Sort::DASH | Sort::COLON | Sort::BRACKET,
            )
            || draft.order == Order::After
            || view.word(t) == "as"
            || matches!(view.word(t), "citing" | "quoting")
            || view.is(t, Sort::PREPOSITION) && !view.is(t, Sort::NAME) && view.word(t) != "to"
            || view.is(t, Sort::COORDINATOR);
        if (at_wall || self.quotation_before_touches())
            && let Some(content) = self.around()
        {
            return Some(content);
        }
        if draft.order == Order::After {
            return None;
        }
        self.clause()
    }

    /// The quotation whose closing mark stands right before the draft, when a cue of speech follows
    /// it.
    fn quotation_before_touches(&self) -> bool {
        let view = self.view;
        let Some(close) = self.closing_mark() else { return false };
        // “It is over.” She said the town …: a full stop inside ends the speech, and what follows
        // the cue is its content.
        let stopped = close > 0 && view.word(close - 1) == "." && !view.is(close + 1, Sort::COMMA);
        self.draft.cue.takes.has(Takes::QUOTATION) && !stopped
    }

    fn closing_mark(&self) -> Option<usize> {
        let view = self.view;
        let mut t = self.outer_edge().checked_sub(1)?;
        while view.is(t, Sort::COMMA | Sort::DASH) {
            t = t.checked_sub(1)?;
        }
        (view.is(t, Sort::CLOSE)
            && view.paragraph_of(t) == view.paragraph_of(self.draft.cue.head)
            && view.quotation_at(self.draft.cue.head) != view.quotation_at(t))
        .then_some(t)
    }

    /// First token of source or cue.
    fn outer_edge(&self) -> usize {
        let start = self.draft.cue.tokens.start;
        match (&self.draft.source, self.draft.order) {
            (Some(source), Order::Before) => source.start.min(start),
            _ => start,
        }
    }

    fn filled(&self, frame: Frame, content: Vec<Range<usize>>) -> Option<Filled> {
        let frame = if self.draft.order == Order::Shared
            && matches!(frame, Frame::That | Frame::Clause | Frame::Noun)
        {
            Frame::Participial
        } else {
            frame
        };
        let content: Vec<_> = content.into_iter().filter(|range| !range.is_empty()).collect();
        (!content.is_empty()).then_some(Filled {
            content,
            frame,
            cue_end: self.draft.cue.tokens.end,
        })
    }

    /// Berg said: “…”
    fn quotation_after(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        if !draft.cue.takes.has(Takes::QUOTATION | Takes::NOUN) {
            return None;
        }
        let mut t = draft.right;
        let mut marked = false;
        while view.is(t, Sort::COMMA | Sort::COLON | Sort::DASH) && t < draft.right + 2 {
            marked = true;
            t += 1;
        }
        // "He wrote this:" may end a paragraph before the quotation.
        let next_paragraph = t == self.sentence.end
            && view.is(t - 1, Sort::COLON)
            && t < view.len()
            && view.paragraph_of(t) == view.paragraph_of(draft.cue.head) + 1;
        if !view.is(t, Sort::OPEN) || t >= self.sentence.end && !next_paragraph {
            return None;
        }
        let quotation = view.quotation_tokens(view.quotation_at(t)?);
        let words = quotation.clone().filter(|t| view.is(*t, Sort::WORD)).count();
        let end = quotation.end;
        let flows = !marked || words < 4;
        if flows
            && end < view.len()
            && view.sentence_of(end) == view.sentence_of(draft.cue.head)
            && view.is(end, Sort::WORD)
        {
            // A scrap of quotation inside a clause: “modest” growth would follow.
            let limit = self.limit(end);
            if draft.cue.takes.has(Takes::CLAUSE | Takes::NOUN) && limit > end {
                return self.filled(self.plain_frame(), vec![t..limit]);
            }
        }
        if !marked && !draft.cue.takes.has(Takes::QUOTATION) {
            return self.filled(self.plain_frame(), vec![t..self.limit(end).max(end)]);
        }
        self.filled(Frame::QuotationAfter, vec![t..end])
    }

    fn plain_frame(&self) -> Frame {
        match self.draft.cue.class {
            Class::Evaluation | Class::Denial | Class::Demand => Frame::Judged,
            _ if self.draft.cue.takes.has(Takes::CLAUSE) => Frame::Clause,
            _ => Frame::Noun,
        }
    }

    /// Berg said that …
    fn that(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let mut t = draft.right;
        // "said, however, that"
        if view.is(t, Sort::COMMA) {
            let close = (t + 1..(t + 8).min(self.sentence.end)).find(|i| view.is(*i, Sort::COMMA));
            if let Some(close) = close.filter(|c| view.word(c + 1) == "that") {
                t = close + 1;
            }
        }
        if view.word(t) != "that" || t >= self.sentence.end || !draft.cue.takes.has(Takes::THAT) {
            return None;
        }
        if view.is(t + 1, Sort::COMMA | Sort::STOP) && !view.is(t + 2, Sort::WORD) {
            return None;
        }
        let limit = self.limit(t + 1);
        self.filled(Frame::That, vec![t..limit])
    }

    /// Berg said: the plan …
    fn colon(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let t = draft.right;
        let takes = draft.cue.takes.has(Takes::QUOTATION | Takes::CLAUSE);
        if !view.is(t, Sort::COLON) || t + 1 >= self.sentence.end || !takes {
            return None;
        }
        let limit = self.limit(t + 1);
        self.filled(Frame::QuotationAfter, vec![t + 1..limit])
    }

    fn question(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let t = draft.right;
        let takes = draft.cue.takes.has(Takes::QUESTION)
            || draft.cue.takes.door(view.word(t))
            || draft.cue.takes.has(Takes::CLAUSE) && view.word(t) == "what";
        if !view.is(t, Sort::QUESTION) || t >= self.sentence.end || !takes || view.word(t) == "who"
        {
            return None;
        }
        let limit = self.limit(t + 1);
        self.filled(Frame::Question, vec![t..limit])
    }

    fn infinitive(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let mut t = draft.right;
        if view.is(t, Sort::NEGATION) {
            t += 1;
        }
        let takes = draft.cue.takes.has(Takes::INFINITIVE);
        if view.word(t) != "to" || t + 1 >= self.sentence.end || !takes {
            return None;
        }
        let limit = self.limit(t + 1);
        self.filled(Frame::Infinitive, vec![draft.right..limit])
    }

    /// The end of a content that begins at `from`, before the verb of the main clause when the cue
    /// stands in a relative clause ("the man who spoke of a strike could not be reached").
    fn relative_limit(&self, from: usize) -> usize {
        let view = self.view;
        let limit = self.limit(from);
        let relative = self
            .draft
            .source
            .as_ref()
            .is_some_and(|source| source.len() == 1 && view.is(source.start, Sort::QUESTION));
        let own = |t: usize| {
            view.is(t, Sort::SUBJECT | Sort::SUBORDINATOR | Sort::QUESTION)
                || t > 0 && view.is(t - 1, Sort::SUBJECT)
        };
        let main = (from..limit).take_while(|t| !own(*t)).find(|t| {
            view.is_auxiliary(*t) && !view.is(*t, Sort::NEGATION)
                || view.is(*t, Sort::COMMA) && view.is_finite(*t + 1)
        });
        if relative { main.unwrap_or(limit) } else { limit }
    }

    /// Berg called for …, spoke about …
    fn door(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let t = draft.cue.tokens.end;
        if !draft.cue.takes.door(view.word(t)) || t + 1 >= self.sentence.end {
            return None;
        }
        let limit = self.relative_limit(t + 1);
        let mut filled = self.filled(Frame::Door, vec![t + 1..limit])?;
        filled.cue_end = t + 1;
        Some(filled)
    }

    /// Berg said the plan …; Berg announced the plan.
    fn clause(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let t = draft.right;
        let takes = draft.cue.takes;
        let walled = t >= self.sentence.end
            || view.is(
                t,
                Sort::COMMA | Sort::STOP | Sort::CLOSE | Sort::COLON | Sort::DASH | Sort::BRACKET,
            )
            || view.is_auxiliary(t) && !view.is(t, Sort::NEGATION)
            || view.is(t, Sort::COORDINATOR);
        if walled || !takes.has(Takes::CLAUSE | Takes::NOUN) {
            return None;
        }
        if view.is(t, Sort::PREPOSITION) && !view.is(t, Sort::NAME) && !takes.has(Takes::CLAUSE) {
            return None;
        }
        let limit = self.relative_limit(t + 1);
        if limit <= t {
            return None;
        }
        let finite = (t + 1..limit).any(|i| view.is_finite(i) || view.word(i).ends_with('s'));
        if !takes.has(Takes::NOUN) && !finite {
            return None;
        }
        self.filled(self.plain_frame(), vec![t..limit])
    }

    /// “…,” Berg said; …, Berg said
    fn before(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        if let Some(close) = self.closing_mark() {
            if !draft.cue.takes.has(Takes::QUOTATION | Takes::CLAUSE | Takes::THAT) {
                return None;
            }
            let quotation = view.quotation_tokens(view.quotation_at(close)?);
            let from = self.opening_of(&quotation);
            return self.filled(Frame::QuotationBefore, vec![from..close + 1]);
        }
        let edge = self.outer_edge();
        let comma = edge.checked_sub(1)?;
        if !view.is(comma, Sort::COMMA | Sort::DASH)
            || comma <= self.sentence.start
            || !draft.cue.takes.has(Takes::CLAUSE)
            || draft.order == Order::Shared
        {
            return None;
        }
        let start = self.left_border(comma);
        let words = (start..comma).filter(|t| view.is(*t, Sort::WORD)).count();
        let according =
            view.word(start) == "according" && !(start..comma).any(|t| view.is(t, Sort::COMMA));
        let parenthesis = view.is(draft.right, Sort::COMMA) && draft.right + 2 < self.sentence.end;
        let adverbial = words < 6 && view.is(start, Sort::PREPOSITION | Sort::TIME);
        if according || (words < 3 || adverbial) && !parenthesis {
            return None;
        }
        if parenthesis && words < 3 {
            // Too little to be a clause of its own: it needs the rest behind the cue.
            let filled = self.filled(Frame::ClauseBefore, vec![start..comma])?;
            let both = self.also_after(filled);
            return (both.content.len() > 1).then_some(both);
        }
        self.filled(Frame::ClauseBefore, vec![start..comma])
    }

    /// Where content that ends in a quotation begins: at its mark when the mark opens a sentence, at
    /// the sentence when only its end is quoted.
    fn opening_of(&self, quotation: &Range<usize>) -> usize {
        let view = self.view;
        let open = quotation.start;
        let sentence = view.sentence_tokens(view.sentence_of(open));
        let before = open.checked_sub(1).filter(|t| *t >= sentence.start);
        let Some(before) = before else { return open };
        let begins = view.is(before, Sort::STOP | Sort::CLOSE | Sort::COLON | Sort::DASH);
        let near = self.drafts[..self.index].iter().rev().take(FARTHEST);
        let cued = near
            .take_while(|d| d.cue.head >= sentence.start)
            .any(|d| d.cue.head < open && view.quotation_at(d.cue.head).is_none());
        if begins || cued || view.is(before, Sort::COMMA) && open - sentence.start < 4 {
            open
        } else {
            sentence.start
        }
    }

    /// Index of the first draft of the sentence that counts: not farther back than [`FARTHEST`].
    fn earlier(&self) -> usize {
        let near = self.drafts[..self.index].iter().rev().take(FARTHEST);
        self.index - near.take_while(|d| d.cue.head >= self.sentence.start).count()
    }

    /// The first token of the clause that ends at `end`: the sentence's, or the first past what an
    /// earlier cue has cut off.
    fn left_border(&self, end: usize) -> usize {
        let view = self.view;
        let mut start = self.sentence.start;
        for draft in &self.drafts[self.earlier()..self.index] {
            if draft.cuts && draft.edge > start && draft.edge < end {
                start = draft.edge;
                while start < end
                    && view.is(start, Sort::COMMA | Sort::COORDINATOR | Sort::COLON | Sort::DASH)
                {
                    start += 1;
                }
            }
        }
        start
    }

    /// Adds the quotation before a cue whose content goes on behind it: “…,” Berg said. “…”
    fn also_before(&self, mut right: Filled) -> Filled {
        let speech = right.frame == Frame::QuotationAfter;
        if !speech || self.draft.order != Order::Before {
            return right;
        }
        if let Some(close) = self.closing_mark() {
            // A cue of the quotation's own words claims nothing outside of it.
            let mut earlier = self.drafts[self.earlier()..self.index].iter();
            let claimed =
                earlier.any(|d| d.right <= close && self.view.quotation_at(d.cue.head).is_none());
            if let (false, Some(q)) = (claimed, self.view.quotation_at(close)) {
                let quotation = self.view.quotation_tokens(q);
                let from = self.opening_of(&quotation);
                right.content.insert(0, from..close + 1);
                right.frame = Frame::QuotationBefore;
            }
        }
        right
    }

    /// Adds what follows a cue in the middle of its content: The plan, Berg said, would fail.
    fn also_after(&self, mut left: Filled) -> Filled {
        let view = self.view;
        let mut t = self.draft.right.max(self.draft.reach);
        if !view.is(t, Sort::COMMA | Sort::COLON | Sort::DASH) || t >= self.sentence.end {
            return left;
        }
        t += 1;
        if view.is(t, Sort::OPEN) && t < self.sentence.end {
            if let Some(q) = view.quotation_at(t) {
                left.content.push(view.quotation_tokens(q));
            }
            return left;
        }
        if left.frame != Frame::ClauseBefore || !view.is(t - 1, Sort::COMMA) {
            return left;
        }
        let limit = self.limit(t);
        let blocked = view.word(t).ends_with("ing")
            || self.drafts[self.index + 1..].iter().any(|d| d.edge <= t && d.cue.head >= t)
            || view.is(t, Sort::PREPOSITION | Sort::SUBORDINATOR | Sort::QUESTION);
        if !blocked && limit > t + 1 {
            left.content.push(t..limit);
        }
        left
    }

    /// The plan, Berg is convinced, would fail; …, Berg said
    fn around(&self) -> Option<Filled> {
        let left = self.before()?;
        Some(if left.content.len() > 1 { left } else { self.also_after(left) })
    }

    /// According to Berg, …; …, according to Berg; In her view …
    fn according(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let reach = draft.source.as_ref()?.end;
        let start = draft.cue.tokens.start;
        let leads =
            (self.sentence.start..start).all(|t| {
                view.is(t, Sort::ADVERB | Sort::COORDINATOR | Sort::TIME | Sort::COMMA | Sort::OPEN)
            }) || start > 0 && view.is(start - 1, Sort::CLOSE) && view.is(reach, Sort::COMMA);
        if leads {
            let mut t = reach;
            if view.is(t, Sort::COMMA | Sort::COLON) {
                t += 1;
                // "a report by the board, seen by Channel Nine, …"
                let seen = view.is(t, Sort::PARTICIPLE | Sort::WORD)
                    && !view.is(t, Sort::NAME)
                    && view.word(t + 1) == "by";
                let close = (t..self.sentence.end.min(t + 10)).find(|i| view.is(*i, Sort::COMMA));
                if let Some(close) = close.filter(|_| seen) {
                    t = close + 1;
                }
            } else if !view.is(t, Sort::SUBJECT | Sort::DETERMINER | Sort::OPEN) {
                return None;
            }
            if t >= self.sentence.end {
                return None;
            }
            let limit = self.limit(t);
            return self.filled(Frame::According, vec![t..limit]);
        }
        let mut end = start;
        while end > self.sentence.start && view.is(end - 1, Sort::COMMA | Sort::DASH | Sort::ADVERB)
        {
            end -= 1;
        }
        // "according to" may stand inside a coordinated part: take the clause back to the last cut.
        let from = self.left_border(end);
        let mut content = vec![from..end];
        if let Some(close) = end.checked_sub(1).filter(|t| view.is(*t, Sort::CLOSE))
            && let Some(q) = view.quotation_at(close)
        {
            let quotation = view.quotation_tokens(q);
            if quotation.start < from {
                content = vec![self.opening_of(&quotation)..end];
            }
        }
        let mut t = reach;
        if view.is(t, Sort::COMMA) {
            t += 1;
            let limit = self.limit(t);
            let goes_on = t < self.sentence.end
                && (view.is(t, Sort::COORDINATOR)
                    || view.is_finite(t)
                    || view.is(t, Sort::QUESTION));
            if goes_on && limit > t {
                content.push(t..limit);
            }
        }
        self.filled(Frame::AccordingBehind, content)
    }

    fn possessed(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let mut t = draft.cue.tokens.end;
        if view.is(t, Sort::COMMA) {
            t += 1;
        }
        if draft.edge > self.sentence.start + 1 || t >= self.sentence.end || view.is(t, Sort::STOP)
        {
            return None;
        }
        self.filled(Frame::According, vec![t..self.limit(t)])
    }

    /// X is expected to …; it was reported that …
    fn sourceless(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let t = draft.cue.tokens.end;
        let limit = self.limit(t + 1);
        if view.word(t) == "that" {
            return self.filled(Frame::Sourceless, vec![t..limit]);
        }
        // "…, it was stated", "…, jurors were told": the words before the comma.
        if t >= self.sentence.end || view.is(t, Sort::STOP | Sort::COMMA) {
            let subject = source::before(view, draft.cue.tokens.start, self.sentence.start)?;
            let comma = subject.start.checked_sub(1)?;
            if let Some(q) = view.quotation_at(comma).filter(|_| view.is(comma, Sort::CLOSE)) {
                let quotation = view.quotation_tokens(q);
                return self
                    .filled(Frame::Impersonal, vec![self.opening_of(&quotation)..comma + 1]);
            }
            let from = self.left_border(comma);
            return self.filled(Frame::Impersonal, vec![from..comma]);
        }
        let impersonal = source::before(view, draft.cue.tokens.start, self.sentence.start)
            .is_some_and(|s| s.len() == 1 && view.word(s.start) == "it");
        if impersonal || draft.cue.takes.has(Takes::OBJECT) {
            if view.word(t) == "to" {
                return None;
            }
            let limit = self.limit(t + 1);
            return self.filled(Frame::Impersonal, vec![t..limit]);
        }
        let subject = source::before(view, draft.cue.tokens.start, self.sentence.start)?;
        self.filled(Frame::Sourceless, vec![subject, t..limit])
    }

    /// "reportedly": the clause around it.
    fn adverb(&self) -> Option<Filled> {
        let (view, draft) = (self.view, self.draft);
        let t = draft.cue.head;
        // Before a bare adjective or noun ("the allegedly stolen car") it is no statement.
        if t > 0 && view.is(t - 1, Sort::DETERMINER | Sort::PREPOSITION | Sort::POSSESSIVE) {
            return None;
        }
        let from = self.left_border(t);
        let limit = self.limit(t + 1);
        self.filled(Frame::Adverb, vec![from..t, t + 1..limit])
    }
}
