//! Whether two quantities say the same, whatever their words.

use sayso_model::{Quantity, QuantityKind};

/// The unit of a quantity in the singular and in lower case: "kilometre per hour", "dollar per
/// barrel", "patrol boat"; `None` for a bare number.
pub fn unit(context: &crate::Context, quantity: &Quantity) -> Option<String> {
    let of = quantity.unit.as_deref().or(quantity.of.as_deref())?;
    let units = &context.tables.units;
    let of = match quantity.kind {
        QuantityKind::Money => units.name_of(of).unwrap_or(of).to_owned(),
        QuantityKind::Percent | QuantityKind::Measure => of.to_owned(),
        _ => singular(&of.to_lowercase()),
    };
    let per = quantity.per.as_deref().filter(|_| quantity.kind != QuantityKind::Fraction);
    Some(per.map_or_else(|| of.clone(), |per| format!("{of} per {}", per.to_lowercase())))
}

/// Whether two quantities make the same claim: the same relation of the same things, or the same
/// number of them. "Five boats for every crew", "five times as many boats as crews" and "the boats
/// outnumber the crews five to one" do; a side that is not named contradicts nothing.
pub fn same_claim(a: &Quantity, b: &Quantity) -> bool {
    let relation = |q: &Quantity| matches!(q.kind, QuantityKind::Ratio | QuantityKind::Multiple);
    let close = |x: f64, y: f64| (x - y).abs() <= 1e-6 * x.abs().max(y.abs());
    let (Some(x), Some(y)) = (a.mid, b.mid) else { return false };
    // A unit that stands for what is measured names nothing.
    let of = |q: &'_ Quantity| q.of.clone().filter(|of| q.unit.as_ref() != Some(of));
    let (a_named, b_named) = (of(a), of(b));
    let (a_of, a_per) = (a_named.as_deref(), a.per.as_deref());
    let (b_of, b_per) = (b_named.as_deref(), b.per.as_deref());
    if relation(a) && relation(b) {
        let straight = close(x, y) && alike(a_of, b_of) && alike(a_per, b_per);
        let turned = y != 0.0 && close(x, 1.0 / y) && alike(a_of, b_per) && alike(a_per, b_of);
        return straight || turned;
    }
    let units = a.unit.is_none() || b.unit.is_none() || a.unit == b.unit;
    let kinds = a.kind == b.kind && units;
    // The whole of a fraction is in its value: "three of ten" is "six of twenty".
    let wholes = a.kind == QuantityKind::Fraction || alike(a_per, b_per);
    kinds && close(x, y) && alike(a_of, b_of) && wholes
}

/// Two phrases for one side: a shared name ("Oskarian troops", "Oskaria") or a shared last noun.
fn alike(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let names = |text: &str| -> Vec<String> {
        let capital = text.split_whitespace().filter(|w| w.starts_with(char::is_uppercase));
        capital.map(|w| stem(&w.to_lowercase())).collect()
    };
    let (x, y) = (names(a), names(b));
    if !x.is_empty() && !y.is_empty() {
        return x.iter().any(|name| y.contains(name));
    }
    let last =
        |text: &str| text.split_whitespace().next_back().map(|w| singular(&w.to_lowercase()));
    last(a) == last(b)
}

/// A name without the ending that makes it an adjective or a people.
fn stem(name: &str) -> String {
    ["ians", "ian", "ia", "s", "n", "e"]
        .iter()
        .find_map(|end| name.strip_suffix(end).filter(|s| s.len() >= 4))
        .unwrap_or(name)
        .to_owned()
}

/// The last word of a phrase in the singular, by spelling.
fn singular(phrase: &str) -> String {
    let cut = |end: &str| phrase.strip_suffix(end);
    if let Some(stem) = cut("ies").filter(|s| s.len() > 2) {
        return format!("{stem}y");
    }
    for hiss in ["sses", "shes", "ches", "xes"] {
        if cut(hiss).is_some() {
            return phrase[..phrase.len() - 2].to_owned();
        }
    }
    match cut("s") {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => phrase.to_owned(),
    }
}
