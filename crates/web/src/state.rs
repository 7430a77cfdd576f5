//! What every request needs to know.

use std::{path::PathBuf, sync::Arc};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sayso_ledger::{Ledger, LedgerError, mend::Vocabulary};
use sayso_link::Classes;

use tokio::sync::Semaphore;

use crate::screens::Trouble;

/// What the pages show and how they are reached.
#[derive(Debug, Clone)]
pub struct Pages {
    ledger: Arc<PathBuf>,
    pub(crate) port: u16,
    today: Option<Date>,
    /// With what linking works after a verdict; without it the pages are for reading.
    pub(crate) classes: Option<Arc<Classes>>,
    /// What corrections can choose from.
    pub(crate) vocabulary: Arc<Vocabulary>,
    /// What every visitor has to know, where something is.
    pub(crate) token: Option<Arc<str>>,
    /// For others than the ledger's owner: no whole texts, and quotations of some length.
    pub(crate) public: bool,
    /// Questions that the ledger is asked at a time: each has a connection and its cache.
    turns: Arc<Semaphore>,
}

/// Questions at a time for each core: one may wait for the disk.
const TURNS: usize = 2;

impl Pages {
    /// Pages over the ledger at `ledger`, reached at `port` of this machine.
    pub fn new(ledger: impl Into<PathBuf>, port: u16) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            ledger: Arc::new(ledger.into()),
            port,
            today: None,
            classes: None,
            vocabulary: Arc::default(),
            token: None,
            public: false,
            turns: Arc::new(Semaphore::new(cores * TURNS)),
        }
    }

    /// The same pages for others than the ledger's owner: without the texts of articles, with
    /// quotations of some length, and without reviewing.
    #[must_use]
    pub fn public(self) -> Self {
        Self { public: true, classes: None, ..self }
    }

    /// The same pages with verdicts of reviewers: by these classes linking follows them, and from this
    /// vocabulary corrections choose.
    #[must_use]
    pub fn reviewing(self, classes: Classes, vocabulary: Vocabulary) -> Self {
        Self { classes: Some(Arc::new(classes)), vocabulary: Arc::new(vocabulary), ..self }
    }

    /// The same pages for those alone who know a token. Requests may then name any host: a page of another
    /// site does not have the token, whatever name it makes point here.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        Self { token: Some(token.into()), ..self }
    }

    /// Whether these pages take verdicts.
    pub(crate) fn may_review(&self) -> bool {
        self.classes.is_some()
    }

    /// The same pages as they look on a given day: windows open and close with the calendar.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The day on which windows are judged, in UTC.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| clock().to_zoned_datetime(TimeZone::UTC).date())
    }

    /// The time of a verdict, UTC, to the second.
    pub(crate) fn now(&self) -> String {
        match self.today {
            Some(day) => format!("{day}T00:00:00Z"),
            None => clock().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }

    /// Changes the ledger on a thread that may wait.
    ///
    /// # Errors
    /// What the ledger or the change reports.
    pub(crate) async fn change(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<(), Trouble> + Send + 'static,
    ) -> Result<(), Trouble> {
        let path = Arc::clone(&self.ledger);
        // It is never closed; were it, the page would be made all the same.
        let _turn = self.turns.acquire().await.ok();
        let done = tokio::task::spawn_blocking(move || {
            work(&mut Ledger::open_existing(&path).map_err(Trouble::from)?)
        });
        done.await.unwrap_or_else(|_| Err(Trouble::Broken("The verdict failed.".to_owned())))
    }

    /// Asks the ledger, opened for reading, on a thread that may wait.
    ///
    /// # Errors
    /// What the ledger reports, or that the question itself failed.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let path = Arc::clone(&self.ledger);
        let _turn = self.turns.acquire().await.ok();
        let answer =
            tokio::task::spawn_blocking(move || question(&Ledger::open_for_reading(&path)?));
        match answer.await {
            Ok(answer) => answer.map_err(Trouble::from),
            Err(_) => Err(Trouble::Broken("The page could not be made.".to_owned())),
        }
    }
}

/// The machine's clock; one beyond the year 9999 is past what a date can be printed as.
fn clock() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "pages say what is open today")]
    let clock = std::time::SystemTime::now();
    Timestamp::try_from(clock).unwrap_or(Timestamp::MAX)
}
