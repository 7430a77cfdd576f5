//! Pages and feeds from the network, politely.
//!
//! [`Fetcher::get`] is the entry: an address in, an [`Answer`] or a [`Refusal`] out. It knows
//! sockets and nothing of articles; what it brings goes to `sayso-read` like any other bytes.
//!
//! **What politeness is here.** One request a host at a time, with a delay after each, longer where
//! the host asks for it (`Crawl-delay`, `Retry-After`, 429, 503). `robots.txt` is asked for first and
//! obeyed (RFC 9309). Who reserves text and data mining, in the header or page (`tdm-reservation`,
//! `noai`) or in `/.well-known/tdmrep.json`, is left alone. The agent says its name. What has not
//! changed is not sent again (`ETag`, `Last-Modified`).
//!
//! **Why some addresses are refused.** A feed is written by a stranger, and what it links to is
//! fetched from inside the reader's network. So no connection is made to loopback, private,
//! link-local, shared or multicast addresses unless the user allows it. The check is made where the
//! name becomes an address, and the connection goes to the address that was checked; each redirect
//! is a new request and is checked anew.
//!
//! **What is capped.** Redirects, the time and bytes of an answer, the bytes that it unpacks to.
//!
//! **Why threads and how many requests.** The delay between two requests to a host is a hundred
//! times longer than the work on what came, so that a reader of many hosts asks several of them side
//! by side. [`Fetcher::get`] may be called from any thread; whoever calls it for a host that is being
//! asked waits for its turn, so that a host sees one request at a time whatever redirects lead to it.

mod address;
mod clock;
#[cfg(test)]
mod differential;
mod get;
mod page;
mod polite;
pub mod probe;
mod refusal;
mod reserve;
mod robots;
mod transport;

use std::time::Duration;

pub use address::{is_public, join};
pub use clock::Clock;
pub use get::Fetcher;
pub use page::{Answer, Known, Page};
pub use refusal::Refusal;

/// How a run asks.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The name that servers see. It begins with `sayso/`, the name that `robots.txt` may use.
    pub agent: String,
    /// Between two requests to one host, at least.
    pub delay: Duration,
    /// For one request, from the look-up of its name to the last byte.
    pub timeout: Duration,
    /// The longest wait that a server may ask for; beyond it the address fails.
    pub patience: Duration,
    /// Hosts that may be on this machine or in a local network: `news.lan`, `127.0.0.1:8080`; `*` for
    /// all.
    pub allow_private: Vec<String>,
    /// Most bytes of an answer, packed and unpacked.
    pub limit: u64,
}

impl Default for Settings {
    /// Two seconds between requests, half a minute for each, two minutes of patience, 32 MB.
    fn default() -> Self {
        Self {
            agent: format!("sayso/{}", env!("CARGO_PKG_VERSION")),
            delay: Duration::from_secs(2),
            timeout: Duration::from_secs(30),
            patience: Duration::from_mins(2),
            allow_private: Vec::new(),
            limit: 32_000_000,
        }
    }
}
