//! Each score is what the slow computation says.

use proptest::prelude::*;
use sayso_score::{Standing, judge, scorecard, wilson};

use crate::{
    make::{any_chance, any_forecasts, by_subject, forecast, stated, world},
    slow,
};

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_scorecard_is_what_the_formulas_say(forecasts in any_forecasts()) {
        let world = world();
        let judged = judge(&forecasts, &by_subject(&world));
        let card = scorecard(&judged.iter().collect::<Vec<_>>());
        let rows = slow::rows(&judged);
        prop_assert_eq!(card.resolved, rows.len());
        prop_assert_eq!(card.questions, slow::questions(&rows));
        let Some(brier) = card.brier else {
            prop_assert!(card.questions < 10 && card.standing == Standing::TooFew);
            prop_assert!(card.murphy.is_none() && card.skill.is_none() && card.calibration.is_empty());
            return Ok(());
        };
        prop_assert!(near(brier.last_view.mid, slow::brier(&rows, |p, _| p.mid)));
        let best = |p: sayso_score::Chance, hit: bool| if hit { p.high } else { p.low };
        prop_assert!(near(brier.last_view.best, slow::brier(&rows, best)));
        prop_assert!(near(brier.last_view.worst, slow::brier(&rows, |p, hit| best(p, !hit))));
        prop_assert!(near(brier.over_time, slow::over_time(&rows)));
        let murphy = card.murphy.unwrap();
        let (reliability, resolution, uncertainty) = slow::murphy(&rows);
        prop_assert!(near(murphy.reliability, reliability), "{murphy:?} {reliability}");
        prop_assert!(near(murphy.resolution, resolution), "{murphy:?} {resolution}");
        prop_assert!(near(murphy.uncertainty, uncertainty));
        let whole = reliability - resolution + uncertainty + murphy.within;
        prop_assert!(near(whole, brier.last_view.mid), "{whole} {brier:?}");
        let skill = card.skill.unwrap();
        let base = rows.iter().filter(|row| row.2).count() as f64 / rows.len() as f64;
        prop_assert!(near(skill.base_rate, base));
        if let Some(against) = skill.against_base_rate {
            let rule = slow::brier(&rows, |_, _| base);
            prop_assert!(near(against, 1.0 - brier.last_view.mid / rule));
        }
        if let Some(against) = skill.against_status_quo {
            let rule = slow::brier(&rows, |_, _| 0.0);
            prop_assert!(near(against, 1.0 - brier.last_view.mid / rule));
        }
        let area = slow::area(&rows);
        prop_assert_eq!(card.discrimination.is_some(), area.is_some());
        if let (Some(one), Some(other)) = (card.discrimination, area) {
            prop_assert!(near(one.area, other));
        }
        for bin in &card.calibration {
            let (low, high) = slow::wilson(bin.came_true, bin.count);
            prop_assert!((bin.low - low).abs() < 1e-6 && (bin.high - high).abs() < 1e-6);
        }
    }

    #[test]
    fn the_ends_of_a_range_are_its_best_and_worst(p in any_chance(), hit in any::<bool>()) {
        let envelope = p.brier(hit);
        let (best, worst) = slow::extremes(p, hit);
        prop_assert!((envelope.best - best).abs() < 1e-6 && (envelope.worst - worst).abs() < 1e-6);
    }
}

#[test]
fn readers_are_asked_one_by_one() {
    let cases = [(0.634, 0.751, 0.915), (0.0, 0.05, 0.3), (0.7, 0.7, 0.7), (0.8, 0.95, 1.0)];
    for (low, mid, high) in cases {
        let p = crate::make::chance(low, mid, high);
        for hit in [true, false] {
            let (one, other) = (p.readers_brier(hit), slow::readers(p, hit));
            assert!((one - other).abs() < 1e-6, "{p:?} {hit}: {one} {other}");
        }
    }
}

#[test]
fn intervals_of_shares_and_means() {
    for (hits, of) in [(0, 1), (1, 1), (3, 10), (10, 10), (47, 900)] {
        let (one, other) = (wilson(hits, of), slow::wilson(hits, of));
        assert!((one.0 - other.0).abs() < 1e-6 && (one.1 - other.1).abs() < 1e-6, "{hits} of {of}");
    }
    assert_eq!(wilson(0, 0), (0.0, 1.0));
    // Forty questions, some with several last days.
    let forecasts: Vec<_> = (0..60)
        .map(|i| {
            let p = stated(f64::from(i % 10) / 10.0 + 0.05);
            forecast(&format!("s{i}"), "p", &format!("q{}", i % 40), 1, 200 + i64::from(i), p)
        })
        .collect();
    let world = world();
    let judged = judge(&forecasts, &by_subject(&world));
    let card = scorecard(&judged.iter().collect::<Vec<_>>());
    let (low, high) = card.brier.unwrap().interval.unwrap();
    let (slow_low, slow_high) = slow::interval(&slow::rows(&judged));
    // Two generators and another number of draws: the ends agree to the second digit.
    assert!((low - slow_low).abs() < 0.015 && (high - slow_high).abs() < 0.015, "{low} {high}");
    assert!(low < card.brier.unwrap().last_view.mid && card.brier.unwrap().last_view.mid < high);
}
