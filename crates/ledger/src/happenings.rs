//! What happened on a question, in order, and why: each new statement, changed mind, drift,
//! contradiction, outcome.

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::civil::Date;
use sayso_model::{Kind, OutcomeState, Speech, Stance, Statement, Window, printed_range};
use sayso_score::words;
use serde::Serialize;

use crate::{
    BearingStatement, CompareView, Ledger, OutcomeView, error::Result, scoring::said as day,
};

/// One thing that happened on a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// The day on which it was said, or for an outcome the one on which it was known. Null where no date
    /// is known.
    pub day: Option<Date>,
    /// What sort of thing.
    pub what: Happened,
    /// The ids of the statements or of the outcome.
    pub records: Vec<String>,
    /// It in a sentence.
    pub text: String,
}

/// Sorts of things that happen on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// Somebody said something.
    Said,
    /// A speaker named another date.
    Moved,
    /// A speaker changed sides, or became surer or less sure.
    Changed,
    /// An outlet's paraphrase is surer, or less sure, than the speaker's own words.
    Drifted,
    /// Two statements cannot both hold.
    Contradicted,
    /// A resolver said what became of it.
    Resolved,
}

impl Ledger {
    /// What happened on a question, the first first, undated things before all; by its id or the
    /// beginning of it. Of more than 500 statements the latest.
    ///
    /// # Errors
    /// [`crate::LedgerError::NotFound`], [`crate::LedgerError::Ambiguous`].
    pub fn happenings(&self, question: &str) -> Result<Vec<Happening>> {
        let view = self.compare(question)?;
        let outcomes = self.outcomes_of(&view.summary.id)?;
        Ok(happenings(&view, &outcomes))
    }
}

fn happenings(view: &CompareView, outcomes: &[OutcomeView]) -> Vec<Happening> {
    let by_id: BTreeMap<&str, &BearingStatement> =
        view.statements.iter().map(|one| (one.statement.id.as_str(), one)).collect();
    let pair = |one: &str, other: &str| Some((*by_id.get(one)?, *by_id.get(other)?));
    let mut all: Vec<Happening> = view.statements.iter().map(said).collect();
    all.extend(moves(&view.statements));
    let found = &view.comparison;
    for change in &found.changes {
        let Some((before, after)) = pair(&change.before, &change.after) else { continue };
        all.extend(changed(before, after, change.turned));
    }
    for drift in &found.drift {
        let Some((paraphrase, quoted)) = pair(&drift.paraphrase, &drift.quotation) else {
            continue;
        };
        let outlet = paraphrase.statement.article.outlet.as_deref().unwrap_or("the outlet");
        let word = if drift.surer { "surer" } else { "less sure" };
        let text = format!(
            "{outlet} has {} {word} ({}) than in the speaker’s own words ({}).",
            name(&paraphrase.statement),
            sure(&paraphrase.statement),
            sure(&quoted.statement)
        );
        all.push(of_two(Happened::Drifted, paraphrase, quoted, text));
    }
    for pair_of in &found.contradictions {
        let Some((yes, no)) = pair(&pair_of.yes, &pair_of.no) else { continue };
        let (yes_day, no_day) = (day(&yes.statement), day(&no.statement));
        let (earlier, later) = if yes_day <= no_day { (yes, no) } else { (no, yes) };
        let text = format!("{} contradicts {}.", name(&later.statement), name(&earlier.statement));
        all.push(of_two(Happened::Contradicted, later, earlier, text));
    }
    all.extend(outcomes.iter().flat_map(resolved));
    all.sort_by(|a, b| (a.day, a.what, &a.records).cmp(&(b.day, b.what, &b.records)));
    all.dedup_by(|a, b| a.day == b.day && a.what == b.what && a.text == b.text);
    all
}

fn said(one: &BearingStatement) -> Happening {
    let statement = &one.statement;
    let verb = match statement.kind {
        Kind::Denial => "denies",
        Kind::Intention => "means",
        _ => "says",
    };
    let side = if one.bearing.stance == Stance::Yes { "yes" } else { "no" };
    let hedge = match statement.certainty {
        Some(_) => format!(", {}", sure(statement)),
        None => String::new(),
    };
    let text = format!("{} {verb} {side}{hedge}: {}", name(statement), quoted(statement));
    Happening {
        day: day(statement),
        what: Happened::Said,
        records: vec![statement.id.clone()],
        text,
    }
}

