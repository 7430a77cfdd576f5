//! Hand-written trees in two languages, the second with no code or word of its own but a list of helpers.

use std::fmt::Write as _;

use sayso_model::{CodePoints, Span};

use super::*;
use crate::{Language, Sentence, Token, Upos};

/// Rows of "form lemma UPOS feats head relation", one token a line, an empty line between sentences. Feats
/// are those of CoNLL-U; a Penn tag stands behind "=".
fn read(rows: &str, words: &ClauseWords) -> String {
    let blocks: Vec<Vec<Vec<&str>>> = rows
        .split("\n\n")
        .map(|b| {
            b.lines()
                .map(|l| l.split_whitespace().collect::<Vec<_>>())
                .filter(|r| r.len() == 6)
                .collect()
        })
        .filter(|b: &Vec<Vec<&str>>| !b.is_empty())
        .collect();
    let text: Vec<&str> = blocks.iter().flatten().map(|r| r[0]).collect();
    let text = text.join(" ");
    let (mut tokens, mut sentences, mut forms) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    for block in &blocks {
        let first = tokens.len();
        for row in block {
            let span = Span { start: at, end: at + row[0].len() as u32 };
            at = span.end + 1;
            let head: usize = row[4].parse().expect("a head");
            tokens.push(Token {
                span,
                sentence: sentences.len(),
                upos: Upos::ALL.into_iter().find(|u| u.word() == row[2]).expect("a tag"),
                xpos: "",
                lemma: row[1].into(),
                head: head.checked_sub(1).map(|h| first + h),
                deprel: leak(row[5]),
            });
            forms.push(match row[3].strip_prefix('=') {
                Some(penn) => Morphology::of_penn(penn),
                None => Morphology::of_feats(row[3]),
            });
        }
        let span = tokens[first].span.cover(tokens[tokens.len() - 1].span);
        sentences.push(Sentence { span, tokens: first..tokens.len(), paragraph: 0 });
    }
    let language = Language {
        text: &text,
        points: CodePoints::new(&text),
        paragraphs: vec![Span { start: 0, end: text.len() as u32 }],
        sentences,
        tokens,
        quotations: Vec::new(),
        names: Vec::new(),
        entities: Vec::new(),
        mentions: Vec::new(),
        states: crate::net::States::default(),
    };
    print(&language, &Clauses::with_forms(&language, forms, words))
}

/// Relations are static in a [`Token`]; a test may leak a few.
fn leak(word: &str) -> &'static str {
    Box::leak(word.to_owned().into_boxed_str())
}

/// One line a predicate: what it is, who takes part, what embeds it.
fn print(language: &Language, clauses: &Clauses) -> String {
    let mut out = String::new();
    for p in &clauses.predicates {
        let _ = write!(out, "{}", language.form(p.head));
        let marks = [
            (p.finite, "finite"),
            (p.tense == Tense::Past, "past"),
            (p.tense == Tense::Future, "future"),
            (p.perfect, "perfect"),
            (p.progressive, "progressive"),
            (p.voice == Voice::Passive, "passive"),
            (p.imperative, "imperative"),
            (p.modal.is_some(), "modal"),
            (p.negations % 2 == 1, "not"),
        ];
        for (_, mark) in marks.iter().filter(|(on, _)| *on) {
            let _ = write!(out, " {mark}");
        }
        for a in clauses.arguments(p) {
            let shared = if a.shared { "~" } else { "" };
            let role = format!("{:?}", a.role).to_lowercase();
            let case = a.case.map_or(String::new(), |c| format!("/{}", language.form(c)));
            let _ = write!(out, ", {shared}{role}{case} {}", language.form(a.head));
        }
        if let Some((above, embedding)) = p.parent {
            let _ = write!(out, " < {embedding:?} of {}", language.form(above));
        }
        out.push('\n');
    }
    out
}

fn english() -> ClauseWords {
    let set = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    ClauseWords {
        negators: set(&["not", "never"]),
        focus: set(&["only"]),
        negative_determiners: set(&["no"]),
        perfect: set(&["have"]),
        conditional: set(&["if"]),
        concessive: set(&["although"]),
        causal: set(&["because"]),
        temporal: set(&["until"]),
        agent: set(&["by"]),
    }
}

#[test]
fn english_predicates_with_their_participants() {
    let rows = "\
The the DET =DT 2 det
rebels rebel NOUN =NNS 6 nsubj
would would AUX =MD 6 aux
not not PART =RB 6 advmod
have have AUX =VB 6 aux
taken take VERB =VBN 0 root
Varne Varne PROPN =NNP 6 obj
if if SCONJ =IN 10 mark
it it PRON =PRP 10 nsubj
snowed snow VERB =VBD 6 advcl

Varne Varne PROPN =NNP 3 nsubj:pass
was be AUX =VBD 3 aux:pass
seized seize VERB =VBN 0 root
by by ADP =IN 5 case
Oskaria Oskaria PROPN =NNP 3 obl
and and CCONJ =CC 7 cc
held hold VERB =VBN 3 conj

Karin Karin PROPN =NNP 2 nsubj
wants want VERB =VBZ 0 root
the the DET =DT 4 det
union union NOUN =NN 2 obj
to to PART =TO 6 mark
leave leave VERB =VB 2 xcomp

No no DET =DT 2 det
ship ship NOUN =NN 3 nsubj
came come VERB =VBD 0 root
";
    assert_eq!(
        read(rows, &english()),
        "\
taken finite perfect modal not, subject rebels, object Varne
snowed finite past, subject it < Condition of taken
seized finite past passive, subject Varne, agent/by Oskaria
held, ~subject Varne < Coordination of seized
wants finite, subject Karin, object union
leave, ~subject union < Complement of wants
came finite past not, subject ship
"
    );
}

