#!/usr/bin/env python3
"""Cuts the power while `sayso add` runs, and looks for what was promised and is gone.

    python3 tests/power/cut.py SAYSO [--pages 40] [--cuts 50] [--kills 20] [--verdicts 20] [--seed 1]

One run is traced: every write, name and forcing, in order (`trace.c`, loaded before libc; a C compiler
is needed, which the build of SQLite needs too). Of any beginning of that list this program makes what a
disk could hold if the power failed there, and goes on from it as a user would: the doctor, the same `add`
again, the doctor. Three disks:

* `none`: what was not forced to the disk is gone, names of files too;
* `ext4`: names are kept in order, and forcing any file keeps all names before it; of data that was not
  forced a random choice of pages is there;
* `some`: each folder keeps its names only when it is forced itself, and else a random beginning of them.

Nothing may be lost in the end: articles, statements, evidence and questions are those of a run that nobody
cut, and the doctor is content. What was acknowledged (a run that ended, a verdict that was answered) has to
be there at once. `--kills` kills the program itself, at a random change, up to three times in a row.
"""

import argparse
import os
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

PAGE = 4096
HEAD = struct.Struct("=cIIQQ")
HERE = pathlib.Path(__file__).resolve().parent


class Change:
    def __init__(self, kind, path, second, offset, data):
        self.kind, self.path, self.second, self.offset, self.data = kind, path, second, offset, data


def changes(log):
    raw, at, found = log.read_bytes(), 0, []
    while at < len(raw):
        kind, one, two, offset, stored = HEAD.unpack_from(raw, at)
        at += HEAD.size
        path, second = raw[at:at + one].decode(), raw[at + one:at + one + two].decode()
        at += one + two
        found.append(Change(kind.decode(), path, second, offset, raw[at:at + stored]))
        at += stored
    return found


class File:
    """One file's content: what is forced, and what came since."""

    def __init__(self, content=b""):
        self.forced, self.since = bytearray(content), []

    def apply(self, to, change):
        if change.kind == "T":
            del to[change.offset:]
            to.extend(b"\0" * (change.offset - len(to)))
            return
        end = change.offset + len(change.data)
        to.extend(b"\0" * (end - len(to)))
        to[change.offset:end] = change.data

    def force(self):
        for change in self.since:
            self.apply(self.forced, change)
        self.since = []

    def after_the_cut(self, disk, chance):
        content = bytearray(self.forced)
        if disk == "none":
            return content
        for change in self.since:
            if change.kind == "T":
                if chance.random() < 0.5:
                    self.apply(content, change)
                continue
            # Pages reach the disk in any order, and each as a whole.
            for start in range(0, len(change.data), PAGE):
                if chance.random() < 0.5:
                    piece = change.data[start:start + PAGE]
                    self.apply(content, Change("W", "", "", change.offset + start, piece))
        return content


class Disk:
    """Folders and files as a file system that forgets."""

    def __init__(self, root):
        self.names, self.folders = {}, {str(root)}
        for folder, _, files in os.walk(root):
            self.folders.add(folder)
            for name in files:
                path = os.path.join(folder, name)
                if not path.endswith("-shm"):
                    self.names[path] = File(pathlib.Path(path).read_bytes())
        self.kept_names, self.kept_folders = dict(self.names), set(self.folders)
        self.pending = []

    @staticmethod
    def rename(names, folders, change, files):
        if change.kind == "C":
            names[change.path] = files
        elif change.kind == "M":
            folders.add(change.path)
        elif change.kind == "U":
            names.pop(change.path, None)
        elif change.kind == "R" and change.path in names:
            names[change.second] = names.pop(change.path)

    def run(self, change, disk):
        if change.kind in "CMUR":
            file = File() if change.kind == "C" else None
            self.rename(self.names, self.folders, change, file)
            self.pending.append((change, file))
        elif change.kind == "S":
            if change.path in self.names:
                self.names[change.path].force()
            if disk == "ext4":
                self.keep(lambda _: True)
            elif change.path in self.folders:
                self.keep(lambda one: os.path.dirname(one.second or one.path) == change.path)
        elif change.path in self.names:
            self.names[change.path].since.append(change)

    def keep(self, which):
        rest = []
        for change, file in self.pending:
            if which(change):
                self.rename(self.kept_names, self.kept_folders, change, file)
            else:
                rest.append((change, file))
        self.pending = rest

    def write(self, root, disk, chance, to):
        if disk != "none":
            left = {}
            for change, _ in self.pending:
                folder = "" if disk == "ext4" else os.path.dirname(change.path)
                left.setdefault(folder, 0)
                left[folder] += 1
            left = {folder: chance.randint(0, many) for folder, many in left.items()}

            def survives(change):
                folder = "" if disk == "ext4" else os.path.dirname(change.path)
                left[folder] -= 1
                return left[folder] >= 0

            self.keep(survives)
        there = {str(root)}
        for folder in sorted(self.kept_folders):
            if os.path.dirname(folder) in there or folder in there:
                there.add(folder)
                os.makedirs(to / os.path.relpath(folder, root), exist_ok=True)
        for path, file in self.kept_names.items():
            if os.path.dirname(path) in there:
                content = file.after_the_cut(disk, chance)
                (to / os.path.relpath(path, root)).write_bytes(content)


