"""Fields of the organisation's own, from the window: added, renamed and deleted, each one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.fields import (
    add_custom_field,
    delete_custom_field,
    field_deletion_sentence,
    rename_custom_field,
)
from pmo_desktop.operations.history import undo
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.arranger import Arranger
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.typed import Names

KINDS = {
    "Text": Kind.TEXT,
    "Long text": Kind.NOTE,
    "Code": Kind.CODE,
    "Number": Kind.NUMBER,
    "Percent": Kind.PERCENT,
    "Money": Kind.MONEY,
    "Date": Kind.DATE,
    "Yes or no": Kind.YESNO,
    "List": Kind.CHOICE,
    "RAG": Kind.RAG,
}
_LABEL = Field("label", "Label", Kind.TEXT)
_KIND = Field("kind", "Holds", Kind.CHOICE, choices=tuple(KINDS))
_CHOICES = Field("choices", "Choices of a list", Kind.TEXT)


class OwnFields:
    """The deeds on a register's own fields; a new one is shown as the last column."""

    def __init__(self, context: Context, entity: str, arranger: Arranger) -> None:
        self.context, self.entity, self.arranger = context, entity, arranger
        self.box: AskBox | None = None

    def ask_new(self, under: QWidget) -> None:
        """Ask what a new field is called and what it holds."""
        told = "Everyone who opens this file sees it. Alt+Down lists what it can hold; choices stand between commas."
        filled = {"kind": "Text"}
        self._ask(under, "New field", (_LABEL, _KIND, _CHOICES), "Add field", self._add, filled, told)

    def ask_rename(self, name: str, under: QWidget) -> None:
        """Ask for another label of a field."""
        old = self.arranger.fields[name].label
        told = "Workbooks that use the old label are still understood."

        def rename(values: dict[str, Any]) -> None:
            rename_custom_field(self.context.store, self.entity, name, values["label"] or "")

        self._ask(under, f"Rename {old}", (_LABEL,), "Rename field", rename, {"label": old}, told)

    def delete(self, name: str) -> None:
        """Delete a field with its values, saying in how many rows."""
        try:
            sentence = field_deletion_sentence(self.context.store, self.entity, name)
            delete_custom_field(self.context.store, self.entity, name)
        except Known as known:
            self.context.toast(str(known))
            return
        self.context.toast("Deleted" + sentence.removeprefix("Delete").rstrip("."), "Undo", self._undo)

    # ------------------------------------------------------------------ below the counter

    def _add(self, values: dict[str, Any]) -> None:
        kind = KINDS[values["kind"] or "Text"]
        words = [each.strip() for each in (values["choices"] or "").split(",") if each.strip()]
        if words and kind is not Kind.CHOICE:
            message = "No field was added: only a list has choices. Set Holds to List, or empty the choices."
            raise Known(message)
        made = add_custom_field(self.context.store, self.entity, values["label"] or "", kind, choices=words)
        shown = [name for name, _ in self.arranger.view.columns if name != made.name]
        self.arranger.show_columns((*shown, made.name), self.arranger.view.frozen)

    def _undo(self) -> None:
        try:
            undo(self.context.store)
        except Known as known:
            self.context.toast(str(known))

    def _ask(
        self,
        under: QWidget,
        title: str,
        fields: tuple[Field, ...],
        button: str,
        finish: Callable[[dict[str, Any]], object],
        filled: dict[str, str],
        told: str,
    ) -> None:
        self.box = AskBox(
            under,
            title,
            fields,
            button,
            finish,
            reading=self.arranger.grid.table.reading,
            names=Names(),
            choices=lambda field: field.choices,
            filled=filled,
            told=told,
        )
        self.box.open_under(under)
