//! The verb of the content that holds its event: "she expects Oskaria to take Varne" and "she hopes they
//! will leave" foretell and wish within what is said.

use std::ops::Range;

use sayso_language::Upos;

use crate::{Context, passage::Passage, tables::CueClass};

/// The most verbs between an event and the one that holds it.
const MOST_STEPS: usize = 4;
/// The farthest that a helper stands before its verb, in tokens.
const REACH: usize = 4;

/// The class of the verb of a passage under which its event stands, or of its main verb where it has none;
/// by the parse. What somebody "had expected" is no expectation.
pub(crate) fn class(
    context: &Context,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> Option<CueClass> {
    let tokens = &context.language.tokens;
    let token = |word: usize| passage.words.get(word).and_then(|w| context.token_at(w.span));
    let Some(trigger) = trigger else {
        // "it expects growth of 3 percent"
        let main = passage.sentence_at(0).find(|i| {
            token(*i).is_some_and(|t| {
                matches!(tokens[t].deprel, "root" | "ccomp") && tokens[t].upos == Upos::Verb
            })
        })?;
        return of_verb(context, passage, main, token(main)?);
    };
    let mut at = token(trigger.start)?;
    for _ in 0..MOST_STEPS {
        // "she hopes the truce will hold": a subject is held by what holds its predicate.
        let held = match tokens[at].deprel {
            // "hopes for a truce" is the last of them
            "ccomp" | "xcomp" | "obj" | "acl" | "obl" => true,
            "nsubj" | "nsubj:pass" | "nmod" | "compound" | "conj" => false,
            _ => return None,
        };
        let wish = tokens[at].deprel == "obl";
        at = tokens[at].head?;
        let start = tokens[at].span.start;
        let word = passage.words.partition_point(|w| w.span.start < start);
        passage.words.get(word).filter(|w| w.span.start == start)?;
        if let Some(class) = of_verb(context, passage, word, at).filter(|_| held) {
            let denies = class != CueClass::Denial || by_pronoun(context, at);
            return Some(class).filter(|_| denies && (!wish || class == CueClass::Wish));
        }
    }
    None
}

/// The class of a word that is a verb.
fn of_verb(context: &Context, passage: &Passage, word: usize, token: usize) -> Option<CueClass> {
    let tokens = &context.language.tokens;
    let kinds = &context.tables.kinds;
    let found = kinds.cues.at(&passage.words, word)?;
    let past = (token.saturating_sub(REACH)..token).any(|t| {
        tokens[t].head == Some(token)
            && tokens[t].deprel == "aux"
            && context.language.form(t).eq_ignore_ascii_case("had")
    });
    let verb = tokens[token].upos == Upos::Verb && !past;
    kinds.cue_classes.get(found.row).copied().filter(|_| verb)
}

/// "said she rejected claims that …": what somebody else denies is only told.
fn by_pronoun(context: &Context, verb: usize) -> bool {
    let tokens = &context.language.tokens;
    (verb.saturating_sub(REACH)..verb).any(|t| {
        tokens[t].head == Some(verb) && tokens[t].deprel == "nsubj" && tokens[t].xpos == "PRP"
    })
}
