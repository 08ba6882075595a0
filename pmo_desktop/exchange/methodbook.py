"""A methodology as a workbook: a sheet a kind of part, every cell a text, read back as it was written.

A part names the code of what it belongs to, so rows may be added, sorted and taken away; the order of rows is that of
the parts. Templates travel as base64 in pieces that fit a cell, texts longer than a cell on the sheet `Long texts`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from pmo_desktop.exchange.dictionary import LONG_TEXTS
from pmo_desktop.exchange.exceltext import CUT_NOTE, PIECE, escape_text, shown_text, text_pieces
from pmo_desktop.exchange.grid import Cell, Sheet, Workbook, letter, read_workbook
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.registersheet import write_plain
from pmo_desktop.exchange.stream import streamed_book
from pmo_desktop.rules.assurance import Duty, Mandatory, Tier
from pmo_desktop.rules.method import (
    Criterion,
    DutyOf,
    Gate,
    Guide,
    Method,
    MethodPhase,
    Output,
    Template,
    Term,
)
from pmo_desktop.rules.methodtext import read_duty, read_weeks, weeks_text
from pmo_desktop.store.errors import Known

_WEEKS = "Usual length in weeks"
HEAD = {
    "Code": "code",
    "Methodology": "name",
    "Version": "version",
    "Proposed for": "tier",
    "Summary": "summary",
    "Speaks the terms of": "speaks",
}
SHEETS: dict[str, dict[str, int]] = {  # the headers of each sheet, with the widths of their columns
    "Method": {"What": 22, "Value": 110},
    "Phases": {"Code": 20, "Phase": 30, "Purpose": 80, _WEEKS: 14},
    "Gates": {"Phase": 20, "Code": 10, "Gate": 34, "Question": 70, "Decides": 24},
    "Criteria": {
        "Gate": 10,
        "Code": 24,
        "Criterion": 60,
        "Section": 20,
        "Guidance": 60,
        "Owner role": 20,
        "Mandatory for": 14,
        "Evidence": 22,
    },
    "Deliverables": {
        "Phase": 20,
        "Code": 24,
        "Deliverable": 32,
        "Purpose": 60,
        "Acceptance criteria": 60,
        "Owner role": 20,
        "Acceptor role": 20,
        "Mandatory for": 14,
        "Template": 22,
        "Example": 60,
    },
    "RACI": {"Concerns": 24, "Role": 24, "Duty": 14},
    "Guidance": {"Title": 34, "Concerns": 22, "Text": 110},
    "Glossary": {"Term": 26, "Meaning": 100},
    "Templates": {"Code": 24, "Template": 32, "File": 32, "Part": 8, "Content": 40},
}
_LONG_HEADERS = {"On sheet": 18, "In cell": 9, "Under header": 20, "Part": 7, "The whole text, piece by piece": 100}
_PART = re.compile(r"(\d+) of (\d+)")
_Word = TypeVar("_Word", bound=StrEnum)


def write_method_workbook(method: Method, path: Path) -> None:
    """Write a version to `path`, which is written over; give it a temporary file (store.writing).

    Raises Known when two phases or gates have one code, and OSError when the disk is full.
    """
    for kind, codes in (("phases", [each.code for each in method.phases]), ("gates", _gate_codes(method))):
        twins = [code for code, times in Counter(codes).items() if times > 1]
        if twins:
            raise Known(f"Nothing was written: two {kind} have the code “{twins[0]}”. Give each a code of its own.")
    with streamed_book(path) as book:
        book.properties.creator, book.properties.title = "PMO Desktop", escape_text(f"{method.name} {method.version}")
        cut: list[tuple[str, ...]] = []
        for title, rows in _sheet_rows(method):
            headers = SHEETS[title]
            write_plain(book, title, [list(headers), *rows], list(headers.values()))
            cut += _long_rows(title, list(headers), rows)
        if cut:
            write_plain(book, LONG_TEXTS, [list(_LONG_HEADERS), *cut], list(_LONG_HEADERS.values()))


def read_method_workbook(path: Path) -> Method:
    """The version that a workbook describes, read within the limits of foreign files.

    Raises Known with sheet and cell of whatever cannot be read.
    """
    return read_method_book(read_workbook(path))


def read_method_book(book: Workbook) -> Method:
    """The version that the sheets of a workbook describe. Raises as above."""
    reading = _Reading(book)
    head = _read_head(reading.rows("Method"))
    for name in ("Code", "Methodology"):
        if name not in head or not head[name].text("Value"):
            raise Known(f"Nothing was read: the sheet Method does not say the {name.lower()}. Add a row {name}.")
    if "Proposed for" in head and head["Proposed for"].text("Value"):
        head["Proposed for"].choose("Value", Tier)
    return Method(
        **{HEAD[name]: row.text("Value") for name, row in head.items()} | {"version": _version(head)},
        phases=_read_phases(reading),
        duties=tuple(DutyOf(row.needed("Concerns"), row.needed("Role"), _duty(row)) for row in reading.rows("RACI")),
        guidance=tuple(
            Guide(row.needed("Title"), row.text("Text"), row.text("Concerns")) for row in reading.rows("Guidance")
        ),
        terms=tuple(Term(row.needed("Term"), row.text("Meaning")) for row in reading.rows("Glossary")),
        templates=tuple(_read_templates(reading.rows("Templates"))),
    )


# --- writing ---------------------------------------------------------------------------------------------------------


def _gate_codes(method: Method) -> list[str]:
    return [gate.code for _, gate in method.gates()]


def _sheet_rows(method: Method) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    yield "Method", [(label, getattr(method, name)) for label, name in HEAD.items()]
    yield "Phases", [(each.code, each.name, each.purpose, weeks_text(each.weeks)) for each in method.phases]
    gates = list(method.gates())
    yield "Gates", [(phase.code, each.code, each.name, each.question, each.decides) for phase, each in gates]
    yield (
        "Criteria",
        [
            (gate.code, one.code, one.text, one.section, one.guidance, one.role, one.mandatory.value, one.evidence)
            for _, gate in gates
            for one in gate.criteria
        ],
    )
    yield "Deliverables", [_output_row(phase, each) for phase, each in method.outputs()]
    yield "RACI", [(each.concerns, each.role, each.duty.label) for each in method.duties]
    yield "Guidance", [(each.title, each.concerns, each.text) for each in method.guidance]
    yield "Glossary", [(each.term, each.meaning) for each in method.terms]
    yield "Templates", [row for each in method.templates for row in _template_rows(each)]


def _output_row(phase: MethodPhase, output: Output) -> tuple[str, ...]:
    return (
        phase.code,
        output.code,
        output.name,
        output.purpose,
        output.acceptance,
        output.role,
        output.acceptor,
        output.mandatory.value,
        output.template,
        output.example,
    )


def _template_rows(template: Template) -> Iterator[tuple[str, ...]]:
    pieces = text_pieces(base64.b64encode(template.content).decode("ascii")) or [""]
    for number, piece in enumerate(pieces, start=1):
        yield template.code, template.name, template.file_name, f"{number} of {len(pieces)}", piece


def _long_rows(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(row):
            if len(text) * 2 > PIECE and shown_text(text) != text:
                pieces = text_pieces(text)
                for part, piece in enumerate(pieces, start=1):
                    at = f"{letter(place)}{number}"
                    yield title, at, headers[place], f"{part} of {len(pieces)}", piece


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet: its cells by header, and where they stand."""

    sheet: str
    number: int  # from 1
    columns: Mapping[str, int]
    cells: Mapping[str, str]

    def text(self, header: str) -> str:
        """The text of a cell; empty where there is none."""
        return self.cells.get(header, "")

    def needed(self, header: str) -> str:
        """The text of a cell. Raises Known when it is empty."""
        if not self.text(header):
            self.fail(header, "this cell may not be empty")
        return self.text(header)

    def choose(self, header: str, words: type[_Word]) -> _Word:
        """The word of a cell. Raises Known when it is none of these."""
        try:
            return words(self.text(header))
        except ValueError:
            self.fail(header, f"“{self.text(header)}” is not one of {', '.join(words)}")

    def fail(self, header: str, why: str) -> NoReturn:
        """Raise Known with sheet and cell."""
        raise Known(f"Nothing was read: {self.sheet}!{letter(self.columns[header])}{self.number}: {why}.")


