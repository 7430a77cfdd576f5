"""The statement record, schema 2, as classes. Names, meanings and null values are those of the JSON."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import ClassVar


class Record:
    """What is made from a JSON object. It cannot be changed; fields that a later version adds are left out.

    No dataclass: sixteen of them take longer to make than all the rest of the import.
    """

    #: Fields that hold records, or lists of them.
    _nested: ClassVar[dict[str, type[Record]]] = {}
    #: Fields that hold days.
    _days: ClassVar[tuple[str, ...]] = ()
    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        kinds = cls.__annotations__.items()
        cls._names = tuple(name for name, kind in kinds if not name.startswith("_"))

    def __init__(self, given: dict[str, Any]) -> None:
        for name in self._names:
            # `class` is a word of Python.
            value = given.get(name.rstrip("_"))
            kind = self._nested.get(name)
            if kind is not None:
                if isinstance(value, list):
                    value = [kind(one) for one in value]
                elif value is not None:
                    value = kind(value)
            elif name in self._days and value is not None:
                value = datetime.date.fromisoformat(value)
            self.__dict__[name] = value

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"A record cannot be changed: {name}.")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__name__}({fields})"


class Span(Record):
    """Words of an article. ``text == doc.text[start:end]``."""

    text: str
    #: First code point.
    start: int
    #: One past the last code point.
    end: int
    #: First byte of the text in UTF-8.
    byte_start: int
    #: One past the last byte.
    byte_end: int


class ArticleRef(Record):
    """What a statement says of its article."""

    #: SHA-256 of the main text, in hex.
    id: str
    #: The id that the input gave, else the file's name or the article's id.
    key: str
    path: str | None
    outlet: str | None
    url: str | None
    title: str | None
    #: As precise as it is known: ``2023``, ``2023-03``, ``2023-03-09`` or ``2023-03-09T14:05Z``.
    published: str | None
    #: ``minute``, ``day``, ``month`` or ``year``.
    published_precision: str | None


class Candidate(Record):
    """Somebody for whom a mention could stand."""

    id: str
    name: str
    #: 0 to 1.
    confidence: float


class Speaker(Record):
    """The innermost holder of a statement."""

    id: str
    #: The fullest name that the article gives, or its words where there is no name.
    name: str
    #: ``person``, ``organization``, ``group``, ``anonymous`` or ``author``.
    kind: str
    role: str | None
    #: Ours: does the mention stand for this speaker? 0 to 1.
    confidence: float | None
    #: Whom the mention could stand for where the name is withheld, the likeliest first.
    candidates: list[Candidate]
    mention: Span | None

    _nested: ClassVar[dict[str, type[Record]]] = {"candidates": Candidate, "mention": Span}


class Link(Record):
    """Someone between the article and the speaker."""

    name: str
    #: ``outlet``, ``agency``, ``person``, ``organization`` or ``anonymous``.
    kind: str
    cue: str | None
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}


class Said(Record):
    """When it was said, by the words."""

    earliest: datetime.date | None
    latest: datetime.date | None
    text: str
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}
    _days: ClassVar[tuple[str, ...]] = ("earliest", "latest")


class Certainty(Record):
    """The speaker's words for how sure they are, and the range of probability (0 to 1) in which readers
    take them. Never sayso's own doubt."""

    term: str
    basis: str
    #: ``probability``, ``possibility``, ``confidence``, ``plan``, ``desire``, ``conditional``, ``stated``. Only
    #: ``probability`` and ``stated`` are likelihoods.
    class_: str
    low: float | None
    #: None for a possibility.
    mid: float | None
    high: float | None
    #: ``two_sided``, ``lower`` (at least ``low``) or ``upper`` (at most ``high``).
    bound: str
    scale: str
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}



class Condition(Record):
    """What must hold first."""

    text: str
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}


class Window(Record):
    """When a forecast can come true: days, counted from the day of publication or of saying."""

    earliest: datetime.date | None
    #: The last day of the plain reading; None is open-ended.
    latest: datetime.date | None
    #: The last day of the generous reading.
    latest_soft: datetime.date | None
    #: ``day``, ``month``, ``year``, ``vague``, ``event`` or ``open``.
    precision: str
    #: ``in``, ``by``, ``before`` or ``after``.
    relation: str
    text: str
    rule: str
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}
    _days: ClassVar[tuple[str, ...]] = ("earliest", "latest", "latest_soft")


