//! Whether a claim judges or only tells: a linear reading over named features.
//!
//! Linear, so that each verdict is a sum of rows that a person can look up in `models/en/judgement.csv`.
//! The weights were fitted by `train/judgement.py` on whole annotated articles; the card beside them says how
//! well.

use sayso_language::{
    NameKind, Upos,
    clause::{Relation, Tense, Voice},
};
use sayso_model::{SpeakerKind, Speech};

use crate::{
    Attribution, Context,
    reading::{Form, Reading},
    tables::{CueClass, Effect},
};

/// Words of a content beyond which it counts as long.
const LONG: usize = 25;
/// Words of a content under which it counts as short.
const SHORT: usize = 8;
/// How good or bad a word must be to count, on a scale to 4.
const STRONG_VALENCE: f32 = 1.5;

/// The log odds that a statement is an assessment and not a report.
pub fn score(context: &Context, attribution: &Attribution, reading: &Reading) -> f32 {
    let weights = &context.tables.judging.weights;
    let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
    // In the order of their names, so that the sum is the same everywhere.
    weight("bias") + features(context, attribution, reading).into_iter().map(weight).sum::<f32>()
}

/// The features that hold of a statement, in a fixed order.
#[must_use]
pub fn features(
    context: &Context,
    attribution: &Attribution,
    reading: &Reading,
) -> Vec<&'static str> {
    let mut on: Vec<&'static str> = Vec::new();
    let mut when = |name: &'static str, holds: bool| {
        if holds {
            on.push(name);
        }
    };
    let tree = context.tree();
    let words = &context.tables.judging;
    let language = context.language;
    let inside = || attribution.content.iter().flat_map(|s| language.tokens_in(*s));
    let count = inside().count();
    when("long", count > LONG);
    when("short", count < SHORT);
    when("direct", attribution.speech == Speech::Direct);
    when("mixed", attribution.speech == Speech::Mixed);
    let number = inside().any(|t| tree.upos(t) == Upos::Num);
    when("number", number);
    let names = inside().filter(|t| tree.upos(*t) == Upos::Propn).count();
    when("name", names > 0);
    when("names", names > 2);
    let strong = |t: usize| {
        words.valence.get(context.form_lower(t)).is_some_and(|v| v.abs() >= STRONG_VALENCE)
    };
    when("valence", inside().any(strong));
    when(
        "first_person",
        inside().any(|t| context.tables.operators.persons.first.contains(context.form_lower(t))),
    );
    when(
        "comparison",
        inside().any(|t| matches!(language.tokens[t].xpos, "JJR" | "JJS" | "RBR" | "RBS")),
    );
    when(
        "intensifier",
        inside().any(|t| {
            tree.relation(t) == Relation::AdverbialModifier
                && words.weighing.contains(context.form_lower(t))
        }),
    );
    match reading.cue.class {
        Some(CueClass::Report) => when("cue_report", true),
        Some(CueClass::Assessment) => when("cue_assessment", true),
        Some(CueClass::Forecast | CueClass::Fear | CueClass::Feeling) => when("cue_ahead", true),
        Some(_) => when("cue_other", true),
        None => {
            let said = ["say", "tell", "add", "report", "accord", "write", "announce", "confirm"];
            let plain = said.iter().any(|l| reading.cue.lemmas.contains(*l));
            when("cue_plain", plain);
            when("cue_marked", !plain && !reading.cue.lemmas.is_empty());
        }
    }
    match reading.speaker.map(|s| s.kind) {
        Some(SpeakerKind::Person) => when("by_person", true),
        Some(SpeakerKind::Organization) => when("by_organization", true),
        Some(SpeakerKind::Group) => when("by_group", true),
        Some(SpeakerKind::Anonymous) => when("by_anonymous", true),
        _ => {}
    }
    when("noun", reading.form == Form::Noun);
    when("negated", reading.negated);
    when("able", reading.has(Effect::Able));
    when("appearance", reading.has(Effect::Appearance));
    when("hedged", reading.has_any(&[Effect::Hedge, Effect::Possible, Effect::Evidence]));
    when("attitude", reading.has(Effect::Attitude));
    when("implicative", reading.has(Effect::Implicative));
    let Some(claim) = reading.claim else { return on };
    when("judged_in_words", judges(context, reading, claim));
    let lemma = context.lemma(claim);
    let weighed = |t: usize| {
        tree.children_of(t, &[Relation::AdverbialModifier, Relation::AdjectivalModifier])
            .any(|c| words.weighing.contains(context.lemma(c)))
    };
    when(
        "claim_valence",
        strong(claim) || words.valence.get(lemma).is_some_and(|v| v.abs() >= STRONG_VALENCE),
    );
    when("claim_weighed", weighed(claim));
    when("claim_judges", words.verbs.contains(lemma));
    when(
        "manner",
        tree.children_of(claim, &[Relation::AdverbialModifier]).any(|c| {
            let word = context.form_lower(c);
            word.ends_with("ly") && !words.plain_adverbs.contains(word)
        }),
    );
    when(
        "explains",
        tree.children_of(claim, &[Relation::AdverbialClause]).any(|c| {
            tree.children_of(c, &[Relation::Marker])
                .any(|m| context.tables.operators.clauses.causal.contains(context.lemma(m)))
        }),
    );
    let object = tree.children_of(claim, &[Relation::Object]).next();
    when(
        "object_abstract",
        object.is_some_and(|o| words.abstract_nouns.contains(context.lemma(o))),
    );
    when("object_weighed", object.is_some_and(weighed));
    when(
        "object_number",
        object.is_some_and(|o| tree.child(o, Relation::NumericModifier).is_some()),
    );
    when("object_name", object.is_some_and(|o| tree.upos(o) == Upos::Propn));
    when(
        "complement",
        tree.children_of(claim, &[Relation::Complement, Relation::OpenComplement]).next().is_some(),
    );
    when("expletive", tree.child(claim, Relation::Expletive).is_some());
    if let Some(subject) = reading.subject {
        let form = context.form_lower(subject);
        let persons = &context.tables.operators.persons;
        when("subject_first", persons.first.contains(form));
        when("subject_he", persons.he.contains(form));
        when("subject_it", persons.it.contains(form) || form == "this" || form == "that");
        when("subject_they", persons.they.contains(form));
        when("subject_abstract", words.abstract_nouns.contains(context.lemma(subject)));
        when("subject_clause", tree.relation(subject) == Relation::ClausalSubject);
        let span = language.tokens[subject].span;
        let at = language.names.partition_point(|n| n.span.end <= span.start);
        let kind = language.names.get(at).filter(|n| n.span.contains(span)).map(|n| n.kind);
        when("subject_person", kind == Some(NameKind::Person));
        when("subject_named", kind.is_some());
    } else {
        when("no_subject", true);
    }
    if let Some(predicate) = context.clauses().predicate(claim) {
        let copula = predicate.copula.is_some();
        let adjective = tree.upos(claim) == Upos::Adj;
        let noun = tree.upos(claim) == Upos::Noun;
        when("copula_adjective", adjective && !words.plain_adjectives.contains(lemma));
        when(
            "copula_plain",
            copula
                && (words.plain_adjectives.contains(lemma)
                    || noun && words.plain_nouns.contains(lemma)),
        );
        when("copula_noun", copula && noun && !words.plain_nouns.contains(lemma));
        when("copula_abstract", copula && noun && words.abstract_nouns.contains(lemma));
        when("copula_case", copula && tree.child(claim, Relation::Case).is_some());
        when("past", predicate.tense == Tense::Past);
        when(
            "present",
            predicate.tense == Tense::Present && !predicate.perfect && !predicate.progressive,
        );
        when("perfect", predicate.perfect);
        when("progressive", predicate.progressive);
        when("passive", predicate.voice == Voice::Passive);
        when("stative", ["be", "have", "remain", "exist", "know"].contains(&lemma));
    }
    on
}

