//! A claim turned into a yes/no sentence.
//!
//! The words are the statement's own: its subject by name, its verb, and what follows the verb up
//! to the end of the clause. What would not make a sentence makes none.

use jiff::civil::Date;
use sayso_model::{Entity, Event, Kind, PrintedSpan, Speaker, SpeakerKind, Statement};

use super::{
    noun::{agreeing, indefinite, is_plural, lacks_noun, subject_name},
    words::{IssueWords, lower, words_of},
};

/// Words after the verb that are kept.
const MAX_REST: usize = 14;
/// Words between a subject's head and its helping verb that are kept.
const MAX_MODIFIER: usize = 5;

/// The question that a statement's event asks, in the future where `open`; none where its words
/// make no sentence.
pub fn sentence(statement: &Statement, open: bool, words: &IssueWords) -> Option<String> {
    let event = statement.event.as_ref()?;
    let piece = statement.content.iter().find(|piece| {
        piece.byte_start <= event.trigger.byte_start && event.trigger.byte_end <= piece.byte_end
    })?;
    let question = turned(event, piece, open, words)
        .filter(|_| !is_ours(statement, event, words))
        .or_else(|| kept(event, piece, words).filter(|_| !is_ours(statement, event, words)))
        .or_else(|| own_deed(statement, event, piece, words))
        .or_else(|| thing(event, piece, words))?;
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("{}?", question.trim_end_matches(['.', ',', ' '])))
}

/// Of whom a person says "we" is not known: the firm, the nation, the team.
fn is_ours(statement: &Statement, event: &Event, words: &IssueWords) -> bool {
    let many = &words.sentences.many;
    let says_we = |one: &Entity| many.contains(&one.span.text.to_lowercase());
    statement.speaker.as_ref().is_some_and(is_person) && event.actor.as_ref().is_some_and(says_we)
}

