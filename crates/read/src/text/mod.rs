//! Plain text becomes an article.
//!
//! The main text is what is left when the following are taken away, each line as a whole and only
//! where it can hardly be anything else: header lines at the top ("Outlet: …", "Published: …"), a
//! date that begins the first line (` date 2023-03-09 The …`), byline and date lines near the top,
//! boilerplate lines of `data/en/boilerplate.toml`. A headline stays, whether or not it had the
//! label "Title:", since headlines state things. Lines broken at a fixed width are joined, a line
//! end becoming a blank. Nothing else changes: offsets count in this text.

mod header;
mod table;
mod top;
mod wrap;

use crate::draft::{Draft, one_line};

pub(crate) use header::{from_front_matter, read as header};
pub(crate) use table::TABLE;
pub(crate) use top::{date_only, without_bylines};

/// Reads a plain text whose line ends are `\n`.
pub(crate) fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    let rest = header::read(text, &mut draft);
    let rest = top::dated_first_line(rest, &mut draft);
    let lines: Vec<&str> = rest.lines().collect();
    let lines = without_bylines(&lines, &mut draft);
    let lines = without_boilerplate(&lines);
    let mut body = wrap::join(lines);
    let headline = draft.title.clone();
    if let Some(headline) = headline {
        // "Title: …" is the headline without its label.
        if first_line(&body).is_none_or(|line| one_line(line) != headline) {
            body.insert_str(0, &format!("{headline}\n\n"));
        }
    } else {
        draft.title = title(&body);
    }
    top::dateline(&body, &mut draft);
    body.trim().clone_into(&mut draft.text);
    draft
}

/// Reads what a text tells about its article while leaving the text as it is: for text that is
/// given with offsets to come.
pub(crate) fn look(text: &str) -> Draft {
    let mut seen = Draft::default();
    let start = text.trim_start();
    top::dated_first_line(start, &mut seen);
    if seen.published.is_none() {
        top::dateline(start, &mut seen);
    }
    seen.title = title(start);
    seen
}

fn first_line(text: &str) -> Option<&str> {
    text.lines().find(|line| !line.trim().is_empty())
}

/// The first line where it reads as a headline: short, no sentence end, and text after it.
pub(crate) fn title(text: &str) -> Option<String> {
    /// Longest headline, in characters.
    const LONGEST: usize = 180;
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?.trim();
    lines.next()?;
    let bare = first.trim_end_matches(['"', '”', '’', '\'', '»', ')']);
    let sentence = bare.ends_with(['.', ':', ';', ',', '…', '-']);
    let words = first.split_whitespace().take(3).count();
    let listed = first.starts_with(['-', '*', '•']);
    if first.len() > LONGEST * 4
        || first.chars().count() > LONGEST
        || sentence
        || words < 2
        || listed
    {
        return None;
    }
    // A quotation that goes on in the next paragraph is no headline.
    let open = first.matches(['“', '«']).count() > first.matches(['”', '»']).count()
        || first.matches('"').count() % 2 == 1;
    (!open).then(|| one_line(first))
}