/// Whether the claim's words judge, value or explain: adjectives and nouns behind a copula, verbs, manner,
/// causes.
fn judges(context: &Context, reading: &Reading, claim: usize) -> bool {
    let tree = context.tree();
    let words = &context.tables.judging;
    let lemma = context.lemma(claim);
    let predicate = context.clauses().predicate(claim);
    let copula = predicate.is_some_and(|p| p.copula.is_some())
        || tree.upos(claim) == Upos::Adj && !predicate.is_some_and(|p| p.imperative);
    let modifiers = [Relation::AdverbialModifier, Relation::AdjectivalModifier];
    let weighed = |t: usize| {
        tree.children_of(t, &modifiers).any(|c| words.weighing.contains(context.lemma(c)))
    };
    let nominal = matches!(tree.upos(claim), Upos::Noun | Upos::Pron);
    if copula
        && (tree.upos(claim) == Upos::Adj && !words.plain_adjectives.contains(lemma)
            || nominal && (weighed(claim) || !words.plain_nouns.contains(lemma)))
    {
        return true;
    }
    if tree.child(claim, Relation::Expletive).is_some()
        && reading.subject.is_some_and(|s| words.abstract_nouns.contains(context.lemma(s)))
    {
        return true;
    }
    if words.verbs.contains(lemma) || weighed(claim) {
        return true;
    }
    let manner = tree.children_of(claim, &[Relation::AdverbialModifier]).any(|c| {
        let word = context.form_lower(c);
        word.ends_with("ly") && !words.plain_adverbs.contains(word)
    });
    let explains = tree.children_of(claim, &[Relation::AdverbialClause]).any(|c| {
        tree.children_of(c, &[Relation::Marker])
            .any(|m| context.tables.operators.clauses.causal.contains(context.lemma(m)))
    });
    let object = tree
        .children_of(claim, &[Relation::Object])
        .any(|o| words.abstract_nouns.contains(context.lemma(o)) || weighed(o));
    manner || explains || object
}