/// The claim with its helper before its subject: "Has Apple halted its advertising".
fn turned(event: &Event, piece: &PrintedSpan, open: bool, words: &IssueWords) -> Option<String> {
    let table = &words.sentences;
    let subject = subject(event, piece)?;
    let from = subject.span.byte_end.max(piece.byte_start) - piece.byte_start;
    let verb = event.trigger.byte_start - piece.byte_start;
    let Between { modifier, helpers } =
        between_words(piece.text.get(from as usize..verb as usize)?, words)?;
    // "Iranian police" is not Iran.
    let is_qualified = modifier.split(' ').next().is_some_and(|word| words.is_break(word));
    let adjective = !modifier.is_empty() && !is_qualified;
    // Only an adjective of a nation, which names the nation, has a noun to come.
    let of_nation = subject.span.text.starts_with(char::is_uppercase)
        && !subject.name.contains(&subject.span.text);
    let within = subject.span.byte_start >= piece.byte_start;
    if adjective && !(within && of_nation) {
        return None;
    }
    let name = if adjective {
        subject_name(&format!("{} {modifier}", subject.span.text), words)?
    } else {
        format!("{} {modifier}", subject_name(&subject.name, words)?)
    };
    let name = name.trim();
    let after = piece.text.get((event.trigger.byte_end - piece.byte_start) as usize..)?;
    let rest = rest(after, words)?;
    let is_done_to = event.target.as_ref().is_some_and(|target| target.span == subject.span);
    let has_object = event.target.is_some() && !is_done_to;
    let next = rest.split(' ').next().unwrap_or_default().to_lowercase();
    // A helper after the trigger has the trigger for its subject: "the attack had begun".
    let is_noun = table.future.contains(&next) || table.inverted.contains(&next);
    // "Accuse of fraud" has lost whom.
    let is_bare = rest.is_empty() || words.is_break(&next);
    // So has "to capture"; a passive has its object before it.
    let active = helpers.iter().all(|helper| helper == "to");
    let lost = is_bare && active && table.transitive.contains(&event.class);
    if rest.is_empty() && has_object || is_noun || lost && !is_done_to {
        return None;
    }
    let trigger = event.trigger.text.as_str();
    let tail = |middle: &[String]| {
        let middle = middle.iter().map(String::as_str).chain([trigger, rest.as_str()]);
        middle.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    match helpers.first() {
        // "Has to win" is no perfect.
        Some(helper)
            if table.obliged.contains_key(helper)
                && helpers.get(1).is_some_and(|to| to == "to") =>
        {
            let word = agreeing(&table.obliged[helper], is_plural(name, words), words);
            Some(format!("{} {name} have {}", capitalized(&word), tail(&helpers[1..])))
        }
        Some(helper) if table.future.contains(helper) => {
            Some(format!("{} {name} {}", table.will, tail(&helpers[1..])))
        }
        Some(helper) if table.inverted.contains(helper) => {
            let helper = table.instead.get(helper).unwrap_or(helper);
            let helper = agreeing(helper, is_plural(name, words), words);
            Some(format!("{} {name} {}", capitalized(&helper), tail(&helpers[1..])))
        }
        // "to leave the town", said of what is meant to happen.
        Some(helper) if helper == "to" && helpers.len() == 1 => {
            let word = if open { &table.will } else { &table.did };
            Some(format!("{word} {name} {}", tail(&[])))
        }
        Some(_) => None,
        // "Supplying drones": the deed that somebody is said to do.
        None if is_gerund(trigger) && subject.span.byte_start < piece.byte_start && verb == 0 => {
            let word = if open { &table.will } else { &table.did };
            Some(format!("{word} {name} {} {rest}", event.class.replace('_', " ")))
        }
        // "Accused of fraud", without its helper: what was done to the subject.
        None if is_done_to && trigger.ends_with("ed") => {
            let was = agreeing(&table.was, is_plural(name, words), words);
            let word = if open { table.will.clone() } else { capitalized(&was) };
            let be = if open { "be" } else { "" };
            Some(format!("{word} {name} {be} {trigger} {rest}"))
        }
        None => plain(name, trigger, &event.class, &rest, open, words),
    }
}

/// The participant that stands before the verb, or that the content leaves out.
fn subject<'a>(event: &'a Event, piece: &PrintedSpan) -> Option<&'a Entity> {
    let before = |entity: &&Entity| {
        entity.span.byte_end <= event.trigger.byte_start
            && entity.span.byte_start >= piece.byte_start
    };
    let outside = |entity: &&Entity| entity.span.byte_end <= piece.byte_start;
    event
        .actor
        .as_ref()
        .filter(|actor| before(actor) || outside(actor))
        .or(event.target.as_ref().filter(before))
}

/// The claim as it was said, where it is a clause of its own: "Is it true that shells run out".
fn kept(event: &Event, piece: &PrintedSpan, words: &IssueWords) -> Option<String> {
    let table = &words.sentences;
    let subject = subject(event, piece).filter(|one| one.span.byte_start >= piece.byte_start);
    let (name, from) = match subject {
        // "The Ostrelian offensive had begun": the adjective is kept where it is.
        Some(subject) if lacks_noun(&subject.name, words) => (String::new(), 0),
        Some(subject) => (
            subject_name(&subject.name, words)?,
            (subject.span.byte_end - piece.byte_start) as usize,
        ),
        None => (String::new(), 0),
    };
    let clause = clause(piece.text.get(from..)?, words, true)?;
    let is_ours = |word: &str| table.speakers.contains(&lower(word));
    let first = clause.split(' ').next().unwrap_or_default().to_lowercase();
    let is_nobodys = name.is_empty() && table.possessives.contains(&first);
    let is_amended = piece.text.starts_with('[');
    if first == "to" || is_nobodys || is_amended || words_of(&clause).any(is_ours) {
        return None;
    }
    let verb = event.trigger.text.split(' ').next().unwrap_or_default();
    let is_helper = |word: &str| {
        let word = word.to_lowercase();
        table.future.contains(&word) || table.inverted.contains(&word)
    };
    // What ends with its helper says nothing: "the firm had".
    let ends = words_of(&clause).last().is_none_or(is_helper);
    let follows = |one: &Entity| one.span.byte_start >= event.trigger.byte_end;
    let object_lost = clause.ends_with(verb) && event.target.as_ref().is_some_and(follows);
    let whole = words_of(&clause).any(is_helper) && clause.contains(verb) && !ends && !object_lost;
    let affirmed = |word: &&str| !table.negations.contains(&word.to_lowercase());
    let clause = clause.split_whitespace().filter(affirmed).collect::<Vec<_>>().join(" ");
    whole.then(|| format!("{} {name} {clause}", table.true_that))
}

