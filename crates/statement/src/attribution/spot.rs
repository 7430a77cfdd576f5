//! Spots the cues: verbs with their whole verb group, nouns, adjectives, "according to".

use std::ops::Range;

use sayso_language::Upos;

use super::closed::Sort;
use super::view::View;
use crate::cues::{CUES, Class, Form, Takes};

/// How a cue is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// "has said"
    Verb(Form),
    /// "was told", "is expected"
    Passive,
    /// "the claim"
    Noun,
    /// "is convinced"
    Adjective,
    /// "according to"
    Preposition,
    /// "in her view"
    Possessed,
    /// "reportedly"
    Adverb,
}

/// A word or words that may be a cue.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    /// The whole verb group with its auxiliaries and particles.
    pub(crate) tokens: Range<usize>,
    /// The word that carries the meaning.
    pub(crate) head: usize,
    pub(crate) build: Build,
    pub(crate) class: Class,
    pub(crate) takes: Takes,
}

/// All possible cues in the order of the text, not overlapping.
pub(crate) fn spot(view: &View) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut t = 0;
    while t < view.len() {
        let cue = preposition(view, t)
            .or_else(|| possessed(view, t))
            .or_else(|| verb(view, t))
            .or_else(|| adjective(view, t))
            .or_else(|| noun(view, t))
            .or_else(|| adverb(view, t));
        match cue {
            Some(cue) if out.last().is_none_or(|last| last.tokens.end <= cue.tokens.start) => {
                t = cue.tokens.end.max(t + 1);
                out.push(cue);
            }
            _ => t += 1,
        }
    }
    out
}

fn preposition(view: &View, t: usize) -> Option<Cue> {
    let words = CUES.prepositions.iter().find(|words| matches(view, t, words))?;
    Some(Cue {
        tokens: t..t + words.len(),
        head: t,
        build: Build::Preposition,
        class: Class::Saying,
        takes: Takes::default(),
    })
}

fn matches(view: &View, t: usize, words: &[String]) -> bool {
    words.iter().enumerate().all(|(i, word)| view.word(t + i) == word)
        && t + words.len() <= view.len()
        && view.sentence_of(t) == view.sentence_of(t + words.len() - 1)
}

/// "in her view", "in the minister's words": the source is the possessive itself.
fn possessed(view: &View, t: usize) -> Option<Cue> {
    if view.word(t) != "in" {
        return None;
    }
    let stop = (t + 8).min(view.sentence_tokens(view.sentence_of(t)).end);
    let head = (t + 2..stop).find(|h| CUES.is_possessed(view.word(*h)))?;
    let owner = view.is(head - 1, Sort::POSSESSIVE) && head == t + 2
        || view.is(head - 1, Sort::GENITIVE) && !view.is(head - 1, Sort::COMMA);
    owner.then(|| Cue {
        tokens: head..head + 1,
        head,
        build: Build::Possessed,
        class: Class::Belief,
        takes: Takes::default(),
    })
}

fn verb(view: &View, t: usize) -> Option<Cue> {
    // A capital inside a sentence is a name ("Post", "State"), save in a headline.
    if view.is(t, Sort::NAME) && view.is(t, Sort::CAPITAL) {
        return None;
    }
    // Taggers err on verbs that are also nouns; what follows may prove them wrong.
    if !view.may_be_verb(t) && !proves_a_verb(view, t) && !closes_on_a_name(view, t) {
        return None;
    }
    // "self-proclaimed"
    if t > 0 && matches!(view.word(t - 1), "-" | "‑") && !view.is(t - 1, Sort::DASH) {
        return None;
    }
    let sentence = view.sentence_tokens(view.sentence_of(t));
    let mut choice = None;
    for (index, form) in CUES.verb_forms(view.word(t)) {
        let row = &CUES.verbs[*index];
        // An object pronoun or a name may stand inside a verb and its particle ("ruled it out").
        if t + 1 + row.then.len() <= sentence.end && matches_then(view, t + 1, &row.then) {
            choice = Some((row, *form));
            break;
        }
    }
    let (row, form) = choice?;
    let end = t + 1 + row.then.len();
    let mut start = t;
    let (mut be, mut have, mut other) = (false, false, false);
    // The verb group to the left: auxiliaries, adverbs and negations between them.
    while start > sentence.start {
        let left = start - 1;
        if view.is_auxiliary(left) {
            be |= view.is(left, Sort::BE) && !have && !other;
            have |= view.is(left, Sort::HAVE);
            other |= view.is(left, Sort::MODAL | Sort::DO);
            start = left;
        } else if view.is(left, Sort::ADVERB | Sort::NEGATION)
            && !view.is(left, Sort::TIME | Sort::DETERMINER | Sort::SUBJECT)
            && left > sentence.start
        {
            start = left;
        } else {
            break;
        }
    }
    // Leading adverbs belong to the group only when a subject stands before them; that is the
    // subject's affair. A bare "to" before the verb makes it an infinitive.
    if start > sentence.start && view.word(start - 1) == "to" {
        return None;
    }
    let build = match form {
        Form::Past | Form::Participle if be => Build::Passive,
        Form::Participle if !have => return None,
        Form::Base if be => return None,
        _ => Build::Verb(form),
    };
    Some(Cue { tokens: start..end, head: t, build, class: row.class, takes: row.takes })
}

