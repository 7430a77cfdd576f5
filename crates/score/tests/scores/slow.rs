//! The scores a second time, slowly and straight from the formulas, sharing no line with the first.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_score::{Chance, Judged, Verdict};

/// A scored forecast: question, last day, whether it came true, views with their days.
pub(crate) type Row = (String, Option<Date>, bool, Vec<(Chance, u32)>);

pub(crate) fn rows(judged: &[Judged]) -> Vec<Row> {
    let mut rows = Vec::new();
    for one in judged {
        if let Verdict::Scored { came_true, views } = &one.verdict {
            let views = views.iter().map(|view| (view.chance, view.days)).collect();
            rows.push((one.question.clone().unwrap(), one.latest, *came_true, views));
        }
    }
    rows
}

fn square(x: f64) -> f64 {
    x * x
}

fn o(came_true: bool) -> f64 {
    if came_true { 1.0 } else { 0.0 }
}

/// (1/N) Σ (p − o)² at a reading of the last view.
pub(crate) fn brier(rows: &[Row], reading: impl Fn(Chance, bool) -> f64) -> f64 {
    let mut sum = 0.0;
    for (_, _, came_true, views) in rows {
        let (last, _) = views[views.len() - 1];
        let difference = reading(last, *came_true) - o(*came_true);
        sum += difference * difference;
    }
    sum / rows.len() as f64
}

/// The best and the worst score by trying a thousand and one points of the range.
pub(crate) fn extremes(p: Chance, came_true: bool) -> (f64, f64) {
    let (mut best, mut worst) = (f64::INFINITY, f64::NEG_INFINITY);
    for i in 0..=1000 {
        let at = p.low + (p.high - p.low) * f64::from(i) / 1000.0;
        let score = (at - o(came_true)) * (at - o(came_true));
        best = best.min(score);
        worst = worst.max(score);
    }
    (best, worst)
}

/// The mean over readers by asking a hundred thousand of them: the reader at quantile `u` of a line
/// through the five known points.
pub(crate) fn readers(p: Chance, came_true: bool) -> f64 {
    let lowest = f64::max(0.0, p.low - 0.25 * (p.mid - p.low));
    let highest = f64::min(1.0, p.high + 0.25 * (p.high - p.mid));
    let known = [(0.0, lowest), (0.1, p.low), (0.5, p.mid), (0.9, p.high), (1.0, highest)];
    let asked = 100_000;
    let mut sum = 0.0;
    for i in 0..asked {
        let u = (f64::from(i) + 0.5) / f64::from(asked);
        let k = (0..4).find(|k| u <= known[k + 1].0).unwrap();
        let (from, to) = (known[k], known[k + 1]);
        let reader = from.1 + (to.1 - from.1) * (u - from.0) / (to.0 - from.0);
        sum += square(reader - o(came_true));
    }
    sum / f64::from(asked)
}

/// Each day of each forecast scored by the view of that day.
pub(crate) fn over_time(rows: &[Row]) -> f64 {
    let mut sum = 0.0;
    for (_, _, came_true, views) in rows {
        let mut days = Vec::new();
        for (view, n) in views {
            for _ in 0..*n {
                days.push(square(view.mid - o(*came_true)));
            }
        }
        sum += days.iter().sum::<f64>() / days.len() as f64;
    }
    sum / rows.len() as f64
}

/// Reliability, resolution, uncertainty of Murphy 1973 over ten bins, as double sums.
pub(crate) fn murphy(rows: &[Row]) -> (f64, f64, f64) {
    let points: Vec<(f64, f64)> = rows.iter().map(|r| (r.3[r.3.len() - 1].0.mid, o(r.2))).collect();
    let n = points.len() as f64;
    let mean = points.iter().map(|(_, o)| o).sum::<f64>() / n;
    let bin = |p: f64| (0..10).rfind(|k| p >= f64::from(*k) / 10.0 - 1e-10).unwrap();
    let (mut reliability, mut resolution) = (0.0, 0.0);
    for k in 0..10 {
        let of_bin: Vec<&(f64, f64)> = points.iter().filter(|(p, _)| bin(*p) == k).collect();
        if of_bin.is_empty() {
            continue;
        }
        let m = of_bin.len() as f64;
        let p = of_bin.iter().map(|(p, _)| p).sum::<f64>() / m;
        let share = of_bin.iter().map(|(_, o)| o).sum::<f64>() / m;
        reliability += m * (p - share) * (p - share) / n;
        resolution += m * (share - mean) * (share - mean) / n;
    }
    (reliability, resolution, mean * (1.0 - mean))
}

/// Every pair of one that came true and one that did not.
pub(crate) fn area(rows: &[Row]) -> Option<f64> {
    let (mut won, mut pairs) = (0.0, 0.0);
    for yes in rows.iter().filter(|row| row.2) {
        for no in rows.iter().filter(|row| !row.2) {
            let (a, b) = (yes.3[yes.3.len() - 1].0.mid, no.3[no.3.len() - 1].0.mid);
            won += if a > b {
                1.0
            } else if a < b {
                0.0
            } else {
                0.5
            };
            pairs += 1.0;
        }
    }
    (pairs > 0.0).then(|| won / pairs)
}

/// Wilson's interval as the two solutions of `(share − p)² = z² p (1 − p) / n`, by halving.
pub(crate) fn wilson(hits: usize, of: usize) -> (f64, f64) {
    let (share, n, z) = (hits as f64 / of as f64, of as f64, 1.959_963_984_540_054);
    let inside = |p: f64| square(share - p) <= z * z * p * (1.0 - p) / n;
    let border = |mut within: f64, mut outside: f64| {
        for _ in 0..200 {
            let middle = f64::midpoint(within, outside);
            if inside(middle) { within = middle } else { outside = middle }
        }
        within
    };
    (border(share, -1e-9), border(share, 1.0 + 1e-9))
}

/// The bootstrap with another generator and far more draws.
pub(crate) fn interval(rows: &[Row]) -> (f64, f64) {
    let mut questions: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (question, _, came_true, views) in rows {
        let score = square(views[views.len() - 1].0.mid - o(*came_true));
        questions.entry(question).or_default().push(score);
    }
    let questions: Vec<Vec<f64>> = questions.into_values().collect();
    // Park and Miller's, with the modulus of a Mersenne prime.
    let mut state: u64 = 20_310_403;
    let mut draw = || {
        state = state * 48_271 % 2_147_483_647;
        state as usize % questions.len()
    };
    let mut means: Vec<f64> = (0..20_000)
        .map(|_| {
            let drawn: Vec<f64> =
                (0..questions.len()).flat_map(|_| questions[draw()].clone()).collect();
            drawn.iter().sum::<f64>() / drawn.len() as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    (means[500], means[19_500])
}

pub(crate) fn questions(rows: &[Row]) -> usize {
    rows.iter().map(|row| (&row.0, row.1)).collect::<BTreeSet<_>>().len()
}
