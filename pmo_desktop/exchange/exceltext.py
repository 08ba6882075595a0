"""Text in an Excel cell: what fits, what must be escaped, what a spreadsheet would run as a formula."""

from __future__ import annotations

import re

LONGEST = 32_767  # UTF-16 units a cell holds; Excel calls a file with more damaged
PIECE = 32_000  # units of one piece on the sheet of long texts
CUT_NOTE = " … [cut here: the whole text stands on the sheet Long texts]"
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # OWASP, CSV injection
_ESCAPED = re.compile(r"_(?=[xX][0-9A-Fa-f]{4}_)|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def shown_text(text: str) -> str:
    """The text as it stands in the cell: whole, or cut with a note that says where the rest is.

    A re-import compares with this, so a cut cell that nobody touched is unchanged and loses nothing.
    """
    if len(text) * 2 <= LONGEST or _units(text) <= LONGEST:
        return text
    return _head(text, LONGEST - _units(CUT_NOTE)) + CUT_NOTE


def text_pieces(text: str) -> list[str]:
    """A long text in pieces that each fit a cell; joined they are the text again."""
    pieces = []
    while text:
        piece = _head(text, PIECE)
        pieces.append(piece)
        text = text[len(piece) :]
    return pieces


def escape_text(text: str) -> str:
    """The text as it is written into the file: what XML forbids becomes _xHHHH_, Excel's own escape.

    A text that looks like such an escape is escaped itself. Half a surrogate pair means nothing and becomes U+FFFD.
    """
    return _ESCAPED.sub(_escape, text)


def unescape_text(text: str) -> str:
    """The text that `escape_text` wrote, for readers that leave the escapes standing (openpyxl does)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula once it is typed again or saved as CSV.

    Source: OWASP "CSV injection": = + - @ tab and carriage return, after blanks, full-width forms too.
    """
    return text.lstrip(" \u00a0")[:1] in _FORMULA


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return "\ufffd" if "\ud800" <= character <= "\udfff" else f"_x{ord(character):04X}_"


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _head(text: str, units: int) -> str:
    """The longest beginning of at most so many UTF-16 units; a pair is never split."""
    head = text[:units]
    while _units(head) > units:
        head = head[: len(head) - max(1, (_units(head) - units) // 2)]
    return head
