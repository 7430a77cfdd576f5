//! One request and its answer. No redirect is followed and nothing is decided here.

use std::{io, io::Read, net::IpAddr, sync::Arc, time::Duration};

use flate2::bufread::{MultiGzDecoder, ZlibDecoder};
use ureq::{
    Agent, Error,
    config::Config,
    http::{HeaderMap, Uri, header},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::{Known, Refusal, Settings, is_public};

/// What is asked for.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
     application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// Unpacked; empty unless the status is 200.
    pub(crate) bytes: Vec<u8>,
}

impl Response {
    /// A header's value, where it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The sockets of a run.
#[derive(Debug)]
pub(crate) struct Transport {
    agent: Agent,
    limit: u64,
    timeout: Duration,
}

impl Transport {
    pub(crate) fn new(settings: &Settings) -> Self {
        let config = Agent::config_builder()
            .user_agent(settings.agent.clone())
            .accept(ACCEPT)
            .accept_encoding("gzip")
            // A proxy would look the name up itself, where nothing is checked.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(settings.timeout))
            .build();
        let allowed = settings.allow_private.iter().map(|host| host.to_ascii_lowercase()).collect();
        let resolver = Guarded { resolver: DefaultResolver::default(), allowed };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            limit: settings.limit,
            timeout: settings.timeout,
        }
    }

    /// Asks once.
    pub(crate) fn send(&self, uri: &Uri, known: Option<&Known>) -> Result<Response, Refusal> {
        let mut request = self.agent.get(uri);
        if let Some(known) = known {
            let fields = [
                (header::IF_NONE_MATCH, &known.etag),
                (header::IF_MODIFIED_SINCE, &known.modified),
            ];
            for (name, value) in fields {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
        }
        let answer = request.call().map_err(|error| self.refusal(uri, &error))?;
        let (parts, body) = answer.into_parts();
        let mut response =
            Response { status: parts.status.as_u16(), headers: parts.headers, bytes: Vec::new() };
        if response.status == 200 {
            let url = || uri.to_string();
            let mut packed = Vec::new();
            let mut body = body.into_reader().take(self.limit.saturating_add(1));
            body.read_to_end(&mut packed).map_err(|error| self.broken(uri, &error))?;
            if packed.len() as u64 > self.limit {
                return Err(Refusal::TooLong { url: url(), limit: self.limit });
            }
            let coding = response.header("content-encoding").unwrap_or_default();
            response.bytes = unpacked(coding, packed, self.limit).map_err(|error| match error {
                None => Refusal::Expands { url: url(), limit: self.limit },
                Some(reason) => Refusal::Broken { url: url(), reason },
            })?;
        }
        Ok(response)
    }

    fn broken(&self, uri: &Uri, error: &io::Error) -> Refusal {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
        match inner {
            Some(inner) => self.refusal(uri, inner),
            None if error.kind() == io::ErrorKind::TimedOut => self.slow(uri),
            None => Refusal::Broken {
                url: uri.to_string(),
                reason: format!("the connection ended before the answer did ({error})"),
            },
        }
    }

    fn slow(&self, uri: &Uri) -> Refusal {
        let seconds = self.timeout.as_millis().div_ceil(1000) as u64;
        Refusal::Slow { url: uri.to_string(), seconds }
    }

    fn refusal(&self, uri: &Uri, error: &Error) -> Refusal {
        let url = uri.to_string();
        match error {
            Error::Timeout(_) => self.slow(uri),
            Error::HostNotFound => Refusal::Unreachable { url, reason: "no such host".to_owned() },
            Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => self.slow(uri),
            Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Refusal::Broken {
                url,
                reason: "the connection ended before the answer did".to_owned(),
            },
            Error::Io(error) => Refusal::Unreachable { url, reason: error.to_string() },
            Error::ConnectionFailed => {
                Refusal::Unreachable { url, reason: "no connection was made".to_owned() }
            }
            Error::Other(other) => match other.downcast_ref::<Local>() {
                Some(Local(address)) => Refusal::Private { url, address: address.to_string() },
                None => Refusal::Broken { url, reason: other.to_string() },
            },
            error => Refusal::Broken { url, reason: error.to_string() },
        }
    }
}

/// What bytes unpack to; `Err(None)` where that is more than the limit.
fn unpacked(coding: &str, bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, Option<String>> {
    let mut out = Vec::new();
    let most = limit.saturating_add(1);
    let read = match coding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => return Ok(bytes),
        // Some servers name what they have not done.
        "gzip" | "x-gzip" if !bytes.starts_with(&[0x1f, 0x8b]) => return Ok(bytes),
        "gzip" | "x-gzip" => MultiGzDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut out),
        "deflate" => ZlibDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut out),
        other => return Err(Some(format!("it is packed with {other}, which was not asked for"))),
    };
    if out.len() as u64 > limit {
        return Err(None);
    }
    read.map_err(|error| Some(format!("it cannot be unpacked ({error})")))?;
    Ok(out)
}

/// Looks names up and lets through what may be connected to. The connection is made to what comes
/// out of here and to nothing else.
#[derive(Debug)]
struct Guarded {
    resolver: DefaultResolver,
    allowed: Vec<String>,
}

/// The address of a machine that is not asked.
#[derive(Debug)]
struct Local(IpAddr);

impl std::fmt::Display for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is no public address", self.0)
    }
}

impl std::error::Error for Local {}

impl Guarded {
    /// True where the user allows a host whatever its address.
    fn allows(&self, uri: &Uri) -> bool {
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let host = uri.host().unwrap_or_default();
        self.allowed.iter().any(|allowed| allowed == "*" || allowed == host || allowed == authority)
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        if self.allows(uri) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        match found.iter().next() {
            Some(first) if public.is_empty() => Err(Error::Other(Box::new(Local(first.ip())))),
            _ => Ok(public),
        }
    }
}

/// Sent between threads by those who fetch in the background.
const _: fn() = || {
    fn sent<T: Send>() {}
    sent::<Arc<Transport>>();
};
