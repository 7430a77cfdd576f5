//! One question from all sides: deadlines, origins, contradictions.

use std::collections::{BTreeMap, BTreeSet};

use sayso_link::Said;
use sayso_model::{LinkKind, SpeakerKind, Statement};

use crate::{
    BearingStatement, CompareView, Ledger, OriginView,
    error::Result,
    fetch::{self, What},
    questions::{bearing_statements, summaries},
};

impl Ledger {
    /// A question with its deadlines, its origins and what in it does not go together, by its id
    /// or the beginning of it. Of more than 500 statements the latest are compared; the figures
    /// count all.
    ///
    /// # Errors
    /// [`crate::LedgerError::NotFound`], [`crate::LedgerError::Ambiguous`].
    pub fn compare(&self, id: &str) -> Result<CompareView> {
        self.read(|connection| {
            let id = fetch::resolve(connection, What::Question, id)?;
            let missing = || fetch::not_found(What::Question, &id);
            let summary = summaries(connection, Some(&id))?.pop().ok_or_else(missing)?;
            let statements = bearing_statements(connection, &id)?;
            let said: Vec<Said<'_>> = statements
                .iter()
                .map(|one| Said {
                    statement: &one.statement,
                    bearing: &one.bearing,
                    speaker: one.person.as_deref().unwrap_or_default(),
                    origin: &one.origin,
                })
                .collect();
            let comparison = sayso_link::compare(&said);
            let all: Vec<&Statement> = statements.iter().map(|one| &one.statement).collect();
            let deadlines = sayso_link::deadlines(&summary.text, &all);
            let origins = origins(&statements);
            Ok(CompareView { summary, deadlines, origins, comparison, statements })
        })
    }
}

fn origins(statements: &[BearingStatement]) -> Vec<OriginView> {
    let mut found: BTreeMap<&str, Vec<&BearingStatement>> = BTreeMap::new();
    for one in statements {
        found.entry(&one.origin).or_default().push(one);
    }
    let mut origins: Vec<OriginView> = found
        .into_iter()
        .map(|(id, reports)| {
            let outlet = |one: &&BearingStatement| {
                let article = &one.statement.article;
                article.outlet.clone().unwrap_or_else(|| article.id.clone())
            };
            let why: BTreeSet<String> = reports.iter().filter_map(|one| one.why.clone()).collect();
            OriginView {
                id: id.to_owned(),
                // Who has a name speaks for the headline that has none.
                holder: reports
                    .iter()
                    .find(|one| is_named(&one.statement))
                    .or(reports.first())
                    .map(|one| holder(&one.statement))
                    .unwrap_or_default(),
                outlets: reports.iter().map(outlet).collect::<BTreeSet<_>>().len(),
                why: if reports.len() > 1 { why.into_iter().collect() } else { Vec::new() },
                statements: reports.iter().map(|one| one.statement.id.clone()).collect(),
            }
        })
        .collect();
    origins
        .sort_by(|a, b| b.statements.len().cmp(&a.statements.len()).then_with(|| a.id.cmp(&b.id)));
    origins
}

fn is_named(statement: &Statement) -> bool {
    let kind = statement.speaker.as_ref().map(|speaker| speaker.kind);
    matches!(kind, Some(SpeakerKind::Person | SpeakerKind::Organization))
}

/// The first source in words: "Ada Quill", "NATO official to CNN".
fn holder(statement: &Statement) -> String {
    let outlet = || {
        let link = statement
            .chain
            .iter()
            .rev()
            .find(|link| matches!(link.kind, LinkKind::Outlet | LinkKind::Agency));
        link.map(|link| link.name.clone()).or_else(|| statement.article.outlet.clone())
    };
    match &statement.speaker {
        Some(speaker) if matches!(speaker.kind, SpeakerKind::Anonymous | SpeakerKind::Group) => {
            match outlet() {
                Some(outlet) => format!("{} to {outlet}", speaker.name),
                None => speaker.name.clone(),
            }
        }
        Some(speaker) => speaker.name.clone(),
        None => outlet().map_or("a source not named".to_owned(), |o| format!("a source of {o}")),
    }
}
