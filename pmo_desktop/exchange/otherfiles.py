"""Files of other programs that are no workbooks: recognised, and what to do instead. Runs in the reading child only."""

from __future__ import annotations

import io
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLAN = "which is not imported yet. Save its tasks there as an Excel workbook or .csv and import that"
_ANEW = "Open it in Excel and save it as .xlsx"
# The first bytes that say what a file is.
_BEGINNINGS = (
    (b"%PDF", "it is a PDF, which has no cells. Ask for the workbook that it was made from"),
    (b"{\\rtf", "it is a text document. Copy its table into a workbook and import that"),
    (b"\x89PNG", "it is a picture. Ask for the workbook that it shows"),
    (b"\xff\xd8\xff", "it is a picture. Ask for the workbook that it shows"),
    (b"SQLite format 3", "it is a database or a portfolio, which is opened and not imported"),
)
# What names a kind of text in its first lines, in lower case.
_MARKUP = (
    (b"schemas.microsoft.com/project", f"it is a plan of Microsoft Project, {_PLAN}"),
    (b"<project name=", f"it is a plan of GanttProject, {_PLAN}"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", f"it is a workbook in the XML form of 2003. {_ANEW}"),
)
_PAGE = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body")
# The names of streams in the old container of Microsoft's programs.
_STREAMS = (
    ("TBkndTask", f"it is a plan of Microsoft Project, {_PLAN}"),
    ("WordDocument", "it is a Word document. Copy its table into a workbook and import that"),
    ("PowerPoint Document", "it is a presentation. Ask for the workbook behind it"),
    ("__substg1.0_", "it is a message from Outlook. Save the workbook attached to it and import that"),
)
# The beginnings of names of parts in a zip.
_PARTS = (
    ("word/", "it is a Word document. Copy its table into a workbook and import that"),
    ("ppt/", "it is a presentation. Ask for the workbook behind it"),
    ("Index/", "it is a document of Apple Numbers. Export it there as an Excel workbook and import that"),
)


def name_other(content: bytes) -> str:
    """The sentence (without the file's name) for a file that is certainly no workbook; empty for any other."""
    if found := next((words for mark, words in _BEGINNINGS if content.startswith(mark)), ""):
        return found
    if content.startswith(_OLE):
        return next((words for name, words in _STREAMS if name.encode("utf-16-le") in content), "")
    if content.startswith(b"PK"):
        return _name_zip(content)
    head = content[:4000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(_PAGE):
        return f"it is a web page under another name. {_ANEW}"
    return next((words for mark, words in _MARKUP if mark in head), "") if head.startswith(b"<") else ""


def _name_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""  # the guard says what is wrong with it
    if any(name.startswith("xl/") or name in ("mimetype", "content.xml") for name in names):
        return ""
    found = next((words for part, words in _PARTS if any(name.startswith(part) for name in names)), "")
    packed = any(name.lower().endswith((".xlsx", ".xls", ".xlsm", ".csv")) for name in names)
    return found or ("it is a packed folder. Unpack it and import the file inside" if packed else "")
