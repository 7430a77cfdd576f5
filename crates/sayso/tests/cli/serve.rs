//! `sayso serve`: where, to whom, and what it needs.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

use crate::{examples, sayso};

fn filled() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    sayso(&["add", "-q", &examples()]).within(folder.path()).run().code(0);
    folder
}

/// A running server, ended with the value.
struct Served {
    child: Child,
    /// What it says first: the address.
    line: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(folder: &Path, arguments: &[&str], path: Option<&str>) -> Served {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args([&["serve", "--port", "0"], arguments].concat()).current_dir(folder);
    command.env_remove("SAYSO_TOKEN").env_remove("SAYSO_LEDGER").stderr(Stdio::piped());
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    Served { child, line: line.trim().to_owned() }
}

impl Served {
    /// What stands behind the address of the host.
    fn target(&self) -> &str {
        let (_, rest) = self.line.split_once("http://").expect(&self.line);
        rest.find('/').map_or("/", |at| &rest[at..])
    }

    fn port(&self) -> &str {
        let (_, rest) = self.line.split_once("http://").expect(&self.line);
        let host = rest.split('/').next().unwrap_or(rest);
        host.rsplit(':').next().expect("a port")
    }

    fn get(&self, target: &str) -> String {
        let host = format!("127.0.0.1:{}", self.port());
        let mut answer = String::new();
        let asked = TcpStream::connect(&host).and_then(|mut stream| {
            write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
            stream.read_to_string(&mut answer)
        });
        asked.unwrap_or_else(|error| panic!("{}: {error}", self.line));
        answer
    }
}

#[test]
fn it_answers_on_this_machine() {
    let folder = filled();
    let served = serve(folder.path(), &[], None);
    let answer = served.get("/");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("Danuta Sorel"), "the ledger's statements are on the first page");
    assert!(answer.contains("/review/"), "and can be reviewed");
    let reading = serve(folder.path(), &["--read-only"], None);
    assert!(!reading.get("/").contains("/review/"));
}

#[test]
fn a_ledger_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in
        [&["serve", "--port", "0"][..], &["serve", "--public"], &["serve", "--ledger", "x.db"]]
    {
        let ran = sayso(arguments).within(folder.path()).run();
        ran.code(5).says(&["there is no ledger here", "sayso add"]);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "and none was made");
}

#[test]
fn other_machines_need_a_token() {
    let folder = filled();
    let served = serve(folder.path(), &["--address", "0.0.0.0"], None);
    let door = served.target();
    assert!(door.starts_with("/?token=") && door.len() == "/?token=".len() + 32, "{}", served.line);
    assert!(served.get("/").starts_with("HTTP/1.1 401"));
    assert!(!served.get("/statements.json").contains("Sorel"));
    let opened = served.get(door);
    assert!(
        opened.starts_with("HTTP/1.1 303") && opened.contains("set-cookie: token="),
        "{opened}"
    );
    let again = serve(folder.path(), &["--address", "0.0.0.0"], None);
    assert_ne!(door, again.target(), "another each time");
    let short = ["serve", "--port", "0", "--token", "short"];
    sayso(&short).within(folder.path()).run().code(2).says(&["fewer than 16 characters"]);
    let wrong = ["serve", "--address", "everywhere"];
    sayso(&wrong).within(folder.path()).run().code(2);
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_where_there_is_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = filled();
    let browser = folder.path().join("xdg-open");
    fs::write(&browser, "#!/bin/sh\necho \"$1\" > opened\n").unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let others = std::env::var_os("PATH").unwrap();
    let path = format!("{}:{}", folder.path().display(), others.to_str().unwrap());
    let served = serve(folder.path(), &["--open"], Some(&path));
    let opened = folder.path().join("opened");
    // Twenty seconds, for a machine that has other things to do.
    let is_there = || fs::read_to_string(&opened).is_ok_and(|text| text.ends_with('\n'));
    let came = (0..1000).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        is_there()
    });
    assert!(came, "no browser was opened");
    let page = fs::read_to_string(&opened).unwrap();
    assert_eq!(page.trim(), format!("http://127.0.0.1:{}", served.port()));
}
