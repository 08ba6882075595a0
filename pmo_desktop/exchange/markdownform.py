r"""A small strict form of Markdown that any text survives: headings, `- Key: value` lines, tables, and a page of text.

    # Phase think: Think                  a heading; what stands before the first colon may be a code
    - Purpose: Know what is wanted.       a value on one line; a line break in it is written <br>
    | Term | Meaning |                    a table, with its line of dashes; | in a cell is written \|
    ---                                   from here to the end: a page of text, as it is

What a text editor might lose or change (control characters, carriage returns, blanks at the ends of a value) is
written \uXXXX, with four hexadecimal digits; a backslash before what looks like that is written \u005c. Line ends
may be of any kind; blank lines between the parts are free. Everything else is an error, said with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from pmo_desktop.store.errors import Known

_ODD = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_ESCAPED = re.compile(rf"\\(?=u[0-9a-fA-F]{{4}})|[{_ODD}]")
_IN_LINE = re.compile(rf"\\(?=u[0-9a-fA-F]{{4}})|<(?=br>)|[{_ODD}]")
_WRITTEN = re.compile(r"\\u([0-9a-fA-F]{4})")
_HEADING = re.compile(r"(#{1,3})(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[-*][ \t]+([^:|]{1,60}):(.*)")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_BAR = re.compile(r"(?<!\\)\|")
PAGE = "---"


@dataclass(slots=True)
class Part:
    """A heading with what stands under it: values and the cells of table rows, each with the line it stands on."""

    level: int
    heading: str
    line: int
    items: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: list[tuple[list[str], int]] = field(default_factory=list)
    ruled: bool = False  # whether the line of dashes below the table's header was read


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its name for messages, its parts in their order, and its page of text, if any."""

    name: str
    parts: Sequence[Part]
    page: str | None

    def fail(self, line: int, why: str) -> NoReturn:
        """Raise Known with the file and the line."""
        fail(self.name, line, why)


def fail(name: str, line: int, why: str) -> NoReturn:
    """Raise Known with the file and the line."""
    raise Known(f"Nothing was read: {name}, line {line}: {why}.")


# --- writing ---------------------------------------------------------------------------------------------------------


def line_text(text: str) -> str:
    """A text on one line."""
    written = _IN_LINE.sub(_escape, text)
    for place in (0, -1):
        if written and written[place].isspace():
            edge = _code(written[place])
            written = edge + written[1:] if place == 0 else written[:-1] + edge
    return written.replace("\n", "<br>")


def code_text(code: str) -> str:
    """A code in a heading: no colon stands in it, which ends it."""
    return line_text(code).replace(":", _code(":"))


def page_text(text: str) -> str:
    """A text of any number of lines, to stand at the end of a file."""
    return f"{PAGE}\n\n{_ESCAPED.sub(_escape, text)}\n"


def item_lines(values: Mapping[str, str]) -> list[str]:
    """One line for each value that is not empty, and a blank one; nothing where all are."""
    lines = [f"- {key}: {line_text(value)}" for key, value in values.items() if value]
    return [*lines, ""] if lines else []


def table_lines(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, and a blank line."""
    return [_row(headers), _row(["---"] * len(headers)), *(_row([_cell(each) for each in row]) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return re.sub(r"\\(?=\|)", lambda _: _code("\\"), line_text(text)).replace("|", "\\|")


def _escape(found: re.Match[str]) -> str:
    return _code(found[0])


def _code(character: str) -> str:
    return f"\\u{ord(character):04x}"


# --- reading ---------------------------------------------------------------------------------------------------------


def read_document(name: str, content: bytes) -> Document:
    """The parts of a file. Raises Known with its name and a line when it is not in this form."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fail(name, content[: error.start].count(b"\n") + 1, "it is not UTF-8 text; save it in that encoding")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts: list[Part] = []
    for number, line in enumerate(lines, start=1):
        if line.strip() == PAGE:
            return Document(name, parts, _read_page(lines[number:]))
        if line.strip():
            _read_line(name, parts, number, line.strip())
    return Document(name, parts, None)


def read_table(document: Document, part: Part, headers: Sequence[str]) -> list[tuple[list[str], int]]:
    """The rows of the part's table, each with as many cells as there are headers. Raises Known when they differ."""
    if not part.rows:
        return []
    found, line = part.rows[0]
    if found != list(headers):
        document.fail(line, f"a table with the columns {' | '.join(headers)} is expected here")
    for cells, at in part.rows[1:]:
        if len(cells) != len(headers):
            document.fail(at, f"this row has {len(cells)} cells and the table {len(headers)} columns; write | as \\|")
    return part.rows[1:]


def split_code(document: Document, part: Part, kind: str) -> tuple[str, str]:
    """The code and the words of a heading such as `Gate G1: Is it worth it?`. Raises Known for any other heading."""
    found = re.fullmatch(rf"{kind}[ \t]+([^:]*?)[ \t]*:[ \t]*(.*)", part.heading)
    if not found:
        document.fail(part.line, f"a heading “{kind} code: name” is expected here")
    return plain_text(found[1]), plain_text(found[2])


def plain_text(written: str) -> str:
    """The text that `line_text` wrote."""
    return _unescape(written.replace("<br>", "\n"))


def _read_page(lines: Sequence[str]) -> str:
    kept = lines[1:] if lines and not lines[0].strip() else lines
    if kept and not kept[-1]:
        kept = kept[:-1]
    return _unescape("\n".join(kept))


def _read_line(name: str, parts: list[Part], number: int, line: str) -> None:
    if found := _HEADING.fullmatch(line):
        parts.append(Part(len(found[1]), (found[2] or "").strip(), number))
        return
    if not parts:
        fail(name, number, "a heading that begins with # is expected here")
    if line.startswith("|"):
        _read_row(name, parts[-1], number, line)
    elif found := _ITEM.fullmatch(line):
        key = found[1].strip()
        if key in parts[-1].items:
            fail(name, number, f"“{key}” stands here for the second time")
        parts[-1].items[key] = (plain_text(found[2].strip()), number)
    else:
        fail(name, number, "this is neither a heading, a line “- Key: value” nor the row of a table")


def _read_row(name: str, part: Part, number: int, line: str) -> None:
    if len(part.rows) != 1 or part.ruled:
        part.rows.append((_cells(name, number, line), number))
    elif _RULE.fullmatch(line):
        part.ruled = True
    else:
        fail(name, number, "a line of dashes, | --- | --- |, belongs below the header of a table")


def _cells(name: str, number: int, line: str) -> list[str]:
    first, *cells, last = [each.strip() for each in _BAR.split(line)]
    if first or last or not cells:
        fail(name, number, "the row of a table begins and ends with |")
    return [plain_text(each.replace("\\|", "|")) for each in cells]


def _unescape(written: str) -> str:
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), written)
