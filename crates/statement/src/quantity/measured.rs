//! What a figure measures, from the tree: 21 % *of what*.
//!
//! - "54 percent of the votes": the noun behind "of", the whole of a share.
//! - "a deficit of $4 billion", "a 5 % growth target", "2.8 percent inflation": the noun that the
//!   figure describes; of a noun of change ("a rise of 2 % in output") what changed.
//! - "inflation will fall to 21 percent", "sales were up 12 %", "cut rates to 4 %": what moves or
//!   stands at the figure, the object of a verb that moves something, else its subject.
//!
//! Relations are those of Universal Dependencies; which verbs and nouns move or hold a figure are
//! rows of `data/en/units.toml`.

use std::ops::Range;

use sayso_language::{Language, Upos};
use sayso_model::{QuantityKind, Span};

use crate::{Context, numeral, tables::Units};

/// The most heads between a figure and what it measures.
const MOST_HEADS: usize = 6;
/// How far from its head a dependent is looked for, in tokens.
const REACH: usize = 40;

/// What a figure measures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Measured {
    /// "budget deficit"; where nothing else is measured, what stands behind "of".
    pub(super) of: Option<String>,
    /// The whole that it is a share of where that is something else: "GDP".
    pub(super) per: Option<String>,
    /// What stands behind "of".
    pub(super) whole: Option<String>,
}

/// Reads what the figure of a span measures.
pub(super) fn read(context: &Context, span: Span) -> Measured {
    let language = context.language;
    let tree = Tree { language, units: &context.tables.units };
    let tokens = language.tokens_in(span);
    let Some(head) = tree.outermost(&tokens) else { return Measured::default() };
    let whole = tree.behind(&tokens).and_then(|noun| tree.phrase(noun, &tokens));
    // "in 90 percent of the tests": where something is so, and not how much of it there is.
    let place =
        whole.is_some() && !matches!(tree.case(head), "" | "to" | "at" | "by" | "from" | "of");
    // "cost them $3 million in fees": the fees, whatever costs them.
    let place = place || whole.is_some() && tree.language.form(tokens.end) != "of";
    let noun = tree.measured(head, &tokens).filter(|_| !place);
    let of = noun.and_then(|noun| tree.phrase(noun, &tokens));
    match of {
        None => Measured { of: whole.clone(), per: None, whole },
        Some(of) => {
            let per = whole.clone().filter(|whole| *whole != of);
            Measured { of: Some(of), per, whole }
        }
    }
}

/// Whether the figure of a span is that of a chance: "a 40 percent chance", "put the odds at 3 to 1",
/// "90 percent sure". By how much a chance rose is none, nor "a 40 percent cut in the risk".
pub(super) fn is_chance(context: &Context, span: Span) -> bool {
    let tree = Tree { language: context.language, units: &context.tables.units };
    let tokens = context.language.tokens_in(span);
    let Some(figure) = tree.outermost(&tokens) else { return false };
    let chance = |noun: usize| tree.units.is_chance(tree.lemma(noun));
    let head = tree.head(figure);
    // "some 30 percent are sure" says how many.
    let counts = tree.relation(figure).starts_with("nsubj");
    if head.is_some_and(chance) && !counts || tokens.clone().any(chance) {
        return true;
    }
    let change = head.is_some_and(|h| tree.is_noun(h) && tree.units.moves(tree.lemma(h)));
    let by = tree.case(figure) == "by";
    !change && !by && tree.measured(figure, &tokens).is_some_and(chance)
}

/// A sentence's tree with the words that move figures.
struct Tree<'c> {
    language: &'c Language<'c>,
    units: &'c Units,
}

