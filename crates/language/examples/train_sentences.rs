//! Learns where sentences end from CoNLL-U files and writes the weights.
//!
//! `cargo run --release -p sayso-language --example train_sentences -- OUT FILE.conllu…`
//!
//! With `--tune` in place of OUT it holds out every tenth document and prints how several settings
//! do on those.

use std::collections::BTreeSet;

use sayso_language::{SentenceSettings, conllu, judge_sentences, learn_sentences};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let out =
        arguments.next().ok_or_else(|| std::io::Error::other("the output file is missing"))?;
    let mut documents = Vec::new();
    for path in arguments {
        documents.extend(conllu::read(&std::fs::read_to_string(path)?).0);
    }
    let texts: Vec<(&str, BTreeSet<usize>)> = documents
        .iter()
        .map(|d| {
            let starts = d.segmented().sentences.iter().map(|s| s.span.start as usize).collect();
            (d.text.as_str(), starts)
        })
        .collect();
    if out != "--tune" {
        return std::fs::write(out, learn_sentences(&texts, SentenceSettings::default()));
    }
    let (held, rest): (Vec<_>, Vec<_>) =
        texts.into_iter().enumerate().partition(|(i, _)| i % 10 == 9);
    let plain = |list: Vec<(usize, _)>| list.into_iter().map(|t| t.1).collect::<Vec<_>>();
    let (held, rest) = (plain(held), plain(rest));
    for passes in [4, 8] {
        for shrink in [2e-6, 1e-4, 1e-3] {
            for hidden in [0.0, 0.3, 0.6] {
                let weights = learn_sentences(&rest, SentenceSettings { passes, shrink, hidden });
                let [right, found, all] = judge_sentences(&weights, &held);
                let f1 = 200.0 * right as f64 / (found + all) as f64;
                eprintln!("passes {passes}, shrink {shrink}, hidden {hidden}: F1 {f1:.2}");
            }
        }
    }
    Ok(())
}
