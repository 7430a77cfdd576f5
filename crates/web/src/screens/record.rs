//! The pieces of a statement that several screens show, each shown the same way everywhere.

use maud::{Markup, html};
use sayso_model::{LinkKind, SpeakerKind, Speech, Stance, Statement};

use crate::wording::{self, Range, Sure};

/// The speaker's name, or what stands for it.
pub(crate) fn name(statement: &Statement) -> String {
    match &statement.speaker {
        Some(speaker) => speaker.name.clone(),
        None => match wording::joined(&statement.source) {
            words if words.is_empty() => "source not named".to_owned(),
            words => words,
        },
    }
}

/// What sort of speaker, where a reader must be told: a name alone says person or organization.
pub(crate) fn sort(statement: &Statement) -> Option<&'static str> {
    match statement.speaker.as_ref().map(|speaker| speaker.kind) {
        Some(SpeakerKind::Anonymous) => Some("anonymous"),
        Some(SpeakerKind::Group) => Some("group"),
        Some(SpeakerKind::Author) => Some("author"),
        None => Some("unnamed"),
        Some(SpeakerKind::Person | SpeakerKind::Organization) => None,
    }
}

/// Who stands between the article and the speaker, outermost first: the outlet, then the chain.
pub(crate) fn ladder(statement: &Statement) -> Vec<(String, Option<String>)> {
    let mut out = Vec::new();
    if let Some(outlet) = &statement.article.outlet {
        out.push((outlet.clone(), None));
    }
    for link in &statement.chain {
        let named = out.first().is_some_and(|(outlet, _)| bare(outlet) == bare(&link.name));
        // The outlet may name itself ("told the Courier"): one rung.
        if !(named && matches!(link.kind, LinkKind::Outlet | LinkKind::Agency)) {
            out.push((link.name.clone(), link.cue.clone()));
        }
    }
    out
}

/// A name without its article: "The Harbour Courier" is the Harbour Courier.
fn bare(name: &str) -> &str {
    name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name)
}

/// The words, as a quotation where they are quoted and plain where they are the outlet's.
pub(crate) fn words(statement: &Statement) -> Markup {
    let words = wording::cut(&wording::words(statement));
    let lang = wording::language(statement);
    html! {
        @if statement.speech == Speech::Direct {
            q lang=[lang] { (words) }
        } @else {
            span.said lang=[lang] { (words) }
        }
    }
}

/// Words and range together, with the range drawn under them.
pub(crate) fn sure(sure: &Sure) -> Markup {
    html! {
        div.sure {
            @match &sure.reading {
                Some(reading) => {
                    b.term { (sure.term) } " " span.reading { "(" (reading) ")" }
                }
                None => span.plain { (sure.term) },
            }
            @if let Some(range) = sure.range { (bar(range)) }
        }
    }
}

/// Words and range together in a running sentence.
pub(crate) fn inline(sure: &Sure) -> Markup {
    html! {
        b.sure { (sure.term) @if let Some(reading) = &sure.reading { " " span.reading { "(" (reading) ")" } } }
    }
}

/// A range on a rule from 0 to 100 %. The numbers stand beside it, so it is hidden from readers
/// who do not see it. An end that the words leave open is drawn faint.
pub(crate) fn bar(range: Range) -> Markup {
    let (low, high) = (range.low * 200.0, range.high * 200.0);
    let width = (high - low).max(5.0);
    let left = low.min(200.0 - width);
    let open = !(range.low_meant && range.high_meant);
    html! {
        svg.bar viewBox="0 0 200 12" width="200" height="12" aria-hidden="true" focusable="false" {
            rect.rule x="0" y="5" width="200" height="2" {}
            @for at in [0, 100, 200] {
                rect.tick x=(at.clamp(0, 199)) y="2" width="1" height="8" {}
            }
            rect class=(if open { "reach open" } else { "reach" })
                x=(tenth(left)) y="3" width=(tenth(width)) height="6" rx="2" {}
        }
    }
}

/// A coordinate with one decimal: the same on every machine.
pub(crate) fn tenth(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// "▲ yes", "▼ no".
pub(crate) fn stance(stance: Stance) -> Markup {
    html! {
        span class=(format!("stance {}", stance.word())) {
            span aria-hidden="true" { (wording::glyph(stance)) } " " (stance.word())
        }
    }
}

/// A small label.
pub(crate) fn tag(word: &str) -> Markup {
    html! { span.tag { (word) } }
}

/// Places that a statement names, each once, without those that its event names already.
pub(crate) fn places(statement: &Statement) -> Vec<&str> {
    let event = statement.event.as_ref();
    let actor = event.and_then(|event| event.actor.as_ref());
    let target = event.and_then(|event| event.target.as_ref());
    let told: Vec<&str> = [actor, target].into_iter().flatten().map(|e| e.name.as_str()).collect();
    let mut out: Vec<&str> = Vec::new();
    for place in &statement.places {
        let name = place.name.as_str();
        if !out.contains(&name) && !told.contains(&name) {
            out.push(&place.name);
        }
    }
    out
}

/// The event as a phrase: "Norland · capture · Varn".
pub(crate) fn event(statement: &Statement) -> Option<Markup> {
    let event = statement.event.as_ref()?;
    let class = wording::class(&event.class);
    Some(html! {
        @if let Some(actor) = &event.actor { (actor.name) " · " }
        b.class { (class) }
        @if let Some(target) = &event.target { " · " (target.name) }
        @if let Some(threshold) = &event.threshold { " · " (threshold) }
    })
}
