//! `sayso watch`: feeds are looked at now and again, and what is new is added.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    time::Duration,
};

use sayso_fetch::{Answer, Clock as _, Fetcher, Page, Refusal, join};
use sayso_ledger::{Ledger, Visit};
use sayso_model::Published;
use sayso_read::{Entry, Feed};

use super::{
    add::now,
    pages,
    sources::{Tally, options},
    taking::Taking,
};
use crate::{
    cli::Watch,
    error::{CommandError, ErrorKind},
    input::{Ended, is_address},
    interrupt,
    network::{self, WallClock, Wanted},
    screen::{Screen, count},
};

/// Lists of sitemaps within lists.
const WITHIN: usize = 2;
/// Sitemaps of one list that are read in one look, the ones that changed last first.
const SITEMAPS: usize = 20;

/// Watches what the flags name.
pub(crate) fn run(flags: &Watch, screen: Screen) -> Result<(), CommandError> {
    if let Some(other) = flags.feeds.iter().find(|feed| !is_address(feed.as_ref())) {
        let error = format!("{other}: this is no address of a feed.");
        return Err(CommandError::new(ErrorKind::Usage, error)
            .hint("Give addresses that begin with https://."));
    }
    interrupt::listen();
    let mut tally = Tally::new(screen);
    let mut taking = Taking::new(Ledger::open(flags.ledger())?, now());
    let mut options = options(Watch::FORMAT, None, Some(1));
    options.read.keep_raw = !flags.no_evidence;
    let fetcher = network::fetcher(&flags.network);
    // Where a page leads to its feed, the feed is asked from then on.
    let mut feeds: BTreeMap<String, String> = BTreeMap::new();
    loop {
        let mut look = Look::default();
        let mut asked = Vec::new();
        for feed in &flags.feeds {
            let url = feeds.get(feed).unwrap_or(feed).clone();
            let known = pages::known(&mut taking, &url)?;
            asked.push(Wanted { url, published: None, known });
        }
        let mut answers = Vec::new();
        network::fetch_all(&fetcher, asked, |fetched| {
            answers.push(fetched);
            Ok::<(), CommandError>(())
        })?;
        for (Wanted { url, .. }, answer, _) in answers {
            let Some(page) = sent(answer, &mut tally) else { continue };
            if let Some(feed) = feed_of(&page, screen) {
                look.feed(&feed, 1, &fetcher, &mut taking, &mut tally)?;
                for named in flags.feeds.iter().filter(|named| **named == url) {
                    feeds.insert(named.clone(), feed.clone());
                }
            } else {
                look.listed(&url, page, 0, &fetcher, &mut taking, &mut tally)?;
            }
        }
        let later = look.pages.len().saturating_sub(flags.limit);
        look.pages.truncate(flags.limit);
        let ended = pages::take_all(look.pages, &fetcher, &mut taking, &options, &mut tally)?;
        if ended == Ended::Whole && later == 0 && !interrupt::came() {
            // Only now: a feed that is said to be known has been read to its end.
            for (url, visit) in &look.visits {
                taking.ledger().visited(url, visit)?;
            }
        }
        let mut words = taking.link()?;
        if later > 0 {
            let _ = write!(words, " {} left for the next look.", count(later, "page"));
        }
        let wait = Duration::from_secs(60 * u64::from(flags.every));
        if flags.once || ended == Ended::Interrupted || interrupt::came() {
            tally.end(if interrupt::came() { Ended::Interrupted } else { ended });
            return tally.finish(&words);
        }
        screen.say(&words);
        if !fetcher.clock().sleep(wait) {
            tally.end(Ended::Interrupted);
            return tally.finish("Watching ended.");
        }
    }
}

/// What a server sent; nothing where it has not changed or could not be had, which is told.
fn sent(answer: Result<Answer, Refusal>, tally: &mut Tally) -> Option<Page> {
    match answer {
        Ok(Answer::Page(page)) => Some(page),
        Ok(Answer::Unchanged) | Err(Refusal::Ended { .. }) => None,
        Err(refusal) => {
            tally.fail(&format!("{refusal} {}", refusal.hint()));
            None
        }
    }
}