/// What stands between a subject and its verb.
struct Between {
    /// Words that belong to the subject: "the suit *against the firm*".
    modifier: String,
    /// Helping verbs and adverbs, lower case, without negations.
    helpers: Vec<String>,
}

/// None where another clause or somebody's pronoun stands between.
fn between_words(between: &str, words: &IssueWords) -> Option<Between> {
    let table = &words.sentences;
    let helping = |word: &str| table.future.contains(word) || table.inverted.contains(word);
    let mut modifier: Vec<&str> = Vec::new();
    let mut helpers: Vec<String> = Vec::new();
    for word in words_of(between) {
        let mut lower = lower(word);
        for ending in &table.contraction {
            if let Some(helper) = lower.strip_suffix(ending.as_str())
                && table.inverted.contains(helper)
            {
                helper.to_owned().clone_into(&mut lower);
            }
        }
        // "and" joins adverbs and adjectives once the verb has begun.
        let joins = lower == table.and && !helpers.is_empty();
        if table.stops.contains(&lower) && !joins || table.pronouns.contains(&lower) {
            return None;
        }
        if table.negations.contains(&lower) || table.dropped.contains(&lower) {
            continue;
        }
        if helpers.is_empty() && !helping(&lower) && lower != "to" {
            modifier.push(word);
        } else {
            helpers.push(lower);
        }
    }
    // Without a helper, what stands before the verb is an adverb or something misread.
    if modifier.len() > MAX_MODIFIER || helpers.is_empty() && modifier.len() > 1 {
        return None;
    }
    if helpers.is_empty() {
        modifier.clear();
    }
    Some(Between { modifier: modifier.join(" "), helpers })
}

/// A verb without helpers: "Russia repelled the assaults", "the cream kills the virus".
fn plain(
    name: &str,
    trigger: &str,
    lemma: &str,
    rest: &str,
    open: bool,
    words: &IssueWords,
) -> Option<String> {
    let table = &words.sentences;
    let form = trigger.to_lowercase();
    if form.contains(char::is_whitespace) || is_gerund(trigger) {
        return None;
    }
    let (lemma, particle) = lemma.split_once('_').unwrap_or((lemma, ""));
    let third = form.ends_with('s') && form != lemma;
    let plural = is_plural(name, words);
    let is_base = form == lemma && !table.unchanged.contains(&form);
    let ends = |endings: &[String]| endings.iter().any(|ending| lemma.ends_with(ending.as_str()));
    if is_base && ends(&table.adjectives) {
        let is = capitalized(&agreeing(&table.is, plural, words));
        let (word, be) = if open { (table.will.clone(), "be") } else { (is, "") };
        return Some(format!("{word} {name} {be} {form} {rest}"));
    }
    // No verb goes so with its subject: what was read as one is a noun.
    if is_base && !plural && !open || third && plural || ends(&table.nouns) {
        return None;
    }
    let word = match (open, is_base || third) {
        (true, _) => table.will.clone(),
        (false, false) => table.did.clone(),
        (false, true) => capitalized(&agreeing("do", plural, words)),
    };
    let particle = if rest.starts_with(particle) { "" } else { particle };
    Some(format!("{word} {name} {lemma} {particle} {rest}"))
}