#[test]
fn faults_of_the_parser_are_repaired() {
    // "said in a statement it had left": the clause is said. "ready to leave": what one is ready for.
    let rows = "\
Oskaria Oskaria PROPN =NNP 2 nsubj
said say VERB =VBD 0 root
in in ADP =IN 5 case
a a DET =DT 5 det
statement statement NOUN =NN 2 obl
it it PRON =PRP 8 nsubj
had have AUX =VBD 8 aux
left leave VERB =VBN 5 acl

They they PRON =PRP 3 nsubj
are be AUX =VBP 3 cop
ready ready ADJ =JJ 0 root
to to PART =TO 5 mark
go go VERB =VB 3 advcl
";
    let read = read(rows, &english());
    assert!(read.contains("left finite past perfect, subject it < Complement of said"), "{read}");
    assert!(read.contains("go, ~subject They < Complement of ready"), "{read}");
}

#[test]
fn a_relative_clause_takes_part_with_the_noun_that_it_describes() {
    let rows = "\
The the DET =DT 2 det
town town NOUN =NN 7 nsubj
that that PRON =WDT 5 obj
they they PRON =PRP 5 nsubj
hold hold VERB =VBP 2 acl:relcl
will will AUX =MD 7 aux
fall fall VERB =VB 0 root
";
    let read = read(rows, &english());
    assert!(
        read.contains("hold finite, ~object town, subject They") || read.contains("~object town")
    );
    assert!(read.contains("fall finite modal, subject town"), "{read}");
}

/// Ten sentences in Ukrainian: features and relations alone give the predicates.
#[test]
fn ukrainian_needs_no_code() {
    let rows = "\
Армія армія NOUN Number=Sing 2 nsubj
візьме взяти VERB Tense=Fut|VerbForm=Fin 0 root
місто місто NOUN _ 2 obj

Військо військо NOUN _ 3 nsubj
не не PART Polarity=Neg 3 advmod
відступило відступити VERB Tense=Past|VerbForm=Fin 0 root

Міст міст NOUN _ 2 nsubj:pass
збудовано збудувати VERB VerbForm=Fin|Tense=Past 0 root
інженерами інженер NOUN _ 2 obl:agent

Мер мер NOUN _ 2 nsubj
хоче хотіти VERB Tense=Pres|VerbForm=Fin 0 root
відкрити відкрити VERB VerbForm=Inf 2 xcomp
порт порт NOUN _ 3 obj

Міністр міністр NOUN _ 2 nsubj
сказав сказати VERB Tense=Past|VerbForm=Fin 0 root
що що SCONJ _ 5 mark
ціни ціна NOUN Number=Plur 5 nsubj
впадуть впасти VERB Tense=Fut|VerbForm=Fin 2 ccomp

Якщо якщо SCONJ _ 3 mark
сніг сніг NOUN _ 3 nsubj
піде піти VERB Tense=Fut|VerbForm=Fin 5 advcl
вони вони PRON _ 5 nsubj
залишаться залишитися VERB Tense=Fut|VerbForm=Fin 0 root

Зупиніть зупинити VERB Mood=Imp|VerbForm=Fin 0 root
обстріли обстріл NOUN Number=Plur 1 obj

Ярина Ярина PROPN _ 2 nsubj
прийшла прийти VERB Tense=Past|VerbForm=Fin 0 root
і і CCONJ _ 4 cc
заспівала заспівати VERB Tense=Past|VerbForm=Fin 2 conj

План план NOUN _ 3 nsubj
не не PART Polarity=Neg 3 advmod
готовий готовий ADJ _ 0 root

Місто місто NOUN _ 4 nsubj
яке який PRON PronType=Rel 3 obj
тримають тримати VERB Tense=Pres|VerbForm=Fin 1 acl:relcl
впаде впасти VERB Tense=Fut|VerbForm=Fin 0 root
";
    let words = ClauseWords {
        conditional: std::iter::once("якщо".to_owned()).collect(),
        ..ClauseWords::default()
    };
    assert_eq!(
        read(rows, &words),
        "\
візьме finite future, subject Армія, object місто
відступило finite past not, subject Військо
збудовано finite past passive, subject Міст, agent інженерами
хоче finite, subject Мер
відкрити, object порт, ~subject Мер < Complement of хоче
сказав finite past, subject Міністр
впадуть finite future, subject ціни < Complement of сказав
піде finite future, subject сніг < Condition of залишаться
залишаться finite future, subject вони
Зупиніть finite imperative, object обстріли
прийшла finite past, subject Ярина
заспівала finite past, ~subject Ярина < Coordination of прийшла
готовий not, subject План
тримають finite, ~object Місто, ~subject Місто < Relative of впаде
впаде finite future, subject Місто
"
    );
}

#[test]
fn an_article_without_trees_has_no_clauses_and_no_panic() {
    let language = crate::read::without_core("Nothing here was parsed. Truly.");
    let clauses = Clauses::read(&language, &english());
    assert!(clauses.predicate(0).is_none() && clauses.predicate(9_999).is_none());
    assert_eq!(clauses.tree.children(9_999).count(), 0);
}
