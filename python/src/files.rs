//! Files and folders, read by threads of their own while Python works on what came before.

use std::{
    path::PathBuf,
    sync::{
        Mutex,
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::Duration,
};

use pyo3::{exceptions::PyRuntimeError, prelude::*};
use sayso_command::reading::{self, Reading};

use crate::{day, document::Read};

/// Articles that wait for Python at most.
const WAITING: usize = 64;
/// So long Python waits before it looks whether somebody pressed Ctrl-C.
const PATIENCE: Duration = Duration::from_millis(100);

/// The articles of some files, in their order.
#[pyclass(frozen, module = "sayso._sayso")]
pub(crate) struct Files(Mutex<Receiver<Result<Reading, String>>>);

#[pymethods]
impl Files {
    #[new]
    #[pyo3(signature = (paths, published, jobs))]
    fn new(paths: Vec<PathBuf>, published: Option<&str>, jobs: Option<u16>) -> PyResult<Self> {
        let published = day(published)?;
        let (to, from) = sync_channel(WAITING);
        thread::spawn(move || {
            // It ends early when the caller has dropped it.
            let done = reading::files(&paths, published, jobs, |read| to.send(read).is_ok());
            if let Err(words) = done {
                let _ = to.send(Err(words));
            }
        });
        Ok(Self(Mutex::new(from)))
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Read>> {
        loop {
            let next = py.detach(|| match self.0.lock() {
                Ok(from) => from.recv_timeout(PATIENCE),
                Err(_) => Err(RecvTimeoutError::Disconnected),
            });
            match next {
                Ok(read) => return Ok(Some(read.into())),
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
                Err(RecvTimeoutError::Disconnected) if self.0.is_poisoned() => {
                    return Err(PyRuntimeError::new_err("Reading broke down."));
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
        }
    }
}
