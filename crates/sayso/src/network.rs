//! The network as the command uses it: its clock, its name, and pages of several hosts at a time.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use sayso_fetch::{Answer, Clock, Fetcher, Known, Refusal, Settings};

use crate::{cli::Network, interrupt, verb::add::now};

/// Time as it passes. Waiting ends when the user ends the run.
#[derive(Debug)]
pub(crate) struct WallClock(Instant);

impl Clock for WallClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn date(&self) -> jiff::Timestamp {
        crate::clock::now()
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
    /// What its server said of it the last time.
    pub(crate) known: Known,
}

/// What came of a page, and when (RFC 3339).
pub(crate) type Fetched = (Wanted, Result<Answer, Refusal>, String);

/// Hosts that are asked at the same time.
const HOSTS: usize = 8;
/// Pages of a host that may have come before the first of them is taken: they are in memory.
const AHEAD: usize = 1;

/// Fetches pages, several hosts at the same time and each host's pages in their order, and hands
/// over what came: a page of each host by turns, in an order that hangs on the pages alone.
///
/// After Ctrl-C no further page is asked for; what has come is still handed over.
///
/// # Errors
/// What `take` returns; nothing more is asked for then.
pub(crate) fn fetch_all<E>(
    fetcher: &Fetcher<WallClock>,
    pages: impl IntoIterator<Item = Wanted>,
    mut take: impl FnMut(Fetched) -> Result<(), E>,
) -> Result<(), E> {
    let hands = dealt(pages);
    thread::scope(|scope| {
        let mut hands: VecDeque<_> = hands
            .into_iter()
            .map(|pages| {
                let (sender, receiver) = mpsc::sync_channel(AHEAD);
                scope.spawn(move || {
                    for page in pages {
                        if interrupt::came() {
                            break;
                        }
                        let answer = fetcher.get(&page.url, &page.known);
                        // Nobody listens any more where taking failed.
                        if sender.send((page, answer, now())).is_err() {
                            break;
                        }
                    }
                });
                receiver
            })
            .collect();
        while let Some(hand) = hands.pop_front() {
            if let Ok(fetched) = hand.recv() {
                take(fetched)?;
                hands.push_back(hand);
            }
        }
        Ok(())
    })
}

/// Pages dealt to as many hands as there are hosts, at most [`HOSTS`]: all of a host to one hand,
/// host after host.
fn dealt(pages: impl IntoIterator<Item = Wanted>) -> Vec<Vec<Wanted>> {
    let mut hosts: Vec<Vec<Wanted>> = Vec::new();
    let mut places = BTreeMap::new();
    for page in pages {
        let place = *places.entry(host(&page.url)).or_insert(hosts.len());
        if place == hosts.len() {
            hosts.push(Vec::new());
        }
        hosts[place].push(page);
    }
    let mut hands: Vec<Vec<Wanted>> = Vec::new();
    for (number, pages) in hosts.into_iter().enumerate() {
        match hands.get_mut(number % HOSTS) {
            Some(hand) => hand.extend(pages),
            None => hands.push(pages),
        }
    }
    hands
}

/// The host of an address, with its port.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_is_in_one_hand_and_the_hands_are_few() {
        let page =
            |url: &str| Wanted { url: url.to_owned(), published: None, known: Known::default() };
        let urls = ["https://a.example/1", "https://b.example/1", "https://A.example/2"];
        let hands = dealt(urls.map(page));
        assert_eq!(hands, [vec![page(urls[0]), page(urls[2])], vec![page(urls[1])]]);
        let many: Vec<_> = (0..20).map(|n| page(&format!("https://{n}.example/"))).collect();
        let hands = dealt(many.clone());
        assert_eq!(hands.len(), HOSTS);
        assert_eq!(hands[1], [many[1].clone(), many[9].clone(), many[17].clone()]);
        assert!(dealt([]).is_empty());
    }
}
