//! Instructions that reading takes, counted by valgrind: a number that repeats on a busy machine,
//! where seconds do not.
//!
//! `cargo bench -p sayso-language --bench instructions` (needs valgrind on the path)
//!
//! The program runs itself under `valgrind --tool=callgrind`, once doing nothing and once for each
//! measured work, and prints the differences. Valgrind knows no AVX-512, so that the network's
//! products take more and smaller steps there than outside.
#![expect(clippy::print_stdout, reason = "a program for people")]

mod article;

use std::process::{Command, ExitCode};

use article::article;
use sayso_language::{net::Core, read};

/// What is measured: a name, and words of text (0: the tables and weights are loaded and no more).
const WORKS: [(&str, usize); 4] =
    [("load", 0), ("40 words", 40), ("800 words", 800), ("2,000 words", 2_000)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, words] = arguments.as_slice()
        && flag == "--work"
    {
        work(words.parse().ok());
        return ExitCode::SUCCESS;
    }
    // `cargo test --benches` runs this too: there is nothing to test.
    if arguments.iter().any(|a| a == "--test") {
        return ExitCode::SUCCESS;
    }
    match report() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn work(words: Option<usize>) {
    let Some(words) = words else { return };
    let _ = Core::english();
    // The tables are read with the first words.
    drop(read("Ida Berg said he left."));
    if words > 0 {
        drop(std::hint::black_box(read(&article(words))));
    }
}

fn report() -> Result<(), String> {
    let nothing = count("none")?;
    let load = count("0")?;
    for (name, words) in WORKS {
        if words == 0 {
            println!("{name:12} {:>14} instructions", load - nothing);
            continue;
        }
        let tokens = read(&article(words)).tokens.len() as u64;
        let cost = count(&words.to_string())? - load;
        println!(
            "{name:12} {cost:>14} instructions, {} a token ({tokens} tokens)",
            cost / tokens.max(1)
        );
    }
    Ok(())
}

/// Instructions of this program doing one work.
fn count(words: &str) -> Result<u64, String> {
    let this = std::env::current_exe().map_err(|e| e.to_string())?;
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args(["--work", words])
        .output()
        .map_err(|e| format!("valgrind does not start: {e}. Install it to count instructions."))?;
    let said = String::from_utf8_lossy(&run.stderr);
    said.lines()
        .find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok())
        .ok_or_else(|| format!("valgrind counted nothing: {said}"))
}
