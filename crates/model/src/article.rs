use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// One published text with what is known of its publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// SHA-256 of the main text, in hex ([`crate::article_id`]).
    pub id: String,
    /// The name under which it came: an id that the input gave, else the file's name without its
    /// ending.
    pub key: String,
    /// The file it was read from, as the user wrote it.
    pub path: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was last changed.
    pub modified: Option<Published>,
    /// The news agency whose text it is by its byline or credit line ("VARN (AP) —").
    #[serde(default)]
    pub agency: Option<String>,
    /// ISO 639-1 code where it is known.
    pub language: Option<String>,
    /// The main text. Every span of every record is a range of it.
    pub text: String,
    /// What went wrong while reading, none of it fatal.
    pub problems: Vec<Problem>,
}

impl Article {
    /// An article of which its main text is known and nothing else.
    pub fn of_text(key: &str, text: &str) -> Self {
        Self {
            id: crate::article_id(text),
            key: key.to_owned(),
            path: None,
            outlet: None,
            url: None,
            title: None,
            author: None,
            published: None,
            modified: None,
            agency: None,
            language: None,
            text: text.to_owned(),
            problems: Vec::new(),
        }
    }
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Day and time of day.
    Minute,
    /// The day.
    Day,
    /// The month.
    Month,
    /// The year.
    Year,
}

/// A publication date with its precision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Published {
    /// The day; the first of the month or the year when only that is known.
    pub date: jiff::civil::Date,
    /// The time of day in UTC, with `Precision::Minute`.
    pub time: Option<jiff::civil::Time>,
    /// How exact it is.
    pub precision: Precision,
}

impl Published {
    /// A date known to the day.
    pub fn day(date: jiff::civil::Date) -> Self {
        Self { date, time: None, precision: Precision::Day }
    }

    /// The date of which this is the print ([`Published::printed`]); none for other words.
    pub fn of_printed(words: &str) -> Option<Self> {
        let first =
            |date: &str, precision| Some(Self { date: date.parse().ok()?, time: None, precision });
        let date = match words.len() {
            4 => first(&format!("{words}-01-01"), Precision::Year),
            7 => first(&format!("{words}-01"), Precision::Month),
            10 => first(words, Precision::Day),
            _ => {
                let (day, time) = words.strip_suffix('Z')?.split_once('T')?;
                let time = Some(time.parse().ok()?);
                Some(Self { date: day.parse().ok()?, time, precision: Precision::Minute })
            }
        };
        // What another program wrote otherwise would not come back as it was.
        date.filter(|date| date.printed() == words)
    }

    /// As it is printed: `2023-03-09`, `2023-03`, `2023` or `2023-03-09T14:05Z`.
    pub fn printed(&self) -> String {
        match (self.precision, self.time) {
            (Precision::Year, _) => self.date.strftime("%Y").to_string(),
            (Precision::Month, _) => self.date.strftime("%Y-%m").to_string(),
            (Precision::Minute, Some(time)) => {
                format!("{}T{:02}:{:02}Z", self.date, time.hour(), time.minute())
            }
            _ => self.date.to_string(),
        }
    }
}

/// What a statement says of the article it stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// SHA-256 of the main text, in hex.
    pub id: String,
    /// Id given by the input, or the file's name without its ending.
    pub key: String,
    /// The file it was read from.
    pub path: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publication date as printed ([`Published::printed`]).
    pub published: Option<String>,
    /// How exact that date is.
    pub published_precision: Option<Precision>,
}

impl From<&Article> for ArticleRef {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            key: article.key.clone(),
            path: article.path.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            published: article.published.as_ref().map(Published::printed),
            published_precision: article.published.as_ref().map(|p| p.precision),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_date_is_read_back() {
        for words in ["2023", "2023-03", "2023-03-09", "2023-03-09T14:05Z"] {
            let date = Published::of_printed(words).unwrap();
            assert_eq!(date.printed(), words);
        }
        assert_eq!(Published::of_printed("2023-03").unwrap().precision, Precision::Month);
        for words in ["", "20", "2023-13", "2023-3-09", "2023-03-09T14:05", "9 March", "éé"] {
            assert_eq!(Published::of_printed(words), None, "{words}");
        }
    }
}
