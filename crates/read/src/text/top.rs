//! What stands near the top of a text: dates, bylines, datelines.

use sayso_model::{Precision, Published};

use super::TABLE;
use crate::{
    date,
    draft::{Draft, Field},
};

/// How many lines with words are looked at for bylines and dates.
const TOP: usize = 5;

/// Takes a date that begins the text (`date 2023-03-09 The …`, `2023-03-09 The …`) into `draft`,
/// and returns the text after it.
pub(super) fn dated_first_line<'a>(text: &'a str, draft: &mut Draft) -> &'a str {
    let start = text.trim_start();
    let line = start.lines().next().unwrap_or_default();
    let head = prefix(line, 80);
    let Some(found) =
        date::find(head).filter(|found| found.published.precision != Precision::Month)
    else {
        return text;
    };
    let label = head[..found.start].trim().trim_end_matches(':').to_ascii_lowercase();
    let labelled = ["date", "published", "publication date", "posted"].contains(&label.as_str());
    // Without a label only a date in figures is one: "March 9, 2023 was a cold day" is a sentence.
    let bare = label.is_empty()
        && head[found.start..].starts_with(|c: char| c.is_ascii_digit())
        && !head[found.start..found.end]
            .contains(|c: char| c.is_ascii_alphabetic() && c != 'T' && c != 'Z');
    let rest = &line[found.end..];
    // A date with little else is a line for `without_bylines`.
    if !(labelled || bare) || rest.split_whitespace().count() < 4 {
        return text;
    }
    set(&mut draft.published, found.published);
    start[found.end..].trim_start_matches([' ', '\t', '\u{a0}', '—', '–', '-', '|', ':', ',', '•'])
}

/// Takes byline and date lines near the top into `draft` and returns the other lines.
pub(crate) fn without_bylines<'a>(lines: &[&'a str], draft: &mut Draft) -> Vec<&'a str> {
    let mut out = Vec::with_capacity(lines.len());
    let (mut seen, mut removed) = (0, false);
    // Below header lines there is no headline that a byline could be taken for.
    let headed = draft.title.is_some();
    for (index, line) in lines.iter().enumerate() {
        let words = line.trim();
        if words.is_empty() {
            // No two blank lines where a line went.
            if !(removed && out.last().is_none_or(|last: &&str| last.trim().is_empty())) {
                out.push(*line);
            }
            continue;
        }
        let next =
            || lines[index + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty());
        let below = seen > 0 || headed;
        if seen < TOP
            && words.len() <= 300
            && (take(words, !below, draft)
                || below && next().is_some_and(|next| take_outlet(words, next, draft)))
        {
            removed = true;
        } else {
            removed = false;
            out.push(*line);
        }
        seen += 1;
    }
    out
}

/// Takes an outlet that has a line of its own below the headline, above its date or its writer; or that
/// stands there with the date: "The Clarion, 5 October 2026".
fn take_outlet(line: &str, next: &str, draft: &mut Draft) -> bool {
    /// Words of a paper's name.
    const WORDS: usize = 5;
    let line = bare(line);
    let is_paper = |name: &str| {
        // What is all in capitals before a date is the place of a dateline.
        name_like(name)
            && name.contains(char::is_lowercase)
            && name.split_whitespace().count() <= WORDS
            && TABLE.is_paper(name)
    };
    if let Some((outlet, date)) = outlet_and_date(line).filter(|(outlet, _)| is_paper(outlet)) {
        draft.set(Field::Outlet, outlet);
        set(&mut draft.published, date);
        return true;
    }
    let next = bare(next);
    if is_paper(line) && (date_only(next).is_some() || byline(next, false).is_some()) {
        draft.set(Field::Outlet, line);
        return true;
    }
    false
}

/// A line without marks of emphasis around it.
fn bare(line: &str) -> &str {
    line.trim_matches(['*', '_']).trim()
}

/// Takes a line if every part of it is a byline, a date or an address, or an outlet beside a
/// byline: "By Ann Lee | The Harbour Post", "The Harbour Post, 9 March 2023. By Ann Lee".
fn take(line: &str, first: bool, draft: &mut Draft) -> bool {
    let mut found: Vec<(Field, &str)> = Vec::new();
    let mut outlets: Vec<&str> = Vec::new();
    let mut dates: Vec<(bool, Published)> = Vec::new();
    let parts = line.split(['|', '•', '·']).flat_map(|part| match part.split_once(". By ") {
        // The byline keeps its "By ".
        Some((head, _)) => [&part[..head.len()], &part[head.len() + 2..]],
        None => [part, ""],
    });
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        if let Some((author, outlet)) = byline(part, first) {
            found.push((Field::Author, author));
            found.extend(outlet.map(|outlet| (Field::Outlet, outlet)));
        } else if let Some(date) = date_only(part) {
            dates.push(date);
        } else if part.starts_with("http") && !part.contains(char::is_whitespace) {
            found.push((Field::Url, part));
        } else if name_like(part) {
            outlets.push(part);
        } else if let Some((outlet, date)) = outlet_and_date(part) {
            outlets.push(outlet);
            dates.push((false, date));
        } else {
            return false;
        }
    }
    // Capitals alone make no outlet: "Bridge Closed" is a headline, "HARBOURTOWN, 9 March 2023" a
    // dateline. A byline beside them does.
    let signed = found.iter().any(|(field, _)| *field == Field::Author);
    if !(outlets.is_empty() || signed && outlets.len() == 1) {
        return false;
    }
    found.extend(outlets.into_iter().map(|outlet| (Field::Outlet, outlet)));
    for (field, value) in &found {
        draft.set(*field, value);
    }
    for (modified, published) in &dates {
        set(if *modified { &mut draft.modified } else { &mut draft.published }, published.clone());
    }
    !found.is_empty() || !dates.is_empty()
}

