"""A ledger, for reading."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _sayso
from ._records import QuestionSummary, SpeakerSummary, Statement

if TYPE_CHECKING:
    import os


class Page(NamedTuple):
    """Some of the statements that were found."""

    statements: list[Statement]
    #: How many there are in all.
    total: int
    #: What ``find`` takes as ``cursor`` for the next page; None at the end.
    next: str | None


class Ledger:
    """A ledger that ``sayso add`` filled, opened for reading.

    Raises:
        LedgerError: for a file that is none, or of a newer version.
    """

    def __init__(self, path: str | os.PathLike[str] = "sayso.db") -> None:
        self._native = _sayso.Ledger(str(path))
        self.path = str(path)

    def find(
        self,
        query: str = "",
        *,
        today: datetime.date | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """What words and fields find (``capture kind:forecast speaker:quill window:open``), newest first.

        Args:
            query: As in the search field of ``sayso serve``; empty for all.
            today: The day from which ``window:open`` and ``window:passed`` are seen; the day of the call without it.
            limit: Statements a page.
            cursor: ``Page.next`` of the page before.

        Raises:
            ValueError: for a field that cannot be read.
            LedgerError: for a ledger that cannot be read.
        """
        day = today or datetime.date.today()
        records, total, after = self._native.find(query, day.isoformat(), limit, cursor)
        return Page([Statement(json.loads(one)) for one in records], total, after)

    def questions(self) -> list[QuestionSummary]:
        """The questions on which statements bear."""
        return [QuestionSummary(json.loads(one)) for one in self._native.questions()]

    def question(self, id: str) -> dict[str, Any]:
        """One question with its statements, as ``sayso show ID -o json`` prints it.

        Raises:
            LedgerError: where there is none with this id.
        """
        question: dict[str, Any] = json.loads(self._native.question(id))
        return question

    def speakers(self) -> list[SpeakerSummary]:
        """Who says something, those with the most statements first."""
        return [SpeakerSummary(json.loads(one)) for one in self._native.speakers()]

    def score(
        self,
        speaker: str | None = None,
        *,
        outlet: str | None = None,
        outlets: bool = False,
        as_of: datetime.date | None = None,
    ) -> list[dict[str, Any]]:
        """Scorecards as ``sayso score -o jsonl`` prints them: of every speaker, of one (by name or id), of an
        outlet, or of all outlets; as it was knowable on the day ``as_of``. Below ten resolved questions a card has
        no score.
        """
        day = None if as_of is None else as_of.isoformat()
        return [json.loads(one) for one in self._native.score(speaker, outlet, outlets, day)]

    def __repr__(self) -> str:
        return f"sayso.Ledger({self.path!r})"
