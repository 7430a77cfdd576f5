//! The query grammar, and what the ledger makes of it: an answer or an error, and no fault of the database.
#![no_main]

mod common;

use sayso_ledger::{Ledger, LedgerError, Query};

thread_local! {
    static LEDGER: Ledger = Ledger::in_memory().expect("a ledger in memory");
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::in_time(bytes, || {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(query) = Query::parse(&text, jiff::civil::date(2031, 4, 3)) {
        let found = LEDGER.with(|ledger| ledger.find(&query));
        assert!(matches!(found, Ok(_) | Err(LedgerError::Cursor { .. } | LedgerError::NotFound { .. })), "{found:?}");
    }
}));
