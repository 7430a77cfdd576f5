//! Speed of the language core on one thread, in tokens a second, and of loading its weights.
//!
//! `cargo bench -p sayso-language --bench core`

use divan::{Bencher, counter::ItemsCount};
use sayso_language::{Language, net::Core, read};

fn main() {
    divan::main();
}

/// An invented article of about `words` words.
fn article(words: usize) -> String {
    const PARAGRAPHS: [&str; 3] = [
        "The harbour minister, Ilse Varnagy, said on Tuesday that the bridge at Oldmere would reopen within \
         weeks, although two engineers who had inspected it told Radio Kestrel that repairs were unlikely to \
         be finished before the spring.",
        "\"We will not leave the valley,\" Col. Tomas Brandvold told reporters. \"Nobody has asked us to, and \
         if they did we would refuse.\" His deputy, according to people who were in the room, was less sure.",
        "Shares of Kestrel Airways fell 4.5% to 18.20 crowns after the warning, which the company's board \
         had approved in March; analysts at Norvik Bank expect a further decline.",
    ];
    let mut out = String::new();
    let mut count = 0;
    for p in PARAGRAPHS.iter().cycle() {
        if count >= words {
            return out;
        }
        out.push_str(p);
        out.push_str("\n\n");
        count += p.split(' ').count();
    }
    out
}

/// Tags, lemmas, heads and names of an article whose tokens are cut.
#[divan::bench(args = [40, 800, 2_000])]
fn annotate(bencher: Bencher<'_, '_>, words: usize) {
    let text = article(words);
    let language = read(&text);
    let core = Core::english();
    bencher
        .counter(ItemsCount::new(language.tokens.len()))
        .with_inputs(|| language.clone())
        .bench_local_refs(|language: &mut Language<'_>| core.annotate(language));
}

/// Every layer of language, from the text.
#[divan::bench(args = [40, 800, 2_000])]
fn all_layers(bencher: Bencher<'_, '_>, words: usize) {
    let text = article(words);
    let tokens = read(&text).tokens.len();
    bencher
        .counter(ItemsCount::new(tokens))
        .bench_local(|| read(divan::black_box(&text)).tokens.len());
}

/// The encoder alone, whose states later stages stand on.
#[divan::bench]
fn encode(bencher: Bencher<'_, '_>) {
    let text = article(800);
    let language = read(&text);
    let core = Core::english();
    bencher
        .counter(ItemsCount::new(language.tokens.len()))
        .bench_local(|| core.encode(&language, 0..language.sentences.len()));
}

/// From packed bytes to a core that is ready.
#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    bencher.bench_local(Core::load);
}
