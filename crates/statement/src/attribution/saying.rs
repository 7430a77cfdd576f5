//! What was said, and what was not: refusals, questions, deeds, and what is still to be said.
//!
//! An attribution marks everything that a text ties to somebody; a statement is only what somebody
//! has said. "Did not say that", "asked whether", "if the mayor says", "will announce" and "attacked
//! the port" are attributions, or look like one, and no statements.

use std::ops::Range;

use sayso_language::{Language, Upos};
use sayso_model::Speech;

use super::closed::Sort;
use super::view::View;
use crate::Attribution;
use crate::cues::{CUES, Class, Form};
use crate::nouns::{NOUNS, Noun};
use crate::tables::List;

/// Below this confidence a cue that the table does not know needs a clause or a quotation.
const MIN_UNKNOWN_CUE: f32 = 0.75;
/// Below this confidence a holder that names and shows nobody is not believed.
const MIN_STRANGE_HOLDER: f32 = 0.7;

/// An article's view, for questions about its attributions.
pub(crate) struct Saying<'a> {
    view: View<'a>,
}

/// A cue as these questions see it.
struct Cue {
    tokens: Range<usize>,
    /// The verb that says, where the cue has one.
    verb: Option<usize>,
    class: Option<Class>,
    form: Option<Form>,
    /// "was criticised", "is expected".
    passive: bool,
}

/// What kind of cue an attribution has, for [`crate::worth`].
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub(crate) struct Kin {
    pub(crate) says: bool,
    pub(crate) thinks: bool,
    pub(crate) wants: bool,
    pub(crate) evaluates: bool,
    pub(crate) shows: bool,
    /// No cue of the table.
    pub(crate) unknown: bool,
    pub(crate) passive: bool,
    /// A clause or a quotation, and not only a thing that is named.
    pub(crate) clausal: bool,
}

impl<'a> Saying<'a> {
    pub(crate) fn new(language: &'a Language<'a>) -> Self {
        Self { view: View::new(language) }
    }

    /// Does an attribution tell what somebody has said?
    pub(crate) fn is_statement(&self, attribution: &Attribution) -> bool {
        if !self.has_content(attribution) || !self.has_holder(attribution) {
            return false;
        }
        let Some(cue) = self.cue(attribution) else { return true };
        !(self.is_negated(&cue, attribution)
            || self.is_to_come(&cue, attribution)
            || self.is_conditional(&cue, attribution)
            || self.is_refusal(&cue)
            || self.is_question(&cue, attribution)
            || self.is_deed(&cue, attribution))
    }

    /// Does an attribution in another's words say something in its own right? Only a verb of saying
    /// or thinking with a clause or a quotation does.
    pub(crate) fn is_nested_statement(&self, attribution: &Attribution) -> bool {
        let Some(cue) = self.cue(attribution) else { return true };
        let adverb = cue.tokens.len() == 1 && CUES.is_adverb(self.view.word(cue.tokens.start));
        if attribution.source.is_empty() || adverb {
            return false;
        }
        let says = cue.class.is_none_or(|class| {
            !matches!(class, Class::Evaluation | Class::Showing | Class::Intention)
        });
        says && (cue.verb.is_none() || self.is_clausal(attribution))
    }

    /// Is it a verb of saying, in the past or present and not negated: has the holder spoken?
    pub(crate) fn has_spoken(&self, attribution: &Attribution) -> bool {
        let Some(cue) = self.cue(attribution) else { return false };
        let speaks = cue.class.is_some_and(|class| {
            matches!(
                class,
                Class::Saying
                    | Class::Asserting
                    | Class::Writing
                    | Class::Forecasting
                    | Class::Warning
                    | Class::Announcing
                    | Class::Denial
                    | Class::Belief
                    | Class::Demand
            )
        });
        let preposition = cue.verb.is_none() && cue.class.is_none();
        (speaks || preposition) && self.is_statement(attribution)
    }

    /// What kind of cue an attribution has.
    pub(crate) fn kin(&self, attribution: &Attribution) -> Kin {
        let cue = self.cue(attribution);
        let class = cue.as_ref().and_then(|cue| cue.class);
        let is = |any: &[Class]| class.is_some_and(|class| any.contains(&class));
        Kin {
            says: is(&[Class::Saying, Class::Asserting, Class::Writing, Class::Announcing]),
            thinks: is(&[Class::Belief, Class::Forecasting, Class::Warning]),
            wants: is(&[Class::Demand, Class::Intention, Class::Denial]),
            evaluates: is(&[Class::Evaluation]),
            shows: is(&[Class::Showing]),
            unknown: cue.as_ref().is_some_and(|cue| cue.class.is_none() && cue.verb.is_some()),
            passive: cue.is_some_and(|cue| cue.passive),
            clausal: self.is_clausal(attribution),
        }
    }

