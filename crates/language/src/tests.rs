//! What holds for every text.

use proptest::prelude::*;
use sayso_model::Span;

use crate::steps::counted;
use crate::{Language, MentionKind, read, read::without_core};

/// Panics where a layer breaks its promise.
fn check(language: &Language<'_>) {
    let text = language.text;
    let fits = |s: Span| assert!(text.get(s.range()).is_some(), "{s:?} does not fit {text:?}");
    for pair in language.paragraphs.windows(2) {
        assert!(pair[0].end <= pair[1].start);
    }
    for pair in language.tokens.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "tokens overlap in {text:?}");
    }
    let mut next = 0;
    for (i, sentence) in language.sentences.iter().enumerate() {
        assert_eq!(sentence.tokens.start, next, "sentences leave tokens out");
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.end;
        assert_eq!(sentence.span, language.span_of(sentence.tokens.clone()));
        assert!(language.paragraphs[sentence.paragraph].contains(sentence.span));
        assert!(language.tokens[sentence.tokens.clone()].iter().all(|t| t.sentence == i));
    }
    assert_eq!(next, language.tokens.len());
    for token in &language.tokens {
        fits(token.span);
        assert!(!token.span.is_empty());
        assert!(!token.span.of(text).contains(char::is_whitespace));
    }
    // Every word stands in a token.
    let mut covered = 0;
    for token in &language.tokens {
        let between = &text[covered..token.span.start as usize];
        assert!(!between.contains(char::is_alphanumeric), "a word is lost: {between:?}");
        covered = token.span.end as usize;
    }
    assert!(!text[covered..].contains(char::is_alphanumeric));
    for pair in language.quotations.windows(2) {
        assert!(pair[0].outer.start < pair[1].outer.start);
    }
    for quotation in &language.quotations {
        fits(quotation.outer);
        assert!(!quotation.inner.is_empty());
        for part in &quotation.inner {
            fits(*part);
            assert!(!part.is_empty() && quotation.outer.contains(*part));
        }
        assert!(quotation.inner.windows(2).all(|p| p[0].end <= p[1].start));
    }
    for pair in language.names.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "names overlap in {text:?}");
    }
    for name in &language.names {
        fits(name.span);
        assert_eq!(language.span_of(language.tokens_in(name.span)), name.span);
    }
    for pair in language.mentions.windows(2) {
        assert!(pair[0].span.start <= pair[1].span.start);
    }
    for mention in &language.mentions {
        fits(mention.span);
        assert!(mention.entity < language.entities.len());
        assert!((0.0..=1.0).contains(&mention.confidence));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn layers_hold_on_any_text(text in "\\PC{0,80}|(\\PC|[\\s\\x00-\\x1f]){0,60}") {
        check(&read(&text));
    }

    #[test]
    fn layers_hold_on_broken_news(parts in proptest::collection::vec(
        prop_oneof![
            Just("\""), Just("“"), Just("”"), Just("'"), Just("‘"), Just("’"), Just("«"), Just("»"), Just("„"), Just("``"), Just("''"),
            Just(" "), Just("\n\n"), Just("\n"), Just(". "), Just(", "), Just("("), Just(")"), Just("- "), Just("…"), Just("\0"), Just("שלום"), Just("\u{202e}"),
            Just("Ida Berg"), Just("Gen. Ivo Holm"), Just("he"), Just("her"), Just("said"), Just("the minister"), Just("Institute for"), Just("of the"), Just("North"), Just("Harbour Council"), Just("(HC)"),
            Just("don't"), Just("U.S."), Just("x-ray"), Just("e.g."), Just("www.example.org/a?b"), Just("12,5"), Just("İstanbul"), Just("ß"), Just("can’t"),
        ], 0..60)) {
        let text = parts.concat();
        check(&read(&text));
        check(&without_core(&text));
    }
}

/// Work on `unit` written `n` times, and on twice as many.
fn work(unit: &str, n: usize) -> (u64, u64) {
    let of = |n: usize| {
        let text = unit.repeat(n);
        counted(|| drop(without_core(&text)))
    };
    (of(n), of(2 * n))
}

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let units = [
        "word ",
        "Word. ",
        "a",
        ".",
        "?!",
        "\"",
        "“",
        "‘“",
        "“a ‘",
        "'",
        "' s",
        "« » ",
        "(",
        ")",
        "-",
        "a-",
        "a-b",
        "'s",
        "n't",
        "a@",
        "www.",
        "a.b@c ",
        "http://a,",
        "\0",
        "\u{202e}א",
        "é",
        "\n",
        "“a\n\n",
        "\"a\n",
        "he ",
        "Ida Berg said he ",
        "Ida Berg (IB) ",
        "Harbour Council (HC) ",
        "the general ",
        "General ",
        "of ",
        "Army general, ",
        "Berg, head of ",
        "Ida ",
        "U.S. ",
        "\"a\" \"",
        "?.,;",
        ". ",
        "the Council ",
        "Harbour Council. The Council ",
        "“he ",
        "“Ida Berg said he ”",
        "her driver said he ",
        "The Harbour Council said it ",
        "They say their ",
        "“I am we ” Ida Berg said. ",
    ];
    for unit in units {
        let (once, twice) = work(unit, 1500);
        assert!(twice <= once * 5 / 2 + 2000, "{unit:?}: {once} steps, twice the text: {twice}");
    }
}

