"""Functions from table to table, for engines that map over batches: pure, picklable, in any order of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from . import _sayso

if TYPE_CHECKING:
    from ._sayso import Table

    T = TypeVar("T")


def _like(given: Any, made: Table) -> Any:
    """The table in the shape that came in: engines hand over pyarrow's and want them back."""
    kind = type(given)
    if not kind.__module__.startswith("pyarrow"):
        return made
    import pyarrow

    table = pyarrow.table(made)
    if kind is pyarrow.RecordBatch:
        batches = table.combine_chunks().to_batches()
        return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=table.schema)
    return table


def read_batch(table: Any, *, texts: bool = False) -> Any:
    """Reads the articles of a table: one row an article in, one row a statement out.

    Args:
        table: A ``pyarrow.Table`` or ``RecordBatch``, or whatever has ``__arrow_c_stream__``. A column ``text`` or
            ``html``, and any of ``id``, ``title``, ``outlet``, ``url``, ``author``, ``published``, ``modified``,
            ``language``; or a column ``content`` of bytes with the ``path`` of the file that they are, as Spark's
            ``binaryFile`` gives it (a WARC is a row of many articles). Others are left alone.
        texts: With a row for each article and its text, which ``sayso add --from-parquet`` needs.

    Returns:
        A table of the same class (else a :class:`sayso.Table`). Its column ``row`` says ``statement``, ``article`` or
        ``problem``: a row without an article is a row with its ``article.key`` and, in ``problems``, why. The same
        rows give the same rows, whatever is beside them.

    Raises:
        TypeError: for what is no table.
    """
    return _like(table, _sayso.read_batch(table, texts))


def link_group(table: Any, key: str | None = None) -> Any:
    """The questions on which the statements of a table bear: one row a statement and question.

    Args:
        table: Rows of :func:`read_batch`, in any order; a statement that is there twice counts once.
        key: One of the values of the column ``groups``. The table must have every statement with this value
            among its groups; questions of other groups are left out. Without it, all questions.

    Returns:
        A table with ``question``, ``text``, ``class``, ``criteria``, ``actor``, ``target``, ``statement`` (its id),
        ``stance`` (``yes`` or ``no``), ``low`` and ``high`` (the probability of "yes" that the words leave, 0 to 1) and
        ``reason``.

    Raises:
        ValueError: for a table that has no column ``row``.
    """
    return _like(table, _sayso.link_group(table, key))
