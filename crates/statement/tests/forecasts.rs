//! Sentences of our own making against what a careful reader takes from them.

use std::collections::BTreeMap;

use sayso_model::{Article, Published, Span, Speech};
use sayso_statement::{Attribution, Context, Ground, Tables, meaning, split};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    day: String,
    /// Fields that are not read yet; one that comes right loses its place here.
    #[serde(default)]
    later: Vec<String>,
    /// The words that give the sentence as somebody's; the content is what stands behind them.
    cue: Option<String>,
    certainty: Option<String>,
    window: Option<String>,
    condition: Option<String>,
    kind: Option<String>,
    polarity: Option<String>,
    event: Option<String>,
    actor: Option<String>,
    target: Option<String>,
    /// Names in order, "-" for none.
    places: Option<String>,
    /// Their words, each with its numbers: "40 boats 40..40".
    quantities: Option<String>,
}

/// Reads a sentence as the whole of a statement's content.
fn read(text: &str, day: Option<&str>, tables: &Tables) -> meaning::Meaning {
    read_behind(text, day, None, tables)
}

/// Reads what stands behind a cue; without one, all.
fn read_behind(
    text: &str,
    day: Option<&str>,
    cue: Option<&str>,
    tables: &Tables,
) -> meaning::Meaning {
    let article = article(text, day);
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, tables);
    let context = Context { article: &article, language: &language, tables, ground: &ground };
    let cue = cue.map(|cue| {
        let at = text.find(cue).expect("the cue stands in the text");
        Span::new(at, at + cue.len())
    });
    let from = cue.map_or(0, |cue| cue.end as usize);
    let content = attribution(Span::new(from, text.len()).trim(text));
    meaning::read(&context, &Attribution { cue: cue.into_iter().collect(), ..content }, None, None)
}

/// An article of one sentence.
fn article(text: &str, day: Option<&str>) -> Article {
    Article {
        published: day.map(|d| Published::day(d.parse().expect("a day"))),
        ..Article::of_text("case", text)
    }
}

/// A statement of nobody's.
fn attribution(content: Span) -> Attribution {
    Attribution {
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![content],
        speech: Speech::Indirect,
        within: None,
        continues: None,
        relayed: None,
        confidence: 1.0,
    }
}

fn found(case: &Case, tables: &Tables) -> BTreeMap<&'static str, String> {
    let meaning = read_behind(&case.text, Some(&case.day), case.cue.as_deref(), tables);
    let none = || "-".to_owned();
    let end = |d: Option<jiff::civil::Date>| d.map_or("?".to_owned(), |d| d.to_string());
    let window =
        meaning.window.map_or_else(none, |w| format!("{}..{}", end(w.earliest), end(w.latest)));
    let event = meaning.event;
    let name = |e: Option<&sayso_model::Entity>| e.map_or_else(none, |e| e.name.clone());
    let listed = |all: Vec<String>| if all.is_empty() { none() } else { all.join(", ") };
    let number = |n: Option<f64>| n.map_or("?".to_owned(), |n| n.to_string());
    let quantity =
        |q: &sayso_model::Quantity| format!("{} {}..{}", q.text, number(q.low), number(q.high));
    BTreeMap::from([
        ("places", listed(meaning.places.into_iter().map(|p| p.name).collect())),
        ("quantities", listed(meaning.quantities.iter().map(quantity).collect())),
        ("certainty", meaning.certainty.map_or_else(none, |c| row(tables, &c))),
        ("window", window),
        ("condition", meaning.condition.map_or_else(none, |c| c.text)),
        ("kind", meaning.kind.word().to_owned()),
        ("polarity", meaning.polarity.word().to_owned()),
        ("actor", name(event.as_ref().and_then(|e| e.actor.as_ref()))),
        ("target", name(event.as_ref().and_then(|e| e.target.as_ref()))),
        ("event", event.map_or_else(none, |e| e.class)),
    ])
}

