//! `sayso check`: the quotations of a draft against a ledger.

use std::{fmt::Write as _, fs, path::Path};

use sayso_ledger::Ledger;
use sayso_model::{
    Article, ArticleRef, CodePoints, Kind, Polarity, PrintedSpan, Published, SCHEMA, Span, Speaker,
    SpeakerKind, Speech, Statement,
};
use serde_json::Value;

use crate::{examples, sayso};

const NOW: &str = "2031-05-01T08:00:00Z";
const NAMES: [&str; 8] = [
    "Ada Quill",
    "Benno Ashgrove",
    "Clio Marchetti",
    "Dorian Velchek",
    "Edda Sorel",
    "Fabian Holt",
    "Greta Lindqvarn",
    "Hugo Brask",
];
const WORDS: [&str; 40] = [
    "bridge", "harbour", "council", "winter", "engine", "promise", "railway", "budget", "village",
    "ferry", "border", "machine", "school", "garden", "letter", "mountain", "river", "station",
    "market", "island", "factory", "paper", "signal", "summer", "tunnel", "window", "captain",
    "doctor", "farmer", "painter", "quickly", "slowly", "rarely", "openly", "gladly", "northern",
    "southern", "broken", "silent", "golden",
];

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    /// A sentence of twelve words that no other article has, and that has common words in it.
    fn sentence(&mut self) -> String {
        let mut words = vec!["we", "will"];
        for i in 0..10 {
            words.push(if i % 3 == 0 {
                ["the", "and", "of"][self.below(3)]
            } else {
                WORDS[self.below(WORDS.len())]
            });
        }
        words.join(" ")
    }
}

fn quoting(number: usize, speaker: &str, sentence: &str) -> (Article, Statement) {
    let text = format!("The council met in town {number}. “{sentence},” {speaker} said on Monday.");
    let mut article = Article::of_text(&format!("a{number}"), &text);
    article.outlet = Some("Northern Star".to_owned());
    article.url = Some(format!("https://star.example/{number}"));
    article.published = Some(Published::day("2031-04-03".parse().unwrap()));
    let span = |words: &str| -> PrintedSpan {
        let start = text.find(words).unwrap();
        CodePoints::new(&text).print(&text, Span::new(start, start + words.len()))
    };
    let (cue, content) = (span("said"), span(sentence));
    let statement = Statement {
        schema: SCHEMA,
        id: sayso_model::statement_id(&article.id, &[cue.span()], &[content.span()]),
        article: ArticleRef::from(&article),
        speaker: Some(Speaker {
            id: Speaker::id_of(SpeakerKind::Person, speaker, &article.id),
            name: speaker.to_owned(),
            kind: SpeakerKind::Person,
            role: None,
            confidence: Some(1.0),
            candidates: Vec::new(),
            mention: None,
        }),
        chain: Vec::new(),
        source: vec![span(speaker)],
        cue: vec![cue],
        content: vec![content],
        said: None,
        speech: Speech::Direct,
        kind: Kind::Forecast,
        polarity: Polarity::Yes,
        certainty: None,
        condition: None,
        window: None,
        places: Vec::new(),
        quantities: Vec::new(),
        event: None,
        drift: Vec::new(),
        confidence: 0.9,
        extractor: "fixture".to_owned(),
    };
    (article, statement)
}

/// A ledger of so many quotations, and what was quoted by whom.
fn ledger(path: &Path, articles: usize) -> Vec<(String, String)> {
    let mut ledger = Ledger::open(path).unwrap();
    let mut chance = Chance(7);
    let mut said = Vec::new();
    for number in 0..articles {
        let (speaker, sentence) = (NAMES[number % NAMES.len()], chance.sentence());
        let (article, statement) = quoting(number, speaker, &sentence);
        ledger.add(&article, &[statement], NOW).unwrap();
        said.push((speaker.to_owned(), sentence));
    }
    said
}

/// A draft with a paragraph for each quotation.
fn draft(quotations: &[(String, String)]) -> String {
    quotations.iter().fold(String::new(), |mut text, (speaker, words)| {
        writeln!(text, "{speaker} said: “{words}.”\n").unwrap();
        text
    })
}

/// Twenty true quotations, ten with one word altered, ten invented.
fn forty(said: &[(String, String)]) -> Vec<(String, String)> {
    let mut chance = Chance(99);
    let step = said.len() / 40;
    let mut forty: Vec<(String, String)> = said.iter().step_by(step).take(30).cloned().collect();
    for (i, (_, words)) in forty.iter_mut().enumerate().skip(20) {
        // Each at another place, the first and the last among them.
        let mut altered: Vec<&str> = words.split(' ').collect();
        let at = (i - 20) * (altered.len() - 1) / 9;
        altered[at] = "lanterns";
        *words = altered.join(" ");
    }
    forty.extend((0..10).map(|i| (NAMES[i % NAMES.len()].to_owned(), chance.sentence())));
    forty
}

fn verdicts(folder: &Path, text: &str, code: i32) -> Vec<Value> {
    let path = folder.join("draft.txt");
    fs::write(&path, text).unwrap();
    let ran = sayso(&["check", "-q", "draft.txt", "-o", "json"]).within(folder).run().code(code);
    let reports: Vec<Value> = serde_json::from_slice(&ran.out).unwrap();
    assert_eq!(reports.len(), 1);
    reports[0]["quotations"].as_array().unwrap().clone()
}

