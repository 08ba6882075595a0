"""Guidance is read as text: nothing is loaded, no markup gets through, and only web pages are opened, by a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from pytestqt.qtbot import QtBot

from pmo_desktop.rules.method import Guide
from pmo_desktop.ui.methods.guidance import GuidanceView
from tests.ui.methodstage import Opened
from tests.ui.stage import dressed

HOSTILE = """Read <script>alert(1)</script> and <img src="file:///etc/passwd"> and ![a picture](file:///etc/passwd).

| Who | What |
| --- | --- |
| Board | Decides |

[A page](https://example.org/page) and [a file](file:///etc/passwd).
"""


@pytest.fixture
def view(qtbot: QtBot) -> GuidanceView:
    made = GuidanceView(dressed())
    qtbot.addWidget(made)
    made.show_guides([Guide("How to prepare", HOSTILE), Guide("Own title", "# Begin here\n\nThen *go on*.")])
    made.resize(500, 120)
    made.show()
    return made


def test_titles_and_words_are_shown(view: GuidanceView) -> None:
    text = view.toPlainText()
    assert text.startswith("How to prepare")
    assert "Begin here\nThen go on." in text
    assert "Own title" not in text  # the page has a heading of its own


def test_markup_and_pictures_are_only_words(view: GuidanceView) -> None:
    text = view.toPlainText()
    assert "a picture" in text
    html = view.document().toHtml()
    assert "<script>" not in html
    assert "<img" not in html
    assert view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("file:///etc/passwd")) is None


def test_only_web_pages_are_opened(view: GuidanceView, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Opened()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    assert view.follow(QUrl("https://example.org/page"))
    for other in ("file:///etc/passwd", "javascript:alert(1)", "mailto:a@b", "https:///", "page", "ms-word:x"):
        assert not view.follow(QUrl(other))
    assert opened == ["https://example.org/page"]


def test_another_look_writes_it_anew_and_the_same_guides_stay(view: GuidanceView) -> None:
    view.verticalScrollBar().setValue(30)
    view.show_guides(view.guides)
    assert view.verticalScrollBar().value() == 30
    view.theme.set_name("dark")
    assert view.toPlainText().startswith("How to prepare")
    view.hide()
    view.theme.set_name("light")
    view.show()
