//! Contests over invented sentences whose trees are given by hand, so that no weights of the network
//! come in.

use super::{Contest, contests};
use crate::read::without_core;
use crate::{Language, Upos};

/// Sets tags and heads: a line a token, "form upos head relation", heads counted from 1 in the text.
fn parsed<'a>(text: &'a str, tree: &[(&str, Upos, usize, &'static str)]) -> Language<'a> {
    let mut language = without_core(text);
    assert_eq!(language.tokens.len(), tree.len(), "a row a token");
    for (t, (form, upos, head, relation)) in tree.iter().enumerate() {
        assert_eq!(language.form(t), *form);
        language.tokens[t].upos = *upos;
        language.tokens[t].head = head.checked_sub(1);
        language.tokens[t].deprel = relation;
    }
    language
}

/// The pronouns' contests: (the pronoun, who stands for election).
fn elections(language: &Language<'_>) -> Vec<(String, Vec<String>)> {
    let (mut entities, mentions, roles) = crate::mentions::named(language);
    let names: Vec<String> = entities.iter().map(|e| e.name.clone()).collect();
    let mut out = Vec::new();
    contests(language, &mut entities, &mentions, &roles, |contest: &Contest| {
        let who = contest.candidates.iter().map(|c| match (c.entity(), c.noun()) {
            (Some(entity), _) => names[entity].clone(),
            (_, Some(noun)) => language.form(noun).to_owned(),
            _ => "nobody".to_owned(),
        });
        out.push((language.form(contest.token).to_owned(), who.collect()));
        None
    });
    out
}

#[test]
fn people_without_a_name_compete() {
    use Upos::{Adp, Det, Noun, Pron, Propn, Punct, Verb};
    let language = parsed(
        "Ida Berg met a driver . He waited as a guard .",
        &[
            ("Ida", Propn, 3, "nsubj"),
            ("Berg", Propn, 1, "flat"),
            ("met", Verb, 0, "root"),
            ("a", Det, 5, "det"),
            ("driver", Noun, 3, "obj"),
            (".", Punct, 3, "punct"),
            ("He", Pron, 8, "nsubj"),
            ("waited", Verb, 0, "root"),
            ("as", Adp, 11, "case"),
            ("a", Det, 11, "det"),
            ("guard", Noun, 8, "obl"),
            (".", Punct, 8, "punct"),
        ],
    );
    // Ida is a woman's name; the guard is a role of whoever waited, and stands after him.
    assert_eq!(
        elections(&language),
        [("He".to_owned(), vec!["driver".to_owned(), "nobody".to_owned()])]
    );
}

#[test]
fn the_subject_that_is_still_to_come_competes() {
    use Upos::{Adp, Noun, Pron, Propn, Punct, Verb};
    let language = parsed(
        "In her letter , Ida Berg resigned .",
        &[
            ("In", Adp, 3, "case"),
            ("her", Pron, 3, "nmod:poss"),
            ("letter", Noun, 7, "obl"),
            (",", Punct, 7, "punct"),
            ("Ida", Propn, 7, "nsubj"),
            ("Berg", Propn, 5, "flat"),
            ("resigned", Verb, 0, "root"),
            (".", Punct, 7, "punct"),
        ],
    );
    assert_eq!(
        elections(&language),
        [("her".to_owned(), vec!["Ida Berg".to_owned(), "nobody".to_owned()])]
    );
}
