"""A skills matrix, people down and skills across, read as one row a level."""

from __future__ import annotations

import re
from collections.abc import Collection

from pmo_desktop.exchange.grid import HEADER, VALUE, Cell
from pmo_desktop.exchange.headers import field_words, known_words, normalise
from pmo_desktop.exchange.longtable import LongTable, Part, beside, lay_long
from pmo_desktop.exchange.outcome import cell_text, says_nothing
from pmo_desktop.exchange.periods import is_period_header
from pmo_desktop.exchange.tables import Column, Table
from pmo_desktop.exchange.wide import TRAITS, resource_words, role_words
from pmo_desktop.model.catalog import find_field

_ABOUT = re.compile(r"\b(?:skills?|competenc(?:y|ies|es?)|capabilit(?:y|ies)|proficiency)\b", re.IGNORECASE)
_LEVELS = {
    **dict.fromkeys(("awareness", "aware", "novice", "beginner", "basic", "trainee", "learning", "○", "low"), 1.0),
    **dict.fromkeys(("foundation", "developing", "working", "working knowledge", "improver", "◔"), 2.0),
    **dict.fromkeys(("practitioner", "proficient", "intermediate", "competent", "skilled", "◑", "medium"), 3.0),
    **dict.fromkeys(("advanced", "experienced", "senior", "◕", "high"), 4.0),
    **dict.fromkeys(("expert", "master", "specialist", "authority", "●"), 5.0),
}
_HAS = ("x", "✓", "✔", "y", "yes")  # the skill is there, its level is not said
_TOP, _MOSTLY, _FEWEST = 5.0, 0.8, 2


def read_matrix(table: Table, skills: Collection[str]) -> LongTable | None:
    """The levels of a skills matrix; None for any other table. `skills` are the names of those that are kept."""
    if table.sheet.layout.turned or table.sheet.layout.long:
        return None
    columns = [column for column in table.columns if not column.fact]
    resource = next((each for each in columns if normalise(each.header) in resource_words()), None)
    if resource is None:
        return None
    across = [column for column in columns if column is not resource and _may_be_skill(table, column)]
    about = _ABOUT.search(" ".join([table.sheet.name, *table.titles, resource.header]))
    known = {each.casefold() for each in skills}
    named = sum(column.header.rsplit(" / ", 1)[-1].casefold() in known for column in across)
    if len(across) < _FEWEST or not (about or named >= _MOSTLY * len(across)):
        return None
    values, cells = [], []
    for row in table.records:
        for column in across:
            if (level := read_level(table.cell(row, column.index))) is not None:
                values.append((row, column.index))
                skill = column.header.rsplit(" / ", 1)[-1]
                cells.append([table.cell(row, resource.index), skill, level or None])
    parts = [
        Part(resource.name, resource.index, "resource"),
        Part("Skill", HEADER, "skill"),
        Part("Level", VALUE, "level"),
    ]
    found = lay_long("resource_skills", table, parts, values, cells)
    found.table.why += f"; one column a skill: {len(cells):,} levels"
    left = [column for column in columns if column is not resource and column not in across]
    found.beside = [beside(column, "no skill by its cells") for column in left]
    return found


def _may_be_skill(table: Table, column: Column) -> bool:
    name = normalise(column.header)
    taken = name in role_words() or any(name in field_words(find_field("resource", trait)) for trait in TRAITS)
    if not column.header or taken or is_period_header(column.header) or name in ("total", "average", "manager", "fte"):
        return False
    cells = [cell for cell in table.values(column.index) if cell is not None and not says_nothing(cell_text(cell))]
    fitting = sum(read_level(cell) is not None or _is_none(cell) for cell in cells)
    return fitting >= _MOSTLY * len(cells) if cells else name not in known_words()


def read_level(cell: Cell) -> float | None:
    """The level a cell says, 1 to 5; 0 for a skill of no said level; None for no skill."""
    if isinstance(cell, bool) or cell is None:
        return 0.0 if cell else None
    if isinstance(cell, (int, float)):
        return float(cell) if 0 < cell <= _TOP else None
    text = cell_text(cell).casefold()
    if text in _HAS:
        return 0.0
    if match := re.fullmatch(r"(?:level |l)?([1-5](?:\.\d+)?)(?:\s*[-–:/(].*)?", text):
        return min(float(match[1]), _TOP)
    return _LEVELS.get(text)


def _is_none(cell: Cell) -> bool:
    return cell in (0, False) or cell_text(cell).casefold() in ("0", "none", "no", "n")
