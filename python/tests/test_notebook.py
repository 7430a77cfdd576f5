"""The notebook runs from top to bottom, and its cells show what its words say."""

from __future__ import annotations

import json

import nbclient
import nbformat

from .conftest import EXAMPLES


def test_the_notebook_runs() -> None:
    notebook = nbformat.read(EXAMPLES / "statements.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        assert not cell.get("outputs"), "outputs are not kept in the repository"
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    shown = json.dumps([cell.get("outputs") for cell in notebook.cells])
    assert "cannot be ruled out" in shown and "underline" in shown
    assert "Will Oskaria capture Tarnovyk?" in shown
