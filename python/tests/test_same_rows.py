"""The package and the command read the same: there is one reader, and these would notice a second."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import sayso

from .conftest import EXAMPLES, ROOT, pages

Command = Callable[..., list[dict[str, Any]]]


def without_path(record: dict[str, Any]) -> dict[str, Any]:
    """What the same text has wherever it lies."""
    return {**record, "article": {**record["article"], "path": None}}


def test_the_examples(command: Command) -> None:
    ours = [s.to_dict() for doc in sayso.read_files(EXAMPLES) for s in doc.statements]
    theirs = command("read", "-o", "jsonl", EXAMPLES)
    assert len(ours) > 60
    assert ours == theirs


def test_a_thousand_articles(command: Command, made: list[dict[str, Any]], tmp_path: Path) -> None:
    lines = tmp_path / "made.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
    theirs = [without_path(one) for one in command("read", "-o", "jsonl", lines)]
    assert len(theirs) > 2000
    piped = []
    for doc in sayso.pipe(made):
        assert isinstance(doc, sayso.Document)
        piped += [s.to_dict() for s in doc.statements]
    assert piped == theirs
    table = sayso.read_batch(pages(made))
    assert _records(table) == theirs


def _records(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table as the JSON records that they are."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(one) for name, one in value.items()}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value.isoformat() if hasattr(value, "isoformat") else value

    others = {"row", "text", "author", "agency", "modified", "language", "problems", "groups"}
    rows = [row for row in table.to_pylist() if row["row"] == "statement"]
    return [{k: plain(v) for k, v in row.items() if k not in others} for row in rows]


@pytest.mark.parametrize("name", ["dev.jsonl", "train-c.jsonl", "train-e.jsonl", "train-p.jsonl"])
def test_the_gold_texts(command: Command, name: str) -> None:
    shared = os.environ.get("SAYSO_SHARED")
    gold = Path(shared or ROOT.parent / "shared") / "gold" / name
    if not gold.exists():
        pytest.skip(f"SKIPPED: no gold texts beside the checkout: {gold}")
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    keep = ("text", "published", "outlet", "url", "title")
    given = [
        {"id": str(n)} | {k: one[k] for k in keep if one.get(k)}
        for n, one in enumerate(records)
        if one.get("text")
    ]
    assert given
    lines = "".join(json.dumps(one) + "\n" for one in given)
    theirs = command("read", "--input-format", "jsonl", "-o", "jsonl", "-", given=lines)
    assert theirs
    assert _records(sayso.read_batch(pages(given))) == theirs
