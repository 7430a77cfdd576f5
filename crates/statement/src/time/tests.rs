//! Expressions of time in sentences of our own.

use sayso_model::{Article, Published};

use super::{Time, read};
use crate::{Context, Ground, Tables};

fn times(text: &str, day: Option<&str>, tables: &Tables) -> Vec<Time> {
    let article = Article {
        published: day.map(|d| Published::day(d.parse().expect("a day"))),
        ..Article::of_text("case", text)
    };
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, tables);
    read(&Context { article: &article, language: &language, tables, ground: &ground })
}

/// "words = TYPE value", all times of a text.
fn printed(text: &str, day: &str) -> Vec<String> {
    let tables = Tables::english().expect("the shipped tables");
    times(text, Some(day), &tables)
        .iter()
        .map(|t| format!("{} = {} {}", t.span.of(text), t.reading.kind.word(), t.reading.value))
        .collect()
}

#[test]
fn dates_are_told_from_the_day_of_publication() {
    // Monday, 10 March 2031
    let day = "2031-03-10";
    assert_eq!(
        printed("The harbour of Mellin closed on Thursday and will open again on Friday.", day),
        ["Thursday = DATE 2031-03-06", "Friday = DATE 2031-03-14"]
    );
    assert_eq!(
        printed("Ilva Tarn, who resigned in November, won last year and lost in 2024.", day),
        ["November = DATE 2030-11", "last year = DATE 2030", "2024 = DATE 2024"]
    );
    assert_eq!(
        printed("It began three days ago, on the night of March 6, 2031.", day),
        ["three days ago = DATE 2031-03-07", "the night of March 6, 2031 = TIME 2031-03-06TNI"]
    );
    assert_eq!(
        printed("Sales fell in the third quarter, earlier this month and in the 1990s.", day),
        [
            "the third quarter = DATE 2030-Q3",
            "earlier this month = DATE 2031-03",
            "the 1990s = DATE 199"
        ]
    );
    assert_eq!(
        printed("The dockers met at 10:35 a.m. on the eve; they met yesterday.", day),
        ["10:35 a.m. = TIME 2031-03-10T10:35", "yesterday = DATE 2031-03-09"]
    );
}

#[test]
fn lengths_sets_and_the_present() {
    let day = "2031-03-10";
    assert_eq!(
        printed("The repairs now take nearly two and a half years, and they are costly.", day)[..2],
        ["now = DATE PRESENT_REF", "nearly two and a half years = DURATION P2Y6M"]
    );
    assert_eq!(
        printed("Boats sail every Monday; for several weeks a five-day strike stopped them.", day),
        [
            "every Monday = SET XXXX-WXX-1",
            "several weeks = DURATION PXW",
            "five-day = DURATION P5D"
        ]
    );
}

#[test]
fn a_story_is_told_from_its_own_dates() {
    let text = "The siege began on 4 May 1812. In June the walls fell. The duke fled on 3 July 1812 \
                and died in 1813. In August 1814 and in October 1815 his sons returned.";
    let found = printed(text, "2031-03-10");
    assert!(found.contains(&"June = DATE 1812-06".to_owned()), "{found:?}");
}

#[test]
fn what_is_no_time_is_none() {
    let day = "2031-03-10";
    for text in [
        "The 6-year-old child may march.",
        "They want 2031 soldiers and $1990.",
        "The fall of Mellin was a second blow.",
        "He may win the 25th prize.",
    ] {
        assert_eq!(printed(text, day), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn without_a_day_of_publication_a_weekday_has_no_date() {
    let tables = Tables::english().expect("the shipped tables");
    let found = times("They met on Friday, 2 May 2031 and on Tuesday.", None, &tables);
    let days: Vec<_> = found.iter().map(|t| t.reading.days.is_some()).collect();
    assert_eq!(days.first(), Some(&true));
    let found = times("They met on Friday.", None, &tables);
    assert_eq!(found[0].reading.value, "XXXX-WXX-5");
    assert_eq!(found[0].reading.days, None);
}

#[test]
fn the_ends_of_the_calendar_are_no_panic() {
    let tables = Tables::english().expect("the shipped tables");
    for text in [
        "9000 centuries ago and 999999999 years later, in the 99th century",
        "in 9999 BC, 10000 BC, 32 January 2031, the 30th of February, 25:61 p.m., q 9",
        "2031-13-45 and 99/99/2031 and 2/30/31; the 0th of May; -- - - year - - end",
    ] {
        for day in [None, Some("-009999-01-02"), Some("9999-12-31"), Some("2031-03-10")] {
            let _ = times(text, day, &tables);
        }
    }
}
