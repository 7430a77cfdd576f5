//! One invented sentence or more for each shape of the rules.

use sayso_model::Speech;

use super::by_rules;
use crate::Attribution;

/// The first piece of source and cue, and all pieces of content, of each attribution.
fn found(text: &str) -> Vec<(String, String, Vec<String>)> {
    let language = sayso_language::read(text);
    let first = |spans: &[sayso_model::Span]| {
        spans.first().map_or(String::new(), |s| s.of(text).to_owned())
    };
    by_rules(&language)
        .iter()
        .map(|a| {
            let content = a.content.iter().map(|s| s.of(text).to_owned()).collect();
            (first(&a.source), first(&a.cue), content)
        })
        .collect()
}

#[track_caller]
fn says(text: &str, source: &str, cue: &str, content: &[&str]) {
    let all = found(text);
    let wanted = (
        source.to_owned(),
        cue.to_owned(),
        content.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>(),
    );
    assert!(all.contains(&wanted), "wanted {wanted:?}\nfound {all:#?}");
}

fn attributions(text: &str) -> Vec<Attribution> {
    by_rules(&sayso_language::read(text))
}

#[test]
fn a_quotation_before_its_cue() {
    says(
        "“The harbour will close in May,” Karin Holm said on Monday.",
        "Karin Holm",
        "said",
        &["“The harbour will close in May,”"],
    );
    says(
        "\"The harbour will close in May,\" said Karin Holm, the mayor.",
        "Karin Holm, the mayor",
        "said",
        &["\"The harbour will close in May,\""],
    );
    says("“We are late” – predicted Holm.", "Holm", "predicted", &["“We are late”"]);
}

#[test]
fn a_quotation_after_its_cue() {
    says(
        "The minister told reporters in Norby: “The harbour will close.”",
        "The minister",
        "told",
        &["“The harbour will close.”"],
    );
}

#[test]
fn a_quotation_goes_on_behind_its_cue() {
    says(
        "“The harbour will close,” Holm said. “It will not open again.”",
        "Holm",
        "said",
        &["“The harbour will close,”", "“It will not open again.”"],
    );
    says(
        "“The harbour,” Holm said, “will close in the spring.”",
        "Holm",
        "said",
        &["“The harbour,”", "“will close in the spring.”"],
    );
}

#[test]
fn a_quotation_of_several_paragraphs_is_one_content() {
    let text = "“The ice is thick.\n\n“The ships are late,” Holm said.";
    let all = attributions(text);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].content.len(), 1);
    assert_eq!(all[0].speech, Speech::Direct);
}

#[test]
fn clauses_with_and_without_that() {
    says("Holm warned that the dam could break.", "Holm", "warned", &["that the dam could break"]);
    says("Officials say the bridge may reopen.", "Officials", "say", &["the bridge may reopen"]);
    says(
        "Karin Holm, the mayor of Norby, has said that the strike is over.",
        "Karin Holm, the mayor of Norby",
        "has said",
        &["that the strike is over"],
    );
}

#[test]
fn a_second_cue_ends_the_first_content() {
    let text = "Holm warned that the dam could break, but stressed that the town was safe.";
    says(text, "Holm", "warned", &["that the dam could break"]);
    says(text, "Holm", "stressed", &["that the town was safe"]);
    let text = "The union rejected the offer, adding that talks would go on.";
    says(text, "The union", "adding", &["that talks would go on"]);
}

#[test]
fn with_somebody_claiming() {
    says(
        "The port is busy, with Harbour Minister Karin Holm claiming that it would double.",
        "Harbour Minister Karin Holm",
        "claiming",
        &["that it would double"],
    );
}

#[test]
fn a_cue_inside_or_behind_its_clause() {
    says("The plan, Holm said, would fail.", "Holm", "said", &["The plan", "would fail"]);
    says(
        "The plan would fail before the summer, Holm said.",
        "Holm",
        "said",
        &["The plan would fail before the summer"],
    );
}

#[test]
fn according_to_before_and_behind() {
    says(
        "According to the bank, prices will fall.",
        "the bank",
        "According to",
        &["prices will fall"],
    );
    says(
        "Prices will fall next year, according to the bank.",
        "the bank",
        "according to",
        &["Prices will fall next year"],
    );
}

#[test]
fn headlines() {
    says("Strike may end soon, says union", "union", "says", &["Strike may end soon"]);
    says(
        "Karin Holm: Norby will never give up its harbour",
        "Karin Holm",
        ":",
        &["Norby will never give up its harbour"],
    );
}

