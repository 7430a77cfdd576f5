//! Whose text an outlet printed: the credit of a wire agency.

use crate::tables::Names;

/// Bytes at each end of a text in which a credit can stand.
const END: usize = 400;

/// The agency that a text or its byline credits: "VARN (AP) —", "— Reuters", "Reporting by AFP".
/// A sentence that only tells what an agency reported is no credit.
pub fn credit(text: &str, byline: Option<&str>, names: &Names) -> Option<String> {
    if let Some(byline) = byline {
        let parts = byline.split(['/', ',', '|', '·', '(', ')', '—', '–']);
        let found = parts.filter_map(|part| {
            let part = part.trim();
            names.wire(part.strip_prefix("By ").unwrap_or(part))
        });
        if let Some(agency) = found.into_iter().next() {
            return Some(agency.to_owned());
        }
    }
    let head = floor(text, END.min(text.len()));
    let tail = floor(text, text.len().saturating_sub(END)).max(head);
    for part in [&text[..head], &text[tail..]] {
        let bracketed = part
            .split('(')
            .skip(1)
            .filter_map(|rest| rest.split_once(')'))
            .find_map(|(inside, _)| names.wire(inside));
        if let Some(agency) = bracketed {
            return Some(agency.to_owned());
        }
    }
    let last = text.lines().rev().find(|line| !line.trim().is_empty())?;
    let last = last.trim().trim_start_matches(['—', '–', '-', ' ']);
    let last = last.strip_prefix("Source:").or(last.strip_prefix("Reporting by")).unwrap_or(last);
    names.wire(last).map(str::to_owned)
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_stands_at_an_end_or_in_the_byline() {
        let names = Names::english().unwrap();
        let of = |text: &str, byline| credit(text, byline, &names);
        assert_eq!(of("VARN (AP) — The dam held.", None).as_deref(), Some("Associated Press"));
        assert_eq!(of("The dam held.\n— Reuters\n", None).as_deref(), Some("Reuters"));
        assert_eq!(
            of("The dam held.", Some("By AFP, Varn")).as_deref(),
            Some("Agence France-Presse")
        );
        assert_eq!(of("Reuters reported that the dam held. It did.", None), None);
        assert_eq!(of("", None), None);
        assert_eq!(of(&"ü".repeat(900), Some("Ada Quill")), None);
    }
}
