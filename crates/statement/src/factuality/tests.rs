//! Factuality of events in sentences of our own.

use sayso_model::Article;

use super::read;
use crate::{Context, Ground, Tables};

/// The factuality of the event of a word.
fn of(text: &str, word: &str, tables: &Tables) -> f32 {
    let article = Article::of_text("case", text);
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, tables);
    let context = Context { article: &article, language: &language, tables, ground: &ground };
    let events = read(&context);
    let event = events.iter().find(|e| e.span.of(text) == word);
    event.unwrap_or_else(|| panic!("no event {word}: {text}")).factuality
}

#[test]
fn what_happened_stands_above_what_may_and_what_did_not() {
    let tables = Tables::english().expect("the shipped tables");
    let past = of("Oskarian troops captured the town of Mellin on Monday.", "captured", &tables);
    let may = of("Oskarian troops may capture the town of Mellin.", "capture", &tables);
    let not = of("Oskarian troops did not capture the town of Mellin.", "capture", &tables);
    assert!(past > 2.0 && not < 0.0, "{past} {not}");
    assert!(past > may && may > not, "{past} {may} {not}");
}

#[test]
fn what_embeds_an_event_counts() {
    let tables = Tables::english().expect("the shipped tables");
    let managed = of("The minister managed to open the harbour of Mellin.", "open", &tables);
    let wanted = of("The minister wanted to open the harbour of Mellin.", "open", &tables);
    let refused = of("The minister refused to open the harbour of Mellin.", "open", &tables);
    assert!(managed > wanted && wanted > refused, "{managed} {wanted} {refused}");
}

#[test]
fn factuality_stays_on_its_scale() {
    let tables = Tables::english().expect("the shipped tables");
    let text = "Nobody ever said that they could not fail to refuse, if they will not stop lying!";
    for word in ["said", "fail", "refuse", "stop"] {
        assert!((-3.0..=3.0).contains(&of(text, word, &tables)), "{word}");
    }
}
