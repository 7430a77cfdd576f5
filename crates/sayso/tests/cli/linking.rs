//! Questions, origins, contradictions, reviews: through the built command.

use std::{fs, path::Path, process::Stdio, time::Duration};

use serde_json::Value;

use crate::{examples, sayso, seeds};

fn at(folder: &Path, arguments: &[&str]) -> crate::Run {
    sayso(arguments).within(folder)
}

fn filled(folder: &Path) {
    at(folder, &["add", &examples()]).run().code(0);
}

/// The question with most statements.
fn first_question(folder: &Path) -> Value {
    at(folder, &["questions", "-o", "jsonl"]).run().code(0).records().remove(0)
}

#[test]
fn a_question_is_compared_and_traced() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let question = first_question(folder.path());
    let id = question["id"].as_str().unwrap();
    let view = at(folder.path(), &["compare", id, "-o", "json"]).run().code(0).records().remove(0);
    assert_eq!(view["summary"]["id"], question["id"]);
    let origins = view["origins"].as_array().unwrap();
    assert_eq!(view["summary"]["origins"].as_u64().unwrap() as usize, origins.len());
    let reports: usize =
        origins.iter().map(|origin| origin["statements"].as_array().unwrap().len()).sum();
    assert_eq!(view["summary"]["statements"].as_u64().unwrap() as usize, reports);
    // The sentence names it too, and both print for people.
    let text = question["text"].as_str().unwrap();
    for verb in ["compare", "origins"] {
        let ran = at(folder.path(), &[verb, text, "-o", "table"]).run().code(0);
        assert!(ran.text().contains(text) && ran.text().contains("independent origin"));
    }
    at(folder.path(), &["compare", "q0nothing"]).run().code(1).says(&["no question"]);
}

#[test]
fn a_gate_stops_at_a_single_origin() {
    let folder = tempfile::tempdir().unwrap();
    let words = "The northern garrison will hold Tarnovyk until the roads are dry again";
    let article = |id: &str, outlet: &str| {
        let text = format!("{words}, Danuta Sorel said on Tuesday. This was printed by {outlet}.");
        serde_json::json!({"id": id, "text": text, "published": "2031-04-03", "outlet": outlet})
            .to_string()
    };
    let lines = [article("a", "Evening Lamp"), article("b", "Harbour Courier")].join("\n");
    at(folder.path(), &["add", "-", "--input-format", "jsonl"]).input(lines).run().code(0);
    let questions = at(folder.path(), &["questions", "-o", "jsonl"]).run().code(0).records();
    let question = &questions[0];
    assert_eq!(question["statements"], 2, "{question}");
    assert_eq!(question["origins"], 1, "{question}");
    let id = question["id"].as_str().unwrap();
    at(folder.path(), &["origins", id]).run().code(0);
    let gate = ["origins", id, "--fail-on", "single-origin"];
    at(folder.path(), &gate).run().code(4).says(&["one origin"]);
}

