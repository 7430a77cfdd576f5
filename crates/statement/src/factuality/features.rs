//! What a predicate's surroundings in the parse tell of its factuality, as named features.
//!
//! A feature is a short string, so that the shipped table of weights can be read by people. The same
//! function feeds the script that fits the weights (`train/factuality.py`).

use std::ops::Range;

use sayso_language::{Language, Upos};

use crate::tables::{Embedding, List};

/// The farthest that dependents are looked for, in tokens.
const REACH: usize = 40;
/// The most governors that are climbed.
const CLIMB: usize = 8;
/// Governors whose words are features of their own.
const NEAR: usize = 3;

/// The features of a predicate, in a fixed order.
pub fn features(language: &Language, tables: &Embedding, predicate: usize) -> Vec<String> {
    let mut out = Vec::with_capacity(48);
    let token = &language.tokens[predicate];
    let sentence = language.sentences.get(token.sentence);
    let whole = sentence.map_or(predicate..predicate + 1, |s| s.tokens.clone());
    let lemma = lower(language, predicate);
    let own = clause(language, predicate, &whole);
    // "may buy or sell": the second verb has the helpers of the first.
    let shared = (token.deprel == "conj" && own.helpers.is_empty())
        .then(|| token.head.map(|h| clause(language, h, &whole)))
        .flatten();
    let clause = shared.as_ref().unwrap_or(&own);
    let form = form(language, predicate, clause);

    out.push(format!("upos={}", token.upos.word()));
    out.push(format!("rel={}", token.deprel));
    out.push(format!("form={form}"));
    out.push(format!("form={form} rel={}", base(token.deprel)));
    out.push(format!("lemma={lemma}"));
    // What the tagger and the lemmas got wrong stands in the letters.
    let written = language.form(predicate).to_lowercase();
    let end = written.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
    out.push(format!("end={}", &written[end..]));
    out.push(format!("word={written}"));
    if clause.negated {
        out.push("not".to_owned());
        out.push(format!("not form={form}"));
        out.push(format!("not lemma={lemma}"));
    }
    for helper in &clause.helpers {
        out.push(format!("aux={helper}"));
        out.push(format!("aux={helper} not={}", clause.negated));
        out.push(format!("aux={helper} lemma={lemma}"));
    }
    for word in &clause.adverbs {
        out.push(format!("adv={word}"));
    }
    for word in &clause.marks {
        out.push(format!("mark={word}"));
        out.push(format!("mark={word} rel={}", base(token.deprel)));
    }
    match &clause.subject {
        Some(subject) => {
            out.push(format!("subj={subject}"));
            out.push(format!("subj={subject} form={form}"));
        }
        None => out.push(format!("subj=- form={form}")),
    }
    if own.conditional {
        out.push("has-if".to_owned());
        out.push(format!("has-if form={form}"));
    }
    if own.complement {
        out.push(format!("complement lemma={lemma}"));
    }
    let question = whole.clone().next_back().is_some_and(|last| {
        whole.clone().rev().take(3).chain([last]).any(|i| language.form(i) == "?")
    });
    if question {
        out.push("question".to_owned());
        out.push(format!("question rel={} form={form}", base(token.deprel)));
    }
    if whole.clone().take(REACH * 5).any(|i| language.form(i) == "!") {
        out.push("exclamation".to_owned());
    }
    let person = persons(language, &whole);
    out.push(format!("person={person}"));
    out.push(format!("person={person} form={form}"));
    let before = predicate.checked_sub(1).filter(|i| whole.contains(i));
    out.push(format!("before={}", before.map_or("-".to_owned(), |i| lower(language, i))));
    let after = Some(predicate + 1).filter(|i| whole.contains(i));
    out.push(format!("after={}", after.map_or("-".to_owned(), |i| lower(language, i))));

    governors(language, tables, predicate, &whole, &form, &mut out);
    out
}

/// The feature for the web reading's verdict, by halves.
pub fn step(web: f32) -> &'static str {
    const STEPS: [&str; 13] = [
        "web=-6", "web=-5", "web=-4", "web=-3", "web=-2", "web=-1", "web=0", "web=1", "web=2",
        "web=3", "web=4", "web=5", "web=6",
    ];
    let step = (web.clamp(-3.0, 3.0) * 2.0).floor() as i32 + 6;
    STEPS.get(step.unsigned_abs() as usize).copied().unwrap_or("web=6")
}

