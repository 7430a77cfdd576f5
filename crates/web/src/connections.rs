//! Connections, each with an end: who sends half a request holds a place for seconds, and not for good.
//!
//! `axum::serve` sets no limits, so the loop that accepts is here, over the same `hyper`.

use std::{future::Future, io, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time,
};

/// Connections at a time: below the 1,024 files that a process mostly may have open, with room for the
/// ledger's own.
const CONNECTIONS: usize = 800;
/// Until the head of a request is there, its first one or the next.
const HEAD: Duration = Duration::from_secs(10);
/// A request with its body, and the answer to it.
const ANSWER: Duration = Duration::from_secs(30);
/// A connection in all: a browser opens another without a word.
const WHOLE: Duration = Duration::from_mins(2);
/// After accepting failed (too many open files), before trying again.
const PAUSE: Duration = Duration::from_millis(50);
/// For what is under way when the server is told to stop.
const LAST: Duration = Duration::from_secs(5);

/// Accepts connections until `stop` completes, then lets those under way end.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let router = router.layer(middleware::from_fn(in_time));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (stopped, stopping) = watch::channel(());
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                if !is_of_the_caller(&error) {
                    time::sleep(PAUSE).await;
                }
                continue;
            }
        };
        let (router, stopping) = (router.clone(), stopping.clone());
        tokio::spawn(async move {
            // What goes wrong on one connection is its caller's affair.
            let _ = time::timeout(WHOLE, answer(stream, router, stopping)).await;
            drop(place);
        });
    }
    let _ = stopped.send(());
    drop(stopping);
    // Dropped by the last connection that ends.
    let _ = time::timeout(LAST, stopped.closed()).await;
}

/// Gives up on a request whose body does not come.
async fn in_time(request: Request, next: Next) -> Response {
    let answer = time::timeout(ANSWER, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

async fn answer(stream: TcpStream, router: Router, mut stopping: watch::Receiver<()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let service = TowerToHyperService::new(router);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = &mut connection => return,
        _ = stopping.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

fn is_of_the_caller(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}
