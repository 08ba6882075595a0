"""A page of guidance: Markdown drawn as text that can only be read; nothing is loaded, and web links open elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QPalette,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser

from pmo_desktop.rules.method import Guide
from pmo_desktop.ui.theme import Theme

_SCHEMES = ("http", "https")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class GuidanceView(QTextBrowser):
    """Shows guides one after the other; HTML in them is shown as it was typed, pictures by their words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.guides: tuple[Guide, ...] = ()
        self.setAccessibleName("Guidance")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setProperty("role", "reading")
        self.anchorClicked.connect(self.follow)
        self._is_stale = False  # it is laid out when it is seen
        theme.changed.connect(self._restart)

    def show_guides(self, guides: Sequence[Guide]) -> None:
        """Show other guides; the same ones stay where they are scrolled to."""
        if tuple(guides) != self.guides:
            self.guides = tuple(guides)
            self._restart()

    def follow(self, link: QUrl) -> bool:
        """Open a web page in the person's browser; anything else is left alone. Whether it was opened."""
        return link.scheme().lower() in _SCHEMES and bool(link.host()) and QDesktopServices.openUrl(link)

    def loadResource(self, type_: int, name: QUrl | str) -> Any:
        """Nothing that a text names is ever read, from the disk or from the net."""
        return None

    # ------------------------------------------------------------------ below the counter

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._write()

    def _restart(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._write()

    def _write(self) -> None:
        self._is_stale = False
        theme = self.theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Link, theme.color("link"))
        self.setPalette(palette)
        document = self.document()
        document.setDefaultFont(theme.font("body"))
        document.setDocumentMargin(theme.px(4))
        text = "\n\n".join(_page(guide) for guide in self.guides)
        document.setMarkdown(_PICTURE.sub(r"\1", text), _FEATURES)
        self._set_type(theme)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _set_type(self, theme: Theme) -> None:
        """Headings, paragraphs and tables in the sizes and colours of the house."""
        block = self.document().begin()
        while block.isValid():
            _set_block(block, theme)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = QTextTableFormat(frame.format().toTableFormat())
                form.setBorderBrush(theme.color("border"))
                form.setCellPadding(theme.px(4))
                frame.setFormat(form)


_HEADS = {1: "subtitle"}  # deeper ones are strong


def _set_block(block: QTextBlock, theme: Theme) -> None:
    level, cursor = block.blockFormat().headingLevel(), QTextCursor(block)
    form = QTextBlockFormat(block.blockFormat())
    in_table = cursor.currentTable() is not None
    form.setTopMargin(0 if in_table or not block.blockNumber() else theme.px(14 if level else 2))
    form.setBottomMargin(0 if in_table else theme.px(4 if level else 6))
    form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(form)
    if level:
        letters = QTextCharFormat()
        letters.setFont(theme.font(_HEADS.get(level, "strong")))
        letters.setForeground(theme.color("text"))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)


def _page(guide: Guide) -> str:
    """A guide with its title above, unless its text begins with a heading of its own."""
    text = guide.text.strip()
    return text if text.startswith("# ") else f"# {guide.title}\n\n{text}"