#[test]
fn distinct_names_cost_no_more_each() {
    let text = |n: usize| {
        (0..n).fold(String::new(), |text, i| {
            let word = letters(i);
            text + &format!("Ida{word} Berg{word} and Council of Port{word} (CP{i}) said he. ")
        })
    };
    let steps = |n: usize| {
        let text = text(n);
        counted(|| drop(without_core(&text)))
    };
    let (once, twice) = (steps(400), steps(800));
    assert!(twice <= once * 5 / 2 + 2000, "{once} steps, twice the text: {twice}");
}

fn letters(i: usize) -> String {
    format!("{i}").bytes().map(|b| (b - b'0' + b'a') as char).collect()
}

#[test]
fn reading_twice_gives_the_same() {
    let text = "Ida Berg met Ivo Holm, head of the Harbour Council (HC). \"We wait,\" he said. The HC agreed.";
    assert_eq!(format!("{:?}", read(text)), format!("{:?}", read(text)));
}

#[test]
fn short_names_roles_and_pronouns_find_their_person() {
    let text = "Harbour minister Ida Berg said on Friday that the port will close.\n\nShe gave no date. \
                Berg met Ivo Holm, the head of the dockers' union. The minister left early.";
    let language = without_core(text);
    let of = |words: &str| {
        let m = language.mentions.iter().find(|m| m.span.of(text) == words);
        m.map(|m| (language.entities[m.entity].name.as_str(), m.kind))
    };
    assert_eq!(of("Berg"), Some(("Ida Berg", MentionKind::ShortName)));
    assert_eq!(of("She"), Some(("Ida Berg", MentionKind::Pronoun)));
    assert_eq!(of("The minister"), Some(("Ida Berg", MentionKind::Role)));
    let roles =
        |name: &str| language.entities.iter().find(|e| e.name == name).map(|e| e.roles.clone());
    assert_eq!(roles("Ivo Holm"), Some(vec!["head of the dockers' union".to_owned()]));
    assert_eq!(roles("Ida Berg"), Some(vec!["Harbour minister".to_owned()]));
}

#[test]
fn it_and_they_mean_the_subject_before_them_if_that_has_a_name() {
    let meant = |text: &str| -> Vec<(String, String)> {
        let language = read(text);
        let pronouns = language.mentions.iter().filter(|m| m.kind == MentionKind::Pronoun);
        pronouns
            .map(|m| (m.span.of(text).to_owned(), language.entities[m.entity].name.clone()))
            .collect()
    };
    let link = |word: &str, name: &str| (word.to_owned(), name.to_owned());
    let text = "The Harbour Council met on Monday. It said the port would close.";
    assert_eq!(meant(text), [link("It", "Harbour Council")]);
    let text = "The Harbour Council sold its building in May.";
    assert_eq!(meant(text), [link("its", "Harbour Council")]);
    // The plan takes the pronoun, and has no name.
    let text = "The Harbour Council met. The plan was simple. It would close the port.";
    assert_eq!(meant(text), []);
    let text = "The Harbour Council met on Monday. It is clear that the port will close.";
    assert_eq!(meant(text), []);
    let text = "The Harbour Council met the dockers. They were angry.";
    assert_eq!(meant(text), []);
}

#[test]
fn the_first_person_of_a_quotation_is_who_tells_it() {
    let text = "Ida Berg met Ivo Holm on Monday.\n\n\"I saw the dam,\" Berg said. \"It is ours, and we \
                will mend it.\"\n\n\"I was not asked.\"\n\nI saw neither.";
    let language = read(text);
    let meant: Vec<(&str, &str)> = language
        .mentions
        .iter()
        .map(|m| (m.span.of(text), language.entities[m.entity].name.as_str()))
        .filter(|(word, _)| ["I", "ours", "we"].contains(word))
        .collect();
    assert_eq!(meant, [("I", "Ida Berg"), ("ours", "Ida Berg"), ("we", "Ida Berg")]);
}

