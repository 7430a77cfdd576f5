//! What holds of scores, whatever the forecasts are.

use proptest::prelude::*;
use sayso_score::{Chance, Forecast, judge, scorecard};

use crate::make::{any_chance, any_forecasts, by_subject, stated, world};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_sharper_right_forecast_never_scores_worse(
        a in 0.0..=1.0_f64, b in 0.0..=1.0_f64, hit in any::<bool>()
    ) {
        let (dull, sharp) = if hit { (a.min(b), a.max(b)) } else { (a.max(b), a.min(b)) };
        prop_assert!(stated(sharp).brier(hit).mid <= stated(dull).brier(hit).mid);
        prop_assert!(stated(sharp).readers_brier(hit) <= stated(dull).readers_brier(hit) + 1e-12);
    }

    #[test]
    fn the_envelope_holds_the_middle(p in any_chance(), hit in any::<bool>()) {
        let score = p.brier(hit);
        prop_assert!(score.best <= score.mid && score.mid <= score.worst);
        prop_assert!((0.0..=1.0).contains(&p.readers_brier(hit)));
        // "No" is "yes" of the opposite.
        let other = p.complement().brier(!hit);
        prop_assert!((other.mid - score.mid).abs() < 1e-12 && (other.best - score.best).abs() < 1e-12);
    }

    #[test]
    fn the_order_of_entry_changes_nothing(
        (forecasts, mixed) in any_forecasts()
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let world = world();
        let outcomes = by_subject(&world);
        let (one, other) = (judge(&forecasts, &outcomes), judge(&mixed, &outcomes));
        prop_assert_eq!(&one, &other);
        let forward = scorecard(&one.iter().collect::<Vec<_>>());
        let backward = scorecard(&other.iter().rev().collect::<Vec<_>>());
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn repeats_of_a_view_change_no_score(forecasts in any_forecasts()) {
        let world = world();
        let outcomes = by_subject(&world);
        // What is said again right after it was said.
        let repeats = forecasts.iter().enumerate().map(|(i, one)| Forecast {
            id: format!("again{i}"),
            place: (one.place.0.clone(), one.place.1 + 1),
            ..one.clone()
        });
        let all: Vec<Forecast> = forecasts.iter().cloned().chain(repeats).collect();
        let card = |forecasts: &[Forecast]| {
            let judged = judge(forecasts, &outcomes);
            scorecard(&judged.iter().collect::<Vec<_>>())
        };
        let (once, twice) = (card(&forecasts), card(&all));
        prop_assert_eq!(twice.statements, 2 * once.statements);
        let statements = once.statements;
        prop_assert_eq!(once, sayso_score::Scorecard { statements, ..twice });
    }

    #[test]
    fn forecasts_are_counted_once_each(forecasts in any_forecasts()) {
        let world = world();
        let judged = judge(&forecasts, &by_subject(&world));
        let statements: usize = judged.iter().map(|one| one.statements.len()).sum();
        prop_assert_eq!(statements, forecasts.len());
        let card = scorecard(&judged.iter().collect::<Vec<_>>());
        let unscorable: usize = card.unscorable.values().sum();
        prop_assert_eq!(card.resolved + card.open + card.void + unscorable, card.forecasts);
    }
}

#[test]
fn numbers_that_are_no_chance_are_refused() {
    for (low, mid, high) in
        [(0.3, 0.2, 0.4), (-0.1, 0.2, 0.4), (0.1, 0.2, 1.1), (0.1, f64::NAN, 0.4)]
    {
        assert_eq!(Chance::new(low, mid, high), None, "{low} {mid} {high}");
    }
}
