"""The encoding of delimited text, told from its own bytes. Runs in the reading child only."""

from __future__ import annotations

import codecs
import unicodedata

from pmo_desktop.exchange.archive import Refused

_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = ("cp1252", "cp1250", "cp1251", "mac_roman", "cp850")  # what spreadsheet programs write; of equals the first
_SAMPLE = 20_000  # bytes that decide
_USUAL = "£€§°½¼¾•–—…«»®©™×±·²³ªº‘’“”„‚¿¡\xa0\xad"
_JOINING = "’‘–—·\xa0\xad"  # may stand between two letters
_DOUBTFUL = 0.8  # of the cost a character; above it another kind of encoding is looked for
_FOREIGN_SHARE = 0.4  # Latin words are mostly of plain letters


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else as UTF-16 or UTF-8, else a guess. Raises Refused."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    if wide := _wide(content):
        return content.decode(wide, errors="replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _guess(content)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of plain words is zero."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if half and max(low, high) > 0.4 * half and min(low, high) < 0.05 * half:
        return "utf-16-le" if low > high else "utf-16-be"
    return ""


def _guess(content: bytes) -> tuple[str, str]:
    costs = {encoding: cost for encoding in _SINGLE if (cost := _cost(content[:_SAMPLE], encoding)) is not None}
    best = min(costs, key=lambda encoding: costs[encoding], default="")
    if best and costs[best] <= _DOUBTFUL:
        return content.decode(best, errors="replace"), best
    from charset_normalizer import from_bytes  # noqa: PLC0415  heavy, and only for the rarest files

    found = from_bytes(content).best()
    if found is None:
        raise Refused("its letters are in an unknown encoding. Save it again as UTF-8 text or as .xlsx")
    return str(found), found.encoding


def _cost(sample: bytes, encoding: str) -> float | None:
    """How odd the text would be, a character beyond ASCII; None when it cannot be."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = [place for place, letter in enumerate(text) if letter > "\x7f"]
    if not odd:
        return 0.0
    total = sum(_oddness(text, place) for place in odd)
    letters = sum(letter.isalpha() for letter in text)
    latin = sum(text[place].isalpha() and not _is_cyrillic(text[place]) for place in odd)
    return total / len(odd) + (2.0 if latin > _FOREIGN_SHARE * max(1, letters) else 0.0)


def _oddness(text: str, place: int) -> float:
    """What speaks against one character where it stands: 0 nothing, 2 much."""
    letter, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if letter.isalpha():
        if _is_cyrillic(letter):
            return 2.0 if any(each.isascii() and each.isalpha() for each in (before, after)) else 0.3
        if (letter.isupper() and before.islower()) or before.isdigit() or after.isdigit():
            return 2.0
        return 0.0 if letter <= "ÿ" or letter in "œŒŸ" else 0.3 if letter <= "ſ" else 1.5
    if letter not in _USUAL:
        return 2.0
    inside = before.isalpha() and after.isalpha() and letter not in _JOINING
    return 2.0 if inside or (unicodedata.category(letter) == "Sc" and after.isalpha()) else 0.2


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u04ff"
