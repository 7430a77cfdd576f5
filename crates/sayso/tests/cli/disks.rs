//! A disk that is full, and one that cannot be written: real ones, in memory, in a name space of
//! their own where the system lets anybody mount them.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use serde_json::json;

use crate::sayso;

/// Runs a script where `disk` is an empty file system of so many kilobytes. Nothing where the system
/// refuses to mount one, which is said on stderr.
fn on_a_disk(folder: &Path, kilobytes: u32, script: &str) -> Option<String> {
    fs::create_dir(folder.join("disk")).unwrap();
    let mount = format!("mount -t tmpfs -o size={kilobytes}k none disk");
    let run = |script: &str| {
        Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
            .current_dir(folder)
            .env("sayso", env!("CARGO_BIN_EXE_sayso"))
            .env_remove("SAYSO_LEDGER")
            .output()
    };
    if !run(&mount).is_ok_and(|probe| probe.status.success()) {
        eprintln!("SKIPPED: no file system can be mounted here; a full disk was not tried");
        return None;
    }
    let ran = run(&format!("{mount} && exec 2>&1\n{script}")).unwrap();
    Some(String::from_utf8(ran.stdout).unwrap())
}

fn articles(folder: &Path) {
    let mut lines = String::new();
    for number in 0..150 {
        let text = format!(
            "Ostrel will likely capture Tarnovyk by the end of May, Danuta Sorel said on day \
             {number}. Jan Brask said that Varnia will hold Tarnovyk {number} days more."
        );
        let published = format!("2031-05-{:02}", number % 28 + 1);
        let line = json!({"id": format!("a{number}"), "text": text, "published": published});
        writeln!(lines, "{line}").unwrap();
    }
    fs::write(folder.join("in.jsonl"), lines).unwrap();
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    articles(folder.path());
    let script = "
        $sayso add in.jsonl --ledger disk/a.db; echo \"add ended with $?\"
        $sayso doctor --ledger disk/a.db > doctor.txt
        $sayso find -q --limit 9999 -o jsonl --ledger disk/a.db > some.jsonl
        mount -o remount,size=64m disk
        $sayso add in.jsonl --ledger disk/a.db; echo \"add with room ended with $?\"
        $sayso doctor --ledger disk/a.db; echo \"doctor with room ended with $?\"
        $sayso find -q --limit 9999 -o jsonl --ledger disk/a.db > all.jsonl";
    let Some(said) = on_a_disk(folder.path(), 1200, script) else { return };
    for words in [
        "disk/a.db: the disk is full. Nothing of the last article was kept. Make room",
        "add ended with 5",
        "add with room ended with 0",
        "doctor with room ended with 0",
    ] {
        assert!(said.contains(words), "“{words}” is not in: {said}");
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    // What did not fit may have left evidence, which adding again takes up, and nothing else.
    for line in read("doctor.txt").lines() {
        let fine = ["are what was kept", "Add its source again", "Adding its source again"];
        assert!(fine.iter().any(|words| line.contains(words)), "{line}");
    }
    let (some, all) = (read("some.jsonl"), read("all.jsonl"));
    let (fewer, most) = (some.lines().count(), all.lines().count());
    assert!(0 < fewer && fewer < most, "{fewer} of {most}");
    assert!(some.lines().all(|line| all.lines().any(|other| other == line)));
    let add = ["add", "in.jsonl", "--ledger", "room.db"];
    sayso(&add).within(folder.path()).run().code(0);
    let find = ["find", "--limit", "9999", "-o", "jsonl", "--ledger", "room.db"];
    assert_eq!(sayso(&find).within(folder.path()).run().code(0).text(), all);
}

#[test]
fn a_disk_that_cannot_be_written_is_read_and_named() {
    let folder = tempfile::tempdir().unwrap();
    articles(folder.path());
    let script = "
        head -20 in.jsonl > few.jsonl
        $sayso add -q few.jsonl --ledger disk/a.db
        $sayso find -q --limit 9999 -o jsonl --ledger disk/a.db > before.jsonl
        mount -o remount,ro disk
        $sayso find -q --limit 9999 -o jsonl --ledger disk/a.db > during.jsonl; echo \"find ended with $?\"
        $sayso doctor --ledger disk/a.db; echo \"doctor ended with $?\"
        $sayso add in.jsonl --ledger disk/a.db; echo \"add ended with $?\"
        $sayso add in.jsonl --ledger disk/b.db; echo \"new ended with $?\"
        $sayso speakers merge 'Jan Brask' 'Danuta Sorel' --reviewer Ines --ledger disk/a.db
        echo \"merge ended with $?\"
        mount -o remount,rw disk
        $sayso find -q --limit 9999 -o jsonl --ledger disk/a.db > after.jsonl";
    let Some(said) = on_a_disk(folder.path(), 64 << 10, script) else { return };
    for words in [
        "find ended with 0",
        "doctor ended with 0",
        "disk/a.db: this ledger cannot be written.",
        "add ended with 5",
        "disk/b.db: this file cannot be opened.",
        "new ended with 5",
        "merge ended with 5",
    ] {
        assert!(said.contains(words), "“{words}” is not in: {said}");
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let before = read("before.jsonl");
    assert!(before.lines().count() > 20, "{before}");
    assert_eq!(read("during.jsonl"), before);
    assert_eq!(read("after.jsonl"), before);
}
