"""What the tests share: the repository's examples, the command, and articles made up on the spot."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

NAMES = ["Ada Quill", "Bo Tarn", "Zoë Åström", "General Ivo Strand", "Minister Mira Öz", "an official"]
TOWNS = ["Varn", "Zürnhafen", "Tarnovyk", "Ostrel", "Дніпровка"]
WHAT = [
    "the army will capture {town} within weeks",
    "{town} is likely to fall by the end of May",
    "a ceasefire in {town} cannot be ruled out",
    "inflation will rise above 5 percent next year",
    "no troops would withdraw from {town}",
    "the dam at {town} is safe",
]
HOW = ["{what}, {name} said.", "“{what},” {name} said on Monday. 🏛", "{name} denied that {what}.", "According to {name}, {what}."]


def articles(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Invented articles: the same for the same seed."""
    draw = random.Random(seed)
    made = []
    for n in range(count):
        sentences = []
        for _ in range(draw.randint(1, 8)):
            what = draw.choice(WHAT).format(town=draw.choice(TOWNS))
            sentence = draw.choice(HOW).format(what=what, name=draw.choice(NAMES))
            sentences.append(sentence[0].upper() + sentence[1:])
        record: dict[str, Any] = {"id": f"made-{n}", "text": f"No. {n}. " + "\n".join(sentences)}
        if draw.random() < 0.8:
            record["published"] = f"2031-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        if draw.random() < 0.5:
            record |= {"outlet": "The Varn Courier", "title": f"Of {draw.choice(TOWNS)}"}
        made.append(record)
    return made


def pages(records: list[dict[str, Any]]) -> pa.Table:
    """Records as a table, with all columns that any of them has."""
    names = sorted({name for record in records for name in record})
    return pa.Table.from_pylist(records, schema=pa.schema([(name, pa.string()) for name in names]))


@pytest.fixture(scope="session")
def made() -> list[dict[str, Any]]:
    return articles(1000)


@pytest.fixture(scope="session")
def command() -> Callable[..., list[dict[str, Any]]]:
    """Runs the installed command and gives the JSON lines that it prints."""

    def run(*arguments: str | Path, given: str | None = None) -> list[dict[str, Any]]:
        done = subprocess.run(
            [Path(sys.executable).parent / "sayso", *arguments],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode in (0, 1, 3), done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run
