//! Lists come from short rows beside the records. Here each query is asked a second time in the
//! plainest way, of the records' own rows, and has to find the same.

use std::path::Path;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rusqlite::{Connection, params_from_iter};
use sayso_ledger::{FacetCount, Ledger, Query, Verdict, WindowState};
use sayso_model::{Article, Kind, Statement};

use crate::fixture::{self, NOW};

const SPEAKERS: [(&str, Option<&str>); 7] = [
    ("Ada Quill", None),
    ("Ada Quill", Some("harbour minister")),
    ("Quill", Some("minister")),
    ("Étienne Brask", Some("chief of staff")),
    ("Etienne Brask", None),
    ("Harbour Board", None),
    ("Odo Fenn", Some("")),
];
const TOWNS: [&str; 4] = ["Zürnhafen", "Lower Zell", "Marrow", "Quill"];
const OUTLETS: [Option<&str>; 4] =
    [Some("Northern Star"), Some("Evening Lamp"), Some("EVENING LAMP"), None];
const KINDS: [Kind; 3] = [Kind::Forecast, Kind::Denial, Kind::Report];
const TERMS: [&str; 3] = ["likely", "Likely", "unlikely"];
const CLASSES: [&str; 3] = ["capture", "hold", "win_election"];

/// Numbers without a pattern that a list could follow (Knuth's linear congruence).
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state = 7_u64;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(state >> 33).unwrap() % below
    }
}

/// An article of three statements with all that lists look at.
fn made(number: usize, next: &mut impl FnMut(usize) -> usize) -> (Article, Vec<Statement>) {
    let picked: Vec<_> = (0..3)
        .map(|n| {
            let (speaker, town) = (SPEAKERS[next(7)], TOWNS[next(4)]);
            let (term, class) = (TERMS[next(3)], CLASSES[next(3)]);
            (
                format!("matter {number} {n}: Morvania is {term} to want {town}"),
                speaker,
                town,
                term,
                class,
            )
        })
        .collect();
    let text: Vec<String> =
        picked.iter().map(|(content, (name, _), ..)| format!("{name} said {content}.")).collect();
    let day = i8::try_from(1 + next(28)).unwrap();
    let mut article = fixture::article("Northern Star", day, &text.join("\n"));
    article.outlet = OUTLETS[next(4)].map(str::to_owned);
    let month = i8::try_from(2 + next(5)).unwrap();
    article.published = (next(8) > 0).then(|| sayso_model::Published::day(date(2031, month, day)));
    let statements = picked
        .iter()
        .map(|(content, (name, role), town, term, class)| {
            let mut one = fixture::statement(&article, name, "said", content);
            one.kind = KINDS[next(3)];
            if let Some(speaker) = &mut one.speaker {
                speaker.role = role.map(str::to_owned);
            }
            if next(9) == 0 {
                one.speaker = None;
            }
            if next(3) > 0 {
                one = fixture::hedged(one, &article, term, 0.1, 0.9);
            }
            if next(4) > 0 {
                one = fixture::about(one, &article, class, "Morvania", town);
            }
            if next(3) > 0 {
                one = fixture::citing(one, &article, "Morvania");
            }
            if next(3) > 0 {
                one = fixture::until(one, &article, term, i8::try_from(1 + next(28)).unwrap());
            }
            one
        })
        .collect();
    (article, statements)
}

/// Sixty articles, linked; some of it corrected, withdrawn, rejected and taken back; and some that
/// linking has not seen yet.
fn fill(path: &Path) -> Ledger {
    let mut next = numbers();
    let mut ledger = Ledger::open(path).unwrap();
    let all: Vec<_> = (0..70).map(|number| made(number, &mut next)).collect();
    for (article, statements) in &all[..60] {
        ledger.add(article, statements, NOW).unwrap();
    }
    ledger.relink(&fixture::classes(), NOW).unwrap();
    for (_, statements) in all[..60].iter().step_by(5) {
        let [one, two, three] = &statements[..] else { panic!("three were made") };
        let mut corrected = one.clone();
        corrected.kind = KINDS[next(3)];
        corrected.event = None;
        ledger.supersede(&one.id, Some(&corrected), "misread", NOW).unwrap();
        ledger.supersede(&two.id, None, "not said", NOW).unwrap();
        ledger.review(&three.id, Verdict::Reject, None, "no claim", "Ida", NOW).unwrap();
        if next(2) == 0 {
            ledger.review(&three.id, Verdict::Undo, None, "it is one", "Ida", NOW).unwrap();
        }
    }
    for (article, statements) in &all[60..] {
        ledger.add(article, statements, NOW).unwrap();
    }
    ledger
}