class _Reading:
    """The sheets of a workbook by name, with long texts put back where they were cut."""

    def __init__(self, book: Workbook) -> None:
        self.sheets = {sheet.name: sheet for sheet in book.sheets}
        if "Method" not in self.sheets:
            raise Known(f"Nothing was read: {book.name} has no sheet Method. Choose the workbook of a methodology.")
        for name in self.sheets:
            if name not in SHEETS and name != LONG_TEXTS:
                raise Known(f"Nothing was read: the sheet {name} belongs to no methodology. Take it out.")
        pieces: defaultdict[tuple[str, str], str] = defaultdict(str)
        for row in self._rows(LONG_TEXTS, _LONG_HEADERS):
            pieces[row.text("On sheet"), row.text("In cell")] += row.text("The whole text, piece by piece")
        self.long = dict(pieces)
        self.long_by_head = {shown_text(text): text for text in pieces.values()}

    def rows(self, name: str) -> list[_Row]:
        """The rows of a sheet that say something; none where there is no such sheet."""
        return list(self._rows(name, SHEETS[name]))

    def _rows(self, name: str, headers: Mapping[str, int]) -> Iterator[_Row]:
        if name not in self.sheets:
            return
        sheet = self.sheets[name]
        columns = _columns(sheet, headers)
        for number, cells in enumerate(sheet.rows[1:], start=2):
            texts = {
                header: self._whole(name, number, place, cells[place])
                for header, place in columns.items()
                if place < len(cells) and cells[place] is not None
            }
            if texts:
                yield _Row(name, number, columns, texts)

    def _whole(self, name: str, number: int, place: int, cell: Cell) -> str:
        text = cell if isinstance(cell, str) else cell_text(cell)
        if not text.endswith(CUT_NOTE) or name == LONG_TEXTS:
            return text
        at = f"{letter(place)}{number}"
        whole = self.long.get((name, at), "")
        if shown_text(whole) == text:
            return whole
        if text not in self.long_by_head:
            raise Known(
                f"Nothing was read: {name}!{at}: this text is cut and its rest is not on the sheet {LONG_TEXTS}."
            )
        return self.long_by_head[text]


