"""How wide the preview's columns are: by their headers and the words of their first rows."""

from __future__ import annotations

from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.importer.faces import shown_headers
from pmo_desktop.ui.importer.sheet_ink import SheetInk
from pmo_desktop.ui.importer.sheet_model import HAPPENS, LEADING, ROW, SheetModel
from pmo_desktop.ui.kinds import KINDS

_MEASURED = 60  # rows
_NARROWEST, _WIDEST, _NAME_WIDEST, _NUMBER_WIDEST = 64, 220, 230, 130
_FIXED = {HAPPENS: 122, ROW: 54}
_ICON = 24  # what an error's or warning's icon takes


def column_width(model: SheetModel, place: int, ink: SheetInk, *, is_title: bool) -> int:
    """The width of a column in pixels."""
    px = ink.theme.px
    column, shown = model.column(place), model.shown
    if column is None or shown is None:
        return px(_FIXED[place])
    head = max(ink.caption.width(shown_headers(column)), ink.medium.width(shown.heading(column)))
    kind = column.kind or Kind.TEXT
    if kind is Kind.RAG:  # two marks and the arrow between or beside them
        return round(max(px(74), head) + 18)
    faces = [shown.face(at, place - len(LEADING)) for at in range(min(_MEASURED, len(shown.rows)))]
    loud = ("err", "warn", "conflict", "settled", "edited")
    need = max((ink.strong.width(face.text) + (_ICON if face.tone in loud else 0) for face in faces), default=0)
    # A sentence in a column of numbers does not make it wide.
    most = px(_NAME_WIDEST if is_title else _NUMBER_WIDEST if KINDS[kind].right else _WIDEST)
    return round(max(px(_NARROWEST), min(most, max(head, need) + 20)))
