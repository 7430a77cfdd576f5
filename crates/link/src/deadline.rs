//! The family of deadlines under a question.

use jiff::civil::Date;
use sayso_model::{Relation, Statement, Window};
use serde::{Deserialize, Serialize};

/// One deadline of a question with the statements that name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The question with its deadline, a yes/no sentence.
    pub text: String,
    /// First day that a window opens.
    pub earliest: Option<Date>,
    /// Last day; null where the words set none.
    pub latest: Option<Date>,
    /// Ids of the statements.
    pub statements: Vec<String>,
}

/// Sorts the statements of a question by the last day of their windows, the earliest first, those
/// without a last day at the end. A deadline that passed and was set anew is another one.
pub fn deadlines(question: &str, statements: &[&Statement]) -> Vec<Deadline> {
    let mut deadlines: Vec<Deadline> = Vec::new();
    let mut sorted: Vec<(Option<Date>, &Statement)> =
        statements.iter().map(|s| (s.window.as_ref().and_then(last), *s)).collect();
    sorted.sort_by_key(|(latest, s)| {
        (latest.is_none(), *latest, s.article.published.clone(), s.id.clone())
    });
    for (latest, statement) in sorted {
        let earliest = statement.window.as_ref().and_then(|window| window.earliest);
        match deadlines.last_mut().filter(|deadline| deadline.latest == latest) {
            Some(deadline) => {
                deadline.earliest = match (deadline.earliest, earliest) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
                deadline.statements.push(statement.id.clone());
            }
            None => deadlines.push(Deadline {
                text: sentence(question, latest),
                earliest,
                latest,
                statements: vec![statement.id.clone()],
            }),
        }
    }
    deadlines
}

/// The last day on which the event can still come true in time. What is to happen after a day has
/// none.
fn last(window: &Window) -> Option<Date> {
    if window.relation == Relation::After { None } else { window.latest }
}

fn sentence(question: &str, latest: Option<Date>) -> String {
    match (question.strip_suffix('?'), latest) {
        (Some(asked), Some(day)) => format!("{asked} by {}?", day.strftime("%-d %B %Y")),
        _ => question.to_owned(),
    }
}
