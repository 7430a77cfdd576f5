//! From rows to proposed outcomes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_model::{AskedWindow, Occurrence, OutcomeState};
use sayso_score::series;
use serde::Serialize;

use super::{
    DataError, Map,
    map::{QuestionMap, Rule, Turn},
    table::{Row, Table},
};

/// The question that some rows decide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Asked {
    /// The sentence.
    pub(crate) text: String,
    /// The class of the event.
    pub(crate) class: Option<String>,
    /// Who does it.
    pub(crate) actor: Option<String>,
    /// To whom or what.
    pub(crate) target: Option<String>,
    /// What decides it.
    pub(crate) criteria: Option<String>,
}

/// An outcome that rows show, before it belongs to any question of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Proposal {
    /// The question.
    pub(crate) asked: Asked,
    /// What became of it.
    pub(crate) state: OutcomeState,
    /// When it came true.
    pub(crate) occurrences: Vec<Occurrence>,
    /// The last day that the rows decide.
    pub(crate) through: Date,
    /// When that was known.
    pub(crate) known: Date,
    /// The question's own window.
    pub(crate) window: Option<AskedWindow>,
    /// The rows that decide.
    pub(crate) rows: Vec<u64>,
    /// Why, in one sentence.
    pub(crate) reason: String,
}

/// The outcomes that a file shows, in the order of its subjects.
///
/// # Errors
/// The first cell or column that cannot be read; then nothing is proposed.
pub(crate) fn proposals(map: &Map, table: &Table) -> Result<Vec<Proposal>, DataError> {
    match &map.rule {
        Rule::Level { .. } | Rule::Change { .. } => numbers(map, table),
        Rule::Event { came_true, did_not, void, lasting } => {
            events(map, table, &[came_true, did_not, void], *lasting)
        }
        Rule::Answers { opens, closes, options, chosen, void } => {
            answers(map, table, [opens, closes, options, chosen], void)
        }
    }
}

/// A number with its day and the row that it stands in.
type Point = (Date, f64, u64);

fn numbers(map: &Map, table: &Table) -> Result<Vec<Proposal>, DataError> {
    let mut proposals = Vec::new();
    for (subject, points) in subjects(map, table)? {
        let plain: Vec<(Date, f64)> = points.iter().map(|(day, value, _)| (*day, *value)).collect();
        let shown = match &map.rule {
            Rule::Level { at_least: Some(bar), hours, .. } => {
                series::level(&plain, series::Test::AtLeast(*bar), *hours)
            }
            Rule::Level { at_most: Some(bar), hours, .. } => {
                series::level(&plain, series::Test::AtMost(*bar), *hours)
            }
            Rule::Change { turn } => series::change(
                &plain,
                match turn {
                    Turn::Up => series::Turn::Up,
                    Turn::Down => series::Turn::Down,
                    Turn::Same => series::Turn::Same,
                },
            ),
            _ => continue,
        };
        let Some(through) = shown.through else { continue };
        let rows = points
            .iter()
            .filter(|(day, ..)| {
                let decides = |one: &Occurrence| {
                    *day == one.latest || *day == one.known || one.ended == Some(*day)
                };
                *day == through || shown.occurrences.iter().any(decides)
            })
            .map(|(.., row)| *row)
            .collect();
        let state =
            if shown.occurrences.is_empty() { OutcomeState::Pending } else { OutcomeState::True };
        proposals.push(Proposal {
            asked: asked(&map.question, table, None, &subject)?,
            state,
            known: shown.occurrences.first().map_or(through, |first| first.known),
            occurrences: shown.occurrences,
            through,
            window: None,
            rows,
            reason: rule(&map.rule),
        });
    }
    Ok(proposals)
}

/// The rule in a sentence.
fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Level { at_least, at_most, hours } => {
            let (word, bar) = match (at_least, at_most) {
                (Some(bar), _) => ("at least", bar),
                (_, Some(bar)) => ("at most", bar),
                _ => ("", &0.0),
            };
            format!("By the rule: {word} {bar} for {hours} hours without a reversal.")
        }
        Rule::Change { turn } => {
            let word = match turn {
                Turn::Up => "higher than",
                Turn::Down => "lower than",
                Turn::Same => "the same as",
            };
            format!("By the rule: {word} at the decision before.")
        }
        Rule::Event { .. } => "By the row of the list.".to_owned(),
        Rule::Answers { .. } => "By the answer in the file.".to_owned(),
    }
}