/// "The Harbour Post, 9 March 2023"
fn outlet_and_date(part: &str) -> Option<(&str, Published)> {
    let found = date::find(prefix(part, 150))?;
    let outlet = part[..found.start].trim_end().strip_suffix(',')?;
    (name_like(outlet) && part[found.end..].trim().is_empty()).then_some((outlet, found.published))
}

/// "By Ann Lee", "By Ann Lee and Bo Tan, The Harbour Post": author and outlet. A first line must
/// be shorter to count, since headlines begin with "By" too.
fn byline(part: &str, first: bool) -> Option<(&str, Option<&str>)> {
    let rest =
        part.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map(|_| part[3..].trim())?;
    let words = rest.split_whitespace().count();
    if words > if first { 4 } else { 12 } || words == 0 {
        return None;
    }
    let (names, outlet) = match rest.split_once(", ") {
        Some((names, outlet))
            if name_like(names) && name_like(outlet) && !outlet.contains(" and ") =>
        {
            (names, Some(outlet))
        }
        _ => (rest, None),
    };
    let dated = rest.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        date::is_calendar_word(word) || word.starts_with(|c: char| c.is_ascii_digit())
    });
    (name_like(names) && !dated).then_some((names, outlet))
}

/// Words that all begin with a capital, but for the small words of names.
fn name_like(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "and", "&", "of", "the", "for", "in", "at", "de", "del", "della", "di", "da", "la", "le",
        "van", "von", "der", "den", "bin", "al", "el", "y", "with",
    ];
    let sentence = text.ends_with(['!', '?', ':', ';'])
        || (text.ends_with('.') && !text.ends_with("Inc.") && !text.ends_with("Jr."));
    !text.is_empty()
        && !sentence
        && text.split_whitespace().count() <= 12
        && text
            .split_whitespace()
            .all(|word| SMALL.contains(&word) || word.starts_with(char::is_uppercase))
        && text.contains(char::is_uppercase)
}

/// A part that is a date and nothing else but words about publishing; true for a change.
pub(crate) fn date_only(part: &str) -> Option<(bool, Published)> {
    const ABOUT: &[&str] = &[
        "published",
        "publication",
        "posted",
        "first",
        "updated",
        "last",
        "modified",
        "edited",
        "date",
        "dated",
        "on",
        "at",
        "time",
        "local",
        "issued",
        "created",
        "et",
        "est",
        "edt",
        "pt",
        "pst",
        "pdt",
        "uk",
        "bst",
        "ist",
    ];
    let found = date::find(prefix(part, 150))?;
    let around = [&part[..found.start], &part[found.end..]];
    let known = around
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .all(|word| word.is_empty() || ABOUT.contains(&word.to_ascii_lowercase().as_str()));
    let before = part[..found.start].to_ascii_lowercase();
    let modified = ["updated", "modified", "edited"].iter().any(|word| before.contains(word));
    known.then_some((modified, found.published))
}

/// Takes the date of a full dateline ("HARBOURTOWN, March 9, 2023 (Example Wire) — …") into
/// `draft` where none is known. The dateline stays in the text: its place is news.
pub(super) fn dateline(text: &str, draft: &mut Draft) {
    if draft.published.is_some() {
        return;
    }
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(3) {
        let head = prefix(line, 120);
        let dash = ["—", "–", " - ", " -- "].iter().filter_map(|dash| head.find(dash)).min();
        let Some(head) = dash.map(|at| &head[..at]) else { continue };
        let place = head.split([',', '(']).next().unwrap_or_default();
        let Some(found) = date::find(head) else { continue };
        // The place comes first, and nothing but a bracket or an agency after the date.
        if name_like(place.trim())
            && found.start >= place.len()
            && found.published.precision != Precision::Month
            && head[found.end..].split_whitespace().count() <= 4
        {
            draft.published = Some(found.published);
            return;
        }
    }
}

fn set(slot: &mut Option<Published>, value: Published) {
    if slot.is_none() {
        *slot = Some(value);
    }
}

/// The first `limit` characters.
fn prefix(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(at, _)| &text[..at])
}
