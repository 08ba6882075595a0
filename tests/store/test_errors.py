"""What a person can mend is said in a sentence; the rest is a Bug and goes on as it is."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from pmo_desktop.store.errors import Damaged, Known, explain_sqlite


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("database or disk is full", "the disk is full"),
        ("disk I/O error", "the disk is full or cannot be reached"),
        ("attempt to write a readonly database", "work.pmo is read-only"),
        ("database disk image is malformed", "work.pmo is damaged and was not touched"),
        ("file is not a database", "work.pmo is not a portfolio file"),
    ],
)
def test_trouble_with_the_disk_or_the_file_is_said_in_a_sentence(text: str, sentence: str) -> None:
    known = explain_sqlite(sqlite3.OperationalError(text), "work.pmo")
    assert isinstance(known, Damaged if "damaged" in sentence else Known)
    assert sentence in str(known)
    wrapped = OperationalError("SELECT 1", {}, sqlite3.OperationalError(text))
    assert str(explain_sqlite(wrapped, "work.pmo")) == str(known)


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("near FROM: syntax error"),
        ValueError("disk is full"),
        OperationalError("", {}, ValueError("full")),
    ],
)
def test_everything_else_is_a_bug(error: Exception) -> None:
    assert explain_sqlite(error, "work.pmo") is None
