//! Numbers that two reports can share: thresholds of events, and ratios between two sides.

use sayso_model::{Op, Quantity, QuantityKind, Statement};
use sayso_statement::tables::place_key;

use crate::claim::Named;

/// The class of questions about a ratio; no pack has it.
pub(crate) const CLASS: &str = "ratio";

/// Letters of a word by which "Ukrainian" and "Ukraine" meet: the stem of a nation's names.
const STEM: usize = 5;

/// What a ratio asks.
pub(crate) struct Asked {
    /// The ratio and the other side.
    pub(crate) threshold: Named,
    /// Where, or of what: what tells one ratio of 5 to 1 from another.
    pub(crate) target: Named,
}

/// A threshold as a key of direction and number: "above 5 percent" and "over 5%" are one. Where
/// the words hold no number they are their own key.
pub(crate) fn threshold(words: &str) -> Option<Named> {
    let lower = words.to_lowercase();
    let digits: String = lower
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .filter(|c| *c != ',')
        .collect();
    if digits.is_empty() {
        return Named::new(words);
    }
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let side = if has(&["below", "under", "less than", "at most", "fewer"]) {
        "below"
    } else if has(&["above", "over", "more than", "at least", "exceed"]) {
        "above"
    } else {
        "at"
    };
    let unit = if has(&["%", "percent", "per cent"]) {
        "%"
    } else if has(&["point", "bp"]) {
        "points"
    } else {
        ""
    };
    let digits = digits.trim_end_matches('.');
    Some(Named { key: format!("{side} {digits}{unit}"), name: words.trim().to_owned() })
}

/// What a ratio, a multiple or a fraction asks; none where it has no single number.
///
/// "Five soldiers for every defender" and "five times more than the defenders" are one ratio: the
/// number, the stem of the other side, and the place nearest to it in the statement.
pub(crate) fn asked(statement: &Statement, number: &Quantity) -> Option<Asked> {
    let value = match (number.low, number.high) {
        (Some(low), Some(high)) => f64::midpoint(low, high),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return None,
    };
    // "Rose fivefold" compares a thing with itself; "lost five times more than they" has two sides.
    let change = matches!(number.op, Op::Up | Op::Down) && number.per.is_none();
    if change || !value.is_finite() || value <= 0.0 {
        return None;
    }
    let printed = if number.kind == QuantityKind::Fraction {
        format!("{:.0} in 100", value * 100.0)
    } else {
        format!("{} to 1", (value * 100.0).round() / 100.0)
    };
    let place = statement
        .places
        .iter()
        .filter(|place| place.extent == sayso_model::Extent::Point)
        .min_by_key(|place| place.span.byte_start.abs_diff(number.span.byte_start));
    let event = statement.event.as_ref().and_then(|event| event.target.as_ref());
    let target =
        place.map(|place| place.name.as_str()).or(event.map(|target| target.name.as_str()));
    let other = other_side(number);
    let target = match (target, &other) {
        (Some(target), _) => Named::new(target)?,
        (None, Some(other)) => Named::new(other)?,
        (None, None) => return None,
    };
    let stem = other.as_deref().map(stem).unwrap_or_default();
    let name = match &other {
        Some(other) if other.as_str() != target.name => format!("{printed} ({other})"),
        _ => printed.clone(),
    };
    Some(Asked { threshold: Named { key: format!("{printed} {stem}"), name }, target })
}

/// The side that the number is measured against, by its name where it has one.
fn other_side(number: &Quantity) -> Option<String> {
    let named = |words: &str| {
        words
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| word.chars().next().is_some_and(char::is_uppercase))
            .map(str::to_owned)
    };
    let per = number.per.as_deref().map(|per| per.trim_start_matches("than ").trim());
    per.and_then(named)
        .or_else(|| number.of.as_deref().and_then(named))
        .or_else(|| per.filter(|per| per.chars().any(char::is_alphabetic)).map(str::to_owned))
}

fn stem(name: &str) -> String {
    place_key(name).chars().take(STEM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_meet_by_side_and_number() {
        let key = |words| threshold(words).map(|threshold| threshold.key);
        assert_eq!(key("above 5 percent"), key("over 5%"));
        assert_ne!(key("above 5 percent"), key("below 5 percent"));
        assert_ne!(key("above 5 percent"), key("above 6 percent"));
        assert_ne!(key("above 5 percent"), key("above 5 euros"));
        assert_eq!(key("..."), None);
    }
}
