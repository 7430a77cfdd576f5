//! The network as the command uses it: its clock, its name, and pages by turns.

use std::{
    collections::{BTreeMap, VecDeque},
    thread,
    time::{Duration, Instant},
};

use sayso_fetch::{Clock, Fetcher, Settings};

use crate::{cli::Network, interrupt};

/// Time as it passes. Waiting ends when the user ends the run.
#[derive(Debug)]
pub(crate) struct WallClock(Instant);

impl Clock for WallClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn date(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }

    fn sleep(&self, time: Duration) -> bool {
        /// How soon Ctrl-C is noticed.
        const STEP: Duration = Duration::from_millis(100);
        let until = self.now() + time;
        while !interrupt::came() {
            let left = until.saturating_sub(self.now());
            if left.is_zero() {
                return true;
            }
            thread::sleep(left.min(STEP));
        }
        false
    }
}

/// A fetcher as the flags have it. It opens no socket before it is asked for a page.
#[expect(clippy::disallowed_methods, reason = "the command measures its own time")]
pub(crate) fn fetcher(flags: &Network) -> Fetcher<WallClock> {
    let mut settings = Settings {
        delay: Duration::from_secs(flags.delay.into()),
        timeout: Duration::from_secs(flags.timeout.into()),
        allow_private: flags.allow_private.clone(),
        ..Settings::default()
    };
    if let Some(contact) = &flags.contact {
        settings.agent = format!("{} ({contact})", settings.agent);
    }
    Fetcher::new(settings, WallClock(Instant::now()))
}

/// A page to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Where it is.
    pub(crate) url: String,
    /// Its date by the feed that lists it, for a page that gives none.
    pub(crate) published: Option<jiff::civil::Date>,
}

/// Pages by host, in their order.
#[derive(Debug, Default)]
pub(crate) struct Queue(BTreeMap<String, VecDeque<Wanted>>);

impl Queue {
    /// Pages in the order in which they were named.
    pub(crate) fn of(pages: impl IntoIterator<Item = Wanted>) -> Self {
        let mut queue = Self::default();
        for page in pages {
            let rest = page.url.split_once("://").map_or(page.url.as_str(), |(_, rest)| rest);
            let host = rest.split(['/', '?', '#']).next().unwrap_or(rest).to_ascii_lowercase();
            queue.0.entry(host).or_default().push_back(page);
        }
        queue
    }

    /// The next page of the host whose turn is first, by how long each has to wait.
    pub(crate) fn next(&mut self, wait: impl Fn(&str) -> Duration) -> Option<Wanted> {
        let waits =
            self.0.iter().filter_map(|(host, pages)| Some((wait(&pages.front()?.url), host)));
        let host = waits.min()?.1.clone();
        let pages = self.0.get_mut(&host)?;
        let page = pages.pop_front();
        if pages.is_empty() {
            self.0.remove(&host);
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_take_turns() {
        let page = |url: &str| Wanted { url: url.to_owned(), published: None };
        let mut queue = Queue::of(
            ["https://a.example/1", "https://A.example/2", "https://b.example/1"].map(page),
        );
        let free = |_: &str| Duration::ZERO;
        assert_eq!(queue.next(free), Some(page("https://a.example/1")));
        let a_waits = |url: &str| Duration::from_secs(u64::from(url.contains("example/2")));
        assert_eq!(queue.next(a_waits), Some(page("https://b.example/1")));
        assert_eq!(queue.next(a_waits), Some(page("https://A.example/2")));
        assert_eq!(queue.next(free), None);
    }
}
