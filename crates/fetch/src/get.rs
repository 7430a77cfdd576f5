//! Asking for a page: whose turn it is, what the host allows, where it leads.

use std::{collections::BTreeSet, time::Duration};

use ureq::http::{HeaderValue, Uri};

use crate::{
    Answer, Clock, Known, Page, Refusal, Settings,
    address::{join, parsed},
    polite::{Hosts, Rules, backoff, locked, retry_after},
    reserve::{Reservations, reserved},
    robots::Robots,
    transport::{Response, Transport},
};

/// Redirects that are followed.
const REDIRECTS: usize = 10;
/// Requests for one address that is turned away (429, 503).
const TRIES: u32 = 3;
/// How long a host's rules hold, as RFC 9309 has it.
const RULES_HOLD: Duration = Duration::from_hours(24);
/// How long a host stays closed whose rules could not be had.
const CLOSED_HOLDS: Duration = Duration::from_mins(10);
/// Bytes of `robots.txt` that are read, as RFC 9309 has it.
const ROBOTS: usize = 500 * 1024;

/// A polite reader of the web. It may be asked from several threads: each host is asked by one at a
/// time.
#[derive(Debug)]
pub struct Fetcher<C> {
    settings: Settings,
    clock: C,
    transport: Transport,
    hosts: Hosts,
}

impl<C: Clock> Fetcher<C> {
    /// Opens no socket yet.
    pub fn new(settings: Settings, clock: C) -> Self {
        let transport = Transport::new(&settings);
        Self { settings, clock, transport, hosts: Hosts::default() }
    }

    /// The clock.
    pub fn clock(&self) -> &C {
        &self.clock
    }

    /// Asks for a page or a feed; waits until its host may be asked. `known` is what the last answer
    /// brought, so that what has not changed is not sent again.
    ///
    /// # Errors
    /// [`Refusal`], with the cure.
    pub fn get(&self, url: &str, known: &Known) -> Result<Answer, Refusal> {
        let mut seen = BTreeSet::new();
        let mut next = url.to_owned();
        for _ in 0..=REDIRECTS {
            let uri = parsed(&next)?;
            if !seen.insert(uri.to_string()) {
                break;
            }
            self.permit(&uri)?;
            let response = self.ask(&uri, Some(known))?;
            match response.status {
                200 => return page(&uri, response),
                304 if known != &Known::default() => return Ok(Answer::Unchanged),
                301 | 302 | 303 | 307 | 308 => next = led(&uri, &response)?,
                status => return Err(Refusal::Status { url: uri.to_string(), status }),
            }
        }
        Err(Refusal::Redirects { url: url.to_owned(), most: REDIRECTS })
    }

    /// Whether the host allows an address.
    fn permit(&self, uri: &Uri) -> Result<(), Refusal> {
        let host = self.hosts.of(&origin(uri));
        let mut known = locked(&host.rules);
        if known.as_ref().is_none_or(|(_, until)| *until <= self.clock.now()) {
            let rules = self.rules(uri)?;
            let hold = if rules.missing.is_some() { CLOSED_HOLDS } else { RULES_HOLD };
            locked(&host.turn).delay = rules.robots.delay.unwrap_or_default();
            *known = Some((rules, self.clock.now() + hold));
        }
        let url = || uri.to_string();
        let Some((rules, _)) = known.as_ref() else { return Ok(()) };
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        if let Some(reason) = &rules.missing {
            return Err(Refusal::NoRobots { url: url(), reason: reason.clone() });
        }
        if !rules.robots.allow(path) {
            return Err(Refusal::Robots { url: url() });
        }
        if rules.reservations.reserve(path) {
            return Err(Refusal::Reserved { url: url(), by: "/.well-known/tdmrep.json" });
        }
        Ok(())
    }

