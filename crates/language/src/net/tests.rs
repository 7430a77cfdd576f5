//! The network against what Python wrote beside the weights, and against odd input.

use proptest::prelude::*;
use sayso_model::{CodePoints, Span};

use super::{name_path::Tag, *};
use crate::{Sentence, Token};

#[derive(Debug)]
struct Expected {
    text: String,
    json: serde_json::Value,
}

fn fixture() -> Vec<Expected> {
    let json: serde_json::Value =
        serde_json::from_str(include_str!("../../../../models/en/core.parity.json")).unwrap();
    json.as_array()
        .unwrap()
        .iter()
        .map(|json| Expected {
            text: json["text"].as_str().unwrap().to_owned(),
            json: json.clone(),
        })
        .collect()
}

impl Expected {
    fn words(&self, layer: &str) -> Vec<&str> {
        self.json[layer].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
    }

    fn numbers<T>(&self, layer: &str, read: impl Fn(&serde_json::Value) -> T) -> Vec<Vec<T>> {
        let rows = self.json[layer].as_array().unwrap();
        rows.iter().map(|r| r.as_array().unwrap().iter().map(&read).collect()).collect()
    }
}

/// One sentence a line, tokens between blanks.
fn split(text: &str) -> Language<'_> {
    let mut sentences = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let first = tokens.len();
        for word in line.split(' ') {
            let span = Span { start: at, end: at + word.len() as u32 };
            at = span.end + 1;
            if !word.is_empty() {
                tokens.push(Token {
                    span,
                    sentence: sentences.len(),
                    upos: Upos::X,
                    xpos: "",
                    lemma: "".into(),
                    head: None,
                    deprel: "",
                });
            }
        }
        if let [a, ..] = &tokens[first..] {
            let span = Span { start: a.span.start, end: tokens[tokens.len() - 1].span.end };
            sentences.push(Sentence { span, tokens: first..tokens.len(), paragraph: 0 });
        }
    }
    Language {
        text,
        points: CodePoints::new(text),
        paragraphs: vec![Span { start: 0, end: text.len() as u32 }],
        sentences,
        tokens,
        quotations: Vec::new(),
        names: Vec::new(),
        entities: Vec::new(),
        mentions: Vec::new(),
        states: super::States::default(),
    }
}

fn annotated(text: &str) -> Language<'_> {
    let mut language = split(text);
    Core::english().annotate(&mut language);
    language
}

#[test]
fn the_weights_load() {
    assert!(Core::new(WEIGHTS).is_ok());
}

#[test]
fn features_are_pythons() {
    for e in fixture() {
        let forms: Vec<Form> = e.text.split(' ').map(|w| Core::english().words.form(w)).collect();
        let style = features::style(&forms) as u64;
        let rows: Vec<Vec<u64>> = forms
            .iter()
            .zip(features::quotes(&forms))
            .map(|(f, q)| {
                let rows = f.hashed.iter().chain(&f.pieces).map(|&v| u64::from(v));
                rows.chain([q as u64, style]).collect()
            })
            .collect();
        assert_eq!(rows, e.numbers("features", |v| v.as_u64().unwrap()), "{}", e.text);
    }
}

#[test]
fn states_are_pythons() {
    for e in fixture() {
        let language = split(&e.text);
        let states = Core::english().encode(&language, 0..1);
        let expected = e.numbers("states", |v| v.as_f64().unwrap() as f32);
        for (row, expected) in states.rows().into_iter().zip(expected) {
            for (&a, b) in row.iter().zip(expected) {
                assert!((a - b).abs() < 2e-3, "{}: {a} against {b}", e.text);
            }
        }
    }
}

#[test]
fn states_and_decisions_are_those_of_plain_loops() {
    let text = fixture().into_iter().map(|e| e.text).collect::<Vec<_>>().join("\n");
    let read = || {
        let language = annotated(&text);
        let states: Vec<u32> = language.states.numbers.iter().map(|v| v.to_bits()).collect();
        assert!(!states.is_empty());
        (states, format!("{:?} {:?}", language.tokens, language.names))
    };
    assert_eq!(read(), plainly(read));
}

#[test]
fn weights_that_could_overflow_do_not_load() {
    for name in ["core/enter.weight", "core/block1.mix.weight", "core/label_up.weight"] {
        // Where its weights begin: behind the part's name, kind, shape and scales.
        let found = WEIGHTS.windows(name.len()).position(|w| w == name.as_bytes());
        let at = found.unwrap() + name.len();
        let rows = u32::from_le_bytes(WEIGHTS[at + 1..at + 5].try_into().unwrap()) as usize;
        let weights = at + 9 + 4 * rows;
        let mut bytes = WEIGHTS.to_vec();
        bytes[weights..weights + 2].copy_from_slice(&[127, 2]);
        let refused = Core::new(bytes.leak());
        assert_eq!(refused.err(), Some(PackError::Overflow(name.to_owned())));
    }
}

