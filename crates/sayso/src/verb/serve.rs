//! `sayso serve`: the ledger in a browser, on this machine only.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use sayso_ledger::Ledger;
use sayso_web::{Audience, ServeError};

use super::add::now;
use crate::{
    cli::Serve,
    engine,
    error::{CommandError, ErrorKind},
    screen::{Screen, count},
};

/// Serves until Ctrl-C.
pub(crate) fn run(flags: &Serve, screen: Screen) -> Result<(), CommandError> {
    let (ledger, audience) = if flags.public {
        (published(&flags.store.ledger, screen)?, Audience::Public)
    } else {
        (flags.store.ledger.clone(), Audience::Owner)
    };
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
        &ledger,
        address,
        engine::classes(),
        audience,
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

/// Makes the ledger for others, beside the ledger itself.
fn published(ledger: &Path, screen: Screen) -> Result<PathBuf, CommandError> {
    let beside = |ending: &str| {
        let mut name = ledger.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (public, fresh) = (beside(".public"), beside(".public.new"));
    // What an earlier start left half made.
    let _ = fs::remove_file(&fresh);
    let statements = Ledger::open_existing(ledger)?.publish(&fresh, &engine::classes(), &now())?;
    fs::rename(&fresh, &public).map_err(|error| {
        CommandError::new(ErrorKind::Ledger, format!("{}: {error}.", public.display()))
            .hint("Make the folder of the ledger writable.")
    })?;
    screen.say(&format!("{}: {} reviewed.", public.display(), count(statements, "statement")));
    Ok(public)
}

fn stopped(error: &dyn std::fmt::Display) -> CommandError {
    CommandError::new(ErrorKind::SomeFailed, format!("The pages could not be served: {error}."))
}
