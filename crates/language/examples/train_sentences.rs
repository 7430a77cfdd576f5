//! Learns where sentences end from CoNLL-U files and writes the weights.
//!
//! `cargo run --release -p sayso-language --example train_sentences -- OUT FILE.conllu…`

use std::collections::BTreeSet;

use sayso_language::{conllu, learn_sentences};

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
    std::fs::write(out, learn_sentences(&texts))
}
