//! He and she.
//!
//! For each pronoun the persons mentioned lately compete; a linear model scores each of them and
//! nobody, and the best is taken where its share is large enough. The weights
//! (`data/en/pronouns.toml`) are few and have names, so that they can be read; they were fitted on
//! the coreference of a treebank.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::segment::TABLE;
use crate::steps::step;
use crate::{Entity, Gender, Language, Mention, MentionKind, NameKind, Quotation};

/// Persons that compete for one pronoun.
const CANDIDATES: usize = 12;

/// The features, in the order of [`Features`].
pub(super) const NAMES: [&str; 38] = [
    "same_sentence",
    "one_sentence_back",
    "two_sentences_back",
    "four_sentences_back",
    "further_back",
    "latest",
    "second_latest",
    "earlier",
    "was_subject",
    "was_pronoun",
    "same_paragraph",
    "gender_known",
    "share_of_mentions",
    "mentions_before",
    "first_person_of_article",
    "subject_for_subject",
    "subject_for_possessive",
    "subject_for_object",
    "subject_for_reflexive",
    "other_for_subject",
    "other_for_possessive",
    "other_for_object",
    "other_for_reflexive",
    "same_quotation",
    "pronoun_quoted",
    "candidate_quoted",
    "sentence_opens_after_subject",
    "only_candidate",
    "full_name",
    "subject_back_for_subject",
    "shown_by_pronoun",
    "name_just_before",
    "nobody",
    "nobody_quoted",
    "main_subject",
    "main_subject_back_for_subject",
    "both_report",
    "reported",
];

/// Values of the features for one candidate.
pub(super) type Features = [f32; NAMES.len()];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Least share of the best candidate.
    least_share: f32,
    weights: BTreeMap<String, f32>,
}

struct Model {
    least_share: f32,
    weights: Features,
}

const SOURCE: &str = include_str!("../../../../data/en/pronouns.toml");

static MODEL: LazyLock<Model> =
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

/// What a pronoun does in its clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Subject,
    Possessive,
    Object,
    Reflexive,
}

fn pronoun(form: &str) -> Option<(Gender, Case)> {
    if form.len() > 7 {
        return None;
    }
    Some(match form.to_ascii_lowercase().as_str() {
        "he" => (Gender::Male, Case::Subject),
        "she" => (Gender::Female, Case::Subject),
        "him" => (Gender::Male, Case::Object),
        "his" => (Gender::Male, Case::Possessive),
        "her" | "hers" => (Gender::Female, Case::Possessive),
        "himself" => (Gender::Male, Case::Reflexive),
        "herself" => (Gender::Female, Case::Reflexive),
        _ => return None,
    })
}

/// The latest mention of a person.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
struct Last {
    entity: usize,
    sentence: usize,
    paragraph: usize,
    /// One past its last token.
    end: usize,
    subject: bool,
    /// Subject of the sentence's main verb.
    main: bool,
    /// Subject of a verb of saying.
    reports: bool,
    pronoun: bool,
    quotation: Option<usize>,
    /// Mentions so far.
    count: u32,
}

/// One pronoun and who competes for it.
pub(super) struct Contest {
    /// Token of the pronoun.
    pub(super) token: usize,
    /// Entities with their features, the latest first; the last one is nobody.
    pub(super) candidates: Vec<(Option<usize>, Features)>,
}

/// Links each he or she to a person named before it, where one stands out. Teaches entities of
/// unknown gender the one of their pronouns.
pub(super) fn pronouns(
    language: &Language<'_>,
    entities: &mut [Entity],
    mentions: &[Mention],
) -> Vec<Mention> {
    contests(language, entities, mentions, winner)
}

