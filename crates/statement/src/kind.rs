//! What a statement does: it foretells, judges, reports, promises, demands or denies.

use std::ops::Range;

use sayso_model::{Bound, CertaintyClass, Kind};

use crate::{
    Attribution, Context, certainty, event, held,
    passage::Passage,
    refuted,
    tables::{ContentClass, CueClass, List},
    words::Word,
};

/// The kind of a statement, from its cue, its hedge and the verbs of its content.
pub fn read(context: &Context, attribution: &Attribution) -> Kind {
    let passage = Passage::content(context, attribution);
    let trigger = event::find(context, attribution, &passage).map(|f| f.words.clone());
    of_passage(context, attribution, &passage, trigger.as_ref())
}

/// The kind of a passage; `trigger` are the words of its event where there is one.
pub fn of_passage(
    context: &Context,
    attribution: &Attribution,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> Kind {
    let cue = cue_class(context, attribution);
    if asks(context, attribution, passage, trigger) {
        return Kind::Assessment;
    }
    if unsaid(context, attribution, passage) {
        let hedged = || certainty::of_cue(context, attribution, passage).is_some();
        match cue {
            // "has not promised to leave", "did not deny that" tell of the will; "did not say that" claims
            // nothing.
            Some(CueClass::Intention | CueClass::Denial) => return Kind::Report,
            None | Some(CueClass::Demand | CueClass::Forecast | CueClass::Report) if !hedged() => {
                return Kind::Assessment;
            }
            _ => {}
        }
    }
    match cue {
        Some(CueClass::Demand) => return Kind::Demand,
        Some(CueClass::Denial) => return Kind::Denial,
        // A wish is no forecast that the thing happens.
        Some(CueClass::Intention | CueClass::Wish) => return Kind::Intention,
        Some(CueClass::Forecast) => return Kind::Forecast,
        Some(CueClass::Fear) => return of_feeling(context, attribution, passage, true),
        Some(CueClass::Feeling) => return of_feeling(context, attribution, passage, false),
        _ => {}
    }
    if refuted::find(context, attribution, passage, trigger).is_some_and(|r| !r.negated) {
        return Kind::Denial;
    }
    match held::class(context, passage, trigger) {
        Some(CueClass::Wish) => return Kind::Intention,
        Some(CueClass::Forecast) => return Kind::Forecast,
        Some(CueClass::Denial) => return Kind::Denial,
        // "I wonder if it will hold"
        Some(CueClass::Question)
            if trigger.is_some_and(|t| passage.has(0..t.start, &["if", "whether"])) =>
        {
            return Kind::Assessment;
        }
        _ => {}
    }
    // "asked them to leave"
    if cue == Some(CueClass::Question)
        && trigger.is_some_and(|t| {
            let token = passage.words.get(t.start).and_then(|w| context.token_at(w.span));
            token.is_some_and(|t| ["VB", "VBP"].contains(&context.language.tokens[t].xpos))
        })
    {
        return Kind::Demand;
    }
    let focus = trigger.map_or(0, |t| t.start);
    let sentence = passage.sentence_at(focus);
    let near = match trigger {
        Some(t) => passage.clause_at(t.start),
        None => sentence.clone(),
    };
    let has = |class, range: Range<usize>| first_of(passage, class, range).is_some();
    let hedges = certainty::hedges(context, passage);
    let hedge = hedges.iter().find(|h| {
        sentence.contains(&h.words.start)
            && h.hedge.bound != Bound::Lower
            && matches!(
                h.hedge.class,
                Some(CertaintyClass::Probability | CertaintyClass::Possibility)
            )
    });
    let floor =
        hedges.iter().any(|h| sentence.contains(&h.words.start) && h.hedge.bound == Bound::Lower);
    if let Some(hedge) = hedge {
        // "are likely to be engaged in": how things are now.
        let after = hedge.words.end..(hedge.words.end + 4).min(passage.words.len());
        let to_be =
            passage.lower(hedge.words.end) == "to" && passage.lower(hedge.words.end + 1) == "be";
        let state = to_be && has(ContentClass::State, after.clone());
        let progressive = to_be && passage.lower(hedge.words.end + 2).ends_with("ing");
        // "may have left" looks back; "may have to leave" does not.
        let perfect =
            after.clone().any(|i| passage.lower(i) == "have" && passage.lower(i + 1) != "to");
        return if state || progressive || perfect { Kind::Assessment } else { Kind::Forecast };
    }
    if certainty::stated(context, passage, trigger.map(|t| t.start)).is_some() {
        return Kind::Forecast;
    }
    let intends = first_of(passage, ContentClass::Intention, sentence.clone());
    let willed = first_of(passage, ContentClass::Future, near.clone());
    if intends.is_some() && !has(ContentClass::Demand, sentence.clone()) {
        return Kind::Intention;
    }
    let obliged = first_of(passage, ContentClass::Demand, near.clone());
    if let Some(at) = obliged.filter(|_| willed.is_none()) {
        // "must have collapsed", "should have left": a judgement of what lies behind.
        let perfect = passage.has(at + 1..at + 3, &["have"])
            && matches!(passage.lower(at), "must" | "should");
        return if perfect { Kind::Assessment } else { Kind::Demand };
    }
    if commands(context, passage, &sentence) {
        return Kind::Demand;
    }
    if floor || willed.is_some() {
        return Kind::Forecast;
    }
    // "said it would cut": "would" is "will" in the past, unless a gerund or a condition makes it
    // a thought ("taking the town would allow").
    if passage.has(near.clone(), &["would", "'d"]) {
        let gerund = passage.words.get(near.start).is_some_and(|w| w.lower.ends_with("ing"));
        let supposed = passage.conditions.iter().any(|c| sentence.contains(&c.start));
        if counterfactual(passage, &near) {
            return Kind::Assessment;
        }
        if !gerund {
            return Kind::Forecast;
        }
        return if supposed { Kind::Forecast } else { Kind::Assessment };
    }
    if denies(passage, trigger) {
        return Kind::Denial;
    }
    // "The army seems to have left": seen, and not known.
    let below = matches!(passage.lower(near.start), "if" | "that" | "though" | "like");
    let above = near.start.checked_sub(1).filter(|i| below && sentence.contains(i));
    let from = above.map_or(near.start, |i| passage.clause_at(i).start);
    if has(ContentClass::Appearance, from..near.end) {
        return Kind::Assessment;
    }
    // "The army cannot hold the town": what somebody is able to do is judged.
    let able =
        trigger.is_some_and(|t| passage.has(near.start..t.start, &["can", "cannot", "can't"]));
    if able && !matches!(cue, Some(CueClass::Report)) {
        return Kind::Assessment;
    }
    match cue {
        Some(CueClass::Assessment) => return Kind::Assessment,
        Some(CueClass::Report) => return Kind::Report,
        _ => {}
    }
    if judges(context, passage, sentence) { Kind::Assessment } else { Kind::Report }
}

/// "fears that the town will fall", "fears reprisal" foretell; "fears that the dam has burst" and "worried
/// about the harvest" judge.
fn of_feeling(context: &Context, attribution: &Attribution, passage: &Passage, fear: bool) -> Kind {
    let whole = 0..passage.words.len();
    let hedged = !certainty::hedges(context, passage).is_empty();
    let ahead = hedged || speaks_of_future(passage, whole.clone());
    let thing = || {
        !has_verb(context, passage, whole)
            && (fear || event::names_event(context, attribution, passage))
    };
    if ahead || thing() { Kind::Forecast } else { Kind::Assessment }
}

/// "is crucial", "the importance of", "remains sound": a judgement of the present. The past tense
/// reports.
fn judges(context: &Context, passage: &Passage, sentence: Range<usize>) -> bool {
    sentence.clone().any(|at| {
        let Some(found) = context.tables.kinds.content.at(&passage.words, at) else { return false };
        let class = context.tables.kinds.content_classes.get(found.row);
        if class != Some(&ContentClass::Assessment) || found.words.end > sentence.end {
            return false;
        }
        let before = at.saturating_sub(4).max(sentence.start)..at;
        // "is significant" judges; "are suffering significant losses" reports.
        let next = passage.words.get(found.words.end);
        let predicative = next.is_none_or(|w| w.is_mark() || w.is_in(List::AfterPredicate));
        // "is a dangerous moment"
        let copula =
            (sentence.start..at).rev().find(|i| !List::BeforePredicate.has(passage.lower(*i)));
        let attributive = copula.is_some_and(|i| List::Present.has(passage.lower(i)));
        (predicative || attributive) && passage.any(before, List::Present)
            || found.words.len() > 1
            || at == sentence.start
    }) || !passage.any(sentence.clone(), List::Present) && !has_verb(context, passage, sentence)
}

/// A content without any finite verb ("the critical nature of the moment") is a judgement.
fn has_verb(context: &Context, passage: &Passage, sentence: Range<usize>) -> bool {
    let tokens = &context.language.tokens;
    passage.words.get(sentence).unwrap_or_default().iter().any(|w| {
        let tag = context.token_at(w.span).map_or("", |t| tokens[t].xpos);
        ["VBD", "VBZ", "VBP", "MD"].contains(&tag)
    })
}

/// "Stop the attacks": a sentence that begins with the bare form of a verb and asks nothing.
fn commands(context: &Context, passage: &Passage, sentence: &Range<usize>) -> bool {
    let Some(word) = passage.words.get(sentence.start) else { return false };
    let token = context.token_at(word.span).map(|t| &context.language.tokens[t]);
    word.capital
        && token.is_some_and(|t| t.xpos == "VB" && t.deprel == "root")
        && !passage.has(sentence.clone(), &["?"])
}

/// "We did not attack the hospital": what the speakers say of themselves and of the past.
fn denies(passage: &Passage, trigger: Option<&Range<usize>>) -> bool {
    let Some(trigger) = trigger else { return false };
    let clause = passage.clause_at(trigger.start);
    let Some(own) = (clause.start..trigger.start).find(|i| passage.has(*i..*i + 1, &["we", "i"]))
    else {
        return false;
    };
    let not = ["did not", "didn't", "never", "have not", "haven't", "had not", "hadn't"];
    let group = own + 1..trigger.start;
    group.len() <= 4
        && not.iter().any(|phrase| {
            let mut words = phrase.split(' ');
            let (first, second) = (words.next().unwrap_or_default(), words.next());
            group.clone().any(|i| {
                passage.lower(i) == first && second.is_none_or(|s| passage.lower(i + 1) == s)
            })
        })
        && !passage.has(group, &["will", "would", "'ll", "can", "could"])
}

/// "would have captured it if it had snowed": what did not come about is judged, and not foretold. "would
/// have captured it by June" foretells.
fn counterfactual(passage: &Passage, near: &Range<usize>) -> bool {
    let sentence = passage.sentence_at(near.start);
    let would = |i: &usize| matches!(passage.lower(*i), "would" | "'d");
    let perfect = near.clone().filter(would).any(|i| {
        (i + 1..i + 4)
            .find(|h| passage.lower(*h) == "have")
            .is_some_and(|h| passage.lower(h + 1) != "to")
    });
    let past = passage.conditions.iter().any(|c| {
        sentence.contains(&c.start) && passage.has(c.clone(), &["had", "been", "without", "but"])
    });
    perfect && (past || !passage.has(sentence, &["by", "before", "once", "when"]))
}

/// A question says of nothing that it will happen: "asked whether …", "Will it hold?", "the question is
/// whether it will hold". "It is unclear whether it will hold" says how likely it is.
pub(crate) fn asks(
    context: &Context,
    attribution: &Attribution,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> bool {
    let sentence = passage.sentence_at(trigger.map_or(0, |t| t.start));
    let marked = sentence.end.checked_sub(1).is_some_and(|last| {
        let last = (sentence.start..=last).rev().find(|i| !CLOSING.contains(&passage.lower(*i)));
        // "It will hold, won't it?"
        let tag = |i: usize| {
            i > sentence.start + 3
                && passage.lower(i - 3) == ","
                && List::Pronouns.has(passage.lower(i - 1))
        };
        last.is_some_and(|i| passage.lower(i) == "?" && !tag(i))
    });
    let embedded = || {
        cue_class(context, attribution) == Some(CueClass::Question)
            && opens_with_question(context, passage)
    };
    let left_open = || {
        let Some(trigger) = trigger else { return false };
        let clause = passage.clause_at(trigger.start);
        passage.lower(clause.start) == "whether"
            && passage.lower(clause.start + 1) != "or"
            && !passage.has(clause.start..trigger.start, &[","])
            && !certainty::hedges(context, passage).iter().any(|h| h.hedge.low.is_some())
            && certainty::of_cue(context, attribution, passage).is_none()
    };
    marked || embedded() || left_open()
}

/// Marks that may stand behind a question mark.
const CLOSING: [&str; 6] = ["\"", "”", "’", "'", "»", ")"];

/// Whether a content begins as a question does: "whether the town will fall".
pub(crate) fn opens_with_question(context: &Context, passage: &Passage) -> bool {
    context.tables.kinds.questions.contains(passage.lower(0))
}

/// Whether the cue is negated, or its source is nobody: "did not say", "nobody expects".
pub(crate) fn negated(context: &Context, attribution: &Attribution) -> bool {
    let cue = Passage::of(context, &attribution.cue);
    let source = Passage::of(context, &attribution.source);
    let no_longer =
        || (0..cue.words.len()).any(|i| cue.lower(i) == "no" && cue.lower(i + 1) == "longer");
    cue.words.iter().any(|w| w.is_any(&["not", "never", "cannot"]) || w.lower.ends_with("n't"))
        || no_longer()
        || source.words.first().is_some_and(|w| w.is_in(List::Nobody))
}

/// Whether the cue says that nothing was said: "has not promised", "refused to say whether". The negation of "does not expect"
/// belongs to what is expected.
pub(crate) fn unsaid(context: &Context, attribution: &Attribution, content: &Passage) -> bool {
    let silent = || {
        let questions = &context.tables.kinds.questions;
        let tells = |w: &Word| w.lower == "that" || questions.contains(w.lower.as_ref());
        let refused = cue_class(context, attribution) == Some(CueClass::Denial);
        content.lower(0) == "to" && content.words.iter().take(MOST_BEFORE).any(|w| tells(w))
            || refused && opens_with_question(context, content)
    };
    negated(context, attribution) && !raises(context, attribution) || silent()
}

/// The most words before what somebody refuses to tell: "to say publicly whether".
const MOST_BEFORE: usize = 6;

/// Whether the cue's negation belongs to its content.
pub(crate) fn raises(context: &Context, attribution: &Attribution) -> bool {
    let raising = &context.tables.kinds.raising;
    let cue = Passage::of(context, &attribution.cue);
    cue.words.iter().any(|w| raising.contains(w.lower.as_ref()))
}

/// What the cue's words make of the statement.
pub(crate) fn cue_class(context: &Context, attribution: &Attribution) -> Option<CueClass> {
    let cue = Passage::of(context, &attribution.cue);
    let found = context.tables.kinds.cues.all(&cue.words);
    found.iter().find_map(|f| context.tables.kinds.cue_classes.get(f.row)).copied()
}

/// True when words of a range speak of what is to come.
pub(crate) fn speaks_of_future(passage: &Passage, range: Range<usize>) -> bool {
    let future = [ContentClass::Future, ContentClass::Intention, ContentClass::Demand];
    future.into_iter().any(|class| first_of(passage, class, range.clone()).is_some())
        || passage.has(range, &["would", "to"])
}

/// The first phrase of a class in a range.
fn first_of(passage: &Passage, class: ContentClass, range: Range<usize>) -> Option<usize> {
    passage
        .modes
        .iter()
        .find(|(found, words)| {
            // "should the talks fail" is a condition, not a demand.
            *found == class
                && !(class == ContentClass::Demand
                    && passage.conditions.iter().any(|c| c.contains(&words.start)))
                && range.contains(&words.start)
                && words.end <= range.end
                && is_modal(passage, words.start)
        })
        .map(|(_, words)| words.start)
}

/// "May" the month and "might" the noun say nothing of the future.
fn is_modal(passage: &Passage, at: usize) -> bool {
    match passage.lower(at) {
        "may" => passage.words.get(at).is_some_and(|w| !w.capital),
        "could" => !matches!(passage.lower(at + 1), "not" | "only"),
        "will" => !matches!(
            at.checked_sub(1).map_or("", |i| passage.lower(i)),
            "the" | "his" | "her" | "their" | "political"
        ),
        _ => true,
    }
}