def page(number):
    return (
        f"<html><head><title>Gate {number}</title></head><body><article><p>“Gate {number} of the dam will hold "
        f"for another {number + 2} years,” said Ann Berg, the head of the water board of district {number}, on "
        f"Thursday, after engineers had looked at it.</p><p>The union of ferrymen said that line {number} may "
        f"close by the end of May.</p></article></body></html>"
    ).encode()


def archive(pages):
    records = []
    for number in range(pages):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-04-03T05:06:07Z\r\n"
            f"WARC-Target-URI: https://lamp.example/{number}\r\nContent-Type: application/http; msgtype=response"
            f"\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        records.append(head + body + b"\r\n\r\n")
    return b"".join(records)


class Bench:
    def __init__(self, sayso, work, seed):
        self.sayso, self.work = str(pathlib.Path(sayso).resolve()), pathlib.Path(work)
        self.chance, self.failed = random.Random(seed), []
        self.trace = self.work / "trace.so"
        built = ["cc", "-O1", "-shared", "-fPIC", "-o", self.trace, HERE / "trace.c", "-ldl", "-lpthread"]
        subprocess.run(built, check=True)

    def run(self, folder, *arguments, log=None, kill_at=None):
        env = dict(os.environ, NO_COLOR="1")
        if log or kill_at:
            env |= {"LD_PRELOAD": str(self.trace), "POWER_DIR": str(folder)}
        if log:
            env["POWER_LOG"] = str(log)
        if kill_at:
            env["POWER_KILL_AT"] = str(kill_at)
        return subprocess.run([self.sayso, *arguments], cwd=folder, env=env, capture_output=True, text=True)

    def fresh(self, name):
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def held(self, folder):
        """All that must not be lost, and that no number of a run stands in."""
        path = folder / "a.db"
        if not path.exists():
            return {}
        ledger = sqlite3.connect(path)
        asked = {
            "articles": "SELECT id, record FROM articles",
            "statements": "SELECT id, record FROM current_statements",
            "evidence": "SELECT a.id, e.sha256 FROM evidence e JOIN articles a ON a.seq = e.article",
            "questions": "SELECT id, text FROM current_questions",
            "bearings": "SELECT question, statement FROM current_bearings",
            "places": "SELECT count(*) FROM archive_places",
        }
        try:
            return {name: sorted(ledger.execute(select)) for name, select in asked.items()}
        except sqlite3.DatabaseError:
            return {}
        finally:
            ledger.close()

    def expect(self, condition, words):
        if not condition:
            self.failed.append(words)
            print("LOST:", words.strip()[:400])

    def mends(self, folder, whole, words):
        """What a user does: look, add again, look."""
        looked = self.run(folder, "doctor", "--ledger", "a.db")
        if (folder / "a.db").exists() and (folder / "a.db").stat().st_size:
            # Of a file that was just begun there may be nothing yet.
            told = [line for line in looked.stdout.splitlines() if "Adding its source again" not in line
                    and "Add its source again" not in line and "is what was kept" not in line
                    and "are what was kept" not in line]
            self.expect(looked.returncode in (0, 3) and not told, f"{words}: the doctor: {told}{looked.stderr}")
            self.expect("elete" not in looked.stdout, f"{words}: the doctor tells to delete: {looked.stdout}")
        again = self.run(folder, "add", "-q", "--ledger", "a.db", *self.inputs(folder))
        self.expect(again.returncode == 0, f"{words}: add again: {again.returncode} {again.stderr}")
        held = self.held(folder)
        for name, rows in whole.items():
            self.expect(held.get(name) == rows, f"{words}: {name}: {len(held.get(name, []))} of {len(rows)}")
        looked = self.run(folder, "doctor", "--ledger", "a.db")
        self.expect(looked.returncode == 0, f"{words}: the doctor after that: {looked.stdout}{looked.stderr}")

    @staticmethod
    def inputs(folder):
        return [str(folder.parent / "a.warc")]

    def image(self, start, log, upto, disk, name):
        state = Disk(start)
        for change in log[:upto]:
            state.run(change, disk)
        folder = self.fresh(name)
        state.write(start, disk, self.chance, folder)
        return folder


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("sayso")
    ask.add_argument("--pages", type=int, default=40)
    ask.add_argument("--cuts", type=int, default=50)
    ask.add_argument("--kills", type=int, default=20)
    ask.add_argument("--verdicts", type=int, default=20)
    ask.add_argument("--seed", type=int, default=1)
    flags = ask.parse_args()
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(flags.sayso, os.path.realpath(work), flags.seed)
        chance = bench.chance
        (bench.work / "a.warc").write_bytes(archive(flags.pages))
        add = ["add", "-q", "--jobs", "1", "--ledger", "a.db", *bench.inputs(bench.work / "x")]

        start, log_file = bench.fresh("traced"), bench.work / "log"
        empty = Disk(start)
        ran = bench.run(start, *add, log=log_file)
        assert ran.returncode == 0, ran.stderr
        log, whole = changes(log_file), bench.held(start)
        assert len(whole["articles"]) == flags.pages and whole["statements"], {k: len(v) for k, v in whole.items()}
        assert not empty.names, "the traced run began with an empty folder"
        forced = sum(change.kind == "S" for change in log)
        print(f"one run: {len(log)} changes, {forced} of them forced; {len(whole['statements'])} statements")

        blank = bench.fresh("blank")
        empty_log = [Change(c.kind, c.path.replace(str(start), str(blank)), c.second.replace(str(start), str(blank)),
                            c.offset, c.data) for c in log]
        for disk in ("none", "ext4", "some"):
            folder = bench.image(blank, empty_log, len(empty_log), disk, "ended")
            held = bench.held(folder)
            for name, rows in whole.items():
                bench.expect(held.get(name) == rows, f"after a run that ended, {disk}: {name} {len(held.get(name, []))}")
        for number in range(flags.cuts):
            disk = ("none", "ext4", "some")[number % 3]
            upto = chance.randrange(1, len(empty_log))
            folder = bench.image(blank, empty_log, upto, disk, "cut")
            bench.mends(folder, whole, f"cut {number} at {upto} of {len(log)}, {disk}")
        for number in range(flags.kills):
            folder = bench.fresh("killed")
            for _ in range(chance.randint(1, 3)):
                bench.run(folder, *add, kill_at=chance.randrange(1, len(log)))
            bench.mends(folder, whole, f"kill {number}")
        ids = [row[0] for row in whole["statements"]]
        for number in range(flags.verdicts):
            folder = bench.fresh("judged")
            shutil.copytree(start, folder, dirs_exist_ok=True)
            # Another process has the ledger open: closing does not write the log back.
            other = sqlite3.connect(folder / "a.db")
            other.execute("SELECT count(*) FROM articles").fetchone()
            before = Disk(folder)
            log_file.unlink(missing_ok=True)
            said = chance.choice(ids)
            ran = bench.run(folder, "review", "reject", said, "--reviewer", "Ines Holt", "--reason", "misread",
                            "--ledger", "a.db", log=log_file)
            assert ran.returncode == 0, ran.stderr
            disk = ("none", "ext4", "some")[number % 3]
            for change in changes(log_file):
                before.run(change, disk)
            image = bench.fresh("verdict")
            before.write(folder, disk, chance, image)
            other.close()
            ledger = sqlite3.connect(image / "a.db")
            there = ledger.execute("SELECT count(*) FROM reviews WHERE statement = ?", [said]).fetchone()[0]
            ledger.close()
            bench.expect(there == 1, f"verdict {number}, {disk}: answered and gone")
            looked = bench.run(image, "doctor", "--ledger", "a.db")
            bench.expect(looked.returncode == 0, f"verdict {number}: the doctor: {looked.stdout}{looked.stderr}")
        print(f"{flags.cuts} cuts, {flags.kills} kills, {flags.verdicts} verdicts: {len(bench.failed)} losses")
        return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