/// The same query of the rows that have the records, a condition at a time.
fn plainly(query: &Query) -> (String, Vec<String>) {
    let mut sql = "FROM current_statements s WHERE true".to_owned();
    let mut values = Vec::new();
    let mut and = |condition: &str, its: &[String]| {
        sql.extend([" AND (", condition, ")"]);
        values.extend_from_slice(its);
    };
    let matching = "s.seq IN (SELECT rowid FROM search WHERE search MATCH ?)";
    for words in &query.words {
        and(matching, &[format!("\"{words}\"")]);
    }
    for (column, words) in [("via", &query.via), ("place", &query.place)] {
        if let Some(words) = words {
            and(matching, &[format!("{column} : \"{words}\"")]);
        }
    }
    if let Some(speaker) = &query.speaker {
        and(
            &format!(
                "{matching} OR s.seq IN (SELECT l.statement FROM said l JOIN profiles p
                   ON p.person = l.person WHERE p.name = ? COLLATE NOCASE)"
            ),
            &[format!("speaker : \"{speaker}\""), speaker.clone()],
        );
    }
    if let Some(event) = &query.event {
        and("s.class = ?", std::slice::from_ref(event));
    }
    if let Some(outlet) = &query.outlet {
        and("s.outlet = ? COLLATE NOCASE", std::slice::from_ref(outlet));
    }
    if let Some(kind) = query.kind {
        and("s.kind = ?", &[kind.word().to_owned()]);
    }
    if let Some(term) = &query.term {
        and("s.term = ? COLLATE NOCASE", std::slice::from_ref(term));
    }
    if let Some(day) = query.before {
        and("s.date < ? AND s.date <> ''", &[day.to_string()]);
    }
    if let Some(day) = query.after {
        and("s.date >= ?", &[day.to_string()]);
    }
    match query.window {
        None => {}
        Some(WindowState::Open(day)) => and(
            "s.kind = 'forecast' AND s.earliest IS NOT NULL AND (s.latest IS NULL OR s.latest >= ?)",
            &[day.to_string()],
        ),
        Some(WindowState::Passed(day)) => {
            and("s.kind = 'forecast' AND s.latest < ?", &[day.to_string()]);
        }
    }
    if let Some(article) = &query.article {
        and("s.article IN (SELECT seq FROM articles WHERE id LIKE ?)", &[format!("{article}%")]);
    }
    (sql, values)
}

fn ids(plain: &Connection, query: &Query) -> Vec<String> {
    let (sql, values) = plainly(query);
    let select =
        format!("SELECT s.id {sql} ORDER BY s.date DESC, s.article DESC, s.position, s.seq");
    let mut select = plain.prepare_cached(&select).unwrap();
    let rows = select.query_map(params_from_iter(values), |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn counted(plain: &Connection, query: &Query, value: &str, join: &str) -> Vec<FacetCount> {
    let (sql, values) = plainly(query);
    let sql = sql.replacen(" s WHERE", &format!(" s {join} WHERE"), 1);
    let select = format!(
        "SELECT {value} AS value, count(*) AS n {sql} AND value IS NOT NULL GROUP BY value
         ORDER BY n DESC, value LIMIT 12"
    );
    let mut select = plain.prepare_cached(&select).unwrap();
    let count = |row: &rusqlite::Row<'_>| {
        let count = usize::try_from(row.get::<_, i64>(1)?).unwrap();
        Ok(FacetCount { value: row.get(0)?, count })
    };
    let rows = select.query_map(params_from_iter(values), count).unwrap();
    rows.map(Result::unwrap).collect()
}

fn compared(ledger: &Ledger, plain: &Connection, mut query: Query) {
    let expected = ids(plain, &query);
    query.limit = 7;
    let mut found = Vec::new();
    loop {
        let page = ledger.find(&query).unwrap();
        assert_eq!(page.total, expected.len(), "{query:?}");
        found.extend(page.items.into_iter().map(|hit| hit.statement.id));
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, expected, "{query:?}");
    let facets = ledger.facets(&query).unwrap();
    let places = "JOIN statement_places p ON p.statement = s.seq";
    for (facet, value, join) in [
        (facets.speaker, "s.speaker_name", ""),
        (facets.event, "s.class", ""),
        (facets.kind, "s.kind", ""),
        (facets.outlet, "s.outlet", ""),
        (facets.place, "p.name", places),
    ] {
        assert_eq!(facet, counted(plain, &query, value, join), "{value} of {query:?}");
    }
}

fn april(day: i8) -> Date {
    date(2031, 4, day)
}

/// One in three queries has the field.
fn now_and_then<T: Clone + std::fmt::Debug + 'static>(
    values: &'static [T],
) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(0.3, prop::sample::select(values))
}

