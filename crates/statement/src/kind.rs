//! What a statement does: it foretells, judges, reports, promises, demands or denies.
//!
//! The kind follows from the cue, then from the outermost operators over the claim, its tense and whose deed
//! it is, and last from whether the claim's own words judge.

use sayso_language::{
    Upos,
    clause::{Relation, Tense, VerbForm, Voice},
};
use sayso_model::Kind;

use crate::{
    Attribution, Context, judgement,
    passage::Passage,
    reading::{Form, Reading},
    tables::{Construction, CueClass, Effect},
    words::Word,
};

/// What the other fields have found and the kind depends on.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Given {
    /// A time ahead of publication hangs on the claim.
    pub ahead: bool,
    /// A time that ends hangs on the claim.
    pub dated: bool,
    /// The statement holds under a condition.
    pub conditional: bool,
    /// The speaker says a chance in numbers.
    pub stated: bool,
}

/// The kind of a statement.
pub fn of(
    context: &Context,
    attribution: &Attribution,
    reading: &Reading,
    passage: &Passage,
    given: Given,
) -> Kind {
    if asks(context, reading, passage) {
        return Kind::Assessment;
    }
    let cue = reading.cue.class;
    if reading.cue.silent {
        return match cue {
            // "has not promised to leave" tells of the will.
            Some(CueClass::Intention | CueClass::Denial) => Kind::Report,
            _ => Kind::Assessment,
        };
    }
    match (cue, reading.form) {
        (Some(CueClass::Denial), _) => Kind::Denial,
        (_, Form::Nothing) => of_cue(cue).unwrap_or(Kind::Report),
        (_, Form::Noun) => of_noun(context, attribution, reading, given),
        (_, Form::Clause) => of_clause(context, attribution, reading, given),
    }
}

fn of_cue(cue: Option<CueClass>) -> Option<Kind> {
    Some(match cue? {
        CueClass::Demand => Kind::Demand,
        CueClass::Denial => Kind::Denial,
        CueClass::Intention | CueClass::Wish => Kind::Intention,
        CueClass::Forecast | CueClass::Fear => Kind::Forecast,
        CueClass::Assessment | CueClass::Feeling => Kind::Assessment,
        CueClass::Report => Kind::Report,
        CueClass::Question => return None,
    })
}

/// A noun phrase: what the cue does to it, else whether it names what is to come or judges.
fn of_noun(context: &Context, attribution: &Attribution, reading: &Reading, given: Given) -> Kind {
    let cue = reading.cue.class;
    if let Some(kind) = of_cue(cue).filter(|k| *k != Kind::Report) {
        return kind;
    }
    let Some(noun) = reading.claim else { return Kind::Report };
    if context.tables.operators.is_outlook(context.lemma(noun)) {
        return Kind::Forecast;
    }
    let event = context.tables.operators.names_event(context.lemma(noun));
    if event && (given.ahead || given.conditional) {
        return Kind::Forecast;
    }
    let judges = judgement::score(context, attribution, reading) > 0.0;
    if judges && cue != Some(CueClass::Report) { Kind::Assessment } else { Kind::Report }
}

