//! What the ledger keeps around an article: what it was read from, its versions and copies.

use std::{fmt::Write as _, io::Write};

use sayso_ledger::{Changes, Ledger, Relative};
use sayso_model::Article;

use super::facts;
use crate::{
    error::CommandError,
    format::{Cell, Column, Ink, row},
    screen::{Screen, count, grouped, one_line},
};

/// Paragraphs of a change that are shown.
const SHOWN: usize = 5;
/// Characters of such a paragraph.
const LONGEST: usize = 160;

/// Prints both, where there are any.
pub(super) fn show(
    out: &mut impl Write,
    ledger: &Ledger,
    article: &Article,
    screen: Screen,
) -> Result<(), CommandError> {
    for evidence in ledger.evidence_of(&article.id)? {
        let kept = format!(
            "{}, {} bytes, {}, kept {} from {}",
            evidence.sha256,
            grouped(usize::try_from(evidence.length).unwrap_or(usize::MAX)),
            evidence.media,
            evidence.added_at,
            evidence.origin.as_deref().unwrap_or("standard input"),
        );
        facts(out, screen, &[("evidence", Some(kept))])?;
    }
    for relative in ledger.relatives(&article.id)? {
        let label = relative.relation.words();
        facts(out, screen, &[(label, Some(name(&relative)))])?;
        if let Some(changes) = &relative.changes {
            paragraphs(out, changes, screen)?;
        }
    }
    Ok(())
}

/// "Evening Lamp, 3 April 2031, 1f09a2…, 83 % of the shorter text".
fn name(relative: &Relative) -> String {
    let article = &relative.article;
    let outlet = article.outlet.as_deref().unwrap_or(crate::wording::NO_OUTLET);
    let date = crate::wording::published(article);
    let mut name = format!("{outlet}, {date}, {}", article.id.get(..12).unwrap_or(&article.id));
    if let Some(share) = relative.contained {
        let _ = write!(name, ", {:.0}\u{202f}% of the shorter text", share * 100.0);
    }
    if let Some(changes) = &relative.changes {
        let _ = write!(
            name,
            ": {} added, {} removed, {} kept",
            count(changes.added.len(), "paragraph"),
            grouped(changes.removed.len()),
            grouped(changes.kept)
        );
    }
    name
}

/// The paragraphs that came and went, each on one line.
fn paragraphs(out: &mut impl Write, changes: &Changes, screen: Screen) -> std::io::Result<()> {
    let mut lines = Cell::default();
    for (mark, paragraphs) in [("−", &changes.removed), ("+", &changes.added)] {
        for paragraph in paragraphs.iter().take(SHOWN) {
            let mut words: String = one_line(paragraph).chars().take(LONGEST).collect();
            if words.len() < paragraph.len() {
                words.push('…');
            }
            lines.line(Ink::Plain, format!("{mark} {words}"));
        }
        if paragraphs.len() > SHOWN {
            lines.line(Ink::Faint, format!("{mark} and {} more", paragraphs.len() - SHOWN));
        }
    }
    row(out, 12, &[Column(screen.width.saturating_sub(12).max(16))], &[lines])
}
