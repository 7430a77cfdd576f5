//! What became of it: resolving by hand and from data, scores, deadlines; through the built command.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{examples, repository, sayso, seeds};

fn at(folder: &Path, arguments: &[&str]) -> crate::Run {
    sayso(arguments).within(folder)
}

fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    at(folder.path(), &["add", &examples()]).run().code(0);
    folder
}

fn data(name: &str) -> String {
    repository("examples/outcomes").join(name).to_str().unwrap().to_owned()
}

const TOWN: &str = "Will Oskaria capture Tarnovyk?";

/// What a file of the examples shows, as JSON lines.
fn shown(file: &str, map: &str) -> Vec<Value> {
    let (file, map) = (data(file), data(map));
    sayso(&["resolve", "--from", &file, "--map", &map, "--dry-run"]).run().code(0).records()
}

#[test]
fn the_examples_data_are_read_by_their_maps() {
    let town = shown("tarnovyk-control.csv", "tarnovyk-control.toml");
    assert_eq!(town[0]["asked"]["text"], TOWN);
    // The day on which almost all was held and lost again does not count.
    let day = "2024-06-22";
    let occurrence = &town[0]["occurrences"][0];
    assert_eq!((&occurrence["earliest"], &occurrence["latest"]), (&day.into(), &day.into()));
    assert_eq!(occurrence["known"], "2024-06-24");
    assert_eq!(town[0]["occurrences"].as_array().unwrap().len(), 1);
    let rate = shown("policy-rate.csv", "policy-rate.toml");
    let days: Vec<&Value> =
        rate[0]["occurrences"].as_array().unwrap().iter().map(|one| &one["latest"]).collect();
    assert_eq!(days, ["2024-09-12", "2024-12-19"]);
    let states: Vec<(String, String)> = shown("elections.csv", "elections.toml")
        .iter()
        .map(|one| {
            (one["asked"]["text"].as_str().unwrap().into(), one["state"].as_str().unwrap().into())
        })
        .collect();
    let expected = [
        ("Will Fennimore Ashgrove win mayor of Lisk?", "true"),
        ("Will Odile Brandvoort win mayor of Lisk?", "false"),
        ("Will Ilario Fontcubert win mayor of Port Ansel?", "true"),
        ("Will Greta Falkenried win mayor of Port Ansel?", "false"),
        ("Will Sunniva Tarleton win mayor of Varne?", "void"),
    ];
    assert_eq!(states, expected.map(|(text, state)| (text.to_owned(), state.to_owned())));
    assert_eq!(
        shown("port-ansel.csv", "port-ansel.toml")[0]["asked"]["text"],
        "Will dockers go on strike?"
    );
}