/// The feed that a page names as its own; nothing where it is a feed itself, or names none.
fn feed_of(page: &Page, screen: Screen) -> Option<String> {
    if sayso_read::feed(&page.url, &page.bytes).is_ok() {
        return None;
    }
    let named = sayso_read::feeds_of_page(page.content_type.as_deref(), &page.bytes);
    let base = named.base.and_then(|base| join(&page.url, &base)).unwrap_or(page.url.clone());
    let feeds: Vec<String> = named.feeds.iter().filter_map(|to| join(&base, to)).collect();
    let feed = feeds.first()?;
    let mut words = format!("{} is a page; its feed is watched: {feed}.", page.url);
    if feeds.len() > 1 {
        let more = count(feeds.len() - 1, "more feed");
        let _ = write!(words, " It names {more}: {}.", feeds[1..].join(", "));
    }
    screen.say(&words);
    Some(feed.clone())
}

/// One look at the feeds.
#[derive(Default)]
struct Look {
    /// Pages to fetch, with their dates by the feed.
    pages: Vec<(String, Option<jiff::civil::Date>)>,
    /// Their addresses.
    noted: BTreeSet<String>,
    /// What the feeds' servers said, to be remembered once their pages are in.
    visits: Vec<(String, Visit)>,
}

impl Look {
    /// Asks for a feed and looks at it.
    fn feed(
        &mut self,
        url: &str,
        within: usize,
        fetcher: &Fetcher<WallClock>,
        taking: &mut Taking,
        tally: &mut Tally,
    ) -> Result<(), CommandError> {
        if interrupt::came() {
            return Ok(());
        }
        let known = pages::known(taking, url)?;
        match sent(fetcher.get(url, &known), tally) {
            Some(page) => self.listed(url, page, within, fetcher, taking, tally),
            None => Ok(()),
        }
    }

    /// Looks at a feed; what it lists and the ledger has not met is noted.
    fn listed(
        &mut self,
        url: &str,
        page: Page,
        within: usize,
        fetcher: &Fetcher<WallClock>,
        taking: &mut Taking,
        tally: &mut Tally,
    ) -> Result<(), CommandError> {
        let feed = match sayso_read::feed(&page.url, &page.bytes) {
            Ok(feed) => feed,
            Err(failure) => {
                tally.fail(&format!("{failure} {}", failure.hint()));
                return Ok(());
            }
        };
        let Feed { entries, mut sitemaps } = feed;
        for entry in &entries {
            self.note(&page.url, entry, taking)?;
        }
        if within < WITHIN {
            sitemaps.sort_by(|a, b| b.updated.cmp(&a.updated));
            for sitemap in sitemaps.iter().take(SITEMAPS) {
                if let Some(url) = join(&page.url, &sitemap.url)
                    && is_new(taking, &url, sitemap)?
                {
                    self.feed(&url, within + 1, fetcher, taking, tally)?;
                }
            }
        }
        let visit = Visit { etag: page.known.etag, modified: page.known.modified, at: now() };
        self.visits.push((url.to_owned(), visit));
        Ok(())
    }

    fn note(&mut self, base: &str, entry: &Entry, taking: &mut Taking) -> Result<(), CommandError> {
        if let Some(url) = join(base, &entry.url)
            && !self.noted.contains(&url)
            && is_new(taking, &url, entry)?
        {
            self.noted.insert(url.clone());
            self.pages.push((url, entry.published.as_ref().map(|published| published.date)));
        }
        Ok(())
    }
}

/// True for what was never asked for, and for what its feed says has changed since.
fn is_new(taking: &mut Taking, url: &str, entry: &Entry) -> Result<bool, CommandError> {
    let visit = taking.ledger().visit(url)?;
    Ok(visit.is_none_or(|visit| entry.updated.as_ref().is_some_and(|at| after(at, &visit.at))))
}

/// True where a change came after a visit, as exactly as both are known.
fn after(change: &Published, visit: &str) -> bool {
    let change = change.printed();
    let change = change.trim_end_matches('Z');
    visit.get(..change.len()).is_some_and(|visit| change > visit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_counts_when_it_came_after_the_visit() {
        let visit = "2031-04-03T08:00:30Z";
        let minute = |hour| Published {
            time: Some(jiff::civil::time(hour, 30, 0, 0)),
            precision: sayso_model::Precision::Minute,
            ..Published::day(jiff::civil::date(2031, 4, 3))
        };
        assert!(after(&minute(8), visit) && !after(&minute(7), visit));
        assert!(after(&Published::day(jiff::civil::date(2031, 4, 4)), visit));
        assert!(!after(&Published::day(jiff::civil::date(2031, 4, 3)), visit));
    }
}
