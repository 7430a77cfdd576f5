//! From cues to drafts: who each cue belongs to, and where its own words begin, so that the
//! content of the cue before it can stop there.

use std::ops::Range;

use super::closed::Sort;
use super::spot::{Build, Cue};
use super::view::View;
use super::{label, light, source};
use crate::cues::{Class, Form, Takes};
use crate::tables::List;

/// Longest "by the Norby Courier" between "was quoted" and "as saying", in tokens.
const LONGEST_AGENT: usize = 12;

/// Where the source of a cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// "Berg said"
    Before,
    /// "said Berg", "according to Berg"
    After,
    /// ", adding that": the subject of the cue before, or of the clause.
    Shared,
    /// "reportedly", "is expected"
    None,
}

/// A cue with its source.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) cue: Cue,
    pub(crate) source: Option<Range<usize>>,
    pub(crate) order: Order,
    /// First token of source, cue and what links them to the words before.
    pub(crate) edge: usize,
    /// First token past cue and source.
    pub(crate) reach: usize,
    /// First token past the light words after the cue: where content on the right begins.
    pub(crate) right: usize,
    /// True when content of an earlier cue in the sentence stops at `edge`.
    pub(crate) cuts: bool,
}

/// Gives each cue its source; a cue without one (and that needs one) is dropped.
pub(crate) fn draft(view: &View, cues: Vec<Cue>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for cue in cues {
        let sentence = view.sentence_tokens(view.sentence_of(cue.head));
        let previous = out
            .iter()
            .rev()
            .take(40)
            .take_while(|d| d.cue.head >= sentence.start)
            .find(|d| {
                d.source.is_some() && view.quotation_at(d.cue.head) == view.quotation_at(cue.head)
            })
            .cloned();
        if let Some(draft) = one(view, cue, &sentence, previous.as_ref()) {
            out.push(draft);
        }
    }
    out
}

fn one(view: &View, cue: Cue, sentence: &Range<usize>, previous: Option<&Draft>) -> Option<Draft> {
    match cue.build {
        Build::Verb(Form::Ing) if !begins_with_be(view, &cue) => {
            participial(view, cue, sentence, previous)
        }
        Build::Verb(form) => finite(view, cue, form, sentence, previous),
        Build::Passive => passive(view, cue, sentence),
        Build::Adjective => {
            let source = source::before(view, cue.tokens.start, sentence.start)?;
            let edge = source.start;
            Some(finish(view, cue, Some(source), Order::Before, edge, sentence))
        }
        Build::Noun => noun(view, cue, sentence),
        Build::Preposition => {
            let source = source::after(view, cue.tokens.end, sentence.end)?;
            let edge = cue.tokens.start;
            let mut draft = finish(view, cue, Some(source.clone()), Order::After, edge, sentence);
            draft.right = source.end;
            draft.cuts = edge > sentence.start;
            Some(draft)
        }
        Build::Possessed => {
            let end = cue.head;
            let start = (sentence.start..end).rev().find(|t| view.word(*t) == "in")?;
            let source =
                if view.is(end - 1, Sort::GENITIVE) { start + 1..end - 1 } else { start + 1..end };
            (!source.is_empty())
                .then(|| finish(view, cue, Some(source), Order::Before, start, sentence))
        }
        Build::Adverb => {
            let edge = cue.tokens.start;
            Some(finish(view, cue, None, Order::None, edge, sentence))
        }
    }
}

fn begins_with_be(view: &View, cue: &Cue) -> bool {
    cue.tokens.clone().any(|t| t < cue.head && view.is(t, Sort::BE))
}

/// Fills what follows from the source: reach, right and whether it cuts.
fn finish(
    view: &View,
    cue: Cue,
    source: Option<Range<usize>>,
    order: Order,
    edge: usize,
    sentence: &Range<usize>,
) -> Draft {
    let mut reach = cue.tokens.end;
    if order == Order::After
        && let Some(source) = &source
    {
        reach = reach.max(source.end);
    }
    let right = light::skip(view, reach, sentence.end, cue.takes.has(Takes::OBJECT));
    let (edge, cuts) = joint(view, edge, right, sentence, order);
    Draft { cue, source, order, edge, reach, right, cuts }
}