#[test]
fn a_missed_deadline_stays_missed() {
    let folder = filled();
    let (file, map) = (data("tarnovyk-control.csv"), data("tarnovyk-control.toml"));
    let from = ["resolve", "--from", &file, "--map", &map];
    at(folder.path(), &from).run().code(0).says(&["1 outcome", "to be confirmed"]);
    let sheet = |more: &[&str]| {
        let score = [&["score", "Radomir Velchek", "-o", "json"], more].concat();
        at(folder.path(), &score).run().code(0).records().remove(0)
    };
    assert_eq!(sheet(&[])["deadlines"][0]["deadline"]["fate"], "open", "nobody has confirmed it");
    let waits = at(folder.path(), &["resolve", "-o", "jsonl"]).run().code(0).records();
    let id = waits[0]["outcome"]["id"].as_str().unwrap();
    at(folder.path(), &["resolve", id, "--confirm", "--reviewer", "Ines"]).run().code(0);
    at(folder.path(), &["resolve"]).run().code(1).says(&["No outcome waits"]);
    let sheet_now = sheet(&[]);
    let dates: Vec<(&str, &Value, &Value)> = sheet_now["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["asked"] == TOWN)
        .map(|line| {
            let one = &line["deadline"];
            (one["latest"].as_str().unwrap(), &one["slip"], &one["late"])
        })
        .collect();
    let expected: [(&str, Value, Value); 2] =
        [("2024-03-31", 76.into(), 83.into()), ("2024-06-15", Value::Null, 7.into())];
    let expected: Vec<_> = expected.iter().map(|(day, slip, late)| (*day, slip, late)).collect();
    assert_eq!(dates, expected);
    // In spring nobody could know of June.
    let spring = sheet(&["--as-of", "2024-04-02"]);
    assert_eq!(
        spring["deadlines"].as_array().unwrap().len() + 1,
        sheet_now["deadlines"].as_array().unwrap().len()
    );
    let text = at(folder.path(), &["score", "Radomir Velchek", "-o", "table"]).run().code(0);
    let text = text.text();
    for words in ["did not happen in the stated window", "too few to score", "moved by 76 days"] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    for word in ["lied", "false", "wrong"] {
        assert!(!text.contains(word), "{word} is in {text}");
    }
    let history = at(folder.path(), &["show", TOWN, "-o", "table"]).run().code(0);
    for words in ["Town control, daily: came true on 22 June 2024", "moved the date from"] {
        assert!(history.text().contains(words), "{words} is not in {}", history.text());
    }
}

#[test]
fn ten_resolved_forecasts_read_as_a_reader_finds_them() {
    let folder = filled();
    for name in ["tarnovyk-control", "policy-rate"] {
        let (file, map) = (data(&format!("{name}.csv")), data(&format!("{name}.toml")));
        let from = ["resolve", "--from", &file, "--map", &map, "--reviewer", "Ines", "--confirm"];
        at(folder.path(), &from).run().code(0);
    }
    // The town fell on 22 June; rates were cut on 12 September and on 19 December.
    let (did, did_not) = ("it happened", "it did not happen in the stated window");
    let read = [
        ("Radomir Velchek", "“Tarnovyk will fall by 31 March”", did_not),
        ("Radomir Velchek", "“Oskaria will capture Tarnovyk by 15 June”", did_not),
        ("Institute for Frontline Studies", "unlikely to capture Tarnovyk before April", did_not),
        ("Institute for Frontline Studies", "would probably capture Tarnovyk in June", did),
        ("Pia Lindqvarn", "“A cut in June cannot be ruled out.”", did_not),
        ("Emeka Adeyanju-Holt", "two cuts by the end of the year", did),
        ("Osric Vandermeer", "will cut interest rates by the end of September”", did),
        ("Wilhelmina Tarrant", "would probably cut interest rates in July", did_not),
        ("Jorunn Petrakis", "is unlikely to cut interest rates before September", did_not),
        ("Emil Castellane", "almost certainly cut interest rates by the end of the year”", did),
    ];
    let kind_of_people = |text: &str| {
        for word in ["lied", "liar", "false", "wrong", "broke"] {
            assert!(!text.contains(word), "{word} is in {text}");
        }
    };
    for (speaker, words, became) in read {
        let score = ["score", speaker, "-o", "table"];
        let text = at(folder.path(), &score).run().code(0).text().to_owned();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let from = line.rfind(words).unwrap_or_else(|| panic!("{words} is not in {line}"));
        let entry = line[from..].split(" 2024-").next().unwrap();
        assert!(entry.contains(&format!("? {became}")), "{words}: {entry}");
        assert!(line.contains("too few to score"), "{line}");
        kind_of_people(&text);
    }
    for question in [TOWN, "Will National Bank of Estmark cut interest rates?"] {
        let show = ["show", question, "-o", "table"];
        kind_of_people(at(folder.path(), &show).run().code(0).text());
    }
    let history = ["show", "Will National Bank of Estmark cut interest rates?", "-o", "table"];
    let history = at(folder.path(), &history).run().code(0);
    let history = history.text().split_whitespace().collect::<Vec<_>>().join(" ");
    // Each time on the day on which it was known.
    for words in [
        "2024-09-12 National Bank of Estmark, decisions: came true on 12 September 2024",
        "2024-12-19 National Bank of Estmark, decisions: came true again on 19 December 2024",
    ] {
        assert!(history.contains(words), "{words} is not in {history}");
    }
}

#[test]
fn a_person_resolves_confirms_and_takes_back() {
    let folder = filled();
    let run = |arguments: &[&str]| at(folder.path(), arguments).run();
    run(&["resolve", TOWN, "true", "--reviewer", "Ines"]).code(2).says(&["--as-of"]);
    run(&["resolve", TOWN, "true", "--as-of", "2024-06-24"]).code(2).says(&["--reviewer"]);
    let late = ["resolve", TOWN, "true", "--as-of", "2024-06-24", "--reviewer", "Ines"];
    run(&[&late[..], &["--happened", "2024-06-25"]].concat()).code(2).says(&["contradicts itself"]);
    let source = ["--source", "https://meridian.example/fall", "--quote", "None is left."];
    run(&[&late[..], &["--happened", "2024-06-21..2024-06-22", "--confirm"], &source].concat())
        .code(0)
        .says(&["came true between 21 June 2024 and 22 June 2024, confirmed by Ines"]);
    let one = run(&["resolve", TOWN, "-o", "jsonl"]).code(0).records().remove(0);
    assert_eq!((&one["holds"], &one["ruling"]["reviewer"]), (&true.into(), &"Ines".into()));
    assert_eq!(one["outcome"]["sources"][0]["quotation"], "None is left.");
    // Another resolver says otherwise, and both are shown.
    let gazette = ["resolve", TOWN, "disputed", "--as-of", "2024-06-24", "--resolver", "Gazette"];
    run(&[&gazette[..], &["--reviewer", "Ines", "--confirm"]].concat()).code(0);
    assert_eq!(run(&["resolve", TOWN, "-o", "jsonl"]).code(0).records().len(), 2);
    let cards = run(&["score", "Radomir Velchek", "-o", "csv"]).code(0);
    assert_eq!(cards.text().lines().count(), 4, "{}", cards.text());
    run(&["resolve", TOWN, "--withdraw", "--reviewer", "Ines"]).code(0).says(&["withdrawn"]);
    let after = run(&["resolve", TOWN, "-o", "jsonl"]).code(0).records();
    assert!(after.iter().all(|one| one["holds"] == false), "{after:?}");
    run(&["resolve", "q0nothing"]).code(1);
}

#[test]
fn of_a_broken_file_nothing_is_recorded() {
    let folder = filled();
    let map = data("tarnovyk-control.toml");
    let whole = fs::read_to_string(data("tarnovyk-control.csv")).unwrap();
    let broken = |from: &str, to: &str| {
        assert!(whole.contains(from));
        let path = folder.path().join("control.csv");
        fs::write(&path, whole.replacen(from, to, 1)).unwrap();
        let path = path.to_str().unwrap();
        at(folder.path(), &["resolve", "--from", path, "--map", &map]).run().code(2)
    };
    broken("2024-02-24,0:", "2024-02-24,0;").says(&[
        "row 6",
        "column Tarnovyk",
        "Nothing was recorded",
    ]);
    broken("2024-02-24,", "24 Feb,").says(&["row 6", "column day", "24 Feb"]);
    broken("2024-02-24,", "2024-02-22,").says(&["row 6", "column day", "not in order"]);
    broken("2024-02-25,", "2024-02-25,1:1.00,").says(&["row 7", "3"]);
    broken("day,Tarnovyk", "day,Lisk").says(&["no column Tarnovyk"]);
    at(folder.path(), &["resolve", "-o", "jsonl"]).run().code(1);
    let map = folder.path().join("map.toml");
    for (text, words) in [
        ("resolver = 3", "row 1"),
        ("resolver = 'x'\n[rows]\nday = 'd'\nweek = 'w'\n", "row 4"),
        (
            "resolver = 'x'\n[rows]\nday = 'day'\neach = ['*']\n[rule]\nkind = 'level'\n[question]\ntext = 'x'",
            "at_least",
        ),
    ] {
        fs::write(&map, text).unwrap();
        let file = data("tarnovyk-control.csv");
        let arguments = ["resolve", "--from", &file, "--map", map.to_str().unwrap(), "--dry-run"];
        at(folder.path(), &arguments).run().code(2).says(&["map.toml", words]);
    }
}

#[test]
fn questions_of_a_file_can_be_asked() {
    let folder = filled();
    let (file, map) = (data("elections.csv"), data("elections.toml"));
    let from = ["resolve", "--from", &file, "--map", &map];
    at(folder.path(), &from).run().code(1).says(&["--ask"]);
    at(folder.path(), &[&from[..], &["--ask"]].concat())
        .run()
        .code(0)
        .says(&["5 outcomes, 5 of them new"]);
    at(folder.path(), &[&from[..], &["--ask"]].concat())
        .run()
        .code(0)
        .says(&["5 outcomes, 0 of them new"]);
    // A statement that speaks of it comes to bear on it.
    let line = r#"{"id": "a", "published": "2024-10-02", "outlet": "Evening Lamp",
        "text": "Fennimore Ashgrove will probably win the election in Lisk on 21 October, said Ilse Marquandt."}"#;
    at(folder.path(), &["add", "-", "--input-format", "jsonl"])
        .input(line.replace('\n', " "))
        .run()
        .code(0);
    at(folder.path(), &["doctor"]).run().code(0);
}

