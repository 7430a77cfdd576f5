use proptest::prelude::*;

use super::{read, write};

const SAMPLE: &str = "\
# newdoc id = a-1
# newpar
# sent_id = 1
# text = Don't wait, Ida.
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t,\t,\tPUNCT\t,\t_\t5\tpunct\t_\t_
5\tIda\tIda\tPROPN\tNNP\t_\t3\tvocative\t_\tSpaceAfter=No
5.1\tleft\tleave\tVERB\tVBD\t_\t_\t_\t0:root\t_
6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# text = Go.
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

";

/// Id, form and MISC of every row.
fn kept(conllu: &str) -> Vec<(String, String, String)> {
    conllu
        .lines()
        .filter_map(|l| {
            let c: Vec<&str> = l.split('\t').collect();
            (c.len() == 10).then(|| (c[0].to_owned(), c[1].to_owned(), c[9].to_owned()))
        })
        .collect()
}

#[test]
fn text_and_spans_are_rebuilt() {
    let (documents, problems) = read(SAMPLE);
    assert_eq!(problems, []);
    assert_eq!(documents[0].id.as_deref(), Some("a-1"));
    assert_eq!(documents[0].text, "Don't wait, Ida. Go.");
    let language = documents[0].segmented();
    let forms: Vec<&str> = (0..language.tokens.len()).map(|t| language.form(t)).collect();
    assert_eq!(forms, ["Do", "n't", "wait", ",", "Ida", ".", "Go", "."]);
    assert_eq!(language.sentences.len(), 2);
}

#[test]
fn what_comes_in_goes_out_but_our_columns_are_ours() {
    let (documents, _) = read(SAMPLE);
    let mut language = documents[0].segmented();
    let blank = write(&documents[0], &language);
    assert_eq!(kept(&blank), kept(SAMPLE));
    assert!(blank.contains("# sent_id = 1\n") && blank.contains("5.1\tleft\tleave\t"));
    // No layer ran: nothing of the input's own analysis may pass for ours.
    assert!(!blank.contains("VERB\tVB\t_\t0"));
    language.tokens[7].head = Some(6);
    language.tokens[7].deprel = "punct";
    assert!(write(&documents[0], &language).contains("2\t.\t_\t_\t_\t_\t1\tpunct\t_\t_\n"));
}

#[test]
fn broken_lines_are_named_and_cost_no_others() {
    let broken = SAMPLE.replace("3\twait\twait", "3\twait").replace("1\tGo\t", "one\tGo\t");
    let (documents, problems) = read(&broken);
    let lines: Vec<usize> = problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [8, 15]);
    assert_eq!(documents[0].segmented().tokens.len(), 6);
}

#[test]
fn words_that_do_not_make_up_their_range_share_it() {
    let input = "1-2\tzum\t_\t_\t_\t_\t_\t_\t_\t_\n1\tzu\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdem\t_\t_\t_\t_\t_\t_\t_\t_\n";
    let (documents, problems) = read(input);
    assert_eq!(problems, []);
    let language = documents[0].segmented();
    assert_eq!((language.form(0), language.form(1)), ("zu", "m"));
    assert_eq!(kept(&write(&documents[0], &language)), kept(input));
}

proptest! {
    #[test]
    fn no_input_panics_and_every_row_read_is_written(lines in proptest::collection::vec(
        prop_oneof![
            "[0-9]{1,2}(-[0-9]{1,2}|\\.[0-9])?\t\\PC{1,6}(\t[^\t\r\n]{0,4}){8}",
            "# (text|newdoc id|newpar)( = \\PC{0,12})?",
            "\\PC{0,20}",
            Just(String::new()),
        ], 0..12))
    {
        let input = lines.join("\n");
        let (documents, problems) = read(&input);
        let mut written = String::new();
        for document in &documents {
            let language = document.segmented();
            for token in &language.tokens {
                prop_assert!(document.text.get(token.span.range()).is_some());
            }
            written += &write(document, &language);
        }
        let (again, more) = read(&written);
        prop_assert_eq!(more, Vec::new());
        prop_assert_eq!(kept(&written).len() + problems.iter().filter(|p| p.message.contains("form is empty") || p.message.contains("id is not")).count(), kept(&input).len());
        let texts = |d: &[super::Document]| d.iter().map(|d| d.text.clone()).collect::<Vec<_>>();
        prop_assert_eq!(texts(&again), texts(&documents));
    }
}
