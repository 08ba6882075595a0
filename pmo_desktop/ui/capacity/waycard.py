"""A card of the inspector: one way out of an over-booked cell, its effect, and the button that takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.label import Rows, label


class Offer(NamedTuple):
    """What is done, what comes of it, the word on its button, and the deed."""

    title: str
    effect: str
    verb: str
    deed: Callable[[], object]


class WayCard(Rows):
    """Done by one click."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("way")
        self.button = Button(offer.verb, kind="link", slot=offer.deed)
        self.button.setAccessibleName(f"{offer.verb}: {offer.title}. {offer.effect}")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 4, 5)
        column.setSpacing(0)
        column.addWidget(label(offer.title, "medium", wrap=True))
        row = QHBoxLayout()
        row.addWidget(label(offer.effect, "caption", wrap=True), 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
