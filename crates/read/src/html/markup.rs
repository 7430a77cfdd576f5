//! How sites name the parts of their pages: the table `data/en/markup.toml`.

use std::{collections::HashSet, sync::LazyLock};

use serde::Deserialize;

/// The table that ships.
pub(super) static MARKUP: LazyLock<Markup> = LazyLock::new(|| {
    // A test reads the same text, so that what ships is known to be valid.
    Markup::parse(include_str!("../../../../data/en/markup.toml")).unwrap_or_default()
});

/// Names of parts of pages.
#[derive(Debug, Default)]
pub(super) struct Markup {
    body: Phrases,
    comments: Phrases,
    r#box: Phrases,
    picture: Phrases,
    nobody: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    body: Vec<String>,
    comments: Vec<String>,
    r#box: Vec<String>,
    picture: Vec<String>,
    nobody: Vec<String>,
}

/// What the names of an element say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate thing that a name may say")]
pub(super) struct Named {
    /// It holds the text of an article.
    pub(super) body: bool,
    /// Readers wrote it.
    pub(super) comments: bool,
    /// It is a box beside the text.
    pub(super) boxed: bool,
    /// It is such a box if it holds a picture.
    pub(super) pictured: bool,
}

impl Markup {
    /// Reads the table; the error names file, list and row.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const NAME: &str = "data/en/markup.toml";
        let file: File = toml::from_str(text).map_err(|error| format!("{NAME}: {error}"))?;
        if file.version != 1 {
            return Err(format!("{NAME}: version {} is not known", file.version));
        }
        Ok(Self {
            body: Phrases::of(&file.body).map_err(|error| format!("{NAME}: body: {error}"))?,
            comments: Phrases::of(&file.comments)
                .map_err(|error| format!("{NAME}: comments: {error}"))?,
            r#box: Phrases::of(&file.r#box).map_err(|error| format!("{NAME}: box: {error}"))?,
            picture: Phrases::of(&file.picture)
                .map_err(|error| format!("{NAME}: picture: {error}"))?,
            nobody: Phrases::of(&file.nobody)
                .map_err(|error| format!("{NAME}: nobody: {error}"))?,
        })
    }

    /// What `names` (a class or an id as it is written) says.
    pub(super) fn of(&self, names: &str) -> Named {
        let mut named = Named::default();
        let mut last = [(0, 0); LONGEST];
        let folded = folded(names);
        for (count, (start, end)) in words(&folded).enumerate() {
            last.rotate_left(1);
            last[LONGEST - 1] = (start, end);
            // Runs of words that end here, from one word to the longest phrase.
            for length in 1..=LONGEST.min(count + 1) {
                let phrase = &folded[last[LONGEST - length].0..end];
                named.body |= self.body.0.contains(phrase);
                named.comments |= self.comments.0.contains(phrase);
                named.boxed |= self.r#box.0.contains(phrase);
                named.pictured |= self.picture.0.contains(phrase);
            }
        }
        named
    }

    /// True for what stands as the author where a system fills in who nobody is.
    pub(super) fn is_nobody(&self, author: &str) -> bool {
        self.nobody.0.contains(&folded(author))
    }
}

/// The most words of a phrase.
const LONGEST: usize = 4;

/// Phrases in small letters with one blank between words.
#[derive(Debug, Default)]
struct Phrases(HashSet<String>);

impl Phrases {
    fn of(list: &[String]) -> Result<Self, String> {
        let mut phrases = HashSet::new();
        for (row, phrase) in list.iter().enumerate() {
            if folded(phrase) != *phrase || phrase.is_empty() {
                return Err(format!("row {}: not words in small letters: {phrase}", row + 1));
            }
            if words(phrase).count() > LONGEST {
                return Err(format!("row {}: more than {LONGEST} words: {phrase}", row + 1));
            }
            if !phrases.insert(phrase.clone()) {
                return Err(format!("row {}: given twice: {phrase}", row + 1));
            }
        }
        Ok(Self(phrases))
    }
}

/// A name as words in small letters: "storyBody--main" is "story body main".
fn folded(names: &str) -> String {
    let mut out = String::with_capacity(names.len() + 8);
    let mut small = false;
    for c in names.chars() {
        if !c.is_ascii_alphanumeric() {
            small = false;
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        if c.is_ascii_uppercase() && small {
            out.push(' ');
        }
        small = c.is_ascii_lowercase();
        out.push(c.to_ascii_lowercase());
    }
    out.truncate(out.trim_end().len());
    out
}

/// Where the words of a folded name stand.
fn words(folded: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    folded.split(' ').filter(|word| !word.is_empty()).map(move |word| {
        let start = at;
        at += word.len() + 1;
        (start, start + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_is_valid() {
        let table = Markup::parse(include_str!("../../../../data/en/markup.toml")).unwrap();
        assert!(table.body.0.len() > 20 && table.r#box.0.len() > 50);
    }

    #[test]
    fn an_error_names_its_row() {
        let error =
            Markup::parse("version = 1\nbody = [\"story-body\"]\ncomments = []\nbox = []\npicture = []\nnobody = []\n")
                .unwrap_err();
        assert_eq!(
            error,
            "data/en/markup.toml: body: row 1: not words in small letters: story-body"
        );
    }

    #[test]
    fn names_are_cut_into_words() {
        let of = |names| {
            let Named { body, boxed, .. } = MARKUP.of(names);
            (body, boxed)
        };
        assert_eq!(of("c-storyBody--wide js"), (true, false));
        assert_eq!(of("article__body"), (true, false));
        assert_eq!(of("RelatedBox"), (false, true));
        assert_eq!(of("post most-read"), (false, true));
        assert_eq!(of("shareholder headline"), (false, false));
        assert_eq!(of(""), (false, false));
    }
}
