"""A ledger from Python: what the command put in."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sayso

from .conftest import EXAMPLES


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "sayso.db"
    add = [Path(sys.executable).parent / "sayso", "add", "--ledger", path, EXAMPLES]
    subprocess.run([str(word) for word in add], check=True, capture_output=True)
    return path


def test_finding_is_the_commands(path: Path, command: Callable[..., list[dict[str, Any]]]) -> None:
    ledger = sayso.Ledger(path)
    page = ledger.find("capture", limit=500)
    theirs = command("find", "--ledger", path, "capture", "--limit", "500", "-o", "jsonl")
    assert page.total == len(page.statements) > 3
    assert [s.to_dict() for s in page.statements] == theirs
    # Page by page it is the same.
    seen, cursor = [], None
    while True:
        part = ledger.find("capture", limit=2, cursor=cursor)
        seen += [s.id for s in part.statements]
        cursor = part.next
        if cursor is None:
            break
    assert seen == [s.id for s in page.statements]
    open_ = ledger.find("kind:forecast window:open", today=datetime.date(2024, 3, 10))
    assert all(s.kind == "forecast" for s in open_.statements) and open_.total


def test_questions_speakers_and_scores(path: Path) -> None:
    ledger = sayso.Ledger(path)
    question = next(q for q in ledger.questions() if q.text == "Will Oskaria capture Tarnovyk?")
    assert question.yes.statements > 0 and question.origins <= question.statements
    assert ledger.question(question.id)["summary"]["text"] == question.text
    assert any(speaker.name == "Danuta Sorel" for speaker in ledger.speakers())
    cards = ledger.score()
    assert cards and ledger.score(cards[0]["name"])


def test_what_is_no_ledger_says_so(tmp_path: Path, path: Path) -> None:
    with pytest.raises(sayso.LedgerError, match="missing"):
        sayso.Ledger(tmp_path / "missing.db")
    (tmp_path / "no.db").write_text("no", encoding="utf-8")
    with pytest.raises(sayso.LedgerError):
        sayso.Ledger(tmp_path / "no.db")
    with pytest.raises(sayso.LedgerError):
        sayso.Ledger(path).question("q0000000000000000")
    with pytest.raises(ValueError, match="kind"):
        sayso.Ledger(path).find("kind:nonsense")