/// Moves the edge to the left over what links the clause to the words before it, and tells whether
/// it parts two statements.
fn joint(
    view: &View,
    edge: usize,
    right: usize,
    sentence: &Range<usize>,
    order: Order,
) -> (usize, bool) {
    let mut e = edge;
    while e > sentence.start
        && view.is(e - 1, Sort::ADVERB | Sort::TIME)
        && !view.is(e - 1, Sort::NAME | Sort::SUBORDINATOR)
    {
        e -= 1;
    }
    if e <= sentence.start {
        return (edge, false);
    }
    let before = e - 1;
    if view.is(before, Sort::COORDINATOR)
        || matches!(view.word(before), "while" | "whereas" | "although")
    {
        let comma = before > sentence.start && view.is(before - 1, Sort::COMMA);
        return (if comma { before - 1 } else { before }, true);
    }
    if view.is(before, Sort::COLON | Sort::DASH) {
        return (before, true);
    }
    let at_wall = right >= sentence.end
        || view.is(right, Sort::COMMA | Sort::STOP | Sort::CLOSE)
        || matches!(view.word(right), "citing" | "quoting");
    if view.is(before, Sort::COMMA) && (at_wall || order == Order::Shared) {
        return (before, true);
    }
    (edge, false)
}

fn participial(
    view: &View,
    cue: Cue,
    sentence: &Range<usize>,
    previous: Option<&Draft>,
) -> Option<Draft> {
    let start = cue.tokens.start;
    let shared = || {
        previous
            .and_then(|d| d.source.clone())
            .or_else(|| source::of_clause(view, sentence.start, start))
    };
    if start == sentence.start {
        let comma = (start..sentence.end).find(|t| view.is(*t, Sort::COMMA))?;
        let source = source::of_clause(view, comma + 1, sentence.end)?;
        return Some(finish(view, cue, Some(source), Order::Shared, start, sentence));
    }
    let before = start - 1;
    if view.is(before, Sort::COMMA | Sort::DASH | Sort::CLOSE | Sort::COORDINATOR) {
        return Some(finish(view, cue, Some(shared()?), Order::Shared, start, sentence));
    }
    // "by saying", "after announcing"
    if view.is(before, Sort::PREPOSITION | Sort::SUBORDINATOR) {
        let adverbial = List::Adverbial.has(view.word(before));
        if !adverbial || view.word(before) == "without" {
            return None;
        }
        return Some(finish(view, cue, Some(shared()?), Order::Shared, before, sentence));
    }
    // ", with the minister claiming that"
    let with = (sentence.start..start)
        .rev()
        .take(20)
        .find(|t| view.word(*t) == "with" || view.is(*t, Sort::STOP | Sort::COLON | Sort::CLOSE));
    if let Some(with) = with.filter(|t| {
        view.word(*t) == "with"
            && *t + 1 < start
            && (*t == sentence.start || view.is(*t - 1, Sort::COMMA | Sort::DASH))
    }) {
        let mut draft = finish(view, cue, Some(with + 1..start), Order::Before, with, sentence);
        if with > sentence.start {
            draft.edge = with - 1;
        }
        draft.cuts = true;
        return Some(draft);
    }
    let np = source::before(view, start, sentence.start)?;
    // "the agency reported citing …"
    let chained = previous.is_some_and(|p| p.cue.tokens.end == start || np.contains(&p.cue.head));
    if chained {
        return Some(finish(view, cue, Some(shared()?), Order::Shared, start, sentence));
    }
    // "issued a statement saying", "a letter warning"
    if view.is(np.end - 1, Sort::VENUE) && np.start > sentence.start {
        let source = shared()?;
        return Some(finish(view, cue, Some(source), Order::Shared, start, sentence));
    }
    if view.is(np.end - 1, Sort::TIME) {
        return Some(finish(view, cue, Some(shared()?), Order::Shared, start, sentence));
    }
    let edge = np.start;
    Some(finish(view, cue, Some(np), Order::Before, edge, sentence))
}

