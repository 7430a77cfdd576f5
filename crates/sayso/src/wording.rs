//! How a record is worded at the terminal: one place, so that every verb words it alike.

use jiff::civil::Date;
use sayso_link::Classes;
use sayso_model::{
    ArticleRef, Certainty, CertaintyClass, Event, Kind, Link, Polarity, Relation, Said, Speaker,
    SpeakerKind, Speech, Statement, Window, WindowPrecision, printed_range,
};

use crate::screen::one_line;

/// In the place of an outlet that is not known: a file's name is none.
pub(crate) const NO_OUTLET: &str = "outlet not named";

/// The words and the range together, always: "likely (55–80 %)".
pub(crate) fn certainty(certainty: &Certainty) -> String {
    let term = one_line(&certainty.term);
    match (range(certainty), certainty.class) {
        (Some(range), _) => format!("{term} ({range})"),
        (None, CertaintyClass::Plan) => format!("{term} (a plan)"),
        (None, CertaintyClass::Desire) => format!("{term} (a wish)"),
        (None, CertaintyClass::Conditional) => format!("{term} (on a condition)"),
        (None, CertaintyClass::Confidence) => format!("{term} (no likelihood)"),
        (None, _) => term,
    }
}

/// "55–80 %", "at least 5 %", "70 %"; nothing where no number is known.
pub(crate) fn range(certainty: &Certainty) -> Option<String> {
    printed_range(certainty.low, certainty.high, certainty.bound)
}

/// The words in their marks: “verbatim”, ≈ paraphrase.
pub(crate) fn words(statement: &Statement) -> String {
    let pieces: Vec<String> =
        statement.content.iter().map(|span| one_line(span.text.trim())).collect();
    let text = pieces.join(" … ");
    match statement.speech {
        Speech::Direct => format!("“{}”", text.trim_matches(['“', '”', '"'])),
        Speech::Indirect | Speech::Mixed => format!("≈ {text}"),
    }
}

/// Who: the name, or that there is none.
pub(crate) fn speaker(speaker: Option<&Speaker>) -> String {
    match speaker {
        Some(speaker) => one_line(&speaker.name),
        None => "nobody named".to_owned(),
    }
}

/// Whom a withheld name could be, each with how likely that is.
pub(crate) fn candidates(speaker: Option<&Speaker>) -> Vec<String> {
    let all = speaker.into_iter().flat_map(|speaker| &speaker.candidates);
    all.map(|one| format!("{} ({:.2})", one_line(&one.name), one.confidence)).collect()
}

/// When it was said: the words with their dates.
pub(crate) fn said(said: &Said) -> String {
    let words = one_line(said.text.trim());
    match (said.earliest, said.latest) {
        (Some(first), Some(last)) => format!("{words} ({})", days(first, last)),
        _ => words,
    }
}

/// What is known of the speaker beside the name: role, or that they are unnamed.
pub(crate) fn role(speaker: Option<&Speaker>) -> Option<String> {
    let speaker = speaker?;
    match (speaker.kind, &speaker.role) {
        (SpeakerKind::Anonymous, _) => Some("unnamed".to_owned()),
        (SpeakerKind::Author, _) => Some("the article itself".to_owned()),
        (_, Some(role)) if !role.trim().is_empty() => Some(one_line(role)),
        _ => None,
    }
}

/// Through whom: "via CNN, an unnamed officer".
pub(crate) fn chain(chain: &[Link]) -> Option<String> {
    if chain.is_empty() {
        return None;
    }
    let names: Vec<String> = chain.iter().map(|link| one_line(&link.name)).collect();
    Some(format!("via {}", names.join(" › ")))
}

/// The day of publication; the time of day is for programs.
pub(crate) fn published(article: &ArticleRef) -> String {
    let printed = article.published.as_deref().unwrap_or("no date");
    one_line(printed.split('T').next().unwrap_or(printed))
}

/// The window's words with its dates, as certainty is printed with its range: "in the coming days
/// (9–16 Mar 2024)". Words that are a date are not said twice.
pub(crate) fn window(window: &Window) -> String {
    let words = one_line(window.text.trim());
    match dates(window) {
        Some(dates) if is_date(window) => dates,
        Some(dates) => match dates.strip_prefix("by ").filter(|_| words.starts_with("by ")) {
            Some(day) => format!("{words} ({day})"),
            None => format!("{words} ({dates})"),
        },
        None => format!("{words} (no date)"),
    }
}

