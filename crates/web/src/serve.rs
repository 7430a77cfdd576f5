//! Routes and the server.

use std::{future::Future, io, net::SocketAddr, path::PathBuf};

use axum::{
    Router,
    http::header,
    middleware,
    response::IntoResponse,
    routing::{MethodRouter, get, post},
};
use sayso_ledger::{Ledger, LedgerError, mend::Vocabulary};
use sayso_link::Classes;
use thiserror::Error;

use crate::{
    connections, guard, openapi,
    screens::{self, Trouble},
    state::Pages,
};

const STYLE: &str = include_str!("assets/style.css");
const ICON: &str = include_str!("assets/icon.svg");

/// All routes, guarded.
pub fn router(pages: Pages) -> Router {
    Router::new()
        .route("/", get(screens::ledger::page))
        .merge(with_twins("/statements", get(screens::ledger::page)))
        .route("/article/{id}", get(screens::reader::page))
        .route("/statement/{id}", get(screens::reader::statement))
        .merge(with_twins("/questions", get(screens::questions::page)))
        .route("/question/{id}", get(screens::question::page))
        .route("/compare/{id}", get(screens::compare::page))
        .merge(with_twins("/speakers", get(screens::speakers::page)))
        .route("/speaker/{id}", get(screens::speaker::page))
        .route("/outlet/{id}", get(screens::outlet::page))
        .merge(with_twins("/map", get(screens::map::page)))
        .merge(with_twins("/data", get(screens::data::page)))
        .route("/outcome/{id}", post(screens::outcome::decide))
        .merge(with_twins("/review", get(screens::review::first)))
        .route("/review/{id}", get(screens::review::one).post(screens::review::decide))
        .route("/token", get(screens::token::page).post(screens::token::enter))
        .route("/openapi.json", get(openapi::document))
        .route("/style.css", asset("text/css; charset=utf-8", STYLE))
        .route("/icon.svg", asset("image/svg+xml", ICON))
        .fallback(|| async { Trouble::NoPage })
        .method_not_allowed_fallback(|| async { Trouble::OnlyReading })
        .layer(middleware::from_fn_with_state(pages.clone(), guard::check))
        .with_state(pages)
}

/// A page without an id in its path, and its twins. Where an id ends the path, the ending is part of it.
fn with_twins(path: &str, page: MethodRouter<Pages>) -> Router<Pages> {
    Router::new()
        .route(path, page.clone())
        .route(&format!("{path}.json"), page.clone())
        .route(&format!("{path}.csv"), page)
}

fn asset(kind: &'static str, body: &'static str) -> MethodRouter<Pages> {
    get(move || async move {
        ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=300")], body)
            .into_response()
    })
}

/// Why the pages could not be served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The address is reachable from other machines, and no token keeps them out.
    #[error("{0}: other machines reach this address. Serve it with a token, or serve 127.0.0.1.")]
    NoToken(SocketAddr),
    /// The token can be guessed.
    #[error("The token has fewer than {MIN_TOKEN} characters. Take a longer one.")]
    ShortToken,
    /// The port is taken or may not be used.
    #[error(
        "{address}: cannot listen here: {source}. Choose another port with `--port`, or another address."
    )]
    Listen {
        /// What was asked for.
        address: SocketAddr,
        /// The system's words.
        source: io::Error,
    },
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The network failed while serving.
    #[error("the server stopped: {0}")]
    Stopped(io::Error),
}

/// Characters of a token: who tries a thousand a second finds none of these.
pub const MIN_TOKEN: usize = 16;

/// Whom the pages are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The ledger's owner, who reads and reviews everything.
    Owner,
    /// Whoever reads everything and reviews nothing.
    Reader,
    /// Others: no whole texts, quotations of some length, no reviewing. The ledger should be one that
    /// [`Ledger::publish`] made.
    Public,
}

/// What is served, where and to whom.
#[derive(Debug)]
pub struct Serving {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// Where; port 0 takes any free one.
    pub address: SocketAddr,
    /// To whom.
    pub audience: Audience,
    /// What every visitor has to know; needed where other machines reach the address.
    pub token: Option<String>,
    /// By what linking follows a reviewer's verdict.
    pub classes: Classes,
    /// What a reviewer's corrections choose from.
    pub vocabulary: Vocabulary,
}

/// Serves the pages until `stop` completes; `ready` is told the address in use.
///
/// # Errors
/// An address that other machines reach without a token, a port that is taken, a ledger that is not there
/// or cannot be used.
pub async fn serve(
    serving: Serving,
    ready: impl FnOnce(SocketAddr) + Send,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let Serving { ledger, address, audience, token, classes, vocabulary } = serving;
    match &token {
        None if !address.ip().is_loopback() => return Err(ServeError::NoToken(address)),
        Some(token) if token.chars().count() < MIN_TOKEN => return Err(ServeError::ShortToken),
        _ => {}
    }
    // A ledger that cannot be used is told now, and not to the first visitor.
    let path = ledger.clone();
    tokio::task::spawn_blocking(move || Ledger::open_existing(&path).map(drop))
        .await
        .map_err(|error| ServeError::Stopped(io::Error::other(error)))??;
    let listen = |source| ServeError::Listen { address, source };
    let listener = tokio::net::TcpListener::bind(address).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    ready(address);
    let pages = Pages::new(ledger, address.port());
    let pages = match audience {
        Audience::Owner => pages.reviewing(classes, vocabulary),
        Audience::Reader => pages,
        Audience::Public => pages.public(),
    };
    let pages = match &token {
        Some(token) => pages.with_token(token),
        None => pages,
    };
    connections::serve(listener, router(pages), stop).await;
    Ok(())
}