#[test]
fn a_plot_needs_a_score_and_is_light_and_dark() {
    let folder = filled();
    let plot = folder.path().join("plot.svg");
    let arguments = ["score", "Radomir Velchek", "--plot", plot.to_str().unwrap()];
    at(folder.path(), &arguments).run().code(1).says(&["too few to score"]);
    assert!(!plot.exists());
    // Twelve questions of one speaker, each with its outcome.
    let mut lines = Vec::new();
    let mut rows = vec!["declared,office,candidate,votes,result".to_owned()];
    for i in 0..12 {
        let name = format!("Arne Holt{}", (b'a' + i) as char);
        lines.push(
            serde_json::json!({
                "id": format!("a{i}"), "published": "2031-03-02", "outlet": "Evening Lamp",
                "text": format!("{name} will likely resign by 30 April 2031, Ada Quill said on Sunday."),
            })
            .to_string(),
        );
        let result = if i % 3 == 0 { "not elected" } else { "elected" };
        rows.push(format!("2031-04-0{},x,{name},1,{result}", 1 + i / 3));
    }
    at(folder.path(), &["add", "-", "--input-format", "jsonl"])
        .input(lines.join("\n"))
        .run()
        .code(0);
    // The list tells of all its days: who is not on it by the last did not leave.
    rows.push("2031-04-30,x,Jo Brandt,1,elected".to_owned());
    let file = folder.path().join("left.csv");
    fs::write(&file, rows.join("\n")).unwrap();
    let map = folder.path().join("left.toml");
    let text = fs::read_to_string(data("elections.toml")).unwrap();
    let text = text.replace("Will {candidate} win {office}?", "Will {candidate} resign?");
    let text = text.replace("win_election", "resign").replace("target = \"{office}\"\n", "");
    fs::write(&map, text).unwrap();
    let from = ["resolve", "--from", file.to_str().unwrap(), "--map", map.to_str().unwrap()];
    at(folder.path(), &[&from[..], &["--reviewer", "Ines", "--confirm"]].concat()).run().code(0);
    let arguments = ["score", "Ada Quill", "-o", "json", "--plot", plot.to_str().unwrap()];
    let sheet = at(folder.path(), &arguments).run().code(0).records().remove(0);
    let card = &sheet["scores"]["lines"][0]["card"];
    assert!(card["questions"].as_u64().unwrap() >= 10, "{card}");
    assert_eq!(card["standing"], "provisional", "{card}");
    let svg = fs::read_to_string(&plot).unwrap();
    for part in ["prefers-color-scheme:dark", "Ada Quill", "class=\"dot\"", "<title>"] {
        assert!(svg.contains(part), "{part} is not in {svg}");
    }
}

