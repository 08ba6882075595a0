"""What calamine does not tell about an .xlsx sheet: fills of blank cells, errors, comments, hidden and struck rows.

Read straight from the XML, and only what is needed: a full openpyxl load costs ten times as much. Rows and columns are
0-based here. Runs in the reading child only, after the guard.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from pmo_desktop.exchange.archive import column_number
from pmo_desktop.exchange.palette import Palette

Marks = dict[str, object]
SAMPLE_ROWS = 200
UNCALCULATED = "not calculated"  # a formula without a stored result

_REF = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d+)["']""")
_STYLE = re.compile(rb"""\ss=["'](\d+)["']""")
_ERROR = re.compile(rb"""\st=["']e["']""")
_UNCALCULATED = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\shidden=["'](?:1|true)["'][^>]*>""")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
_COLUMN = re.compile(rb"""<(?:\w+:)?col\b[^>]*?\shidden=["'](?:1|true)["'][^>]*>""")
_FROM_TO = re.compile(rb"""\s(min|max)=["'](\d+)["']""")
_CURRENCY = re.compile(r"[£$€¥₹]|\[\$[^\]-]+|\b[A-Z]{3}\b")
_LINK = re.compile(r"xl/externalLinks/[^/]+\.xml", re.IGNORECASE)
_BUILT_IN_PERCENT = {9: "0%", 10: "0.00%"}


class Package:
    """The parts of one .xlsx that say how cells look and which sheet is which."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Reads the workbook's relations and styles at once; sheets are read when asked for."""
        self.archive = archive
        self.names = {name.lower(): name for name in archive.namelist()}
        self.sheets = self._sheet_parts()
        styles = self._parse("xl/styles.xml")
        theme = self._parse("xl/theme/theme1.xml")
        self.styles = Styles(styles, Palette(styles, theme)) if styles is not None else None

    def marks(self, sheet: str) -> Marks:
        """The marks of one sheet; empty when its part is missing or oddly named."""
        part = self.sheets.get(sheet)
        if part is None or part.lower() not in self.names:
            return {}
        content = self.archive.read(self.names[part.lower()])
        found: Marks = {"errors": _errors(content), "comments": self._comments(part)}
        found["hidden_rows"], found["hidden_columns"] = _hidden_rows(content), _hidden_columns(content)
        if self.styles:
            found["fills"] = _fills(content, self.styles.fills)
            found["struck"] = _struck_rows(content, self.styles.struck)
            found["formats"] = _formats(content, self.styles.formats)
        return {name: value for name, value in found.items() if value}

    def _parse(self, part: str) -> Element | None:
        name = self.names.get(part.lower())
        return fromstring(self.archive.read(name)) if name else None

    def _sheet_parts(self) -> dict[str, str]:
        book = self._parse("xl/workbook.xml")
        if book is None:
            return {}
        targets = self._relations("xl/workbook.xml")
        sheets = (each for each in book.iter() if _local(each.tag) == "sheet")
        return {each.get("name", ""): targets.get(_attribute(each, "id"), ("", ""))[1] for each in sheets}

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        root = self._parse(f"{folder}/_rels/{name}.rels")
        return {
            each.get("Id", ""): (
                each.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
            )
            for each in (() if root is None else root)
        }

    def _comments(self, part: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind, target in self._relations(part).values():
            root = self._parse(target) if kind == "comments" else None
            for each in () if root is None else root.iter():
                if _local(each.tag) == "comment":
                    text = "".join(run.text or "" for run in each.iter() if _local(run.tag) == "t")
                    found[each.get("ref", "")] = _spoken(text)
        return found

    def links(self) -> list[str]:
        """The names of the other workbooks that formulas point to, without folders."""
        parts = [name for name in self.names.values() if _LINK.fullmatch(name)]
        targets = (target for part in parts for kind, target in self._relations(part).values() if "ath" in kind)
        return sorted({posixpath.basename(unquote(target).replace("\\", "/")) for target in targets})


class Styles:
    """What each cell style means: its fill colour, whether it is struck through, its number format if telling."""

    def __init__(self, root: Element, palette: Palette) -> None:
        """Takes the parsed styles part."""
        fills = [palette.fill(each) for each in _children(root, "fills")]
        struck = ["struck" if _has(each, "strike") else "" for each in _children(root, "fonts")]
        codes = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in _children(root, "numFmts")}
        self.fills: dict[int, str] = {}
        self.struck: set[int] = set()
        self.formats: dict[int, str] = {}
        for number, style in enumerate(_children(root, "cellXfs")):
            if colour := _at(fills, style.get("fillId")):
                self.fills[number] = colour
            if _at(struck, style.get("fontId")):
                self.struck.add(number)
            kind = int(style.get("numFmtId", 0))
            code = codes.get(kind, _BUILT_IN_PERCENT.get(kind, ""))
            if "%" in code or _CURRENCY.search(code):
                self.formats[number] = code


def _spoken(text: str) -> str:
    """The words of a comment; of a thread without the notice that Excel puts before it for older programs."""
    if text.startswith("[Threaded comment]"):
        text = text.partition("Comment:")[2] or text
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _errors(content: bytes) -> dict[str, str]:
    found = {}
    for start, end in _tags(content, _ERROR):
        value = _VALUE.search(content, end, end + 2000)
        found[_address(content[start:end])] = value[1].decode() if value else "#ERROR"
    for match in _UNCALCULATED.finditer(content):
        start = max(content.rfind(b"<c ", 0, match.start()), content.rfind(b":c ", 0, match.start()))
        tag = content[start : content.find(b">", start) + 1]
        if b't="str"' not in tag:  # a formula whose result is an empty text is simply blank
            found[_address(tag)] = UNCALCULATED
    found.pop("", None)
    return found


def _fills(content: bytes, colours: dict[int, str]) -> dict[str, str]:
    """The fill of cells without a value; a cell that says something is read by what it says."""
    found = {}
    for start, end in _styled(content, set(colours)):
        if content[end - 2 : end] == b"/>" or content[end : end + 2] == b"</":
            tag = content[start:end]
            found[_address(tag)] = colours[_style(tag)]
    found.pop("", None)
    return found


def _struck_rows(content: bytes, styles: set[int]) -> list[int]:
    counts: Counter[int] = Counter()
    for start, end in _styled(content, styles):
        ref = _REF.search(content[start:end])
        if ref and content[end - 2 : end] != b"/>":
            counts[int(ref[2]) - 1] += 1
    return sorted(row for row, count in counts.items() if count > 1)


def _formats(content: bytes, formats: dict[int, str]) -> dict[str, str]:
    """The telling number format most cells of a column have, judged by the first rows; key = column as text."""
    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for start, end in _styled(_first_rows(content), set(formats)):
        tag = content[start:end]
        if ref := _REF.search(tag):
            votes[column_number(ref[1]) - 1][formats[_style(tag)]] += 1
    return {str(column): counts.most_common(1)[0][0] for column, counts in votes.items()}


def _first_rows(content: bytes) -> bytes:
    end = 0
    for _ in range(SAMPLE_ROWS):
        following = content.find(b"row>", end + 1)
        if following < 0:
            return content
        end = following
    return content[:end]


def _hidden_rows(content: bytes) -> list[int]:
    if b"hidden=" not in content:
        return []
    numbers = (_ROW_NUMBER.search(match[0]) for match in _HIDDEN_ROW.finditer(content))
    return [int(number[1]) - 1 for number in numbers if number]


def _hidden_columns(content: bytes) -> list[int]:
    head = content[: content.find(b"sheetData>")]
    found: list[int] = []
    for match in _COLUMN.finditer(head):
        ends = {name: int(number) for name, number in _FROM_TO.findall(match[0])}
        if len(ends) == 2:  # noqa: PLR2004  min and max
            found += range(ends[b"min"] - 1, min(ends[b"max"], 500))
    return found


def _styled(content: bytes, styles: set[int]) -> Iterator[tuple[int, int]]:
    if not styles:
        return
    either = b"|".join(b"%d" % style for style in sorted(styles))
    yield from _tags(content, re.compile(rb"""\ss=["'](?:""" + either + rb""")["']"""))


def _tags(content: bytes, attribute: re.Pattern[bytes]) -> Iterator[tuple[int, int]]:
    """Start and end of each tag that has the attribute; looking for the attribute first is what makes this fast."""
    for match in attribute.finditer(content):
        end = content.find(b">", match.end()) + 1
        start = content.rfind(b"<", 0, match.start())
        if end and content[start : start + 3] != b"<ro":
            yield start, end


def _address(tag: bytes) -> str:
    ref = _REF.search(tag)
    return (ref[1] + ref[2]).decode() if ref else ""


def _style(tag: bytes) -> int:
    found = _STYLE.search(tag)
    return int(found[1]) if found else 0


def _children(root: Element, name: str) -> list[Element]:
    return next((list(each) for each in root if _local(each.tag) == name), [])


def _has(element: Element, name: str) -> bool:
    return any(_local(each.tag) == name and each.get("val", "1") not in ("0", "false") for each in element)


def _at(values: list[str], index: str | None) -> str:
    position = int(index or 0)
    return values[position] if position < len(values) else ""


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name and key != name), "")


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
