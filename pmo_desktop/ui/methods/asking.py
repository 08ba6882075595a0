"""Opens a box of a few fields with the people of the file to choose from, for deeds of the methodology pane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.operations.values import NewName
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_settings
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.kinds import Reading
from pmo_desktop.ui.registerdata import offered_choices, read_links


def open_box(
    store: Store,
    parent: QWidget,
    title: str,
    fields: Sequence[Field],
    button: str,
    finish: Callable[[dict[str, Any]], object],
    filled: Mapping[str, str] | None = None,
    told: str = "",
) -> AskBox:
    """An AskBox, not shown yet; people that the file does not know are refused by name."""
    settings = read_settings(store)
    names, links = read_links(store, tuple(fields), round(settings["fy_start_month"]))
    reading = Reading(read_names(store), settings["currency"], settings["currency"], data_date(settings))
    return AskBox(
        parent,
        title,
        fields,
        button,
        partial(_finish, finish),
        reading=reading,
        names=names,
        choices=lambda field: offered_choices(field, (), links),
        filled=filled,
        told=told,
    )


def _finish(finish: Callable[[dict[str, Any]], object], values: dict[str, Any]) -> object:
    for value in values.values():
        if isinstance(value, NewName):
            raise Known(f"Nobody here is called {value}. Add them under People, or choose somebody from the list.")
    return finish(values)