/// A corpus beside the articles for measuring, where the checkout has them.
fn corpus(path: &str) -> Option<String> {
    let file = seeds()?.with_file_name("corpora").join(path);
    file.is_file().then(|| file.to_str().unwrap().to_owned())
}

#[test]
fn the_good_judgment_questions_are_read_as_their_file_answers_them() {
    let Some(file) = corpus("forecasts/good-judgment-dev.jsonl.gz") else { return };
    let map = data("good-judgment.toml");
    let shown =
        sayso(&["resolve", "--from", &file, "--map", &map, "--dry-run"]).run().code(0).records();
    // A second reading of the file, with nothing shared but JSON.
    let mut text = String::new();
    let packed = fs::File::open(&file).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed), &mut text).unwrap();
    let (mut asked, mut void) = (0, 0);
    for (row, line) in (1_u64..).zip(text.lines()) {
        let question: Value = serde_json::from_str(line).unwrap();
        let own: Vec<&Value> = shown.iter().filter(|one| one["rows"][0] == row).collect();
        let states: Vec<&str> = own.iter().map(|one| one["state"].as_str().unwrap()).collect();
        asked += 1;
        let words = question["q_text"].as_str().unwrap().trim();
        assert!(
            own.iter().all(|one| one["asked"]["text"].as_str().unwrap().contains(words)),
            "{question}"
        );
        // 31 December 2011 is 12/31/11 in the file.
        let close = own[0]["window"]["latest"].as_str().unwrap();
        let parts: Vec<u32> = close.split('-').map(|part| part.parse().unwrap()).collect();
        let printed = format!("{}/{}/{}", parts[1], parts[2], parts[0] % 100);
        assert_eq!(question["date_to_close"], printed, "{question}");
        if question["q_status"] == "voided" {
            void += 1;
            assert!(states.iter().all(|state| *state == "void"), "{question}");
            continue;
        }
        let letter = question["outcome"].as_str().unwrap();
        let options = question["options"].as_str().unwrap();
        let is_yes_or_no = states.len() == 1;
        assert_eq!(is_yes_or_no, options.ends_with("(a) Yes, (b) No"), "{question}");
        let right: Vec<usize> = (0..states.len()).filter(|i| states[*i] == "true").collect();
        let wanted = usize::from(letter.as_bytes()[0] - b'a');
        if is_yes_or_no {
            assert_eq!(right.len(), usize::from(wanted == 0), "{question}");
        } else {
            assert_eq!(right, [wanted], "{question}");
            assert!(states.iter().all(|state| *state == "true" || *state == "false"));
        }
    }
    assert_eq!((asked, void), (370, 70));
    // And into a ledger.
    let folder = filled();
    let from =
        ["resolve", "--from", &file, "--map", &map, "--ask", "--confirm", "--reviewer", "Ines"];
    let all = format!("{0} outcomes, {0} of them new, confirmed", shown.len());
    at(folder.path(), &from).run().code(0).says(&[&all]);
    at(folder.path(), &["doctor"]).run().code(0);
}

