//! Ctrl-C. The first ends the run when what is in hand is done; the second ends it at once.

use std::{
    process,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

static CAME: AtomicBool = AtomicBool::new(false);

/// Exit code of a run that was interrupted.
const INTERRUPTED: i32 = 130;

/// Listens from now on. Where that is not possible, Ctrl-C ends the program as it always does.
pub(crate) fn listen() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else {
        return;
    };
    // Registered before this returns: a signal that comes right after is not lost.
    let entered = runtime.enter();
    let Ok(mut signal) = Signal::new() else { return };
    drop(entered);
    thread::spawn(move || {
        runtime.block_on(async {
            while signal.next().await {
                if CAME.swap(true, Ordering::Relaxed) {
                    process::exit(INTERRUPTED);
                }
            }
        });
    });
}

/// True once the user wants the run to end.
pub(crate) fn came() -> bool {
    CAME.load(Ordering::Relaxed)
}

#[cfg(unix)]
struct Signal(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signal {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::interrupt()).map(Self)
    }

    async fn next(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}

#[cfg(windows)]
struct Signal(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signal {
    fn new() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}
