"""Seeded mutants of small workbooks, read and imported one after the other in a process that may die of one.

Run as a module with the first seed and the count; answers one line of JSON a mutant.
"""

from __future__ import annotations

import io
import json
import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from pmo_desktop.exchange.archive import Refused
from pmo_desktop.exchange.grid import as_workbook, decode_answer
from pmo_desktop.exchange.plan import ImportOptions
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.exchange.reader import encode_answer, limit_memory, read_foreign
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows

PASSWORD = "pw"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ENTITIES = ("project", "milestone", "person", "programme")
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)
ROWS: list[list[Any]] = [
    ["Ref", "Project name", "PM", "RAG", "Start", "Budget (£k)"],
    *([f"A-{n}", f"Project {n}", "Ann Lee", "Green", date(2026, 1, n), 100.5 * n] for n in range(1, 9)),
]


def main(first: int, count: int) -> None:
    """Read and import the mutants of the seeds from `first` on."""
    limit_memory()
    with tempfile.TemporaryDirectory() as folder:
        store = create_memory_store("fuzz")
        for seed in range(first, first + count):
            name, content = make_mutant(seed)
            path = Path(folder) / name
            path.write_bytes(content)
            print(json.dumps({"seed": seed, "name": name} | try_import(store, path)), flush=True)
        store.close()


def make_mutant(seed: int) -> tuple[str, bytes]:
    """The name and bytes of one mutant; the same for the same seed."""
    chance = random.Random(seed)
    name, content = chance.choice(sorted(originals().items()))
    if name.endswith((".xlsx", ".ods")) and name != "locked.xlsx" and chance.random() < 0.7:
        return name, mutate_part(content, chance)
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(BYTE_DEEDS)(content, chance)
    return name, content


def try_import(store: Store, path: Path) -> dict[str, Any]:
    """What became of a file: refused in a sentence, or imported as planned and undone; anything else is an error."""
    try:
        answer = read_foreign(path, PASSWORD)
    except Refused as refusal:
        return {"end": "refused", "words": str(refusal)}
    except MemoryError:
        return {"end": "refused", "words": "memory"}
    except Exception as error:  # noqa: BLE001  what this looks for
        return {"end": "error", "words": f"reading: {type(error).__name__}: {error}"}
    try:
        book = as_workbook(path, decode_answer(encode_answer(answer)))
        plan = plan_import(store, book, ImportOptions(currency="GBP"))
        before = count_rows(store)
        done = apply_plan(store, plan)
        written = count_rows(store) - before
        planned = plan.counts()["new"] + len(plan.new_records)
        if done.batch:
            undo(store)
    except Known as problem:
        return {"end": "refused", "words": str(problem)}
    except Exception as error:  # noqa: BLE001  as above
        return {"end": "error", "words": f"importing: {type(error).__name__}: {error}"}
    whole = written == planned and count_rows(store) == before
    return {"end": "imported" if whole else "partial", "words": f"{written} of {planned}"}


def count_rows(store: Store) -> int:
    """How many rows the portfolio holds."""
    return sum(len(read_rows(store, entity)) for entity in ENTITIES)


@cache
def originals() -> dict[str, bytes]:
    """Small sound files of each form."""
    plain = make_book()
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(PASSWORD, locked)
    text = "\n".join(",".join(map(str, row)) for row in ROWS)
    return {
        "plain.xlsx": plain,
        "shared.xlsx": share_strings(plain),
        "sheet.ods": make_ods(),
        "locked.xlsx": locked.getvalue(),
        "text.csv": text.encode(),
        "wide.csv": text.encode("utf-16"),
    }


