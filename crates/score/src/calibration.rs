//! How often what was called so probable came true.

use serde::{Deserialize, Serialize};

/// Forecasts that were called about equally probable.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lower end of the bin.
    pub from: f64,
    /// Upper end of the bin.
    pub to: f64,
    /// Forecasts in it.
    pub count: usize,
    /// How many of them came true.
    pub came_true: usize,
    /// Their mean forecast.
    pub forecast: f64,
    /// The share that came true.
    pub share: f64,
    /// Wilson's 95 % interval of the share: its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// Murphy's split of the mean Brier score: `reliability − resolution + uncertainty + within` is the
/// score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Murphy {
    /// How far each bin's share lies from its mean forecast: 0 is best.
    pub reliability: f64,
    /// How far the bins' shares lie from the overall share: more is better.
    pub resolution: f64,
    /// The score of who always says the overall share.
    pub uncertainty: f64,
    /// What is left since forecasts of one bin differ (Stephenson, Coelho and Jolliffe 2008).
    pub within: f64,
}

/// Bins from 0 to 1.
const BINS: usize = 10;
/// 95 % of a normal distribution lie within so many deviations.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a share, from how many of how many. It never leaves 0 to 1, and means
/// something for three of three.
pub fn wilson(hits: usize, of: usize) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let n = of as f64;
    let share = hits as f64 / n;
    let square = NORMAL_95 * NORMAL_95;
    let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
    let half = NORMAL_95 / (1.0 + square / n)
        * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The bins that hold something, from forecasts and whether each came true. Ten of equal width; an
/// inner border belongs to the upper one.
pub fn bins(forecasts: &[(f64, bool)]) -> Vec<Bin> {
    let mut sums = [(0_usize, 0_usize, 0.0_f64); BINS];
    for (p, came_true) in forecasts {
        let (count, hits, sum) = &mut sums[bin_of(*p)];
        *count += 1;
        *hits += usize::from(*came_true);
        *sum += p;
    }
    let filled = sums.iter().enumerate().filter(|(_, (count, ..))| *count > 0);
    filled
        .map(|(i, (count, hits, sum))| {
            let (low, high) = wilson(*hits, *count);
            Bin {
                from: i as f64 / BINS as f64,
                to: (i + 1) as f64 / BINS as f64,
                count: *count,
                came_true: *hits,
                forecast: sum / *count as f64,
                share: *hits as f64 / *count as f64,
                low,
                high,
            }
        })
        .collect()
}

fn square(x: f64) -> f64 {
    x * x
}

fn bin_of(p: f64) -> usize {
    // A little more than nothing, since 0.3 × 10 may be 2.999….
    ((p * BINS as f64 + 1e-9) as usize).min(BINS - 1)
}

/// Murphy's split over [`bins`]; `None` for no forecasts.
pub fn murphy(forecasts: &[(f64, bool)]) -> Option<Murphy> {
    if forecasts.is_empty() {
        return None;
    }
    let n = forecasts.len() as f64;
    let overall = forecasts.iter().filter(|(_, came_true)| *came_true).count() as f64 / n;
    let mut means = [(0.0, 0.0); BINS];
    let (mut reliability, mut resolution) = (0.0, 0.0);
    for bin in bins(forecasts) {
        let weight = bin.count as f64 / n;
        reliability += weight * square(bin.forecast - bin.share);
        resolution += weight * square(bin.share - overall);
        means[bin_of(bin.from)] = (bin.forecast, bin.share);
    }
    let within = forecasts
        .iter()
        .map(|(p, came_true)| {
            let (forecast, share) = means[bin_of(*p)];
            let happened = f64::from(u8::from(*came_true));
            square(p - forecast) - 2.0 * (p - forecast) * (happened - share)
        })
        .sum::<f64>()
        / n;
    Some(Murphy { reliability, resolution, uncertainty: overall * (1.0 - overall), within })
}

/// How well forecasts tell what happens from what does not: the chance that of two, one that came
/// true and one that did not, the first was called the more probable (ties count half). `None` where
/// everything or nothing came true.
pub fn discrimination(forecasts: &[(f64, bool)]) -> Option<f64> {
    let mut sorted: Vec<&(f64, bool)> = forecasts.iter().collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let yes = sorted.iter().filter(|(_, came_true)| *came_true).count();
    let no = sorted.len() - yes;
    if yes == 0 || no == 0 {
        return None;
    }
    let (mut below, mut won) = (0.0, 0.0);
    for ties in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let hits = ties.iter().filter(|(_, came_true)| *came_true).count() as f64;
        let misses = ties.len() as f64 - hits;
        won += hits * (below + misses / 2.0);
        below += misses;
    }
    Some(won / (yes as f64 * no as f64))
}