#[test]
fn decisions_are_pythons() {
    for e in fixture() {
        let language = annotated(&e.text);
        let words =
            |f: &dyn Fn(&Token) -> String| language.tokens.iter().map(f).collect::<Vec<_>>();
        assert_eq!(words(&|t| t.upos.word().to_owned()), e.words("upos"), "{}", e.text);
        assert_eq!(words(&|t| t.xpos.to_owned()), e.words("xpos"), "{}", e.text);
        assert_eq!(words(&|t| t.lemma.to_lowercase()), e.words("lemma"), "{}", e.text);
        assert_eq!(words(&|t| t.deprel.to_owned()), e.words("deprel"), "{}", e.text);
        let heads: Vec<u64> =
            language.tokens.iter().map(|t| t.head.map_or(0, |h| h as u64 + 1)).collect();
        let expected: Vec<u64> =
            e.json["head"].as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect();
        assert_eq!(heads, expected, "{}", e.text);
        // a name is printed without determiner and possessive
        let bare = |t: usize| !["the", "a", "an", "'s"].contains(&language.form(t));
        let tags = e.words("name").into_iter().filter_map(Tag::read);
        let runs = name_path::runs(tags);
        let kinds: Vec<_> =
            runs.into_iter().filter(|(r, _)| r.clone().any(bare)).map(|(_, kind)| kind).collect();
        let found: Vec<_> = language.names.iter().map(|n| n.kind).collect();
        assert_eq!(found, kinds, "{}", e.text);
    }
}

#[test]
fn sentences_do_not_see_each_other() {
    let texts: Vec<String> = fixture().into_iter().map(|e| e.text).collect();
    let together = texts.join("\n");
    let all = annotated(&together);
    let mut at = 0;
    for text in &texts {
        let one = annotated(text);
        for (i, t) in one.tokens.iter().enumerate() {
            let other = &all.tokens[at + i];
            assert_eq!(
                (t.upos, t.xpos, &t.lemma, t.deprel),
                (other.upos, other.xpos, &other.lemma, other.deprel)
            );
            assert_eq!(t.head.map(|h| h + at), other.head);
        }
        at += one.tokens.len();
    }
}

#[test]
fn a_long_sentence_is_one_tree() {
    let text = ["the", "grey", "ferry", "sank", ","].repeat(3 * LONGEST / 5 + 7).join(" ");
    let language = annotated(&text);
    assert_eq!(language.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
    for start in 0..language.tokens.len() {
        let mut at = Some(start);
        let mut steps = 0;
        while let Some(t) = at {
            at = language.tokens[t].head;
            steps += 1;
            assert!(steps <= language.tokens.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_tokens_become_trees_and_names_inside_sentences(text in "[a-zA-Z0-9 \n.,'\"\u{201c}\u{2019}\u{5d0}\u{6771}\u{0}\u{301}\u{130}-]{0,200}") {
        let language = annotated(&text);
        for s in &language.sentences {
            let roots = s.tokens.clone().filter(|&t| language.tokens[t].head.is_none()).count();
            prop_assert_eq!(roots, 1);
            for t in s.tokens.clone() {
                prop_assert!(language.tokens[t].head.is_none_or(|h| s.tokens.contains(&h) && h != t));
            }
        }
        for n in &language.names {
            prop_assert!(language.sentences.iter().any(|s| s.span.start <= n.span.start && n.span.end <= s.span.end));
        }
    }
}

#[test]
fn an_endless_line_is_read_as_far_as_it_may_be_an_article() {
    let read = |unit: &str| {
        let text = unit.repeat(FURTHEST / 4 + 100);
        let language = crate::read::without_core(&text);
        let parts = within_reach(&language, parts(&language, 0..language.sentences.len()));
        (parts.iter().map(Range::len).sum::<usize>(), language.tokens.len())
    };
    let (line, tokens) = read("The dam holds. ");
    assert!(line < tokens && (FURTHEST..FURTHEST + LONGEST).contains(&line), "{line} of {tokens}");
    // On lines of their own all are read.
    let (lines, tokens) = read("The dam holds.\n");
    assert_eq!(lines, tokens);
}