def make_book() -> bytes:
    """A workbook with every mark that is read: fills, comments, hidden and struck rows, merges, a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Register"
    for row in ROWS:
        sheet.append(row)
    sheet["D2"].value = None
    sheet["D2"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["B2"].comment = Comment("Ask Ann", "Bob")
    sheet["F3"].value = "=1+1"
    sheet.row_dimensions[4].hidden = True
    sheet["A5"].font = sheet["B5"].font = Font(strike=True)
    sheet.merge_cells("C6:C7")
    other = book.create_sheet("Milestones")
    for row in (["Project", "Milestone", "Forecast"], ["A-1", "Go live", date(2026, 5, 1)], ["A-2", "Closed", "Q3"]):
        other.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def share_strings(content: bytes) -> bytes:
    """The workbook as Excel itself saves it: every text once, in a part of its own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts: list[str] = []

    def take(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'{match[1]}t="s"><v>{len(texts) - 1}</v></c>'

    for name in [name for name in parts if "worksheets/sheet" in name and name.endswith(".xml")]:
        parts[name] = re.sub(r'(<c [^>]*?)t="inlineStr"><is><t>([^<]*)</t></is></c>', take, parts[name])
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'
    link = f'<Relationship Id="shared" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    book = "xl/_rels/workbook.xml.rels"
    parts[book] = parts[book].replace("</Relationships>", link)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def make_ods() -> bytes:
    """An OpenDocument sheet of the same rows, all of them words."""
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        for row in ROWS
    )
    rows = "".join(f"<table:table-row>{each}</table:table-row>" for each in cells)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {ODS_NAMES}><office:body><office:spreadsheet>'
            f'<table:table table:name="Register">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def mutate_part(content: bytes, chance: random.Random) -> bytes:
    """A sound zip in which one to three parts are not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(parts))
        deed = chance.choice(PART_DEEDS)
        parts[name] = deed(parts[name], chance)
        if chance.random() < 0.05:
            del parts[name]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def flip(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def cut_out(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + content[at + chance.randint(1, 200) :]


def double(content: bytes, chance: random.Random) -> bytes:
    at, length = chance.randint(0, len(content)), chance.randint(1, 300)
    return content[:at] + content[at : at + length] * chance.randint(2, 5) + content[at + length :]


def insert_noise(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.randbytes(chance.randint(1, 60)) + content[at:]


def blank_out(content: bytes, chance: random.Random) -> bytes:
    at, length = chance.randint(0, len(content)), chance.randint(1, 100)
    return content[:at] + b"\x00" * length + content[at + length :]


def empty(_: bytes, __: random.Random) -> bytes:
    return b""


def wild_number(content: bytes, chance: random.Random) -> bytes:
    """One number of the XML becomes an impossible one."""
    found = list(re.finditer(rb"\d+", content))
    if not found:
        return content
    match = chance.choice(found)
    odd = (b"-1", b"0", b"99999999999999999999", b"1e308", b"NaN", b"4294967296", b"1048577", b"", b"0x10")
    return content[: match.start()] + chance.choice(odd) + content[match.end() :]


def wild_attribute(content: bytes, chance: random.Random) -> bytes:
    """One attribute's value becomes what it never is."""
    found = list(re.finditer(rb'="([^"]*)"', content))
    if not found:
        return content
    match = chance.choice(found)
    odd = (b"", b"XFD1048577", b"A0", b"1A", b"ZZZZ1", b"s", b"e", b"d", b"A1:", b"../../x", b"&amp;", b"&x;", b"\xff")
    return content[: match.start(1)] + chance.choice(odd) + content[match.end(1) :]


def swap_tags(content: bytes, chance: random.Random) -> bytes:
    """Two tags change places."""
    found = list(re.finditer(rb"<[^>]*>", content))
    if len(found) < 2:
        return content
    one, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
    between = content[one.end() : other.start()]
    return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]


Deed = Callable[[bytes, random.Random], bytes]
BYTE_DEEDS: tuple[Deed, ...] = (flip, cut_off, cut_out, double, insert_noise, blank_out)
PART_DEEDS: tuple[Deed, ...] = (*BYTE_DEEDS, empty, wild_number, wild_number, wild_attribute, wild_attribute, swap_tags)

if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