/// Each time that a speaker named another date than the time before.
fn moves(statements: &[BearingStatement]) -> Vec<Happening> {
    let mut last: BTreeMap<&str, &BearingStatement> = BTreeMap::new();
    let mut moves = Vec::new();
    let mut order: Vec<&BearingStatement> = statements.iter().collect();
    order.sort_by_key(|one| (day(&one.statement), one.statement.id.clone()));
    for one in order {
        let speaker = one.person.as_deref();
        let (Some(speaker), Some(window)) = (speaker, dated(one)) else { continue };
        if let Some(before) = last.insert(speaker, one)
            && let Some(old) = dated(before)
            && day(&before.statement) < day(&one.statement)
            && old.latest != window.latest
        {
            let text = format!(
                "{} moved the date from “{}” ({}) to “{}” ({}).",
                name(&one.statement),
                old.text.trim(),
                last_day(old),
                window.text.trim(),
                last_day(window)
            );
            moves.push(of_two(Happened::Moved, one, before, text));
        }
    }
    moves
}

/// The window of a statement that names a last day for the thing to happen.
fn dated(one: &BearingStatement) -> Option<&Window> {
    let is_promise = matches!(one.statement.kind, Kind::Forecast | Kind::Intention)
        && one.bearing.stance == Stance::Yes;
    one.statement.window.as_ref().filter(|window| is_promise && window.latest.is_some())
}

fn last_day(window: &Window) -> String {
    window.latest.map(words::day).unwrap_or_default()
}

fn changed(before: &BearingStatement, after: &BearingStatement, turned: bool) -> Option<Happening> {
    let (was, is) = (&before.statement, &after.statement);
    // Whose window was over by then has been forecast, and this is another forecast.
    let closed = was.window.as_ref().and_then(|window| window.latest_soft.max(window.latest));
    if closed.is_some_and(|closed| day(is).is_some_and(|now| closed < now)) {
        return None;
    }
    let mut text = name(is);
    if turned {
        let side = |one: &BearingStatement| {
            if one.bearing.stance == Stance::Yes { "yes" } else { "no" }
        };
        let _ = write!(text, " turned from {} to {}", side(before), side(after));
    } else {
        let _ = write!(text, " went from {} to {}", sure(was), sure(is));
    }
    text.push('.');
    // Two statements of one article are told as drift, or are one view.
    (was.article.id != is.article.id).then(|| of_two(Happened::Changed, after, before, text))
}

/// What a resolver says, on the day on which it was known: each time that the thing came true has its own.
fn resolved(one: &OutcomeView) -> Vec<Happening> {
    let outcome = &one.outcome;
    let standing = match &one.ruling {
        None => "proposed",
        Some(ruling) if ruling.confirms => "confirmed",
        Some(_) => "withdrawn since",
    };
    let on = |day: Date, what: String| Happening {
        day: Some(day),
        what: Happened::Resolved,
        records: vec![outcome.id.clone()],
        text: format!("{}: {what} ({standing}).", outcome.resolver),
    };
    if outcome.state != OutcomeState::True || outcome.occurrences.is_empty() {
        return vec![on(outcome.known, words::outcome(outcome))];
    }
    let times = outcome.occurrences.iter().enumerate();
    times.map(|(n, one)| on(one.known, words::came_true(one, n > 0))).collect()
}

fn of_two(
    what: Happened,
    one: &BearingStatement,
    other: &BearingStatement,
    text: String,
) -> Happening {
    Happening {
        day: day(&one.statement),
        what,
        records: vec![one.statement.id.clone(), other.statement.id.clone()],
        text,
    }
}

fn name(statement: &Statement) -> String {
    match &statement.speaker {
        Some(speaker) => one_line(&speaker.name),
        None => "a source not named".to_owned(),
    }
}

/// "likely (55–80 %)", "no hedge"
fn sure(statement: &Statement) -> String {
    let Some(certainty) = &statement.certainty else { return "no hedge".to_owned() };
    let term = one_line(&certainty.term);
    match printed_range(certainty.low, certainty.high, certainty.bound) {
        Some(range) => format!("{term} ({range})"),
        None => term,
    }
}

fn quoted(statement: &Statement) -> String {
    let words: Vec<String> = statement.content.iter().map(|span| one_line(&span.text)).collect();
    let words = words.join(" … ");
    let words = words.trim_matches(['“', '”', '"']);
    match statement.speech {
        Speech::Direct => format!("“{words}”"),
        Speech::Indirect | Speech::Mixed => format!("≈ {words}"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
