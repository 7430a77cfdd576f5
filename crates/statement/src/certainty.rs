//! How sure the speaker is, in the speaker's words.
//!
//! A hedge is looked up, never computed: "probably not" is a row of its own. Of several hedges the
//! one counts that governs the main claim: the nearest before the event's trigger in the same
//! clause. "Cannot be ruled out" beside another hedge only lifts the low end.

use std::ops::Range;

use sayso_language::{NameKind, Upos, clause::Relation};
use sayso_model::{Bound, Certainty, CertaintyClass, Span};

use crate::{
    Attribution, Context,
    passage::Passage,
    quantity,
    reading::{Form, Reading},
    tables::{CueClass, Effect, Found, Hedge, List},
};

/// Words that speak of a likelihood and so make "slim" or "minimal" a hedge.
const CHANCE: [&str; 20] = [
    "chance",
    "chances",
    "prospect",
    "prospects",
    "probability",
    "likelihood",
    "risk",
    "risks",
    "possibility",
    "odds",
    "hope",
    "hopes",
    "threat",
    "danger",
    "potential",
    "scenario",
    "option",
    "probabilities",
    "likelihoods",
    "possibilities",
];

/// A hedge of the table where it stands in a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Hedging<'t> {
    /// The row.
    pub hedge: &'t Hedge,
    /// The words, as indices into the passage.
    pub words: Range<usize>,
}

/// The certainty of a statement: of the path to its claim, else of its cue ("doubts that").
pub fn of(
    context: &Context,
    attribution: &Attribution,
    reading: &Reading,
    passage: &Passage,
) -> Option<Certainty> {
    let start = reading.claim.map(|t| context.language.tokens[t].span.start);
    let word = start.map(|s| passage.words.partition_point(|w| w.span.start < s));
    // "dismissed concerns that it could fall": who denies a thing hedges nothing.
    if reading.cue.class == Some(CueClass::Denial) && reading.form == Form::Noun {
        return None;
    }
    let path = on_path(context, reading, passage);
    // "I am sure that they want to stay": how sure, before what they want.
    let willed = |c: &Certainty| matches!(c.class, CertaintyClass::Plan | CertaintyClass::Desire);
    let surer = path.as_ref().filter(|c| willed(c)).and_then(|_| of_operator(context, reading));
    let found = stated(context, passage, word.filter(|w| *w < passage.words.len()))
        .or_else(|| surer.filter(|c| !willed(c)))
        .or(path)
        .or_else(|| of_operator(context, reading))
        .or_else(|| of_cue(context, attribution, passage))
        .or_else(|| beneath(context, reading, passage))
        .or_else(|| of_cue_class(context, attribution, reading))?;
    let mut certainty = on_scale(context, attribution, found);
    // The speaker's own words, and not the row's.
    certainty.term = certainty.span.text.to_lowercase();
    Some(certainty)
}

