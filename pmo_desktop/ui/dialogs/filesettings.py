"""The settings of the file: whose portfolio it is, its money, its dates, and who the pack is for."""

from __future__ import annotations

import calendar
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.money import OFFERED
from pmo_desktop.rules.words import Sensitivity
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_settings
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row

_TEXTS = {"organisation": "Organisation", "title": "Portfolio", "board": "Board", "owner": "Pack owner"}

_MOST_SCORE = 81  # of the largest scheme, 9 x 9


class FileSettings(Dialog):
    """Everything is written as one step when Save is pressed."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__("Settings of this file", parent, accept_text="Save settings")
        self._store = store
        self._was = read_settings(store)
        form = self.add_form()
        self.texts = {name: QLineEdit(self._was[name] or "") for name in (*_TEXTS, "pack_status")}
        add_row(form, "Organisation", self.texts["organisation"])
        add_row(form, "Portfolio", self.texts["title"], "What the pack calls this portfolio")
        self.currency = QComboBox()
        self.currency.setEditable(True)
        self.currency.addItems(OFFERED)
        self.currency.setCurrentText(self._was["currency"])
        add_row(form, "Currency", self.currency, "Used where a row names none; no amount is converted")
        self.month = QComboBox()
        self.month.addItems(list(calendar.month_name)[1:])
        self.month.setCurrentIndex(round(self._was["fy_start_month"]) - 1)
        add_row(form, "Financial year starts in", self.month)
        self.data_date = DateField(self._was["data_date"], "Today")
        add_row(form, "Data date", self.data_date, "The day lateness is judged by; empty follows the calendar")
        self.days = QSpinBox()
        self.days.setRange(1, 366)
        self.days.setSuffix(" days")
        self.days.lineEdit().setTextMargins(6, 0, 0, 0)  # the sheet's padding does not reach inside
        self.days.setValue(round(self._was["report_days"]))
        add_row(form, "Reporting cycle", self.days, "A status report older than this counts as missing")
        self.appetite = QSpinBox()
        self.appetite.setRange(0, _MOST_SCORE)
        self.appetite.setSpecialValueText("From the second-worst band on")
        self.appetite.lineEdit().setTextMargins(6, 0, 0, 0)
        self.appetite.setValue(round(self._was["risk_appetite"] or 0))
        add_row(form, "Risk appetite", self.appetite, "Scores from this on are above appetite")
        add_row(form, "Board", self.texts["board"])
        self.board_date = DateField(self._was["board_date"], "Not fixed")
        add_row(form, "Board date", self.board_date)
        add_row(form, "Pack owner", self.texts["owner"])
        add_row(form, "Pack status", self.texts["pack_status"], "Such as: Version 1, for decision")
        self.marking = QComboBox()
        self.marking.addItems(["", *Sensitivity])
        self.marking.setCurrentText(self._was["classification"] or "")
        add_row(form, "Classification", self.marking, "Printed at the foot of every page")

    def commit(self) -> str:
        """Write what differs, in one batch."""
        try:
            values = self._values()
            changed = {name: value for name, value in values.items() if value != self._was[name]}
            if changed:
                change_settings(self._store, changed)
        except (Known, ValueError) as error:
            return str(error)
        return ""

    def _values(self) -> dict[str, Any]:
        texts = {name: edit.text().strip() or None for name, edit in self.texts.items()}
        return texts | {
            "currency": self.currency.currentText().strip().upper(),
            "fy_start_month": float(self.month.currentIndex() + 1),
            "data_date": self.data_date.day(),
            "report_days": float(self.days.value()),
            "risk_appetite": float(self.appetite.value()) or None,
            "board_date": self.board_date.day(),
            "classification": self.marking.currentText() or None,
        }
