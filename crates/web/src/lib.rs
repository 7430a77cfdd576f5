//! The pages: what the ledger holds, shown on 127.0.0.1.
//!
//! [`router`] is the entry for tests and for those who embed the pages, [`serve`] the one for the
//! command. Pages are made on the server and need no script; the style sheet and the icon are the
//! only other files. The pages extract nothing, and change nothing but by a reviewer's verdict: every route
//! is a GET except the forms for verdicts and for a token, which only our own page may send.
//!
//! **Why server-rendered HTML and not an application in the browser.** The URL is the query, a
//! page can be printed, read aloud and archived, and the content security policy can forbid every
//! script there is. What a script could add (keys, a moving brush) would come on top of pages that
//! work without it.
//!
//! **Why a connection for each request.** An open [`sayso_ledger::Ledger`] belongs to one thread.
//! Opening one is cheap beside making a page, no lock is held while a response is written, and
//! readers never wait for each other.

mod address;
mod connections;
mod excerpt;
mod frame;
mod guard;
mod openapi;
mod screens;
mod serve;
mod state;
mod twin;
mod wording;

pub use excerpt::{QUOTATION, shorten};
pub use serve::{Audience, MIN_TOKEN, ServeError, Serving, router, serve};
pub use state::Pages;
