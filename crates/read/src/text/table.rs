//! The table of labels and boilerplate lines, `data/en/boilerplate.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::draft::Field;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    papers: Vec<String>,
    label: Vec<LabelRow>,
    line: Vec<LineRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelRow {
    field: String,
    alone: bool,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineRow {
    r#where: Where,
    r#match: Match,
    phrases: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Where {
    End,
    Anywhere,
    /// Where the text breaks off for those who do not subscribe.
    Stub,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Match {
    Whole,
    Begins,
}

/// A label of a header line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Label {
    pub(crate) field: Field,
    /// One line with it makes a header.
    pub(crate) alone: bool,
}

/// The table in the form that is looked up.
#[derive(Debug, Default)]
pub(crate) struct Table {
    labels: Vec<(String, Label)>,
    whole_end: Vec<String>,
    begins_end: Vec<String>,
    stub: Vec<String>,
    whole_anywhere: Vec<String>,
    begins_anywhere: Vec<String>,
    papers: Vec<String>,
}

/// The table that ships.
pub(crate) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    // The test `the_table_that_ships_is_valid` parses the same bytes, so that a table with an
    // error cannot be released; an empty one leaves every line in its place.
    Table::parse(include_str!("../../../../data/en/boilerplate.toml")).unwrap_or_default()
});

/// A boilerplate line has at most so many words: longer ones may say something.
const LINE_WORDS: usize = 30;

impl Table {
    /// True for a name that is a paper's by one of its words: "The Evening Post".
    pub(crate) fn is_paper(&self, name: &str) -> bool {
        name.split_whitespace().any(|word| self.papers.contains(&folded(word)))
    }

    /// Reads and checks a table; the error names the file and the row.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        const NAME: &str = "data/en/boilerplate.toml";
        let file: File = toml::from_str(text).map_err(|error| format!("{NAME}: {error}"))?;
        if file.version != 1 {
            return Err(format!("{NAME}: version {} is not known", file.version));
        }
        let mut table = Self::default();
        for (row, word) in file.papers.iter().enumerate() {
            if folded(word) != *word || word.is_empty() {
                return Err(format!(
                    "{NAME}: papers: row {}: not in small letters: {word}",
                    row + 1
                ));
            }
        }
        table.papers = file.papers;
        for (row, label) in file.label.iter().enumerate() {
            let field = Field::of_word(&label.field)
                .ok_or_else(|| format!("{NAME}: label {}: no field {}", row + 1, label.field))?;
            for word in &label.words {
                if folded(word) != *word || word.is_empty() {
                    return Err(format!("{NAME}: label {}: not in small letters: {word}", row + 1));
                }
                if table.label(word).is_some() {
                    return Err(format!("{NAME}: label {}: given twice: {word}", row + 1));
                }
                table.labels.push((word.clone(), Label { field, alone: label.alone }));
            }
        }
        for (row, line) in file.line.into_iter().enumerate() {
            for phrase in &line.phrases {
                if folded(phrase) != *phrase || phrase.is_empty() {
                    return Err(format!(
                        "{NAME}: line {}: not in small letters: {phrase}",
                        row + 1
                    ));
                }
            }
            match (line.r#where, line.r#match) {
                (Where::End, Match::Whole) => &mut table.whole_end,
                (Where::End, Match::Begins) => &mut table.begins_end,
                (Where::Anywhere, Match::Whole) => &mut table.whole_anywhere,
                (Where::Anywhere, Match::Begins) => &mut table.begins_anywhere,
                (Where::Stub, _) => &mut table.stub,
            }
            .extend(line.phrases);
        }
        Ok(table)
    }

    /// The label that `word` is.
    pub(crate) fn label(&self, word: &str) -> Option<Label> {
        let word = folded(word);
        self.labels.iter().find(|(known, _)| *known == word).map(|(_, label)| *label)
    }

    /// True for a line that is left out at the end of a text: each of its parts is boilerplate.
    pub(crate) fn at_end(&self, line: &str) -> bool {
        let Some(line) = candidate(line) else { return false };
        let mut parts = line
            .split(['|', '•', '·'])
            .flat_map(|part| part.split(". "))
            .map(|part| part.trim_matches(|c: char| c.is_whitespace() || ".!-–—".contains(c)))
            .filter(|part| !part.is_empty())
            .peekable();
        parts.peek().is_some()
            && parts.all(|part| {
                self.whole_end.iter().any(|phrase| part == phrase)
                    || self.begins_end.iter().any(|phrase| begins(part, phrase))
                    || self.begins_anywhere.iter().any(|phrase| begins(part, phrase))
            })
    }

    /// True for a line that is left out wherever it stands.
    pub(crate) fn anywhere(&self, line: &str) -> bool {
        let Some(line) = candidate(line) else { return false };
        let line = line.trim_matches(|c: char| c.is_whitespace() || ".!-–—*•>".contains(c));
        self.whole_anywhere.iter().any(|phrase| line.trim_end_matches(':') == phrase)
            || self.begins_anywhere.iter().any(|phrase| begins(line, phrase))
    }
}