    /// Asks a host for its rules. What has no `robots.txt` allows everything; what cannot be asked
    /// allows nothing.
    fn rules(&self, uri: &Uri) -> Result<Rules, Refusal> {
        let closed = |reason: String| Rules {
            robots: Robots::closed(),
            reservations: Reservations::default(),
            missing: Some(reason),
        };
        let robots = match self.file(uri, "/robots.txt") {
            Ok(Some(bytes)) => {
                Robots::read(&String::from_utf8_lossy(&bytes[..bytes.len().min(ROBOTS)]))
            }
            Ok(None) => Robots::default(),
            Err(Refusal::Private { address, .. }) => {
                return Err(Refusal::Private { url: uri.to_string(), address });
            }
            Err(Refusal::Unreachable { reason, .. }) => {
                return Err(Refusal::Unreachable { url: uri.to_string(), reason });
            }
            Err(Refusal::Ended { .. }) => return Err(Refusal::Ended { url: uri.to_string() }),
            Err(Refusal::Status { status, .. }) => {
                return Ok(closed(format!("the server answered {status}")));
            }
            Err(Refusal::Wait { seconds, .. }) => {
                return Ok(closed(format!("the server asks to come back in {seconds} seconds")));
            }
            Err(Refusal::Slow { seconds, .. }) => {
                return Ok(closed(format!("it did not come within {seconds} seconds")));
            }
            Err(Refusal::Broken { reason, .. }) => return Ok(closed(reason)),
            Err(other) => return Ok(closed(other.to_string())),
        };
        let reservations = match self.file(uri, "/.well-known/tdmrep.json") {
            Ok(Some(bytes)) => Reservations::read(&bytes),
            Err(Refusal::Ended { .. }) => return Err(Refusal::Ended { url: uri.to_string() }),
            // Most hosts have none, and some answer anything to what they do not have.
            Ok(None) | Err(_) => Reservations::default(),
        };
        Ok(Rules { robots, reservations, missing: None })
    }

    /// A file of rules on the host of an address; nothing where the host says that it has none.
    fn file(&self, uri: &Uri, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let mut next = format!("{}{path}", origin(uri));
        for _ in 0..5 {
            let uri = parsed(&next)?;
            let response = self.ask(&uri, None)?;
            match response.status {
                200 => return Ok(Some(response.bytes)),
                301 | 302 | 303 | 307 | 308 => next = led(&uri, &response)?,
                400..=499 => return Ok(None),
                status => return Err(Refusal::Status { url: next, status }),
            }
        }
        // What leads nowhere is not there.
        Ok(None)
    }

    /// Asks once the host may be asked, and again where it turns the request away for now.
    fn ask(&self, uri: &Uri, known: Option<&Known>) -> Result<Response, Refusal> {
        let host = self.hosts.of(&origin(uri));
        let mut turn = locked(&host.turn);
        let mut tries = 0;
        loop {
            let wait = turn.ready.saturating_sub(self.clock.now());
            if wait > self.settings.patience.max(self.settings.delay) {
                return Err(Refusal::Wait { url: uri.to_string(), seconds: wait.as_secs() });
            }
            if !wait.is_zero() && !self.clock.sleep(wait) {
                return Err(Refusal::Ended { url: uri.to_string() });
            }
            let answer = self.transport.send(uri, known);
            let now = self.clock.now();
            turn.ready = now + turn.delay.max(self.settings.delay);
            let response = answer?;
            if !matches!(response.status, 429 | 503) {
                return Ok(response);
            }
            let asked = response.header("retry-after");
            let wait = asked.and_then(|value| retry_after(value, self.clock.date()));
            let wait = wait.unwrap_or_else(|| backoff(tries));
            turn.ready = turn.ready.max(now + wait);
            tries += 1;
            if tries == TRIES || wait > self.settings.patience {
                return Err(Refusal::Wait { url: uri.to_string(), seconds: wait.as_secs() });
            }
        }
    }
}

/// Scheme, host and port.
fn origin(uri: &Uri) -> String {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    format!("{}://{authority}", uri.scheme_str().unwrap_or("http"))
}

/// Where an answer leads.
fn led(uri: &Uri, response: &Response) -> Result<String, Refusal> {
    let broken = |reason: &str| Refusal::Broken { url: uri.to_string(), reason: reason.to_owned() };
    let to = response.headers.get("location").map(HeaderValue::as_bytes);
    let to = to.ok_or_else(|| broken("it redirects and does not say where to"))?;
    join(&uri.to_string(), &String::from_utf8_lossy(to))
        .ok_or_else(|| broken("it redirects to what is no page"))
}

/// The page of an answer, unless its publisher reserves it.
fn page(uri: &Uri, response: Response) -> Result<Answer, Refusal> {
    let robots = response.headers.get_all("x-robots-tag");
    let robots = robots.iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    if let Some(by) = reserved(response.header("tdm-reservation"), robots, &response.bytes) {
        return Err(Refusal::Reserved { url: uri.to_string(), by });
    }
    let header = |name| response.header(name).map(str::to_owned);
    Ok(Answer::Page(Page {
        url: uri.to_string(),
        content_type: header("content-type"),
        known: Known { etag: header("etag"), modified: header("last-modified") },
        bytes: response.bytes,
    }))
}
