//! Why an address gave nothing.

use thiserror::Error;

/// Why an address gave nothing. Each names the address; [`Refusal::hint`] names the cure.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is no address of a page.
    #[error("{url}: this is no address that can be asked for: {reason}.")]
    Address {
        /// As it was given.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// Its host is on this machine or in a local network.
    #[error(
        "{url}: the host's address is {address}, on this machine or in a local network, and was not asked."
    )]
    Private {
        /// The address asked for.
        url: String,
        /// The machine's address.
        address: String,
    },
    /// The host cannot be reached.
    #[error("{url}: the host cannot be reached: {reason}.")]
    Unreachable {
        /// The address asked for.
        url: String,
        /// What the system said.
        reason: String,
    },
    /// `robots.txt` does not want it read.
    #[error("{url}: the host's robots.txt asks that this is not read.")]
    Robots {
        /// The address asked for.
        url: String,
    },
    /// `robots.txt` could not be had, so that nothing is known to be allowed.
    #[error("{url}: the host's robots.txt cannot be had ({reason}), so that nothing was read.")]
    NoRobots {
        /// The address asked for.
        url: String,
        /// Why not.
        reason: String,
    },
    /// The publisher reserves text and data mining.
    #[error("{url}: its publisher reserves text and data mining ({by}).")]
    Reserved {
        /// The address asked for.
        url: String,
        /// Where that is said.
        by: &'static str,
    },
    /// It leads from one address to the next without end.
    #[error("{url}: it redirects in a circle or more than {most} times.")]
    Redirects {
        /// The address asked for.
        url: String,
        /// Redirects that are followed.
        most: usize,
    },
    /// The server says that it has no page.
    #[error("{url}: the server answered {status}.")]
    Status {
        /// The address asked for.
        url: String,
        /// The status code.
        status: u16,
    },
    /// The server asks to wait for longer than the run does.
    #[error("{url}: the server asks to come back in {seconds} seconds.")]
    Wait {
        /// The address asked for.
        url: String,
        /// How long.
        seconds: u64,
    },
    /// The answer is longer than the limit.
    #[error("{url}: the answer is longer than {limit} bytes.")]
    TooLong {
        /// The address asked for.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The answer unpacks to more than the limit.
    #[error("{url}: the answer unpacks to more than {limit} bytes.")]
    Expands {
        /// The address asked for.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The answer did not come in time.
    #[error("{url}: the answer did not come within {seconds} seconds.")]
    Slow {
        /// The address asked for.
        url: String,
        /// The time that was given, rounded up.
        seconds: u64,
    },
    /// The answer is no sound HTTP.
    #[error("{url}: the answer is broken: {reason}.")]
    Broken {
        /// The address asked for.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// The user ended the run.
    #[error("{url}: the run was ended before this was read.")]
    Ended {
        /// The address asked for.
        url: String,
    },
}

impl Refusal {
    /// What to do about it: one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address { .. } => "Copy the address from the browser.",
            Self::Private { .. } => "Pass `--allow-private` if this host may be read.",
            Self::Unreachable { .. } => "Check the address and the connection, and try again.",
            Self::Robots { .. } | Self::Reserved { .. } => {
                "Ask the publisher, or save the page from the browser and add the file."
            }
            Self::NoRobots { .. } | Self::Wait { .. } => "Try again later.",
            Self::Redirects { .. } | Self::Status { .. } => "Check the address in a browser.",
            Self::TooLong { .. } | Self::Expands { .. } => {
                "Name the address of an article or a feed."
            }
            Self::Slow { .. } => "Try again later, or pass a longer `--timeout`.",
            Self::Broken { .. } => "Try again; the page may also be saved and added as a file.",
            Self::Ended { .. } => "Run it again for the rest.",
        }
    }

    /// True where asking again soon would give the same: the page is gone, or is not to be read.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Robots { .. } | Self::Reserved { .. } | Self::Redirects { .. } => true,
            Self::Status { status, .. } => (400..500).contains(status) && *status != 429,
            _ => false,
        }
    }
}
