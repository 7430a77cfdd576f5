//! From the head of a content down to its claim, operator by operator.

use sayso_language::{
    Upos,
    clause::{Relation, VerbForm, Voice},
};

use super::{Applied, Reading};
use crate::{
    Context,
    tables::{Construction, Effect},
};

/// The most operators that are peeled off one claim.
const MAX_OPERATORS: usize = 8;

/// Where the next clause lies and what stands over it.
struct Step {
    next: usize,
    effect: Effect,
    token: usize,
    negates: bool,
    /// A negation of the operator is part of the hedge and denies nothing ("no risk that").
    swallows: bool,
    /// A noun that is passed on the way.
    through: Option<usize>,
}

pub(super) fn peel(context: &Context, reading: &mut Reading) {
    let tree = context.tree();
    let operators = &context.tables.operators;
    let Some(mut at) = reading.claim else { return };
    reading.subject = subject(context, at);
    for _ in 0..MAX_OPERATORS {
        let predicate = context.clauses().predicate(at);
        let negations = predicate.map_or(0, |p| p.negations);
        let negator = predicate.and_then(|p| p.negator);
        if negations % 2 == 1 {
            reading.negated = !reading.negated;
            reading.negators.extend(negator);
        }
        for adverb in tree.children_of(at, &[Relation::AdverbialModifier]) {
            if let Some(effect) = operators.adverb(context.form_lower(adverb)) {
                reading.operators.push(Applied { effect, token: adverb, own: false });
            }
        }
        for helper in tree.children_of(at, &[Relation::Auxiliary]) {
            let effect = operators
                .modal(context.lemma(helper))
                .or_else(|| operators.modal(context.form_lower(helper)));
            if let Some(effect) = effect {
                let own = reading.is_own(context);
                reading.operators.push(Applied { effect, token: helper, own });
            }
        }
        purpose(context, reading, at);
        let Some(step) = step(context, reading, at, negations) else { break };
        if step.negates {
            reading.negated = !reading.negated;
            reading.negators.push(step.token);
        }
        if step.swallows && negations % 2 == 1 {
            reading.negated = !reading.negated;
            reading.negators.pop();
        }
        let own = reading.is_own(context);
        reading.operators.push(Applied { effect: step.effect, token: step.token, own });
        reading.path.extend(step.through);
        if reading.path.contains(&step.next) {
            break;
        }
        reading.path.push(step.next);
        reading.claim = Some(step.next);
        // "wants them to leave": they are to leave.
        let object = matches!(step.effect, Effect::Desire | Effect::Necessity | Effect::Attitude)
            .then(|| tree.child(at, Relation::Object))
            .flatten();
        let is_subject = |c: &usize| {
            tree.relation(*c).is_subject() && !tree.form(*c).relative
                || tree.relation(*c) == Relation::ClausalSubject
        };
        let near = tree.children(step.next).rev().find(|c| is_subject(c) && *c < step.next);
        let own = near.or_else(|| tree.children(step.next).find(is_subject));
        // "the prospect of Varne being taken": Varne; "the prospect of taking it" names nobody; who "has
        // a chance to win" wins.
        let has_it = tree.child(at, Relation::Expletive).is_none()
            && tree.form(step.next).form == VerbForm::Infinitive;
        let of_noun = step.through.filter(|noun| {
            reading.subject == Some(*noun)
                || step.token == *noun && step.effect == Effect::Hedge && !has_it
        });
        reading.subject = match of_noun {
            Some(noun) => own.or_else(|| {
                tree.children_of(noun, &[Relation::NominalModifier])
                    .find(|c| *c < step.next && *c != step.next)
            }),
            None => own.or(object).or(reading.subject),
        };
        at = step.next;
    }
    // "we expect a strong turnout": what is expected is named, and no clause stands beneath.
    if let Some(claim) = reading.claim
        && operators.expects(context.lemma(claim))
        && tree.child(claim, Relation::Object).is_some()
        && (reading.path.len() == 1 || reading.is_own(context))
    {
        let own = reading.is_own(context);
        reading.operators.push(Applied { effect: Effect::Raising, token: claim, own });
    }
    if let Some(claim) = reading.claim
        && (operators.happens_by_itself(context.lemma(claim)) || is_figure(context, reading))
        && !reading.is_own(context)
    {
        for applied in &mut reading.operators {
            if applied.effect == Effect::Should {
                applied.effect = Effect::Foreseen;
            }
        }
    }
}

