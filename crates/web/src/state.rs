//! What every request needs to know.

use std::{path::PathBuf, sync::Arc};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sayso_ledger::{Ledger, LedgerError};

use crate::screens::Trouble;

/// What the pages show and how they are reached.
#[derive(Debug, Clone)]
pub struct Pages {
    ledger: Arc<PathBuf>,
    pub(crate) port: u16,
    today: Option<Date>,
}

impl Pages {
    /// Pages over the ledger at `ledger`, reached at `port` of this machine.
    pub fn new(ledger: impl Into<PathBuf>, port: u16) -> Self {
        Self { ledger: Arc::new(ledger.into()), port, today: None }
    }

    /// The same pages as they look on a given day: windows open and close with the calendar.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The day on which windows are judged, in UTC.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date())
    }

    /// Asks the ledger on a thread that may wait. A ledger that does not exist yet is empty.
    ///
    /// # Errors
    /// What the ledger reports, or that the question itself failed.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let path = Arc::clone(&self.ledger);
        let answer = tokio::task::spawn_blocking(move || {
            let ledger =
                if path.exists() { Ledger::open_existing(&path)? } else { Ledger::in_memory()? };
            question(&ledger)
        });
        match answer.await {
            Ok(answer) => answer.map_err(Trouble::from),
            Err(_) => Err(Trouble::Broken("The page could not be made.".to_owned())),
        }
    }
}
