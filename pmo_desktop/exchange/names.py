"""Names of people as cells write them: the first of several, turned round, without titles, remarks and addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pmo_desktop.exchange.outcome import says_nothing

_SEPARATOR = re.compile(r"\s*(?:[/;|\n]|\s[&+]\s|\band\b)\s*")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_ADDRESS = re.compile(r"<?(?P<local>[^\s@<>]+)@(?P<host>[^\s@<>]+\.[^\s@<>]+)?>?")
_INITIALS = re.compile(r"(?P<letters>(?:[A-ZÀ-Þ]\.?[\s-]?){1,3})\s+(?P<surname>(?=..)[^\W\d_]+(?:[\s'’-][^\W\d_]+)*)")
_GLUED = re.compile(r"(?P<letters>(?:[A-Z]\.){1,3})(?P<surname>[A-Z][^\W\d_]+.*)")  # J.Smith
_LETTERS = re.compile(r"[A-Z]{2,3}|(?:[A-Z]\.\s?){2,3}")
_TITLE = re.compile(
    r"^(?:dr|mr|mrs|ms|miss|prof|professor|sir|dame|cllr)\.?\s+(?=\S)|\s+(?:phd|mbe|obe|cbe)$", re.IGNORECASE
)
_LEADING = re.compile(r"^[^:,@]{2,20}:\s+(?=\S)")  # Interim: John Smith
_TRAILING = re.compile(r"\s+[-–—]\s+.*$")  # John Smith - IT
_SHOUTED = re.compile(r"(?P<surname>[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,})\s+(?P<first>[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ][\w'’-]*)")  # SMITH John
_MOST_FULL = 4  # words of a full name
_NOBODY = frozenset(
    [
        "vacant", "pmo", "team", "various", "all", "nobody", "unassigned", "not assigned", "not allocated", "external",
        "to be recruited", "it", "hr", "ict", "supplier", "contractor",
    ]
)  # fmt: skip
_ROLES = frozenset(
    [
        "team", "department", "dept", "board", "committee", "office", "directorate", "division", "unit", "manager",
        "director", "lead", "sponsor", "owner",
    ]
)  # fmt: skip
_MORE = re.compile(r"[,;/(\[:|\n]|\s[-–—]\s")
_SHARED_BOXES = frozenset(
    ["info", "pmo", "admin", "team", "office", "enquiries", "noreply", "no-reply", "support", "helpdesk", "contact"]
)
_PAIR = 2  # surname and first name


def first_name(text: str) -> str:
    """The first of the people a text names, as `First Surname`; empty when none of its parts is a person."""
    parts = [_one_name(part) for part in _SEPARATOR.split(_BRACKETS.sub("", text.strip()))]
    return next((part for part in parts if part and not is_nobody(part)), "")


def is_nobody(text: str) -> bool:
    """Whether a text says that there is nobody, or names a role or a team and no person."""
    folded = text.casefold().strip(" .")
    box = _ADDRESS.fullmatch(text)
    if box and box["local"].casefold() in _SHARED_BOXES:
        return True
    words = folded.split()
    return (
        says_nothing(text) or folded in _NOBODY or (len(words) > 1 and words[-1] in _ROLES and not _MORE.search(text))
    )


def is_swapped(text: str) -> bool:
    """Whether a text is `Surname, First`: two full names with a comma between are two people."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != _PAIR or not all(parts):
        return False
    surname, first = (part.split() for part in parts)
    return len(first) <= 2 and (len(surname) == 1 or len(first) == 1)  # noqa: PLR2004  a middle name


def initial_form(name: str) -> tuple[str, str] | None:
    """The first initial and the surname of `J Smith`, `J. Smith` and `J.Smith`; None for any other form."""
    match = _GLUED.fullmatch(name) or _INITIALS.fullmatch(name)
    return (fold_name(match["letters"][0]), fold_name(match["surname"])) if match else None


def letters_form(name: str) -> str:
    """The letters of `JS` or `J.S.`, folded; empty for any other form."""
    return re.sub(r"[^A-Z]", "", name).casefold() if _LETTERS.fullmatch(name.strip()) else ""


def is_full(name: str) -> bool:
    """Whether a name is a first name and a surname, written out."""
    words = fold_name(name).split()
    return 1 < len(words) <= _MOST_FULL and len(words[0]) > 1 and len(words[-1]) > 1 and "".join(words).isalpha()


def split_address(text: str) -> tuple[str, str]:
    """The address in a text, and the name that stands beside it or is written in it: `john.smith@...` is John Smith."""
    match = _ADDRESS.search(text)
    if match is None:
        return "", text
    beside = (text[: match.start()] + text[match.end() :]).strip(" ,;")
    address = match[0].strip("<>") if match["host"] else ""
    words = [word for word in re.split(r"[._-]", match["local"]) if word]
    written = " ".join(word.capitalize() for word in words) if len(words) > 1 and all(map(str.isalpha, words)) else ""
    return address, beside or written


@cache
def fold_name(text: str) -> str:
    """A name as it is compared: without case, accents, points and hyphens, inner spaces single."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[.\-‐‑–]", " ", plain.replace("’", "'")).casefold().split())


def _one_name(text: str) -> str:
    bare = _LEADING.sub("", _TRAILING.sub("", text.strip()))
    parts = [part.strip() for part in bare.split(",")]
    if len(parts) == _PAIR and is_swapped(bare):
        bare = f"{parts[1]} {_calm(parts[0], parts[1])}"
    elif shouted := _SHOUTED.fullmatch(bare):
        bare = f"{shouted['first']} {_calm(shouted['surname'], shouted['first'])}"
    else:
        bare = parts[0]
    return " ".join(_TITLE.sub("", bare).split())


def _calm(surname: str, first: str) -> str:
    """SMITH as Smith, where only the surname is in capitals."""
    return surname.title() if surname.isupper() and len(surname) > _PAIR and not first.isupper() else surname
