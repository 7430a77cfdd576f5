use jiff::civil::date;
use proptest::prelude::*;
use sayso_ledger::{Ledger, LedgerError, Query, Record, WindowState};
use sayso_model::Kind;

use crate::fixture::{self, NOW};

fn today() -> jiff::civil::Date {
    date(2031, 4, 25)
}

/// Speakers found, in order.
fn speakers(ledger: &Ledger, query: &str) -> Vec<String> {
    let query = Query::parse(query, today()).unwrap();
    let page = ledger.find(&query).unwrap();
    assert_eq!(page.total, page.items.len());
    page.items.into_iter().filter_map(|hit| hit.statement.speaker).map(|s| s.name).collect()
}

#[test]
fn words_and_fields_find_what_they_say() {
    let ledger = fixture::ledger();
    let (ada, etienne) = ("Ada Quill", "Étienne Brask");
    let cases: [(&str, &[&str]); 27] = [
        ("", &[ada, ada, etienne]),
        ("capturing", &[ada, etienne]),
        ("zurnhafen morvania", &[ada, etienne]),
        ("\"hold Zürnhafen\"", &[ada]),
        ("\"Zürnhafen hold\"", &[]),
        ("morv*", &[ada, etienne]),
        ("speaker:etienne", &[etienne]),
        ("speaker:\"ada quill\" hold", &[ada]),
        ("Speaker:“Ada Quill” hold", &[ada]),
        ("via:vela", &[etienne]),
        ("via:\"northern star\"", &[ada, etienne]),
        ("place:ZÜRNHAFEN event:hold", &[ada]),
        ("event:Capture", &[ada, etienne]),
        ("event:capt", &[]),
        ("outlet:\"evening lamp\"", &[ada]),
        ("kind:forecast term:UNLIKELY", &[etienne]),
        ("kind:denial", &[]),
        ("before:2031-04-09", &[ada, etienne]),
        ("before:2031-04-10", &[ada, ada, etienne]),
        ("after:2031-04-09", &[ada]),
        ("after:2031 before:2031-05", &[ada, ada, etienne]),
        ("window:open", &[ada]),
        ("window:passed", &[ada]),
        ("window:passed hold", &[]),
        ("note: morvania", &[]),
        ("!!!", &[]),
        ("— morvania", &[ada, etienne]),
    ];
    for (query, expected) in cases {
        assert_eq!(speakers(&ledger, query), expected, "{query}");
    }
}

#[test]
fn a_window_is_missed_the_day_after_and_not_on_it() {
    let ledger = fixture::ledger();
    for (day, missed, open) in [(20, 0, 2), (21, 1, 1), (30, 1, 1)] {
        let day = date(2031, 4, day);
        let find =
            |state| ledger.find(&Query { window: Some(state), ..Query::default() }).unwrap().total;
        assert_eq!((find(WindowState::Passed(day)), find(WindowState::Open(day))), (missed, open));
    }
}