/// "sales should top forecasts": a figure or an event can be told to do nothing.
fn is_figure(context: &Context, reading: &Reading) -> bool {
    let active = reading.predicate(context).is_some_and(|p| p.voice == Voice::Active);
    reading.subject.filter(|_| active).is_some_and(|s| {
        let lemma = context.lemma(s);
        let form = context.form_lower(s);
        context.tree().upos(s) == Upos::Noun
            && (context.tables.operators.names_event(lemma)
                || context.tables.packs.figures.iter().any(|f| f == lemma || f == form))
    })
}

/// "The priority is to declare", "is to visit": an infinitive behind a copula.
fn purpose(context: &Context, reading: &mut Reading, at: usize) {
    let tree = context.tree();
    let copula = tree
        .child(at, Relation::Copula)
        .filter(|c| tree.is_finite(*c) || tree.form(*c).form == VerbForm::Finite);
    let infinitive = tree
        .children_of(at, &[Relation::Marker])
        .any(|m| tree.upos(m) == Upos::Part && context.form_lower(m) == "to");
    let Some(copula) = copula.filter(|_| infinitive) else { return };
    let subject = tree.children(at).find(|c| tree.relation(*c).is_subject());
    let noun = subject.filter(|s| tree.upos(*s) == Upos::Noun);
    let effect = noun.and_then(|n| context.tables.operators.noun(context.lemma(n)));
    match (noun, effect) {
        (Some(noun), Some(effect)) => {
            let owner = tree.child(noun, Relation::Possessor);
            let own = owner.is_some_and(|o| reading.is_speaker(context, o));
            reading.operators.push(Applied { effect, token: noun, own });
            reading.path.insert(reading.path.len() - 1, noun);
            reading.subject = owner;
        }
        // "a possible manoeuvre is to leave": nobody is said to leave.
        (Some(_), None) => reading.subject = None,
        (None, _) if subject.is_some() => {
            let own = reading.is_own(context);
            reading.operators.push(Applied { effect: Effect::Future, token: copula, own });
        }
        _ => {}
    }
}

/// The subject of a predicate, its own or shared.
fn subject(context: &Context, head: usize) -> Option<usize> {
    let predicate = context.clauses().predicate(head)?;
    context.clauses().argument(predicate, sayso_language::clause::Role::Subject).map(|a| a.head)
}

