"""SQLAlchemy's words, as in `sql.select(...)`, fetched when the first is asked for: to open and read needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Column as Column
    from sqlalchemy import ColumnElement as ColumnElement
    from sqlalchemy import TableClause as TableClause
    from sqlalchemy import Text as Text
    from sqlalchemy import bindparam as bindparam
    from sqlalchemy import cast as cast
    from sqlalchemy import column as column
    from sqlalchemy import delete as delete
    from sqlalchemy import exists as exists
    from sqlalchemy import func as func
    from sqlalchemy import insert as insert
    from sqlalchemy import literal as literal
    from sqlalchemy import literal_column as literal_column
    from sqlalchemy import or_ as or_
    from sqlalchemy import select as select
    from sqlalchemy import table as table
    from sqlalchemy import text as text
    from sqlalchemy import update as update
else:

    def __getattr__(name: str) -> Any:
        import sqlalchemy  # noqa: PLC0415  36 MB and 0.2 s: not before somebody writes

        globals()[name] = word = getattr(sqlalchemy, name)
        return word
