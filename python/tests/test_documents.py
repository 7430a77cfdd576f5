"""One article: what it holds, and what is no article."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest

import sayso

TEXT = "“Дом stands 🏛,” Ada Quill said.\nIt is likely that Varn will fall by the end of May, Bo Tarn said."


def test_spans_are_code_points() -> None:
    doc = sayso.read(TEXT, published="2031-04-03")
    assert doc.text == TEXT
    assert len(doc) == len(doc.statements) == 2
    for statement in doc:
        for span in [*statement.content, *statement.cue, *statement.source]:
            assert doc[span] == doc[span.start, span.end] == TEXT[span.start : span.end] == span.text
            assert TEXT.encode()[span.byte_start : span.byte_end].decode() == span.text
    assert doc[:4] == TEXT[:4]
    with pytest.raises(IndexError):
        doc[0, len(TEXT) + 1]


def test_fields_have_their_types() -> None:
    doc = sayso.read(TEXT, published=datetime.date(2031, 4, 3), id="a", outlet="Courier", title="T", url="https://e.org/a")
    second = doc.statements[1]
    assert second.article.key == "a" and second.article.outlet == "Courier"
    assert second.speaker is not None and second.speaker.name == "Bo Tarn"
    assert second.certainty is not None and second.certainty.low is not None
    assert 0.5 < second.certainty.low < 0.7 and second.certainty.class_ == "probability"
    assert second.window is not None and second.window.latest == datetime.date(2031, 5, 31)
    assert second.to_dict()["certainty"]["class"] == "probability"
    assert second == sayso.read(TEXT, published="2031-04-03", id="a", outlet="Courier", title="T", url="https://e.org/a").statements[1]
    assert doc.title == "T" and doc.article["published"]


@pytest.mark.parametrize("text", ["", " \n", "\u3000"])
def test_what_is_no_text_says_so(text: str) -> None:
    with pytest.raises(sayso.ReadError, match=r"\.$"):
        sayso.read(text)


@pytest.mark.parametrize("text", ["\ud83d lone", "a" * 50_000, "“" * 999, "\u202e", "\x00", "<p>x</p>", "Он сказал."])
def test_strange_texts_are_read(text: str) -> None:
    assert sayso.read(text).text


def test_one_bad_record_costs_no_other() -> None:
    given: list[str | dict[str, object]] = [{"text": TEXT}, {"text": ""}, {"nothing": 1}, TEXT, {"text": 7}]
    read = list(sayso.pipe(given, jobs=2))
    assert [isinstance(one, sayso.Document) for one in read] == [True, False, False, True, False]
    assert all(str(one).endswith(".") for one in read if isinstance(one, sayso.ReadError))
    assert list(sayso.pipe([])) == []


def test_files_warn_and_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "The dam holds, Ada Quill said."}\n{broken\n', encoding="utf-8")
    with pytest.warns(sayso.ReadWarning, match="b.jsonl"):
        keys = [doc.article["key"] for doc in sayso.read_files(tmp_path)]
    assert keys == ["a", "b:1"]
    with pytest.warns(sayso.ReadWarning):
        assert list(sayso.read_files(tmp_path / "missing.txt")) == []
    # Whoever stops early leaves nothing hanging.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        next(sayso.read_files(tmp_path))


def test_html_underlines_and_escapes() -> None:
    html = sayso.read("<b> & The dam will hold, Ada Quill said.", title="<i>")._repr_html_()
    assert "underline dashed" in html and "&lt;i&gt;" in html and "<i>" not in html and "Ada Quill" in html


def test_other_threads_run_while_it_reads() -> None:
    ticks, done = [0], threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    # One call that takes some hundred milliseconds: with the lock held there would be next to no ticks.
    sayso.read(("The dam will hold, Ada Quill said on Monday in Varn. " * 2000), published="2031-04-03")
    done.set()
    thread.join()
    assert ticks[0] > 20


def test_functions_can_be_sent_to_workers() -> None:
    for function in (sayso.read_batch, sayso.link_group):
        assert pickle.loads(pickle.dumps(function)) is function


def test_importing_takes_no_library_and_next_to_no_time() -> None:
    script = (
        "import sys, time; began = time.perf_counter(); import sayso;"
        "took = time.perf_counter() - began;"
        "heavy = {'pyarrow', 'numpy', 'pandas', 'polars'} & set(sys.modules); assert not heavy, heavy; print(took)"
    )
    took = [float(subprocess.check_output([sys.executable, "-c", script])) for _ in range(5)]
    # The fastest: what a busy machine adds is not ours.
    assert min(took) < 0.05, took


def test_every_field_of_the_record_is_a_field_here() -> None:
    doc = sayso.read(TEXT, published="2031-04-03")

    def compare(record: object, made: object) -> None:
        if isinstance(record, dict):
            for name, value in record.items():
                compare(value, getattr(made, "class_" if name == "class" else name))
        elif isinstance(record, list) and isinstance(made, list):
            for one, other in zip(record, made, strict=True):
                compare(one, other)

    for statement in doc:
        compare(statement.to_dict(), statement)
    with pytest.raises(AttributeError):
        doc.statements[0].kind = "report"
