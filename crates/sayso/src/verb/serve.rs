//! `sayso serve`: the ledger in a browser, on this machine only.

use std::net::{Ipv4Addr, SocketAddr};

use sayso_web::ServeError;

use crate::{
    cli::Serve,
    engine,
    error::{CommandError, ErrorKind},
    screen::Screen,
};

/// Serves until Ctrl-C.
pub(crate) fn run(flags: &Serve, screen: Screen) -> Result<(), CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| stopped(&error))?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, flags.port));
    let ready = move |address: SocketAddr| {
        // The one line that matters here, and a program that starts the pages waits for it.
        screen.complain(&format!("Pages of {}: http://{address}", flags.store.ledger.display()));
        screen.say("Ctrl-C ends it.");
    };
    let stop = async {
        // Without a signal to wait for, the pages run until the process is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    match runtime.block_on(sayso_web::serve(
        &flags.store.ledger,
        address,
        engine::classes(),
        ready,
        stop,
    )) {
        Ok(()) => Err(CommandError::new(ErrorKind::Interrupted, "")),
        Err(ServeError::Ledger(error)) => Err(error.into()),
        Err(error @ (ServeError::NotLocal(_) | ServeError::Listen { .. })) => {
            Err(CommandError::new(ErrorKind::Usage, error.to_string()))
        }
        Err(error) => Err(stopped(&error)),
    }
}

fn stopped(error: &dyn std::fmt::Display) -> CommandError {
    CommandError::new(ErrorKind::SomeFailed, format!("The pages could not be served: {error}."))
}
