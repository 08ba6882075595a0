"""Names for files made of somebody's words: nothing in them leaves the folder, none is taken twice."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection
from contextlib import suppress
from itertools import count
from pathlib import Path

from pmo_desktop.store.errors import Known
from pmo_desktop.store.writing import explain_os

LONGEST = 80  # characters of a name without its ending; four bytes each still fit every file system
_LONGEST_ENDING = 8
_PLAIN = re.compile(r"[^A-Za-z0-9._ ()-]+")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%~\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # devices on Windows


def clean_name(text: str, fallback: str = "document", *, plain: bool = False) -> str:
    """A name of one file, in no folder, that every system takes; `plain` leaves only ASCII in it.

    Never empty: what nothing is left of is called `fallback`. The ending is kept as far as it is one.
    """
    text = unicodedata.normalize("NFKD" if plain else "NFC", text)
    if plain:
        text = "".join(each for each in text if not unicodedata.combining(each))
    text = (_PLAIN if plain else _FORBIDDEN).sub("-", text)
    stem, ending = os.path.splitext(" ".join(text.split()))  # noqa: PTH122  a text, not a path
    if not 1 < len(ending) <= _LONGEST_ENDING or not ending[1:].isalnum():
        stem, ending = stem + ending, ""
    stem = stem.strip(" .-")[:LONGEST].rstrip(" .-") or fallback
    return ("_" if _RESERVED.match(stem) else "") + stem + ending


def next_name(name: str, taken: Collection[str] | Callable[[str], bool]) -> str:
    """The name, or the first of `name (2).docx`, `name (3).docx` ... that is not taken (small letters)."""
    is_taken = taken if callable(taken) else taken.__contains__
    stem, ending = os.path.splitext(name)  # noqa: PTH122  as above
    return next(
        each for n in count(1) if not is_taken((each := name if n == 1 else f"{stem} ({n}){ending}").casefold())
    )


def write_new(folder: Path, name: str, content: bytes) -> Path:
    """Write a file that was not there before, under a cleaned name to which a number is added when it is taken.

    Raises Known when the folder is missing or may not be written in, or the disk is full; nothing is left then.
    """
    cleaned = clean_name(name)
    if not folder.is_dir():
        raise Known(f"“{cleaned}” was not written: the folder {folder} does not exist. Make it or choose another one.")
    here = {each.name.casefold() for each in folder.iterdir()}
    while True:
        path = folder / next_name(cleaned, here)
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:  # somebody was faster
            here.add(path.name.casefold())
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise explain_os(error, path) from error
        else:
            return path