#[test]
fn a_reviewer_decides_and_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let queue = at(folder.path(), &["review", "-o", "jsonl"]).run().code(0).records();
    let worries: Vec<f64> = queue.iter().map(|one| one["worry"].as_f64().unwrap()).collect();
    assert!(worries.windows(2).all(|pair| pair[0] >= pair[1]), "{worries:?}");
    let id = queue[0]["statement"]["id"].as_str().unwrap();
    let review = |action: &[&str]| {
        let word = ["--reviewer", "Ines Holt", "--reason", "As it stands there."];
        at(folder.path(), &[&["review"], action, &word].concat()).run()
    };
    let polarity = || {
        let shown = at(folder.path(), &["show", id, "-o", "json"]).run().code(0).records();
        shown[0]["polarity"].as_str().unwrap().to_owned()
    };
    let before = polarity();
    let other = if before == "yes" { "no" } else { "yes" };
    review(&["correct", id, "--set", &format!("polarity={other}")]).code(0).says(&["correct"]);
    assert_eq!(polarity(), other);
    let done = at(folder.path(), &["reread", "-o", "json"]).run().code(0).records().remove(0);
    assert_eq!(done["kept"], 1, "{done}");
    assert_eq!((&done["added"], &done["superseded"]), (&Value::from(0), &Value::from(0)));
    assert_eq!(polarity(), other, "a reading does not undo what a reviewer said");
    review(&["undo", id]).code(0);
    assert_eq!(polarity(), before);
    review(&["reject", id]).code(0);
    at(folder.path(), &["show", id]).run().code(1);
    review(&["undo", id]).code(0);
    assert_eq!(polarity(), before);
    review(&["correct", id, "--set", "colour=red"])
        .code(2)
        .says(&["There is no field colour. The record has: "]);
    review(&["correct", id, "--set", "polarity=perhaps"]).code(2).says(&["no statement"]);
    let log = at(folder.path(), &["review", "log", id]).run().code(0).records();
    let verdicts: Vec<&str> = log.iter().map(|one| one["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["correct", "undo", "reject", "undo"]);
    at(folder.path(), &["doctor"]).run().code(0);
}

#[test]
fn questions_are_merged_renamed_and_parted() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let all = || {
        let list = ["questions", "--min-statements", "1", "-o", "jsonl"];
        at(folder.path(), &list).run().code(0).records()
    };
    let before = all();
    let id = |question: &Value| question["id"].as_str().unwrap().to_owned();
    let (into, from) = (id(&before[0]), id(&before[1]));
    let word = ["--reviewer", "Ines Holt"];
    let edit = |action: &[&str]| {
        at(folder.path(), &[&["questions"], action, &word].concat()).run().code(0)
    };
    edit(&["merge", &from, &into]);
    assert_eq!(all().len(), before.len() - 1);
    edit(&["undo", &from]);
    assert_eq!(all().len(), before.len());
    edit(&["rename", &into, "Will it come to that?"]);
    assert_eq!(first_question(folder.path())["text"], "Will it come to that?");
    at(folder.path(), &["doctor"]).run().code(0);
}

#[test]
fn every_flag_of_find_narrows_and_facets_count() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let find = |flags: &[&str]| {
        let all = [&["find", "--limit", "1000", "-o", "jsonl", "--as-of", "2024-06-01"], flags];
        at(folder.path(), &all.concat()).run().records()
    };
    let help = at(folder.path(), &["find", "--help"]).run().code(0).out;
    let help = String::from_utf8(help).unwrap();
    let all = find(&[]).len();
    for flags in [
        ["--speaker", "Sorel"],
        ["--via", "Courier"],
        ["--place", "Tarnovyk"],
        ["--event", "capture"],
        ["--window", "open"],
        ["--window", "passed"],
        ["--term", "likely"],
        ["--before", "2024-03-10"],
        ["--after", "2024-03-10"],
        ["--kind", "forecast"],
    ] {
        assert!(help.contains(flags[0]), "{flags:?}");
        let found = find(&flags).len();
        assert!(found > 0 && found < all, "{flags:?}: {found} of {all}");
    }
    let before = find(&["--before", "2024-03-10"]).len();
    assert_eq!(before + find(&["--after", "2024-03-10"]).len(), all);
    // Counts alone are whole; below a list they are cut between two values.
    let counts = ["find", "--facets", "-o", "table"];
    let counts = at(folder.path(), &counts).env("COLUMNS", "60").run().code(0);
    assert!(!counts.text().contains('…'), "{}", counts.text());
    let list = ["find", "--limit", "1", "-o", "table"];
    let list = at(folder.path(), &list).env("COLUMNS", "60").run().code(0);
    assert!(list.text().contains(", …"), "{}", list.text());
    at(folder.path(), &["find", "--cursor", "nowhere"]).run().code(2).says(&["nowhere"]);
    let facets = ["find", "--event", "capture", "--facets", "-o", "json"];
    let facets = at(folder.path(), &facets).run().code(0).records().remove(0);
    assert_eq!(facets["event"][0]["value"], "capture");
    assert_eq!(
        facets["event"][0]["count"].as_u64().unwrap() as usize,
        find(&["--event", "capture"]).len()
    );
}

