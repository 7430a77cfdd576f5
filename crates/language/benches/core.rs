//! Speed of the language core on one thread, in tokens a second, and of loading its weights.
//!
//! `cargo bench -p sayso-language --bench core`

mod article;

use article::article;
use divan::{Bencher, counter::ItemsCount};
use sayso_language::{Language, net::Core, read};

fn main() {
    divan::main();
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
