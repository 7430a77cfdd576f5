//! The clock.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use sayso_fetch::Clock;

/// A clock that moves only when somebody waits.
#[derive(Debug, Default)]
pub(crate) struct FakeClock {
    now: Cell<Duration>,
    slept: RefCell<Vec<u64>>,
    ended: Cell<bool>,
}

impl FakeClock {
    /// The waits so far, in seconds.
    pub(crate) fn slept(&self) -> Vec<u64> {
        self.slept.borrow().clone()
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.now.set(self.now.get() + time);
    }

    /// Ctrl-C.
    pub(crate) fn end(&self) {
        self.ended.set(true);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn date(&self) -> jiff::Timestamp {
        let begin: jiff::Timestamp = "2031-04-03T08:00:00Z".parse().unwrap();
        begin + self.now.get()
    }

    fn sleep(&self, time: Duration) -> bool {
        self.slept.borrow_mut().push(time.as_secs());
        self.pass(time);
        !self.ended.get()
    }
}