/// Whether features are those of a noun that is no predicate.
pub fn is_noun(features: &[String]) -> bool {
    let has = |start: &str| features.iter().any(|f| f.starts_with(start));
    (has("upos=NOUN") || has("upos=PROPN")) && !has("aux=be") && has("subj=- ")
}

/// Whether features are those of a plain denial: "did not come", "is not coming", and what "refused to"
/// and "failed to" stand above. Commands, questions and "would not" deny less, and are left to the weights.
pub fn is_denied(features: &[String]) -> bool {
    let has = |wanted: &str| features.iter().any(|f| f == wanted);
    let mut helpers =
        features.iter().filter_map(|f| f.strip_prefix("aux=")).filter(|f| !f.contains(' '));
    let plain = |helper: &str| {
        ["do/", "have/", "be/"].iter().any(|h| helper.starts_with(h)) && helper != "do/VB"
    };
    let told =
        has("not") && !has("question") && helpers.clone().next().is_some() && helpers.all(plain);
    told || features.iter().any(|f| f.starts_with("in xcomp negative "))
}

/// Whether features are those of a plain possibility: "may come", "could come", no question.
pub fn is_possible(features: &[String]) -> bool {
    let has = |wanted: &str| features.iter().any(|f| f == wanted);
    ["aux=may", "aux=might", "aux=could"].iter().any(|aux| has(aux))
        && !has("not")
        && !has("question")
}

/// What hangs on a predicate.
#[expect(clippy::struct_excessive_bools, reason = "each is a yes or no of grammar")]
struct Clause {
    /// Lemmas of modals and other helpers, with a tense where it counts.
    helpers: Vec<String>,
    adverbs: Vec<String>,
    marks: Vec<String>,
    subject: Option<String>,
    negated: bool,
    /// An "if" clause hangs on it.
    conditional: bool,
    /// A clause is its object.
    complement: bool,
    /// The tag of its first finite helper.
    finite: Option<&'static str>,
    to: bool,
    have: bool,
    be: bool,
}

fn clause(language: &Language, head: usize, whole: &Range<usize>) -> Clause {
    let mut out = Clause {
        helpers: Vec::new(),
        adverbs: Vec::new(),
        marks: Vec::new(),
        subject: None,
        negated: false,
        conditional: false,
        complement: false,
        finite: None,
        to: false,
        have: false,
        be: false,
    };
    for child in children(language, head, whole) {
        let token = &language.tokens[child];
        let word = lower(language, child);
        let form = language.form(child).to_lowercase();
        if List::Denials.has(&form) || List::Denials.has(&word) {
            out.negated = true;
        }
        match base(token.deprel) {
            "aux" | "cop" => {
                out.to |= form == "to";
                out.have |= word == "have";
                out.be |= word == "be";
                if matches!(token.xpos, "VBD" | "VBZ" | "VBP" | "MD") {
                    out.finite.get_or_insert(token.xpos);
                }
                out.helpers.push(if token.xpos == "MD" {
                    form
                } else {
                    format!("{word}/{}", token.xpos)
                });
            }
            "advmod" => out.adverbs.push(word),
            "mark" => {
                out.to |= form == "to";
                out.marks.push(form);
            }
            "nsubj" | "csubj" | "expl" => {
                let none = children(language, child, whole)
                    .any(|c| matches!(lower(language, c).as_str(), "no" | "few" | "neither"));
                out.negated |= none || matches!(word.as_str(), "nobody" | "nothing" | "none");
                let closed = matches!(token.upos, Upos::Pron | Upos::Det);
                out.subject = Some(if closed { form } else { token.upos.word().to_owned() });
            }
            "obj" | "obl" => {
                out.negated |= children(language, child, whole)
                    .any(|c| lower(language, c) == "no" && language.tokens[c].deprel == "det");
            }
            "advcl" => {
                out.conditional |= children(language, child, whole).any(|c| {
                    List::Suppositions.has(&lower(language, c))
                        && language.tokens[c].deprel == "mark"
                });
            }
            "ccomp" | "xcomp" => out.complement = true,
            _ => {}
        }
    }
    out
}

