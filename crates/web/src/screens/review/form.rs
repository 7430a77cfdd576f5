//! What was read of a statement as fields, and a statement from such fields.

use maud::{Markup, html};
use sayso_ledger::{
    FIELD, NAME,
    mend::{self, KINDS, POLARITIES, SPEAKERS, SPEECHES, Vocabulary},
};
use sayso_model::{Article, Kind, Polarity, SpeakerKind, Speech, Statement};

use super::super::record;
use crate::{address, wording};

/// "83 of 100 sure of the reading": ours, and never the speaker's.
pub(super) fn sure(statement: &Statement) -> String {
    format!("{:.0} of 100 sure of the reading", statement.confidence * 100.0)
}

/// The form, over the statement in this edition. `by` is the reviewer's name where it is known.
pub(super) fn form(
    statement: &Statement,
    edition: u64,
    by: &str,
    vocabulary: &Vocabulary,
) -> Markup {
    let certainty = wording::sure(statement);
    html! {
        form.verdict action=(address::link("review", &statement.id)) method="post" {
            input type="hidden" name="before" value=(edition);
            p.soft { (sure(statement)) ", " (statement.extractor) }
            (text(statement, "speaker", "Speaker", Some("speakers")))
            (speakers(statement))
            @if statement.speaker.is_some() {
                (choice(statement, "speaker.kind", "Sort of speaker", &SPEAKERS.map(SpeakerKind::word)))
                (text(statement, "speaker.role", "Role", None))
            }
            (text(statement, "chain", "Through whom", None))
            (choice(statement, "kind", "Kind", &KINDS.map(Kind::word)))
            (choice(statement, "speech", "Speech", &SPEECHES.map(Speech::word)))
            (choice(statement, "polarity", "It is so", &POLARITIES.map(Polarity::word)))
            (text(statement, "certainty", "How sure the speaker is", Some("terms")))
            @if statement.certainty.is_some() { div.field { span { } (record::sure(&certainty)) } }
            datalist #terms { @for one in &vocabulary.terms { option value=(one.term) {} } }
            (text(statement, "condition", "On condition", None))
            (text(statement, "window", "When, in words", None))
            (date(statement, "window.earliest", "First day"))
            (date(statement, "window.latest", "Last day"))
            (text(statement, "event", "Event", Some("classes")))
            datalist #classes { @for one in &vocabulary.events { option value=(one.class) {} } }
            @if statement.event.is_some() {
                (text(statement, "event.actor", "Who does it", None))
                (text(statement, "event.target", "To whom or what", None))
                (text(statement, "event.threshold", "From which number on", None))
            }
            (text(statement, "places", "Places", None))
            @if !statement.quantities.is_empty() { (text(statement, "quantities", "Numbers", None)) }
            p.soft.hint {
                "A value is what the article prints; empty takes it away. Where a name is another than the article’s word, give both: "
                code { "Kalvara@the town" } ". Several places are parted by a semicolon."
            }
            (free("reason", "Why", ""))
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

/// Whom the mention could stand for.
fn speakers(statement: &Statement) -> Markup {
    let candidates = statement.speaker.as_ref().map_or(&[][..], |speaker| &speaker.candidates);
    html! {
        datalist #speakers { @for one in candidates { option value=(one.name) {} } }
        @if !candidates.is_empty() {
            div.field { span { } span.soft { "perhaps "
                @for (i, one) in candidates.iter().enumerate() {
                    @if i > 0 { ", " } (one.name) " (" (wording::share(one.confidence)) ")"
                } } }
        }
    }
}

fn text(statement: &Statement, name: &str, label: &str, list: Option<&str>) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) value=(mend::shown(statement, name)) maxlength=(FIELD) list=[list]
                autocomplete="off";
        }
    }
}

fn free(name: &str, label: &str, value: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) value=(value) maxlength=(FIELD);
        }
    }
}

fn date(statement: &Statement, name: &str, label: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type="date" value=(mend::shown(statement, name));
        }
    }
}

fn choice(statement: &Statement, name: &str, label: &str, words: &[&str]) -> Markup {
    let chosen = mend::shown(statement, name);
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @for word in words { option value=(word) selected[*word == chosen] { (word) } }
            }
        }
    }
}

/// The statement as the fields say; a field that is not given, or is as it was, stays as it was.
pub(super) fn corrected(
    old: &Statement,
    article: &Article,
    vocabulary: &Vocabulary,
    fields: &[(String, String)],
) -> Result<Statement, String> {
    let own = fields.iter().filter(|(name, _)| mend::FIELDS.contains(&name.as_str()));
    let own: Vec<(String, String)> = own.cloned().collect();
    mend::mend(old, article, vocabulary, &mend::changed(old, &own))
        .map_err(|error| error.to_string())
}
