"""Articles: read one, read many, look at what they hold."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

from . import _sayso
from ._records import Span, Statement

if TYPE_CHECKING:
    import datetime
    import os
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow

    from ._sayso import Table

#: Texts that are handed over at a time: enough for every core, few enough that memory stays flat.
_AT_A_TIME = 64


class ReadError(ValueError):
    """A text in which there is no article. The message is a sentence with its cure."""


class ReadWarning(UserWarning):
    """One of many inputs gave no article; the others were read."""


class Problem:
    """What the reader noticed about an article and could live with."""

    __slots__ = ("code", "message")

    def __init__(self, code: str, message: str) -> None:
        #: Stable (``R013``: no publication date).
        self.code = code
        self.message = message

    def __repr__(self) -> str:
        return f"{self.code} {self.message}"


class Document:
    """An article with its statements, in the order of the text.

    ``len(doc)`` counts statements, iterating gives them, ``doc[span]`` is the text of a span. It is a table of
    statements for whatever takes Arrow: ``polars.DataFrame(doc)``, ``pandas.DataFrame.from_arrow(doc)``,
    ``duckdb.sql("select speaker.name from doc")``.
    """

    __slots__ = ("_article", "_native", "_statements")

    def __init__(self, native: _sayso.Document) -> None:
        self._native = native
        self._article: dict[str, Any] | None = None
        self._statements: list[Statement] | None = None

    @property
    def article(self) -> dict[str, Any]:
        """What is known of the article: ``id``, ``key``, ``outlet``, ``url``, ``title``, ``author``, ``agency``,
        ``published``, ``modified``, ``language``, ``problems``."""
        if self._article is None:
            self._article = json.loads(self._native.article())
            del self._article["text"]
        return self._article

    @property
    def text(self) -> str:
        """The main text. Every span is a range of it."""
        return self._native.text

    @property
    def id(self) -> str:
        """SHA-256 of the main text, in hex."""
        return str(self.article["id"])

    @property
    def title(self) -> str | None:
        """The headline."""
        title: str | None = self.article["title"]
        return title

    @property
    def problems(self) -> list[Problem]:
        """What the reader noticed, none of it fatal."""
        return [Problem(one["code"], one["message"]) for one in self.article["problems"]]

    @property
    def statements(self) -> list[Statement]:
        """The statements, in the order of the text."""
        if self._statements is None:
            records = self._native.statements()
            self._statements = [Statement(json.loads(record)) for record in records]
        return self._statements

    def __len__(self) -> int:
        return len(self._native)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __getitem__(self, span: Span | slice | tuple[int, int]) -> str:
        """The text of a span, a slice or a pair of code points.

        Raises:
            IndexError: for a span that is not in the text.
        """
        if isinstance(span, slice):
            return self.text[span]
        start, end = span if isinstance(span, tuple) else (span.start, span.end)
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"The text has no code points {start} to {end}: it has {len(self.text)}.")
        return self.text[start:end]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.table(False).__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.table(False).__arrow_c_schema__()

    def table(self, texts: bool = False) -> Table:
        """Its statements as a table, one row each (the columns are in ``docs/python.md``); with ``texts``, a row
        for the article and its text before them."""
        return self._native.table(texts)

    def to_arrow(self, texts: bool = False) -> pyarrow.Table:
        """The same as a ``pyarrow.Table``.

        Raises:
            ImportError: without pyarrow. Whatever takes Arrow takes the document itself.
        """
        import pyarrow

        return pyarrow.table(self.table(texts))

    def __repr__(self) -> str:
        title = self.title or self.text[:40].replace("\n", " ")
        return f"<sayso.Document {title!r}: {len(self)} statements>"

    def _repr_html_(self) -> str:
        from ._html import of_document

        return of_document(self)


def _day(day: datetime.date | str | None) -> str | None:
    return None if day is None else str(day)


def read(
    text: str,
    *,
    published: datetime.date | str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Document:
    """Reads one article.

    Args:
        text: The main text. It stays as it is, to the character.
        published: When it was published: a day, or words such as ``2023-03``. Without it windows of forecasts
            have no days.
        id: A name of your own, found again under ``statement.article.key``.
        title, outlet, url: What you know of it.

    Raises:
        ReadError: where there is no text in it.
    """
    known = {"id": id, "title": title, "outlet": outlet, "url": url, "published": _day(published)}
    record = {"text": text, **{name: value for name, value in known.items() if value is not None}}
    return _whole(_sayso.read_records([_line(record)], None, 1)[0])


def _line(record: Mapping[str, Any]) -> str:
    # Dates and the like as they print; a lone surrogate is escaped and becomes one U+FFFD.
    return json.dumps(record, default=str)


def _whole(read: _sayso.Document | str) -> Document:
    if isinstance(read, str):
        raise ReadError(read)
    return Document(read)


def pipe(
    texts: Iterable[str | Mapping[str, Any]],
    *,
    published: datetime.date | str | None = None,
    jobs: int | None = None,
) -> Iterator[Document | ReadError]:
    """Reads many articles, several at the same time, in their order.

    Args:
        texts: Texts, or records with ``text`` (or ``html``) and any of ``id``, ``title``, ``outlet``, ``url``,
            ``published``.
        published: The day of those that have none.
        jobs: Threads; one a core without it.

    Yields:
        One item for each text: a document, or, where there is no article in it, the :class:`ReadError` that
        says why. It is not raised, so that one bad record costs no other.
    """
    day = _day(published)
    batch: list[str] = []

    def done() -> Iterator[Document | ReadError]:
        for one in _sayso.read_records(batch, day, jobs):
            yield ReadError(one) if isinstance(one, str) else Document(one)

    for text in texts:
        batch.append(_line({"text": text} if isinstance(text, str) else text))
        if len(batch) == _AT_A_TIME:
            yield from done()
            batch = []
    if batch:
        yield from done()


def read_files(
    *paths: str | os.PathLike[str],
    published: datetime.date | str | None = None,
    jobs: int | None = None,
) -> Iterator[Document]:
    """Reads files, folders and patterns as ``sayso read`` does: text, HTML, Markdown, JSON lines, tables, mail,
    WARC, ZIP. What comes first is handed over while the rest is still read.

    An input that gives no article is a :class:`ReadWarning`, and costs no other.
    """
    for one in _sayso.Files([str(path) for path in paths], _day(published), jobs):
        if isinstance(one, str):
            warnings.warn(one, ReadWarning, stacklevel=2)
        else:
            yield Document(one)
