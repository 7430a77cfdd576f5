//! Numbers that could be likelihoods: percentages, "three in four", "2 to 1".

use std::ops::Range;

use sayso_model::{Bound, Op};

use super::{bound, measured, ratio};
use crate::{Context, numeral, passage::Passage, tables::Units};

/// A likelihood in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Likelihood {
    /// The words.
    pub words: Range<usize>,
    /// 0 to 1.
    pub low: f64,
    /// 0 to 1.
    pub high: f64,
    /// Which ends are meant.
    pub bound: Bound,
    /// The words are odds or a share of chances, and need no other word to be a likelihood.
    pub odds: bool,
}

/// Numbers of a passage that could be likelihoods, from left to right. Of "from 25 to 40 percent" the
/// 40 is: the other one was.
pub(crate) fn likelihoods(units: &Units, passage: &Passage) -> Vec<Likelihood> {
    let mut all: Vec<Likelihood> = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        let found = likelihood_at(units, passage, at);
        at = found.as_ref().map_or(at + 1, |f| f.words.end);
        all.extend(found);
    }
    let before = |one: &Likelihood| {
        let at = one.words.start.checked_sub(1);
        at.map_or("", |at| passage.lower(at))
    };
    let later = |one: &Likelihood| {
        all.iter().any(|other| {
            before(other) == "to"
                && passage.sentence_at(other.words.start).contains(&one.words.start)
        })
    };
    let former: Vec<bool> = all.iter().map(|one| before(one) == "from" && later(one)).collect();
    let mut former = former.into_iter();
    all.retain(|_| !former.next().unwrap_or(false));
    all
}

/// The numbers of a passage that are said for a chance: odds, and those that the tree ties to a word
/// of chance.
pub fn chances(context: &Context, passage: &Passage) -> Vec<Likelihood> {
    let mut all = likelihoods(&context.tables.units, passage);
    all.retain(|one| one.odds || measured::is_chance(context, passage.span(one.words.clone())));
    all
}

fn likelihood_at(units: &Units, passage: &Passage, at: usize) -> Option<Likelihood> {
    if let Some(found) = hyphened(units, passage, at) {
        return Some(found);
    }
    let number = numeral::read(&passage.words, at).filter(|n| !n.vague)?;
    // "50/50"
    if passage.lower(at + 1) == "/"
        && shares(units, passage, at, passage.lower(at + 2), number.value)
    {
        return Some(exact(at..at + 3, number.value / 100.0));
    }
    // "odds of 2 to 1", "the odds of a rate cut are three to one"
    let odds = passage.has(passage.clause_at(at).start..at, &["odds"]);
    let joint = passage.lower(at + number.length);
    if odds && matches!(joint, "to" | "-" | "/") {
        let other = numeral::read(&passage.words, at + number.length + 1)?;
        let end = at + number.length + 1 + other.length;
        return share(passage, at..end, number.value, other.value, joint == "/");
    }
    // "the probability is 0.3"
    let point = passage.lower(at).starts_with("0.") && number.length == 1;
    let named = ["probability", "likelihood", "chance"];
    if point && passage.has(passage.clause_at(at).start..at, &named) {
        let percent = passage.has(at + 1..at + 2, &["%", "percent", "per"]);
        return (!percent).then(|| exact(at..at + 1, number.value));
    }
    let (low, high, end) = range(passage, at, &number);
    let percent = match passage.lower(end) {
        "%" | "percent" => Some(end + 1),
        "per" if passage.lower(end + 1) == "cent" => Some(end + 2),
        _ => None,
    };
    let (scale, end, certain) = match (percent, ratio::whole(passage, end)) {
        (Some(end), _) => (100.0, end, false),
        // "a one in five chance"
        (None, Some((whole, end))) => {
            (whole, end, passage.has(end..end + 1, &["chance", "chances", "probability"]))
        }
        _ => return None,
    };
    let (mut low, mut high) = (low / scale, high / scale);
    if !(0.0..=1.0).contains(&low) || !(0.0..=1.0).contains(&high) {
        return None;
    }
    let bound = match bound::read(units, passage, at, None).0 {
        Op::Ge | Op::Gt => {
            high = 1.0;
            Bound::Lower
        }
        Op::Le | Op::Lt => {
            low = 0.0;
            Bound::Upper
        }
        _ => Bound::TwoSided,
    };
    Some(Likelihood { words: at..end, low, high, bound, odds: certain })
}

