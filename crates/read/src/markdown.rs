//! Markdown becomes an article: its paragraphs as plain lines, without marks.
//!
//! Emphasis, link targets, images, code blocks, tables' rules, HTML and comments go; the words
//! stay. A heading is a line of its own, and the first one of the first level is the title. Line
//! ends within a paragraph become blanks, as Markdown means them. A front matter gives outlet,
//! date, author and address.

use pulldown_cmark::{Event, HeadingLevel, Options as Syntax, Parser, Tag, TagEnd};

use crate::{
    draft::{Draft, one_line},
    text,
};

/// Reads Markdown whose line ends are `\n`.
pub(crate) fn read(source: &str) -> Draft {
    let mut draft = Draft::default();
    let (matter, source) = front_matter(source);
    if let Some(matter) = matter {
        text::from_front_matter(matter, &mut draft);
    }
    // Header lines as in a plain text; Markdown would join them to one paragraph.
    let source = text::header(source, &mut draft);
    let (paragraphs, heading) = paragraphs(source);
    let given = draft.title.take();
    // The lines of a Markdown text may be headed and signed as those of a plain one.
    let mut seen = text::read(&paragraphs.join("\n\n"));
    seen.title = given.or(heading).or(seen.title);
    draft.text = std::mem::take(&mut seen.text);
    draft.complete_from(seen);
    if let Some(title) = &draft.title
        && !one_line(&draft.text).starts_with(title.as_str())
    {
        // A headline that stands in the front matter only is stated all the same.
        draft.text.insert_str(0, &format!("{title}\n\n"));
    }
    draft
}

/// The lines between `---` and `---` (or `+++`) at the top, and the text after them.
fn front_matter(source: &str) -> (Option<&str>, &str) {
    let source = source.trim_start_matches('\n');
    for fence in ["---\n", "+++\n"] {
        if let Some(rest) = source.strip_prefix(fence)
            && let Some(end) = rest.find(&format!("\n{fence}")).or_else(|| {
                rest.strip_suffix(fence.trim_end())
                    .filter(|rest| rest.ends_with('\n'))
                    .map(|rest| rest.len() - 1)
            })
        {
            let after = rest.get(end + 1 + fence.len()..).unwrap_or_default();
            return (Some(&rest[..end]), after);
        }
    }
    (None, source)
}

/// The paragraphs as plain lines, and the first heading of the first level.
fn paragraphs(source: &str) -> (Vec<String>, Option<String>) {
    let mut out = Vec::new();
    let mut title = None;
    let mut line = String::new();
    // Inside what is left out: code, images' descriptions, raw HTML.
    let mut hidden = 0_usize;
    for event in Parser::new_ext(source, Syntax::ENABLE_TABLES | Syntax::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(
                Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_),
            ) => hidden += 1,
            Event::End(
                TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_),
            ) => hidden = hidden.saturating_sub(1),
            Event::Text(words) | Event::Code(words) if hidden == 0 => line.push_str(&words),
            Event::SoftBreak if hidden == 0 => line.push(' '),
            Event::HardBreak if hidden == 0 => line.push('\n'),
            Event::Start(Tag::TableCell) => line.push(' '),
            Event::End(TagEnd::Heading(level)) => {
                if level == HeadingLevel::H1 && title.is_none() && !line.trim().is_empty() {
                    title = Some(one_line(&line));
                }
                flush(&mut line, &mut out);
            }
            Event::Start(Tag::List(_) | Tag::Paragraph | Tag::Item | Tag::Heading { .. })
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) =>
            {
                flush(&mut line, &mut out);
            }
            _ => {}
        }
    }
    flush(&mut line, &mut out);
    (out, title)
}

fn flush(line: &mut String, out: &mut Vec<String>) {
    let words = line.trim();
    if !words.is_empty() {
        out.push(words.to_owned());
    }
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_article() {
        let draft = read(
            "---\noutlet: \"The Harbour Post\"\ndate: 2023-03-09\nauthor: Ann Lee\ntags: [a, b]\n---\n\n\
             # Bridge *may* close\n\nThe mayor said the [old bridge](https://example.org) **may**\nclose \
             in the coming days.\n\n> “We cannot rule it out”,\n> she said.\n\n- One `point`\n- Another\n\n\
             ```\ncode\n```\n\n![a bridge](b.png)\n\n<!-- note -->\n",
        );
        assert_eq!(draft.title.as_deref(), Some("Bridge may close"));
        assert_eq!(draft.outlet.as_deref(), Some("The Harbour Post"));
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09");
        assert_eq!(
            draft.text,
            "Bridge may close\n\nThe mayor said the old bridge may close in the coming days.\n\n\
             “We cannot rule it out”, she said.\n\nOne point\n\nAnother"
        );
    }

    #[test]
    fn a_headline_of_the_front_matter_is_stated() {
        let draft = read("---\ntitle: Bridge to close, says mayor\n---\nIt rains.\n");
        assert_eq!(draft.text, "Bridge to close, says mayor\n\nIt rains.");
        assert_eq!(draft.title.as_deref(), Some("Bridge to close, says mayor"));
    }

    #[test]
    fn header_lines_count_as_in_a_plain_text() {
        let draft =
            read("Title: Bridge *to* close\nOutlet: The Harbour Post\n\nIt is\nto close.\n");
        assert_eq!(draft.outlet.as_deref(), Some("The Harbour Post"));
        assert_eq!(draft.text, "Bridge *to* close\n\nIt is to close.");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(read("---\nIt rains.").text, "It rains.");
        assert_eq!(read("---\nIt: rains\n---").text, "");
    }
}