/// True when the words name a day, so that the date says it all.
fn is_date(window: &Window) -> bool {
    let one_day = window.earliest == window.latest || window.relation == Relation::By;
    window.precision == WindowPrecision::Day && one_day
}

/// A window's plain reading in dates.
pub(crate) fn dates(window: &Window) -> Option<String> {
    let (earliest, latest) = (window.earliest, window.latest);
    match (window.relation, earliest, latest) {
        (Relation::By, _, Some(latest)) => Some(format!("by {}", day(latest))),
        // `latest` is the last day of all: "before 31 March" ends on the 30th.
        (Relation::Before, _, Some(latest)) => Some(format!("until {}", day(latest))),
        (Relation::After, Some(earliest), None) => Some(format!("from {}", day(earliest))),
        (_, Some(earliest), Some(latest)) => Some(days(earliest, latest)),
        (_, Some(earliest), None) => Some(format!("from {}, no end", day(earliest))),
        (_, None, Some(latest)) => Some(format!("by {}", day(latest))),
        (_, None, None) => None,
    }
}

/// "9 Mar 2024".
fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// "9–16 Mar 2024", "28 Mar – 4 Apr 2024", "28 Dec 2024 – 4 Jan 2025".
fn days(first: Date, last: Date) -> String {
    if first == last {
        day(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{}", first.day(), day(last))
    } else if first.year() == last.year() {
        format!("{} – {}", first.strftime("%-d %b"), day(last))
    } else {
        format!("{} – {}", day(first), day(last))
    }
}

/// The event as a sentence in the present: "Russia captures Bakhmut". An ellipsis stands for who
/// or what the words leave open.
pub(crate) fn event(event: &Event, polarity: Polarity, classes: &Classes) -> String {
    let actor = event.actor.as_ref().map_or("…", |entity| entity.name.as_str());
    let target = event.target.as_ref().map(|entity| entity.name.as_str());
    let generic;
    let template = if let Some((_, class)) = classes.get(&event.class) {
        class.template.as_str()
    } else {
        let verb = event.class.replace('_', " ");
        generic = match target {
            Some(_) => format!("Will {{actor}} {verb} {{target}}?"),
            None => format!("Will {{actor}} {verb}?"),
        };
        generic.as_str()
    };
    let clause = template.trim().trim_end_matches('?');
    let clause = clause.strip_prefix("Will ").unwrap_or(clause);
    let place = event.place.as_ref().map_or("…", |entity| entity.name.as_str());
    let filled = match clause.split_once('}') {
        Some((subject, rest)) if subject.starts_with('{') => {
            let subject = if subject == "{actor" { actor } else { target.unwrap_or("…") };
            let plural = plural(subject);
            let rest = rest.trim_start();
            let (mut verb, mut rest) = rest.split_once(' ').unwrap_or((rest, ""));
            let mut subject = subject.to_owned();
            // "Will X still hold Y?": the adverb stays before the verb.
            if ADVERBS.contains(&verb) {
                subject = format!("{subject} {verb}");
                (verb, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            }
            let verb = present(verb, plural, polarity);
            if rest.is_empty() {
                format!("{subject} {verb}")
            } else {
                format!("{subject} {verb} {rest}")
            }
        }
        _ => clause.to_owned(),
    };
    let mut sentence = filled
        .replace("{actor}", actor)
        .replace("{target}", target.unwrap_or("…"))
        .replace("{place}", place);
    if let Some(threshold) = event.threshold.as_deref().filter(|it| !sentence.contains(*it)) {
        sentence = format!("{sentence}, {threshold}");
    }
    one_line(&sentence)
}

/// Adverbs that a question has between its actor and its verb.
const ADVERBS: [&str; 4] = ["still", "again", "soon", "ever"];

/// A verb in the present tense of the third person.
fn present(verb: &str, plural: bool, polarity: Polarity) -> String {
    let no = polarity == Polarity::No;
    match (verb, plural) {
        ("be", true) => if no { "are not" } else { "are" }.to_owned(),
        ("be", false) => if no { "is not" } else { "is" }.to_owned(),
        (verb, true) if no => format!("do not {verb}"),
        (verb, false) if no => format!("does not {verb}"),
        (verb, true) => verb.to_owned(),
        ("have", false) => "has".to_owned(),
        (verb, false) => {
            let stem = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
            match stem {
                Some(stem) => format!("{stem}ies"),
                None if verb.ends_with(['s', 'x', 'z', 'o'])
                    || verb.ends_with("sh")
                    || verb.ends_with("ch") =>
                {
                    format!("{verb}es")
                }
                None => format!("{verb}s"),
            }
        }
    }
}

/// Whether a name takes a verb in the plural: "Oskarian troops", "Dockers".
fn plural(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let common =
        last.starts_with(char::is_lowercase) || !name.contains(' ') && last.ends_with("ers");
    common && last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us")
}

/// "14 forecasts" of "61 statements".
pub(crate) fn is_forecast(statement: &Statement) -> bool {
    statement.kind == Kind::Forecast
}

#[cfg(test)]
mod tests {
    use sayso_link::Class;
    use sayso_model::{Bound, Entity, PrintedSpan};

    use super::*;

    fn span() -> PrintedSpan {
        PrintedSpan { text: String::new(), start: 0, end: 0, byte_start: 0, byte_end: 0 }
    }

    fn entity(name: &str) -> Option<Entity> {
        (!name.is_empty()).then(|| Entity { name: name.to_owned(), span: span() })
    }

    fn pack() -> Classes {
        let template = "Will {actor} withdraw from {target}?".to_owned();
        let still = "Will {actor} still hold {target}?".to_owned();
        Classes(vec![
            Class { name: "withdraw".to_owned(), template, ..Class::default() },
            Class { name: "defend".to_owned(), template: still, ..Class::default() },
        ])
    }

    fn sentence(class: &str, actor: &str, target: &str, polarity: Polarity) -> String {
        let subject = Event {
            class: class.into(),
            pack: None,
            actor: entity(actor),
            target: entity(target),
            place: None,
            threshold: None,
            trigger: span(),
        };
        event(&subject, polarity, &pack())
    }

    #[test]
    fn events_read_as_sentences() {
        assert_eq!(
            sentence("withdraw", "Velania", "Tarnovyk", Polarity::Yes),
            "Velania withdraws from Tarnovyk"
        );
        assert_eq!(
            sentence("withdraw", "Velania", "Tarnovyk", Polarity::No),
            "Velania does not withdraw from Tarnovyk"
        );
        assert_eq!(
            sentence("withdraw", "", "Tarnovyk", Polarity::Yes),
            "… withdraws from Tarnovyk"
        );
        assert_eq!(
            sentence("seize", "Oskarian troops", "the bridge", Polarity::Yes),
            "Oskarian troops seize the bridge"
        );
        assert_eq!(
            sentence("defend", "Velania", "Tarnovyk", Polarity::Yes),
            "Velania still holds Tarnovyk"
        );
        assert_eq!(sentence("carry", "Ann Lee", "", Polarity::Yes), "Ann Lee carries");
    }

    #[test]
    fn words_and_range_are_printed_together() {
        let mut likely = Certainty {
            term: "likely".into(),
            basis: "lexicon".into(),
            class: CertaintyClass::Probability,
            low: Some(0.55),
            mid: Some(0.7),
            high: Some(0.8),
            bound: Bound::TwoSided,
            scale: "general".into(),
            span: span(),
        };
        assert_eq!(certainty(&likely), "likely (55–80\u{202f}%)");
        likely.high = Some(0.55);
        assert_eq!(certainty(&likely), "likely (55\u{202f}%)");
        likely.bound = Bound::Lower;
        assert_eq!(certainty(&likely), "likely (at least 55\u{202f}%)");
        (likely.low, likely.high, likely.class) = (None, None, CertaintyClass::Desire);
        assert_eq!(certainty(&likely), "likely (a wish)");
    }

    #[test]
    fn windows_are_words_and_dates() {
        let date = |text: &str| text.parse::<Date>().ok();
        let mut coming = Window {
            earliest: date("2024-03-28"),
            latest: date("2024-04-04"),
            latest_soft: date("2024-04-11"),
            precision: WindowPrecision::Vague,
            relation: Relation::In,
            text: "in the coming days".into(),
            rule: "coming-days@1".into(),
            span: span(),
        };
        assert_eq!(window(&coming), "in the coming days (28 Mar – 4 Apr 2024)");
        coming.relation = Relation::By;
        assert_eq!(dates(&coming).as_deref(), Some("by 4 Apr 2024"));
        coming.text = "by the beginning of April".into();
        assert_eq!(window(&coming), "by the beginning of April (4 Apr 2024)");
        coming.precision = WindowPrecision::Day;
        assert_eq!(window(&coming), "by 4 Apr 2024");
        (coming.earliest, coming.latest) = (None, None);
        assert_eq!(window(&coming), "by the beginning of April (no date)");
    }
}
