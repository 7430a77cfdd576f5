//! `annotate`: layers on request, offsets in code points, CoNLL-U in and out.

use serde_json::Value;

use crate::{examples, sayso};

const LAYERS: [&str; 9] = [
    "sentences",
    "tokens",
    "names",
    "mentions",
    "times",
    "places",
    "quantities",
    "attributions",
    "events",
];

#[test]
fn all_layers_or_those_asked_for() {
    let record =
        &sayso(&["annotate", "-"]).input("Ann Berg said it holds.").run().code(0).records()[0];
    for layer in LAYERS {
        assert!(record[layer].is_array(), "{layer}");
    }
    let run = sayso(&["annotate", "--layers", "names,attributions", "-"]);
    let record = &run.input("Ann Berg said it holds.").run().code(0).records()[0];
    let keys: Vec<&String> = record.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["attributions", "id", "names"]);
    sayso(&["annotate", "--layers", "moods", "-"]).run().code(2);
}

#[test]
fn offsets_are_code_points_of_the_text_given() {
    let text =
        "  Ärger am Fluß 🌊: “Größe zählt,” said Änne Bérg.\r\n\r\nShe left Łódź with 40 boats.";
    let input = serde_json::json!({"id": "x", "text": text, "published": "2024-03-09"}).to_string();
    let ran = sayso(&["annotate", "--input-format", "jsonl", "-"]).input(input).run().code(0);
    let record = &ran.records()[0];
    assert_eq!(record["id"], "x");
    let points: Vec<char> = text.chars().collect();
    let words = |value: &Value| -> String {
        let end = |key: &str, i: usize| {
            let number = value.get(key).or_else(|| value.get(i)).and_then(Value::as_u64);
            usize::try_from(number.expect("an offset")).unwrap()
        };
        points[end("start", 0)..end("end", 1)].iter().collect()
    };
    let tokens = record["tokens"].as_array().unwrap();
    for token in tokens {
        assert_eq!(words(token), token["form"].as_str().unwrap());
    }
    let names: Vec<String> = record["names"].as_array().unwrap().iter().map(words).collect();
    assert!(names.contains(&"Änne Bérg".to_owned()), "{names:?}");
    let attribution = &record["attributions"][0];
    assert_eq!(words(&attribution["source"][0]), "Änne Bérg");
    assert_eq!(words(&attribution["cue"][0]), "said");
    assert!(words(&attribution["content"][0]).contains("Größe zählt"));
}

#[test]
fn a_record_for_each_article_in_their_order() {
    let ran = |jobs: &str| sayso(&["annotate", "--jobs", jobs, &examples()]).run().code(0);
    let two = ran("2");
    assert_eq!(two.records().len(), 17);
    assert!(two.out == ran("1").out, "--jobs changes the output");
}

const TREE: &str = "# newdoc id = d1\n# sent_id = d1-1\n# text = Ann can't swim.\n\
    1\tAnn\t_\t_\t_\t_\t_\t_\t_\t_\n\
    2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n\
    2\tca\t_\t_\t_\t_\t_\t_\t_\t_\n\
    3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
    4\tswim\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
    5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

#[test]
fn conllu_keeps_its_words() {
    let run = || sayso(&["annotate", "--input-format", "conllu", "-o", "conllu", "-"]);
    let ran = run().input(TREE).run().code(0);
    let column = |text: &str, i: usize| -> Vec<String> {
        let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        rows.map(|row| row.split('\t').nth(i).unwrap().to_owned()).collect()
    };
    for kept in [0, 1] {
        assert_eq!(column(ran.text(), kept), column(TREE, kept));
    }
    let ran = run().input("1\tAnn\tbroken\n\n").run().code(3).says(&["-: line 1"]);
    assert!(!ran.err.contains("panic"));
    sayso(&["annotate", "--input-format", "conllu", "gone.conllu"])
        .run()
        .code(3)
        .says(&["no such file"]);
}

#[test]
fn conllu_of_plain_text_can_be_read_again() {
    let out = sayso(&["annotate", "-o", "conllu", "-"])
        .input("Ann Berg can't swim. It rains.")
        .run()
        .code(0);
    let again =
        sayso(&["annotate", "--input-format", "conllu", "--layers", "sentences,tokens", "-"]);
    let record = &again.input(out.out.clone()).run().code(0).records()[0];
    assert_eq!(record["sentences"].as_array().unwrap().len(), 2);
    let forms: Vec<_> =
        record["tokens"].as_array().unwrap().iter().map(|t| t["form"].as_str().unwrap()).collect();
    assert_eq!(forms, ["Ann", "Berg", "ca", "n't", "swim", ".", "It", "rains", "."]);
}