def _columns(sheet: Sheet, headers: Mapping[str, int]) -> dict[str, int]:
    """Where each header stands in the first row. Raises Known for one that is missing or is none of these."""
    first = sheet.rows[0] if sheet.rows else []
    columns: dict[str, int] = {}
    for place, cell in enumerate(first):
        if cell is None:
            continue
        header = cell_text(cell).strip()
        if header not in headers or header in columns:
            why = f"“{header}” is not one header of {', '.join(headers)}"
            raise Known(f"Nothing was read: {sheet.name}!{letter(place)}1: {why}.")
        columns[header] = place
    missing = [header for header in headers if header not in columns]
    if missing:
        raise Known(
            f"Nothing was read: the sheet {sheet.name} has no column {missing[0]}. Give it that header in row 1."
        )
    return columns


def _read_head(rows: Iterable[_Row]) -> dict[str, _Row]:
    head: dict[str, _Row] = {}
    for row in rows:
        name = row.needed("What")
        if name not in HEAD or name in head:
            row.fail("What", f"“{name}” does not belong here; one row each is expected of {', '.join(HEAD)}")
        head[name] = row
    return head


def _version(head: Mapping[str, _Row]) -> str:
    return head["Version"].text("Value") if "Version" in head else ""


def _read_phases(reading: _Reading) -> tuple[MethodPhase, ...]:
    phases = {row.needed("Code"): row for row in _told_apart(reading.rows("Phases"))}
    gates = {row.needed("Code"): row for row in _told_apart(reading.rows("Gates"))}
    outputs = _under(reading.rows("Deliverables"), "Phase", phases, _read_output)
    criteria = _under(reading.rows("Criteria"), "Gate", gates, _read_criterion)

    def read_gate(row: _Row) -> Gate:
        code = row.text("Code")
        return Gate(code, row.needed("Gate"), row.text("Question"), row.text("Decides"), tuple(criteria[code]))

    own = _under(gates.values(), "Phase", phases, read_gate)
    return tuple(
        MethodPhase(code, row.needed("Phase"), row.text("Purpose"), _weeks(row), tuple(outputs[code]), tuple(own[code]))
        for code, row in phases.items()
    )