#[test]
fn the_daily_control_of_cities_gives_the_day_of_each() {
    let Some(file) = corpus("events/city-control-daily.csv.gz") else { return };
    let map = data("city-control.toml");
    let arguments = ["resolve", "--from", &file, "--map", &map, "--dry-run", "-o", "csv"];
    let shown = sayso(&arguments).run().code(0);
    let mut rows = csv::Reader::from_reader(shown.text().as_bytes());
    let found: Vec<(String, String, String)> = rows
        .records()
        .map(|row| {
            let row = row.unwrap();
            let city = row[0].trim_start_matches("Will Russia capture ").trim_end_matches('?');
            (city.to_owned(), row[1].to_owned(), row[2].to_owned())
        })
        .collect();
    assert_eq!(found.len(), 20);
    // The rule a second time, by looking back from each day.
    let mut text = String::new();
    let packed = fs::File::open(&file).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed), &mut text).unwrap();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let head = table.headers().unwrap().clone();
    let days: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    for (city, state, first) in &found {
        let column = head.iter().position(|name| name == city).unwrap();
        let held = |row: usize| {
            days[row][column].split_once(':').unwrap().1.parse::<f64>().unwrap() >= 0.99
        };
        let date = |row: usize| days[row][0].parse::<jiff::civil::Date>().unwrap();
        let lasts = |row: usize| {
            let end = (row..days.len()).find(|later| (date(*later) - date(row)).get_days() >= 2);
            end.is_some_and(|end| (row..=end).all(held))
        };
        let start = (0..days.len()).find(|row| held(*row) && lasts(*row));
        assert_eq!(state == "true", start.is_some(), "{city}");
        if let Some(start) = start {
            assert!(first.ends_with(&date(start).to_string()), "{city}: {first}");
        }
    }
    let pending = found.iter().filter(|row| row.1 == "pending").count();
    assert_eq!((found.len() - pending, pending), (15, 5));
}
