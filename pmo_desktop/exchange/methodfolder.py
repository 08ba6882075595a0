"""A methodology as a folder of Markdown that people read and edit by hand, and that is read back as it was written.

    method.md                  name, version, tier; summary and terms; RACI, glossary and templates as tables
    phases/01-initiation.md    a phase, its deliverables, its gates and the criteria of each
    guidance/01-start.md       a page of guidance: what it concerns, and its Markdown below a line ---
    templates/brief.docx       the template documents, named in method.md

The order of phases and pages is that of the file names. `markdownform` says how a line is written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pmo_desktop.exchange.filenames import clean_name, next_name
from pmo_desktop.exchange.markdownform import (
    Document,
    Part,
    code_text,
    item_lines,
    line_text,
    page_text,
    plain_text,
    read_document,
    read_table,
    split_code,
    table_lines,
)
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
from pmo_desktop.store.writing import explain_os

HEAD, PHASES, GUIDANCE, TEMPLATES = "method.md", "phases", "guidance", "templates"
MOST_TEXT, MOST_TEMPLATE, MOST_IN_ALL, MOST_FILES = 2_000_000, 20_000_000, 200_000_000, 2_000  # bytes, files
_LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini")
RACI_HEADERS = ("Concerns", "Role", "Duty")
TERM_HEADERS = ("Term", "Meaning")
TEMPLATE_HEADERS = ("Code", "Template", "File", "Kept as")
_TABLES = {"RACI": RACI_HEADERS, "Glossary": TERM_HEADERS, "Templates": TEMPLATE_HEADERS}
CRITERION = {
    "Section": "section",
    "Guidance": "guidance",
    "Owner role": "role",
    "Mandatory for": "mandatory",
    "Evidence": "evidence",
}
OUTPUT = {
    "Purpose": "purpose",
    "Acceptance criteria": "acceptance",
    "Owner role": "role",
    "Acceptor role": "acceptor",
    "Mandatory for": "mandatory",
    "Template": "template",
    "Example": "example",
}
_WEEKS = "Usual length in weeks"
_Word = TypeVar("_Word", bound=StrEnum)


def write_method_folder(method: Method, folder: Path) -> None:
    """Write a version as a folder, which must not exist yet or be empty: the whole of it or nothing.

    Raises Known when something lies there, the place above it is missing or locked, or the disk is full.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Known(f"Nothing was written: {folder} is not empty. Choose a new folder.")
    temporary = folder.with_name(f".pmo-{os.urandom(8).hex()}.tmp")
    try:
        for name, content in method_files(method).items():
            path = temporary / name
            path.parent.mkdir(parents=folder.parent.is_dir(), exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            folder.rmdir()
        temporary.rename(folder)
    except OSError as error:
        raise explain_os(error, folder) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def method_files(method: Method) -> dict[str, bytes]:
    """The files of the folder: path below it, with slashes -> content."""
    kept = _kept_names(method)
    files: dict[str, bytes] = {HEAD: _text(_head_lines(method, kept))}
    for name, phase in zip(_numbered([each.code for each in method.phases]), method.phases, strict=True):
        files[f"{PHASES}/{name}"] = _text(_phase_lines(phase))
    for name, guide in zip(_numbered([each.title for each in method.guidance]), method.guidance, strict=True):
        lines = [f"# {line_text(guide.title)}", "", *item_lines({"Concerns": guide.concerns})]
        files[f"{GUIDANCE}/{name}"] = _text(lines) + b"\n" + page_text(guide.text).encode()
    for name, template in zip(kept, method.templates, strict=True):
        files[f"{TEMPLATES}/{name}"] = template.content
    return files


def read_method_folder(folder: Path) -> Method:
    """The version that a folder describes. Raises Known with the file and line of whatever cannot be read.

    Nothing outside the folder is read, whatever the files in it say or point to.
    """
    reading = _Reading(folder)
    head = reading.document(HEAD)
    rows = _head_rows(head)
    method = replace(
        _read_head(head),
        phases=tuple(_read_phase(each) for each in reading.documents(PHASES)),
        duties=tuple(DutyOf(cells[0], cells[1], _duty(head, cells[2], at)) for cells, at in rows["RACI"]),
        guidance=tuple(_read_guide(each) for each in reading.documents(GUIDANCE)),
        terms=tuple(Term(*cells) for cells, _ in rows["Glossary"]),
        templates=tuple(_read_template(reading, head, cells, at) for cells, at in rows["Templates"]),
    )
    reading.refuse_unread()
    return method


def read_method_head(folder: Path) -> Method:
    """Only what stands in the head of a folder, without any parts. Raises Known as `read_method_folder` does."""
    return _read_head(_Reading(folder).document(HEAD))


# --- writing ---------------------------------------------------------------------------------------------------------


def _kept_names(method: Method) -> list[str]:
    """The names of the template files in the folder, in the order of the templates; no two the same."""
    kept: list[str] = []
    for template in method.templates:
        taken = {each.casefold() for each in kept}
        kept.append(next_name(clean_name(template.file_name, "template", plain=True), taken))
    return kept


def _numbered(words: list[str]) -> list[str]:
    width = max(2, len(str(len(words))))
    cleaned = (clean_name(each.replace(".", " "), "page", plain=True).lower().replace(" ", "-") for each in words)
    return [f"{number:0{width}}-{each}.md" for number, each in enumerate(cleaned, start=1)]


def _head_lines(method: Method, kept: list[str]) -> Iterator[str]:
    yield from (f"# Methodology {code_text(method.code)}: {line_text(method.name)}", "")
    yield from item_lines(
        {
            "Version": method.version,
            "Proposed for": method.tier,
            "Summary": method.summary,
            "Speaks the terms of": method.speaks,
        }
    )
    duties = [(each.concerns, each.role, each.duty.label) for each in method.duties]
    terms = [(each.term, each.meaning) for each in method.terms]
    templates = [
        (each.code, each.name, each.file_name, name) for each, name in zip(method.templates, kept, strict=True)
    ]
    for heading, headers, rows in (
        ("RACI", RACI_HEADERS, duties),
        ("Glossary", TERM_HEADERS, terms),
        ("Templates", TEMPLATE_HEADERS, templates),
    ):
        if rows:
            yield from (f"## {heading}", "", *table_lines(headers, rows))


def _phase_lines(phase: MethodPhase) -> Iterator[str]:
    yield from (f"# Phase {code_text(phase.code)}: {line_text(phase.name)}", "")
    yield from item_lines({"Purpose": phase.purpose, _WEEKS: weeks_text(phase.weeks)})
    for output in phase.deliverables:
        yield from (f"## Deliverable {code_text(output.code)}: {line_text(output.name)}", "")
        yield from item_lines(_written(output, OUTPUT))
    for gate in phase.gates:
        yield from (f"## Gate {code_text(gate.code)}: {line_text(gate.name)}", "")
        yield from item_lines({"Question": gate.question, "Decides": gate.decides})
        for criterion in gate.criteria:
            yield from (f"### Criterion {code_text(criterion.code)}: {line_text(criterion.text)}", "")
            yield from item_lines(_written(criterion, CRITERION))


def _written(part: object, names: Mapping[str, str]) -> dict[str, str]:
    """The values of a part by their labels; what is mandatory for all is not said."""
    values = {label: getattr(part, name) for label, name in names.items()}
    return {label: value for label, value in values.items() if value is not Mandatory.ALL}


def _text(lines: Iterator[str] | list[str]) -> bytes:
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


# --- reading ---------------------------------------------------------------------------------------------------------


class _Reading:
    """Reads files of one folder, within its limits, and remembers which."""

    def __init__(self, folder: Path) -> None:
        if not (folder / HEAD).is_file():
            raise Known(f"Nothing was read: {folder} has no file {HEAD}. Choose the folder of a methodology.")
        self.folder = folder.resolve()
        self.read = set[str]()
        self.bytes = 0

    def documents(self, within: str) -> Iterator[Document]:
        """The documents in a folder below, by their names."""
        return (self.document(f"{within}/{name}") for name in self._names(within) if name.endswith(".md"))

    def document(self, name: str) -> Document:
        """One document."""
        return read_document(name, self.content(name, MOST_TEXT))

    def content(self, name: str, most: int) -> bytes:
        """The bytes of one file. Raises Known when it is missing, too large, or lies elsewhere."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder) or not path.is_file():
            raise Known(f"Nothing was read: {name} is not a file in {self.folder}. Put it there.")
        try:
            size = path.stat().st_size
            self.bytes += size
            if size > most or self.bytes > MOST_IN_ALL:
                limit = f"{min(most, MOST_IN_ALL) // 1_000_000} MB, and all files together {MOST_IN_ALL // 1_000_000}"
                raise Known(f"Nothing was read: {name} is too large; a file of its kind may have {limit}.")
            content = path.read_bytes()
        except OSError as error:
            raise Known(f"Nothing was read: {name} cannot be opened ({error.strerror}). Check its rights.") from error
        self.read.add(name)
        return content

    def refuse_unread(self) -> None:
        """Raise Known for a file that belongs to nothing, so that none is left out silently."""
        for within in (PHASES, GUIDANCE, TEMPLATES):
            for name in self._names(within):
                if f"{within}/{name}" not in self.read:
                    why = f"not named in {HEAD}" if within == TEMPLATES else "no Markdown file (.md)"
                    raise Known(f"Nothing was read: {within}/{name} is {why}. Name it there or take it away.")

    def _names(self, within: str) -> list[str]:
        place = self.folder / within
        if not place.is_dir():
            return []
        names = sorted(each.name for each in place.iterdir())
        if len(names) > MOST_FILES:
            raise Known(f"Nothing was read: {within} has {len(names):,} files; at most {MOST_FILES:,} are read.")
        return [each for each in names if not each.startswith((".", "~$")) and each.lower() not in _LEFT_BY_SYSTEMS]


def _read_head(head: Document) -> Method:
    top = _top(head)
    code, name = split_code(head, top, "Methodology")
    values = _values(head, top, {"Version", "Proposed for", "Summary", "Speaks the terms of"})
    version, tier = values.get("Version", ""), values.get("Proposed for", "")
    if tier:
        _choose(head, top.items["Proposed for"][1], tier, Tier)
    return Method(code, name, version, tier, values.get("Summary", ""), values.get("Speaks the terms of", ""))


def _head_rows(head: Document) -> dict[str, list[tuple[list[str], int]]]:
    """The rows of the tables below the head, by the heading of each."""
    rows: dict[str, list[tuple[list[str], int]]] = {heading: [] for heading in _TABLES}
    for part in head.parts[1:]:
        if part.level != 2 or part.heading not in _TABLES or part.items:  # noqa: PLR2004  the level below the title
            head.fail(part.line, f"only the tables {', '.join(_TABLES)} stand below the head")
        rows[part.heading].extend(read_table(head, part, _TABLES[part.heading]))
    return rows


def _top(document: Document) -> Part:
    if not document.parts or document.parts[0].level != 1:
        document.fail(1, "a file begins with a heading: # and a blank")
    return document.parts[0]


def _values(document: Document, part: Part, known: set[str] | Mapping[str, str]) -> dict[str, str]:
    """The values under a heading. Raises Known for one that does not belong there, and for a table."""
    for key, (_, line) in part.items.items():
        if key not in known:
            document.fail(line, f"“{key}” does not belong here; known are {', '.join(sorted(known))}")
    if part.rows:
        document.fail(part.rows[0][1], "no table is expected here")
    return {key: value for key, (value, _) in part.items.items()}


def _read_phase(document: Document) -> MethodPhase:
    top = _top(document)
    code, name = split_code(document, top, "Phase")
    values = _values(document, top, {"Purpose", _WEEKS})
    weeks = values.get(_WEEKS, "")
    try:
        length = read_weeks(weeks)
    except ValueError:
        document.fail(top.items[_WEEKS][1], f"“{weeks}” is not a number of weeks")
    outputs: list[Output] = []
    gates: list[tuple[Gate, list[Criterion]]] = []
    for part in document.parts[1:]:
        if part.heading.startswith("Deliverable ") and part.level == 2:  # noqa: PLR2004  the level below the title
            outputs.append(_read_part(document, part, "Deliverable", OUTPUT, Output))
        elif part.heading.startswith("Criterion ") and part.level == 3 and gates:  # noqa: PLR2004  below a gate
            gates[-1][1].append(_read_part(document, part, "Criterion", CRITERION, Criterion))
        elif part.level == 2:  # noqa: PLR2004  as above
            gates.append((_read_gate(document, part), []))
        else:
            document.fail(part.line, "below a phase stand ## Deliverable and ## Gate, below a gate ### Criterion")
    made = (Gate(each.code, each.name, each.question, each.decides, tuple(lines)) for each, lines in gates)
    return MethodPhase(code, name, values.get("Purpose", ""), length, tuple(outputs), tuple(made))


def _read_gate(document: Document, part: Part) -> Gate:
    code, name = split_code(document, part, "Gate")
    values = _values(document, part, {"Question", "Decides"})
    return Gate(code, name, values.get("Question", ""), values.get("Decides", ""))


_Part = TypeVar("_Part", Output, Criterion)


def _read_part(
    document: Document, part: Part, kind: str, names: Mapping[str, str], make: Callable[..., _Part]
) -> _Part:
    code, name = split_code(document, part, kind)
    values = {names[label]: value for label, value in _values(document, part, names).items()}
    word = values.pop("mandatory", Mandatory.ALL)
    line = part.items["Mandatory for"][1] if "Mandatory for" in part.items else part.line
    return make(code, name, **values, mandatory=_choose(document, line, word, Mandatory))


def _choose(document: Document, line: int, word: str, words: type[_Word]) -> _Word:
    try:
        return words(word)
    except ValueError:
        document.fail(line, f"“{word}” is not one of {', '.join(words)}")


def _duty(document: Document, word: str, line: int) -> Duty:
    try:
        return read_duty(word)
    except ValueError as error:
        document.fail(line, str(error))


def _read_guide(document: Document) -> Guide:
    top = _top(document)
    values = _values(document, top, {"Concerns"})
    if document.parts[1:]:
        document.fail(document.parts[1].line, "the text of a page stands below a line ---")
    return Guide(plain_text(top.heading), document.page or "", values.get("Concerns", ""))


def _read_template(reading: _Reading, head: Document, cells: list[str], line: int) -> Template:
    code, name, file_name, kept = cells
    if not kept.strip(". ") or set(kept) & set("/\\:"):
        head.fail(line, f"“{kept}” is not the plain name of a file in the folder {TEMPLATES}")
    return Template(code, name, file_name, reading.content(f"{TEMPLATES}/{kept}", MOST_TEMPLATE))