fn of_clause(
    context: &Context,
    attribution: &Attribution,
    reading: &Reading,
    given: Given,
) -> Kind {
    let (Some(claim), Some(head)) = (reading.claim, reading.path.first().copied()) else {
        return Kind::Report;
    };
    let tree = context.tree();
    let operators = &context.tables.operators;
    let cue = reading.cue.class;
    let lemma = context.lemma(claim);
    let predicate = context.clauses().predicate(claim);
    let top = context.clauses().predicate(head);
    let copula = predicate.is_some_and(|p| p.copula.is_some())
        || tree.upos(claim) == Upos::Adj && !predicate.is_some_and(|p| p.imperative);
    let perfect = predicate.is_some_and(|p| p.perfect);
    let past = top.is_some_and(|p| p.tense == Tense::Past)
        || predicate.is_some_and(|p| p.tense == Tense::Past);
    let finite = top.is_some_and(|p| p.finite);
    let own = reading.is_own(context);
    let ahead = given.ahead && !past && !perfect;
    if let Some(kind) = of_cue(cue).filter(|k| {
        matches!(k, Kind::Demand | Kind::Intention) && !finite
            || *k == Kind::Intention && cue == Some(CueClass::Wish) && !past
    }) {
        return kind;
    }
    // "asked them to leave"
    if cue == Some(CueClass::Question) && !finite && context.is_nonfinite(head) {
        return Kind::Demand;
    }
    let future = reading.has_any(&[Effect::Future, Effect::Would]);
    if reading.has(Effect::Falsity)
        || copula && operators.find(lemma, |_| true).is_some_and(|o| o.effect == Effect::Falsity)
        || own && !future && context.tables.kinds.denies(lemma)
    {
        return Kind::Denial;
    }
    // "will have to leave" foretells.
    let open = reading
        .operators
        .iter()
        .take_while(|o| o.effect != Effect::Necessity)
        .any(|o| [Effect::Future, Effect::Would, Effect::Possible].contains(&o.effect));
    if reading.has(Effect::Necessity) && !open {
        return if perfect { Kind::Assessment } else { Kind::Demand };
    }
    if reading.has(Effect::Should) && !perfect {
        return Kind::Demand;
    }
    // "growth estimates rose to 3 percent"
    let measured = context.tables.units.moves(lemma) || copula;
    let outlook = reading.subject.is_some_and(|s| operators.is_outlook(context.lemma(s)));
    if reading.has(Effect::Foreseen) || outlook && measured && reading.operators.is_empty() {
        return Kind::Forecast;
    }
    // "We need more data"
    let needs = operators.find(lemma, |c| c == Construction::Infinitive);
    if needs.is_some_and(|o| o.effect == Effect::Necessity)
        && tree.child(claim, Relation::Object).is_some()
        && !past
        && !perfect
        && !future
    {
        return Kind::Demand;
    }
    if predicate.is_some_and(|p| p.imperative) && reading.path.len() == 1 {
        return Kind::Demand;
    }
    // "We call on them to leave": what the speaker does by saying so.
    if own
        && !past
        && !future
        && let Some(kind) = performed(context, claim)
    {
        return kind;
    }
    let wills = [Effect::Plan, Effect::Desire, Effect::Readiness];
    if reading.operators.iter().any(|o| wills.contains(&o.effect) && o.own)
        || own && reading.has_any(&wills)
    {
        return Kind::Intention;
    }
    let judges = judgement::score(context, attribution, reading) > 0.0;
    if future && (!perfect || given.dated) {
        let willed = own
            && !copula
            && tree.upos(claim) == Upos::Verb
            && predicate.is_some_and(|p| p.voice == Voice::Active)
            && !operators.happens_by_itself(lemma)
            && !reading.has_any(&[Effect::Ability, Effect::Hedge, Effect::Necessity])
            && !context.tables.judging.verbs.contains(lemma);
        let supposed = reading.subject.is_some_and(|s| {
            tree.relation(s) == Relation::ClausalSubject || tree.form(s).form == VerbForm::Gerund
        });
        let would = reading.has(Effect::Would) && !reading.has(Effect::Future);
        if would && !ahead && !given.dated && (judges && copula || supposed && !given.conditional) {
            return Kind::Assessment;
        }
        return if willed { Kind::Intention } else { Kind::Forecast };
    }
    if future && perfect && !given.dated {
        return Kind::Assessment;
    }
    if reading.has_any(&wills) || reading.has(Effect::Attempt) {
        let hedged = [Effect::Attitude, Effect::Hedge, Effect::Evidence, Effect::Appearance];
        let willed = reading.has(Effect::Plan) && !past;
        return if reading.has_any(&hedged) {
            Kind::Assessment
        } else if willed {
            Kind::Intention
        } else {
            Kind::Report
        };
    }
    if own && given.ahead && predicate.is_some_and(|p| p.progressive && p.tense == Tense::Present) {
        return Kind::Intention;
    }
    if (given.stated || ahead && !reading.has(Effect::Hearsay)) && !past && !perfect {
        return Kind::Forecast;
    }
    if reading.has_any(&[Effect::Evidence, Effect::Hearsay]) {
        return Kind::Assessment;
    }
    if reading.has(Effect::Possible) {
        let now = perfect || copula && !ahead;
        return if now { Kind::Assessment } else { Kind::Forecast };
    }
    if reading.has(Effect::Raising) {
        return if perfect { Kind::Assessment } else { Kind::Forecast };
    }
    if reading.has(Effect::Hedge) {
        // "said that it was likely to rise": the past is that of the saying.
        let shifted = attribution.speech != sayso_model::Speech::Direct
            && context.is_nonfinite(claim)
            && claim != head;
        let past = past && !shifted;
        let told = perfect || past || predicate.is_some_and(|p| p.finite) && !ahead;
        return if told { Kind::Assessment } else { Kind::Forecast };
    }
    if reading.has(Effect::Attitude) {
        let told = predicate.is_some_and(|p| p.finite);
        return if told { Kind::Assessment } else { Kind::Forecast };
    }
    let foretells = matches!(cue, Some(CueClass::Forecast)) && !past && !perfect
        || matches!(cue, Some(CueClass::Fear)) && !past && !perfect && ahead;
    if ahead || foretells {
        return Kind::Forecast;
    }
    // "We did not attack the hospital", "there is no truth in it": what one is charged with is not so.
    let charged = own
        && !reading.has_any(&[Effect::Able, Effect::Attitude, Effect::Appearance])
        && !context.tables.judging.verbs.contains(lemma);
    let baseless = reading.subject.is_some_and(|s| {
        tree.child(claim, Relation::Expletive).is_some()
            && context.tables.judging.grounds.contains(context.lemma(s))
    });
    if reading.negated && (charged && tree.upos(claim) == Upos::Verb || baseless) {
        return Kind::Denial;
    }
    let told = matches!(cue, Some(CueClass::Assessment | CueClass::Feeling | CueClass::Fear));
    if told || reading.has(Effect::Appearance) || judges {
        return Kind::Assessment;
    }
    Kind::Report
}

