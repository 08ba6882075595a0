"""Checklists and lists of deliverables out of other people's workbooks, taken into a methodology.

A table with a column of criteria is a checklist: each row goes to the gate it names, else to that of the band it
stands under or of its sheet. One with a column of deliverables is a list of those: each row goes to its phase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pmo_desktop.exchange.grid import Workbook
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.outcome import cell_text, shorten
from pmo_desktop.exchange.tables import Table, find_tables
from pmo_desktop.rules.assurance import Mandatory
from pmo_desktop.rules.method import Criterion, Gate, Method, MethodPhase, Output
from pmo_desktop.rules.methodcodes import part_codes, propose_code, slug_words

CRITERIA: dict[str, tuple[str, ...]] = {  # what a column may be called, by what it says; the first that is there counts
    "text": ("Criterion", "Criteria", "Question", "Check", "Checklist item", "Checklist", "Requirement", "Checkpoint"),
    "place": ("Gate", "Stage gate", "Toll gate", "Gate ID", "Gate name", "Decision point", "Stage", "Phase"),
    "section": ("Section", "Category", "Theme", "Area", "Topic", "Group"),
    "guidance": ("Guidance", "Help", "Hint", "How to check", "What good looks like", "Notes", "Comment"),
    "role": ("Owner role", "Owner", "Responsible", "Role", "Lead", "Who"),
    "mandatory": ("Mandatory", "Mandatory for", "Required", "Compulsory", "Must"),
    "evidence": ("Evidence", "Evidence required", "Proof", "Document", "Deliverable", "Product", "Artefact"),
}
OUTPUTS: dict[str, tuple[str, ...]] = {
    "text": ("Deliverable", "Product", "Output", "Artefact", "Work product", "Document", "Deliverable name"),
    "place": ("Phase", "Stage", "Life cycle phase", "Phase name", "Stage name", "Gate", "Step"),
    "purpose": ("Purpose", "Description", "Why", "Objective"),
    "acceptance": ("Acceptance criteria", "Quality criteria", "Approval criteria", "Completion criteria", "Done when"),
    "role": ("Owner role", "Owner", "Responsible", "Author", "Producer", "Role", "Lead"),
    "acceptor": ("Acceptor role", "Accepted by", "Acceptor", "Approver", "Approved by"),
    "mandatory": ("Mandatory", "Mandatory for", "Required", "Compulsory", "Must"),
    "template": ("Template", "Template file", "Form"),
    "example": ("Example", "Sample"),
}
_YES = frozenset({"yes", "y", "x", "m", "must", "mandatory", "required", "all", "true", "1", "✓", "✔", "•"})
_NO = frozenset({"no", "n", "o", "optional", "should", "could", "recommended", "false", "0", "-", "–"})
_TICKS = frozenset({"x", "✓", "✔", "•", "1"})
_LARGER = frozenset({"tier 1 and 2", "tiers 1 and 2", "tier 1-2", "tier 1, 2", "larger", "large and medium"})
_LARGEST = frozenset({"tier 1", "largest", "large"})


@dataclass(frozen=True, slots=True)
class ListProblem:
    """A cell that was not taken as it stands: its address with the sheet, its text, and what became of it."""

    cell: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ReadLists:
    """The methodology with what the lists brought.

    `new_criteria` by the code of their gate, `new_outputs` by that of their phase; `known` rows were there already.
    """

    method: Method
    new_criteria: Mapping[str, Sequence[Criterion]]
    new_outputs: Mapping[str, Sequence[Output]]
    known: int
    problems: tuple[ListProblem, ...]


def add_lists(method: Method, book: Workbook) -> ReadLists:
    """The methodology with the criteria and deliverables of a workbook's tables after its own.

    A row that says what is there already (at its gate; deliverables anywhere) is counted as known. One whose gate or
    phase there is not, or whose words are missing, is a problem and is not taken.
    """
    adding = _Adding(method)
    found = [(table, _columns(table, CRITERIA), _columns(table, OUTPUTS)) for table in _tables(book, adding)]
    for table, criteria, outputs in found:
        if "text" not in criteria and "text" not in outputs:
            why = "this table has no column of criteria or deliverables; give one the header Criterion or Deliverable"
            first = table.columns[0]
            adding.problem(table, table.header, first.index, first.header, why)
        elif "text" not in criteria:
            adding.outputs(table, outputs)
    for table, criteria, _ in found:
        if "text" in criteria:
            adding.criteria(table, criteria)
    return adding.result()


def _tables(book: Workbook, adding: _Adding) -> list[Table]:
    found = []
    for sheet in book.sheets:
        tables = find_tables(sheet) if sheet.rows else []
        if sheet.rows and not tables:
            adding.problems.append(ListProblem(f"{sheet.name}!A1", "", "no table was found on this sheet"))
        found += tables
    return found


def _columns(table: Table, synonyms: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which column says what, by the first synonym that is there; no column says two things."""
    headers = {normalise(each.header): each.index for each in reversed(table.columns) if each.header}
    found: dict[str, int] = {}
    for name, words in synonyms.items():
        places = (headers.get(normalise(word)) for word in words)
        place = next((each for each in places if each is not None and each not in found.values()), None)
        if place is not None:
            found[name] = place
    return found


