//! `tests/cases/*.md`: articles in miniature with what a careful reader takes from them. The
//! format is described in `tests/cases/README.md`.

use std::{fmt::Write as _, fs, path::Path};

use sayso_model::{Published, Statement};

/// One case of a file.
struct Case {
    file: String,
    line: usize,
    heading: String,
    article: String,
    expected: Vec<Block>,
}

/// What a case expects.
struct Block {
    line: usize,
    kind: String,
    /// The reason of a block that cannot be met yet.
    miss: Option<String>,
    fields: Vec<(String, String)>,
}

#[test]
fn cases_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut cases, mut wrong, mut misses) = (0, String::new(), 0);
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|ending| ending != "md") || name == "README.md" {
            continue;
        }
        for case in parse(&name, &fs::read_to_string(&path).unwrap()) {
            cases += 1;
            misses += case.expected.iter().filter(|block| block.miss.is_some()).count();
            check(&case, &mut wrong);
        }
    }
    assert!(cases >= 25, "only {cases} cases were found");
    eprintln!("{cases} cases, {misses} known misses");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Splits a file into its cases.
fn parse(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<(usize, String, String)> = None;
    for (i, line) in text.lines().enumerate() {
        match &mut block {
            None if line.starts_with("## ") => cases.push(Case {
                file: file.to_owned(),
                line: i + 1,
                heading: line[3..].to_owned(),
                article: String::new(),
                expected: Vec::new(),
            }),
            None if line.starts_with("```") && line.len() > 3 => {
                block = Some((i + 1, line[3..].trim().to_owned(), String::new()));
            }
            Some(_) if line == "```" => {
                let (line, kind, body) = block.take().unwrap();
                let case = cases.last_mut().unwrap_or_else(|| panic!("{file}:{line}: no heading"));
                if kind == "article" {
                    case.article = body;
                } else {
                    case.expected.push(expected(file, line, kind, &body));
                }
            }
            Some((_, _, body)) => {
                body.push_str(line);
                body.push('\n');
            }
            None => {}
        }
    }
    assert!(block.is_none(), "{file}: the last block is not closed");
    for case in &cases {
        assert!(!case.article.is_empty(), "{file}:{}: no article", case.line);
        assert!(!case.expected.is_empty(), "{file}:{}: nothing is expected", case.line);
    }
    cases
}

fn expected(file: &str, line: usize, kind: String, body: &str) -> Block {
    let mut block = Block { line, kind, miss: None, fields: Vec::new() };
    assert!(
        ["statement", "nothing", "count"].contains(&block.kind.as_str()),
        "{file}:{line}: no such block: {}",
        block.kind
    );
    for row in body.lines() {
        let Some((key, value)) = row.split_once(':') else {
            panic!("{file}:{line}: not `field: value`: {row}");
        };
        let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
        if key == "known" {
            let reason =
                value.strip_prefix("miss").unwrap_or_default().trim_matches([' ', '(', ')']);
            assert!(!reason.is_empty(), "{file}:{line}: a known miss says why");
            block.miss = Some(reason.to_owned());
        } else {
            block.fields.push((key, value));
        }
    }
    block
}

/// A day of publication; of "2031-04" or "2031" the month or the year is all that is known.
fn day_or_month(value: &str) -> Published {
    if let Ok(day) = value.parse() {
        return Published::day(day);
    }
    let (rest, precision) = match value.len() {
        4 => ("-01-01", sayso_model::Precision::Year),
        _ => ("-01", sayso_model::Precision::Month),
    };
    let date = format!("{value}{rest}").parse().unwrap();
    Published { precision, ..Published::day(date) }
}

/// The statements that the product reads from a case's article.
fn statements(article: &str) -> Vec<Statement> {
    let (mut title, mut outlet, mut published) = (None, None, None);
    let mut rest = article;
    while let Some((line, after)) = rest.split_once('\n') {
        match line.split_once(": ") {
            Some(("title", value)) => title = Some(value.to_owned()),
            Some(("outlet", value)) => outlet = Some(value.to_owned()),
            Some(("published", value)) => published = Some(day_or_month(value)),
            _ if line.is_empty() => {
                rest = after;
                break;
            }
            _ => break,
        }
        rest = after;
    }
    let text = rest.trim_end().to_owned();
    let article = sayso_model::Article {
        outlet,
        title,
        published,
        ..sayso_model::Article::of_text("case", &text)
    };
    let language = sayso_language::read(&article.text);
    sayso_statement::read(&article, &language, crate::tables())
}