fn step(context: &Context, reading: &Reading, at: usize, negations: u8) -> Option<Step> {
    let tree = context.tree();
    let operators = &context.tables.operators;
    let lemma = context.lemma(at);
    let predicative = |t: &usize| {
        matches!(tree.upos(*t), Upos::Verb | Upos::Aux)
            || tree.is_predicate(*t)
            // "appears set to leave"
            || tree.upos(*t) == Upos::Adj && tree.relation(*t) == Relation::OpenComplement
    };
    let complement = tree
        .children_of(
            at,
            &[Relation::OpenComplement, Relation::Complement, Relation::ClausalSubject],
        )
        .find(predicative);
    let complement = complement.or_else(|| {
        let adjective = tree.upos(at) == Upos::Adj;
        tree.children_of(at, &[Relation::AdverbialClause]).find(|c| {
            // "able to hold", "committed to holding"
            let to =
                || tree.children_of(*c, &[Relation::Marker]).any(|m| context.form_lower(m) == "to");
            let form = tree.form(*c).form;
            adjective && (form == VerbForm::Infinitive || form == VerbForm::Gerund && to())
        })
    });
    let marked = |t: usize, word: &str| {
        tree.children_of(t, &[Relation::Marker]).any(|m| context.lemma(m) == word)
    };
    let empty_subject = tree.child(at, Relation::Expletive).is_some();
    // "there is a risk that", "has a plan to", "no evidence of"
    let noun = tree
        .children(at)
        .filter(|c| tree.relation(*c).is_subject() || tree.relation(*c) == Relation::Object)
        .find(|c| operators.noun(context.lemma(*c)).is_some());
    let holds = empty_subject || operators.holds_noun(lemma);
    if let Some(noun) = noun.filter(|_| holds)
        && let Some(next) = beneath_noun(context, noun).or(complement)
    {
        let effect = operators.noun(context.lemma(noun)).unwrap_or(Effect::Hedge);
        let swallows = effect == Effect::Hedge || context.lemma(noun) == "doubt";
        return Some(Step {
            next,
            effect,
            token: noun,
            negates: false,
            swallows,
            through: Some(noun),
        });
    }
    // "The odds are good that they will agree", "the odds that they agree are one in four"
    let subject = tree.children(at).find(|c| tree.relation(*c).is_subject());
    if let Some(noun) = subject
        && operators.noun(context.lemma(noun)) == Some(Effect::Hedge)
        && let Some(next) = complement.or_else(|| beneath_noun(context, noun))
    {
        return Some(Step {
            next,
            effect: Effect::Hedge,
            token: at,
            negates: false,
            swallows: true,
            through: Some(noun),
        });
    }
    // "is at risk of falling", "is on track to win"
    if let Some(effect) = operators.noun(lemma).filter(|_| tree.upos(at) == Upos::Noun)
        && tree.child(at, Relation::Case).is_some()
        && let Some(next) = beneath_noun(context, at).or(complement)
    {
        let swallows = effect == Effect::Hedge;
        return Some(Step { next, effect, token: at, negates: false, swallows, through: None });
    }
    let Some(next) = complement else {
        return called_false(context, at).or_else(|| of_event(context, at, negations));
    };
    let take = |effect, negates| {
        Some(Step { next, effect, token: at, negates, swallows: false, through: None })
    };
    // "has to leave", and not "has 72 hours to live".
    if marked(next, "to") && lemma == "have" && tree.child(at, Relation::Object).is_none() {
        let yet = tree
            .children_of(at, &[Relation::AdverbialModifier])
            .any(|c| context.form_lower(c) == "yet");
        return if yet { take(Effect::Implicative, true) } else { take(Effect::Necessity, false) };
    }
    if lemma == "go" && tree.form(at).form == VerbForm::Gerund && marked(next, "to") {
        return take(Effect::Future, false);
    }
    let nonfinite = context.is_nonfinite(next);
    // "appears set to leave": a participle that says how its subject stands.
    let stands =
        tree.relation(at) == Relation::OpenComplement && tree.form(at).form == VerbForm::Participle;
    let copular =
        tree.child(at, Relation::Copula).is_some() || tree.upos(at) == Upos::Adj || stands;
    let passive = context.clauses().predicate(at).is_some_and(|p| p.voice == Voice::Passive);
    let row = operators.find(lemma, |construction| match construction {
        Construction::Clause => true,
        Construction::Infinitive => nonfinite,
        // "good reasons to believe that"
        Construction::Own => {
            reading.is_own(context)
                || reading.operators.last().is_some_and(|o| o.effect == Effect::Evidence)
        }
        Construction::Adjective => copular,
        Construction::AdjectiveThat => copular && !nonfinite,
        Construction::Passive => nonfinite && passive,
        Construction::Impersonal => empty_subject,
    })?;
    // "Taking the town is crucial" judges, and demands nothing; "cutting it risks a backlash".
    if (row.effect == Effect::Necessity || tree.upos(at) == Upos::Verb)
        && tree.relation(next) == Relation::ClausalSubject
        && next < at
    {
        return None;
    }
    let (mut effect, mut negates) = (row.effect, row.negates);
    let mut swallows = effect == Effect::Hedge;
    if effect == Effect::RulingOut {
        // "cannot rule out that": possible; "rules out that": no.
        if negations % 2 == 1 {
            (effect, swallows) = (Effect::Hedge, true);
        } else {
            (effect, negates) = (Effect::Falsity, true);
        }
    }
    Some(Step { next, effect, token: at, negates, swallows, through: None })
}

