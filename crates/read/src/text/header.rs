//! "Label: value" lines at the top of a text, and the keys of a front matter.

use super::table::{Label, TABLE};
use crate::{
    date,
    draft::{Draft, Field},
};

/// Takes the header lines at the top of `text` into `draft` and returns the text after them.
pub(crate) fn read<'a>(text: &'a str, draft: &mut Draft) -> &'a str {
    let text = text.trim_start_matches(['\n', ' ', '\t']);
    let mut found: Vec<(Label, &str)> = Vec::new();
    let mut end = 0;
    let mut blank = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() && !found.is_empty() {
            // One blank line may part header lines from each other.
            blank += line.len();
            if blank > 2 {
                break;
            }
            continue;
        }
        let Some(row) = labelled(line) else { break };
        found.push(row);
        end += line.len() + blank;
        blank = 0;
    }
    let header = match found.as_slice() {
        [] => false,
        [(label, value)] => label.alone && fits(label.field, value),
        _ => true,
    };
    if !header {
        return text;
    }
    for (label, value) in found {
        draft.set(label.field, value);
    }
    text[end..].trim_start_matches('\n')
}

/// The label and value of a header line.
fn labelled(line: &str) -> Option<(Label, &str)> {
    let (word, value) = line.trim().split_once(':')?;
    let value = value.trim();
    // The longest value is a headline; the longest label is "publication date".
    if word.len() > 40 || value.is_empty() || value.len() > 1000 {
        return None;
    }
    let label = TABLE.label(word)?;
    // A date with text after it is a text's first line and not a header line.
    let dated = matches!(label.field, Field::Published | Field::Modified);
    if dated && date::find(value).is_some_and(|found| value[found.end..].trim().len() > 20) {
        return None;
    }
    Some((label, value))
}

/// Whether the value of a lone header line is what its label says.
fn fits(field: Field, value: &str) -> bool {
    match field {
        Field::Published | Field::Modified => date::parse(value).is_some(),
        Field::Url => value.starts_with("http"),
        Field::Title | Field::Outlet => !value.ends_with('.'),
        Field::Author | Field::Language => false,
    }
}

/// Takes the `key: value` lines of a Markdown front matter into `draft`; other keys are passed
/// over. Quotation marks and brackets around a value are removed.
pub(crate) fn from_front_matter(matter: &str, draft: &mut Draft) {
    for line in matter.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        if key.len() > 40 {
            continue;
        }
        if let Some(label) = TABLE.label(&key.replace(['_', '-'], " ")) {
            let value = value.trim().trim_matches(['"', '\'', '[', ']']);
            draft.set(label.field, value);
        }
    }
}
