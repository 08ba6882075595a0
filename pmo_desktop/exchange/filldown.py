"""Columns that name a group only on its first row, unmerged: it holds for the rows below, unless told not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pmo_desktop.exchange.grid import Broken, Cell
from pmo_desktop.exchange.plan import Blank, ColumnMap, ImportOptions, Question
from pmo_desktop.exchange.tables import Table
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.store.pace import through

_LONGEST = 60  # characters of a group's name
_LEAST_ROWS = 2  # of a group, on average
_KINDS = (Kind.CHOICE, Kind.LINK, Kind.TEXT)


def find_groups(
    table: Table, columns: Sequence[tuple[ColumnMap, Field]], info: RegisterInfo, options: ImportOptions
) -> list[ColumnMap]:
    """The columns that name groups on their first rows only; columns and their fields are given from the left.

    They stand before all others, begin in the first row, and say each name once over two rows or more on average,
    while some other column is filled in every row they leave blank. A column somebody said is cleared by blanks, and
    one that rows are told by, is none.
    """
    found: list[ColumnMap] = []
    if table.bands:  # rows of their own name the groups here
        return found
    first = min((column.index for column in table.columns if not column.fact), default=0)
    for place, (column, field) in enumerate(sorted(columns, key=lambda pair: pair[0].index)):
        told = field.name in (info.ref, info.title) or options.blank.get(column.header) is Blank.CLEAR
        leads = column.index == (found[-1].index + 1 if found else first)
        if told or not leads or place != len(found) or field.kind not in _KINDS or not _names_groups(table, column):
            break
        found.append(column)
    return found


def fill_down(table: Table, columns: Sequence[ColumnMap]) -> Table:
    """The table with each group's name in all of its rows; a name further left that changes ends the groups within."""
    rows = list(table.sheet.rows)
    last: dict[int, Cell] = {}
    for number in through(table.records):
        cells = list(rows[number])
        for place, column in enumerate(columns):
            if cells[column.index] is not None:
                last = {each.index: last[each.index] for each in columns[:place] if each.index in last}
                last[column.index] = cells[column.index]
            elif column.index in last:
                cells[column.index] = last[column.index]
        rows[number] = cells
    for column in columns:
        column.why += "; it stands on the first row of each group"
    return replace(table, sheet=replace(table.sheet, rows=rows), _turned=[])


def group_question(table: Table, columns: Sequence[ColumnMap]) -> Question:
    """What such columns leave open, with what is done until somebody answers."""
    names = join_words([f"“{column.header}”" for column in columns])
    groups = count_text(sum(cell is not None for cell in table.values(columns[-1].index)), "group")
    one = len(columns) == 1
    text = (
        f"{names} {'stands' if one else 'stand'} only on the first row of each of {groups}; "
        f"so far {'it holds' if one else 'they hold'} for the rows below too."
    )
    return Question("fill_down", table.sheet.name, columns[0].header, text, ("fill", "leave"))


def _names_groups(table: Table, column: ColumnMap) -> bool:
    cells = table.values(column.index)
    names = [cell for cell in cells if cell is not None]
    if len(names) < 2 or cells[0] is None or _LEAST_ROWS * len(names) > len(cells):  # noqa: PLR2004  one is no grouping
        return False
    words = [cell.strip() for cell in names if isinstance(cell, str) and not isinstance(cell, Broken)]
    if len(words) < len(names) or len({word.casefold() for word in words}) < len(words):
        return False
    return all(0 < len(word) <= _LONGEST for word in words) and _is_carried(table, column, cells)


def _is_carried(table: Table, column: ColumnMap, cells: Sequence[Cell]) -> bool:
    """Whether some other column is filled in every row that this one leaves blank."""
    blank = [place for place, cell in enumerate(cells) if cell is None]
    others = (table.values(each.index) for each in table.columns if each.index != column.index and not each.fact)
    return any(all(values[place] is not None for place in blank) for values in others)
