//! A claim turned into a yes/no sentence.
//!
//! The words are the statement's own: its subject by name, its verb, and what follows the verb up
//! to the end of the clause. What would not make a sentence makes none.

use sayso_model::{Entity, Statement};

use super::words::{IssueWords, words_of};

/// Words after the verb that are kept.
const MAX_REST: usize = 14;
/// Words between a subject's head and its helping verb that are kept.
const MAX_MODIFIER: usize = 5;

/// The question that a statement's event asks, in the future where `open`; none where its words
/// make no sentence.
pub fn sentence(statement: &Statement, open: bool, words: &IssueWords) -> Option<String> {
    let event = statement.event.as_ref()?;
    let table = &words.sentences;
    let piece = statement.content.iter().find(|piece| {
        piece.byte_start <= event.trigger.byte_start && event.trigger.byte_end <= piece.byte_end
    })?;
    let before = |entity: &&Entity| {
        entity.span.byte_end <= event.trigger.byte_start
            && entity.span.byte_start >= piece.byte_start
    };
    let outside = |entity: &&Entity| entity.span.byte_end <= piece.byte_start;
    let subject = event
        .actor
        .as_ref()
        .filter(|actor| before(actor) || outside(actor))
        .or(event.target.as_ref().filter(before))?;
    let name = subject_name(&subject.name, words)?;
    let from = subject.span.byte_end.max(piece.byte_start) - piece.byte_start;
    let verb = event.trigger.byte_start - piece.byte_start;
    let between = piece.text.get(from as usize..verb as usize)?;
    let after = piece.text.get((event.trigger.byte_end - piece.byte_start) as usize..)?;
    let rest = rest(after, words, event.target.as_ref())?;
    let Between { modifier, helpers } = between_words(between, words)?;
    let name = format!("{name} {modifier}");
    let trigger = &event.trigger.text;
    let tail = |middle: &[String]| {
        let middle = middle.iter().map(String::as_str).chain([trigger.as_str(), rest.as_str()]);
        middle.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let question = match helpers.first() {
        Some(helper) if table.future.contains(helper) => {
            format!("{} {name} {}", table.will, tail(&helpers[1..]))
        }
        Some(helper) if table.inverted.contains(helper) => {
            format!("{} {name} {}", capitalized(helper), tail(&helpers[1..]))
        }
        // "to leave the town", said of what is meant to happen.
        Some(helper) if helper == "to" && helpers.len() == 1 => {
            let word = if open { &table.will } else { &table.did };
            format!("{word} {name} {}", tail(&[]))
        }
        Some(_) => return None,
        None => plain(&name, trigger, &event.class, &rest, open, words)?,
    };
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("{}?", question.trim_end_matches(['.', ',', ' '])))
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
                lower = helper.to_owned();
            }
        }
        if table.stops.contains(&lower) || table.pronouns.contains(&lower) {
            return None;
        }
        if helpers.is_empty() && !helping(&lower) && lower != "to" {
            modifier.push(word);
        } else if !table.negations.contains(&lower) {
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
    if form.split_whitespace().count() != 1 || form.ends_with("ing") {
        return None;
    }
    let third = form.ends_with('s') && form != lemma;
    let word = match (open, form == lemma || third) {
        (true, _) => &table.will,
        (false, false) => &table.did,
        (false, true) if third => &table.does,
        (false, true) => &table.do_,
    };
    Some(format!("{word} {name} {lemma} {rest}"))
}

/// A participant's name as the subject of a sentence.
fn subject_name(name: &str, words: &IssueWords) -> Option<String> {
    let table = &words.sentences;
    let first = words_of(name).next()?.to_lowercase();
    if table.pronouns.contains(&first) || name.split_whitespace().count() > 8 {
        return None;
    }
    let common = name.chars().next().is_some_and(char::is_lowercase);
    let bare = common && !table.determiners.contains(&first) && !name.ends_with('s');
    Some(if bare { format!("the {name}") } else { name.to_owned() })
}

/// What follows the verb, up to the end of its clause; none where a pronoun in it would be nobody's.
fn rest(after: &str, words: &IssueWords, target: Option<&Entity>) -> Option<String> {
    let table = &words.sentences;
    let mut kept: Vec<&str> = Vec::new();
    for word in after.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let opens = word.starts_with(['"', '“', '(', '—', '–', ';', ':']);
        if table.stops.contains(&bare) || opens || kept.len() == MAX_REST {
            break;
        }
        if table.pronouns.contains(&bare) {
            return target.map(|target| target.name.clone());
        }
        kept.push(word);
        if word.ends_with([',', ';', ':', '.', '"', '”', ')', '?', '!']) {
            break;
        }
    }
    let joined = kept.join(" ");
    Some(joined.trim_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != '’').to_owned())
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A pack's question of what is open no more: "Will Ostrel capture Varn?" becomes "Did Ostrel
/// capture Varn?". What already is no question of the future stays.
pub fn retensed(question: &str, words: &IssueWords) -> String {
    let table = &words.sentences;
    let Some(asked) = question.strip_prefix(&format!("{} ", table.will)) else {
        return question.to_owned();
    };
    match asked.split_once(" be ") {
        Some((subject, _)) => {
            let plural = subject.ends_with('s') && !subject.ends_with("ss");
            let was = if plural { &table.were } else { &table.was };
            format!("{was} {}", asked.replacen(" be ", " ", 1))
        }
        None => format!("{} {asked}", table.did),
    }
}
