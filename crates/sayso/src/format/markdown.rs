//! Statements as Markdown: a heading an article, a table below it.

use std::io::{self, Write};

use sayso_link::Classes;
use sayso_model::{ArticleRef, Statement};

use crate::{screen::one_line, wording};

/// Writes statements of one article, with its heading where it is asked for.
pub(super) fn write(
    out: &mut impl Write,
    article: &ArticleRef,
    statements: &[Statement],
    heading: bool,
    classes: &Classes,
) -> io::Result<()> {
    if heading {
        let outlet = article.outlet.as_deref().unwrap_or(crate::wording::NO_OUTLET);
        let title = article.title.as_deref().unwrap_or(&article.key);
        let date = wording::published(article);
        writeln!(out, "## {}\n\n{} · {date}\n", escaped(title), escaped(outlet))?;
        if statements.is_empty() {
            return writeln!(out, "No statements.\n");
        }
        writeln!(out, "| Who | What they said | How sure | About what |\n|---|---|---|---|")?;
    }
    for statement in statements {
        let speaker = statement.speaker.as_ref();
        let who: Vec<String> = [
            Some(format!("**{}**", escaped(&wording::speaker(speaker)))),
            wording::role(speaker).map(|role| escaped(&role)),
            wording::chain(&statement.chain).map(|chain| escaped(&chain)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let sure = statement.certainty.as_ref().map(wording::certainty);
        let about: Vec<String> = [
            statement
                .event
                .as_ref()
                .filter(|e| e.pack.is_some())
                .map(|e| wording::event(e, statement.polarity, classes)),
            statement.window.as_ref().map(wording::window),
        ]
        .into_iter()
        .flatten()
        .map(|text| escaped(&text))
        .collect();
        writeln!(
            out,
            "| {} | {} | {}{} | {} |",
            who.join("<br>"),
            escaped(&wording::words(statement)),
            sure.map(|words| format!("{}<br>", escaped(&words))).unwrap_or_default(),
            statement.kind.word(),
            about.join("<br>"),
        )?;
    }
    writeln!(out)
}

/// Text that Markdown prints as it is, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_title_stays_text() {
        assert_eq!(escaped("a|b <i>*c*</i>"), "a\\|b &lt;i&gt;\\*c\\*&lt;/i&gt;");
    }
}
