//! The weights behind a pronoun's contest (`data/en/pronouns.toml`), and the judge that uses them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Contest;
use super::features::{NAMES, Values};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Least share of the best candidate.
    least_share: f32,
    weights: BTreeMap<String, f32>,
}

pub(super) struct Model {
    /// A link is told where the best candidate's share of the probability is at least this.
    pub(super) least_share: f32,
    weights: Values,
}

const SOURCE: &str = include_str!("../../../../../data/en/pronouns.toml");

pub(super) static MODEL: LazyLock<Model> =
    LazyLock::new(|| parse(SOURCE).unwrap_or_else(|e| panic!("data/en/pronouns.toml: {e}")));

fn parse(source: &str) -> Result<Model, String> {
    let file: File = toml::from_str(source).map_err(|e| e.to_string())?;
    let mut weights = [0.0; NAMES.len()];
    if let Some(name) = file.weights.keys().find(|k| !NAMES.contains(&k.as_str())) {
        return Err(format!("no feature is called `{name}`"));
    }
    for (weight, name) in weights.iter_mut().zip(NAMES) {
        *weight =
            *file.weights.get(name).ok_or_else(|| format!("the weight of `{name}` is missing"))?;
    }
    Ok(Model { least_share: file.least_share, weights })
}

/// The best candidate, as an index, and its share of the probability. `None` where nobody is best.
pub(super) fn winner(contest: &Contest) -> Option<(usize, f32)> {
    let score = |v: &Values| v.iter().zip(&MODEL.weights).map(|(x, w)| x * w).sum::<f32>();
    let scores: Vec<f32> = contest.candidates.iter().map(|c| score(&c.values)).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = scores.iter().map(|s| libm::expf(s - top)).sum();
    let best = scores.iter().position(|s| *s >= top)?;
    contest.candidates[best].who.map(|_| (best, 1.0 / total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_ship_are_complete() {
        parse(SOURCE).map(|_| ()).expect("data/en/pronouns.toml");
    }

    #[test]
    fn a_weight_without_a_feature_is_named() {
        let error = parse(&SOURCE.replace("was_subject =", "was_sobject =")).err();
        assert!(error.is_some_and(|e| e.contains("was_sobject")));
    }
}