/// The numbers of each subject in the order of their days.
fn subjects(map: &Map, table: &Table) -> Result<Vec<(String, Vec<Point>)>, DataError> {
    let day_column = table.column(&map.rows.day)?;
    let mut subjects: Vec<(String, Vec<Point>)> = Vec::new();
    let mut columns: Vec<(usize, Option<String>)> = Vec::new();
    let subject_column = map.rows.subject.as_ref().map(|name| table.column(name)).transpose()?;
    if let Some(value) = &map.rows.value {
        columns.push((table.column(value)?, None));
    } else if map.rows.each.iter().any(|each| each == "*") {
        let others = (0..table.columns.len()).filter(|column| *column != day_column);
        columns.extend(others.map(|column| (column, Some(table.columns[column].clone()))));
    } else {
        for each in &map.rows.each {
            columns.push((table.column(each)?, Some(each.clone())));
        }
    }
    for row in &table.rows {
        let day = day(map, table, row, day_column)?;
        for (column, subject) in &columns {
            let cell = &row.cells[*column];
            // A day without a number is a gap.
            if is_missing(map, cell) {
                continue;
            }
            let value = number(map, table, row, *column)?;
            let subject = match (subject, subject_column) {
                (Some(subject), _) => subject.clone(),
                (None, Some(column)) => row.cells[column].clone(),
                (None, None) => String::new(),
            };
            let known = subjects.iter().position(|(name, _)| *name == subject);
            let at = known.unwrap_or_else(|| {
                subjects.push((subject.clone(), Vec::new()));
                subjects.len() - 1
            });
            let points = &mut subjects[at].1;
            if points.last().is_some_and(|(last, ..)| *last >= day) {
                let what = format!("the days are not in order, or one stands there twice: {day}");
                return Err(table.wrong(row, day_column, what));
            }
            points.push((day, value, row.number));
        }
    }
    Ok(subjects)
}

fn day(map: &Map, table: &Table, row: &Row, column: usize) -> Result<Date, DataError> {
    date(map, table, row, column)?
        .ok_or_else(|| table.wrong(row, column, "there is no day in this row"))
}

fn is_missing(map: &Map, cell: &str) -> bool {
    cell.is_empty() || map.rows.missing.as_deref() == Some(cell)
}

/// The day in a cell; none where it is empty.
fn date(map: &Map, table: &Table, row: &Row, column: usize) -> Result<Option<Date>, DataError> {
    let cell = &row.cells[column];
    if is_missing(map, cell) {
        return Ok(None);
    }
    let format = &map.rows.day_format;
    Date::strptime(format, cell).map(Some).map_err(|_| {
        table.wrong(row, column, format!("this is no day as {format} writes it: {cell}"))
    })
}

/// The number in a cell, or in the part of it that the map names.
fn number(map: &Map, table: &Table, row: &Row, column: usize) -> Result<f64, DataError> {
    let cell = &row.cells[column];
    let mut text = Some(cell.as_str());
    if let (Some(pattern), Some(used)) = (&map.rows.cell, &map.rows.used) {
        text = part(pattern, used, cell);
    }
    let number = text.and_then(|text| text.trim().parse::<f64>().ok()).filter(|n| n.is_finite());
    number.ok_or_else(|| {
        let wanted = match &map.rows.cell {
            Some(pattern) => format!(
                "no {pattern} with a number for {}",
                map.rows.used.as_deref().unwrap_or_default()
            ),
            None => "no number".to_owned(),
        };
        table.wrong(row, column, format!("this is {wanted}: {cell}"))
    })
}

/// The part of a cell that stands where a name stands in its pattern.
fn part<'a>(pattern: &str, wanted: &str, cell: &'a str) -> Option<&'a str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let (mut pattern, mut rest) = (pattern, cell);
    let mut found = None;
    while !pattern.is_empty() {
        let end = pattern.find(|c| !is_name(c)).unwrap_or(pattern.len());
        let (name, after) = pattern.split_at(end);
        let between = &after[..after.find(is_name).unwrap_or(after.len())];
        let (value, left) = if between.is_empty() {
            (rest, "")
        } else if name.is_empty() {
            ("", rest.strip_prefix(between)?)
        } else {
            rest.split_once(between)?
        };
        if name == wanted {
            found = Some(value);
        }
        (pattern, rest) = (&after[between.len()..], left);
    }
    found.filter(|_| rest.is_empty())
}

