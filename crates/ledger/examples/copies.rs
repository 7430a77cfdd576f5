//! How well copies are found: makes wire variants of articles, adds them to a ledger in a folder of
//! its own as `sayso add` does, and scores what the ledger says of them. Deterministic.
//!
//! `cargo run --release -p sayso-ledger --example copies -- articles.jsonl.gz`
//!
//! Of each article up to four variants: cut to its first paragraphs, with a headline and a first
//! paragraph of another hand, with paragraphs left out and two exchanged, with other quotation
//! marks and a credit line, with paragraphs of the reprinting outlet's own between. Beside them,
//! hard cases that are no copies: articles that end in two background paragraphs of another. All
//! arrive in a shuffled order. A link to any other version of the same article is right.
#![expect(clippy::print_stdout, reason = "a program that measures")]

#[path = "../../read/tests/chance/mod.rs"]
mod chance;

use std::{collections::BTreeMap, time::Instant};

use chance::Chance;
use sayso_ledger::{Added, Ledger, Relation};
use sayso_model::Article;
use sayso_read::{Input, Options, articles};

/// A version of one paragraph list; `other` is an article that has nothing to do with it.
fn variant(own: &[String], other: &[String], chance: &mut Chance) -> Vec<String> {
    let mut text = own.to_vec();
    if chance.below(2) == 0 {
        // Cut, to no less than 30 % and four paragraphs.
        let least = (own.len() * 3 / 10).max(4).min(own.len());
        text.truncate(least + chance.below(own.len() - least + 1));
    }
    if chance.below(2) == 0 && text.len() > 3 {
        let mut words: Vec<&str> = text[0].split(' ').collect();
        words.reverse();
        text[0] = words.join(" ");
    }
    for _ in 0..chance.below(3) {
        if text.len() > 5 {
            let gone = chance.below(text.len());
            text.remove(gone);
        }
    }
    if chance.below(3) == 0 && text.len() > 2 {
        let at = chance.below(text.len() - 1);
        text.swap(at, at + 1);
    }
    if chance.below(3) == 0 {
        for paragraph in &mut text {
            *paragraph = paragraph.replace(['“', '”'], "\"").replace('’', "'");
        }
        text.insert(0, "HARBOURTOWN (Example Wire) —".to_owned());
    }
    for _ in 0..chance.below(3) {
        if let Some(own) = other.get(chance.below(other.len())) {
            let at = chance.below(text.len() + 1);
            text.insert(at, own.clone());
        }
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "it measures its own time")]
fn main() {
    let mut bases: Vec<Vec<String>> = Vec::new();
    for name in std::env::args().skip(1) {
        let input = Input::open(&name).expect("a file of articles");
        for article in articles(input, &Options::default()).flatten() {
            let paragraphs: Vec<String> = article
                .text
                .split('\n')
                .map(|p| p.trim().to_owned())
                .filter(|p| !p.is_empty())
                .collect();
            if paragraphs.len() >= 6 {
                bases.push(paragraphs);
            }
        }
    }
    let mut chance = Chance(7);
    let mut texts: Vec<(usize, String)> = Vec::new();
    for (number, own) in bases.iter().enumerate() {
        let other = &bases[chance.below(bases.len())];
        texts.push((number, own.join("\n")));
        for _ in 0..chance.below(5) {
            texts.push((number, variant(own, other, &mut chance).join("\n")));
        }
        // No copy: half of it, and the background of another.
        if number % 4 == 0 && other.len() > 8 {
            let half = &own[own.len() / 2..];
            let mut text = other[..other.len() - 2].to_vec();
            text.extend_from_slice(&half[half.len().saturating_sub(2)..]);
            let owner = bases.iter().position(|base| std::ptr::eq(base, other)).unwrap_or(number);
            texts.push((owner, text.join("\n")));
        }
    }
    for at in (1..texts.len()).rev() {
        texts.swap(at, chance.below(at + 1));
    }
    let (mut right, mut linked, mut copied) = (0u32, 0u32, 0u32);
    let mut seen = vec![false; bases.len()];
    let texts: Vec<(usize, Article)> = texts
        .iter()
        .enumerate()
        .map(|(number, (owner, text))| (*owner, Article::of_text(&format!("{number}"), text)))
        .collect();
    let owners: BTreeMap<&str, usize> =
        texts.iter().map(|(owner, article)| (article.id.as_str(), *owner)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = Ledger::open(&folder.path().join("copies.db")).expect("a ledger");
    let began = Instant::now();
    let mut added: Vec<Added> = Vec::new();
    for together in texts.chunks(64) {
        let batch = together.iter().map(|(_, article)| (article, [].as_slice()));
        added.extend(ledger.add_all(batch, "2031-04-03T08:00:00Z").expect("they are added"));
    }
    let seconds = began.elapsed().as_secs_f64();
    for ((owner, article), added) in texts.iter().zip(&added) {
        copied += u32::from(seen[*owner]);
        seen[*owner] = true;
        let of = match added {
            // The same to the letter, under another number: one article.
            Added::Same | Added::Copy | Added::Redacted => Some(article.id.clone()),
            Added::NearCopy { .. } => {
                let relatives = ledger.relatives(&article.id).expect("it is there");
                let of = relatives.into_iter().find(|one| one.relation == Relation::CopyOf);
                of.map(|one| one.article.id)
            }
            Added::New { .. } | Added::Version { .. } => None,
        };
        if let Some(of) = of {
            linked += 1;
            right += u32::from(owners.get(of.as_str()) == Some(owner));
        }
    }
    println!(
        "{} texts of {} articles: precision {:.3} ({right} of {linked}), recall {:.3} ({right} of {copied}), {:.0} texts added a second",
        texts.len(),
        bases.len(),
        f64::from(right) / f64::from(linked.max(1)),
        f64::from(right) / f64::from(copied.max(1)),
        texts.len() as f64 / seconds,
    );
}