#[test]
fn two_people_with_one_surname_are_kept_apart() {
    let text = "Ida Berg and Tom Berg spoke to reporters. Berg was angry.";
    let language = without_core(text);
    let last = text.rfind("Berg").unwrap_or_default() as u32;
    assert!(language.mentions.iter().all(|m| m.span.start != last), "whose surname is a guess");
}

#[test]
fn a_line_of_marks_is_one_token() {
    let tokens = |text: &str| without_core(text).tokens.len();
    assert_eq!(tokens(&"?.,;(]".repeat(1000)), 1);
    assert_eq!(tokens(&format!("{} Berg", "-=+".repeat(30))), 2);
    // Marks of a sentence stay apart.
    assert_eq!(tokens("(\"Go!\")."), 7);
}

#[test]
fn a_sentence_without_an_end_is_cut_and_loses_no_word() {
    let text = format!("the ferry left {}", "and the harbour waited ".repeat(1_500));
    let language = read(&text);
    assert_eq!(language.sentences.len(), 7);
    assert!(language.sentences.iter().all(|sentence| sentence.tokens.len() <= 1_000));
    let words: Vec<&str> = language.tokens.iter().map(|token| token.span.of(&text)).collect();
    assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn no_sentence_ends_where_something_must_follow() {
    for month in ["March", "May", "August"] {
        let text = format!("Varn Steel will close its Norby plant in {month}. It gave no reason.");
        assert_eq!(without_core(&text).sentences.len(), 2, "{text}");
        let text = format!("Kestrel Air will close its plant in {month}. “We must,” she said.");
        assert_eq!(without_core(&text).sentences.len(), 2, "{text}");
    }
}

/// The name of the entity that some words mean, at their last place in the text.
fn meant(text: &str, words: &str) -> Option<String> {
    let language = without_core(text);
    let start = text.rfind(words)? as u32;
    let mention = language.mentions.iter().find(|m| m.span.start == start)?;
    Some(language.entities[mention.entity].full_name())
}

#[test]
fn a_title_is_part_of_a_name_that_has_but_one_word() {
    let text = "Judge Varnagy ruled on Friday. The lawyers thanked Varnagy.";
    assert_eq!(meant(text, "Varnagy").as_deref(), Some("Judge Varnagy"));
    let text = "Judge Ilse Varnagy ruled on Friday. The lawyers thanked Varnagy.";
    assert_eq!(meant(text, "Varnagy").as_deref(), Some("Ilse Varnagy"));
}

#[test]
fn an_organization_is_recalled_by_its_head() {
    // As where the network takes the word alone for no name.
    let recalled = |text: &str| {
        let mut language = without_core(text);
        language.names.retain(|n| n.span.of(text) != "Council");
        let (entities, mentions) = crate::mentions::mentions(&language);
        let mention = mentions.iter().find(|m| m.span.of(text) == "the Council");
        mention.map(|m| entities[m.entity].name.clone())
    };
    let one = "The Harbour Council met on Friday. Later the Council adjourned.";
    assert_eq!(recalled(one).as_deref(), Some("Harbour Council"));
    let two = "The Harbour Council met the River Council. Later the Council adjourned.";
    assert_eq!(recalled(two), None);
}

#[test]
fn the_other_name_of_a_person_is_the_same_person() {
    let text = "Ida Berg, also known as Ivy Stonefield, spoke on Friday. Critics like Stonefield.";
    let language = without_core(text);
    assert_eq!(language.entities.iter().filter(|e| e.kind == crate::NameKind::Person).count(), 1);
}

#[test]
fn a_first_name_waits_for_its_person() {
    // Whoever Tom is, he is not the one that is introduced only afterwards.
    let text = "We met Tom at noon. Two days passed. Then we met Tom Berg at night.";
    assert_ne!(meant(&text[..40], "Tom").as_deref(), Some("Tom Berg"));
    let language = without_core(text);
    let first = language.mentions.iter().find(|m| m.span.of(text) == "Tom");
    assert!(first.is_none_or(|m| language.entities[m.entity].name == "Tom"));
}

#[test]
fn an_acronym_may_stand_before_what_it_is_short_for() {
    let text = "The bridges are watched by the OVN (Norwegian Valley Observatory).";
    let language = read(text);
    let at = text.find("OVN").map(|at| at as u32);
    let mention = language.mentions.iter().find(|m| Some(m.span.start) == at);
    let name = mention.map(|m| language.entities[m.entity].name.as_str());
    assert_eq!(name, Some("Norwegian Valley Observatory"));
}