class _Adding:
    """Takes rows in one after the other; codes, gates and deliverables are those of the methodology as it grows."""

    def __init__(self, method: Method) -> None:
        self.method = method
        self.problems: list[ListProblem] = []
        self.taken = {code for code, _, _ in part_codes(method)}
        self.new_outputs: dict[str, list[Output]] = {}
        self.new_criteria: dict[str, list[Criterion]] = {}
        self.called = {_same(name): each.code for _, each in method.outputs() for name in (each.code, each.name)}
        self.said = {(gate.code, _same(each.text)) for _, gate in method.gates() for each in gate.criteria}
        self.known = 0

    @cached_property
    def gates(self) -> dict[str, str]:
        """The codes of gates by what they may be called."""
        named: dict[str, str] = {}
        for phase, gate in self.method.gates():
            names = [gate.code, gate.name, f"{gate.code} {gate.name}", f"gate {gate.code}"]
            if number := re.search(r"\d+$", gate.code):
                names += [number[0], f"gate {number[0]}", f"stage gate {number[0]}", f"g{number[0]}"]
            if len(phase.gates) == 1:
                names += [phase.code, phase.name]
            for name in names:
                named.setdefault(_same(name), gate.code)
        return named

    @cached_property
    def phases(self) -> dict[str, str]:
        """The codes of phases by what they may be called: their names, their number, or their gate."""
        named: dict[str, str] = {}
        for number, phase in enumerate(self.method.phases, start=1):
            names = [phase.code, phase.name, str(number), f"phase {number}", f"stage {number}"]
            for name in names + [each for gate in phase.gates for each in (gate.code, gate.name)]:
                named.setdefault(_same(name), phase.code)
        return named

    def problem(self, table: Table, row: int, column: int, text: str, why: str) -> None:
        """Note a cell that was not taken as it stands."""
        self.problems.append(ListProblem(_address(table, row, column), shorten(text), why))

    def criteria(self, table: Table, columns: Mapping[str, int]) -> None:
        """Take the rows of a checklist."""
        ticked = _is_ticked(table, columns)
        for row in table.records:
            cells = {name: _text(table, row, place) for name, place in columns.items()}
            gate = self._place(table, row, columns, cells, self.gates, "gate")
            if not gate:
                continue
            if (gate, _same(cells["text"])) in self.said:
                self.known += 1
                continue
            self.said.add((gate, _same(cells["text"])))
            evidence = self.called.get(_same(cells.get("evidence", "")), "")
            guidance = cells.get("guidance", "")
            if cells.get("evidence") and not evidence:
                guidance = f"{guidance}\nEvidence: {cells['evidence']}".strip()
                self.problem(table, row, columns["evidence"], cells["evidence"], _NO_EVIDENCE)
            made = Criterion(
                self._code(cells["text"], "criterion"),
                cells["text"],
                cells.get("section", ""),
                guidance,
                cells.get("role", ""),
                self._mandatory(table, row, columns, cells, ticked=ticked),
                evidence,
            )
            self.new_criteria.setdefault(gate, []).append(made)

    def outputs(self, table: Table, columns: Mapping[str, int]) -> None:
        """Take the rows of a list of deliverables."""
        ticked = _is_ticked(table, columns)
        for row in table.records:
            cells = {name: _text(table, row, place) for name, place in columns.items()}
            phase = self._place(table, row, columns, cells, self.phases, "phase")
            if not phase:
                continue
            if _same(cells["text"]) in self.called:
                self.known += 1
                continue
            code = self._code(cells["text"], "deliverable")
            self.called |= {_same(cells["text"]): code, _same(code): code}
            made = Output(
                code,
                cells["text"],
                cells.get("purpose", ""),
                cells.get("acceptance", ""),
                cells.get("role", ""),
                cells.get("acceptor", ""),
                self._mandatory(table, row, columns, cells, ticked=ticked),
                self._template(table, row, columns, cells),
                cells.get("example", ""),
            )
            self.new_outputs.setdefault(phase, []).append(made)

    def result(self) -> ReadLists:
        """The methodology as it has become."""
        method = replace(self.method, phases=tuple(self._grown(phase) for phase in self.method.phases))
        return ReadLists(method, self.new_criteria, self.new_outputs, self.known, tuple(self.problems))

    def _grown(self, phase: MethodPhase) -> MethodPhase:
        gates = (self._grown_gate(gate) for gate in phase.gates)
        own = self.new_outputs.get(phase.code, ())
        return replace(phase, deliverables=(*phase.deliverables, *own), gates=tuple(gates))

    def _grown_gate(self, gate: Gate) -> Gate:
        return replace(gate, criteria=(*gate.criteria, *self.new_criteria.get(gate.code, ())))

    def _place(
        self,
        table: Table,
        row: int,
        columns: Mapping[str, int],
        cells: Mapping[str, str],
        named: Mapping[str, str],
        kind: str,
    ) -> str:
        """The code of the gate or phase a row goes to; empty, with a problem, when it goes nowhere."""
        if not cells["text"]:
            self.problem(table, row, columns["text"], "", "the row was left out: this cell is empty")
            return ""
        told = cells.get("place", "")
        for words in (told,) if told else (table.bands.get(row, ""), table.sheet.name, *table.titles):
            if found := _find(words, named):
                return found
        if told:
            why = f"the row was left out: there is no {kind} called so; its code, name or number is expected"
            self.problem(table, row, columns["place"], told, why)
        else:
            self.problem(table, row, columns["text"], cells["text"], f"the row was left out: it names no {kind}")
        return ""

    def _mandatory(
        self, table: Table, row: int, columns: Mapping[str, int], cells: Mapping[str, str], *, ticked: bool
    ) -> Mandatory:
        word = cells.get("mandatory", "").casefold()
        if not word:
            return Mandatory.NONE if ticked else Mandatory.ALL
        exact = {each.casefold(): each for each in Mandatory}
        for words, meaning in ((_YES, Mandatory.ALL), (_NO, Mandatory.NONE), (_LARGER, Mandatory.LARGER)):
            exact |= dict.fromkeys(words, meaning)
        exact |= dict.fromkeys(_LARGEST, Mandatory.LARGEST)
        if word not in exact:
            why = "this was not understood; it was taken as mandatory for all projects"
            self.problem(table, row, columns["mandatory"], cells["mandatory"], why)
        return exact.get(word, Mandatory.ALL)

    def _template(self, table: Table, row: int, columns: Mapping[str, int], cells: Mapping[str, str]) -> str:
        word = cells.get("template", "")
        names = {_same(name): each.code for each in self.method.templates for name in (each.code, each.name)}
        names |= {_same(each.file_name): each.code for each in self.method.templates}
        if word and _same(word) not in names:
            why = "the methodology has no template called so; add it and choose it for the deliverable"
            self.problem(table, row, columns["template"], word, why)
        return names.get(_same(word), "")

    def _code(self, words: str, otherwise: str) -> str:
        code = propose_code(words, self.taken, otherwise)
        self.taken.add(code)
        return code


_NO_EVIDENCE = "no deliverable is called so; the words were kept in the guidance"


def _find(words: str, named: Mapping[str, str]) -> str:
    """The code of what is called so: by the whole text, else by what it begins with, as `Gate 2: Plan` does."""
    same = _same(words)
    if same in named:
        return named[same]
    begun = [name for name in named if name and not name.isdecimal() and f"{same} ".startswith(f"{name} ")]
    return named[max(begun, key=len)] if begun else ""


def _same(words: str) -> str:
    """Words as they are compared: small letters, without punctuation."""
    return slug_words(words).replace("-", " ") if len(words) <= _SHORT else " ".join(words.casefold().split())


_SHORT = 40  # characters below which a slug keeps all words


def _is_ticked(table: Table, columns: Mapping[str, int]) -> bool:
    """Whether the column Mandatory holds nothing but ticks, so that a blank says no."""
    if "mandatory" not in columns:
        return False
    said = {_text(table, row, columns["mandatory"]).casefold() for row in table.records} - {""}
    return bool(said) and said <= _TICKS


def _text(table: Table, row: int, column: int) -> str:
    return cell_text(table.cell(row, column))


def _address(table: Table, row: int, column: int) -> str:
    return table.sheet.full_address(table.address(row, column))