/// "claims that they had left are lies", "it was a myth that they had left", "the reports were denied": what
/// is called false.
fn called_false(context: &Context, at: usize) -> Option<Step> {
    let tree = context.tree();
    let lemma = context.lemma(at);
    let predicate = context.clauses().predicate(at)?;
    let passive = predicate.voice == Voice::Passive;
    let row = context
        .tables
        .operators
        .find(lemma, |c| matches!(c, Construction::Adjective | Construction::AdjectiveThat));
    let falsity = row.is_some_and(|r| r.effect == Effect::Falsity)
        || passive && context.tables.kinds.denies(lemma);
    let subject = tree
        .children(at)
        .find(|c| tree.relation(*c).is_subject() || tree.relation(*c) == Relation::Expletive)?;
    if !falsity {
        return None;
    }
    let claimed = context.tables.kinds.claims.contains(context.form_lower(subject));
    let (next, through) = if claimed {
        (beneath_noun(context, subject)?, Some(subject))
    } else {
        let clause = [Relation::RelativeClause, Relation::AdjectivalClause];
        let empty = context.tables.operators.persons.it.contains(context.form_lower(subject));
        (tree.children_of(at, &clause).find(|c| empty && tree.is_finite(*c))?, None)
    };
    Some(Step { next, effect: Effect::Falsity, token: at, negates: true, swallows: false, through })
}

/// What is said of an event that a noun names: "a truce is possible", "cannot rule out an attack", "the
/// chances of a deal are slim", "a deal is expected".
fn of_event(context: &Context, at: usize, negations: u8) -> Option<Step> {
    let tree = context.tree();
    let operators = &context.tables.operators;
    let passive = context.clauses().predicate(at).is_some_and(|p| p.voice == Voice::Passive);
    let copular = tree.child(at, Relation::Copula).is_some() || tree.upos(at) == Upos::Adj;
    let subject = tree.children(at).find(|c| tree.relation(*c).is_subject());
    let lemma = context.lemma(at);
    if copular
        && let Some(noun) = subject
        && operators.noun(context.lemma(noun)) == Some(Effect::Hedge)
    {
        let next = beneath_noun(context, noun)?;
        return Some(Step {
            next,
            effect: Effect::Hedge,
            token: at,
            negates: false,
            swallows: true,
            through: Some(noun),
        });
    }
    let noun = if copular || passive { subject } else { tree.child(at, Relation::Object) }?;
    if !operators.names_event(context.lemma(noun)) || tree.upos(noun) != Upos::Noun {
        return None;
    }
    let row = operators.find(lemma, |construction| match construction {
        Construction::Adjective => copular,
        Construction::Passive => passive,
        Construction::Clause => true,
        _ => false,
    })?;
    let step = |effect, negates, swallows| {
        Some(Step { next: noun, effect, token: at, negates, swallows, through: None })
    };
    match row.effect {
        Effect::Hedge => step(Effect::Hedge, false, true),
        Effect::Raising if passive => step(Effect::Raising, false, false),
        Effect::RulingOut if negations % 2 == 1 => step(Effect::Hedge, false, true),
        Effect::RulingOut => step(Effect::Falsity, true, false),
        _ => None,
    }
}

/// The clause or the event that a noun governs: "a risk that it falls", "a risk of collapse".
fn beneath_noun(context: &Context, noun: usize) -> Option<usize> {
    let tree = context.tree();
    tree.children_of(
        noun,
        &[
            Relation::AdjectivalClause,
            Relation::Complement,
            Relation::RelativeClause,
            Relation::OpenComplement,
        ],
    )
    .next()
    .or_else(|| {
        tree.children_of(noun, &[Relation::NominalModifier]).find(|c| {
            let of = tree.child(*c, Relation::Case).is_some();
            of && context.tables.operators.names_event(context.lemma(*c))
        })
    })
}
