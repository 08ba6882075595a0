"""What an undo did, in three buckets: taken back, kept because somebody edited it since, and not possible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.operations.undoreport import UndoReport, kept_sentence, reversed_words
from pmo_desktop.rules.wording import count_text, sentence
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme

_MOST_LINES, _TALLEST = 200, 190


class UndoBuckets(QScrollArea):
    """Shows one report; hidden until there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What the undo did")
        self.hide()

    def show_report(self, report: UndoReport) -> None:
        """Show the buckets that hold something; a report of nothing written says what would stay."""
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self.lines = []
        for icon, tone, title, lines in bucket_parts(report):
            self._add_title(box, icon, tone, title)
            for words in lines[:_MOST_LINES]:
                self._add_line(box, words)
            if len(lines) > _MOST_LINES:
                self._add_line(box, f"and {len(lines) - _MOST_LINES:,} more")
        box.addStretch(1)
        self.setWidget(inner)
        self.setFixedHeight(min(current_theme().px(_TALLEST), inner.sizeHint().height() + 4))
        self.setAccessibleDescription("\n".join(self.lines))
        self.show()

    def _add_title(self, box: QVBoxLayout, icon: str, tone: str, title: str) -> None:
        self.lines.append(title)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6 if len(self.lines) > 1 else 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Mark(icon, tone, 16))
        row.addWidget(label(title, "strong", wrap=True), 1)
        box.addLayout(row)

    def _add_line(self, box: QVBoxLayout, words: str) -> None:
        self.lines.append(words)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(label(words, "body2", wrap=True))
        box.addLayout(row)


def bucket_parts(report: UndoReport) -> list[tuple[str, str, str, Sequence[str]]]:
    """The buckets that hold something: icon, colour, title and lines."""
    done = report.batch is not None
    parts: list[tuple[str, str, str, Sequence[str]]] = []
    if done:
        parts.append(("circle-check", "ok_fg", sentence(f"Taken back: {reversed_words(report.reversed)}"), ()))
    if report.kept:
        many = count_text(len(report.kept), "cell or record", "cells and records")
        stays = "Kept" if done else "Would stay"
        title = f"{stays}, edited since: {many}"
        parts.append(("user", "warn_fg", title, [kept_sentence(each) for each in report.kept]))
    if report.impossible:
        title = f"{'Could' if done else 'Can'} not be taken back: {count_text(len(report.impossible), 'record')}"
        lines = [f"{each.label}: {each.reason}" for each in report.impossible]
        parts.append(("circle-alert", "err_fg", title, lines))
    return parts