/// The outermost hedge of the table whose words touch the path to the claim: its predicates, their helpers
/// and adverbs.
fn on_path(context: &Context, reading: &Reading, passage: &Passage) -> Option<Certainty> {
    let tree = context.tree();
    let mut anchors: Vec<(usize, usize)> = Vec::new();
    for (depth, at) in reading.path.iter().enumerate() {
        let claim = depth + 1 == reading.path.len();
        if !claim || tree.upos(*at) != Upos::Verb {
            anchors.push((*at, depth));
        }
        let near = [
            Relation::AdverbialModifier,
            Relation::Auxiliary,
            Relation::AdjectivalModifier,
            Relation::Other,
            Relation::Parataxis,
        ];
        anchors.extend(tree.children_of(*at, &near).map(|c| (c, depth)));
        // "in all likelihood"
        anchors.extend(
            tree.children_of(*at, &[Relation::Oblique])
                .filter(|c| context.tables.operators.noun(context.lemma(*c)) == Some(Effect::Hedge))
                .map(|c| (c, depth)),
        );
        if tree.child(*at, Relation::Expletive).is_some() {
            anchors.extend(
                tree.children(*at).filter(|c| tree.relation(*c).is_subject()).map(|c| (c, depth)),
            );
        }
    }
    let planned = reading.has_any(&[
        Effect::Plan,
        Effect::Desire,
        Effect::Raising,
        Effect::Readiness,
        Effect::Attempt,
    ]);
    let depth_of = |h: &Hedging| {
        let span = passage.span(h.words.clone());
        context
            .language
            .tokens_in(span)
            .filter(|t| reading.tokens.binary_search(t).is_ok())
            .filter_map(|t| anchors.iter().filter(|(a, _)| *a == t).map(|(_, d)| *d).min())
            .min()
    };
    let found = hedges(context, passage);
    let mut hits: Vec<(usize, &Hedging)> =
        found.iter().filter_map(|h| depth_of(h).map(|d| (d, h))).collect();
    hits.retain(|(_, h)| {
        let class = h.hedge.class;
        class != Some(CertaintyClass::Conditional)
            && (planned || !matches!(class, Some(CertaintyClass::Plan | CertaintyClass::Desire)))
    });
    let willed =
        |h: &Hedging| matches!(h.hedge.class, Some(CertaintyClass::Plan | CertaintyClass::Desire));
    // "I think it unlikely": what is thought says more than that it is thought.
    let thinks = |h: &Hedging| {
        let span = passage.span(h.words.clone());
        let attitudes = reading.operators.iter().filter(|o| o.effect == Effect::Attitude);
        attitudes.into_iter().any(|o| span.contains(context.language.tokens[o.token].span))
    };
    let promised = |h: &Hedging| {
        let span = passage.span(h.words.clone());
        // "I promise": what the speaker does by saying so is a plan.
        let performed = |t: usize| {
            let first = &context.tables.operators.persons.first;
            tree.children(t)
                .any(|c| tree.relation(c).is_subject() && first.contains(context.form_lower(c)))
        };
        let promises = |t: usize| PROMISES.contains(&context.lemma(t)) && !performed(t);
        context.language.tokens_in(span).any(promises)
    };
    hits.retain(|(_, h)| !promised(h));
    let main = hits
        .iter()
        .min_by_key(|(depth, h)| {
            (
                h.hedge.bound == Bound::Lower,
                willed(h),
                thinks(h),
                *depth,
                std::cmp::Reverse(h.words.len()),
                h.words.start,
            )
        })
        .map(|(_, h)| *h)?;
    let mut certainty = certainty(context, passage, main);
    let floor =
        hits.iter().filter(|(_, h)| h.hedge.bound == Bound::Lower).find_map(|(_, h)| h.hedge.low);
    if let (Some(floor), Some(low)) = (floor, certainty.low) {
        certainty.low = Some(low.max(floor));
    }
    Some(certainty)
}

/// The hedge of the clause that the claim governs, where the claim itself has none: "shows signs that it
/// may recover", "means that prices could fall".
fn beneath(context: &Context, reading: &Reading, passage: &Passage) -> Option<Certainty> {
    let tree = context.tree();
    let claim = reading.claim.filter(|_| !reading.negated)?;
    let clauses = [Relation::Complement, Relation::AdjectivalClause, Relation::ClausalSubject];
    let nouns = [Relation::Object, Relation::Oblique, Relation::Subject];
    let direct = tree.children_of(claim, &clauses);
    let nouns = tree.children_of(claim, &nouns);
    let of_noun = nouns.flat_map(|n| tree.children_of(n, &clauses));
    let below: Vec<usize> = direct
        .chain(of_noun)
        .filter(|c| tree.is_finite(*c) && reading.tokens.binary_search(c).is_ok())
        .collect();
    let found = hedges(context, passage);
    let main = found.iter().find(|h| {
        let span = passage.span(h.words.clone());
        let class = h.hedge.class;
        matches!(class, Some(CertaintyClass::Possibility | CertaintyClass::Probability))
            && context.language.tokens_in(span).any(|t| {
                below.iter().any(|c| {
                    *c == t && tree.upos(t) == Upos::Adj
                        || tree.head(t) == Some(*c)
                            && matches!(
                                tree.relation(t),
                                Relation::Auxiliary | Relation::AdverbialModifier
                            )
                })
            })
    })?;
    Some(certainty(context, passage, main))
}

