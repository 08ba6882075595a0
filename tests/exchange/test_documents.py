"""A template is filled by a child process, whose end is no harm."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange import documents, filling
from pmo_desktop.exchange.documents import fill_template
from pmo_desktop.store.errors import Known
from tests.exchange.officemade import a_document, texts_of


def test_a_template_is_filled_by_the_child() -> None:
    filled = fill_template("x.docx", a_document("{{ sponsor }} leads {{ project }}"), {"sponsor": "Ada"})
    assert texts_of(filled) == ["Ada leads [project: not filled]"]


def test_what_the_child_refuses_is_a_sentence() -> None:
    with pytest.raises(Known, match=r"“x\.docx” was not filled: it is neither a Word document"):
        fill_template("x.docx", b"x", {})


@pytest.mark.parametrize(
    ("code", "said"),
    [("import os; os._exit(9)", "made to overload"), ("import time; time.sleep(9)", "more than 0.2 s")],
)
def test_a_child_that_dies_or_hangs_is_a_sentence(monkeypatch: pytest.MonkeyPatch, code: str, said: str) -> None:
    monkeypatch.setattr(documents, "_CODE", code)
    with pytest.raises(Known, match=said):
        fill_template("x.docx", a_document("x"), {}, limit=0.2 if "sleep" in code else 9)


def test_the_frozen_app_fills_through_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert documents._command()[1:] == [filling.FLAG] == [documents.FLAG]
