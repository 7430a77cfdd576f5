"""Arrow tables: taken by whoever takes Arrow, the same in any order, a row for each problem."""

from __future__ import annotations

import random

import duckdb
import nanoarrow
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sayso

from .conftest import articles, pages


@pytest.fixture(scope="module")
def table() -> pa.Table:
    read = sayso.read_batch(pages(articles(60)))
    assert isinstance(read, pa.Table)
    return read


def keyed(table: pa.Table) -> list[str]:
    """The rows of a table in an order of their own."""
    return sorted(str(row) for row in table.to_pylist())


def test_every_library_takes_a_document_as_it_is() -> None:
    doc = sayso.read("Varn will fall in May, Ada Quill said.", published="2031-04-03")
    assert pa.table(doc).num_rows == doc.to_arrow().num_rows == len(doc) == 1
    assert pl.DataFrame(doc)["window"].struct.field("latest")[0].isoformat() == "2031-05-31"
    assert duckdb.from_arrow(doc).project("speaker.name").fetchall() == [("Ada Quill",)]
    assert pd.DataFrame.from_arrow(doc)["kind"][0] == "forecast"
    assert nanoarrow.ArrayStream(doc).read_all().to_pylist()[0]["kind"] == "forecast"
    assert [row["row"] for row in doc.to_arrow(texts=True).to_pylist()] == ["article", "statement"]


def test_the_order_of_rows_and_batches_says_nothing(table: pa.Table) -> None:
    given = articles(60)
    for seed in range(3):
        random.Random(seed).shuffle(given)
        batches = pages(given).to_batches(max_chunksize=7)
        parts = [sayso.read_batch(batch) for batch in batches]
        assert all(isinstance(part, pa.RecordBatch) for part in parts)
        assert keyed(pa.Table.from_batches(parts)) == keyed(table)


def test_a_malformed_row_is_a_problem_row() -> None:
    rows: list[dict[str, str | None]] = [
        {"id": "good", "text": "The dam will hold, Ada Quill said."},
        {"id": "empty", "text": ""},
        {"id": "none", "text": None},
        {"id": None, "text": None},
    ]
    read = sayso.read_batch(pages(rows)).to_pylist()
    assert [row["row"] for row in read] == ["statement", "problem", "problem", "problem"]
    assert [row["article"]["key"] for row in read[:3]] == ["good", "empty", "none"]
    assert all(row["problems"][0]["message"].endswith(".") for row in read[1:])
    assert sayso.read_batch(pa.table({"other": [1, 2]})).num_rows == 2
    assert sayso.read_batch(pa.table({"text": pa.array([], pa.string())})).num_rows == 0
    with pytest.raises((TypeError, ValueError)):
        sayso.read_batch([1, 2])


def test_strings_and_days_of_any_width() -> None:
    import datetime

    text, day = "Varn will fall in the coming days, Ada Quill said.", datetime.date(2031, 4, 3)
    plain = sayso.read_batch(pa.table({"text": [text], "published": [day]}))
    for wide in (pa.large_string(), pa.string_view()):
        other = sayso.read_batch(pa.table({"text": pa.array([text], wide), "published": [str(day)]}))
        assert other.to_pylist() == plain.to_pylist()
    frame = sayso.read_batch(pl.DataFrame({"text": [text], "published": [day]}))
    assert isinstance(frame, sayso.Table)
    assert pa.table(frame).to_pylist() == plain.to_pylist()
    assert plain.to_pylist()[0]["window"]["earliest"] == day


def test_a_file_in_a_row_is_read_as_the_file() -> None:
    page = "<html><head><title>T</title></head><body><p>" + "The dam will hold, Ada Quill said on Monday. " * 5 + "</p>"
    response = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    warc = "".join(
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.org/{n}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n{response}\r\n\r\n"
        for n in range(2)
    )
    read = sayso.read_batch(pa.table({"path": ["file:/a/crawl.warc"], "content": [warc.encode()]}), texts=True)
    assert [row["row"] for row in read.to_pylist()].count("article") == 2
    assert {row["article"]["url"] for row in read.to_pylist()} == {"https://e.org/0", "https://e.org/1"}
    broken = sayso.read_batch(pa.table({"path": ["a.warc"], "content": [b"\x00\x01"]}))
    assert [row["row"] for row in broken.to_pylist()] == ["problem"]


def test_groups_linked_apart_are_all_questions(table: pa.Table) -> None:
    whole = sayso.link_group(table)
    assert whole.num_rows > 20
    keys = {key for row in table.to_pylist() for key in row["groups"] or []}
    rows = table.to_pylist()
    apart = []
    for key in sorted(keys):
        of = [row for row in rows if key in (row["groups"] or [])]
        random.Random(key).shuffle(of)
        # The same row twice, as a task that ran twice gives it.
        apart.append(sayso.link_group(pa.Table.from_pylist(of + of[:1], schema=table.schema), key))
    assert keyed(pa.concat_tables(apart)) == keyed(whole)
    assert keyed(pa.table(sayso.link_group(pl.DataFrame(table)))) == keyed(whole)
    with pytest.raises(ValueError, match="row"):
        sayso.link_group(pa.table({"text": ["a"]}))