/// As [`pronouns`], with a judge of one's own: fitting shows the contests to the truth.
pub(super) fn contests(
    language: &Language<'_>,
    entities: &mut [Entity],
    mentions: &[Mention],
    mut judge: impl FnMut(&Contest) -> Option<(usize, f32)>,
) -> Vec<Mention> {
    let total = name_counts(entities, mentions);
    let most = total.iter().copied().max().unwrap_or(0).max(1);
    let first = mentions.iter().map(|m| m.entity).find(|e| entities[*e].kind == NameKind::Person);
    let mut quoted = Quoted { quotations: &language.quotations, open: Vec::new(), next: 0 };
    let mut quoted_names = Quoted { quotations: &language.quotations, open: Vec::new(), next: 0 };
    let mut shown = vec![false; entities.len()];
    let mut recent: Vec<Last> = Vec::new();
    let mut next = 0;
    let mut out = Vec::new();
    for t in 0..language.tokens.len() {
        let span = language.tokens[t].span;
        let Some((wanted, case)) = pronoun(language.form(t)) else { continue };
        while next < mentions.len() && mentions[next].span.end <= span.start {
            let m = &mentions[next];
            next += 1;
            step();
            let Some(last) = last_of(language, m, &mut quoted_names) else { continue };
            if entities[m.entity].kind == NameKind::Person {
                remember(&mut recent, last);
            }
        }
        let case =
            if case == Case::Possessive && is_object(language, t) { Case::Object } else { case };
        let here = Here {
            token: t,
            case,
            sentence: language.tokens[t].sentence,
            quotation: quoted.at(span.start),
            reports: governor(language, &(t..t + 1)).is_some_and(|h| reports(language, h)),
        };
        let fitting: Vec<Last> = recent
            .iter()
            .rev()
            .filter(|l| entities[l.entity].gender.is_none_or(|g| g == wanted))
            .copied()
            .collect();
        let mut candidates: Vec<(Option<usize>, Features)> = fitting
            .iter()
            .enumerate()
            .map(|(rank, last)| {
                step();
                let mut f = features(language, &here, last, rank, fitting.len());
                let entity = &entities[last.entity];
                f[11] = f32::from(u8::from(entity.gender.is_some()));
                f[12] = total[last.entity] as f32 / most as f32;
                f[14] = f32::from(u8::from(Some(last.entity) == first));
                f[28] = f32::from(u8::from(entity.name.contains(' ')));
                f[30] = f32::from(u8::from(shown[last.entity]));
                (Some(last.entity), f)
            })
            .collect();
        let mut nobody = [0.0; NAMES.len()];
        nobody[32] = 1.0;
        nobody[33] = f32::from(u8::from(here.quotation.is_some()));
        candidates.push((None, nobody));
        let contest = Contest { token: t, candidates };
        if let Some((entity, share)) = judge(&contest) {
            // A doubtful one is not told, and yet it is the best guess of whom the text is about.
            if share >= MODEL.least_share {
                entities[entity].gender.get_or_insert(wanted);
                shown[entity] = true;
                out.push(Mention { span, entity, kind: MentionKind::Pronoun, confidence: share });
            }
            let count = recent.iter().find(|l| l.entity == entity).map_or(0, |l| l.count);
            remember(
                &mut recent,
                Last {
                    entity,
                    sentence: here.sentence,
                    paragraph: language.sentences[here.sentence].paragraph,
                    end: t + 1,
                    subject: case == Case::Subject,
                    main: governor(language, &(t..t + 1))
                        .is_some_and(|h| language.tokens[h].head.is_none()),
                    reports: here.reports,
                    pronoun: true,
                    quotation: here.quotation,
                    count,
                },
            );
        }
    }
    out
}

/// How often the article names each person.
fn name_counts(entities: &[Entity], mentions: &[Mention]) -> Vec<u32> {
    let mut total = vec![0; entities.len()];
    for mention in mentions {
        if entities[mention.entity].kind == NameKind::Person {
            total[mention.entity] += 1;
        }
    }
    total
}

fn remember(recent: &mut Vec<Last>, mut last: Last) {
    if let Some(at) = recent.iter().position(|l| l.entity == last.entity) {
        last.count = recent.remove(at).count;
    } else if recent.len() == CANDIDATES {
        recent.remove(0);
    }
    last.count += 1;
    recent.push(last);
}

fn last_of(language: &Language<'_>, mention: &Mention, quoted: &mut Quoted<'_>) -> Option<Last> {
    let tokens = language.tokens_in(mention.span);
    let first = language.tokens.get(tokens.start)?;
    Some(Last {
        entity: mention.entity,
        sentence: first.sentence,
        paragraph: language.sentences[first.sentence].paragraph,
        end: tokens.end,
        subject: is_subject(language, tokens.clone()),
        main: governor(language, &tokens).is_some_and(|h| language.tokens[h].head.is_none()),
        reports: governor(language, &tokens).is_some_and(|h| reports(language, h)),
        pronoun: false,
        quotation: quoted.at(mention.span.start),
        count: 0,
    })
}

/// Is a name the subject of its clause? By the tree where there is one, else by its place near the
/// sentence's beginning.
fn is_subject(language: &Language<'_>, tokens: std::ops::Range<usize>) -> bool {
    let parsed = language.tokens[tokens.clone()].iter().any(|t| !t.deprel.is_empty());
    if !parsed {
        let sentence = language.sentences[language.tokens[tokens.start].sentence].tokens.start;
        return tokens.start - sentence <= 4;
    }
    tokens.clone().any(|t| {
        let token = &language.tokens[t];
        token.deprel.starts_with("nsubj") && token.head.is_some_and(|h| !tokens.contains(&h))
    })
}