    fn tokens(&self, spans: &[sayso_model::Span]) -> Option<Range<usize>> {
        let first = spans.first()?;
        let whole = spans.iter().fold(*first, |all, span| all.cover(*span));
        let tokens = self.view.language.tokens_in(whole);
        (!tokens.is_empty()).then_some(tokens)
    }

    fn cue(&self, attribution: &Attribution) -> Option<Cue> {
        let view = &self.view;
        let tokens = self.tokens(&attribution.cue)?;
        let preposition = CUES.prepositions.iter().any(|words| {
            words.iter().enumerate().all(|(i, word)| view.word(tokens.start + i) == word)
        });
        if preposition {
            let class = Some(Class::Saying);
            return Some(Cue { tokens, verb: None, class, form: None, passive: false });
        }
        let is_verb = |t: &usize| {
            matches!(view.language.tokens[*t].upos, Upos::Verb | Upos::Aux)
                && !view.is_auxiliary(*t)
        };
        let known = |t: &usize| is_verb(t) && !CUES.verb_forms(view.word(*t)).is_empty();
        let verb = tokens.clone().find(known).or_else(|| tokens.clone().find(is_verb));
        // A cue that the tagger takes for a noun all through ("reports", "claims").
        let verb = verb.or_else(|| {
            let noun = |t: &usize| {
                !CUES.verb_forms(view.word(*t)).is_empty() && CUES.noun(view.word(*t)).is_none()
            };
            tokens.clone().find(noun)
        });
        let row = verb.and_then(|t| {
            let fits = |then: &[String]| {
                then.iter().enumerate().all(|(i, word)| view.word(t + 1 + i) == word)
            };
            CUES.verb_forms(view.word(t)).iter().find(|(row, _)| fits(&CUES.verbs[*row].then))
        });
        let class = row.map(|(row, _)| CUES.verbs[*row].class).or_else(|| {
            let noun = |t: usize| CUES.noun(view.word(t));
            let adjective = |t: usize| CUES.adjective(view.word(t)).map(|(class, _)| class);
            tokens.clone().find_map(|t| noun(t).or_else(|| adjective(t)))
        });
        let be = verb.is_some_and(|v| {
            let tag = view.language.tokens[v].xpos;
            matches!(tag, "VBN" | "VBD") && (tokens.start..v).any(|t| view.is(t, Sort::BE))
        });
        Some(Cue { form: row.map(|(_, form)| *form), passive: be, tokens, verb, class })
    }

    /// A clause or a quotation, and not only a thing that is named.
    fn is_clausal(&self, attribution: &Attribution) -> bool {
        let view = &self.view;
        if attribution.speech != Speech::Indirect {
            return true;
        }
        attribution.content.iter().any(|span| {
            let tokens = view.language.tokens_in(*span);
            view.word(tokens.start) == "that" && tokens.len() > 2
                || tokens.clone().any(|t| view.is_finite(t))
        })
    }

    /// More than a pronoun that points elsewhere.
    fn has_content(&self, attribution: &Attribution) -> bool {
        let view = &self.view;
        let mut words = attribution
            .content
            .iter()
            .flat_map(|span| view.language.tokens_in(*span))
            .filter(|t| view.is(*t, Sort::WORD));
        let Some(first) = words.next() else { return false };
        let bare = words.next().is_none();
        let quoted = view.quotation_at(first).is_some();
        quoted || !bare || !(NOUNS.points(view.word(first)))
    }