fn finite(
    view: &View,
    cue: Cue,
    form: Form,
    sentence: &Range<usize>,
    previous: Option<&Draft>,
) -> Option<Draft> {
    let start = cue.tokens.start;
    let floor = sentence.start;
    let bare = start == cue.head;
    if matches!(form, Form::Past) && view.word(cue.tokens.end) == "by" {
        return None;
    }
    let before_cue = start.checked_sub(1).filter(|t| *t >= floor || view.is(*t, Sort::CLOSE));
    // "…,” said Berg", "… – warned Berg", "…, says Berg"
    let after_quotation = before_cue.is_some_and(|t| {
        view.is(t, Sort::CLOSE)
            || view.is(t, Sort::COMMA | Sort::DASH) && t > 0 && view.is(t - 1, Sort::CLOSE)
    });
    let invertible = bare
        && matches!(form, Form::Past | Form::Present)
        && cue.takes.has(Takes::QUOTATION | Takes::CLAUSE);
    if invertible
        && after_quotation
        && let Some(np) = source::after(view, cue.tokens.end, sentence.end)
    {
        return Some(finish(view, cue, Some(np), Order::After, start, sentence));
    }
    let parsed = || parsed_subject(view, &cue, floor);
    if let Some(np) = source::before(view, start, floor).or_else(parsed) {
        // "The mayor, asked whether …, said": a participle, and the question is somebody else's.
        let reduced = bare
            && form == Form::Past
            && np.end + 1 == start
            && view.is(np.end, Sort::COMMA)
            && !np.clone().any(|t| view.is(t, Sort::COMMA))
            && view.is(cue.tokens.end, Sort::QUESTION);
        if reduced {
            return None;
        }
        if agrees(view, &cue, form, &np, bare) {
            let edge = np.start;
            return Some(finish(view, cue, Some(np), Order::Before, edge, sentence));
        }
        return None;
    }
    let t = before_cue?;
    if invertible && view.is(t, Sort::COMMA | Sort::DASH) {
        let np = source::after(view, cue.tokens.end, sentence.end)?;
        // "…, says union" ends a headline, where articles are saved.
        let named = view.is(np.start, Sort::NAME | Sort::CAPITAL | Sort::DETERMINER)
            || np.end >= sentence.end && form == Form::Present;
        let closes = np.end >= sentence.end
            || view.is(np.end, Sort::STOP | Sort::COMMA | Sort::COLON)
            || view.is(np.end, Sort::PREPOSITION | Sort::TIME);
        if closes && np.len() <= 12 && named {
            return Some(finish(view, cue, Some(np), Order::After, start, sentence));
        }
        return None;
    }
    // "… and added that": the subject of the cue before.
    if view.is(t, Sort::COORDINATOR) && matches!(form, Form::Past | Form::Present) {
        let shared = previous
            .and_then(|d| d.source.clone())
            .or_else(|| source::of_clause(view, sentence.start, t))?;
        let mut draft = finish(view, cue, Some(shared), Order::Shared, start, sentence);
        draft.cuts = true;
        return Some(draft);
    }
    None
}

/// Weeds out nouns that look like verbs ("the union’s demands", "two reports").
fn agrees(view: &View, cue: &Cue, form: Form, np: &Range<usize>, bare: bool) -> bool {
    let last = np.end - 1;
    let pronoun = view.is(last, Sort::SUBJECT) && np.len() == 1;
    if pronoun {
        // "it" says little, and "who" and "they" say.
        return match form {
            Form::Base if bare => List::PluralPronouns.has(view.word(last)),
            _ => true,
        };
    }
    let follow = cue.tokens.end;
    if view.is_tagged() {
        return !matches!(form, Form::Base) || !bare || view.is_finite(cue.head);
    }
    match form {
        Form::Base if bare => {
            let plural = view.word(last).ends_with('s')
                || matches!(view.word(last), "people" | "police" | "men" | "women" | "media")
                || np.clone().any(|t| view.word(t) == "and");
            plural
                && !view.is(follow, Sort::PREPOSITION | Sort::COMMA | Sort::STOP | Sort::CLOSE)
                && !view.is_auxiliary(follow)
        }
        Form::Present if bare => {
            let named = view.is(last, Sort::NAME | Sort::CAPITAL | Sort::COMMA);
            let noun_follows = view.is(follow, Sort::PREPOSITION)
                && !cue.takes.door(view.word(follow))
                || view.is_auxiliary(follow)
                || view.is_finite(follow);
            named || !noun_follows && !view.word(last).ends_with('s')
        }
        _ => true,
    }
}

