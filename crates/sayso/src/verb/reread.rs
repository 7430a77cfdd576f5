//! `sayso reread`: every article of a ledger read again with the present models.

use std::io::{self, Write};

use rayon::prelude::*;
use sayso_ledger::Ledger;
use sayso_model::Article;
use serde_json::json;

use super::add::now;
use crate::{
    cli::{Format, Reread},
    engine,
    error::{CommandError, ErrorKind},
    format::chosen,
    screen::{Screen, count, one_line},
};

/// Articles in hand at a time.
const AT_A_TIME: usize = 64;

/// Reads again and tells what changed.
pub(crate) fn run(flags: &Reread, screen: Screen) -> Result<(), CommandError> {
    let mut ledger = Ledger::open_existing(&flags.store.ledger)?;
    let now = now();
    let mut total = sayso_ledger::Reread::default();
    let (mut articles, mut changed, mut failed) = (0, 0, 0);
    let mut cursor = None;
    loop {
        let page = ledger.articles(AT_A_TIME, cursor.as_deref())?;
        let texts: Vec<Article> = page
            .items
            .iter()
            .map(|summary| ledger.article(&summary.article.id))
            .collect::<Result<_, _>>()?;
        let read: Vec<_> = texts
            .into_par_iter()
            .map(|article| {
                let statements = engine::guarded(|| engine::statements(&article));
                (article, statements)
            })
            .collect();
        for (article, statements) in read {
            articles += 1;
            match statements {
                Ok(statements) => {
                    let done = ledger.reread(&article, &statements, &now)?;
                    changed += usize::from(done.added + done.superseded + done.withdrawn > 0);
                    total.added += done.added;
                    total.superseded += done.superseded;
                    total.withdrawn += done.withdrawn;
                    total.kept += done.kept;
                }
                Err(words) => {
                    failed += 1;
                    let words = format!("{}: could not be read again: {words}", article.key);
                    screen.complain(&one_line(&words));
                }
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let linked = ledger.relink(&engine::classes(), &now)?;
    let orphans = ledger.orphans()?.len();
    let mut out = screen.out();
    match chosen(flags.output, screen) {
        Format::Json | Format::Jsonl => {
            let record = json!({
                "articles": articles, "changed": changed, "added": total.added,
                "superseded": total.superseded, "withdrawn": total.withdrawn, "kept": total.kept,
                "orphans": orphans, "questions": linked.questions,
            });
            serde_json::to_writer(&mut out, &record).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
        _ => {
            writeln!(
                out,
                "{} read again, {} changed: {} added, {} superseded, {} withdrawn, {} kept as \
                 reviewed, {}.",
                count(articles, "article"),
                changed,
                count(total.added, "statement"),
                total.superseded,
                total.withdrawn,
                total.kept,
                count(orphans, "orphan")
            )?;
        }
    }
    out.flush()?;
    drop(out);
    if failed > 0 { Err(CommandError::new(ErrorKind::SomeFailed, "")) } else { Ok(()) }
}
