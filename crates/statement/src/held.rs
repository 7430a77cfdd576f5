//! The verb of the content that holds its event: "she expects Oskaria to take Varne" and "she hopes they
//! will leave" foretell and wish within what is said.

use std::ops::Range;

use sayso_language::Upos;

use crate::{Context, passage::Passage, tables::CueClass};

/// The most verbs between an event and the one that holds it.
const MOST_STEPS: usize = 4;
/// The farthest that a helper stands before its verb, in tokens.
const REACH: usize = 4;

/// The class of the verb of a passage under which its event stands; by the parse. What somebody "had
/// expected" is no expectation.
pub(crate) fn class(
    context: &Context,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> Option<CueClass> {
    let tokens = &context.language.tokens;
    let kinds = &context.tables.kinds;
    let mut at = context.token_at(passage.words.get(trigger?.start)?.span)?;
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
        let found = kinds.cues.at(&passage.words, word);
        let class = found.and_then(|f| kinds.cue_classes.get(f.row)).copied();
        if let Some(class) = class.filter(|_| held && tokens[at].upos == Upos::Verb) {
            let past = (at.saturating_sub(REACH)..at).any(|t| {
                tokens[t].head == Some(at)
                    && tokens[t].deprel == "aux"
                    && context.language.form(t).eq_ignore_ascii_case("had")
            });
            return Some(class).filter(|_| {
                !past
                    && (!wish || class == CueClass::Wish)
                    && (class != CueClass::Denial || by_pronoun(context, at))
            });
        }
    }
    None
}

/// "said she rejected claims that …": what somebody else denies is only told.
fn by_pronoun(context: &Context, verb: usize) -> bool {
    let tokens = &context.language.tokens;
    (verb.saturating_sub(REACH)..verb).any(|t| {
        tokens[t].head == Some(verb) && tokens[t].deprel == "nsubj" && tokens[t].xpos == "PRP"
    })
}
