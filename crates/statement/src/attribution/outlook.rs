//! Forecasts without a verb of saying: "The bank cut its growth forecast to 1.2 percent", "The bank
//! sees inflation at 3 percent", "Traders saw a 50/50 chance of a cut", "Markets are pricing in a
//! cut", "The view from the palace is that …", "The Crown's priority is to hold the north".

use std::ops::Range;

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::source;
use super::view::View;
use crate::cues::{CUES, Class};

/// Most tokens between a verb and the figure or the noun that makes it a forecast.
const REACH: usize = 12;

/// Adds such forecasts where no other attribution has their cue.
pub(super) fn add(view: &View, found: &mut Vec<Found>) {
    let mut taken = vec![false; view.len()];
    for t in found.iter().flat_map(|f| f.cue.iter().cloned().flatten()) {
        taken[t] = true;
    }
    for t in 0..view.len() {
        if taken[t] || view.quotation_at(t).is_some() {
            continue;
        }
        let Some(item) = verb(view, t).or_else(|| noun(view, t)) else { continue };
        let own = item.cue.clone().unwrap_or(t..t);
        if own.clone().any(|t| taken[t]) {
            continue;
        }
        taken[own].fill(true);
        found.push(item);
    }
    counted(view, found);
}

/// "Growth estimates for next year rose to 2.7 percent" in an article about a poll: whose estimates they are is
/// said once, above.
fn counted(view: &View, found: &mut Vec<Found>) {
    let count = view.language.sentences.len();
    let mut held = vec![false; count];
    for t in found.iter().flat_map(|f| f.content.iter().chain(&f.cue).cloned().flatten()) {
        held[view.sentence_of(t)] = true;
    }
    let mut asked: Vec<(usize, usize)> = found
        .iter()
        .enumerate()
        .filter_map(|(i, item)| {
            let source = item.source.clone()?;
            let nouns = &crate::nouns::NOUNS;
            let asked = source.clone().any(|t| nouns.is_poll(view.word(t)))
                || nouns.is_member(view.word(source.end - 1));
            asked.then_some((source.start, i))
        })
        .collect();
    asked.sort_unstable();
    for s in (0..count).filter(|s| !held[*s]) {
        let sentence = view.sentence_tokens(s);
        let before = asked.partition_point(|(start, _)| *start < sentence.start);
        let Some((_, by)) = before.checked_sub(1).and_then(|i| asked.get(i)).copied() else {
            continue;
        };
        let tokens = &view.language.tokens;
        let subject = sentence.clone().find(|t| {
            let root = |h: usize| tokens.get(h).is_some_and(|h| h.head.is_none());
            tokens[*t].deprel.starts_with("nsubj") && tokens[*t].head.is_some_and(root)
        });
        let outlook = subject.is_some_and(|t| CUES.is_outlook(view.word(t)));
        let figure = sentence.clone().any(|t| view.is(t, Sort::NUMBER));
        if outlook && figure && !sentence.clone().any(|t| view.quotation_at(t).is_some()) {
            found.push(Found {
                source: found[by].source.clone(),
                cue: None,
                content: vec![view.without_stop(sentence)],
                frame: Frame::Outlook,
                class: None,
                continues: Some(by),
                relayed: None,
                confidence: Frame::Outlook.confidence(),
            });
        }
    }
}

fn outlook(source: Range<usize>, cue: Range<usize>, content: Range<usize>) -> Found {
    Found {
        source: Some(source),
        cue: Some(cue),
        content: vec![content],
        frame: Frame::Outlook,
        class: Some(Class::Forecasting),
        continues: None,
        relayed: None,
        confidence: Frame::Outlook.confidence(),
    }
}

/// "sees inflation at 3 percent", "cut its forecast to 1.2 percent", "are pricing in a cut".
fn verb(view: &View, t: usize) -> Option<Found> {
    let token = &view.language.tokens[t];
    let lemma = token.lemma.as_ref();
    let sentence = view.sentence_tokens(view.sentence_of(t));
    if !view.may_be_verb(t) || token.xpos == "VBN" && !view.is(t.checked_sub(1)?, Sort::HAVE) {
        return None;
    }
    let prices = CUES.prices(lemma) && view.word(t + 1) == "in";
    let limit = sentence.end.min(t + REACH);
    let figure = |from: usize| {
        (from..limit).any(|i| {
            matches!(view.word(i), "at" | "of" | "to" | "by")
                && (i + 1..(i + 3).min(sentence.end)).any(|n| view.is(n, Sort::NUMBER))
        })
    };
    let named = |words: &dyn Fn(&str) -> bool| (t + 1..limit).any(|i| words(view.word(i)));
    let sees = CUES.sees(lemma)
        && (named(&|w: &str| CUES.is_chance(w)) || figure(t + 1))
        && !view.is(t + 1, Sort::OBJECT);
    let owner = view.is(t + 1, Sort::POSSESSIVE | Sort::DETERMINER);
    let revises =
        CUES.revises(lemma) && owner && named(&|w: &str| CUES.is_outlook(w)) && figure(t + 1);
    if !(prices || sees || revises) {
        return None;
    }
    let mut start = t;
    while start > sentence.start
        && (view.is_auxiliary(start - 1) || view.is(start - 1, Sort::ADVERB))
    {
        start -= 1;
    }
    let modal = (start..t).any(|i| view.is(i, Sort::MODAL | Sort::NEGATION));
    let subject = view.dependent(t, &["nsubj"]).and_then(|s| view.subtree(s));
    let subject = subject.filter(|s| s.end <= start && s.start >= sentence.start && s.len() <= 25);
    let source = subject.or_else(|| source::before(view, start, sentence.start))?;
    let named = source.clone().any(|i| view.is(i, Sort::NAME))
        || crate::nouns::NOUNS.sort(view.word(source.end - 1)).is_some()
        || crate::nouns::NOUNS.is_firm(view.word(source.end - 1))
        || crate::nouns::NOUNS.forecasts(view.word(source.end - 1));
    let cue = start..t + 1 + usize::from(prices);
    let content = view.without_stop(cue.end..sentence.end);
    (!modal && named && content.len() > 1).then(|| outlook(source, cue, content))
}

/// "The view from the palace is that …", "The Crown's priority is to …"
fn noun(view: &View, t: usize) -> Option<Found> {
    let sentence = view.sentence_tokens(view.sentence_of(t));
    if !CUES.is_view(view.word(t)) {
        return None;
    }
    let owned = view.is(t.checked_sub(1)?, Sort::GENITIVE) && t >= sentence.start + 2;
    if owned && view.is(t + 1, Sort::BE) && matches!(view.word(t + 2), "to" | "that") {
        let source = source::before(view, t - 1, sentence.start)?;
        let named = source.clone().any(|i| view.is(i, Sort::NAME));
        let content = view.without_stop(t + 2..sentence.end);
        return (named && content.len() > 2).then(|| outlook(source, t..t + 2, content));
    }
    let from = matches!(view.word(t + 1), "from" | "in" | "among" | "of");
    if !from || view.is(t - 1, Sort::PREPOSITION) {
        return None;
    }
    let source = source::after(view, t + 2, sentence.end)?;
    let be = source.end;
    let says = view.is(be, Sort::BE) && view.word(be + 1) == "that";
    let content = view.without_stop(be + 1..sentence.end);
    (says && content.len() > 2).then(|| outlook(source, t..t + 2, content))
}
