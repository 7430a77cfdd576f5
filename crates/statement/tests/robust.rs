//! Reading for meaning panics on no text, keeps its spans true and takes time linear in the text.

use proptest::prelude::*;
use sayso_model::{Article, Published, Span, Speech};
use sayso_statement::{Attribution, Context, Ground, Tables, meaning, split};

fn check(text: &str, tables: &Tables) {
    let article = Article {
        published: Some(Published::day(jiff::civil::date(2031, 12, 31))),
        ..Article::of_text("case", text)
    };
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, tables);
    let context = Context { article: &article, language: &language, tables, ground: &ground };
    let middle = (0..=text.len() / 2).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let content = vec![Span::new(0, middle), Span::new(middle, text.len())];
    let attribution = Attribution {
        source: vec![Span::new(0, middle)],
        cue: vec![Span::new(0, middle)],
        content,
        speech: Speech::Mixed,
        within: None,
        continues: None,
        relayed: None,
        confidence: 0.5,
    };
    for content in split::read(&context, &attribution, None) {
        assert!(!content.is_empty());
        assert!(content.iter().all(|s| text.is_char_boundary(s.start as usize)
            && text.is_char_boundary(s.end as usize)
            && s.start <= s.end));
    }
    let read = meaning::read(&context, &attribution, None, None);
    let event = read.event.iter();
    let spans = read
        .certainty
        .iter()
        .map(|c| &c.span)
        .chain(read.window.iter().map(|w| &w.span))
        .chain(read.condition.iter().map(|c| &c.span))
        .chain(read.places.iter().map(|p| &p.span))
        .chain(read.quantities.iter().map(|q| &q.span))
        .chain(event.clone().map(|e| &e.trigger))
        .chain(event.flat_map(|e| e.actor.iter().chain(&e.target)).map(|e| &e.span));
    for span in spans {
        assert_eq!(span.span().of(text), span.text);
        let points: String =
            text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect();
        assert_eq!(points, span.text);
    }
}

/// Words that the tables look for, so that random texts reach the rules.
fn phrase() -> impl Strategy<Value = String> {
    let words = [
        "may",
        "May",
        "not",
        "will",
        "likely",
        "the",
        "town",
        "of",
        "Varne",
        "Kyiv",
        "Russian",
        "forces",
        "capture",
        "captured",
        "fall",
        "by",
        "before",
        "in",
        "if",
        "unless",
        ",",
        ".",
        "“",
        "”",
        "soon",
        "3",
        "March",
        "31",
        "2031",
        "five",
        "times",
        "more",
        "for",
        "every",
        "$",
        "%",
        "chance",
        "odds",
        "to",
        "out",
        "cannot",
        "be",
        "ruled",
        "we",
        "it",
        "he",
        "'s",
        "’s",
        "-",
        "—",
        "\n",
        "é",
        "дом",
        "🏛",
        "1e9",
        "9999999999999999999999",
        "years",
        "within",
        "end",
        "next",
        "week",
        "Monday",
        "withdraw",
        "from",
        "city",
        "St.",
        "U.S.",
        "being",
        "the following officials",
        "these",
        ":",
        ";",
        "and",
        "Oskarian",
        "Velanian troops",
        "Karin Holm",
        "with",
        "watching",
        "resign",
        "sign a treaty",
        "opened",
        "was rebuilt",
        "began to",
        "provided",
        "once",
        "so",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..40).prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_phrases_are_read_without_harm(text in phrase()) {
        thread_local!(static TABLES: Tables = Tables::english().expect("the shipped tables"));
        TABLES.with(|tables| check(&text, tables));
    }

    #[test]
    fn random_unicode_is_read_without_harm(text in "\\PC{0,60}") {
        thread_local!(static TABLES: Tables = Tables::english().expect("the shipped tables"));
        TABLES.with(|tables| check(&text, tables));
    }
}

#[test]
fn a_very_long_line_is_read_in_one_go() {
    let tables = Tables::english().expect("the shipped tables");
    for unit in [
        "Russian forces may capture Kyiv, but it cannot be ruled out ",
        "“‘((",
        "if five times 3 March ",
        "Varne's ",
        "Oskarian, ",
        "Oskarian and Velanian troops resign with ",
        "the following officials resign: Karin Holm; ",
        "Estmark, Varland and Oskaria sign a treaty with Oskaria watching ",
        "once ",
        "provided if so ",
    ] {
        check(&unit.repeat(50_000 / unit.len()), &tables);
    }
}