fn matches_then(view: &View, t: usize, then: &[String]) -> bool {
    then.iter().enumerate().all(|(i, word)| view.word(t + i) == word)
}

fn adjective(view: &View, t: usize) -> Option<Cue> {
    let (class, takes) = CUES.adjective(view.word(t))?;
    let sentence = view.sentence_tokens(view.sentence_of(t));
    let mut start = t;
    let mut copula = false;
    while start > sentence.start {
        let left = start - 1;
        if view.is(left, Sort::COPULA) {
            copula = true;
            start = left;
        } else if view.is(left, Sort::ADVERB | Sort::NEGATION | Sort::HAVE | Sort::MODAL) {
            start = left;
        } else {
            break;
        }
    }
    copula.then_some(Cue { tokens: start..t + 1, head: t, build: Build::Adjective, class, takes })
}

fn noun(view: &View, t: usize) -> Option<Cue> {
    let class = CUES.noun(view.word(t))?;
    // "the claim by …": whether "that" follows the name is seen when the name is.
    let named = matches!(view.word(t + 1), "by" | "from" | "of" | "among");
    let introduces = named
        || view.word(t + 1) == "that"
            && !view.is_auxiliary(t + 2)
            && !view.is(t + 2, Sort::COMMA | Sort::STOP);
    introduces.then_some(Cue {
        tokens: t..t + 1,
        head: t,
        build: Build::Noun,
        class,
        takes: Takes::THAT,
    })
}

fn adverb(view: &View, t: usize) -> Option<Cue> {
    CUES.is_adverb(view.word(t)).then_some(Cue {
        tokens: t..t + 1,
        head: t,
        build: Build::Adverb,
        class: Class::Saying,
        takes: Takes::default(),
    })
}

/// "…, the Courier reports.": a verb behind a short named subject at the end of a clause, which
/// taggers like to take for a noun.
fn closes_on_a_name(view: &View, t: usize) -> bool {
    let ends = t + 1 >= view.sentence_tokens(view.sentence_of(t)).end
        || view.is(t + 1, Sort::STOP | Sort::COMMA | Sort::COLON | Sort::OPEN)
        || matches!(view.word(t + 1), "citing" | "quoting" | "that");
    let mut start = t;
    while start > 0 && t - start < 4 && view.is(start - 1, Sort::NAME) {
        start -= 1;
    }
    // "…, newspaper reports" ends a headline.
    let end = view.sentence_tokens(view.sentence_of(t)).end;
    let noun = start == t && t > 0 && (t + 1 >= end || view.is(t + 1, Sort::STOP));
    if noun && crate::nouns::NOUNS.sort(view.word(t - 1)).is_some() {
        start = t - 1;
        // "…, the bank forecasts."
        while start > 0 && t - start < 4 && view.is(start - 1, Sort::DETERMINER | Sort::NAME) {
            start -= 1;
        }
    }
    // "Interwire reports, citing an official, that …"
    let opens = start < t
        && start == view.sentence_tokens(view.sentence_of(t)).start
        && view.is(t + 1, Sort::COMMA)
        && CUES.cites(view.word(t + 2));
    opens
        || ends
            && start < t
            && start > 0
            && view.is(start - 1, Sort::COMMA | Sort::CLOSE)
            && view.sentence_of(start) == view.sentence_of(t)
}

/// ", warning that …", "the expert points out that …"
fn proves_a_verb(view: &View, t: usize) -> bool {
    let clause = view.word(t + 1) == "that" || view.word(t + 2) == "that";
    if t == 0 {
        return false;
    }
    if view.word(t).ends_with("ing") {
        let opens = view.word(t + 1) == "that" || view.is(t + 1, Sort::SUBJECT | Sort::OPEN);
        return view.is(t - 1, Sort::COMMA) && opens;
    }
    // "rejected claims that …": what stands behind a verb is its object.
    let object = view.is_tagged()
        && matches!(view.language.tokens[t - 1].upos, Upos::Verb | Upos::Aux | Upos::Adj);
    let subject = view.is(t - 1, Sort::WORD)
        && !object
        && !view.is(
            t - 1,
            Sort::DETERMINER
                | Sort::POSSESSIVE
                | Sort::GENITIVE
                | Sort::PREPOSITION
                | Sort::COORDINATOR,
        );
    clause && subject && view.word(t).ends_with('s')
}