/// "her" before nothing that it could own.
fn is_object(language: &Language<'_>, t: usize) -> bool {
    let token = &language.tokens[t];
    if !token.deprel.is_empty() {
        return !token.deprel.starts_with("nmod") && !token.deprel.starts_with("det");
    }
    language.form(t).eq_ignore_ascii_case("her")
        && language.tokens.get(t + 1).is_none_or(|n| {
            n.sentence != token.sentence
                || !n.span.of(language.text).starts_with(char::is_alphabetic)
        })
}

struct Here {
    token: usize,
    case: Case,
    sentence: usize,
    quotation: Option<usize>,
    /// Subject of a verb of saying.
    reports: bool,
}

/// The word that a name or a pronoun is the subject of; `None` where no tree stands.
fn governor(language: &Language<'_>, tokens: &std::ops::Range<usize>) -> Option<usize> {
    tokens.clone().find_map(|t| {
        let token = &language.tokens[t];
        token.head.filter(|h| token.deprel.starts_with("nsubj") && !tokens.contains(h))
    })
}

fn reports(language: &Language<'_>, verb: usize) -> bool {
    let form = language.form(verb);
    form.len() <= 16 && TABLE.reporting_verbs.contains(&form.to_lowercase())
}

fn features(
    language: &Language<'_>,
    here: &Here,
    last: &Last,
    rank: usize,
    rivals: usize,
) -> Features {
    let mut f = [0.0; NAMES.len()];
    let mut set = |i: usize, on: bool| f[i] = f32::from(u8::from(on));
    let distance = here.sentence.saturating_sub(last.sentence);
    set(0, distance == 0);
    set(1, distance == 1);
    set(2, distance == 2);
    set(3, (3..=4).contains(&distance));
    set(4, distance > 4);
    set(5, rank == 0);
    set(6, rank == 1);
    set(7, rank > 1);
    set(8, last.subject);
    set(9, last.pronoun);
    set(10, language.sentences[here.sentence].paragraph == last.paragraph);
    let case = match here.case {
        Case::Subject => 0,
        Case::Possessive => 1,
        Case::Object => 2,
        Case::Reflexive => 3,
    };
    set(15 + case, distance == 0 && last.subject);
    set(19 + case, distance == 0 && !last.subject);
    set(23, here.quotation.is_some() && here.quotation == last.quotation);
    set(24, here.quotation.is_some() && last.quotation.is_none());
    set(25, here.quotation.is_none() && last.quotation.is_some());
    let opens = here.token == language.sentences[here.sentence].tokens.start;
    set(26, opens && distance == 1 && last.subject);
    set(27, rivals == 1);
    set(29, here.case == Case::Subject && last.subject && distance == 1);
    set(31, last.end + 1 >= here.token && distance == 0);
    set(34, last.main);
    set(35, last.main && distance == 1 && here.case == Case::Subject);
    set(36, last.reports && here.reports);
    set(37, last.reports);
    f[13] = (last.count as f32).ln_1p();
    f
}

/// The best candidate and its share, unless it is nobody.
fn winner(contest: &Contest) -> Option<(usize, f32)> {
    let score = |f: &Features| f.iter().zip(&MODEL.weights).map(|(x, w)| x * w).sum::<f32>();
    let scores: Vec<f32> = contest.candidates.iter().map(|c| score(&c.1)).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    let best = scores.iter().position(|s| *s >= top)?;
    let share = 1.0 / total;
    contest.candidates[best].0.map(|e| (e, share))
}

/// Which quotation holds a byte, asked with growing bytes.
struct Quoted<'a> {
    quotations: &'a [Quotation],
    /// Quotations that have begun and may hold what comes.
    open: Vec<usize>,
    next: usize,
}

impl Quoted<'_> {
    fn at(&mut self, byte: u32) -> Option<usize> {
        while self.quotations.get(self.next).is_some_and(|q| q.outer.start <= byte) {
            self.open.push(self.next);
            self.next += 1;
        }
        while self.open.last().is_some_and(|q| self.quotations[*q].outer.end <= byte) {
            self.open.pop();
        }
        // The outermost one that still runs: a quotation inside another is told by the same person.
        self.open.iter().inspect(|_| step()).copied().find(|q| self.quotations[*q].outer.end > byte)
    }
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