#[test]
fn a_field_that_cannot_be_read_is_an_error_with_its_cure() {
    for (query, word) in [
        ("kind:rumour", "forecast"),
        ("before:soon", "2023-03-09"),
        ("after:2031-13", "2023-03-09"),
        ("window:ajar", "open, passed"),
    ] {
        let error = Query::parse(query, today()).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn no_query_is_an_error_for_the_database() {
    let ledger = fixture::ledger();
    for text in [
        "\"",
        "'",
        "a\"b",
        "NEAR(a b)",
        "a OR b",
        "a AND",
        "NOT",
        "words:x",
        "{words}:x",
        "-x",
        "^x",
        "x*y",
        "*",
        "(",
        ")",
        "a+b",
        "; DROP TABLE articles",
        "%",
        "_",
        "\\",
        "speaker:\"",
        "place:*",
        "\u{0}",
        "x\u{0}y",
        "via:\u{0}",
        "日本",
        "e\u{301}",
        "\u{301}",
        "🏛",
        "ﬁ",
        "ǆ",
        "½",
        "²",
        "a:b:c",
    ] {
        let query = Query::parse(text, today()).unwrap();
        ledger.find(&query).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        ledger.facets(&query).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let raw = Query {
            words: vec![text.to_owned()],
            speaker: Some(text.to_owned()),
            event: Some(text.to_owned()),
            article: Some(text.to_owned()),
            ..Query::default()
        };
        ledger.find(&raw).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_a_query_or_a_clear_error(text in "\\PC{0,40}|[a-z:\"“” *]{0,30}|(kind|place|before|speaker):\\PC{0,12}") {
        thread_local! {
            static LEDGER: Ledger = fixture::ledger();
        }
        match Query::parse(&text, today()) {
            Ok(query) => {
                LEDGER.with(|ledger| ledger.find(&query)).unwrap();
            }
            Err(error) => prop_assert!(!error.expected.is_empty()),
        }
    }

    #[test]
    fn a_printed_query_reads_back(
        words in prop::collection::vec("[a-zé:*“”][a-zé :*]{0,8}[a-zé*]", 0..4),
        speaker in prop::option::of("[A-Z][a-z]{0,6}( [A-Z][a-z:]{1,6})?"),
        kind in prop::option::of(prop::sample::select(vec![Kind::Forecast, Kind::Denial])),
        day in prop::option::of(1i8..28),
        missed in prop::option::of(any::<bool>()),
    ) {
        let query = Query {
            // A closing mark inside a phrase cannot be typed.
            words: words.into_iter().map(|w| w.replace(['“', '”'], "'")).collect(),
            speaker,
            kind,
            before: day.map(|day| date(2031, 4, day)),
            window: missed.map(|m| if m { WindowState::Passed(today()) } else { WindowState::Open(today()) }),
            ..Query::default()
        };
        prop_assert_eq!(Query::parse(&query.to_string(), today()).unwrap(), query);
    }
}

#[test]
fn pages_follow_each_other_and_new_statements_move_nothing() {
    let mut ledger = Ledger::in_memory().unwrap();
    let add = |ledger: &mut Ledger, day: i8, name: &str| {
        let text = format!("{name} said that it will rain. {name} added that it will snow.");
        let article = fixture::article("Weather Post", day, &text);
        let rain = fixture::statement(&article, name, "said", "it will rain");
        let snow = fixture::statement(&article, name, "added", "it will snow");
        ledger.add(&article, &[rain, snow], NOW).unwrap();
    };
    for (day, name) in [(4, "Ari"), (6, "Bela"), (6, "Cato"), (2, "Dora")] {
        add(&mut ledger, day, name);
    }
    let whole: Vec<String> = ledger
        .find(&Query::default())
        .unwrap()
        .items
        .iter()
        .map(|hit| hit.statement.id.clone())
        .collect();
    let mut query = Query { limit: 3, ..Query::default() };
    let mut paged = Vec::new();
    for turn in 0.. {
        let page = ledger.find(&query).unwrap();
        assert!(page.items.len() <= 3);
        paged.extend(page.items.iter().map(|hit| hit.statement.id.clone()));
        let Some(next) = page.next else { break };
        query.cursor = Some(next);
        // Newer than everything: it belongs before the first page and must not push.
        add(&mut ledger, 20 + turn, &format!("Late{turn}"));
    }
    assert_eq!(paged, whole);
    for cursor in ["", "2031", "2031-04-06_x_1_1", "a_1_1_1_1"] {
        let query = Query { cursor: Some(cursor.to_owned()), ..Query::default() };
        assert!(matches!(ledger.find(&query), Err(LedgerError::Cursor { .. })), "{cursor}");
    }
    let mut from = None;
    let mut articles = Vec::new();
    loop {
        let page = ledger.articles(3, from.as_deref()).unwrap();
        articles.extend(page.items.into_iter().map(|item| item.article.id));
        from = page.next;
        if from.is_none() {
            assert_eq!(articles.len(), page.total);
            break;
        }
    }
    let all = ledger.articles(100, None).unwrap().items;
    assert_eq!(articles, all.into_iter().map(|item| item.article.id).collect::<Vec<_>>());
}

#[test]
fn facets_count_what_was_found() {
    let ledger = fixture::ledger();
    let facets = ledger.facets(&Query::default()).unwrap();
    let pairs = |counts: &[sayso_ledger::FacetCount]| -> Vec<(String, usize)> {
        counts.iter().map(|c| (c.value.clone(), c.count)).collect()
    };
    assert_eq!(
        pairs(&facets.speaker),
        [("Ada Quill".to_owned(), 2), ("Étienne Brask".to_owned(), 1)]
    );
    assert_eq!(pairs(&facets.event), [("capture".to_owned(), 2), ("hold".to_owned(), 1)]);
    assert_eq!(pairs(&facets.place), [("Zürnhafen".to_owned(), 3)]);
    assert_eq!(pairs(&facets.kind), [("forecast".to_owned(), 3)]);
    assert_eq!(
        pairs(&facets.outlet),
        [("Northern Star".to_owned(), 2), ("Evening Lamp".to_owned(), 1)]
    );
    let one = ledger.facets(&Query::parse("hold", today()).unwrap()).unwrap();
    assert_eq!(pairs(&one.speaker), [("Ada Quill".to_owned(), 1)]);
}

#[test]
fn records_are_found_by_the_beginning_of_their_id() {
    let mut ledger = fixture::ledger();
    let (article, statements) = fixture::town().remove(0);
    assert_eq!(ledger.article(&article.id[..10]).unwrap(), article);
    assert_eq!(ledger.article("northern-star-3").unwrap(), article, "by the name it came under");
    assert_eq!(ledger.statement(&statements[1].id[..9]).unwrap(), statements[1]);
    let ambiguous = ledger.statement("s").unwrap_err();
    let LedgerError::Ambiguous { candidates, .. } = &ambiguous else { panic!("{ambiguous:?}") };
    assert_eq!(candidates.len(), 3);
    assert!(candidates.is_sorted());
    assert!(ambiguous.hint().contains(&statements[0].id));
    for nothing in ["", "zz", "%", "s_", "' OR 1=1"] {
        assert!(
            matches!(ledger.statement(nothing), Err(LedgerError::NotFound { .. })),
            "{nothing}"
        );
        assert!(matches!(ledger.record(nothing), Err(LedgerError::NotFound { .. })), "{nothing}");
    }
    let speaker = ledger.speaker("ada quill").unwrap();
    assert_eq!((speaker.statements, speaker.articles, speaker.forecasts), (2, 2, 2));
    assert_eq!(speaker.first.as_deref(), Some("2031-04-03"));
    assert_eq!(speaker.last.as_deref(), Some("2031-04-09"));
    let ids = [&article.id, &statements[0].id, &ledger.questions().unwrap()[0].id, &speaker.id];
    let records: Vec<Record> = ids.iter().map(|id| ledger.record(id).unwrap()).collect();
    assert!(matches!(
        &records[..],
        [Record::Article(_), Record::Statement(_), Record::Question(_), Record::Speaker(_)]
    ));
    // Two articles under one name.
    let other = fixture::article("Northern Star", 3, "Nothing happened.");
    ledger.add(&other, &[], NOW).unwrap();
    assert!(matches!(ledger.article("northern-star-3"), Err(LedgerError::Ambiguous { .. })));
}

#[test]
fn two_ledgers_of_the_same_articles_read_byte_for_byte_alike() {
    let print = |ledger: &Ledger| {
        [
            serde_json::to_string(&ledger.find(&Query::default()).unwrap()).unwrap(),
            serde_json::to_string(&ledger.facets(&Query::default()).unwrap()).unwrap(),
            serde_json::to_string(&ledger.speakers().unwrap()).unwrap(),
            serde_json::to_string(&ledger.questions().unwrap()).unwrap(),
            serde_json::to_string(&ledger.articles(0, None).unwrap()).unwrap(),
        ]
    };
    let one = fixture::ledger();
    assert_eq!(print(&one), print(&one));
    assert_eq!(print(&one), print(&fixture::ledger()));
}

#[test]
fn an_undated_article_comes_last_and_has_no_open_window() {
    let mut ledger = fixture::ledger();
    let mut article = fixture::article("Loose Leaf", 1, "Odo Fenn said it will thaw soon.");
    article.published = None;
    let statement = fixture::statement(&article, "Odo Fenn", "said", "it will thaw soon");
    ledger.add(&article, &[statement], NOW).unwrap();
    ledger.relink(&fixture::classes(), NOW).unwrap();
    let page = ledger.find(&Query::default()).unwrap();
    assert_eq!(page.items.last().unwrap().statement.article.outlet.as_deref(), Some("Loose Leaf"));
    assert_eq!(speakers(&ledger, "thaw before:2040"), [""; 0]);
    assert_eq!(speakers(&ledger, "thaw window:open"), [""; 0]);
    assert_eq!(ledger.speaker("Odo Fenn").unwrap().first, None);
}
