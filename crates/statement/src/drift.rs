//! Paraphrase and quotation of one speaker on one matter in one article.

use sayso_model::{Speech, Statement};

/// Fills [`Statement::drift`]: pairs statements of the same speaker about the same event where one
/// gives the speaker's own words and the other does not. Whether one is surer than the other is
/// told by their certainties, not here.
pub fn pair(statements: &mut [Statement]) {
    for i in 0..statements.len() {
        let others: Vec<String> = (0..statements.len())
            .filter(|j| *j != i && same_matter(&statements[i], &statements[*j]))
            .map(|j| statements[j].id.clone())
            .collect();
        statements[i].drift = others;
    }
}

fn same_matter(a: &Statement, b: &Statement) -> bool {
    let (Some(one), Some(two)) = (&a.speaker, &b.speaker) else { return false };
    let (Some(event), Some(other)) = (&a.event, &b.event) else { return false };
    let target = |e: &sayso_model::Event| e.target.as_ref().map(|t| t.name.to_lowercase());
    one.id == two.id
        && event.class == other.class
        && target(event).is_some()
        && target(event) == target(other)
        && (a.speech == Speech::Direct) != (b.speech == Speech::Direct)
}
