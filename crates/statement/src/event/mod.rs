//! What is said to happen: the claim's predicate with actor and target as the whole article names them, and
//! the class of an event pack where the participants fit it.

mod noncanonical;
mod pack;

use sayso_language::{
    Upos,
    clause::{Relation, Role, VerbForm, Voice},
};
use sayso_model::{Entity, Event, Span};

use crate::{
    Context,
    passage::Passage,
    reading::{
        Form, Reading,
        participant::{self, is_time},
    },
    tables::{Class, CueClass, List},
};

/// An event as the grammar gives it, before it is printed.
#[derive(Debug, Clone)]
pub struct Asserted<'t> {
    /// The class of a pack whose types fit.
    pub class: Option<&'t Class>,
    /// The predicate in a word.
    pub lemma: String,
    /// The words that name it.
    pub trigger: Span,
    /// Who does it.
    pub actor: Option<Entity>,
    /// To whom or what.
    pub target: Option<Entity>,
    /// The head tokens of actor and target, where they are words of the content.
    pub heads: (Option<usize>, Option<usize>),
}

/// Case words behind which the target of a verb without object stands.
const TARGET_CASES: [&str; 16] = [
    "from", "to", "of", "in", "into", "on", "with", "against", "for", "at", "as", "over", "about",
    "through", "towards", "off",
];

/// The event of a statement.
pub fn of(context: &Context, reading: &Reading) -> Option<Event> {
    let found = asserted(context, reading)?;
    Some(Event {
        threshold: threshold(context, reading, found.trigger),
        class: found.class.map_or(found.lemma, |c| c.name.clone()),
        pack: found.class.map(|c| c.pack.clone()),
        actor: found.actor,
        target: found.target,
        place: None,
        trigger: context.language.print(found.trigger),
    })
}

/// The predicate that a statement asserts, with its participants.
pub fn asserted<'t>(context: &Context<'t>, reading: &Reading) -> Option<Asserted<'t>> {
    let claim = reading.claim?;
    if reading.form == Form::Clause
        && let Some(predication) = noncanonical::of(context, reading, claim)
    {
        let plain = predication.asserted(context, reading);
        return Some(pack::classify(context, reading, predication.verb, plain));
    }
    let plain = match reading.form {
        Form::Noun => noun_event(context, reading, claim),
        Form::Clause => Some(clause_event(context, reading, claim)),
        Form::Nothing => None,
    }?;
    // "the talks will begin" are talks, if a pack knows them.
    let goes_on = context.tables.operators.occurs(context.lemma(claim))
        || context.tree().upos(claim) == Upos::Noun && context.lemma(claim) == "matter";
    if goes_on
        && reading.form == Form::Clause
        && let Some(subject) = reading.subject
        && context.tree().upos(subject) == Upos::Noun
    {
        let noun = nominal(context, reading, subject);
        let known = pack::classify(context, reading, subject, noun);
        if known.class.is_some() {
            return Some(known);
        }
    }
    // "are engaged in a withdrawal": they withdraw.
    if context.tables.operators.engages(context.lemma(claim))
        && let Some(noun) = context
            .tree()
            .children_of(claim, &[Relation::Oblique])
            .find(|c| has_case(context, *c, &["in"]) && inside_event(context, reading, *c))
    {
        let of = nominal(context, reading, noun);
        let actor = reading.subject.filter(|_| of.actor.is_none());
        let named = actor.and_then(|t| participant::name(context, reading, t, true));
        let heads = (of.heads.0.or(actor), of.heads.1);
        let of = Asserted { actor: of.actor.clone().or(named), heads, ..of };
        return Some(pack::classify(context, reading, noun, of));
    }
    Some(pack::classify(context, reading, claim, plain))
}

/// Whether a noun of the content names an event.
fn inside_event(context: &Context, reading: &Reading, noun: usize) -> bool {
    context.tables.operators.names_event(context.lemma(noun))
        && reading.content.binary_search(&noun).is_ok()
}

/// The name of a participant, where there is one.
fn name_of(
    context: &Context,
    reading: &Reading,
    head: Option<usize>,
    acts: bool,
) -> Option<Entity> {
    head.and_then(|t| participant::name(context, reading, t, acts))
}

fn token_span(context: &Context, token: usize) -> Span {
    context.language.tokens.get(token).map(|t| t.span).unwrap_or_default()
}

fn has_case(context: &Context, token: usize, cases: &[&str]) -> bool {
    context
        .tree()
        .children_of(token, &[Relation::Case])
        .any(|c| cases.contains(&context.form_lower(c)))
}