/// The form of the verb group in one word: its tag, or that of the helper that is finite.
fn form(language: &Language, head: usize, clause: &Clause) -> String {
    let tag = language.tokens[head].xpos;
    let mut out = tag.to_owned();
    if let Some(finite) = clause.finite.filter(|f| *f != tag) {
        out = format!("{finite}+{out}");
    }
    if clause.have {
        out.push_str("+have");
    }
    if clause.be {
        out.push_str("+be");
    }
    if clause.to {
        out.insert_str(0, "to+");
    }
    out
}

/// The clauses above: their verbs, how they hold this one, what negates or hedges them.
fn governors(
    language: &Language,
    tables: &Embedding,
    predicate: usize,
    whole: &Range<usize>,
    form: &str,
    out: &mut Vec<String>,
) {
    let mut at = predicate;
    let mut path = String::new();
    let (mut conditional, mut negated, mut hedged) = (false, false, false);
    for level in 1..=CLIMB {
        let token = &language.tokens[at];
        let Some(head) = token.head.filter(|h| *h != at && whole.contains(h)) else {
            if level == 1 {
                out.push("top".to_owned());
            }
            break;
        };
        let relation = base(token.deprel);
        let clause = clause(language, head, whole);
        let lemma = lower(language, head);
        let here: bool = clause.marks.iter().any(|m| List::Suppositions.has(m));
        if relation == "advcl" || relation == "ccomp" || relation == "xcomp" || relation == "acl" {
            negated |= clause.negated;
            hedged |= clause.finite == Some("MD");
        }
        if level <= NEAR {
            path.push_str(relation);
            path.push('<');
            let not = if clause.negated { "not " } else { "" };
            out.push(format!("up{level} {path}{lemma}"));
            out.push(format!("up{level} {relation} {not}{lemma}"));
            if let Some(class) = tables.class(&lemma) {
                out.push(format!("in{level} {relation} {not}{class}"));
                if level == 1 {
                    let modal = if clause.finite == Some("MD") { "modal " } else { "" };
                    out.push(format!("in {relation} {modal}{not}{class} form={form}"));
                }
            }
            if level == 1 {
                out.push(format!("up {relation} {not}{lemma} form={form}"));
                out.push(format!("up {relation} tag={}", language.tokens[head].xpos));
                for helper in &clause.helpers {
                    out.push(format!("up {relation} aux={helper}"));
                }
                for mark in &clause.marks {
                    out.push(format!("up {relation} mark={mark}"));
                }
                if let Some(subject) = &clause.subject {
                    out.push(format!("up {relation} subj={subject} {lemma}"));
                }
            }
        }
        conditional |= here;
        at = head;
    }
    if conditional {
        out.push("under-if".to_owned());
    }
    if negated {
        out.push("under-not".to_owned());
    }
    if hedged {
        out.push("under-modal".to_owned());
    }
}

/// Whether a sentence is of me, of you or of others: letters and forums from news.
fn persons(language: &Language, whole: &Range<usize>) -> &'static str {
    let has = |words: &[&str]| {
        whole.clone().take(REACH * 2).any(|i| {
            let form = language.form(i).to_lowercase();
            words.contains(&form.as_str())
        })
    };
    if has(&["you", "your"]) {
        "you"
    } else if has(&["i", "my", "me", "we", "our"]) {
        "i"
    } else {
        "others"
    }
}

fn children<'l>(
    language: &'l Language,
    head: usize,
    whole: &Range<usize>,
) -> impl Iterator<Item = usize> + use<'l> {
    let near = whole.start.max(head.saturating_sub(REACH))..whole.end.min(head + REACH);
    near.filter(move |i| language.tokens[*i].head == Some(head))
}

fn lower(language: &Language, token: usize) -> String {
    let lemma = language.tokens[token].lemma.as_ref();
    if lemma.is_empty() { language.form(token).to_lowercase() } else { lemma.to_lowercase() }
}

/// A relation without its subtype.
fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}
