//! An article in the making: what each format gives, before it becomes a [`Article`].

use sayso_model::{Article, Code, Problem, Published, article_id};

use crate::{Options, date, failure::Size, language};

/// The fields that a format can give besides the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Title,
    Outlet,
    Published,
    Modified,
    Author,
    Url,
    Language,
}

impl Field {
    /// The field by its word in the tables.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "title" => Self::Title,
            "outlet" => Self::Outlet,
            "published" => Self::Published,
            "modified" => Self::Modified,
            "author" => Self::Author,
            "url" => Self::Url,
            "language" => Self::Language,
            _ => return None,
        })
    }
}

/// Bytes of a text that are read for statements. No news article is as long, and what is said in an
/// endless one costs a core a minute a megabyte at worst.
pub const LANGUAGE_LIMIT: usize = 1 << 20;

/// What is known so far.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) key: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) published: Option<Published>,
    pub(crate) modified: Option<Published>,
    pub(crate) language: Option<String>,
    pub(crate) text: String,
    /// Its source says that it is not free to read.
    pub(crate) paid: bool,
    pub(crate) problems: Vec<Problem>,
}

impl Draft {
    /// Sets a field from its words, unless it has a value. A date that is not understood leaves
    /// the field empty and gives `R014`.
    pub(crate) fn set(&mut self, field: Field, value: &str) {
        let value = one_line(value);
        if value.is_empty() {
            return;
        }
        let slot = match field {
            Field::Published | Field::Modified => return self.set_date(field, &value),
            Field::Title => &mut self.title,
            Field::Outlet => &mut self.outlet,
            Field::Author => &mut self.author,
            Field::Url => &mut self.url,
            Field::Language => &mut self.language,
        };
        if slot.is_some() {
            return;
        }
        *slot = match field {
            Field::Author => Some(without_by(&value).to_owned()),
            Field::Language => language_code(&value),
            _ => Some(value),
        };
    }

    fn set_date(&mut self, field: Field, value: &str) {
        let slot = if field == Field::Published { &mut self.published } else { &mut self.modified };
        if slot.is_some() {
            return;
        }
        *slot = date::parse(value).or_else(|| date::year(value));
        if slot.is_none() && field == Field::Published {
            let shown: String = value.chars().take(60).collect();
            let message = format!("The publication date was not understood: {shown}");
            self.problems.push(Problem::new(Code::R014, message));
        }
    }

    /// Takes from `other` what is missing here; problems of both are kept.
    pub(crate) fn complete_from(&mut self, other: Self) {
        let Self { key, outlet, url, title, author, published, modified, language, .. } = other;
        self.key = self.key.take().or(key);
        self.outlet = self.outlet.take().or(outlet);
        self.url = self.url.take().or(url);
        self.title = self.title.take().or(title);
        self.author = self.author.take().or(author);
        self.published = self.published.take().or(published);
        self.modified = self.modified.take().or(modified);
        self.language = self.language.take().or(language);
        self.problems.extend(other.problems);
    }

    /// The finished article. `key` is the name it takes where the input gave none.
    pub(crate) fn finish(mut self, file: &str, key: String, options: &Options) -> Article {
        if self.published.is_some() {
            // A date found elsewhere settles the matter.
            self.problems.retain(|problem| problem.code != Code::R014);
        } else {
            let message = "No publication date was found, so that windows stay open.";
            self.problems.push(Problem::new(Code::R013, message));
        }
        self.language = language::of(&self.text, self.language.as_deref());
        if let Some(language) = self.language.as_deref().filter(|language| *language != "en") {
            let message = format!(
                "The language is not one that sayso reads, so that no statements are taken: {language}"
            );
            self.problems.push(Problem::new(Code::R017, message));
        }
        let length = self.text.len();
        if length > options.article_limit {
            self.text.truncate(cut(&self.text, options.article_limit));
            let (kept, all) = (Size(self.text.len() as u64), Size(length as u64));
            let message = format!("The text was cut to its first {kept} of {all}.");
            self.problems.push(Problem::new(Code::R016, message));
        }
        if self.text.len() > LANGUAGE_LIMIT {
            let limit = Size(LANGUAGE_LIMIT as u64);
            let message = format!("Statements are taken from the first {limit} of the text alone.");
            self.problems.push(Problem::new(Code::R021, message));
        }
        Article {
            id: article_id(&self.text),
            key: self.key.unwrap_or(key),
            path: (file != "-").then(|| file.to_owned()),
            outlet: self.outlet,
            url: self.url,
            title: self.title,
            author: self.author,
            published: self.published,
            modified: self.modified,
            agency: None,
            language: self.language,
            text: self.text,
            problems: self.problems,
        }
    }
}

/// Where to cut `text` so that at most `limit` bytes stay: at the end of a paragraph, else of a
/// word, else of a character.
fn cut(text: &str, limit: usize) -> usize {
    let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = &text[..end];
    let at = head.rfind('\n').or_else(|| head.rfind(char::is_whitespace)).unwrap_or(end);
    head[..at].trim_end().len()
}

/// Words with one blank between them.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// "Ann Lee" from "By Ann Lee".
pub(crate) fn without_by(byline: &str) -> &str {
    match byline.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => byline[3..].trim_start(),
        _ => byline,
    }
}

/// "en" from "en-GB", "EN", "English"; nothing from what is no language code.
fn language_code(value: &str) -> Option<String> {
    let code = value.split(['-', '_']).next()?.to_ascii_lowercase();
    if code == "english" || code == "eng" {
        return Some("en".to_owned());
    }
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_paragraph_and_says_so() {
        let options = Options { article_limit: 30, ..Options::default() };
        let text = "First paragraph.\n\nSecond paragraph, längër.".to_owned();
        let article = Draft { text, ..Draft::default() }.finish("a.txt", "a".into(), &options);
        assert_eq!(article.text, "First paragraph.");
        assert!(article.problems.iter().any(|problem| problem.code == Code::R016));
        assert_eq!(article.id, article_id("First paragraph."));
    }

    #[test]
    fn cutting_never_splits_a_character() {
        for limit in 0..12 {
            let at = cut("äöüß漢字", limit);
            assert!(at <= limit && "äöüß漢字".is_char_boundary(at));
        }
    }

    #[test]
    fn a_date_that_is_not_understood_is_a_problem_until_another_is_found() {
        let mut draft = Draft::default();
        draft.set(Field::Published, "03/04/2023");
        assert_eq!(draft.problems[0].code, Code::R014);
        draft.set(Field::Published, "9 March 2023");
        let article = draft.finish("-", "stdin".into(), &Options::default());
        assert!(article.problems.is_empty() && article.path.is_none());
    }

    #[test]
    fn bylines_and_languages_take_their_plain_form() {
        let mut draft = Draft::default();
        draft.set(Field::Author, "BY Ann  Lee");
        draft.set(Field::Language, "en_GB");
        assert_eq!(draft.author.as_deref(), Some("Ann Lee"));
        assert_eq!(draft.language.as_deref(), Some("en"));
    }
}