#[test]
fn speakers_have_roles_with_days_and_identifiers_from_a_list() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let list = || at(folder.path(), &["speakers", "-o", "jsonl"]).run().code(0).records();
    let sorel = list().into_iter().find(|one| one["name"] == "Danuta Sorel").unwrap();
    assert!(sorel["seen"][0]["first"].is_string(), "{sorel}");
    assert!(sorel["identity"].is_null());
    let people =
        "name,id,description\nDanuta Sorel,http://www.wikidata.org/entity/Q900,\nNobody,Q901,\n";
    fs::write(folder.path().join("people.csv"), people).unwrap();
    at(folder.path(), &["speakers", "--wikidata", "people.csv"]).run().code(0).says(&["1 speaker"]);
    let shown = at(folder.path(), &["show", "Danuta Sorel", "-o", "json"]).run().code(0).records();
    assert_eq!(shown[0]["identity"]["wikidata"], "Q900");
    let printed = at(folder.path(), &["show", "Danuta Sorel", "-o", "table"]).run().code(0);
    assert!(printed.text().contains("Q900") && printed.text().contains("seen 2024"));
    at(folder.path(), &["speakers", "forget", "Danuta Sorel", "--reviewer", "Ines"]).run().code(0);
    let sorel = list().into_iter().find(|one| one["name"] == "Danuta Sorel").unwrap();
    assert!(sorel["identity"].is_null());
    fs::write(folder.path().join("people.csv"), "name,id\nA,42\n").unwrap();
    let broken = at(folder.path(), &["speakers", "--wikidata", "people.csv"]).run();
    broken.code(2).says(&["people.csv", "line 2", "no Wikidata identifier"]);
}

#[test]
fn a_settings_file_names_the_ledger_and_the_list_of_people() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("people.csv", "name,id\nDanuta Sorel,Q900\n");
    write("sayso.toml", "ledger = \"war.db\"\nwikidata = \"people.csv\"\nreviewer = \"Ines\"\n");
    filled(folder.path());
    assert!(folder.path().join("war.db").exists() && !folder.path().join("sayso.db").exists());
    at(folder.path(), &["speakers"]).run().code(0).says(&["1 speaker identified"]);
    let shown =
        || at(folder.path(), &["show", "Danuta Sorel", "-o", "json"]).run().code(0).records();
    assert_eq!(shown()[0]["identity"]["wikidata"], "Q900");
    // The reviewer needs no flag either; and flags have the last word.
    at(folder.path(), &["speakers", "forget", "Danuta Sorel"]).run().code(0);
    assert!(shown()[0]["identity"].is_null());
    at(folder.path(), &["find", "--ledger", "none.db"]).run().code(5).says(&["none.db"]);
    write("sayso.toml", "legder = \"war.db\"\n");
    at(folder.path(), &["find"]).run().code(2).says(&[
        "sayso.toml",
        "legder",
        "ledger, ",
        "wikidata",
    ]);
}