/// The cells of a map by the places of their columns.
fn cells(
    table: &Table,
    wanted: &BTreeMap<String, String>,
) -> Result<Vec<(usize, String)>, DataError> {
    wanted.iter().map(|(name, value)| Ok((table.column(name)?, value.clone()))).collect()
}

fn fits(row: &Row, wanted: &[(usize, String)]) -> bool {
    !wanted.is_empty() && wanted.iter().all(|(column, value)| row.cells[*column] == *value)
}

fn events(
    map: &Map,
    table: &Table,
    cases: &[&BTreeMap<String, String>; 3],
    lasting: bool,
) -> Result<Vec<Proposal>, DataError> {
    let day_column = table.column(&map.rows.day)?;
    let [came_true, did_not, void] = cases;
    let states = [
        (OutcomeState::Void, cells(table, void)?),
        (OutcomeState::True, cells(table, came_true)?),
        (OutcomeState::False, cells(table, did_not)?),
    ];
    let mut last = None;
    let mut found: Vec<Proposal> = Vec::new();
    for row in &table.rows {
        let day = day(map, table, row, day_column)?;
        last = last.max(Some(day));
        let Some((state, _)) = states.iter().find(|(_, wanted)| fits(row, wanted)) else {
            continue;
        };
        let asked = asked(&map.question, table, Some(row), "")?;
        let on = Occurrence { ended: (!lasting).then_some(day), ..Occurrence::on(day) };
        let is_true = *state == OutcomeState::True;
        match found.iter_mut().find(|one| one.asked == asked) {
            Some(known) if is_true && known.state == OutcomeState::True => {
                known.occurrences.push(on);
                known.rows.push(row.number);
            }
            Some(known) if known.state == *state => known.rows.push(row.number),
            Some(known) => {
                let what = format!(
                    "row {} says that it is {}, this row says {}: {}",
                    known.rows.first().copied().unwrap_or_default(),
                    known.state.word(),
                    state.word(),
                    asked.text
                );
                return Err(table.wrong(row, day_column, what));
            }
            None => found.push(Proposal {
                asked,
                state: *state,
                occurrences: if is_true { vec![on] } else { Vec::new() },
                through: day,
                known: day,
                window: None,
                rows: vec![row.number],
                reason: rule(&map.rule),
            }),
        }
    }
    // A list of events tells of its days up to the last, also of what did not happen on them.
    for one in found.iter_mut().filter(|one| one.state != OutcomeState::Void) {
        one.occurrences.sort_unstable();
        one.through = last.unwrap_or(one.through);
        if one.state == OutcomeState::False {
            one.known = one.through;
        }
    }
    Ok(found)
}

