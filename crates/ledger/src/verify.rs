use std::path::Path;

use rusqlite::{Connection, ErrorCode, params};
use sayso_model::CodePoints;

use crate::{
    Ledger, Problem,
    error::{Fault, Result},
    evidence, fetch, fit,
    record::{self, Records},
    redact,
};

impl Ledger {
    /// Looks for what should never be: damage that the database sees, an article whose text is
    /// not the one its id was made from, a span that no longer says what the text says, a record
    /// that nothing reads, a reference to nothing, evidence that is missing, altered or nobody's.
    /// Empty when all is well. One article is held in
    /// memory at a time. Where damage ends one look, it is told and the others go on.
    ///
    /// # Errors
    /// [`crate::LedgerError::Locked`].
    pub fn verify(&self) -> Result<Vec<Problem>> {
        self.read(|connection| {
            let mut problems = Vec::new();
            let folder = self.evidence_folder();
            let kept = |connection: &Connection, problems: &mut Vec<Problem>| {
                if self.path == Path::new(":memory:") {
                    return Ok(());
                }
                evidence::verify(connection, &folder, problems)
            };
            let looks: [&Look<'_>; 5] = [&database, &references, &articles, &redact::verify, &kept];
            for look in looks {
                damaged(look(connection, &mut problems), &mut problems)?;
            }
            Ok(problems)
        })
    }
}

/// One look at all records.
type Look<'a> = dyn Fn(&Connection, &mut Vec<Problem>) -> Result<(), Fault> + 'a;

/// Makes a problem of damage that ended a look.
fn damaged(looked: Result<(), Fault>, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    let Err(fault) = looked else { return Ok(()) };
    let Fault::Database(error) = &fault else { return Err(fault) };
    if !matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    ) {
        return Err(fault);
    }
    let message = format!(
        "The database is damaged ({error}), and this look could not be finished. Put the ledger back from a \
         copy; without one, move it elsewhere, take out what can be read with `sqlite3 LEDGER .recover`, \
         and add the sources to a new ledger."
    );
    if !problems.iter().any(|known| known.message == message) {
        problems.push(problem("ledger", message));
    }
    Ok(())
}

fn database(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    let mut check = connection.prepare("PRAGMA integrity_check")?;
    let lines = check.query_map([], |row| row.get::<_, String>(0))?;
    for line in lines {
        let line = line?;
        if line != "ok" {
            problems.push(problem("ledger", format!("The database is damaged: {line}.")));
        }
    }
    let broken: i64 =
        connection
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if broken > 0 {
        problems.push(problem("ledger", format!("Rows that belong to no other row: {broken}.")));
    }
    Ok(())
}

/// Each select lists records that refer to something the ledger does not have.
const REFERENCES: [(&str, &str); 7] = [
    (
        "SELECT b.question FROM current_bearings b
         WHERE NOT EXISTS (SELECT 1 FROM current_questions q WHERE q.id = b.question)",
        "A bearing holds although its question does not.",
    ),
    (
        "SELECT b.statement FROM current_bearings b
         WHERE NOT EXISTS (SELECT 1 FROM statements s WHERE s.id = b.statement)",
        "A bearing names a statement that was never added.",
    ),
    (
        "SELECT s.id FROM statements s
         WHERE NOT EXISTS (SELECT 1 FROM search WHERE search.rowid = s.seq)",
        "The statement cannot be found by its words.",
    ),
    (
        "SELECT s.id FROM current_statements s
         WHERE NOT EXISTS (SELECT 1 FROM listed i WHERE i.statement = s.seq)",
        "The statement holds and no list shows it.",
    ),
    (
        "SELECT coalesce(s.id, CAST(i.statement AS TEXT)) FROM listed i LEFT JOIN statements s ON s.seq = i.statement
         WHERE NOT EXISTS (SELECT 1 FROM current_statements c WHERE c.seq = i.statement)",
        "A list shows a statement that does not hold.",
    ),
    (
        "SELECT 'ledger' FROM revisions r WHERE r.new IS NOT NULL AND r.record = 'statement'
         AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.seq = r.new)",
        "A record was superseded by nothing.",
    ),
    (
        "SELECT o.id FROM outcomes o WHERE CASE o.part
           WHEN 'question' THEN NOT EXISTS (SELECT 1 FROM questions q WHERE q.id = o.subject)
           ELSE NOT EXISTS (SELECT 1 FROM statements s WHERE s.id = o.subject) END",
        "An outcome is given to what was never there.",
    ),
];

fn references(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    for (select, message) in REFERENCES {
        let mut select = connection.prepare(select)?;
        for record in select.query_map([], |row| row.get::<_, String>(0))? {
            problems.push(problem(&record?, message.to_owned()));
        }
    }
    Ok(())
}

fn articles(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    let mut select =
        connection.prepare("SELECT seq, id, text, record FROM articles ORDER BY seq")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, id, text): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let removed = text.is_empty() && redact::is_redacted(connection, "article", &id)?;
        if !removed && sayso_model::article_id(&text) != id {
            problems.push(problem(&id, "The article's text is not the one that was added."));
        }
        if fetch::json::<sayso_model::Article>(row, 3).is_err() {
            problems.push(problem(&id, "The article's record cannot be read."));
        }
        statements(connection, seq, &text, problems)?;
    }
    Ok(())
}

fn statements(
    connection: &Connection,
    article: i64,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Result<(), Fault> {
    let points = CodePoints::new(text);
    let mut select = connection.prepare_cached(
        "SELECT article, id, record, sum FROM statements WHERE article = ?1 ORDER BY position, seq",
    )?;
    let mut records = Records::new(connection);
    let mut rows = select.query(params![article])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(1)?;
        let record: String = row.get(2)?;
        if row.get::<_, Option<i64>>(3)?.is_some_and(|sum| sum != record::sum(&record)) {
            problems.push(problem(&id, "The statement's record is not the one that was added."));
        }
        let Ok(statement) = records.row(row, 0) else {
            problems.push(problem(&id, "The statement's record cannot be read."));
            continue;
        };
        if statement.id != id {
            problems.push(problem(&id, "The statement's record has another id."));
        }
        if let Some(misfit) = fit::misfit(text, &points, &statement)? {
            problems
                .push(problem(&id, format!("The statement does not fit its article: {misfit}.")));
        }
    }
    Ok(())
}

fn problem(record: &str, message: impl Into<String>) -> Problem {
    Problem { record: record.to_owned(), message: message.into() }
}