#[test]
fn a_reviewer_says_who_a_speaker_is_and_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = ["Danuta Sorel", "Ilo Marr"]
        .map(|name| {
            let text = format!("{name} said that Ostrel will capture Tarnovyk by the end of May.");
            serde_json::json!({"id": name, "text": text, "published": "2031-05-02"}).to_string()
                + "\n"
        })
        .concat();
    at(folder.path(), &["add", "-", "--input-format", "jsonl"]).input(lines).run().code(0);
    let names = || -> Vec<Vec<String>> {
        let speakers = at(folder.path(), &["speakers", "-o", "jsonl"]).run().code(0).records();
        speakers.iter().map(|one| serde_json::from_value(one["names"].clone()).unwrap()).collect()
    };
    let two = [vec!["Danuta Sorel".to_owned()], vec!["Ilo Marr".to_owned()]];
    assert_eq!(names(), two);
    let merge = |speaker: &str, person: &str, reason: &str| {
        let word = ["--reviewer", "Ines Holt", "--reason", reason];
        at(folder.path(), &[&["speakers", "merge", speaker, person], &word[..]].concat()).run()
    };
    merge("Ilo Marr", "Danuta Sorel", "a pen name").code(0).says(&["Ilo Marr is Danuta Sorel now"]);
    assert_eq!(names(), [two.concat()]);
    let found = |name: &str| {
        at(folder.path(), &["find", "--speaker", name, "-o", "jsonl"]).run().code(0).records().len()
    };
    assert_eq!((found("Danuta Sorel"), found("Ilo Marr")), (2, 2));
    // Taken back: each is who the name says.
    merge("Ilo Marr", "Ilo Marr", "two people after all").code(0);
    assert_eq!(names(), two);
    assert_eq!(found("Danuta Sorel"), 1);
    let log = at(folder.path(), &["speakers", "log", "Ilo Marr"]).run().code(0).records();
    let said: Vec<&str> = log.iter().map(|one| one["reason"].as_str().unwrap()).collect();
    assert_eq!(said, ["two people after all", "a pen name"], "the latest first");
    merge("Nobody At All", "Ilo Marr", "").code(1).says(&["Nobody At All"]);
    at(folder.path(), &["doctor"]).run().code(0);
}

/// Times a run is killed. `SAYSO_KILLS=200` is what was promised; every run of the tests takes
/// fewer, since each costs a part of a second.
fn kills() -> u64 {
    let kills = std::env::var_os("SAYSO_KILLS");
    kills.and_then(|kills| kills.to_str()?.parse().ok()).unwrap_or(10)
}

#[test]
fn a_killed_run_loses_nothing_and_leaves_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..80)
        .map(|number| {
            let text = format!(
                "Ostrel will likely capture Tarnovyk by the end of May, Danuta Sorel said on day \
                 {number}. Jan Brask said that Varnia will hold Tarnovyk {number} days more."
            );
            let day = number % 28 + 1;
            let published = format!("2031-05-{day:02}");
            let key = format!("a{number}");
            serde_json::json!({"id": key, "text": text, "published": published}).to_string() + "\n"
        })
        .collect();
    fs::write(folder.path().join("in.jsonl"), &lines).unwrap();
    let command = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.args(arguments).current_dir(folder.path()).env_remove("SAYSO_LEDGER");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    at(folder.path(), &["add", "in.jsonl", "--ledger", "whole.db"]).run().code(0);
    let found = |ledger: &str| {
        let find = ["find", "--limit", "100000", "-o", "jsonl", "--ledger", ledger];
        at(folder.path(), &find).run().code(0).out
    };
    let whole = found("whole.db");
    let mut wait = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..kills() {
        let mut child = command(&["add", "in.jsonl", "--ledger", "killed.db"]).spawn().unwrap();
        wait = wait.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_millis((wait >> 33) % 700));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    at(folder.path(), &["add", "in.jsonl", "--ledger", "killed.db"]).run().code(0);
    at(folder.path(), &["doctor", "--ledger", "killed.db"]).run().code(0);
    assert!(found("killed.db") == whole, "the killed ledger holds something else");
    let questions = |ledger: &str| at(folder.path(), &["questions", "--ledger", ledger]).run().out;
    assert_eq!(questions("killed.db"), questions("whole.db"));

    // And verdicts: each is there whole or not at all.
    let first: Value =
        serde_json::from_slice(whole.split(|b| *b == b'\n').next().unwrap()).unwrap();
    let id = first["id"].as_str().unwrap();
    let accept = ["review", "accept", id, "--reviewer", "Ines", "--ledger", "killed.db"];
    for _ in 0..kills() {
        let mut child = command(&accept).spawn().unwrap();
        wait = wait.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_millis((wait >> 33) % 60));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    at(folder.path(), &["doctor", "--ledger", "killed.db"]).run().code(0);
    assert!(found("killed.db") == whole);
}

