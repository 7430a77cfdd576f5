//! What was read of a statement as fields, and a statement from such fields.

use maud::{Markup, html};
use sayso_ledger::{FIELD, NAME};
use sayso_model::{Kind, Polarity, Speaker, SpeakerKind, Speech, Statement};

use super::{super::record, value};
use crate::{address, wording};

const KINDS: [Kind; 6] =
    [Kind::Forecast, Kind::Assessment, Kind::Report, Kind::Intention, Kind::Demand, Kind::Denial];
const SPEECHES: [Speech; 3] = [Speech::Direct, Speech::Indirect, Speech::Mixed];
const POLARITIES: [Polarity; 2] = [Polarity::Yes, Polarity::No];
const SPEAKERS: [SpeakerKind; 5] = [
    SpeakerKind::Person,
    SpeakerKind::Organization,
    SpeakerKind::Group,
    SpeakerKind::Anonymous,
    SpeakerKind::Author,
];

/// "83 of 100 sure of the reading": ours, and never the speaker's.
pub(super) fn sure(statement: &Statement) -> String {
    format!("{:.0} of 100 sure of the reading", statement.confidence * 100.0)
}

/// The form, over the statement in this edition. `by` is the reviewer's name where it is known.
pub(super) fn form(statement: &Statement, edition: u64, by: &str) -> Markup {
    let certainty = wording::sure(statement);
    html! {
        form.verdict action=(address::link("review", &statement.id)) method="post" {
            input type="hidden" name="before" value=(edition);
            p.soft { (sure(statement)) ", " (statement.extractor) }
            @if let Some(speaker) = &statement.speaker {
                (text("speaker", "Speaker", &speaker.name))
                (choice("speaker_kind", "Sort of speaker", &SPEAKERS.map(SpeakerKind::word), speaker.kind.word()))
                (text("role", "Role", speaker.role.as_deref().unwrap_or_default()))
            } @else {
                p.soft { "Nobody is named as the speaker." }
            }
            (choice("kind", "Kind", &KINDS.map(Kind::word), statement.kind.word()))
            (choice("speech", "Speech", &SPEECHES.map(Speech::word), statement.speech.word()))
            (choice("polarity", "It is so", &POLARITIES.map(Polarity::word), statement.polarity.word()))
            @if statement.certainty.is_some() {
                div.field {
                    span { "How sure the speaker is" }
                    div { (record::sure(&certainty))
                        label { input type="checkbox" name="certainty" value="none"; " says nothing of how sure" } }
                }
            }
            @if let Some(event) = &statement.event {
                (text("event", "Event", &event.class))
                @if let Some(actor) = &event.actor { (text("actor", "Who does it", &actor.name)) }
                @if let Some(target) = &event.target { (text("target", "To whom or what", &target.name)) }
                div.field {
                    span { }
                    label { input type="checkbox" name="no_event" value="none"; " speaks of no such event" }
                }
            }
            @if let Some(window) = &statement.window {
                div.field {
                    span { "When" }
                    div { (wording::window(window)) " "
                        label { input type="checkbox" name="window" value="none"; " names no time" } }
                }
            }
            (text("reason", "Why", ""))
            div.field {
                label for="reviewer" { "Your name" }
                input #reviewer name="reviewer" value=(by) required maxlength=(NAME) autocomplete="name";
            }
            div.buttons {
                button.good type="submit" name="verdict" value="accept" accesskey="a" { "Accept as read" }
                button type="submit" name="verdict" value="correct" accesskey="e" { "Correct to this" }
                button.bad type="submit" name="verdict" value="reject" accesskey="x" { "Reject: no statement" }
            }
        }
    }
}

fn text(name: &str, label: &str, value: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) value=(value) maxlength=(FIELD);
        }
    }
}

fn choice(name: &str, label: &str, words: &[&str], chosen: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @for word in words { option value=(word) selected[*word == chosen] { (word) } }
            }
        }
    }
}

fn picked<T: Copy>(
    fields: &[(String, String)],
    name: &str,
    all: &[T],
    word: fn(T) -> &'static str,
    old: T,
) -> Result<T, String> {
    match value(fields, name) {
        "" => Ok(old),
        given => all
            .iter()
            .copied()
            .find(|one| word(*one) == given)
            .ok_or_else(|| format!("The field {name} cannot be: {given}.")),
    }
}

/// The statement as the fields say; a field that is not given stays as it was.
pub(super) fn corrected(old: &Statement, fields: &[(String, String)]) -> Result<Statement, String> {
    let mut new = old.clone();
    let given = |name: &str| fields.iter().any(|(field, _)| field == name);
    new.kind = picked(fields, "kind", &KINDS, Kind::word, old.kind)?;
    new.speech = picked(fields, "speech", &SPEECHES, Speech::word, old.speech)?;
    new.polarity = picked(fields, "polarity", &POLARITIES, Polarity::word, old.polarity)?;
    if let Some(speaker) = &mut new.speaker {
        let kind = picked(fields, "speaker_kind", &SPEAKERS, SpeakerKind::word, speaker.kind)?;
        if given("speaker") {
            let name = value(fields, "speaker");
            if name.is_empty() {
                return Err("A speaker needs a name.".to_owned());
            }
            if name != speaker.name || kind != speaker.kind {
                speaker.id = Speaker::id_of(kind, name, &old.article.id);
                name.clone_into(&mut speaker.name);
                speaker.kind = kind;
            }
        }
        if given("role") {
            let role = value(fields, "role");
            speaker.role = (!role.is_empty()).then(|| role.to_owned());
        }
    }
    if value(fields, "certainty") == "none" {
        new.certainty = None;
    }
    if value(fields, "window") == "none" {
        new.window = None;
    }
    if value(fields, "no_event") == "none" {
        new.event = None;
    }
    if let Some(event) = &mut new.event {
        let class = value(fields, "event").to_lowercase().replace([' ', '-'], "_");
        if !class.is_empty() {
            event.class = class;
        }
        for (name, entity) in [("actor", &mut event.actor), ("target", &mut event.target)] {
            match (given(name), value(fields, name)) {
                (true, "") => *entity = None,
                (true, name) => {
                    if let Some(entity) = entity {
                        name.clone_into(&mut entity.name);
                    }
                }
                (false, _) => {}
            }
        }
    }
    if new == *old {
        return Err("Nothing is different: accept it, or change a field.".to_owned());
    }
    Ok(new)
}
