use crate::segment::segment;

/// Words, closed, depth of every quotation.
fn found(text: &str) -> Vec<(Vec<&str>, bool, u8)> {
    let (paragraphs, _, _) = segment(text);
    super::quotations(text, &paragraphs)
        .iter()
        .map(|q| (q.inner.iter().map(|s| s.of(text)).collect(), q.closed, q.depth))
        .collect()
}

fn one(words: &str) -> Vec<(Vec<&str>, bool, u8)> {
    vec![(vec![words], true, 0)]
}

#[test]
fn every_style_of_marks() {
    for text in [
        "“We wait,” Ida said.",
        "\"We wait,\" Ida said.",
        "‘We wait,’ Ida said.",
        "'We wait,' Ida said.",
        "«We wait,» Ida said.",
        "« We wait, » Ida said.",
        "„We wait,“ Ida said.",
        "``We wait,'' Ida said.",
        "„We wait,” Ida said.",
        "“We wait,\" Ida said.",
        "»We wait,« Ida said.",
    ] {
        assert_eq!(found(text), one("We wait,"), "{text}");
    }
}

#[test]
fn apostrophes_are_no_marks() {
    for text in [
        "The dockers' union doesn't want Ida's port.",
        "The dockers’ union doesn’t want Ida’s port.",
        "In the '90s they sang rock 'n' roll.",
        "It is 5'10\" tall.",
    ] {
        assert_eq!(found(text), vec![], "{text}");
    }
    assert_eq!(
        found("'The dockers' union won't wait,' Ida said."),
        one("The dockers' union won't wait,")
    );
    assert_eq!(
        found("‘The dockers’ union won’t wait,’ Ida said."),
        one("The dockers’ union won’t wait,")
    );
}

#[test]
fn a_quotation_runs_over_paragraphs_that_open_again() {
    let text = "“We wait.\n\n“We count.\n\n“We go,” Ida said.\n\nThe port was quiet.";
    assert_eq!(found(text), vec![(vec!["We wait.", "We count.", "We go,"], true, 0)]);
}

#[test]
fn a_quotation_runs_over_paragraphs_without_marks() {
    let text = "\"We wait.\n\nWe count.\n\nWe go,\" Ida said.\n\n\"Soon,\" she added.";
    assert_eq!(
        found(text),
        vec![(vec!["We wait.", "We count.", "We go,"], true, 0), (vec!["Soon,"], true, 0)]
    );
}

#[test]
fn a_missing_mark_costs_one_paragraph_at_most() {
    let text = "\"We wait, Ida said.\n\nThe port \"sleeps\" now.\n\n\"We go,\" she said.";
    assert_eq!(
        found(text),
        vec![
            (vec!["We wait, Ida said."], false, 0),
            (vec!["sleeps"], true, 0),
            (vec!["We go,"], true, 0)
        ]
    );
    assert_eq!(found("We wait,\" Ida said. \"We go.\""), one("We go."));
}

#[test]
fn quotations_nest() {
    let text = "“Ida said ‘we wait’ to me,” Ivo said.";
    assert_eq!(
        found(text),
        vec![(vec!["Ida said ‘we wait’ to me,"], true, 0), (vec!["we wait"], true, 1)]
    );
}

#[test]
fn marks_after_dashes_and_brackets() {
    assert_eq!(found("Ida—“we wait”—left."), one("we wait"));
    assert_eq!(found("Ida (\"we wait\") left."), one("we wait"));
    assert_eq!(found("\"We wait.\" - said Ida."), one("We wait."));
}