/// The lines without boilerplate at the end and links to other articles between.
pub(crate) fn without_boilerplate<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut end = lines.len();
    while end > 0 && (lines[end - 1].trim().is_empty() || TABLE.at_end(lines[end - 1])) {
        end -= 1;
    }
    // A text that is boilerplate from end to end is left alone: somebody meant it.
    let lines = if end == 0 { lines } else { &lines[..end] };
    lines.iter().copied().filter(|line| line.trim().is_empty() || !TABLE.anywhere(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headed_article() {
        let draft = read(
            "Title: Harbour bridge may close, says mayor\nOutlet: The Harbour Post\n\
             Published: 9 March 2023, 14:05 GMT\nAuthor: By Ann Lee\nURL: https://example.org/a\n\n\
             The bridge may close in the coming days.\n\nRead also: Ten bridges\n\n\
             “We cannot rule it out”, the mayor said.\n\nTerms of use. Privacy policy.\n",
        );
        assert_eq!(draft.title.as_deref(), Some("Harbour bridge may close, says mayor"));
        assert_eq!(draft.outlet.as_deref(), Some("The Harbour Post"));
        assert_eq!(draft.author.as_deref(), Some("Ann Lee"));
        assert_eq!(draft.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09T14:05Z");
        assert_eq!(
            draft.text,
            "Harbour bridge may close, says mayor\n\nThe bridge may close in the coming days.\n\n\n\
             “We cannot rule it out”, the mayor said."
        );
    }

    #[test]
    fn a_date_before_the_first_word_is_metadata() {
        for prefix in
            [" date 2023-03-09 ", "2023-03-09 ", "Date: 2023-03-09 — ", "published 2023-03-09: "]
        {
            let draft =
                read(&format!("{prefix}Mayor Bo Tan has said that it may rain.\n\nMore.\n"));
            assert_eq!(draft.published.unwrap().printed(), "2023-03-09", "{prefix}");
            assert_eq!(draft.text, "Mayor Bo Tan has said that it may rain.\n\nMore.", "{prefix}");
        }
        let draft = read("March 9, 2023 was a cold day in the harbour.\n\nMore.");
        assert!(draft.text.starts_with("March 9"));
    }

    #[test]
    fn a_headline_stays_and_bylines_go() {
        let draft = read(
            "Bridge to close, mayor says\nBy Ann Lee and Bo Tan | The Harbour Post\n\
             Published Thursday, March 9, 2023 at 14:05 GMT | Updated March 10, 2023\n\n\
             The bridge is to close.\n",
        );
        assert_eq!(draft.title.as_deref(), Some("Bridge to close, mayor says"));
        assert_eq!(draft.author.as_deref(), Some("Ann Lee and Bo Tan"));
        assert_eq!(draft.outlet.as_deref(), Some("The Harbour Post"));
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09T14:05Z");
        assert_eq!(draft.modified.unwrap().printed(), "2023-03-10");
        assert_eq!(draft.text, "Bridge to close, mayor says\n\nThe bridge is to close.");
    }

    #[test]
    fn a_byline_below_header_lines_may_be_long() {
        let draft = read("Title: Bridge to close\n\nBy Ann Lee and Bo Tan\n\nIt is to close.\n");
        assert_eq!(draft.author.as_deref(), Some("Ann Lee and Bo Tan"));
        assert_eq!(draft.text, "Bridge to close\n\nIt is to close.");
    }

    #[test]
    fn an_outlet_beside_a_byline() {
        let draft = read(
            "Bridge to close\n\nThe Harbour Post, 9 March 2023. By Ann Lee\n\nIt is to close.\n",
        );
        assert_eq!(draft.outlet.as_deref(), Some("The Harbour Post"));
        assert_eq!(draft.author.as_deref(), Some("Ann Lee"));
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09");
        let text = "Bridge Closed\n\nHARBOURTOWN, 9 March 2023\n\nIt is closed.";
        let draft = read(text);
        assert_eq!((draft.text.as_str(), draft.outlet), (text, None));
    }

    #[test]
    fn what_looks_like_a_header_and_is_none() {
        let text = "Source: the bridge will close\n\nThe mayor declined to comment.";
        let draft = read(text);
        assert_eq!((draft.text.as_str(), draft.outlet), (text, None));
        let text = "By Friday the bridge may be closed\n\nThe mayor declined to comment.";
        let draft = read(text);
        assert_eq!((draft.text.as_str(), draft.author), (text, None));
    }

    #[test]
    fn a_sentence_is_no_headline() {
        for text in [
            "The bridge is closed.\n\nIt rains.",
            "The bridge is closed",
            "“The bridge\n\n“is closed”, he said.",
            "Rain\n\nIt rains.",
        ] {
            assert_eq!(read(text).title, None, "{text}");
        }
        assert_eq!(
            read("Will the bridge close?\n\nIt may.").title.as_deref(),
            Some("Will the bridge close?")
        );
    }

    #[test]
    fn a_full_dateline_gives_the_date() {
        let text = "HARBOURTOWN, March 9, 2023 (Example Wire) — The bridge may close.\n\nMore.";
        let draft = read(text);
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09");
        assert_eq!(draft.text, text);
        let draft = read("HARBOURTOWN, March 9 — The bridge may close.\n\nMore.");
        assert_eq!(draft.published, None);
    }

    #[test]
    fn an_outlet_of_its_own_line_is_one() {
        let body = "Engineers found cracks in two piers of the bridge, the mayor said on Thursday.";
        for (head, outlet, date) in [
            ("Bridge may close\n\nThe Clarion\n\n5 October 2026\n", "The Clarion", "2026-10-05"),
            ("Bridge may close\nThe Clarion, 5 October 2026\n", "The Clarion", "2026-10-05"),
            (
                "Bridge may close\n\n*Evening Post, 29 November 2026*\n",
                "Evening Post",
                "2026-11-29",
            ),
            ("Bridge may close\nHarbour Radio\nBy Ann Lee\n", "Harbour Radio", ""),
            // A place is none, and no headline or heading is.
            ("Bridge may close\nNorby, 5 October 2026\n", "", ""),
            ("Bridge may close\nEngineers Fear the Worst\n\n5 October 2026\n", "", "2026-10-05"),
            ("The Clarion\n5 October 2026\n", "", "2026-10-05"),
        ] {
            let draft = read(&format!("{head}\n{body}\n"));
            let published = draft.published.map(|date| date.printed()).unwrap_or_default();
            assert_eq!(
                (draft.outlet.as_deref().unwrap_or_default(), published.as_str()),
                (outlet, date),
                "{head}"
            );
            assert!(draft.text.ends_with(body), "{}", draft.text);
        }
    }

    #[test]
    fn looking_changes_nothing() {
        let seen = look(" date 2023-03-09 The bridge may close.\n\nMore.");
        assert_eq!(seen.published.unwrap().printed(), "2023-03-09");
        assert_eq!(seen.text, "");
    }
}