fn check(case: &Case, wrong: &mut String) {
    let found = statements(&case.article);
    let mut used = vec![false; found.len()];
    for block in &case.expected {
        let place = format!("tests/cases/{}:{}: {}", case.file, block.line, case.heading);
        let failure = match block.kind.as_str() {
            "nothing" => {
                (!found.is_empty()).then(|| format!("nothing was expected{}", listed(&found)))
            }
            "count" => {
                let wanted = block.fields.iter().find(|(key, _)| key == "statements");
                let wanted: usize = wanted.expect("a count").1.parse().expect("a number");
                (found.len() != wanted)
                    .then(|| format!("{wanted} statements were expected{}", listed(&found)))
            }
            _ => {
                let fits = (0..found.len())
                    .find(|i| !used[*i] && differences(block, &found[*i]).is_empty());
                if let Some(i) = fits {
                    used[i] = true;
                }
                fits.is_none().then(|| nearest(block, &found, &used))
            }
        };
        match (&block.miss, failure) {
            (None, Some(words)) => writeln!(wrong, "{place}\n{words}").unwrap(),
            (Some(reason), None) => writeln!(
                wrong,
                "{place}\n  this is met now: take out the line `known: miss ({reason})`\n"
            )
            .unwrap(),
            _ => {}
        }
    }
}

/// The statement that comes nearest, field by field.
fn nearest(block: &Block, found: &[Statement], used: &[bool]) -> String {
    let free = (0..found.len()).filter(|i| !used[*i]);
    let Some(best) = free.min_by_key(|i| differences(block, &found[*i]).len()) else {
        return format!("  no statement is left to fit{}", listed(found));
    };
    let mut out = format!("  nearest: {}\n", brief(&found[best]));
    for (key, wanted, got) in differences(block, &found[best]) {
        writeln!(out, "  - {key}: {wanted}\n  + {key}: {got}").unwrap();
    }
    out
}

fn listed(found: &[Statement]) -> String {
    found.iter().fold(format!("; read {}\n", found.len()), |mut out, one| {
        writeln!(out, "    {}", brief(one)).unwrap();
        out
    })
}

fn brief(one: &Statement) -> String {
    let speaker = one.speaker.as_ref().map_or("nobody", |s| s.name.as_str());
    format!("{speaker}: {} {}", one.speech.word(), content(one))
}