    /// A source that can hold a statement: somebody, and neither evidence nor a number nor words that
    /// were cut out of a clause.
    fn has_holder(&self, attribution: &Attribution) -> bool {
        let view = &self.view;
        let Some(tokens) = self.tokens(&attribution.source) else { return true };
        let hears = self.cue(attribution).and_then(|cue| cue.verb);
        if hears.is_some_and(|t| CUES.hears(&view.language.tokens[t].lemma)) {
            return tokens.clone().any(|t| NOUNS.hears(view.word(t)));
        }
        let named = tokens.clone().any(|t| view.name_at(t).is_some());
        let stop = tokens
            .clone()
            .skip(1)
            .find(|t| {
                view.is(*t, Sort::COMMA | Sort::BRACKET | Sort::DASH)
                    || view.word(*t).starts_with("who") && view.is(*t, Sort::QUESTION)
                    || matches!(view.word(*t), "which" | "that")
            })
            .unwrap_or(tokens.end);
        let head = tokens.start..stop;
        if view.word(head.start) == "no" || head.clone().all(|t| self.is_number(t)) {
            return false;
        }
        let noun = self.noun(&head);
        let word = noun.map_or("", |t| view.word(t));
        let common = noun.is_some_and(|t| !view.is(t, Sort::NAME));
        // "UN figures" are the UN's.
        let authored = named
            || head.clone().skip(1).any(|t| view.word(t) == "by")
            || head.clone().any(|t| {
                NOUNS.sort(view.word(t)) == Some(Noun::Body) && view.is(t + 1, Sort::GENITIVE)
            });
        if common && NOUNS.is_evidence(word) && !authored {
            return false;
        }
        // "arrested the", "get us out of the pandemic": words of a clause; "those polled", "the analysts
        // surveyed" are none.
        let tokens = &view.language.tokens;
        let describes = |t: usize| {
            let behind = noun.is_some_and(|n| n < t && tokens[t].head == Some(n));
            behind && matches!(tokens[t].deprel, "acl" | "amod") || tokens[t].xpos == "VBN"
        };
        let broken =
            head.clone().any(|t| view.is_finite(t) && !view.is(t, Sort::NAME) && !describes(t));
        let pronoun = head.len() == 1 && view.is(head.start, Sort::SUBJECT | Sort::QUESTION);
        if broken && !pronoun {
            return false;
        }
        let known = named
            || NOUNS.forecasts(word)
            || pronoun
            || NOUNS.sort(word).is_some()
            || NOUNS.pronoun(view.word(head.start)).is_some()
            || head.clone().any(|t| view.is(t, Sort::CAPITAL) && t > head.start);
        known || attribution.confidence >= MIN_STRANGE_HOLDER
    }

    fn is_number(&self, t: usize) -> bool {
        let token = &self.view.language.tokens[t];
        self.view.is(t, Sort::NUMBER) || token.upos == Upos::Num
    }