#[test]
fn forty_quotations_get_forty_right_verdicts() {
    let folder = tempfile::tempdir().unwrap();
    let said = ledger(&folder.path().join("sayso.db"), 2000);
    let forty = forty(&said);
    let checked = verdicts(folder.path(), &draft(&forty), 1);
    let found: Vec<&str> = checked.iter().map(|one| one["verdict"].as_str().unwrap()).collect();
    let expected = [["found"; 20].as_slice(), &["altered"; 10], &["not_found"; 10]].concat();
    assert_eq!(found, expected);
    for (one, (speaker, words)) in checked.iter().zip(&forty).take(30) {
        let source = &one["sources"][0];
        assert_eq!(source["speaker"], speaker.as_str(), "{words}");
        assert!(source["article"]["url"].as_str().unwrap().starts_with("https://star.example/"));
        let differing =
            source["difference"].as_array().unwrap().iter().filter(|run| run["same"] == false);
        let drafted: Vec<&str> = differing.map(|run| run["draft"].as_str().unwrap()).collect();
        assert_eq!(drafted, if one["verdict"] == "found" { vec![] } else { vec!["lanterns"] });
    }
}

#[test]
fn a_clean_draft_ends_with_0_and_a_wrong_mouth_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let said = ledger(&folder.path().join("sayso.db"), 40);
    verdicts(folder.path(), &draft(&said[..3]), 0);
    verdicts(folder.path(), "Nobody is quoted here.", 0);
    let wrong = [(NAMES[5].to_owned(), said[0].1.clone())];
    let checked = verdicts(folder.path(), &draft(&wrong), 1);
    assert_eq!(checked[0]["verdict"], "other_speaker");
    let known = "It is called “Northern Light”.";
    assert_eq!(verdicts(folder.path(), known, 0)[0]["verdict"], "too_short");
}

#[test]
fn what_an_article_paraphrases_is_no_quotation() {
    let folder = tempfile::tempdir().unwrap();
    sayso(&["add", "-q", &examples()]).within(folder.path()).run().code(0);
    let text = "She said the truth: “a strike of more than two weeks would almost certainly push up prices.”";
    let checked = verdicts(folder.path(), text, 1);
    assert_eq!(checked[0]["verdict"], "paraphrase");
    let whole = "Velchek said: “Oskaria will capture Tarnovyk by 15 June.”";
    let checked = verdicts(folder.path(), whole, 0);
    assert_eq!(checked[0]["sources"][0]["speaker"], "Radomir Velchek");
    let left_out = "Velchek said: “Oskaria will … by 15 June.”";
    assert_eq!(verdicts(folder.path(), left_out, 0)[0]["verdict"], "found");
    // The same without a mark for what is left out is an alteration, however long that is.
    let unmarked = "Aalto-Ruys said: “There is no agreement. We have not signed it.”";
    let checked = verdicts(folder.path(), unmarked, 1);
    assert_eq!(checked[0]["verdict"], "altered");
    let difference = checked[0]["sources"][0]["difference"].to_string();
    assert!(difference.contains("There is a draft, and"), "{difference}");
}

#[test]
fn a_surer_paraphrase_is_told() {
    let folder = tempfile::tempdir().unwrap();
    sayso(&["add", "-q", &examples()]).within(folder.path()).run().code(0);
    let text = "Governor Pia Lindqvarn said that the National Bank of Estmark will cut interest rates in June.";
    fs::write(folder.path().join("draft.txt"), text).unwrap();
    let ran = sayso(&["check", "-q", "draft.txt"]).within(folder.path()).run().code(0);
    let report = ran.records().remove(0);
    let check = &report["paraphrases"][0];
    assert_eq!(check["drift"], "surer", "{report}");
    assert_eq!(check["quotation"]["speech"], "direct");
}

#[test]
fn the_table_shows_the_difference() {
    let folder = tempfile::tempdir().unwrap();
    let said = ledger(&folder.path().join("sayso.db"), 40);
    let altered = [(said[0].0.clone(), said[0].1.replacen("we will", "we might", 1))];
    let ran =
        sayso(&["check", "-", "-o", "table"]).within(folder.path()).input(draft(&altered)).run();
    let ran = ran.code(1).says(&["1 of 1 quotation is not in the ledger"]);
    assert!(ran.text().contains("≠ altered"), "{}", ran.text());
    assert!(ran.text().contains("⟨might → will⟩"), "{}", ran.text());
    assert!(ran.text().contains("Ada Quill · Northern Star · 2031-04-03"), "{}", ran.text());
}

#[test]
fn hostile_drafts_are_checked_as_any() {
    let folder = tempfile::tempdir().unwrap();
    ledger(&folder.path().join("sayso.db"), 40);
    for text in [
        "“\" OR words : *” and “NEAR(a b)” and “'; DROP TABLE search; --”".to_owned(),
        "“……” “” “[” “]” “[]” “…[…]…”".to_owned(),
        "“é́́\u{301}\u{301}we\u{202e}will”".to_owned(),
        format!("He said: “{}.”", "we will the and of ".repeat(2000)),
        "“ “ “ “ “".to_owned(),
    ] {
        fs::write(folder.path().join("draft.txt"), &text).unwrap();
        let ran = sayso(&["check", "draft.txt"]).within(folder.path()).run();
        assert!(matches!(ran.code, Some(0 | 1)), "{text}: {}", ran.err);
    }
    sayso(&["check", "nothing.txt"]).within(folder.path()).run().code(3);
    let empty = tempfile::tempdir().unwrap();
    sayso(&["check", "-"])
        .within(empty.path())
        .input("“We will.”")
        .run()
        .code(5)
        .says(&["no ledger"]);
}
