//! What `add` and `watch` share: an article goes into the ledger with its evidence, is counted, and
//! is linked.

use std::{
    fmt::Write as _,
    sync::Mutex,
    time::{Duration, Instant},
};

use sayso_ledger::{Added, ArchivePlace, Incoming, Ledger, Packed};
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
        Self { statements: engine::statements(article), evidence: packed(raw) }
    }

    /// What another run read already.
    #[cfg(feature = "parquet")]
    pub(super) fn read_before(statements: Vec<Statement>) -> Self {
        Self { statements, evidence: None }
    }

    /// The same, but nothing is read out of an article that the ledger has.
    pub(super) fn of_new(known: &Mutex<Ledger>, article: &Article, raw: Option<&Raw>) -> Self {
        // Where the ledger cannot be asked, adding will say why.
        let is_known = known.lock().is_ok_and(|ledger| ledger.knows(&article.id).unwrap_or(false));
        if is_known {
            return Self { statements: Vec::new(), evidence: packed(raw) };
        }
        Self::of(article, raw)
    }
}

fn packed(raw: Option<&Raw>) -> Option<Packed> {
    raw.map(|raw| Packed::new(&raw.bytes, &raw.media))
}

/// Articles on their way into a ledger.
pub(super) struct Taking {
    ledger: Ledger,
    /// When, as it is printed.
    now: String,
    counts: Counts,
    /// Taken and not yet in the ledger.
    batch: Vec<Incoming>,
    /// When the last batch went in.
    kept: Instant,
}

/// Articles that go in together at most: a disk takes many in little more time than one.
const TOGETHER: usize = 64;
/// After so long they go in however few they are: what comes slowly is not kept waiting.
const PATIENCE: Duration = Duration::from_secs(1);

/// What became of the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Counts {
    new: usize,
    statements: usize,
    near: usize,
    versions: usize,
    same: usize,
    copies: usize,
    redacted: usize,
    unchanged: usize,
}

impl Taking {
    /// Into this ledger, at this time.
    pub(super) fn new(ledger: Ledger, now: String) -> Self {
        Self { ledger, now, counts: Counts::default(), batch: Vec::new(), kept: moment() }
    }

    /// Another time for what follows.
    #[cfg(feature = "network")]
    pub(super) fn at(&mut self, now: String) {
        self.now = now;
    }

    /// The ledger.
    pub(super) fn ledger(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// A page that has not changed since it was fetched last.
    #[cfg(feature = "network")]
    pub(super) fn unchanged(&mut self) {
        self.counts.unchanged += 1;
    }

    /// Takes one article in, with the next batch at the latest. `origin` is where it was found.
    ///
    /// # Errors
    /// The ledger's. What was kept before is safe.
    pub(super) fn take(
        &mut self,
        article: Box<Article>,
        made: Made,
        origin: Option<String>,
    ) -> Result<(), CommandError> {
        let Made { statements, evidence } = made;
        self.batch.push(Incoming { article, statements, evidence, origin });
        if self.batch.len() == TOGETHER || self.kept.elapsed() > PATIENCE {
            self.keep()?;
        }
        Ok(())
    }

    /// Puts what was taken into the ledger with its evidence.
    ///
    /// # Errors
    /// The ledger's.
    pub(super) fn keep(&mut self) -> Result<(), CommandError> {
        self.keep_up_to(None)
    }

    /// The same, with the place up to which an archive is read by that.
    ///
    /// # Errors
    /// The ledger's.
    pub(super) fn keep_up_to(&mut self, place: Option<&ArchivePlace>) -> Result<(), CommandError> {
        let batch = std::mem::take(&mut self.batch);
        for added in self.ledger.take(batch, place, &self.now)? {
            self.counts.count(added);
        }
        self.kept = moment();
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
        // Whoever reads the counts may delete the sources.
        self.ledger.force()?;
        let ledger = self.ledger.path().display();
        let counts = std::mem::take(&mut self.counts).words();
        Ok(format!("{ledger}: {counts}. {}.", count(linked.questions, "question")))
    }
}

#[expect(clippy::disallowed_methods, reason = "the command measures its own time")]
fn moment() -> Instant {
    Instant::now()
}

impl Counts {
    fn count(&mut self, added: Added) {
        match added {
            Added::New { statements } => self.enter(statements),
            Added::NearCopy { statements } => {
                self.enter(statements);
                self.near += 1;
            }
            Added::Version { statements } => {
                self.enter(statements);
                self.versions += 1;
            }
            Added::Same => self.same += 1,
            Added::Copy => self.copies += 1,
            Added::Redacted => self.redacted += 1,
        }
    }

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
        if self.redacted > 0 {
            let _ =
                write!(words, ", {} removed before and left out", count(self.redacted, "article"));
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
            redacted: 0,
            unchanged: 2,
        };
        assert_eq!(
            some.words(),
            "5 articles added with 31 statements (2 near copies of earlier ones, 1 a new version of an \
             earlier one), 1,234 known already, 1 text known from elsewhere and noted, 2 pages unchanged"
        );
    }
}