def _told_apart(rows: Iterable[_Row]) -> Iterator[_Row]:
    seen = set[str]()
    for row in rows:
        if row.needed("Code") in seen:
            row.fail("Code", f"“{row.text('Code')}” stands here for the second time; give each a code of its own")
        seen.add(row.text("Code"))
        yield row


_Part = TypeVar("_Part")


def _under(
    rows: Iterable[_Row], header: str, known: Mapping[str, object], read: Callable[[_Row], _Part]
) -> defaultdict[str, list[_Part]]:
    """The parts by the code of what they belong to. Raises Known for a code that there is not."""
    found: defaultdict[str, list[_Part]] = defaultdict(list)
    for row in rows:
        if row.needed(header) not in known:
            row.fail(header, f"there is no {header.lower()} with the code “{row.text(header)}”")
        found[row.text(header)].append(read(row))
    return found


def _read_output(row: _Row) -> Output:
    return Output(
        row.needed("Code"),
        row.needed("Deliverable"),
        row.text("Purpose"),
        row.text("Acceptance criteria"),
        row.text("Owner role"),
        row.text("Acceptor role"),
        _mandatory(row),
        row.text("Template"),
        row.text("Example"),
    )


def _read_criterion(row: _Row) -> Criterion:
    return Criterion(
        row.needed("Code"),
        row.needed("Criterion"),
        row.text("Section"),
        row.text("Guidance"),
        row.text("Owner role"),
        _mandatory(row),
        row.text("Evidence"),
    )


def _mandatory(row: _Row) -> Mandatory:
    return row.choose("Mandatory for", Mandatory) if row.text("Mandatory for") else Mandatory.ALL


def _weeks(row: _Row) -> float | None:
    try:
        return read_weeks(row.text(_WEEKS))
    except ValueError:
        row.fail(_WEEKS, f"“{row.text(_WEEKS)}” is not a number of weeks")


def _duty(row: _Row) -> Duty:
    try:
        return read_duty(row.text("Duty"))
    except ValueError as error:
        row.fail("Duty", str(error))


def _read_templates(rows: Sequence[_Row]) -> Iterator[Template]:
    place = 0
    while place < len(rows):
        first = rows[place]
        found = _PART.fullmatch(first.text("Part"))
        parts = rows[place : place + int(found[2])] if found and int(found[1]) == 1 else []
        expected = [f"{number} of {len(parts)}" for number in range(1, len(parts) + 1)]
        if not found or len(parts) != int(found[2]) or [row.text("Part") for row in parts] != expected:
            first.fail("Part", "the parts of a template stand below each other: 1 of 2, 2 of 2")
        yield Template(first.needed("Code"), first.needed("Template"), first.needed("File"), _content(parts))
        place += len(parts)


def _content(parts: Sequence[_Row]) -> bytes:
    try:
        return base64.b64decode("".join(row.text("Content") for row in parts), validate=True)
    except (binascii.Error, ValueError):
        parts[0].fail("Content", "the content of this template is damaged; export the methodology again")