/// Whether two numbers from word `at` are shares of a hundred of which the first is a likelihood:
/// "odds of 60-40", "50/50".
fn shares(units: &Units, passage: &Passage, at: usize, second: &str, first: f64) -> bool {
    let Some(second) = numeral::digits(second).or_else(|| numeral::small(second)) else {
        return false;
    };
    let even = (first - second).abs() < 1e-9;
    let clause = passage.clause_at(at).start..at;
    let odds = even || clause.into_iter().any(|i| units.is_chance(passage.lower(i)));
    (first + second - 100.0).abs() < 1e-9 && odds
}

/// A likelihood of one value that the words leave no doubt about.
fn exact(words: Range<usize>, value: f64) -> Likelihood {
    Likelihood { words, low: value, high: value, bound: Bound::TwoSided, odds: true }
}

/// The likelihood of odds. "2 to 1" is for, and "against" where it says so; the betting notation "2-1",
/// "2/1" tells what is won on a stake of one, which is against.
fn share(
    passage: &Passage,
    words: Range<usize>,
    one: f64,
    other: f64,
    betting: bool,
) -> Option<Likelihood> {
    let share = one / (one + other);
    let against = passage.has(words.end..words.end + 1, &["against"]);
    let share = if against || betting { 1.0 - share } else { share };
    share.is_finite().then(|| exact(words, share))
}

/// A likelihood in one word: "a 1-in-3 chance", "a two-thirds chance", "odds of 2-1".
fn hyphened(units: &Units, passage: &Passage, at: usize) -> Option<Likelihood> {
    let word = passage.lower(at);
    let chance = passage.has(at + 1..at + 2, &["chance", "chances", "probability", "likelihood"]);
    let number = |part: &str| numeral::digits(part).or_else(|| numeral::small(part));
    let parts: Vec<&str> = word.split('-').collect();
    match parts[..] {
        [one, "in", all] if chance => {
            let value = number(one)? / number(all)?;
            (0.0..=1.0).contains(&value).then(|| exact(at..at + 1, value))
        }
        [one, part] if chance => {
            let part = match part {
                "half" | "halves" => 2,
                "quarter" | "quarters" => 4,
                _ => numeral::ordinal(part.strip_suffix('s').unwrap_or(part))?,
            };
            let value = number(one)? / f64::from(part);
            (0.0..=1.0).contains(&value).then(|| exact(at..at + 1, value))
        }
        [one, other] if number(one).is_some_and(|one| shares(units, passage, at, other, one)) => {
            Some(exact(at..at + 1, number(one)? / 100.0))
        }
        [one, other] if passage.has(passage.clause_at(at).start..at, &["odds"]) => {
            share(passage, at..at + 1, numeral::digits(one)?, numeral::digits(other)?, true)
        }
        _ => None,
    }
}

/// "10 to 20", "between 10 and 20": both ends and the word after them.
fn range(passage: &Passage, at: usize, first: &numeral::Numeral) -> (f64, f64, usize) {
    let mut end = at + first.length;
    // "60 % to 70 %"
    let sign = passage.lower(end) == "%" && matches!(passage.lower(end + 1), "to" | "–" | "-");
    end += usize::from(sign);
    let joins = match passage.lower(end) {
        "to" | "–" | "-" => true,
        "and" => at.checked_sub(1).is_some_and(|i| passage.lower(i) == "between"),
        _ => false,
    };
    match numeral::read(&passage.words, end + 1).filter(|n| joins && n.value > first.value) {
        Some(second) => (first.low, second.high, end + 1 + second.length),
        None => (first.low, first.high, at + first.length),
    }
}
