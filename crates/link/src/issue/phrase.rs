//! A claim turned into a yes/no sentence.
//!
//! The words are the statement's own: its subject by name, its verb, and what follows the verb up
//! to the end of the clause. What would not make a sentence makes none.

use jiff::civil::Date;
use sayso_model::{Entity, Event, Kind, PrintedSpan, Speaker, SpeakerKind, Statement};

use super::words::{IssueWords, words_of};

/// Words after the verb that are kept.
const MAX_REST: usize = 14;
/// Words between a subject's head and its helping verb that are kept.
const MAX_MODIFIER: usize = 5;
/// Words of a participant's name that a sentence bears.
const MAX_NAME: usize = 8;

/// The question that a statement's event asks, in the future where `open`; none where its words
/// make no sentence.
pub fn sentence(statement: &Statement, open: bool, words: &IssueWords) -> Option<String> {
    let event = statement.event.as_ref()?;
    let piece = statement.content.iter().find(|piece| {
        piece.byte_start <= event.trigger.byte_start && event.trigger.byte_end <= piece.byte_end
    })?;
    let question = turned(event, piece, open, words)
        .or_else(|| kept(event, piece, words))
        .or_else(|| own_deed(statement, event, piece, words))
        .or_else(|| thing(event, piece, words))?;
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("{}?", question.trim_end_matches(['.', ',', ' '])))
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
    let adjective = modifier.split(' ').next().is_some_and(|word| {
        !word.is_empty() && !words.is_break(word) && subject.span.byte_start >= piece.byte_start
    });
    let name = subject_name(if adjective { &subject.span.text } else { &subject.name }, words)?;
    let name = format!("{name} {modifier}");
    let name = name.trim();
    let after = piece.text.get((event.trigger.byte_end - piece.byte_start) as usize..)?;
    let rest = rest(after, words)?;
    let has_object = event.target.as_ref().is_some_and(|target| target.span != subject.span);
    if rest.is_empty() && has_object {
        return None;
    }
    let trigger = event.trigger.text.as_str();
    let tail = |middle: &[String]| {
        let middle = middle.iter().map(String::as_str).chain([trigger, rest.as_str()]);
        middle.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    match helpers.first() {
        Some(helper) if table.future.contains(helper) => {
            Some(format!("{} {name} {}", table.will, tail(&helpers[1..])))
        }
        Some(helper) if table.inverted.contains(helper) => {
            let helper = table.instead.get(helper).unwrap_or(helper);
            let helper = agreeing(helper, is_plural(name), words);
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
        Some(subject) => (
            subject_name(&subject.name, words)?,
            (subject.span.byte_end - piece.byte_start) as usize,
        ),
        None => (String::new(), 0),
    };
    let clause = clause(piece.text.get(from..)?, words, true)?;
    if clause.starts_with("to ") {
        return None;
    }
    let verb = event.trigger.text.split(' ').next().unwrap_or_default();
    let has_helper = words_of(&clause).any(|word| {
        let word = word.to_lowercase();
        table.future.contains(&word) || table.inverted.contains(&word)
    });
    let whole = has_helper && clause.contains(verb);
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
        let mut lower = word.to_lowercase();
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
        if table.negations.contains(&lower) {
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
    let word = match (open, form == lemma || third) {
        (true, _) => table.will.clone(),
        (false, false) => table.did.clone(),
        (false, true) => capitalized(&agreeing("do", is_plural(name), words)),
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
        subject_name(&statement.speaker.as_ref().filter(named)?.name, words)?
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
    let agreed = agreeing(helper, is_plural(&subject), words);
    let helper = if table.empty.contains(&subject) { helper.clone() } else { agreed };
    Some(format!("{} {subject} {clause}", capitalized(&helper)))
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
    let noun = !is_gerund(&first) && !trigger.ends_with("ed") && named.contains(trigger);
    if has_helper || !noun || event.actor.is_some() && event.target.is_some() {
        return None;
    }
    let definite = table.definite.contains(&first);
    let plain = named.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let there = if is_plural(trigger) { &table.are_there } else { &table.is_there };
    let named = match named.split_once(' ') {
        Some((the, noun)) if definite && table.determiners.contains(&the.to_lowercase()) => noun,
        _ if definite => return None,
        _ => named.as_str(),
    };
    plain.then(|| format!("{there} {}", indefinite(named, is_plural(trigger), words)))
}

/// A noun phrase with the article of what is not known yet.
fn indefinite(named: &str, plural: bool, words: &IssueWords) -> String {
    let first = named.split(' ').next().unwrap_or_default().to_lowercase();
    let counted = first.starts_with(|c: char| c.is_ascii_digit());
    if plural || counted || words.sentences.determiners.contains(&first) {
        return named.to_owned();
    }
    let article = if first.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {named}")
}

/// A helper that goes with its subject.
fn agreeing(helper: &str, plural: bool, words: &IssueWords) -> String {
    let pair = words.sentences.agreement.iter().find(|pair| pair.iter().any(|h| h == helper));
    pair.map_or_else(|| helper.to_owned(), |pair| pair[usize::from(plural)].clone())
}

/// Whether a subject is several: a common noun that ends in s, or two names.
fn is_plural(name: &str) -> bool {
    if name.contains(" and ") {
        return true;
    }
    let last = name.rsplit(' ').next().unwrap_or_default();
    let common = last.chars().next().is_some_and(char::is_lowercase);
    common && last.ends_with('s') && !last.ends_with("ss") || last == "people" || last == "police"
}

/// A participant's name as the subject of a sentence.
fn subject_name(name: &str, words: &IssueWords) -> Option<String> {
    let table = &words.sentences;
    let first = words_of(name).next()?.to_lowercase();
    if table.pronouns.contains(&first) || name.split_whitespace().count() > MAX_NAME {
        return None;
    }
    let name = name.replace("s’s ", "s’ ").replace("s's ", "s' ");
    let common = name.chars().next().is_some_and(char::is_lowercase);
    let bare = common && !table.determiners.contains(&first) && !is_plural(&name);
    Some(if bare { format!("the {name}") } else { name })
}

/// A participant as a sentence names it: "the army", but "Ostrel" and "soldiers".
pub fn with_article(name: &str, words: &IssueWords) -> String {
    subject_name(name, words).unwrap_or_else(|| name.to_owned())
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
    for word in after.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let opens = word.starts_with(['"', '“', '(', '[', '—', '–', ';', ':', '…']);
        if table.stops.contains(&bare)
            || table.subjects.contains(&bare)
            || opens && !kept.is_empty()
            || kept.len() == MAX_REST
        {
            break;
        }
        let kept_in = with_pronouns && !kept.is_empty();
        if table.pronouns.contains(&bare) && !kept_in {
            return None;
        }
        kept.push(word);
        if word.ends_with([',', ';', ':', '.', '"', '”', ')', '?', '!']) {
            break;
        }
    }
    // A clause that ends in the middle of a phrase ends before it.
    while kept.last().is_some_and(|word| {
        let word = word.to_lowercase();
        words.is_break(&word) || table.determiners.contains(&word)
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
            let was = capitalized(&agreeing("was", is_plural(subject), words));
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
    fn names_stand_as_a_newspaper_prints_them() {
        let words = IssueWords::english().unwrap();
        for (name, printed) in [
            ("army", "the army"),
            ("Ostrel", "Ostrel"),
            ("soldiers", "soldiers"),
            ("a bank", "a bank"),
            ("dockers’s union", "the dockers’ union"),
        ] {
            assert_eq!(with_article(name, &words), printed);
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