class Place(Record):
    """A place that a statement names. ``lat`` and ``lon`` are degrees."""

    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    #: ``point``, ``area`` or ``country``.
    extent: str
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}


class Quantity(Record):
    """A number with what it counts."""

    text: str
    #: ``count``, ``ratio``, ``fraction``, ``multiple``, ``percent``, ``money`` or ``measure``.
    kind: str
    low: float | None
    mid: float | None
    high: float | None
    #: ``eq``, ``approx``, ``ge``, ``le``, ``gt``, ``lt``, ``up`` or ``down``.
    op: str
    of: str | None
    unit: str | None
    per: str | None
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}


class Entity(Record):
    """A participant of an event, by its name over the whole article."""

    name: str
    span: Span

    _nested: ClassVar[dict[str, type[Record]]] = {"span": Span}


class Event(Record):
    """Who does what to whom."""

    #: A class of an event pack (``capture``), else the predicate's lemma.
    class_: str
    pack: str | None
    actor: Entity | None
    target: Entity | None
    place: Entity | None
    threshold: str | None
    trigger: Span

    _nested: ClassVar[dict[str, type[Record]]] = {
        "actor": Entity,
        "target": Entity,
        "place": Entity,
        "trigger": Span,
    }



class Statement(Record):
    """An attribution that has been read. ``confidence`` is ours (is this extraction right?),
    ``certainty`` the speaker's; both are 0 to 1 and are never mixed."""

    schema: int
    #: The same for the same text and spans, on every machine.
    id: str
    article: ArticleRef
    #: None for a sourceless statement ("reportedly").
    speaker: Speaker | None
    #: Who is between the article and the speaker, outermost first.
    chain: list[Link]
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    #: None: about when the article was published.
    said: Said | None
    #: ``direct``, ``indirect`` or ``mixed``.
    speech: str
    #: ``forecast``, ``assessment``, ``report``, ``intention``, ``demand`` or ``denial``.
    kind: str
    #: ``yes`` or ``no``.
    polarity: str
    certainty: Certainty | None
    condition: Condition | None
    window: Window | None
    places: list[Place]
    quantities: list[Quantity]
    event: Event | None
    #: Ids of statements of the same article that word the same topic otherwise.
    drift: list[str]
    confidence: float
    extractor: str

    _nested: ClassVar[dict[str, type[Record]]] = {
        "article": ArticleRef,
        "speaker": Speaker,
        "chain": Link,
        "source": Span,
        "cue": Span,
        "content": Span,
        "said": Said,
        "certainty": Certainty,
        "condition": Condition,
        "window": Window,
        "places": Place,
        "quantities": Quantity,
        "event": Event,
    }
    _record: dict[str, Any]

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)
        self.__dict__["_record"] = given

    @property
    def text(self) -> str:
        """The words of the content; parts that the cue splits are joined by an ellipsis."""
        return " … ".join(span.text for span in self.content)

    @property
    def span(self) -> Span:
        """The first part of the content."""
        return self.content[0]

    def to_dict(self) -> dict[str, Any]:
        """The record as ``sayso read -o jsonl`` prints it."""
        return self._record


class Side(Record):
    """One stance on a question, in figures. ``low`` and ``high`` are probabilities of "yes"."""

    statements: int
    speakers: int
    low: float | None
    high: float | None


class QuestionSummary(Record):
    """A yes/no question with the figures of what bears on it."""

    id: str
    text: str
    statements: int
    speakers: int
    articles: int
    outlets: int
    #: Independent first sources.
    origins: int
    yes: Side
    no: Side
    actor: str | None
    target: str | None
    #: Publication date of the first and of the last statement.
    first: str | None
    last: str | None

    _nested: ClassVar[dict[str, type[Record]]] = {"yes": Side, "no": Side}


class SpeakerSummary(Record):
    """Who says something, over all articles of a ledger."""

    id: str
    name: str
    names: list[str]
    kind: str
    roles: list[str]
    statements: int
    articles: int
    forecasts: int
    first: str | None
    last: str | None
