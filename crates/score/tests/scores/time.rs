//! When something came true, by a series.

use sayso_model::Occurrence;
use sayso_score::series::{Shown, Test, Turn, change, level};

use crate::make::day;

fn points(values: &[(i64, f64)]) -> Vec<(jiff::civil::Date, f64)> {
    values.iter().map(|(n, value)| (day(*n), *value)).collect()
}

fn control(values: &[(i64, f64)]) -> Shown {
    level(&points(values), Test::AtLeast(0.99), 48)
}

#[test]
fn two_days_without_a_reversal_make_it_so() {
    let shown = control(&[(0, 0.0), (1, 0.4), (2, 1.0), (3, 0.99), (4, 1.0), (5, 1.0)]);
    let on = Occurrence { known: day(4), ..Occurrence::on(day(2)) };
    assert_eq!(shown, Shown { occurrences: vec![on], through: Some(day(5)) });
    // A day and back is none.
    let shown = control(&[(0, 0.0), (1, 1.0), (2, 1.0), (3, 0.98), (4, 0.2)]);
    assert_eq!(shown, Shown { occurrences: vec![], through: Some(day(4)) });
}

#[test]
fn what_has_not_lasted_long_enough_is_not_decided() {
    let shown = control(&[(0, 0.0), (1, 0.5), (2, 1.0), (3, 1.0)]);
    assert_eq!(shown, Shown { occurrences: vec![], through: Some(day(1)) });
    let shown = control(&[(0, 1.0)]);
    assert_eq!(shown, Shown { occurrences: vec![], through: None });
    assert_eq!(control(&[]), Shown { occurrences: vec![], through: None });
}

#[test]
fn lost_and_taken_again_is_twice() {
    let shown =
        control(&[(0, 0.0), (1, 1.0), (3, 1.0), (4, 0.9), (5, 0.0), (6, 1.0), (7, 1.0), (8, 1.0)]);
    let first = Occurrence { known: day(3), ended: Some(day(4)), ..Occurrence::on(day(1)) };
    let second = Occurrence { known: day(8), ..Occurrence::on(day(6)) };
    assert_eq!(shown.occurrences, [first, second]);
}

#[test]
fn a_gap_and_the_beginning_leave_the_day_open() {
    let shown = control(&[(0, 0.0), (5, 1.0), (7, 1.0)]);
    let days = (shown.occurrences[0].earliest, shown.occurrences[0].latest);
    assert_eq!(days, (Some(day(1)), day(5)));
    let shown = control(&[(0, 1.0), (1, 1.0), (2, 1.0)]);
    assert_eq!(shown.occurrences[0].earliest, None);
}

#[test]
fn a_decision_is_a_day() {
    let rates = points(&[(0, 4.5), (40, 4.5), (80, 4.25), (120, 4.0), (160, 4.25)]);
    let days = |turn| -> Vec<_> {
        change(&rates, turn).occurrences.iter().map(|one| (one.latest, one.ended)).collect()
    };
    let on = |n| (day(n), Some(day(n)));
    assert_eq!(days(Turn::Down), [on(80), on(120)]);
    assert_eq!(days(Turn::Up), [on(160)]);
    assert_eq!(days(Turn::Same), [on(40)]);
}