fn content(one: &Statement) -> String {
    one.content.iter().map(|span| span.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The fields that do not fit: field, expected, read.
fn differences(block: &Block, one: &Statement) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for (key, wanted) in &block.fields {
        let (fits, got) = compare(key, wanted, one);
        if !fits {
            out.push((key.clone(), wanted.clone(), got));
        }
    }
    out
}

fn compare(key: &str, wanted: &str, one: &Statement) -> (bool, String) {
    let same = |got: Option<&str>| {
        let got = got.unwrap_or("none");
        (got.to_lowercase() == wanted.to_lowercase(), got.to_owned())
    };
    let part = |got: Option<&str>| {
        let got = got.unwrap_or("none");
        let fits = if wanted == "none" { got == "none" } else { got.contains(wanted) };
        (fits, got.to_owned())
    };
    let speaker = one.speaker.as_ref();
    let certainty = one.certainty.as_ref();
    match key {
        "speaker" => same(speaker.map(|s| s.name.as_str())),
        "speaker.kind" => same(speaker.map(|s| s.kind.word())),
        "role" => same(speaker.and_then(|s| s.role.as_deref())),
        "via" => {
            let names: Vec<_> = one.chain.iter().map(|link| link.name.as_str()).collect();
            same(if names.is_empty() { None } else { Some(names.join(" > ")) }.as_deref())
        }
        "content" => part(Some(&content(one))),
        "all" => {
            let got = content(one);
            // Where pieces join, whether a comma or a point belongs to the first is nobody's concern.
            let bare = |text: &str| -> String {
                text.chars()
                    .filter(|c| c.is_alphanumeric() || *c == ' ')
                    .collect::<String>()
                    .trim()
                    .to_owned()
            };
            (bare(&got) == bare(wanted), got)
        }
        "speech" => same(Some(one.speech.word())),
        "kind" => same(Some(one.kind.word())),
        "polarity" => same(Some(one.polarity.word())),
        "term" => same(certainty.map(|c| c.term.as_str())),
        "class" => {
            let word = certainty.map(|c| serde_json::to_value(c.class).unwrap());
            same(word.as_ref().and_then(|word| word.as_str()))
        }
        "range" => {
            let number = |n: Option<f64>| n.map(|n| format!("{n:.2}")).unwrap_or_default();
            let got = certainty.map(|c| format!("{}-{}", number(c.low), number(c.high)));
            (
                certainty.is_some_and(|c| in_range(wanted, c.low, c.high)),
                got.unwrap_or("none".into()),
            )
        }
        "condition" => part(one.condition.as_ref().map(|c| c.text.as_str())),
        "window" => {
            let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            let got = one.window.as_ref().map(|w| match (w.earliest, w.latest) {
                (None, None) => "undated".to_owned(),
                (earliest, latest) => format!("{}..{}", date(earliest), date(latest)),
            });
            // "..D" asks for the end alone.
            match (&got, wanted.strip_prefix("..")) {
                (Some(got), Some(end)) => (got.ends_with(&format!("..{end}")), got.clone()),
                _ => same(got.as_deref()),
            }
        }
        "event" => {
            let name =
                |e: Option<&sayso_model::Entity>| e.map_or("_".to_owned(), |e| e.name.clone());
            let got = one.event.as_ref().map(|e| {
                format!("{}({}, {})", e.class, name(e.actor.as_ref()), name(e.target.as_ref()))
            });
            let fits = match &got {
                Some(got) => is_event(wanted, got),
                None => wanted == "none",
            };
            (fits, got.unwrap_or("none".into()))
        }
        "place" => {
            let names: Vec<_> = one.places.iter().map(|p| p.name.as_str()).collect();
            (names.contains(&wanted), names.join(", "))
        }
        "said" => {
            let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            let got = one.said.as_ref();
            same(got.map(|s| format!("{}..{}", date(s.earliest), date(s.latest))).as_deref())
        }
        "quantity" => {
            let all: Vec<_> = one.quantities.iter().map(figure).collect();
            let words = |text: &str| -> Vec<String> {
                text.split(" | ").map(|word| word.trim().to_owned()).collect()
            };
            let wanted = words(wanted);
            let fits = |got: &String| words(got).starts_with(&wanted);
            (all.iter().any(fits), all.join(", "))
        }
        "drift" => same(Some(if one.drift.is_empty() { "no" } else { "yes" })),
        _ => panic!("no such field: {key}"),
    }
}

/// `words | low..high | what is counted`, an open end left empty.
fn figure(quantity: &sayso_model::Quantity) -> String {
    let end = |n: Option<f64>| n.map(|n| format!("{n}")).unwrap_or_default();
    let of = quantity.of.as_deref().unwrap_or("none");
    format!("{} | {}..{} | {of}", quantity.text, end(quantity.low), end(quantity.high))
}

/// Both ends within 0.10; an end left out must be missing or meaningless (0 or 1).
fn in_range(wanted: &str, low: Option<f64>, high: Option<f64>) -> bool {
    let (first, last) = wanted.split_once('-').expect("a range is written low-high");
    let end = |wanted: &str, got: Option<f64>, open: f64| match wanted.parse::<f64>() {
        Ok(wanted) => got.is_some_and(|got| (got - wanted).abs() < 0.101),
        Err(_) => got.is_none_or(|got| (got - open).abs() < f64::EPSILON),
    };
    end(first, low, 0.0) && end(last, high, 1.0)
}

/// `class(actor, target)` with `_` for any.
fn is_event(wanted: &str, got: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        text.trim_end_matches(')')
            .splitn(2, '(')
            .flat_map(|half| half.split(", "))
            .map(str::to_owned)
            .collect()
    };
    let (wanted, got) = (parts(wanted), parts(got));
    wanted.len() == got.len() && wanted.iter().zip(&got).all(|(w, g)| w == "_" || w == g)
}