#[test]
fn two_commands_add_to_one_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let lines = |who: &str| -> String {
        (0..30)
            .map(|number| {
                let text = format!("{who} said that parcel {number} will arrive in Tarnovyk.");
                serde_json::json!({"id": format!("{who}{number}"), "text": text}).to_string() + "\n"
            })
            .collect()
    };
    let runs: Vec<_> = ["Danuta Sorel", "Jan Brask"]
        .map(|who| {
            let (folder, lines) = (folder.path().to_owned(), lines(who));
            std::thread::spawn(move || {
                at(&folder, &["add", "-", "--input-format", "jsonl"]).input(lines).run().code(0);
            })
        })
        .into();
    for run in runs {
        run.join().unwrap();
    }
    at(folder.path(), &["doctor"]).run().code(0);
    let find = ["find", "--limit", "1000", "-o", "jsonl"];
    assert_eq!(at(folder.path(), &find).run().code(0).records().len(), 60);
}

/// What the project promised of the articles that it grew out of, told by structure alone.
#[test]
fn the_first_articles_become_one_picture() {
    let Some(seeds) = seeds() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut texts: Vec<String> = fs::read_dir(&seeds)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| Path::new(path).extension().is_some_and(|ending| ending == "txt"))
        .collect();
    texts.sort();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    at(folder.path(), &[&["add"], &texts[..]].concat()).run().code(0);
    let all =
        at(folder.path(), &["find", "--limit", "1000", "-o", "jsonl"]).run().code(0).records();
    // One person over the three articles that name him.
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(seeds.join("expected.json")).unwrap()).unwrap();
    let main = expected[0]["speaker"].as_str().unwrap();
    let speaker =
        at(folder.path(), &["show", main, "-o", "json"]).run().code(0).records().remove(0);
    assert_eq!(speaker["articles"], 3, "{speaker}");
    // The first expected event is a question on which two articles speak, on both sides: only what a statement asserts bears.
    let event = &expected[0]["event"];
    let asked = |question: &Value| {
        ["class", "actor", "target"]
            .iter()
            .zip(["type", "actor", "target"])
            .all(|(has, wanted)| question[*has] == event[wanted])
    };
    let list = ["questions", "--min-statements", "1", "-o", "jsonl"];
    let questions = at(folder.path(), &list).run().code(0).records();
    let question = questions.iter().find(|q| asked(q)).expect("the question is asked");
    assert!(question["articles"].as_u64() >= Some(2), "{question}");
    for side in ["yes", "no"] {
        assert!(question[side]["statements"].as_u64() > Some(0), "{question}");
    }
    let compare = |question: &Value| {
        let id = question["id"].as_str().unwrap();
        at(folder.path(), &["compare", id, "-o", "json"]).run().code(0).records().remove(0)
    };
    // A paraphrase that is surer than the speaker's own words.
    let view = compare(question);
    let drift = view["comparison"]["drift"].as_array().unwrap();
    let class = |id: &Value| {
        let one = all.iter().find(|s| s["id"] == *id).unwrap();
        one["certainty"]["class"].as_str().unwrap_or_default().to_owned()
    };
    let surer = |pair: &&Value| {
        pair["surer"] == true
            && class(&pair["paraphrase"]) == "probability"
            && class(&pair["quotation"]) == "possibility"
    };
    assert!(drift.iter().any(|pair| surer(&pair)), "{drift:#?}");
}
