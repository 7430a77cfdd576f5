//! `cargo xtask evaluate`: every layer of language against the corpora, through the built command.
//!
//! The command reads what an evaluating script prepares and the script scores what it wrote, so
//! that the figures are those of the product and not of a library call.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::windows;

/// One row of the table: a layer, the corpus under the folder, the script, how it is fed.
struct Measure {
    corpus: &'static str,
    script: &'static str,
    feed: Feed,
}

#[derive(Clone, Copy)]
enum Feed {
    /// The corpus itself, as CoNLL-U in and out.
    Conllu,
    /// What the script's `--make-input` prints; these layers come back.
    Text(&'static str),
}

const MEASURES: [Measure; 14] = [
    Measure { corpus: "treebank/ewt-dev.conllu.gz", script: "treebank.py", feed: Feed::Conllu },
    Measure {
        corpus: "treebank/gum-free-dev.conllu.gz",
        script: "treebank.py",
        feed: Feed::Conllu,
    },
    Measure {
        corpus: "treebank/ewt-dev.conllu.gz",
        script: "segmentation.py",
        feed: Feed::Text("sentences,tokens"),
    },
    Measure {
        corpus: "treebank/gum-free-dev.conllu.gz",
        script: "segmentation.py",
        feed: Feed::Text("sentences,tokens"),
    },
    Measure { corpus: "ner/newswire-dev.tsv.gz", script: "names.py", feed: Feed::Text("names") },
    Measure { corpus: "ner/gum-free-dev.tsv.gz", script: "names.py", feed: Feed::Text("names") },
    Measure { corpus: "ner/uner-ewt-dev.iob2.gz", script: "names.py", feed: Feed::Text("names") },
    Measure {
        corpus: "treebank/gum-free-dev.conllu.gz",
        script: "mentions.py",
        feed: Feed::Text("mentions"),
    },
    Measure { corpus: "time/wikiwars-dev.jsonl.gz", script: "times.py", feed: Feed::Text("times") },
    Measure { corpus: "time/timebank.jsonl.gz", script: "times.py", feed: Feed::Text("times") },
    Measure { corpus: "time/aquaint.jsonl.gz", script: "times.py", feed: Feed::Text("times") },
    Measure {
        corpus: "factuality/uds_ih2-dev.jsonl.gz",
        script: "factuality.py",
        feed: Feed::Text("events"),
    },
    Measure {
        corpus: "factuality/uw-dev.jsonl.gz",
        script: "factuality.py",
        feed: Feed::Text("events"),
    },
    Measure { corpus: "places/lgl.jsonl.gz", script: "places.py", feed: Feed::Text("places") },
];

/// Prints each script's table. `corpora` and `scripts` are folders, `command` the built binary,
/// `work` a folder for what the steps hand to each other.
///
/// # Errors
/// In words, when a corpus is missing, or the command or a script fails.
pub(crate) fn run(
    corpora: &Path,
    scripts: &Path,
    command: &Path,
    work: &Path,
) -> Result<String, String> {
    fs::create_dir_all(work).map_err(|e| format!("{}: {e}.", work.display()))?;
    let mut said = String::new();
    for m in &MEASURES {
        let gold = corpora.join(m.corpus);
        if !gold.exists() {
            return Err(format!("{} is missing. Pass the folder of corpora.", gold.display()));
        }
        let script = scripts.join(m.script);
        let predicted = predict(&gold, &script, command, work, m.feed)?;
        let table = work.join("table.txt");
        python(&script, &[&gold, &predicted], &table)?;
        let table = fs::read_to_string(&table).map_err(|e| format!("{}: {e}.", table.display()))?;
        for part in ["== ", m.script, " on ", m.corpus, "\n", &table, "\n"] {
            said.push_str(part);
        }
    }
    said.push_str("== windows on forecasts/good-judgment-dev.jsonl.gz\n");
    said.push_str(&windows::score(corpora, false)?);
    Ok(said)
}

fn predict(
    gold: &Path,
    script: &Path,
    command: &Path,
    work: &Path,
    feed: Feed,
) -> Result<PathBuf, String> {
    let mut annotate = Command::new(command);
    annotate.arg("annotate");
    let input;
    match feed {
        Feed::Conllu => {
            input = work.join("input.conllu");
            let unpacked = create(&input)?;
            done(Command::new("gzip").arg("-dc").arg(gold).stdout(unpacked))?;
            annotate.args(["--input-format", "conllu", "-o", "conllu"]);
        }
        Feed::Text(layers) => {
            input = work.join("input.jsonl");
            python(script, &[gold, Path::new("--make-input")], &input)?;
            annotate.args(["-o", "jsonl", "--layers", layers]);
        }
    }
    let output =
        work.join(if matches!(feed, Feed::Conllu) { "output.conllu" } else { "output.jsonl" });
    done(annotate.arg(&input).stdout(create(&output)?))?;
    Ok(output)
}

fn python(script: &Path, arguments: &[&Path], out: &Path) -> Result<(), String> {
    done(Command::new("python3").arg("-B").arg(script).args(arguments).stdout(create(out)?))
}

fn create(path: &Path) -> Result<Stdio, String> {
    File::create(path).map(Stdio::from).map_err(|e| format!("{}: {e}.", path.display()))
}

fn done(command: &mut Command) -> Result<(), String> {
    let name = format!("{command:?}");
    let status = command.status().map_err(|e| format!("{name}: {e}."))?;
    if status.success() { Ok(()) } else { Err(format!("{name}: {status}.")) }
}