fn answers(
    map: &Map,
    table: &Table,
    [opens, closes, options, chosen]: [&String; 4],
    void: &BTreeMap<String, String>,
) -> Result<Vec<Proposal>, DataError> {
    let known_column = table.column(&map.rows.day)?;
    let (opens, closes) = (table.column(opens)?, table.column(closes)?);
    let (options, chosen) = (table.column(options)?, table.column(chosen)?);
    let void = cells(table, void)?;
    let mut found = Vec::new();
    for row in &table.rows {
        let first = date(map, table, row, opens)?;
        let last = date(map, table, row, closes)?
            .ok_or_else(|| table.wrong(row, closes, "the question names no last day"))?;
        let is_void = fits(row, &void);
        let mut whole = asked(&map.question, table, Some(row), "")?;
        // What is asked on a condition only has the condition before the options.
        if let Some((condition, _)) = row.cells[options].split_once("(a)") {
            let condition = condition.trim_end_matches([' ', ':', '?']).trim();
            if !condition.is_empty() {
                whole.text = format!("{condition}: {}", whole.text);
            }
        }
        let known = match date(map, table, row, known_column)? {
            Some(known) => known,
            // Of what fell away nobody says when it did; by its last day it was known.
            None if is_void => last,
            None => return Err(table.wrong(row, known_column, "there is no day in this row")),
        };
        let all = self::options(&row.cells[options]);
        if all.len() < 2 {
            let what =
                format!("these are no options such as (a) Yes, (b) No: {}", row.cells[options]);
            return Err(table.wrong(row, options, what));
        }
        let letter = row.cells[chosen].as_str();
        if !is_void && !all.iter().any(|(known, _)| *known == letter) {
            let what = format!("this is none of the options: {letter}");
            return Err(table.wrong(row, chosen, what));
        }
        // What was decided early or late was decided in its window.
        let day = known.min(last);
        let first = first.filter(|first| *first <= day);
        let is_yes_or_no = all.len() == 2 && all[0].1 == "Yes" && all[1].1 == "No";
        for (option, words) in all.iter().take(if is_yes_or_no { 1 } else { all.len() }) {
            let text = if is_yes_or_no {
                whole.text.clone()
            } else {
                format!("{} – {words}", whole.text)
            };
            let state = match (is_void, *option == letter) {
                (true, _) => OutcomeState::Void,
                (_, true) => OutcomeState::True,
                (_, false) => OutcomeState::False,
            };
            let seen = Occurrence { earliest: first, latest: day, known, ended: None };
            found.push(Proposal {
                asked: Asked { text, ..whole.clone() },
                state,
                occurrences: if state == OutcomeState::True { vec![seen] } else { Vec::new() },
                through: day,
                known,
                window: Some(AskedWindow { earliest: first, latest: last }),
                rows: vec![row.number],
                reason: rule(&map.rule),
            });
        }
    }
    Ok(found)
}

/// "(a) Yes, (b) No" as letters and words.
fn options(text: &str) -> Vec<(&str, &str)> {
    let mut starts: Vec<(usize, &str)> = Vec::new();
    let mut wanted = b'a';
    for (at, _) in text.match_indices('(') {
        let mark = text.get(at..at + 3).unwrap_or_default();
        if mark.as_bytes() == [b'(', wanted, b')'] {
            starts.push((at + 3, &mark[1..2]));
            wanted += 1;
        }
    }
    let ends = starts.iter().skip(1).map(|(start, _)| start - 3).chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|((start, letter), end)| {
            (*letter, text[*start..end].trim().trim_end_matches([',', ';']).trim())
        })
        .collect()
}

/// The question with its holes filled.
fn asked(
    question: &QuestionMap,
    table: &Table,
    row: Option<&Row>,
    subject: &str,
) -> Result<Asked, DataError> {
    let fill = |template: &String| -> Result<String, DataError> {
        let mut text = String::new();
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((hole, after)) = after.split_once('}') else { break };
            text.push_str(before);
            match (hole, row) {
                ("subject", _) => text.push_str(subject),
                (column, Some(row)) => text.push_str(&row.cells[table.column(column)?]),
                (column, None) => {
                    let what = format!(
                        "a series fills `{{subject}}` alone, and the question has: {column}"
                    );
                    return Err(DataError::of_file(&table.file, what));
                }
            }
            rest = after;
        }
        text.push_str(rest);
        Ok(text)
    };
    Ok(Asked {
        text: fill(&question.text)?,
        class: question.class.clone(),
        actor: question.actor.as_ref().map(fill).transpose()?,
        target: question.target.as_ref().map(fill).transpose()?,
        criteria: question.criteria.as_ref().map(fill).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_cell_is_read_by_its_pattern() {
        assert_eq!(part("flag:share", "share", "1:0.44"), Some("0.44"));
        assert_eq!(part("flag:share", "flag", "1:0.44"), Some("1"));
        assert_eq!(part("flag:share", "share", "0.44"), None);
        assert_eq!(part("flag:share", "share", "1;0.44"), None);
        assert_eq!(part("(low-high)", "high", "(2-5)"), Some("5"));
    }

    #[test]
    fn options_are_told_apart_by_their_letters() {
        let text = "(a) Yes, by 1 May (early), (b) Yes, later, (c) No";
        let found = options(text);
        assert_eq!(found, [("a", "Yes, by 1 May (early)"), ("b", "Yes, later"), ("c", "No")]);
        assert_eq!(options("Yes or no"), []);
    }
}
