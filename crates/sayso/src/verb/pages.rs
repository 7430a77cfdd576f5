//! Pages from the network into a ledger, for `add` and `watch`.

use sayso_fetch::{Answer, Fetcher, Known, Refusal};
use sayso_ledger::Visit;
use sayso_read::Raw;

use super::{
    add::now,
    sources::Tally,
    taking::{Made, Taking},
};
use crate::{
    engine,
    error::CommandError,
    input::{self, Ended, Options, Outcome},
    interrupt,
    network::{Queue, WallClock, Wanted},
};

/// Fetches pages, the host whose turn is first before the others, and takes in what they hold.
///
/// # Errors
/// The ledger's. A page that cannot be had is told and costs no other.
pub(super) fn take_all(
    pages: impl IntoIterator<Item = Wanted>,
    fetcher: &mut Fetcher<WallClock>,
    taking: &mut Taking,
    options: &Options,
    tally: &mut Tally,
) -> Result<Ended, CommandError> {
    let mut queue = Queue::of(pages);
    while let Some(page) = queue.next(|url| fetcher.wait(url)) {
        if interrupt::came() {
            return Ok(Ended::Interrupted);
        }
        match take(&page, fetcher, taking, options, tally)? {
            Ended::Whole => {}
            Ended::Interrupted => return Ok(Ended::Interrupted),
        }
    }
    Ok(Ended::Whole)
}

fn take(
    wanted: &Wanted,
    fetcher: &mut Fetcher<WallClock>,
    taking: &mut Taking,
    options: &Options,
    tally: &mut Tally,
) -> Result<Ended, CommandError> {
    let before = taking.ledger().visit(&wanted.url)?.unwrap_or_default();
    let known = Known { etag: before.etag.clone(), modified: before.modified.clone() };
    let at = now();
    taking.at(at.clone());
    let visit = match fetcher.get(&wanted.url, &known) {
        Ok(Answer::Unchanged) => {
            taking.unchanged();
            Visit { at, ..before }
        }
        Ok(Answer::Page(page)) => {
            let content_type = page.content_type.as_deref();
            let read = engine::guarded(|| {
                sayso_read::page(&page.url, content_type, &page.bytes, &options.read)
            });
            let visit = Visit { etag: page.known.etag, modified: page.known.modified, at };
            match read {
                Ok(Ok(article)) => {
                    let media = content_type.unwrap_or("text/html").to_owned();
                    let raw = options.read.keep_raw.then_some(Raw { bytes: page.bytes, media });
                    let options = Options {
                        published: wanted.published.or(options.published),
                        ..options.clone()
                    };
                    match input::finish(article, raw.as_ref(), &options, &Made::of) {
                        Outcome::Done(article, made) => {
                            taking.take(&article, &made, Some(&page.url))?;
                            tally.note(&article);
                        }
                        Outcome::Failed(words, n) => tally.fail_all(&words, n),
                        Outcome::Reached(..) => {}
                    }
                }
                Ok(Err(failure)) => tally.fail(&format!("{failure} {}", failure.hint())),
                Err(words) => {
                    tally.fail(&format!("{}: sayso broke down over this page: {words}.", page.url));
                }
            }
            visit
        }
        Err(Refusal::Ended { .. }) => return Ok(Ended::Interrupted),
        Err(refusal) => {
            tally.fail(&format!("{refusal} {}", refusal.hint()));
            if !refusal.is_final() {
                return Ok(Ended::Whole);
            }
            Visit { at, ..Visit::default() }
        }
    };
    taking.ledger().visited(&wanted.url, &visit)?;
    Ok(Ended::Whole)
}