/// The phrase of the table under which a certainty's words stand, else the words themselves.
fn row(tables: &Tables, certainty: &sayso_model::Certainty) -> String {
    let row = tables.hedges.rows.iter().find(|row| {
        let numbers =
            (row.low, row.mid, row.high) == (certainty.low, certainty.mid, certainty.high);
        numbers
            && row.class == Some(certainty.class)
            && tables.hedges.says(&certainty.term).contains(&row.term.as_str())
    });
    row.map_or_else(|| certainty.term.clone(), |row| row.term.clone())
}

/// Whether a name is the one that is wanted: in small letters at the head of a sentence too, and with the
/// words that describe it.
fn names(found: &str, wanted: &str) -> bool {
    let (found, wanted) = (found.to_lowercase(), wanted.to_lowercase());
    let held = found.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w == wanted);
    found == wanted || held || found.contains(&format!("{wanted} ")) || found.ends_with(&wanted)
}

#[test]
fn sentences_mean_what_a_careful_reader_takes_from_them() {
    let tables = Tables::english().expect("the shipped tables");
    let cases: Cases = toml::from_str(include_str!("forecasts.toml")).expect("the cases");
    let (mut judged, mut wrong) = (0, Vec::new());
    // Right and judged, by field.
    let mut fields: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for case in &cases.case {
        let found = found(case, &tables);
        let wanted = [
            ("certainty", &case.certainty),
            ("window", &case.window),
            ("condition", &case.condition),
            ("kind", &case.kind),
            ("polarity", &case.polarity),
            ("event", &case.event),
            ("actor", &case.actor),
            ("target", &case.target),
            ("places", &case.places),
            ("quantities", &case.quantities),
        ];
        for (key, wanted) in wanted {
            let Some(wanted) = wanted else { continue };
            judged += 1;
            let field = fields.entry(key).or_default();
            field.1 += 1;
            let name = matches!(key, "actor" | "target") && wanted != "-";
            let right = found[key] == *wanted || name && names(&found[key], wanted);
            if case.later.iter().any(|l| l == key) {
                if right {
                    wrong
                        .push(format!("{key} is read now, so take it out of later: {}", case.text));
                }
            } else if right {
                field.0 += 1;
            } else {
                wrong.push(format!("{key}: {} is not {wanted}: {}", found[key], case.text));
            }
        }
    }
    let table: Vec<String> =
        fields.iter().map(|(key, (right, all))| format!("{key}: {right} of {all}")).collect();
    let report = format!("{}\n{}", table.join(", "), wrong.join("\n"));
    eprintln!("{report}");
    assert!(cases.case.len() >= 150 && judged > 380, "only {judged} readings are judged");
    assert!(wrong.is_empty(), "{} of {judged} wrong\n{report}", wrong.len());
}

#[test]
fn a_window_without_a_publication_date_keeps_its_words() {
    let tables = Tables::english().expect("the shipped tables");
    let meaning = read("The port of Mellin may fall in the coming days.", None, &tables);
    let window = meaning.window.expect("a window");
    assert_eq!(window.text, "in the coming days");
    assert_eq!(
        (window.earliest, window.latest, window.rule.as_str()),
        (None, None, "coming-days@3")
    );
}

#[test]
fn low_likelihood_beside_cannot_be_ruled_out_stays_above_zero() {
    let tables = Tables::english().expect("the shipped tables");
    let text = "The chance of a truce is minimal, but it cannot be ruled out.";
    let certainty = read(text, Some("2031-03-10"), &tables).certainty.expect("a certainty");
    assert_eq!(certainty.term, "minimal");
    assert!(certainty.low.is_some_and(|low| low > 0.0) && certainty.high.is_some_and(|h| h < 0.2));
}

#[test]
fn towns_in_a_list_are_places_of_their_own() {
    let tables = Tables::english().expect("the shipped tables");
    let text = "Troops hold four towns in Ukraine:\nKostiantynivka\nKupiansk\nVovchansk\nPokrovsk.";
    let places = read(text, None, &tables).places;
    let ids: Vec<_> = places.iter().filter_map(|p| p.geonameid).collect();
    assert_eq!(ids, [690_791, 705_104, 703_656, 689_304, 704_422]);
}