/// The hedge of an operator that the table of phrases does not hold as it stands here.
fn of_operator(context: &Context, reading: &Reading) -> Option<Certainty> {
    let (language, tree) = (context.language, context.tree());
    reading.operators.iter().find_map(|applied| {
        let lemma = context.lemma(applied.token);
        let row = match applied.effect {
            Effect::Foreseen => "expected",
            Effect::Hearsay if lemma != "know" && lemma != "say" && lemma != "report" => {
                "we believe"
            }
            Effect::Attitude if lemma == "expect" || lemma == "anticipate" => "expected",
            Effect::Hedge if lemma == "risk" => "risk",
            Effect::Hedge if lemma == "sure" || lemma == "certain" => "surely",
            Effect::Raising if lemma == "expect" || lemma == "project" || lemma == "predict" => {
                "expected"
            }
            Effect::Raising if lemma == "anticipate" || lemma == "foresee" => "expected",
            Effect::Attitude if lemma == "suspect" || lemma == "guess" => "we believe",
            Effect::Appearance if tree.upos(applied.token) == Upos::Verb => "seems",
            Effect::Plan if !PROMISES.contains(&lemma) => "plan",
            Effect::Desire => "want",
            _ => return None,
        };
        row_certainty(context, row, language.tokens[applied.token].span)
    })
}

/// What is promised, threatened or sought is told, and is no plan of the speaker's.
const PROMISES: [&str; 8] =
    ["promise", "vow", "pledge", "threaten", "seek", "swear", "commit", "undertake"];

/// The certainty of a cue whose class gives one: "hopes to", "plans to", "expects".
fn of_cue_class(
    context: &Context,
    attribution: &Attribution,
    reading: &Reading,
) -> Option<Certainty> {
    let span = *attribution.cue.first()?;
    let lemmas = &reading.cue.lemmas;
    let holds = |words: &[&str]| words.iter().any(|w| lemmas.contains(*w));
    let row = if holds(&["want", "hope", "wish"]) {
        "want"
    } else if holds(&["plan", "intend", "aim"]) {
        "plan"
    } else if holds(&["expect", "anticipate"]) {
        "expected"
    } else {
        return None;
    };
    (!reading.cue.negated).then(|| row_certainty(context, row, span)).flatten()
}

/// The certainty of a row of the table said in words that no form of the row holds.
fn row_certainty(context: &Context, term: &str, span: Span) -> Option<Certainty> {
    let hedge =
        context.tables.hedges.rows.iter().find(|h| h.term == term && h.scale == "general")?;
    Some(Certainty {
        term: span.of(context.language.text).to_lowercase(),
        basis: "lexicon".to_owned(),
        class: hedge.class.unwrap_or(CertaintyClass::Probability),
        low: hedge.low,
        mid: hedge.mid,
        high: hedge.high,
        bound: hedge.bound,
        scale: hedge.scale.clone(),
        span: context.language.print(span),
    })
}

/// The same certainty on the scale of the speaker's institution, where the source names one that
/// has a standard and the standard has the term. A range from numbers or of a possibility stays.
pub(crate) fn on_scale(
    context: &Context,
    attribution: &Attribution,
    certainty: Certainty,
) -> Certainty {
    let tables = context.tables;
    if certainty.class != CertaintyClass::Probability || certainty.bound != Bound::TwoSided {
        return certainty;
    }
    let source = Passage::of(context, &attribution.source);
    let person = attribution.source.iter().any(|span| {
        let names = &context.language.names;
        let next = names.partition_point(|n| n.span.end <= span.start);
        names
            .get(next..)
            .unwrap_or_default()
            .iter()
            .take_while(|n| n.span.start < span.end)
            .any(|n| n.kind == NameKind::Person)
    });
    let row = tables
        .scales
        .of(&source.words)
        .filter(|_| !person)
        .and_then(|scale| tables.hedges.on_scale(&certainty.term, scale));
    match row {
        Some(row) => Certainty {
            low: row.low,
            mid: row.mid,
            high: row.high,
            scale: row.scale.clone(),
            ..certainty
        },
        None => certainty,
    }
}

