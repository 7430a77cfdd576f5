//! Pages from the network into a ledger, for `add` and `watch`.

use sayso_fetch::{Answer, Fetcher, Known, Page, Refusal};
use sayso_ledger::Visit;
use sayso_read::Raw;

use super::{
    sources::Tally,
    taking::{Made, Taking},
};
use crate::{
    engine,
    error::CommandError,
    input::{self, Ended, Options, Outcome},
    interrupt,
    network::{Fetched, WallClock, Wanted, fetch_all},
};

/// Fetches pages, given by address and date, and takes in what they hold.
///
/// # Errors
/// The ledger's. A page that cannot be had is told and costs no other.
pub(super) fn take_all(
    pages: impl IntoIterator<Item = (String, Option<jiff::civil::Date>)>,
    fetcher: &Fetcher<WallClock>,
    taking: &mut Taking,
    options: &Options,
    tally: &mut Tally,
) -> Result<Ended, CommandError> {
    let pages: Vec<Wanted> = pages
        .into_iter()
        .map(|(url, published)| {
            let known = known(taking, &url)?;
            Ok(Wanted { url, published, known })
        })
        .collect::<Result<_, CommandError>>()?;
    fetch_all(fetcher, pages, |fetched| take(fetched, taking, options, tally))?;
    Ok(if interrupt::came() { Ended::Interrupted } else { Ended::Whole })
}

/// What a server said of an address the last time.
pub(super) fn known(taking: &mut Taking, url: &str) -> Result<Known, CommandError> {
    let visit = taking.ledger().visit(url)?.unwrap_or_default();
    Ok(Known { etag: visit.etag, modified: visit.modified })
}

fn take(
    (wanted, answer, at): Fetched,
    taking: &mut Taking,
    options: &Options,
    tally: &mut Tally,
) -> Result<(), CommandError> {
    taking.at(at.clone());
    let known = match answer {
        Ok(Answer::Unchanged) => {
            taking.unchanged();
            wanted.known
        }
        Ok(Answer::Page(page)) => {
            let known = page.known.clone();
            let published = wanted.published.or(options.published);
            let held = take_page(page, taking, &Options { published, ..options.clone() }, tally)?;
            // Who asks again for what held no article is told so again, and not "unchanged".
            if held { known } else { Known::default() }
        }
        Err(Refusal::Ended { .. }) => return Ok(()),
        Err(refusal) => {
            tally.fail(&format!("{refusal} {}", refusal.hint()));
            if !refusal.is_final() {
                return Ok(());
            }
            Known::default()
        }
    };
    // What was visited is not sent again: first its evidence is safe.
    taking.keep()?;
    let visit = Visit { etag: known.etag, modified: known.modified, at };
    Ok(taking.ledger().visited(&wanted.url, &visit)?)
}

/// True where the page held an article.
fn take_page(
    page: Page,
    taking: &mut Taking,
    options: &Options,
    tally: &mut Tally,
) -> Result<bool, CommandError> {
    let content_type = page.content_type.as_deref();
    let read =
        engine::guarded(|| sayso_read::page(&page.url, content_type, &page.bytes, &options.read));
    match read {
        Ok(Ok(article)) => {
            let media = content_type.unwrap_or("text/html").to_owned();
            let raw = options.read.keep_raw.then_some(Raw { bytes: page.bytes, media });
            match input::finish(article, raw.as_ref(), options, &Made::of) {
                Outcome::Done(article, made) => {
                    tally.note(&article);
                    taking.take(article, made, Some(page.url))?;
                    return Ok(true);
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
    Ok(false)
}
