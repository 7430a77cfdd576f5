//! `sayso serve`: the ledger in a browser, on this machine only.

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use sayso_ledger::Ledger;
use sayso_web::{Audience, ServeError, Serving};

use super::add::now;
use crate::{
    cli::Serve,
    engine,
    error::{CommandError, ErrorKind},
    screen::{Screen, count},
};

/// Serves until Ctrl-C.
pub(crate) fn run(flags: &Serve, screen: Screen) -> Result<(), CommandError> {
    let (ledger, audience) = match (flags.public, flags.read_only) {
        (true, _) => (published(&flags.store.ledger, screen)?, Audience::Public),
        (false, true) => (flags.store.ledger.clone(), Audience::Reader),
        (false, false) => (flags.store.ledger.clone(), Audience::Owner),
    };
    let token = match &flags.token {
        None if !flags.address.is_loopback() => Some(made()?),
        token => token.clone(),
    };
    let serving = Serving {
        ledger,
        address: SocketAddr::from((flags.address, flags.port)),
        audience,
        token: token.clone(),
        classes: engine::classes(),
        vocabulary: engine::vocabulary(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| stopped(&error))?;
    let (named, opens) = (flags.store.ledger.display(), flags.open);
    let ready = move |address: SocketAddr| {
        let door = token.map(|token| format!("/?token={token}")).unwrap_or_default();
        let page = format!("http://{address}{door}");
        // The one line that matters here, and a program that starts the pages waits for it.
        screen.complain(&format!("Pages of {named}: {page}"));
        if !address.ip().is_loopback() {
            screen.say("Other machines can reach them, and nothing is encrypted on the way.");
        }
        screen.say("Ctrl-C ends it.");
        if opens && let Err(error) = open(&page) {
            screen.complain(&format!(
                "No browser could be started: {error}. Open the address in one."
            ));
        }
    };
    let stop = async {
        // Without a signal to wait for, the pages run until the process is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    match runtime.block_on(sayso_web::serve(serving, ready, stop)) {
        Ok(()) => Err(CommandError::new(ErrorKind::Interrupted, "")),
        Err(ServeError::Ledger(error)) => Err(error.into()),
        Err(
            error @ (ServeError::NoToken(_) | ServeError::ShortToken | ServeError::Listen { .. }),
        ) => Err(CommandError::new(ErrorKind::Usage, error.to_string())),
        Err(error) => Err(stopped(&error)),
    }
}

/// A token that nobody guesses: 128 bits of the system's chance.
fn made() -> Result<String, CommandError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        CommandError::new(ErrorKind::SomeFailed, format!("No token could be made: {error}."))
            .hint("Pass one with `--token`.")
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat())
}

/// Shows an address in the browser that the system prefers.
fn open(page: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().map(drop)
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
