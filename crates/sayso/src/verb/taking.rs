//! What `add` and `watch` share: an article goes into the ledger with its evidence, is counted, and
//! is linked.

use std::fmt::Write as _;

use sayso_ledger::{Added, Keep, Ledger, Packed};
use sayso_model::{Article, Statement};
use sayso_read::Raw;

use crate::{
    engine,
    error::CommandError,
    screen::{count, grouped},
};

/// What is made of an article before the ledger sees it, side by side with others.
pub(super) struct Made {
    statements: Vec<Statement>,
    evidence: Option<Packed>,
}

impl Made {
    /// Its statements, and its bytes packed where they are kept.
    pub(super) fn of(article: &Article, raw: Option<&Raw>) -> Self {
        Self {
            statements: engine::statements(article),
            evidence: raw.map(|raw| Packed::new(&raw.bytes, &raw.media)),
        }
    }
}

/// Articles on their way into a ledger.
pub(super) struct Taking {
    ledger: Ledger,
    /// When, as it is printed.
    now: String,
    counts: Counts,
    /// Evidence of articles that are in, to be kept together.
    evidence: Vec<Keep>,
}

/// Pieces of evidence that are kept together at most: a disk takes many side by side in little more
/// time than one.
const TOGETHER: usize = 64;

/// What became of the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Counts {
    new: usize,
    statements: usize,
    near: usize,
    versions: usize,
    same: usize,
    copies: usize,
    unchanged: usize,
}

impl Taking {
    /// Into this ledger, at this time.
    pub(super) fn new(ledger: Ledger, now: String) -> Self {
        Self { ledger, now, counts: Counts::default(), evidence: Vec::new() }
    }

    /// Another time for what follows.
    #[cfg(feature = "network")]
    pub(super) fn at(&mut self, now: String) {
        self.now = now;
    }

    /// The ledger.
    #[cfg(feature = "network")]
    pub(super) fn ledger(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// A page that has not changed since it was fetched last.
    #[cfg(feature = "network")]
    pub(super) fn unchanged(&mut self) {
        self.counts.unchanged += 1;
    }

    /// Takes one article in. `origin` is where it was found.
    ///
    /// # Errors
    /// The ledger's. What was taken before is safe.
    pub(super) fn take(
        &mut self,
        article: &Article,
        made: Made,
        origin: Option<&str>,
    ) -> Result<Added, CommandError> {
        let added = self.ledger.add(article, &made.statements, &self.now)?;
        if let Some(packed) = made.evidence {
            let (article, origin) = (article.id.clone(), origin.map(str::to_owned));
            self.evidence.push(Keep { article, packed, origin, again: added == Added::Same });
            if self.evidence.len() == TOGETHER {
                self.keep()?;
            }
        }
        let counts = &mut self.counts;
        match added {
            Added::New { statements } => counts.enter(statements),
            Added::NearCopy { statements } => {
                counts.enter(statements);
                counts.near += 1;
            }
            Added::Version { statements } => {
                counts.enter(statements);
                counts.versions += 1;
            }
            Added::Same => counts.same += 1,
            Added::Copy => counts.copies += 1,
        }
        Ok(added)
    }

    /// Keeps the evidence of what was taken. A run that is killed before leaves articles without any,
    /// which are given theirs when they are read again.
    ///
    /// # Errors
    /// The ledger's.
    pub(super) fn keep(&mut self) -> Result<(), CommandError> {
        self.ledger.keep(&std::mem::take(&mut self.evidence), &self.now)?;
        Ok(())
    }

    /// Links what is new, and says what became of all since the last time.
    ///
    /// # Errors
    /// The ledger's.
    pub(super) fn link(&mut self) -> Result<String, CommandError> {
        self.keep()?;
        // Also without a new article: a run that was interrupted may have left some unlinked.
        let linked = self.ledger.relink(&engine::classes(), &self.now)?;
        let ledger = self.ledger.path().display();
        let counts = std::mem::take(&mut self.counts).words();
        Ok(format!("{ledger}: {counts}. {}.", count(linked.questions, "question")))
    }
}

impl Counts {
    fn enter(&mut self, statements: usize) {
        self.new += 1;
        self.statements += statements;
    }

    /// "3 articles added with 20 statements (1 copy of another, 1 new version), 4 known already".
    fn words(self) -> String {
        let mut words = format!(
            "{} added with {}",
            count(self.new, "article"),
            count(self.statements, "statement")
        );
        let mut among = Vec::new();
        match self.near {
            0 => {}
            1 => among.push("1 a near copy of an earlier one".to_owned()),
            near => among.push(format!("{near} near copies of earlier ones")),
        }
        match self.versions {
            0 => {}
            1 => among.push("1 a new version of an earlier one".to_owned()),
            versions => among.push(format!("{versions} new versions of earlier ones")),
        }
        if !among.is_empty() {
            words.push_str(" (");
            words.push_str(&among.join(", "));
            words.push(')');
        }
        if self.same > 0 {
            let _ = write!(words, ", {} known already", grouped(self.same));
        }
        if self.copies > 0 {
            let _ =
                write!(words, ", {} known from elsewhere and noted", count(self.copies, "text"));
        }
        if self.unchanged > 0 {
            let _ = write!(words, ", {} unchanged", count(self.unchanged, "page"));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_where_there_are_any() {
        let none = Counts::default();
        assert_eq!(none.words(), "0 articles added with 0 statements");
        let some = Counts {
            new: 5,
            statements: 31,
            near: 2,
            versions: 1,
            same: 1234,
            copies: 1,
            unchanged: 2,
        };
        assert_eq!(
            some.words(),
            "5 articles added with 31 statements (2 near copies of earlier ones, 1 a new version of an \
             earlier one), 1,234 known already, 1 text known from elsewhere and noted, 2 pages unchanged"
        );
    }
}