    /// The noun on which a noun phrase hangs.
    fn noun(&self, head: &Range<usize>) -> Option<usize> {
        let tokens = &self.view.language.tokens;
        let outside = |t: &usize| tokens[*t].head.is_none_or(|h| !head.contains(&h));
        let noun = |t: &usize| matches!(tokens[*t].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        head.clone().filter(outside).find(noun).or_else(|| head.clone().rev().find(noun))
    }

    /// "did not say", "neither … said": not said at all. Who does not think or want something holds
    /// a view all the same.
    fn is_negated(&self, cue: &Cue, attribution: &Attribution) -> bool {
        let view = &self.view;
        let negated = cue.tokens.clone().any(|t| view.is(t, Sort::NEGATION));
        let neither = self.tokens(&attribution.source).is_some_and(|source| {
            let first = source.start.saturating_sub(1)..source.start + 1;
            first.clone().any(|t| matches!(view.word(t), "neither" | "nor" | "nobody" | "none"))
        });
        // "None have ever been reported to have hurt anybody."
        let none = cue.passive
            && attribution.content.first().is_some_and(|span| {
                let first = view.language.tokens_in(*span).start;
                attribution.source.is_empty() && List::Nobody.has(view.word(first))
            });
        if !negated && !neither && !none {
            return false;
        }
        let stance = cue.class.is_some_and(|class| {
            matches!(
                class,
                Class::Belief
                    | Class::Forecasting
                    | Class::Evaluation
                    | Class::Denial
                    | Class::Intention
                    | Class::Demand
            )
        });
        !stance || neither
    }

    /// "will announce", "may say", "plans to announce".
    fn is_to_come(&self, cue: &Cue, attribution: &Attribution) -> bool {
        let view = &self.view;
        let modal = cue.tokens.clone().any(|t| view.is(t, Sort::MODAL));
        let before = cue.tokens.start.checked_sub(1);
        let to = |t: usize| view.word(t) == "to";
        let infinitive = cue.verb.is_some_and(|v| {
            view.language.tokens[v].xpos == "VB"
                && (before.is_some_and(to) && v == cue.tokens.start
                    || (cue.tokens.start..v).any(to))
        });
        let goes_on =
            cue.verb.is_some_and(|v| v >= 2 && CUES.goes_on(view.word(v.saturating_sub(2))));
        let own = self
            .tokens(&attribution.source)
            .is_some_and(|s| s.len() == 1 && matches!(view.word(s.start), "i" | "we"));
        let acts = cue.class.is_none_or(|class| {
            matches!(
                class,
                Class::Saying
                    | Class::Asserting
                    | Class::Writing
                    | Class::Announcing
                    | Class::Showing
                    | Class::Warning
            )
        });
        acts && !own && !cue.passive && (modal || infinitive && !goes_on)
    }

    /// "if the mayor says that …", "when asked if …"
    fn is_conditional(&self, cue: &Cue, attribution: &Attribution) -> bool {
        let view = &self.view;
        let source = self.tokens(&attribution.source).map_or(usize::MAX, |s| s.start);
        let start = cue.tokens.start.min(source);
        let Some(before) = start.checked_sub(1) else { return false };
        view.sentence_of(before) == view.sentence_of(start)
            && CUES.is_conditional(view.word(before))
    }

    /// "refused to say", "declined to comment", "denied having said"; a refusal to rule something out
    /// says something.
    fn is_refusal(&self, cue: &Cue) -> bool {
        let view = &self.view;
        let lemma = |t: usize| view.language.tokens[t].lemma.as_ref();
        let near = cue.tokens.start.saturating_sub(3)..cue.tokens.end;
        let verb = cue.verb.unwrap_or(cue.tokens.end);
        let refuses = near.clone().find(|t| {
            let denies = CUES.denies(lemma(*t)) && *t + 2 == verb && view.word(t + 1) == "having";
            (CUES.refuses(lemma(*t)) || denies) && view.may_be_verb(*t)
        });
        let Some(refuses) = refuses else { return false };
        let beyond = refuses + 1..(refuses + 6).min(view.len());
        let open = beyond.clone().any(|t| CUES.is_exclusion(lemma(t)));
        let linked = (refuses + 1..cue.verb.unwrap_or(refuses).max(refuses))
            .all(|t| view.word(t) == "to" || view.word(t) == "having" || view.is(t, Sort::ADVERB));
        linked && !open
    }

    /// "asked whether …", "“Will it open?” she asked".
    fn is_question(&self, cue: &Cue, attribution: &Attribution) -> bool {
        let view = &self.view;
        let Some(verb) = cue.verb else { return false };
        let Some(first) = attribution.content.first() else { return false };
        let content = view.language.tokens_in(*first);
        let opens = content.start;
        let polar = matches!(view.word(opens), "if" | "whether");
        if !CUES.asks(&view.language.tokens[verb].lemma) {
            let says = matches!(cue.class, Some(Class::Saying | Class::Writing | Class::Asserting));
            return polar
                && says
                && attribution.speech == Speech::Indirect
                && view.word(opens) == "whether";
        }
        let asked = view.is(opens, Sort::QUESTION) || polar;
        let last = attribution
            .content
            .last()
            .map_or(content.end, |span| view.language.tokens_in(*span).end);
        let mark = last.saturating_sub(2).max(opens)..(last + 1).min(view.len());
        let marked = mark.clone().any(|t| view.word(t) == "?");
        asked || marked || attribution.source.is_empty() || cue.passive
    }

    /// A verb of doing that nobody speaks with: one that the table does not know, or knows for a
    /// deed, without a clause or a quotation.
    fn is_deed(&self, cue: &Cue, attribution: &Attribution) -> bool {
        let view = &self.view;
        let adverb = cue.tokens.len() == 1 && CUES.is_adverb(view.word(cue.tokens.start));
        if adverb {
            return false;
        }
        let quoted = attribution.speech != Speech::Indirect;
        let that = attribution.content.iter().any(|span| {
            let tokens = view.language.tokens_in(*span);
            view.word(tokens.start) == "that" && tokens.len() > 2
        });
        let Some(verb) = cue.verb else {
            // "concern about …" of nobody.
            return cue.class.is_some() && attribution.source.is_empty() && !that;
        };
        let lemma = view.language.tokens[verb].lemma.as_ref();
        // "sees inflation at 3 percent", "cut its forecast to …"
        let figures = (CUES.sees(lemma) || CUES.revises(lemma) || CUES.prices(lemma))
            && attribution.content.iter().any(|span| {
                let mut tokens = view.language.tokens_in(*span);
                tokens.any(|t| {
                    view.is(t, Sort::NUMBER)
                        || CUES.is_chance(view.word(t))
                        || CUES.is_outlook(view.word(t))
                })
            });
        if quoted || that || figures || CUES.prices(lemma) {
            return false;
        }
        if CUES.is_deed(lemma) {
            let infinitive = cue.class.is_some()
                && attribution.content.first().is_some_and(|span| {
                    let first = view.language.tokens_in(*span).start;
                    let gerund = view.language.tokens.get(first).is_some_and(|t| t.xpos == "VBG");
                    gerund || view.word(first) == "to"
                });
            return !self.is_clausal(attribution) && !infinitive || attribution.source.is_empty();
        }
        let evaluates = cue.class == Some(Class::Evaluation);
        if attribution.source.is_empty() && (cue.class.is_none() || evaluates) {
            return true;
        }
        cue.class.is_none() && cue.form.is_none() && attribution.confidence < MIN_UNKNOWN_CUE
    }
}