impl Table {
    /// True for a line that tells readers to subscribe before they may read on.
    pub(crate) fn stub(&self, line: &str) -> bool {
        let Some(line) = candidate(line) else { return false };
        self.stub.iter().any(|phrase| {
            line.match_indices(phrase.as_str()).any(|(at, _)| {
                // Whole words.
                !line[..at].ends_with(char::is_alphanumeric) && begins(&line[at..], phrase)
            })
        })
    }
}

/// The line folded, if it is short and quotes nobody.
fn candidate(line: &str) -> Option<String> {
    // The bytes are looked at first, so that a line of megabytes costs nothing.
    if line.len() > LINE_WORDS * 20 || line.split_whitespace().count() > LINE_WORDS {
        return None;
    }
    let line = folded(line);
    (!line.is_empty() && !line.contains(['"', '“', '”', '«', '»'])).then_some(line)
}

fn begins(line: &str, phrase: &str) -> bool {
    line.strip_prefix(phrase).is_some_and(|rest| {
        // A whole word: "about us" does not begin "about usage".
        !rest.starts_with(char::is_alphanumeric) || phrase.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// Small letters, plain apostrophes, one blank between words.
fn folded(text: &str) -> String {
    crate::draft::one_line(text).to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_is_valid() {
        let table = Table::parse(include_str!("../../../../data/en/boilerplate.toml")).unwrap();
        assert!(table.labels.len() > 20 && table.begins_end.len() > 20);
    }

    #[test]
    fn an_error_names_its_row() {
        let error = Table::parse(
            "version = 1\npapers = []\nline = []\n[[label]]\nfield = \"colour\"\nalone = true\nwords = []\n",
        )
        .unwrap_err();
        assert_eq!(error, "data/en/boilerplate.toml: label 1: no field colour");
    }

    #[test]
    fn lines_below_an_article() {
        for line in [
            "Terms of use",
            "Terms of use. Privacy policy.",
            "Editor-in-chief: Ann Lee. Terms of Use | Privacy Policy",
            "© 2023 The Harbour Post. All rights reserved.",
            "Sign up for our newsletter",
            "Tags: harbour, bridge",
        ] {
            assert!(TABLE.at_end(line), "{line}");
        }
        for line in [
            "",
            "About usage he said nothing.",
            "Terms of use will change, the harbour said. The mayor may resign.",
            "“Subscribe to our cause”, she told the crowd.",
            "The harbour is closed.",
            "Comments were not returned by the ministry.",
        ] {
            assert!(!TABLE.at_end(line), "{line}");
        }
    }

    #[test]
    fn lines_where_a_text_breaks_off() {
        assert!(TABLE.stub("Subscribe to continue reading."));
        assert!(TABLE.stub("To continue reading this article, log in or register."));
        assert!(!TABLE.stub("The council will continue reading the report on Monday."));
    }

    #[test]
    fn links_to_other_articles() {
        assert!(TABLE.anywhere("Read also: Harbour may close for a year"));
        assert!(TABLE.anywhere("ADVERTISEMENT"));
        assert!(!TABLE.anywhere("Read more books, the minister told pupils."));
        assert!(!TABLE.anywhere("Related fears were voiced by traders."));
    }
}
