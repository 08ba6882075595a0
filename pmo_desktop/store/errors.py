"""The two ways a thing can go wrong: Known (tell the person) and Bug (tell us)."""

from __future__ import annotations

import sqlite3


class Known(Exception):  # noqa: N818  a condition the person can mend, not a fault of the program
    """Something a person can mend. The message is one sentence: what, where, and how to mend it."""


class Held(Known):
    """Somebody else has the portfolio open; a read-only copy can be offered."""


class OnShare(Known):
    """The portfolio lies on a network share; it opens when the person says that they know."""


class Damaged(Known):
    """The portfolio is damaged; a backup can take its place."""


class Bug(Exception):  # noqa: N818  pairs with Known
    """Something only we can mend; shown with a report that can be copied."""


def explain_sqlite(error: BaseException, where: str) -> Known | None:
    """The sentence for an engine error a person can mend; None when it is a Bug.

    A file-size limit or a full disk shows as "disk I/O error", so both texts mean the same here.
    """
    cause = getattr(error, "orig", error)  # SQLAlchemy's errors carry the engine's
    if not isinstance(cause, sqlite3.Error):
        return None
    text = str(cause).lower()
    for marker, sentence in _SENTENCES:
        if marker in text:
            kind = Damaged if marker == _MALFORMED else Known
            return kind(sentence.format(where=where))
    return None


_MALFORMED = "malformed"
_SENTENCES = (
    (
        "is full",
        "Nothing was written to {where}: the disk is full. Free some space and try again; all earlier work is safe.",
    ),
    (
        "disk i/o error",
        (
            "Nothing was written to {where}: the disk is full or cannot be reached. "
            "Free some space or reconnect it and try again; all earlier work is safe."
        ),
    ),
    ("readonly", "Nothing was written: {where} is read-only. Save a copy where you may write and work there."),
    (
        _MALFORMED,
        "{where} is damaged and was not touched. Restore the newest backup with File > Restore from backup.",
    ),
    ("not a database", "{where} is not a portfolio file. Choose a file that ends in .pmo, or import it as a workbook."),
)
