//! Builds `data/en/certainty.csv` from a table of published surveys and standards and the rules of
//! `data/build/certainty_rules.csv`.

use std::{fmt::Write as _, fs, path::Path};

use crate::gazetteer::{table, write};

const HEADER: &str = "\
# Words of certainty and how readers understand them: probabilities from 0 to 1.
# Built by `cargo xtask build-data certainty`; edit data/build/certainty_rules.csv instead.
# The general scale holds our own n-weighted quantiles (10th, 50th, 90th) of published surveys:
# zonination 2015 (n 46), Wade-Fagen 2019 (123), Belém et al. 2024 (188 and 178 readers), with the
# ranges of ICD 203, PHIA, NATO AJP-2.1, IPCC AR6, EFSA 2018, Kent 1964, Kesselman 2008, Vogel 2022
# and Mauboussin 2018 where no survey has the phrase. `source` says how each row came about; a row
# marked \"judged\" takes the numbers of the nearest phrase that has some, a choice of the authors
# of this table and not of a survey. A possibility has no mid. Empty: the words say nothing of it.
# The other scales are the standards' own numbers. forms: what is looked for, parted by \";\".
";

/// A row of the survey table, in points of 100.
#[derive(Debug, Clone)]
struct Reading {
    phrase: String,
    source: String,
    low: Option<f64>,
    mid: Option<f64>,
    mean: Option<f64>,
    high: Option<f64>,
    n: f64,
    kind: String,
}

/// A derived range from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
struct Range {
    low: Option<f64>,
    mid: Option<f64>,
    high: Option<f64>,
}

/// Reads the survey table and the rules and writes the table that ships.
///
/// # Errors
/// Names the file and the row that is broken.
pub(crate) fn build(surveys: &Path, data: &Path) -> Result<String, String> {
    let readings = read(surveys)?;
    let rules = data.join("../build/certainty_rules.csv");
    let mut out = format!("{HEADER}phrase,class,low,mid,high,bound,scale,source,needs,forms\n");
    let mut count = 0;
    for rule in table(&rules)? {
        let [phrase, class, how, base, same, needs, forms] = &rule[..] else { continue };
        let (mut range, mut source) = derive(&readings, how, base)
            .map_err(|e| format!("{}: {phrase}: {e}", rules.display()))?;
        if class == "possibility" {
            range.mid = None;
        }
        if same == "judged" {
            source = format!("judged nearest to \"{base}\": {source}");
        } else if same == "form" {
            source = format!("another form of \"{base}\": {source}");
        }
        let bound = if how == "floor" { "lower" } else { "two_sided" };
        let class = if how == "skip" { "none" } else { class };
        line(&mut out, [phrase, class, bound, "general", &source, needs, forms], range);
        count += 1;
    }
    for reading in &readings {
        let Some(scale) = scale(&reading.source) else { continue };
        let range = Range {
            low: reading.low.map(share),
            mid: reading.mid.map(share),
            high: reading.high.map(share),
        };
        let class =
            if reading.phrase.contains("possibility") { "possibility" } else { "probability" };
        let fields =
            [&reading.phrase, class, "two_sided", scale, &reading.source, "", &reading.phrase];
        line(&mut out, fields, range);
        count += 1;
    }
    write(&data.join("certainty.csv"), &out)?;
    Ok(format!("{count} rows of certainty"))
}

fn line(out: &mut String, fields: [&str; 7], range: Range) {
    let [phrase, class, bound, scale, source, needs, forms] = fields;
    let cell = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x:.3}"));
    let (low, mid, high) = (cell(range.low), cell(range.mid), cell(range.high));
    let source = source.replace(',', ";");
    let _ = writeln!(
        out,
        "{phrase},{class},{low},{mid},{high},{bound},{scale},{source},{needs},{forms}"
    );
}

