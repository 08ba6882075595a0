"""Finding one's way among the lines of a table: by line, by record, by field."""

from __future__ import annotations

from collections.abc import Collection

from pmo_desktop.ui.arrange import Arrangement, Kept, Line, Record, Wanted
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.kinds import Reading


class Lines:
    """Questions about an arrangement that its table, its views and its editors ask alike."""

    arrangement: Arrangement

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order on screen."""
        return self.arrangement.columns

    @property
    def reading(self) -> Reading:
        """Names, currency and data date that the words were made with."""
        return self.arrangement.reading

    @property
    def texts(self) -> Kept:
        """The texts kept from an import, by (row, field)."""
        return self.arrangement.kept

    @property
    def wanted(self) -> Wanted:
        """How the lines are arranged."""
        return self.arrangement.wanted

    def line(self, row: int) -> Line | None:
        """The record or group at a line; None beyond the last."""
        lines = self.arrangement.lines
        return lines[row] if 0 <= row < len(lines) else None

    def record(self, row: int) -> Record | None:
        """The record at a line; None for a heading."""
        line = self.line(row)
        return line if isinstance(line, Record) else None

    def place_of(self, identity: str) -> int | None:
        """The line of a record; None when it is filtered out or folded away."""
        record = self.arrangement.by_id.get(identity)
        try:
            return self.arrangement.lines.index(record) if record else None
        except ValueError:
            return None

    def places_of(self, identities: Collection[str]) -> dict[str, int]:
        """The lines of several records, in one pass; those filtered out or folded away are not in it."""
        lines = enumerate(self.arrangement.lines)
        return {line.id: row for row, line in lines if isinstance(line, Record) and line.id in identities}

    def column_of(self, name: str) -> int | None:
        """The place of a field's column; None when it is not shown."""
        return next((place for place, column in enumerate(self.columns) if column.name == name), None)

    def kept_text(self, record: Record, column: Column) -> str:
        """The text an import kept for a cell that has no value, in one line."""
        kept = self.texts.get((record.id, column.name))
        return " ".join(str(kept["text"]).split()) if kept and record.row.get(column.name) is None else ""
