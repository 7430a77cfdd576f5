use std::path::PathBuf;

use clap::Args;

use super::{ledger::Store, read::InputFormat};

/// The heading of flags for the network.
const NETWORK: &str = "Network";

/// How servers are asked.
#[derive(Debug, Clone, Args)]
pub(crate) struct Network {
    /// Whom a server's owner may write to: a mail address or a page; it is sent with the name sayso
    #[arg(long, value_name = "WORDS", env = "SAYSO_CONTACT", help_heading = NETWORK, value_parser = contact)]
    pub(crate) contact: Option<String>,
    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 2, help_heading = NETWORK)]
    pub(crate) delay: u16,
    /// Seconds that one answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, help_heading = NETWORK, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) timeout: u16,
    /// Hosts on this machine or in a local network that may be read (news.lan, 127.0.0.1:8080);
    /// without a host, all
    #[arg(long, value_name = "HOST", num_args = 0..=1, require_equals = true, default_missing_value = "*", help_heading = NETWORK)]
    pub(crate) allow_private: Vec<String>,
}

/// Flags of `sayso watch`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso watch https://example.org/feed.xml
  sayso watch --once --contact me@example.org https://example.org/news-sitemap.xml
  sayso watch --every 60 --ledger war.db https://a.example/rss https://b.example/atom

Feeds are RSS, Atom, JSON Feed; sitemaps are read like them. Of a page that names feeds \
(<link rel=\"alternate\">) the first is watched and the others are told. What a feed lists and the \
ledger has not met is fetched and added like a page named to `sayso add`; what a feed calls changed is \
fetched again and kept as a version. Up to eight hosts at a time, one request a host at a time, \
robots.txt and reservations of text and data mining (tdm-reservation, noai) obeyed, nothing asked for \
twice that has not changed. Addresses of this machine and of local networks are refused. Ctrl-C ends it.")]
pub(crate) struct Watch {
    /// Feeds, sitemaps, or pages that name a feed
    #[arg(value_name = "FEED", required = true)]
    pub(crate) feeds: Vec<String>,
    /// Look once and end
    #[arg(long)]
    pub(crate) once: bool,
    /// Minutes from one look to the next
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) every: u16,
    /// At most so many pages a look; the rest follow with the next
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) limit: usize,
    /// Do not keep the bytes that articles were read from
    #[arg(long)]
    pub(crate) no_evidence: bool,
    /// How servers are asked.
    #[command(flatten)]
    pub(crate) network: Network,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

impl Watch {
    /// Pages are recognised by what servers call them.
    pub(crate) const FORMAT: InputFormat = InputFormat::Auto;

    /// The ledger's file.
    pub(crate) fn ledger(&self) -> &PathBuf {
        &self.store.ledger
    }
}

/// Words that may stand in a header.
fn contact(words: &str) -> Result<String, String> {
    let fit =
        words.chars().all(|c| c.is_ascii_graphic() || c == ' ') && !words.contains(['(', ')']);
    if fit { Ok(words.to_owned()) } else { Err("it is plain letters without brackets".into()) }
}
