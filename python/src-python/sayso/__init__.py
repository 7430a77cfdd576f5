"""Who said what, how sure, by when: attributed statements out of news articles.

>>> import sayso
>>> doc = sayso.read("The dam will hold, Ada Quill said on Monday.", published="2031-04-03")
>>> [(s.speaker.name, s.kind, doc[s.span]) for s in doc.statements if s.speaker]
[('Ada Quill', 'forecast', 'The dam will hold')]

Everything runs on this machine: the weights are in the package, nothing is downloaded. Offsets are Unicode
code points, so that ``doc.text[span.start:span.end]`` is the span; probabilities and confidences are 0 to 1;
days are :class:`datetime.date`. Whatever has ``__arrow_c_stream__`` (a document, :func:`read_batch`) is
taken as it is by polars, DuckDB, pandas 3, nanoarrow and pyarrow.
"""

from ._documents import Document, Problem, ReadError, ReadWarning, pipe, read, read_files
from ._ledger import Ledger, Page
from ._records import (
    ArticleRef,
    Candidate,
    Certainty,
    Condition,
    Entity,
    Event,
    Link,
    Place,
    Quantity,
    QuestionSummary,
    Said,
    Side,
    Span,
    Speaker,
    SpeakerSummary,
    Statement,
    Window,
)
from ._sayso import LedgerError, Table, version as _version
from ._tables import link_group, read_batch

__version__: str = _version()

__all__ = [
    "ArticleRef",
    "Candidate",
    "Certainty",
    "Condition",
    "Document",
    "Entity",
    "Event",
    "Ledger",
    "LedgerError",
    "Link",
    "Page",
    "Place",
    "Problem",
    "Quantity",
    "QuestionSummary",
    "ReadError",
    "ReadWarning",
    "Said",
    "Side",
    "Span",
    "Speaker",
    "SpeakerSummary",
    "Statement",
    "Table",
    "Window",
    "link_group",
    "pipe",
    "read",
    "read_batch",
    "read_files",
]
