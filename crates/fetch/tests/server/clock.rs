//! The clock.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sayso_fetch::Clock;

/// A clock that moves only when somebody waits.
#[derive(Debug, Default)]
pub(crate) struct FakeClock {
    now: Mutex<Duration>,
    slept: Mutex<Vec<u64>>,
    ended: AtomicBool,
}

impl FakeClock {
    /// The waits so far, in seconds.
    pub(crate) fn slept(&self) -> Vec<u64> {
        self.slept.lock().unwrap().clone()
    }

    pub(crate) fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }

    /// Ctrl-C.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn date(&self) -> jiff::Timestamp {
        let begin: jiff::Timestamp = "2031-04-03T08:00:00Z".parse().unwrap();
        begin + self.now()
    }

    fn sleep(&self, time: Duration) -> bool {
        self.slept.lock().unwrap().push(time.as_secs());
        self.pass(time);
        !self.ended.load(Ordering::SeqCst)
    }
}
