"""What is attached to an entry is told with its size in words, and what cannot be opened from here with its ending."""

from __future__ import annotations

import pytest

from pmo_desktop.figures.attachments import read_attachments, size_text
from pmo_desktop.store.file import Store
from tests.builders import a_row


def test_attachments_are_told_by_entry_the_oldest_first(store: Store) -> None:
    for row, name, link in (
        ("r-1", "case.pdf", None),
        ("r-1", "setup.exe", None),
        ("r-2", "Wiki", "https://x.example"),
    ):
        blob, size = (None, None) if link else ("0" * 64, 1_300.0)
        a_row(store, "attachment", register="risk", row=row, name=name, blob=blob, size=size, link=link)
    a_row(store, "attachment", register="issue", row="r-1", name="other.pdf")
    found = read_attachments(store, "risk", ["r-1", "r-2", "r-3"])
    assert {
        row: [(each.name, each.size_text, each.program) for each in attached] for row, attached in found.items()
    } == {
        "r-1": [("case.pdf", "1 kB", ""), ("setup.exe", "1 kB", ".exe")],
        "r-2": [("Wiki", "", "")],
    }


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_499, "1 kB"), (999_499, "999 kB"), (999_500, "1.0 MB")],
)
def test_a_size_is_said_in_words(size: int, words: str) -> None:
    assert size_text(size) == words
