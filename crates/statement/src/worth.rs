//! How likely a statement is right: found where somebody says it, and given to whoever says it.
//!
//! The judge of attributions is sure of what annotators mark; a statement is more (somebody, who has
//! said it) and less. A logistic regression over a few named features of the finished statement
//! (`data/en/worth.toml`, fitted by `train/worth.py` on whole records) says how often statements like
//! it are right.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sayso_language::Language;
use sayso_model::{Speaker, SpeakerKind, Speech};
use serde::Deserialize;

use crate::Attribution;
use crate::attribution::Kin;

/// Declares the features once: the variant that code uses, the name that the table of weights uses.
macro_rules! features {
    ($($variant:ident $name:literal,)*) => {
        #[derive(Clone, Copy)]
        enum Feature { $($variant,)* }

        /// The features, in the order of [`Values`].
        pub const NAMES: [&str; [$($name),*].len()] = [$($name),*];
    };
}

features! {
    Constant "constant",
    Judged "judged",
    JudgedDirect "judged_if_direct",
    Direct "direct",
    Mixed "mixed",
    Clausal "clausal",
    Says "cue_says",
    Thinks "cue_thinks",
    Wants "cue_wants",
    Evaluates "cue_evaluates",
    Shows "cue_shows",
    Unknown "cue_unknown",
    NoCue "no_cue",
    Passive "passive",
    Nested "nested",
    Continues "continues",
    Nobody "nobody",
    Pronoun "pronoun",
    LinkDoubt "doubt_of_the_link",
    LinkDoubtPerson "doubt_of_the_link_to_a_person",
    Person "person",
    PersonInPart "person_by_part_of_the_name",
    PersonDescribed "person_by_description",
    Organization "organization",
    Unnamed "unnamed",
    Group "group",
    Short "short_content",
    Long "long_content",
    LongCue "long_cue",
    Chained "through_an_outlet",
    Rivals "shares_words_with_another",
}

/// Values of the features for one statement.
pub type Values = [f32; NAMES.len()];

/// Fewest words of a content that is not short, and most of one that is not long.
const FEW_WORDS: usize = 4;
const MANY_WORDS: usize = 45;
/// Most tokens of a cue that is not long.
const CUE_TOKENS: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    weights: BTreeMap<String, f32>,
}

const SOURCE: &str = include_str!("../../../data/en/worth.toml");

static WEIGHTS: LazyLock<Values> =
    LazyLock::new(|| parse(SOURCE).unwrap_or_else(|e| panic!("data/en/worth.toml: {e}")));

fn parse(source: &str) -> Result<Values, String> {
    let file: File = toml::from_str(source).map_err(|e| e.to_string())?;
    let mut weights = [0.0; NAMES.len()];
    if let Some(name) = file.weights.keys().find(|k| !NAMES.contains(&k.as_str())) {
        return Err(format!("no feature is called `{name}`"));
    }
    for (weight, name) in weights.iter_mut().zip(NAMES) {
        *weight =
            *file.weights.get(name).ok_or_else(|| format!("the weight of `{name}` is missing"))?;
    }
    Ok(weights)
}

/// What the whole article tells of an attribution.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// What kind of cue it has.
    pub(crate) kin: Kin,
    /// Somebody stands between it and the article.
    pub(crate) chained: bool,
    /// Another statement holds some of its words.
    pub(crate) rivals: bool,
}

/// The features of a statement.
pub(crate) fn features(
    language: &Language,
    attribution: &Attribution,
    speaker: Option<&Speaker>,
    standing: Standing,
) -> Values {
    let mut v = [0.0; NAMES.len()];
    let judged = attribution.confidence.clamp(0.02, 0.98);
    let odds = libm::logf(judged / (1.0 - judged));
    let direct = attribution.speech == Speech::Direct;
    v[Feature::Constant as usize] = 1.0;
    v[Feature::Judged as usize] = odds;
    let mut set = |f: Feature, on: bool| v[f as usize] = f32::from(u8::from(on));
    set(Feature::Direct, direct);
    set(Feature::Mixed, attribution.speech == Speech::Mixed);
    set(Feature::Clausal, standing.kin.clausal);
    set(Feature::Says, standing.kin.says);
    set(Feature::Thinks, standing.kin.thinks);
    set(Feature::Wants, standing.kin.wants);
    set(Feature::Evaluates, standing.kin.evaluates);
    set(Feature::Shows, standing.kin.shows);
    set(Feature::Unknown, standing.kin.unknown);
    set(Feature::Passive, standing.kin.passive);
    set(Feature::NoCue, attribution.cue.is_empty());
    set(Feature::Nested, attribution.within.is_some());
    set(Feature::Continues, attribution.continues.is_some());
    set(Feature::Nobody, speaker.is_none());
    set(Feature::Chained, standing.chained);
    set(Feature::Rivals, standing.rivals);
    let words: usize = attribution
        .content
        .iter()
        .map(|span| span.of(language.text).split_whitespace().count())
        .sum();
    set(Feature::Short, words < FEW_WORDS);
    set(Feature::Long, words > MANY_WORDS);
    let cue: usize = attribution.cue.iter().map(|span| language.tokens_in(*span).len()).sum();
    set(Feature::LongCue, cue > CUE_TOKENS);
    if let Some(speaker) = speaker {
        let mention = speaker.mention.as_ref().map(|m| m.text.to_lowercase()).unwrap_or_default();
        let name = speaker.name.to_lowercase();
        let pronoun = crate::nouns::NOUNS.pronoun(&mention).is_some();
        let part = mention.split_whitespace().any(|w| name.split(' ').any(|n| n == w));
        let person = speaker.kind == SpeakerKind::Person;
        set(Feature::Pronoun, pronoun);
        set(Feature::Person, person);
        set(Feature::PersonInPart, person && !pronoun && part && !mention.contains(&name));
        set(Feature::PersonDescribed, person && !pronoun && !part);
        set(Feature::Organization, speaker.kind == SpeakerKind::Organization);
        set(Feature::Unnamed, speaker.kind == SpeakerKind::Anonymous);
        set(Feature::Group, speaker.kind == SpeakerKind::Group);
        let doubt = (1.0 - speaker.confidence.unwrap_or(1.0)) as f32;
        v[Feature::LinkDoubt as usize] = doubt;
        v[Feature::LinkDoubtPerson as usize] = if person { doubt } else { 0.0 };
    }
    v[Feature::JudgedDirect as usize] = if direct { odds } else { 0.0 };
    v
}

/// The share of statements with these features that are right, 0 to 1.
pub(crate) fn confidence(values: &Values) -> f32 {
    let sum: f32 = values.iter().zip(WEIGHTS.iter()).map(|(x, w)| x * w).sum();
    1.0 / (1.0 + libm::expf(-sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_ship_are_complete() {
        parse(SOURCE).map(|_| ()).expect("data/en/worth.toml");
    }

    #[test]
    fn a_weight_without_a_feature_is_named() {
        let error = parse(&SOURCE.replace("cue_says =", "cue_sings =")).err();
        assert!(error.is_some_and(|e| e.contains("cue_sings")));
    }
}