/// The certainty of the cue: "doubts that". A source that is nobody belongs to it ("few doubt"), and so
/// does the first word of a question behind it ("does not know whether").
pub(crate) fn of_cue(
    context: &Context,
    attribution: &Attribution,
    content: &Passage,
) -> Option<Certainty> {
    let of = |spans: &[Span]| {
        let passage = Passage::of(context, spans);
        let found = hedges(context, &passage);
        found
            .iter()
            .find(|h| {
                matches!(
                    h.hedge.class,
                    Some(CertaintyClass::Probability | CertaintyClass::Confidence)
                ) || h.hedge.bound == Bound::Lower
            })
            .map(|h| certainty(context, &passage, h))
    };
    let source = &attribution.source;
    let (Some(first), Some(last)) = (attribution.cue.first(), attribution.cue.last()) else {
        return None;
    };
    let mut spans = attribution.cue.clone();
    let nobody = Passage::of(context, source).words.first().is_some_and(|w| w.is_in(List::Nobody));
    if nobody && source.iter().all(|s| s.end <= first.start) {
        spans = source.iter().chain(&spans).copied().collect();
    }
    if context.tables.kinds.questions.contains(content.lower(0))
        && let Some(word) = content.words.first().filter(|w| last.end <= w.span.start)
    {
        spans.push(word.span);
    }
    of(&spans)
}

/// All hedges of a passage, from left to right.
pub fn hedges<'t>(context: &Context<'t>, passage: &Passage) -> Vec<Hedging<'t>> {
    let table = &context.tables.hedges;
    passage
        .hedges
        .iter()
        .filter_map(|found| {
            let hedge = table.rows.get(found.row)?;
            let kept = hedge.class.is_some() && is_meant(passage, found, hedge);
            kept.then(|| Hedging { hedge, words: found.words.clone() })
        })
        .collect()
}

/// Rules out the other senses of a hedge's words.
fn is_meant(passage: &Passage, found: &Found, hedge: &Hedge) -> bool {
    let Some(first) = passage.words.get(found.words.start) else { return false };
    let before = found.words.start.checked_sub(1).map_or("", |i| passage.lower(i));
    let after = passage.lower(found.words.end);
    if hedge.needs_chance {
        let sentence = passage.sentence_at(found.words.start);
        let near = found.words.start.saturating_sub(16).max(sentence.start)
            ..(found.words.end + 8).min(sentence.end);
        return passage.has(near, &CHANCE);
    }
    match first.lower.as_ref() {
        // The month; and "May I?", which asks for leave.
        "may" => !first.capital || after == "have",
        // "military might"
        "might" => {
            !["the", "its", "their", "his", "her", "of", "military", "economic", "full", "naval"]
                .contains(&before)
        }
        // "could not" is an inability, most often of the past.
        "could" => hedge.term != "could" || !matches!(after, "not" | "only" | "n't"),
        _ => true,
    }
}

fn certainty(context: &Context, passage: &Passage, hedging: &Hedging) -> Certainty {
    let hedge = hedging.hedge;
    Certainty {
        term: hedge.term.clone(),
        basis: "lexicon".to_owned(),
        class: hedge.class.unwrap_or(CertaintyClass::Probability),
        low: hedge.low,
        mid: hedge.mid,
        high: hedge.high,
        bound: hedge.bound,
        scale: hedge.scale.clone(),
        span: context.language.print(passage.span(hedging.words.clone())),
    }
}

/// A likelihood in numbers: "a 70 % chance", "three in four chances", "odds of 2 to 1".
pub(crate) fn stated(
    context: &Context,
    passage: &Passage,
    trigger: Option<usize>,
) -> Option<Certainty> {
    let numbers = quantity::likelihoods(&context.tables.units, passage);
    let found = numbers.into_iter().find(|n| {
        let sentence = passage.sentence_at(n.words.start);
        let near = n.words.start.saturating_sub(10).max(sentence.start)
            ..(n.words.end + 6).min(sentence.end);
        let odds = n.odds
            || passage.has(near, &CHANCE)
            || passage
                .has(n.words.end..n.words.end + 1, &["likely", "certain", "sure", "confident"]);
        odds && trigger.is_none_or(|t| sentence.contains(&t))
    })?;
    Some(Certainty {
        term: passage.span(found.words.clone()).of(context.language.text).to_owned(),
        basis: "stated".to_owned(),
        class: CertaintyClass::Stated,
        low: Some(found.low),
        mid: (found.bound == Bound::TwoSided).then(|| f64::midpoint(found.low, found.high)),
        high: Some(found.high),
        bound: found.bound,
        scale: "general".to_owned(),
        span: context.language.print(passage.span(found.words)),
    })
}
