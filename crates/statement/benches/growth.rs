//! Whether reading statements grows with the text and no faster: the two sizes of a unit should
//! differ five times, and a quadratic step would make it twenty-five. A benchmark and not a test,
//! since a clock on a busy machine proves nothing.

use divan::{Bencher, counter::BytesCount};
use sayso_model::{Article, Published};
use sayso_statement::Tables;

fn main() {
    divan::main();
}

/// Each is what one look-back goes over: the people who spoke, nested reports, drift, venues, cues
/// of one endless sentence.
const UNITS: [&str; 4] = [
    "The official said that the army may capture Norby. “We will capture Norby,” she said.\n\n",
    "The plan is sound, Karin Holm said, according to Reuters. The analyst said it may fail.\n\n",
    "Karin Holm spoke to Channel Nine. She said that the dam holds. Berg: it may break.\n\n",
    "Karin Holm said that the dam holds, the mayor said that it breaks, and she added that ",
];

/// The unit, and the bytes that it is repeated to.
#[divan::bench(args = [(0, 12_000), (0, 60_000), (1, 12_000), (1, 60_000),
    (2, 12_000), (2, 60_000), (3, 12_000), (3, 60_000)], sample_count = 5)]
fn statements(bencher: Bencher<'_, '_>, (unit, size): (usize, usize)) {
    let text = UNITS[unit].repeat(size / UNITS[unit].len());
    let tables = Tables::english().expect("the shipped tables");
    let article = Article {
        outlet: Some("Norby Times".to_owned()),
        published: Some(Published::day(jiff::civil::date(2031, 12, 31))),
        ..Article::of_text("case", &text)
    };
    let language = sayso_language::read(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| sayso_statement::read(&article, &language, &tables));
}