/// "the capture of X by Y"; or what the cue does to a thing: "rejected the offer".
fn noun_event<'t>(context: &Context<'t>, reading: &Reading, noun: usize) -> Option<Asserted<'t>> {
    let lemma = context.lemma(noun);
    // "forecast heavy snow", "cut their forecast for growth"
    let foretold = matches!(reading.cue.class, Some(CueClass::Forecast | CueClass::Fear));
    let operators = &context.tables.operators;
    if operators.names_event(lemma) || operators.is_outlook(lemma) || foretold {
        return Some(nominal(context, reading, noun));
    }
    let done = matches!(
        reading.cue.class,
        Some(
            CueClass::Denial
                | CueClass::Demand
                | CueClass::Wish
                | CueClass::Intention
                | CueClass::Assessment
        )
    );
    let helps = ["have", "be", "do", "will"];
    let lemmas = reading.cue.lemmas.iter().filter(|l| !helps.contains(&l.as_str()));
    let Some(verb) = lemmas.max_by_key(|l| l.len()).filter(|_| done) else {
        // "did not rule out a bailout"
        let named = context.tree().upos(noun) == Upos::Noun;
        return named.then(|| nominal(context, reading, noun));
    };
    let target = participant::name(context, reading, noun, false);
    let actor = reading.speaker.map(|s| Entity {
        name: s.name.clone(),
        span: s
            .mention
            .clone()
            .unwrap_or_else(|| context.language.print(token_span(context, noun))),
    });
    Some(Asserted {
        class: None,
        lemma: verb.clone(),
        trigger: token_span(context, noun),
        actor,
        target,
        heads: (None, Some(noun)),
    })
}

/// A noun that names an event, with whom its prepositions name.
fn nominal<'t>(context: &Context<'t>, reading: &Reading, noun: usize) -> Asserted<'t> {
    let tree = context.tree();
    let with = |cases: &[&str]| {
        tree.children_of(noun, &[Relation::NominalModifier, Relation::Oblique])
            .find(|c| has_case(context, *c, cases) && !is_time(context, *c))
    };
    let deep = || {
        tree.children_of(noun, &[Relation::NominalModifier]).find_map(|n| {
            tree.children_of(n, &[Relation::NominalModifier])
                .find(|c| has_case(context, *c, &["by"]) && !is_time(context, *c))
        })
    };
    let between = with(&["between"]);
    let actor =
        with(&["by"]).or(between).or_else(deep).or_else(|| tree.child(noun, Relation::Possessor));
    // "a rift between him and the mayor"
    let other = between.and_then(|b| tree.child(b, Relation::Coordination));
    let of = with(&["of", "on", "to", "against", "for", "in"])
        .filter(|o| !participant::is_amount(context, *o))
        .or(other);
    let from = with(&["from", "with"]);
    let people = || {
        tree.children_of(noun, &[Relation::AdjectivalModifier, Relation::Compound])
            .find(|c| participant::is_country(context, *c))
    };
    let (actor, target) = match (actor, of, from) {
        (None, Some(of), Some(from)) => (Some(of), Some(from)),
        (actor, of, from) => (actor.or_else(people), of.or(from)),
    };
    let name = |t: Option<usize>, acts| name_of(context, reading, t, acts);
    let does = reading.form == Form::Noun && matches!(reading.cue.class, Some(CueClass::Intention))
        || ["confirm", "acknowledge", "announce"].iter().any(|l| reading.cue.lemmas.contains(*l));
    let speaker = || {
        reading.speaker.filter(|_| does).map(|s| Entity {
            name: s.name.clone(),
            span: s
                .mention
                .clone()
                .unwrap_or_else(|| context.language.print(token_span(context, noun))),
        })
    };
    Asserted {
        class: None,
        lemma: context.lemma(noun).to_owned(),
        trigger: token_span(context, noun),
        actor: name(actor, true).or_else(speaker),
        target: name(target, false),
        heads: (actor, target),
    }
}