fn passive(view: &View, cue: Cue, sentence: &Range<usize>) -> Option<Draft> {
    let end = cue.tokens.end;
    // "was quoted as saying", "was quoted by the Courier as saying"
    let by = view.word(end) == "by";
    let limit = sentence.end.min(end + LONGEST_AGENT);
    let said = (end..if by { limit } else { sentence.end.min(end + 1) })
        .find(|t| view.word(*t) == "as" && view.word(t + 1) == "saying");
    if let Some(said) = said {
        let source = source::before(view, cue.tokens.start, sentence.start)?;
        let edge = source.start;
        let mut cue = cue;
        cue.tokens.end = said + 2;
        cue.build = Build::Verb(Form::Past);
        cue.takes = Takes::CLAUSAL;
        return Some(finish(view, cue, Some(source), Order::Before, edge, sentence));
    }
    let subject = source::before(view, cue.tokens.start, sentence.start)?;
    let edge = subject.start;
    let impersonal = subject.len() == 1 && view.word(subject.start) == "it";
    let opinion = matches!(
        cue.class,
        Class::Belief | Class::Forecasting | Class::Saying | Class::Asserting | Class::Writing
    );
    // "It is thought some 60 ships wait", "…, it was officially stated".
    let clause = impersonal
        && (view.word(end) == "that"
            || view.is(end, Sort::DETERMINER | Sort::NUMBER | Sort::NAME | Sort::SUBJECT)
            || view.is(end, Sort::PREPOSITION) && view.is(end + 1, Sort::NUMBER)
            || parenthetical(view, edge, end, sentence));
    let open = opinion || matches!(cue.class, Class::Warning | Class::Announcing);
    let to = opinion && view.word(end) == "to" && !cue.takes.has(Takes::OBJECT);
    if open && (to || clause) {
        return Some(finish(view, cue, None, Order::None, edge, sentence));
    }
    // "…, jurors were told", "A jury has been told that …"
    if cue.takes.has(Takes::OBJECT)
        && view.word(end) != "to"
        && (view.word(end) == "that"
            || view.is(end, Sort::SUBJECT | Sort::OPEN)
            || parenthetical(view, edge, end, sentence))
        && crate::nouns::NOUNS.hears(view.word(subject.end - 1))
    {
        return Some(finish(view, cue, None, Order::None, edge, sentence));
    }
    None
}

/// Does a clause that begins at `edge` and ends with its cue stand behind a comma at the end of the
/// sentence?
fn parenthetical(view: &View, edge: usize, end: usize, sentence: &Range<usize>) -> bool {
    let behind = edge > sentence.start && view.is(edge - 1, Sort::COMMA | Sort::CLOSE);
    let ends = end >= sentence.end || view.is(end, Sort::STOP) || view.is(end, Sort::COMMA);
    behind && ends
}

fn noun(view: &View, cue: Cue, sentence: &Range<usize>) -> Option<Draft> {
    if view.word(cue.tokens.end) != "that" {
        return noun_by(view, cue, sentence);
    }
    let mut t = cue.head;
    for _ in 0..4 {
        t = t.checked_sub(1).filter(|t| *t >= sentence.start)?;
        if view.is(t, Sort::POSSESSIVE) {
            return Some(finish(view, cue, Some(t..t + 1), Order::Before, t, sentence));
        }
        if view.is(t, Sort::GENITIVE) {
            let np = source::before(view, t, sentence.start)?;
            let edge = np.start;
            return Some(finish(view, cue, Some(np), Order::Before, edge, sentence));
        }
        // "Norland's minister rejected claims that …": not Norland's.
        let verb = view.is_tagged() && view.is_finite(t);
        if verb || !view.is(t, Sort::WORD) || view.is(t, Sort::PREPOSITION | Sort::DETERMINER) {
            return None;
        }
    }
    None
}

/// "the claim by the mayor that …"; after "of" the name of somebody, since a fear is of anything.
fn noun_by(view: &View, cue: Cue, sentence: &Range<usize>) -> Option<Draft> {
    let start = cue.tokens.end + 1;
    let source = source::after(view, start, sentence.end)?;
    let that = source.end + usize::from(view.is(source.end, Sort::COMMA));
    // "the report by the board that was printed", "… that nobody read" is a relative clause.
    let relative = view.is_auxiliary(that + 1) || view.is_finite(that + 1);
    let named = view.word(cue.tokens.end) != "of" || label::is_named(view, &source);
    let clause = that < sentence.end && view.word(that) == "that" && !relative && named;
    clause.then(|| {
        let edge = cue.tokens.start;
        Draft { right: that, ..finish(view, cue, Some(source), Order::After, edge, sentence) }
    })
}

/// The subject that the parser gives a cue, when it stands before it in one piece.
fn parsed_subject(view: &View, cue: &Cue, floor: usize) -> Option<Range<usize>> {
    let subject = view.dependent(cue.head, &["nsubj"])?;
    let mut np = view.subtree(subject)?;
    if np.start < floor || np.end > cue.tokens.start || np.len() > 30 {
        return None;
    }
    while np.end > np.start && view.is(np.end - 1, Sort::COMMA) {
        np.end -= 1;
    }
    let quoted = np.clone().any(|t| view.quotation_at(t) != view.quotation_at(cue.head));
    (!quoted && !np.is_empty()).then_some(np)
}