fn any_query() -> impl Strategy<Value = Query> {
    let words = now_and_then(&["matter", "capture", "quill minister", "zurnhafen", "hold"]);
    let names = (
        now_and_then(&["Ada Quill", "quill", "minister", "brask", "étienne brask", "Nobody"]),
        now_and_then(&["morvania", "evening lamp", "star"]),
        now_and_then(&["zurnhafen", "Lower Zell", "zell", "quill"]),
    );
    let fields = (
        now_and_then(&["capture", "hold", "win_election", "none"]),
        now_and_then(&["evening lamp", "Northern Star"]),
        now_and_then(&KINDS),
        now_and_then(&["LIKELY", "unlikely"]),
    );
    let days = (
        prop::option::weighted(0.3, (1_i8..=8, 1_i8..=28)),
        prop::option::weighted(0.3, (1_i8..=8, 1_i8..=28)),
        prop::option::weighted(0.2, (any::<bool>(), 1_i8..=28)),
    );
    (words, names, fields, days).prop_map(
        |(words, (speaker, via, place), (event, outlet, kind, term), (before, after, window))| {
            Query {
                words: words.into_iter().map(str::to_owned).collect(),
                speaker: speaker.map(str::to_owned),
                via: via.map(str::to_owned),
                place: place.map(str::to_owned),
                event: event.map(str::to_owned),
                outlet: outlet.map(str::to_owned),
                kind,
                term: term.map(str::to_owned),
                before: before.map(|(month, day)| date(2031, month, day)),
                after: after.map(|(month, day)| date(2031, month, day)),
                window: window.map(|(open, day)| {
                    if open {
                        WindowState::Open(april(day))
                    } else {
                        WindowState::Passed(april(day))
                    }
                }),
                ..Query::default()
            }
        },
    )
}

#[test]
fn what_a_list_shows_is_what_the_records_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let ledger = fill(&path);
    let plain = Connection::open(&path).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    let all = ids(&plain, &Query::default());
    assert!(all.len() > 150, "{}", all.len());
    compared(&ledger, &plain, Query::default());
    let article = ledger.statement(&all[70]).unwrap().article.id;
    for prefix in [&article[..6], &article[..1]] {
        compared(&ledger, &plain, Query { article: Some(prefix.to_owned()), ..Query::default() });
    }
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(768));
    runner
        .run(&any_query(), |query| {
            compared(&ledger, &plain, query);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_ledger_of_an_earlier_version_lists_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(fill(&path));
    // What versions 6, 8, 9 and 11 to 13 added, taken out again.
    let plain = Connection::open(&path).unwrap();
    plain
        .execute_batch(
            "DROP VIEW v_version; DROP VIEW v_articles; DROP VIEW v_statements; DROP VIEW v_questions;
             DROP VIEW v_bearings; DROP VIEW v_speakers; DROP VIEW v_outcomes;
             DROP TABLE listed; DROP TABLE listed_counts; DROP TABLE labels; DROP TABLE label_search;
             DROP TABLE sketch_keys; DROP TABLE sketched; DROP TABLE rulings; DROP TABLE outcomes;
             DROP TABLE archive_places; DROP TABLE redactions;
             DROP TABLE issues; DROP TABLE issue_members; DROP TABLE likenesses; DROP VIEW relations;
             CREATE TABLE sketches (shingle INTEGER, article INTEGER) STRICT;
             CREATE TABLE sketched (article INTEGER PRIMARY KEY, kept INTEGER, reach INTEGER) STRICT;
             CREATE INDEX statements_by_date ON statements (date, article, position);
             CREATE INDEX statements_by_class ON statements (class, seq) WHERE class IS NOT NULL;
             PRAGMA user_version = 5;",
        )
        .unwrap();
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    compared(&ledger, &plain, Query::default());
    for event in CLASSES {
        compared(&ledger, &plain, Query { event: Some(event.to_owned()), ..Query::default() });
    }
    let place = Some("zurnhafen".to_owned());
    compared(&ledger, &plain, Query { place, kind: Some(Kind::Denial), ..Query::default() });
    let speaker = Some("Ada Quill".to_owned());
    compared(&ledger, &plain, Query { speaker, ..Query::default() });
}

#[test]
fn a_list_that_differs_from_the_records_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    let plain = Connection::open(&path).unwrap();
    plain.execute("DELETE FROM listed WHERE statement = 2", []).unwrap();
    let problems = ledger.verify().unwrap();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("no list shows it"), "{problems:?}");
}