fn is_gerund(trigger: &str) -> bool {
    trigger.ends_with("ing")
}

/// What a named speaker says of themselves ("we will leave the town"), or what there is or will be.
fn own_deed(
    statement: &Statement,
    event: &Event,
    piece: &PrintedSpan,
    words: &IssueWords,
) -> Option<String> {
    let table = &words.sentences;
    let named =
        |one: &&Speaker| one.kind != SpeakerKind::Author && one.kind != SpeakerKind::Anonymous;
    let (pronoun, at) =
        piece.text.match_indices(' ').map(|(at, _)| at).chain([piece.text.len()]).find_map(
            |end| {
                let word = piece.text[..end].rsplit(' ').next()?;
                let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                (table.first.contains(&lower) || table.empty.contains(&lower))
                    .then_some((lower, end))
            },
        )?;
    let subject = if table.empty.contains(&pronoun) {
        pronoun
    } else {
        let speaker = statement.speaker.as_ref().filter(named)?;
        if table.many.contains(&pronoun) && is_person(speaker) {
            return None;
        }
        subject_name(&speaker.name, words)?
    };
    let (helper, after) = piece.text.get(at..)?.trim_start().split_once(' ')?;
    let helper = helper.to_lowercase();
    let clause = rest(after, words)?;
    let verb = event.trigger.text.split(' ').next().unwrap_or_default();
    if !clause.contains(verb) {
        return None;
    }
    let affirmed = |word: &&str| !table.negations.contains(&word.to_lowercase());
    let clause = clause.split_whitespace().filter(affirmed).collect::<Vec<_>>().join(" ");
    if table.future.contains(&helper) {
        return Some(format!("{} {subject} {clause}", table.will));
    }
    let helper = table.inverted.get(&helper)?;
    let helper = table.instead.get(helper).unwrap_or(helper);
    let agreed = agreeing(helper, is_plural(&subject, words), words);
    let helper = if table.empty.contains(&subject) { helper.clone() } else { agreed };
    Some(format!("{} {subject} {clause}", capitalized(&helper)))
}

fn is_person(speaker: &Speaker) -> bool {
    speaker.kind == SpeakerKind::Person
}

/// The thing that a content names where it is no clause: "a risk of war".
fn thing(event: &Event, piece: &PrintedSpan, words: &IssueWords) -> Option<String> {
    let table = &words.sentences;
    let named = rest(&piece.text, words)?;
    let mut parts = named.split(' ');
    let first = parts.next()?.to_lowercase();
    let has_helper = words_of(&named).any(|word| {
        let word = word.to_lowercase();
        table.future.contains(&word) || table.inverted.contains(&word) || word == "to"
    });
    let trigger = event.trigger.text.as_str();
    // "A disruption" and no more asks nothing.
    let says_more = words_of(&named).any(|word| words.is_break(word));
    let is_head =
        says_more && words.core(&named).last().is_some_and(|head| trigger.ends_with(head));
    let noun = !is_gerund(&first) && !is_gerund(trigger) && !trigger.ends_with("ed") && is_head;
    if has_helper || !noun || event.actor.is_some() && event.target.is_some() {
        return None;
    }
    let definite = table.definite.contains(&first);
    let plain = named.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let there = if is_plural(trigger, words) { &table.are_there } else { &table.is_there };
    let named = match named.split_once(' ') {
        Some((the, noun)) if definite && table.determiners.contains(&the.to_lowercase()) => noun,
        _ if definite => return None,
        _ => named.as_str(),
    };
    plain.then(|| format!("{there} {}", indefinite(named, is_plural(trigger, words), words)))
}

/// Whether what a statement tells of was open when it was made.
pub fn is_open(statement: &Statement) -> bool {
    let published = statement.article.published.as_deref().and_then(|day| day.get(..10));
    let published: Option<Date> = published.and_then(|day| day.parse().ok());
    let latest = statement.window.as_ref().and_then(|window| window.latest);
    match (statement.kind, latest, published) {
        (_, Some(latest), Some(published)) => latest >= published,
        (Kind::Forecast | Kind::Intention | Kind::Demand, ..) => true,
        _ => false,
    }
}