fn clause_event<'t>(context: &Context<'t>, reading: &Reading, claim: usize) -> Asserted<'t> {
    let tree = context.tree();
    let operators = &context.tables.operators;
    let name = |t: Option<usize>, acts| name_of(context, reading, t, acts);
    let plain = |claim: usize, actor: Option<usize>, target: Option<usize>| {
        let (actor, target) = (
            actor.map(|t| member(context, reading, t)),
            target.map(|t| member(context, reading, t)),
        );
        Asserted {
            class: None,
            lemma: verb_lemma(context, claim),
            trigger: token_span(context, claim),
            actor: name(actor, true),
            target: name(target, false),
            heads: (actor, target),
        }
    };
    let subject = reading.subject;
    let judged = subject.filter(|s| tree.relation(*s) == Relation::Object);
    let Some(predicate) = context.clauses().predicate(claim) else {
        let noun = nominal(context, reading, claim);
        // "described him as a man of principle": he is one.
        return if noun.actor.is_none() && judged.is_some() {
            Asserted { actor: name(judged, true), heads: (judged, noun.heads.1), ..noun }
        } else {
            noun
        };
    };
    let verb = matches!(tree.upos(claim), Upos::Verb | Upos::Aux);
    if tree.upos(claim) == Upos::Noun && !verb && predicate.copula.is_none() && subject.is_none() {
        return nominal(context, reading, claim);
    }
    if !verb {
        let of =
            tree.children_of(claim, &[Relation::Oblique, Relation::NominalModifier]).find(|c| {
                has_case(context, *c, &TARGET_CASES)
                    && !is_time(context, *c)
                    && reading.content.binary_search(c).is_ok()
            });
        // "growth would be 1.8 percent", "sales were not what they had hoped": what is so says nothing.
        let bare = !matches!(tree.upos(claim), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv)
            || participant::is_amount(context, claim);
        let whole = whole_of(context, claim);
        let mut found = plain(claim, subject, of.filter(|o| *o != whole));
        // "is an international waterway": what it is said to be.
        if found.target.is_none() && subject.is_some() && tree.upos(claim) == Upos::Noun {
            found.target = name(Some(claim), false).filter(|t| t.name.contains(' '));
        }
        if let Some(first) = joined_before(context, claim) {
            found.trigger = token_span(context, first).cover(found.trigger);
            found.lemma = found.trigger.of(context.language.text).to_lowercase().replace('-', "_");
        }
        if whole != claim {
            context.lemma(whole).clone_into(&mut found.lemma);
            found.trigger = token_span(context, whole);
        } else if bare && let Some(subject) = subject.filter(|s| tree.upos(*s) == Upos::Noun) {
            context.lemma(subject).clone_into(&mut found.lemma);
            found.trigger = token_span(context, subject);
        }
        return found;
    }
    let arguments = context.clauses().arguments(predicate);
    // "in her view" belongs to the cue.
    let inside = |t: usize| reading.content.binary_search(&t).is_ok();
    // "counted by midnight": when, and not by whom.
    let role = |role: Role| {
        let found = arguments.iter().find(|a| a.role == role).map(|a| a.head);
        found.filter(|t| role != Role::Agent || !is_time(context, *t))
    };
    let oblique = arguments
        .iter()
        .filter(|a| a.role == Role::Oblique && inside(a.head))
        .find(|a| {
            a.case.is_some_and(|c| {
                let case = context.form_lower(c);
                let by = case == "by" && predicate.voice == Voice::Active;
                by && !crate::reading::participant::is_number(context, a.head)
                    || TARGET_CASES.contains(&case)
            }) && !is_time(context, a.head)
        })
        .map(|a| a.head);
    if tree.child(claim, Relation::Expletive).is_some()
        && let Some(subject) = subject
        && !context.clauses().predicate(subject).is_some_and(|p| p.finite)
    {
        // "there was an attack on the port"
        return nominal(context, reading, subject);
    }
    // "70 percent of the damage": the damage; "committed himself to": to what.
    let object = role(Role::Object)
        .and_then(|o| measured(context, o))
        .filter(|o| !operators.persons.reflexive.contains(context.form_lower(*o)));
    // "There seem to be shortfalls": what there is.
    if tree.upos(claim) == Upos::Verb
        && context.lemma(claim) == "be"
        && let Some(subject) = subject
    {
        return nominal(context, reading, subject);
    }
    // "carried out a number of raids"
    let object = object.map(|o| whole_of(context, o));
    if let Some(object) = object
        && operators.is_light(context.lemma(claim), context.lemma(object))
    {
        let below = nominal(context, reading, object);
        let own = tree.child(object, Relation::NominalModifier);
        let passive = predicate.voice == Voice::Passive;
        let takes_place = context.lemma(object) == "place";
        if takes_place && let Some(subject) = subject {
            return nominal(context, reading, subject);
        }
        let actor = if passive { role(Role::Agent) } else { subject };
        let target = own.or(oblique);
        return Asserted {
            trigger: token_span(context, claim).cover(token_span(context, object)),
            actor: name(actor, true),
            target: name(target, false),
            heads: (actor, target),
            ..below
        };
    }
    if predicate.voice == Voice::Passive {
        let agent = role(Role::Agent);
        // "the raid on the camp was carried out by Oskaria"
        if let Some(noun) = subject
            && tree.upos(noun) == Upos::Noun
            && operators.is_light(context.lemma(claim), context.lemma(noun))
        {
            let below = nominal(context, reading, noun);
            let actor = agent.or(below.heads.0);
            return Asserted {
                trigger: token_span(context, noun).cover(token_span(context, claim)),
                actor: name(actor, true),
                heads: (actor, below.heads.1),
                ..below
            };
        }
        // "the raids were linked to the vote": nobody does it, both are told of.
        return if agent.is_none() && oblique.is_some() && operators.relates(context.lemma(claim)) {
            plain(claim, subject, oblique)
        } else {
            plain(claim, agent, subject)
        };
    }
    let caused = tree
        .children_of(
            claim,
            &[Relation::Complement, Relation::OpenComplement, Relation::AdverbialClause],
        )
        .filter(|c| {
            // "are investigating if a second car was involved"
            let asked = || {
                tree.child(*c, Relation::Marker).is_some_and(|m| {
                    let words = &context.tables.kinds.questions;
                    words.contains(context.form_lower(m))
                        && !operators.clauses.conditional.contains(context.lemma(m))
                })
            };
            *c > claim && (tree.relation(*c) != Relation::AdverbialClause || asked())
        })
        .find_map(|c| tree.children(c).find(|s| tree.relation(*s).is_subject()));
    let any = arguments
        .iter()
        .find(|a| {
            a.role == Role::Oblique
                && a.case.is_some()
                && inside(a.head)
                && !is_time(context, a.head)
                && !a.case.is_some_and(|c| operators.clauses.temporal.contains(context.lemma(c)))
        })
        .map(|a| a.head)
        .filter(|a| !participant::is_amount(context, *a));
    // "work towards lifting the ban"
    let below = || {
        tree.children_of(
            claim,
            &[Relation::Complement, Relation::OpenComplement, Relation::AdverbialClause],
        )
        .filter(|c| {
            let open = matches!(tree.form(*c).form, VerbForm::Infinitive | VerbForm::Gerund);
            open && *c > claim && !tree.is_finite(*c) && reading.tokens.binary_search(c).is_ok()
        })
        .find_map(|c| tree.child(c, Relation::Object))
    };
    let target = object.or(role(Role::Recipient)).or(oblique).or(caused).or(any).or_else(below);
    let mut found = plain(claim, subject, target);
    // "had no connections": the verb alone says nothing.
    if operators.is_support(context.lemma(claim))
        && let Some(object) = object.filter(|o| *o > claim && tree.upos(*o) == Upos::Noun)
    {
        found.trigger = found.trigger.cover(token_span(context, object));
    }
    if found.actor.is_none()
        && subject.is_none()
        && !predicate.finite
        && (matches!(reading.cue.class, Some(CueClass::Intention | CueClass::Wish))
            || reading.cue.class.is_none() && opens(context, reading, claim))
    {
        found.actor = reading.speaker.map(|s| Entity {
            name: s.name.clone(),
            span: s
                .mention
                .clone()
                .unwrap_or_else(|| context.language.print(token_span(context, claim))),
        });
    }
    found
}

