"""An article in a notebook: its statements underlined."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._documents import Document
    from ._records import Statement

#: How speech is underlined: their words solid, a paraphrase dashed.
_LINES = {"direct": "solid", "mixed": "solid", "indirect": "dashed"}


def _says(statement: Statement) -> str:
    """ "Ada Quill · forecast · likely (55–80 %)": words and range together."""
    parts = [statement.speaker.name if statement.speaker else "nobody named", statement.kind]
    certainty = statement.certainty
    if certainty is not None:
        ends = [f"{round(100 * end)}" for end in (certainty.low, certainty.high) if end is not None]
        parts.append(f"{certainty.term} ({'–'.join(ends)} %)" if ends else certainty.term)
    if statement.window is not None:
        parts.append(statement.window.text)
    return " · ".join(parts)


def of_document(doc: Document) -> str:
    """The article's text with the content of each statement underlined; what it says is its tooltip, and a list
    below says it again."""
    spans = sorted(
        ((span.start, span.end, n) for n, one in enumerate(doc.statements, 1) for span in one.content),
        key=lambda span: (span[0], -span[1]),
    )
    out, at = [], 0
    for start, end, n in spans:
        # Of nested ones the outer is drawn.
        if start < at:
            continue
        one = doc.statements[n - 1]
        out.append(escape(doc.text[at:start]))
        out.append(
            f'<span title="{escape(_says(one))}" style="text-decoration: underline '
            f'{_LINES.get(one.speech, "dotted")}; text-underline-offset: 3px">'
            f"{escape(doc.text[start:end])}<sup>{n}</sup></span>"
        )
        at = end
    out.append(escape(doc.text[at:]))
    title = f"<h4>{escape(doc.title)}</h4>" if doc.title else ""
    rows = "".join(
        f"<li><b>{escape(_says(one))}</b>: {escape(one.text)}</li>" for one in doc.statements
    )
    text = "".join(out)
    return (
        f'<div class="sayso" lang="en">{title}'
        f'<div style="white-space: pre-wrap; max-width: 45em">{text}</div><ol>{rows}</ol></div>'
    )