impl Tree<'_> {
    fn head(&self, token: usize) -> Option<usize> {
        let tokens = &self.language.tokens;
        tokens.get(token)?.head.filter(|head| *head != token && *head < tokens.len())
    }

    fn relation(&self, token: usize) -> &str {
        self.language.tokens.get(token).map_or("", |t| t.deprel)
    }

    fn upos(&self, token: usize) -> Upos {
        self.language.tokens[token].upos
    }

    fn lemma(&self, token: usize) -> &str {
        self.language.tokens.get(token).map_or("", |t| &t.lemma)
    }

    fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.language.tokens[head].sentence;
        let whole = self.language.sentences.get(sentence).map_or(0..0, |s| s.tokens.clone());
        let near = whole.start.max(head.saturating_sub(REACH))..whole.end.min(head + REACH);
        near.filter(move |t| self.language.tokens[*t].head == Some(head))
    }

    fn child(&self, head: usize, relations: &[&str]) -> Option<usize> {
        self.children(head).find(|c| relations.contains(&self.relation(*c)))
    }

    fn case(&self, token: usize) -> &str {
        self.child(token, &["case"]).map_or("", |c| self.lemma(c))
    }

    /// The token of a figure whose head lies outside it.
    fn outermost(&self, tokens: &Range<usize>) -> Option<usize> {
        tokens.clone().find(|t| self.head(*t).is_none_or(|head| !tokens.contains(&head)))
    }

    /// The noun behind "of" right after a figure, and of money the one behind "in" ("$3 million each
    /// in fees").
    fn behind(&self, tokens: &Range<usize>) -> Option<usize> {
        let each = usize::from(self.lemma(tokens.end) == "each");
        let case = tokens.end + each;
        let noun = self.head(case).filter(|head| *head > case && self.is_noun(*head))?;
        let joins = match self.lemma(case) {
            "of" => each == 0,
            "in" => self.is_money(tokens) && self.upos(noun) == Upos::Noun && !self.is_time(noun),
            _ => false,
        };
        joins.then_some(noun)
    }

    fn is_money(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|t| {
            let form = self.language.form(t).to_lowercase();
            let row = self.units.sign_of(&form).or_else(|| self.units.glued(&form));
            row.and_then(|row| self.units.get(row)).is_some_and(|u| u.kind == QuantityKind::Money)
        })
    }

    /// "in the next few days" is when.
    fn is_time(&self, noun: usize) -> bool {
        numeral::unit(self.lemma(noun)).is_some()
    }

    fn is_noun(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn)
    }

    /// The noun that a figure measures.
    fn measured(&self, figure: usize, tokens: &Range<usize>) -> Option<usize> {
        let mut fallback = None;
        let found = self.climb(figure, tokens, &mut fallback);
        found.or(fallback)
    }

    fn climb(
        &self,
        figure: usize,
        tokens: &Range<usize>,
        fallback: &mut Option<usize>,
    ) -> Option<usize> {
        let mut at = figure;
        for _ in 0..MOST_HEADS {
            if self.child(at, &["cop"]).is_some() {
                return self.subject(at, tokens);
            }
            let head = self.head(at)?;
            let relation = self.relation(at);
            let base = relation.split(':').next().unwrap_or_default();
            match self.upos(head) {
                // A share of a noun is the whole's to name.
                Upos::Noun | Upos::Propn if base == "nmod" && self.case(at) == "for" => {
                    return None;
                }
                Upos::Noun | Upos::Propn if matches!(base, "conj" | "appos" | "list") => {
                    if self.units.measures(self.lemma(head)) {
                        return self.changed(head, tokens).or(Some(head));
                    }
                    at = head;
                }
                Upos::Noun | Upos::Propn => {
                    if let Some(changed) = self.changed(head, tokens) {
                        return Some(changed);
                    }
                    // "to a high of 5", "on hold at 4": what is at the figure is further up.
                    let bare = !self.case(head).is_empty()
                        && self.child(head, &["det", "amod", "compound", "nmod:poss"]).is_none();
                    let above = self.units.moves(self.lemma(head)) || bare;
                    if !above {
                        return Some(head);
                    }
                    fallback.get_or_insert(head);
                    at = head;
                }
                Upos::Verb | Upos::Aux if base == "conj" => at = head,
                Upos::Verb | Upos::Aux => return self.of_verb(head, at, tokens),
                Upos::Adj | Upos::Adv if self.units.moves(self.lemma(head)) => {
                    if let Some(subject) = self.subject(head, tokens) {
                        return Some(subject);
                    }
                    at = head;
                }
                _ => at = head,
            }
        }
        None
    }

    /// What a noun of change changes: "a rise of 2 % in output", "output growth".
    fn changed(&self, noun: usize, tokens: &Range<usize>) -> Option<usize> {
        if !self.units.moves(self.lemma(noun)) {
            return None;
        }
        let topic = self.children(noun).find(|c| {
            self.relation(*c).starts_with("nmod")
                && !tokens.contains(c)
                && self.is_noun(*c)
                && !self.is_time(*c)
                && matches!(self.case(*c), "in" | "of" | "for" | "to")
        });
        topic
            .or_else(|| {
                self.children(noun).find(|c| self.relation(*c) == "compound" && self.is_noun(*c))
            })
            // "saw a rise of 2 %", "profit showed a fall of 2 %"
            .or_else(|| {
                let verb = self.head(noun).filter(|v| self.upos(*v) == Upos::Verb)?;
                if self.relation(noun) != "obj" {
                    return None;
                }
                self.subject(verb, tokens)
            })
    }

    /// What a verb says of a figure.
    fn of_verb(&self, verb: usize, figure: usize, tokens: &Range<usize>) -> Option<usize> {
        let lemma = self.lemma(verb);
        let object = self
            .child(verb, &["obj"])
            .filter(|o| *o != figure && self.is_noun(*o) && !tokens.contains(o));
        // "kept rates on hold at 4 percent": the figure is that of the noun between.
        let between = self.is_noun(figure) && !tokens.contains(&figure);
        if (between
            || self.units.moves(lemma)
            || matches!(self.case(figure), "to" | "at" | "by" | "from"))
            && let Some(object) = object
        {
            return self.changed(object, tokens).or(Some(object));
        }
        if self.units.moves(lemma) || self.units.holds(lemma) {
            return self.subject(verb, tokens);
        }
        // "invest $75m in schools", "pay 5 euros for a ticket", "knock $5m off profit"
        self.children(verb).find(|c| {
            let joins = match self.case(*c) {
                "for" | "in" | "on" | "into" => self.units.spends(lemma),
                "off" => true,
                _ => false,
            };
            let oblique = self.relation(*c).starts_with("obl") && self.is_noun(*c);
            joins && *c > figure && oblique && !self.is_time(*c)
        })
    }

    /// The subject of a predicate, also one that it shares with what governs it.
    fn subject(&self, predicate: usize, tokens: &Range<usize>) -> Option<usize> {
        let mut at = predicate;
        for _ in 0..MOST_HEADS {
            if let Some(subject) = self.child(at, &["nsubj", "nsubj:pass"]) {
                if tokens.contains(&subject) {
                    return None;
                }
                // "which rose 2 %": what the clause describes.
                if self.upos(subject) == Upos::Pron {
                    return (self.relation(at) == "acl:relcl").then(|| self.head(at))?;
                }
                return self.changed(subject, tokens).or(Some(subject));
            }
            let head = self.head(at)?;
            match self.relation(at) {
                "acl" | "acl:relcl" | "amod" if self.is_noun(head) => return Some(head),
                "xcomp" | "conj" | "advcl" | "ccomp" | "parataxis" => {
                    // "saw sales rise 2 %"
                    let object = self.child(head, &["obj"]).filter(|o| self.is_noun(*o));
                    if self.relation(at) == "xcomp" && object.is_some() {
                        return object;
                    }
                    at = head;
                }
                _ => return None,
            }
        }
        None
    }

    /// The words of a noun with what stands before it, and behind a noun of measure what it is the
    /// measure of ("growth of output").
    fn phrase(&self, noun: usize, figure: &Range<usize>) -> Option<String> {
        let unit = || self.units.glued(&self.language.form(noun).to_lowercase()).is_some();
        if !self.is_noun(noun) || figure.contains(&noun) || unit() {
            return None;
        }
        let before = ["compound", "amod", "flat", "nmod:poss", "nmod"];
        let mut first = noun;
        while let Some(left) = first.checked_sub(1).filter(|left| {
            !figure.contains(left)
                && before.contains(&self.relation(*left))
                && self.upos(*left) != Upos::Pron
                && self.head(*left).is_some_and(|head| (first..=noun).contains(&head))
        }) {
            first = left;
        }
        let mut last = noun + 1;
        let measure = self.units.measures(self.lemma(noun)) || self.units.moves(self.lemma(noun));
        if measure
            && matches!(self.lemma(last), "of" | "for")
            && let Some(whole) = self.head(last).filter(|w| *w > last && self.is_noun(*w))
            && !figure.contains(&whole)
            && whole - last < MOST_HEADS
            && self.child(whole, &["nummod"]).is_none()
        {
            last = whole + 1;
        }
        let text = self.language.span_of(first..last).of(self.language.text);
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