#[test]
fn judgements_wishes_and_convictions() {
    says("Holm called for a new vote.", "Holm", "called for", &["a new vote"]);
    says("Holm promised to leave the board.", "Holm", "promised", &["to leave the board"]);
    says(
        "Holm is convinced that the dam will hold.",
        "Holm",
        "is convinced",
        &["that the dam will hold"],
    );
    says(
        "Holm made it clear that she would stay.",
        "Holm",
        "made it clear",
        &["that she would stay"],
    );
}

#[test]
fn a_hedged_sentence_carries_on_the_report() {
    let all = attributions(
        "According to the bank, prices fell in May. They are likely to rise again before autumn.",
    );
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].continues, Some(0));
    assert!(all[1].cue.is_empty());
    // The outlet's own plain word is left alone.
    let all =
        attributions("According to the bank, prices fell in May. The bank was founded in 1850.");
    assert_eq!(all.len(), 1);
}

#[test]
fn an_outlet_reports_what_another_says() {
    let all = attributions("Holm has said that the port will close, the Norby Times reports.");
    assert_eq!(all.len(), 2);
    let inner = all.iter().position(|a| a.cue.first().is_some_and(|c| c.len() == 8)).unwrap();
    assert_eq!(all[inner].within, Some(1 - inner));
}

#[test]
fn words_that_only_look_like_cues() {
    for text in [
        "The so-called “peace road” was opened.",
        "The report was long and the claims were many.",
        "He spoke about this.",
        "The self-proclaimed king left.",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn nothing_panics_on_odd_texts() {
    for text in [
        "",
        "“",
        "”",
        "said",
        "according to",
        ": : :",
        "“said",
        "X said “",
        "— said —",
        "\n\n\n",
        "that that that said said that",
        "“” said “”, said",
        "according to according to",
        "in 's view",
        "He said: \n\n “",
        "(said) ) said (",
        "дом said “мир” –",
        "says, says, says",
    ] {
        for attribution in attributions(text) {
            assert!(!attribution.content.is_empty());
            for span in
                attribution.content.iter().chain(&attribution.source).chain(&attribution.cue)
            {
                assert!(text.get(span.range()).is_some(), "{text}");
            }
        }
    }
}

#[test]
fn a_noun_with_its_bearer_behind_it() {
    says(
        "The claim by Mayor Ilse Varnagy that the bridge would close has angered the council.",
        "Mayor Ilse Varnagy",
        "claim",
        &["that the bridge would close"],
    );
    let none = found("A report by the board that was printed in May lay on the table.");
    assert!(none.is_empty(), "{none:?}");
    let none = found("The fear of a flood that came with the rain was gone.");
    assert!(none.is_empty(), "{none:?}");
}

#[test]
fn a_conviction_inside_its_content() {
    says(
        "The bridge, he is convinced, will open in the spring.",
        "he",
        "is convinced",
        &["The bridge", "will open in the spring"],
    );
}

#[test]
fn a_signed_quotation() {
    for text in [
        "“The bridge will open in May.” — Karin Holm, mayor of Norby",
        "“The bridge will open in May.”\n\n— Karin Holm, mayor of Norby\n\nThe town waits.",
    ] {
        let wanted = &["“The bridge will open in May.”"];
        says(text, "Karin Holm, mayor of Norby", "—", wanted);
    }
    let none = found("“The bridge will open in May.” – predicted Karin Holm");
    assert!(none.iter().all(|(_, cue, _)| cue != "–"), "{none:?}");
    let none = found("He read “The Long Road” — Karin Holm was asleep by then.");
    assert!(none.iter().all(|(_, cue, _)| cue != "—"), "{none:?}");
}

#[test]
fn an_interview_without_marks() {
    let text = "When will the bridge open?\n\n\
        Karin Holm: It will open in May.\n\n\
        The money is there.\n\n\
        Courier Norby: Does the mayor agree?\n\n\
        Karin Holm: I think she does.\n\n\
        The talk was held on Monday.";
    says(text, "Karin Holm", ":", &["It will open in May", "The money is there"]);
    says(text, "Karin Holm", ":", &["I think she does"]);
    let all = attributions(text);
    assert_eq!(all.len(), 2, "{all:#?}");
    assert!(all.iter().all(|a| a.speech == Speech::Direct), "{all:#?}");
}