/// Actor and target of each statement that a sentence makes.
fn claims(text: &str, tables: &Tables) -> Vec<String> {
    let article = article(text, Some("2031-03-10"));
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, tables);
    let context = Context { article: &article, language: &language, tables, ground: &ground };
    let whole = attribution(Span::new(0, text.len()));
    let name = |e: Option<&sayso_model::Entity>| e.map_or("-".to_owned(), |e| e.name.clone());
    let claim = |content: Vec<Span>| {
        let event =
            meaning::read(&context, &Attribution { content, ..whole.clone() }, None, None).event;
        let event = event.expect("an event");
        let (actor, target) = (name(event.actor.as_ref()), name(event.target.as_ref()));
        format!("{} {actor} > {target}", event.class)
    };
    split::read(&context, &whole, None).into_iter().map(claim).collect()
}

#[test]
fn each_of_several_who_bear_a_name_has_a_claim_of_their_own() {
    let tables = Tables::english().expect("the shipped tables");
    let cases: [(&str, &[&str]); 12] = [
        (
            "Oskarian and Velanian troops may attack the town of Varne.",
            &["attack Oskaria > Varne", "attack Velania > Varne"],
        ),
        (
            "Polish, Latvian and Estonian forces could strike the port of Mellin.",
            &["attack Poland > Mellin", "attack Latvia > Mellin", "attack Estonia > Mellin"],
        ),
        (
            "The police may arrest Polish and Latvian farmers.",
            &["arrest police > Polish farmers", "arrest police > Latvian farmers"],
        ),
        (
            "The following ministers will resign:\nKarin Holm\nIvo Stark\nIlva Tarn",
            &["resign Karin Holm > -", "resign Ivo Stark > -", "resign Ilva Tarn > -"],
        ),
        (
            "The police may arrest the following:\n- Karin Holm, mayor of Lisk\n- Ivo Stark, a banker",
            &["arrest police > Karin Holm", "arrest police > Ivo Stark"],
        ),
        (
            "The court will charge the following people: Karin Holm, Ivo Stark and Ilva Tarn.",
            &["charge court > Karin Holm", "charge court > Ivo Stark", "charge court > Ilva Tarn"],
        ),
        (
            "Estmark, Varland and Oskaria will sign a peace deal on Friday.",
            &["agree Estmark > Varland", "agree Estmark > Oskaria", "agree Varland > Oskaria"],
        ),
        (
            "Estmark and Varland will hold talks with Oskaria.",
            &["negotiate Estmark > Oskaria", "negotiate Varland > Oskaria"],
        ),
        (
            "Troops from Oskaria and Velania will attack Varne.",
            &["attack Oskaria > Varne", "attack Velania > Varne"],
        ),
        (
            "Oskaria, Velania, Estmark and Varland will hold talks in May.",
            &[
                "negotiate Oskaria > Velania",
                "negotiate Oskaria > Estmark",
                "negotiate Oskaria > Varland",
                "negotiate Velania > Estmark",
                "negotiate Velania > Varland",
                "negotiate Estmark > Varland",
            ],
        ),
        // What is no list of parties makes one claim.
        (
            "Estmark and Varland will sign a peace deal on Friday with Oskaria watching.",
            &["agree Estmark > Varland"],
        ),
        (
            "The court will charge the following crimes: theft and fraud.",
            &["charge court > crimes"],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(claims(text, &tables), wanted, "{text}");
    }
}

#[test]
fn each_town_of_a_list_has_a_claim_of_its_own_whatever_follows_the_list() {
    let tables = Tables::english().expect("the shipped tables");
    let three = ["capture Oskaria > Varne", "capture Oskaria > Lisk", "capture Oskaria > Mellin"];
    for text in [
        "Oskaria will capture Varne, Lisk and Mellin.",
        "Oskaria will capture Varne, Lisk and Mellin by June.",
        "Oskaria will seize Varne, Lisk and Mellin in the coming days with help from Norland.",
        "Oskaria may capture Varne, Lisk, and Mellin from the north if winter is mild.",
        "By June, Oskaria will capture Varne, Lisk and Mellin without a fight.",
    ] {
        assert_eq!(claims(text, &tables), three, "{text}");
    }
    let cases: [(&str, &[&str]); 2] = [
        ("Varne, Lisk and Mellin will fall by June.", &["- > Varne", "- > Lisk", "- > Mellin"]),
        ("Poltava and Kherson will fall.", &["- > Poltava", "- > Kherson"]),
    ];
    for (text, wanted) in cases {
        let found = claims(text, &tables);
        let found: Vec<_> = found.iter().map(|c| c.trim_start_matches("capture ")).collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn the_length_of_a_window_is_no_quantity_of_the_statement() {
    let tables = Tables::english().expect("the shipped tables");
    let text = "Within three weeks 40 boats may leave the port of Mellin.";
    let quantities = read(text, Some("2031-03-10"), &tables).quantities;
    let texts: Vec<_> = quantities.iter().map(|q| q.text.as_str()).collect();
    assert_eq!(texts, ["40 boats"]);
}

#[test]
fn an_institution_with_a_standard_is_read_on_its_scale() {
    let tables = Tables::english().expect("the shipped tables");
    let text = "The IPCC said that a flood of the delta is likely by 2040.";
    let sure = |source: &str, text: &str| {
        let at = text.find(source).expect("the source");
        let content = text.find("a flood").expect("the content");
        certainty_of(text, Span::new(at, at + source.len()), content, &tables)
    };
    let found = sure("The IPCC", text);
    assert_eq!((found.scale.as_str(), found.low, found.high), ("ipcc", Some(0.66), Some(1.0)));
    let text = "The mayor said that a flood of the delta is likely by 2040.";
    assert_eq!(sure("The mayor", text).scale, "general");
}

#[test]
fn what_a_cue_feels_or_wishes_decides_the_kind() {
    let tables = Tables::english().expect("the shipped tables");
    let cases = [
        ("The mayor fears", "that the town will fall.", "forecast"),
        ("The mayor feared", "a strike of the dockers.", "forecast"),
        ("The mayor fears", "reprisal.", "forecast"),
        ("The mayor fears", "that the dam has burst.", "assessment"),
        ("The mayor is worried", "that the dam has burst.", "assessment"),
        ("The mayor is worried", "about the harvest.", "assessment"),
        ("The mayor hopes", "that the bank will cut rates.", "intention"),
        ("The mayor hoped", "the talks would succeed.", "intention"),
        ("The mayor predicts", "that the town will fall.", "forecast"),
        ("The mayor said", "that the dam has burst.", "report"),
    ];
    for (said, content, kind) in cases {
        let text = format!("{said} {content}");
        let language = sayso_language::read(&text);
        let ground = Ground::read(&language, &tables);
        let article = article(&text, None);
        let context =
            Context { article: &article, language: &language, tables: &tables, ground: &ground };
        let cue = Span::new("The mayor ".len(), said.len());
        let attribution =
            Attribution { cue: vec![cue], ..attribution(Span::new(said.len() + 1, text.len())) };
        assert_eq!(meaning::read(&context, &attribution, None, None).kind.word(), kind, "{text}");
    }
}

/// The certainty of what a source says, from a byte to the end.
fn certainty_of(
    text: &str,
    source: Span,
    content: usize,
    tables: &Tables,
) -> sayso_model::Certainty {
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, tables);
    let article = article(text, None);
    let context = Context { article: &article, language: &language, tables, ground: &ground };
    let attribution =
        Attribution { source: vec![source], ..attribution(Span::new(content, text.len())) };
    meaning::read(&context, &attribution, None, None).certainty.expect("a certainty")
}