fn derive(readings: &[Reading], how: &str, base: &str) -> Result<(Range, String), String> {
    let phrases: Vec<&str> = base.split('+').collect();
    let of = |kinds: &[&str]| -> Vec<&Reading> {
        readings
            .iter()
            .filter(|r| phrases.contains(&r.phrase.as_str()) && kinds.contains(&r.kind.as_str()))
            .collect()
    };
    let named = |rows: &[&Reading]| {
        let mut sources: Vec<&str> =
            rows.iter().map(|r| r.source.split(" (").next().unwrap_or_default()).collect();
        sources.dedup();
        sources.join(" + ")
    };
    let none = || format!("no {how} has {base:?}");
    match how {
        "survey" => {
            let rows = of(&["survey"]);
            let range = pool(&rows).ok_or_else(none)?;
            Ok((range, format!("pooled 10/50/90 quantiles of {}", named(&rows))))
        }
        "standard" => {
            let rows: Vec<Reading> =
                of(&["standard"]).into_iter().map(|r| Reading { n: 1.0, ..r.clone() }).collect();
            let rows: Vec<&Reading> = rows.iter().collect();
            let range = pool(&rows).ok_or_else(none)?;
            Ok((range, format!("range of {}", named(&rows))))
        }
        "hull" => {
            let mut rows = of(&["survey"]);
            rows.extend(of(&["survey-secondary", "anecdote"]));
            let low = rows.iter().filter_map(|r| r.low).reduce(f64::min).ok_or_else(none)?;
            let high = rows.iter().filter_map(|r| r.high).reduce(f64::max).ok_or_else(none)?;
            let range = Range { low: Some(share(low)), mid: None, high: Some(share(high)) };
            Ok((range, format!("lowest 10th to highest 90th of {}", named(&rows))))
        }
        "floor" => {
            let rows = of(&["standard"]);
            let low = rows.iter().filter_map(|r| r.low).reduce(f64::min).ok_or_else(none)?;
            let range = Range { low: Some(share(low)), ..Range::default() };
            Ok((range, format!("low of {} and no high", named(&rows))))
        }
        "mean" => {
            let rows = of(&["meta"]);
            let mean = rows.first().and_then(|r| r.mean).map(share).ok_or_else(none)?;
            let reach = mean.min(1.0 - mean);
            let range =
                Range { low: Some(mean - reach), mid: Some(mean), high: Some(mean + reach) };
            Ok((range, format!("mean of {}; the range reaches as far to both sides", named(&rows))))
        }
        "none" | "skip" => Ok((Range::default(), "no likelihood".to_owned())),
        _ => Err(format!("no such rule: {how}")),
    }
}

/// The mean of each quantile, weighted by the number of readers.
fn pool(rows: &[&Reading]) -> Option<Range> {
    let mean = |of: fn(&Reading) -> Option<f64>| {
        let known: Vec<(f64, f64)> = rows.iter().filter_map(|r| Some((of(r)?, r.n))).collect();
        let weight: f64 = known.iter().map(|k| k.1).sum();
        (weight > 0.0).then(|| share(known.iter().map(|k| k.0 * k.1).sum::<f64>() / weight))
    };
    let range = Range { low: mean(|r| r.low), mid: mean(|r| r.mid), high: mean(|r| r.high) };
    range.mid.map(|_| range)
}

fn share(points: f64) -> f64 {
    points / 100.0
}

fn scale(source: &str) -> Option<&'static str> {
    [
        ("ICD 203", "icd203"),
        ("UK PHIA", "phia"),
        ("NATO", "nato"),
        ("IPCC", "ipcc"),
        ("Kent 1964 ", "kent"),
    ]
    .into_iter()
    .find(|(name, _)| format!("{source} ").starts_with(name))
    .map(|(_, scale)| scale)
    .filter(|_| !source.contains("anecdote"))
}

fn read(path: &Path) -> Result<Vec<Reading>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut rows = Vec::new();
    for (i, line) in text.lines().enumerate().skip(1) {
        let cells = cells(line);
        let [phrase, source, low, _, mid, mean, _, high, _, n, kind] = &cells[..] else {
            return Err(format!("{}: line {}: {} cells", path.display(), i + 1, cells.len()));
        };
        rows.push(Reading {
            phrase: phrase.clone(),
            source: source.clone(),
            low: low.parse().ok(),
            mid: mid.parse().ok(),
            mean: mean.parse().ok(),
            high: high.parse().ok(),
            n: n.parse().unwrap_or(0.0),
            kind: kind.clone(),
        });
    }
    Ok(rows)
}

/// The cells of a line in which a cell with commas stands in quotation marks.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(phrase: &str, low: f64, mid: f64, high: f64, n: f64) -> Reading {
        Reading {
            phrase: phrase.to_owned(),
            source: "a survey (2001)".to_owned(),
            low: Some(low),
            mid: Some(mid),
            mean: None,
            high: Some(high),
            n,
            kind: "survey".to_owned(),
        }
    }

    #[test]
    fn quantiles_are_weighted_by_readers() {
        let rows =
            [reading("likely", 50.0, 60.0, 80.0, 10.0), reading("likely", 60.0, 70.0, 90.0, 30.0)];
        let (range, source) = derive(&rows, "survey", "likely").expect("a range");
        assert_eq!((range.low, range.mid, range.high), (Some(0.575), Some(0.675), Some(0.875)));
        assert_eq!(source, "pooled 10/50/90 quantiles of a survey");
        assert!(derive(&rows, "survey", "certain").is_err());
    }

    #[test]
    fn a_cell_may_hold_commas() {
        assert_eq!(cells("a,\"b, c\",,d"), ["a", "b, c", "", "d"]);
    }
}