/// What follows the verb, up to the end of its clause; none where a pronoun in it would be nobody's.
fn rest(after: &str, words: &IssueWords) -> Option<String> {
    clause(after, words, false)
}

/// The same; a pronoun within is kept where the words around it are kept too.
fn clause(after: &str, words: &IssueWords, with_pronouns: bool) -> Option<String> {
    let table = &words.sentences;
    let mut kept: Vec<&str> = Vec::new();
    let mut is_cut = false;
    for word in after.split_whitespace() {
        let bare = lower(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let opens = word.starts_with(['"', '“', '(', '[', '—', '–', ';', ':', '…']);
        if table.stops.contains(&bare)
            || table.subjects.contains(&bare)
            || opens && !kept.is_empty()
            || bare.is_empty()
            || kept.len() == MAX_REST
        {
            is_cut = table.relatives.contains(&bare);
            break;
        }
        let kept_in = with_pronouns && !kept.is_empty();
        if table.pronouns.contains(&bare) && !kept_in {
            // "Stones at them": what comes before the preposition is said without it.
            if kept.pop().is_some_and(|word| words.is_break(word)) && !kept.is_empty() {
                break;
            }
            return None;
        }
        if !table.dropped.contains(&bare) {
            kept.push(word);
        }
        if word.ends_with([',', ';', ':', '.', '"', '”', ')', '?', '!']) {
            break;
        }
    }
    // A noun that needs its relative clause says nothing without it: "at a time when …".
    if is_cut
        && let Some(at) = kept.iter().rposition(|word| words.is_break(word)).filter(|at| *at > 0)
    {
        kept.truncate(at);
    }
    // A clause that ends in the middle of a phrase ends before it.
    while kept.last().is_some_and(|word| {
        let word = word.to_lowercase();
        words.is_break(&word) || table.determiners.contains(&word) || table.trailing.contains(&word)
    }) {
        kept.pop();
    }
    let joined = kept.join(" ");
    Some(joined.trim_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != '’').to_owned())
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A pack's question of what is open no more: "Will Ostrel capture Varn?" becomes "Did Ostrel
/// capture Varn?". What is no question of the future stays.
pub fn retensed(question: &str, words: &IssueWords) -> String {
    let table = &words.sentences;
    let Some(asked) = question.strip_prefix(&format!("{} ", table.will)) else {
        return question.to_owned();
    };
    match asked.split_once(" be ") {
        Some((subject, _)) => {
            let was = capitalized(&agreeing(&table.was, is_plural(subject, words), words));
            format!("{was} {}", asked.replacen(" be ", " ", 1))
        }
        None => format!("{} {asked}", table.did),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_question_of_the_past_is_put_in_the_past() {
        let words = IssueWords::english().unwrap();
        for (asked, past) in [
            ("Will Ostrel capture Varn?", "Did Ostrel capture Varn?"),
            ("Will Ada Quill be convicted?", "Was Ada Quill convicted?"),
            ("Will the dockers be charged?", "Were the dockers charged?"),
            ("Is the ratio at Varn 5 to 1?", "Is the ratio at Varn 5 to 1?"),
        ] {
            assert_eq!(retensed(asked, &words), past);
        }
    }

    #[test]
    fn a_clause_ends_where_another_one_begins() {
        let words = IssueWords::english().unwrap();
        let end = |after| rest(after, &words);
        assert_eq!(end(" the line to Varn because it is old").as_deref(), Some("the line to Varn"));
        assert_eq!(end(" the line, she said").as_deref(), Some("the line"));
        assert_eq!(end(" them at once"), None, "nobody knows whom");
        assert_eq!(end("").as_deref(), Some(""));
    }
}
