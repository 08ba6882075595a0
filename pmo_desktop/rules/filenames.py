"""Names of files that came from elsewhere: made harmless before they touch a disk, and judged by what opens them.

Source: reliability.md 5; the reserved names and the characters are those of Windows, which forbids the most.
"""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 200  # of a cleaned name in UTF-8; file systems allow 255, and a number may yet be added
_LONGEST_ENDING = 20  # bytes: what is longer is no ending that a program goes by
_NOWHERE = "attachment"  # what a name is called of which nothing is left
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, direction marks, halves of characters
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DRIVE = re.compile(r"^[A-Za-z]:")
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
)
# What a double click would run, or what may carry a program that runs by itself, on one system or another.
_PROGRAMS = (
    "exe com scr pif cpl msi msp mst msix appx gadget bat cmd ps1 psm1 psd1 ps1xml psc1 vb vbs vbe js jse mjs ws wsf "
    "wsh wsc sct hta chm hlp lnk url scf inf ins isp reg job jar jnlp class dll ocx sys drv application appref-ms "
    "msc library-ms search-ms settingcontent-ms xll xla xlam xlsm xltm xlsb docm dotm pptm potm ppam ppsm sldm mde "
    "mdb accdb accde ade adp iqy slk diagcab theme one vhd vhdx iso img cab sh bash zsh csh ksh fish command tool "
    "workflow terminal app pkg dmg desktop run bin elf appimage deb rpm apk snap flatpakref py pyc pyw pyz pl rb php "
    "lua tcl swf html htm xhtml shtml mht mhtml svg"
)
PROGRAMS = frozenset(_PROGRAMS.split())


def clean_name(name: str, most: int = MOST_BYTES) -> str:
    """A name that is safe in any folder: one part of a path, no reserved word, at most so many bytes of UTF-8.

    Only the last part of a path is kept; characters that no screen shows go, those that Windows forbids become `_`,
    dots and spaces at either end go. A name of which nothing is left is called `attachment`.
    """
    shown = "".join(each for each in unicodedata.normalize("NFC", name) if unicodedata.category(each) not in _HIDDEN)
    last = _DRIVE.sub("", re.split(r"[/\\]", shown.rstrip("/\\ ."))[-1].strip())
    plain = _FORBIDDEN.sub("_", last).strip(" .")
    stem = plain.split(".", 1)[0].rstrip()
    if stem.upper() in _RESERVED:
        plain = f"_{plain}"
    return _clip(plain, most) or _NOWHERE


def number_name(name: str, number: int) -> str:
    """A cleaned name with a number before its ending: `plan.pdf` -> `plan (2).pdf`."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({number}).{ending}" if dot and stem else f"{name} ({number})"


def find_program(name: str) -> str:
    """The ending, as `.exe`, by which some system would run what is called so; empty for a document."""
    _, dot, ending = clean_name(name).rpartition(".")
    return f".{ending.casefold()}" if dot and ending.casefold() in PROGRAMS else ""


def _clip(name: str, most: int) -> str:
    """A name of at most so many bytes that keeps its ending."""
    if len(name.encode()) <= most:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = dot + ending
    if not stem or len(tail.encode()) > _LONGEST_ENDING:
        stem, tail = name, ""
    room = most - len(tail.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + tail