/// Whether a content is nothing but an infinitive: "to keep prices low".
fn opens(context: &Context, reading: &Reading, claim: usize) -> bool {
    let first = reading.content.first().copied();
    let marker = context.tree().child(claim, Relation::Marker);
    reading.path.first() == Some(&claim) && (first == marker || first == Some(claim))
}

/// What regular forms add to their verb, and nothing.
const REGULAR_ENDINGS: [&str; 6] = ["", "s", "es", "d", "ed", "ing"];

/// The dictionary form of a predicate: what the language core says if its forms are such, else by the table
/// of irregular verbs, since the core has to guess at words that it never met.
fn verb_lemma(context: &Context, claim: usize) -> String {
    let lemma = context.lemma(claim);
    if context.tree().upos(claim) != Upos::Verb || lemma.contains('_') {
        return lemma.to_owned();
    }
    let verbs = &context.tables.verbs;
    let form = context.form_lower(claim);
    let regular = form.strip_prefix(lemma);
    if regular.is_some_and(|ending| REGULAR_ENDINGS.contains(&ending)) {
        // "misled" is of "mislead".
        let other = form.ends_with("ed").then(|| verbs.of_irregular(form)).flatten();
        return other.unwrap_or_else(|| lemma.to_owned());
    }
    if verbs.forms(lemma).iter().any(|(_, f)| *f == form) {
        return lemma.to_owned();
    }
    verbs.of_irregular(form).unwrap_or_else(|| lemma.to_owned())
}