/// What a speaker does by a verb in the first person: demands, promises, denies.
fn performed(context: &Context, claim: usize) -> Option<Kind> {
    let start = context.language.tokens[claim].span.start;
    let words = &context.ground.words;
    let at = words.partition_point(|w| w.span.end <= start);
    let near: Vec<&Word> = words.get(at..words.len().min(at + MAX_CUE_WORDS))?.iter().collect();
    let kinds = &context.tables.kinds;
    let class = kinds.cue_classes.get(kinds.cues.at(&near, 0)?.row)?;
    matches!(class, CueClass::Demand | CueClass::Denial | CueClass::Intention | CueClass::Wish)
        .then(|| of_cue(Some(*class)))
        .flatten()
}

/// The most words of a cue.
const MAX_CUE_WORDS: usize = 4;

/// A question says of nothing that it will happen: "asked whether …", "Will it hold?", "the question is
/// whether it will hold". "It will hold, won't it?" is none.
pub(crate) fn asks(context: &Context, reading: &Reading, passage: &Passage) -> bool {
    let Some(claim) = reading.claim else { return false };
    let start = context.language.tokens[claim].span.start;
    let word = passage.words.partition_point(|w| w.span.start < start);
    let sentence = passage.sentence_at(word.min(passage.words.len().saturating_sub(1)));
    let last = (sentence.start..sentence.end).rev().find(|i| !CLOSING.contains(&passage.lower(*i)));
    let tag = |i: usize| {
        i > sentence.start + 3
            && passage.lower(i - 3) == ","
            && crate::tables::List::Pronouns.has(passage.lower(i - 1))
    };
    let marked = last.is_some_and(|i| passage.lower(i) == "?" && !tag(i));
    marked || reading.cue.asks
}

/// Marks that may stand behind a question mark.
const CLOSING: [&str; 6] = ["\"", "”", "’", "'", "»", ")"];
