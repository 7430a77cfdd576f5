//! A draft's paraphrase beside what the speaker is quoted with: is it surer than they are?

use sayso_link::Said;
use sayso_model::{Bearing, Polarity, SpeakerKind, Speech, Stance, Statement};
use serde::Serialize;

use crate::{Ledger, Query, error::Result};

/// Quotations of one speaker on one event that are looked at: the newest.
const MAX_QUOTATIONS: usize = 200;

/// A paraphrase of a draft beside the newest quotation of its speaker on the same event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParaphraseCheck {
    /// The statement as the draft has it.
    pub paraphrase: Statement,
    /// What the ledger quotes the speaker with.
    pub quotation: Statement,
    /// Whether the draft is as sure as the quotation.
    pub drift: ParaphraseDrift,
}

/// How sure a paraphrase is beside the quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParaphraseDrift {
    /// The draft is surer than the speaker.
    Surer,
    /// The draft is less sure than the speaker.
    LessSure,
    /// About as sure.
    Same,
    /// The one says that it happens, the other that it does not.
    Opposite,
}

impl ParaphraseDrift {
    /// The word, the same as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Surer => "surer",
            Self::LessSure => "less_sure",
            Self::Same => "same",
            Self::Opposite => "opposite",
        }
    }
}

impl Ledger {
    /// Compares a draft's paraphrase with what its speaker, a named person or organization, is quoted
    /// with on the same event. Nothing where the draft's statement quotes, names nobody or no event, or
    /// where no quotation is known.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn compare_paraphrase(&self, paraphrase: &Statement) -> Result<Option<ParaphraseCheck>> {
        let named = |kind| matches!(kind, SpeakerKind::Person | SpeakerKind::Organization);
        let speaker = paraphrase.speaker.as_ref().filter(|speaker| named(speaker.kind));
        let (Some(speaker), Some(event)) = (speaker, &paraphrase.event) else { return Ok(None) };
        if paraphrase.speech == Speech::Direct {
            return Ok(None);
        }
        let query = Query {
            speaker: Some(speaker.name.clone()),
            event: Some(event.class.clone()),
            limit: MAX_QUOTATIONS,
            ..Query::default()
        };
        let target = |statement: &Statement| {
            let target = statement.event.as_ref()?.target.as_ref()?;
            Some(target.name.to_lowercase())
        };
        let same_target = |one: &Statement| match (target(one), target(paraphrase)) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        let found = self.find(&query)?.items.into_iter().map(|hit| hit.statement);
        let quotation = found
            .filter(|one| one.speech == Speech::Direct && one.id != paraphrase.id)
            .find(same_target);
        Ok(quotation.map(|quotation| ParaphraseCheck {
            drift: drift(paraphrase, &quotation),
            paraphrase: paraphrase.clone(),
            quotation,
        }))
    }
}

fn drift(paraphrase: &Statement, quotation: &Statement) -> ParaphraseDrift {
    if paraphrase.polarity != quotation.polarity {
        return ParaphraseDrift::Opposite;
    }
    let bearings = [bearing(paraphrase), bearing(quotation)];
    let said = |statement, bearing| Said { statement, bearing, speaker: "one", origin: "one" };
    let both = [said(paraphrase, &bearings[0]), said(quotation, &bearings[1])];
    match sayso_link::compare(&both).drift.first() {
        Some(drift) if drift.surer => ParaphraseDrift::Surer,
        Some(_) => ParaphraseDrift::LessSure,
        None => ParaphraseDrift::Same,
    }
}

/// The chance of yes that a statement's own words leave.
fn bearing(statement: &Statement) -> Bearing {
    let certainty = statement.certainty.as_ref();
    let (low, high) = (certainty.and_then(|c| c.low), certainty.and_then(|c| c.high));
    let turned = |end: Option<f64>| end.map(|p| 1.0 - p);
    let (stance, low, high) = match statement.polarity {
        Polarity::Yes => (Stance::Yes, low, high),
        Polarity::No => (Stance::No, turned(high), turned(low)),
    };
    Bearing { statement: statement.id.clone(), stance, low, high, reason: String::new() }
}