/// Of a list the member that stands in the content: a statement of one member has left out the others.
fn member(context: &Context, reading: &Reading, head: usize) -> usize {
    let inside = |t: usize| reading.tokens.binary_search(&t).is_ok();
    let tree = context.tree();
    if inside(head) {
        return announced(context, reading, head).unwrap_or(head);
    }
    tree.children_of(head, &[Relation::Coordination]).find(|c| inside(*c)).unwrap_or(head)
}

/// The first of those whom "the following ministers" announces, behind a colon or in the lines below.
fn announced(context: &Context, reading: &Reading, head: usize) -> Option<usize> {
    let tree = context.tree();
    let language = context.language;
    let announces = std::iter::once(head)
        .chain(tree.children(head))
        .any(|t| List::Announcers.has(context.form_lower(t)) || tree.upos(t) == Upos::Num);
    if !announces {
        return None;
    }
    let from = reading.content.partition_point(|t| *t <= head);
    let list = (from..reading.content.len()).find(|i| {
        let start = i.checked_sub(1).map(|b| language.tokens[reading.content[b]].span.end);
        let end = language.tokens[reading.content[*i]].span.start;
        let gap = start.and_then(|s| language.text.get(s as usize..end as usize));
        gap.is_some_and(|g| g.contains(':'))
    })?;
    reading.content[list..]
        .iter()
        .copied()
        .find(|t| matches!(tree.upos(*t), Upos::Propn | Upos::Noun))
        .filter(|t| language.form(*t).starts_with(char::is_uppercase))
}

/// The first of the words that hyphens join to an adjective: "short" of "short-lived".
fn joined_before(context: &Context, adjective: usize) -> Option<usize> {
    let tokens = &context.language.tokens;
    let joined = |t: usize| {
        let (hyphen, word) = (tokens.get(t.checked_sub(1)?)?, tokens.get(t.checked_sub(2)?)?);
        let dash = context.form_lower(t - 1) == "-";
        let close = word.span.end == hyphen.span.start && hyphen.span.end == tokens[t].span.start;
        (dash && close).then_some(t - 2)
    };
    if !matches!(context.tree().upos(adjective), Upos::Adj | Upos::Verb) {
        return None;
    }
    std::iter::successors(joined(adjective), |t| joined(*t)).last()
}

/// What an amount is an amount of, a thing itself, or nothing for a bare amount ("rose 3 percent").
fn measured(context: &Context, noun: usize) -> Option<usize> {
    if !participant::is_amount(context, noun) {
        return Some(noun);
    }
    context
        .tree()
        .children_of(noun, &[Relation::NominalModifier])
        .find(|c| has_case(context, *c, &["of"]) && !participant::is_amount(context, *c))
}

/// The noun that is meant by "a number of …", else the noun itself.
fn whole_of(context: &Context, noun: usize) -> usize {
    let part = context.tables.operators.anaphora.part.contains(context.lemma(noun));
    let tree = context.tree();
    let part = part || matches!(tree.upos(noun), Upos::Num | Upos::Pron);
    let whole = tree
        .children_of(noun, &[Relation::NominalModifier])
        .find(|c| part && has_case(context, *c, &["of"]));
    whole.unwrap_or(noun)
}

/// "above 2.5 percent": the number that decides it, behind the claim's predicate.
fn threshold(context: &Context, reading: &Reading, trigger: Span) -> Option<String> {
    let language = context.language;
    let end = reading.tokens.last().map(|t| token_span(context, *t).end)?;
    if trigger.end >= end {
        return None;
    }
    let passage = Passage::of(context, &[Span { start: trigger.end, end }]);
    let clause = passage.clause_at(0);
    let at = clause.clone().find(|i| {
        List::ThresholdWords.has(passage.lower(*i))
            && crate::numeral::read(&passage.words, i + 1).is_some_and(|n| !n.vague)
            && reading.governs(context, passage.span(*i..*i + 1))
    })?;
    let number = crate::numeral::read(&passage.words, at + 1)?;
    let mut stop = at + 1 + number.length;
    if !List::ThresholdUnits.has(passage.lower(stop)) {
        return None;
    }
    stop += 1 + usize::from(passage.lower(stop) == "per");
    Some(passage.span(at..stop).of(language.text).to_owned())
}
