"""Dialogs for calendars: the public holidays of a country, and a first standard calendar with or without them."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from pmo_desktop.figures.book import STANDARD, WEEKDAYS
from pmo_desktop.figures.publicholidays import FIRST_YEAR, LAST_YEAR, find_holidays, list_countries, list_parts
from pmo_desktop.operations.calendars import (
    CALENDAR,
    Place,
    create_standard,
    fetch_holidays,
    horizon_years,
    standard_calendar,
)
from pmo_desktop.rules.wording import count_text, short_day
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, as_widget
from pmo_desktop.ui.label import label

_SHOWN = 4  # holidays named in the preview


class PlaceForm:
    """The rows of a form that ask for a country, a part of it, and years; it assumes none and says what it found."""

    def __init__(self, form: QFormLayout, years: tuple[int, int], nothing: str) -> None:
        self.country, self.part = QComboBox(), QComboBox()
        self.first, self.last = _year(years[0], "First year"), _year(years[1], "Last year")
        self.country.addItem(nothing, None)
        self.country.setMaxVisibleItems(20)
        for region in list_countries():
            self.country.addItem(region.name, region.code)
        self.found = label("", "caption", wrap=True)
        span = QHBoxLayout()
        span.addWidget(self.first)
        span.addWidget(label("to", "body2"))
        span.addWidget(self.last)
        span.addStretch(1)
        add_row(form, "Country", self.country)
        add_row(form, "Part of the country", self.part)
        add_row(form, "Years", as_widget(span))
        form.addRow("", self.found)
        self.country.currentIndexChanged.connect(self._offer_parts)
        self.part.currentIndexChanged.connect(self.tell)
        self.first.valueChanged.connect(self.tell)
        self.last.valueChanged.connect(self.tell)
        self._offer_parts()

    def place(self) -> Place | None:
        """The country and part chosen; None without a country."""
        country = self.country.currentData()
        return Place(country, self.part.currentData()) if country else None

    def choose(self, country: str | None, part: str | None) -> None:
        """Show a place that was chosen before."""
        self.country.setCurrentIndex(max(0, self.country.findData(country)))
        self.part.setCurrentIndex(max(0, self.part.findData(part)))

    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.first.value(), self.last.value()

    def tell(self) -> None:
        """Say how many holidays there are, and the first of them."""
        place, (first, last) = self.place(), self.years()
        if place is None or first > last:
            self.found.setText("" if place is None else "The first year comes after the last one.")
            return
        days = find_holidays(place.country, place.part, range(first, last + 1))
        named = ", ".join(f"{short_day(day)} {name}" for day, name in list(days.items())[:_SHOWN])
        said = count_text(len(days), "public holiday")
        self.found.setText(
            f"{said}: {named}{', …' if len(days) > _SHOWN else ''}" if days else f"{said} in these years."
        )

    def _offer_parts(self) -> None:
        self.part.blockSignals(True)
        self.part.clear()
        self.part.addItem("The whole country", None)
        for region in list_parts(self.country.currentData() or ""):
            self.part.addItem(region.name, region.code)
        self.part.setEnabled(self.part.count() > 1)
        self.part.blockSignals(False)
        self.tell()


class HolidaysDialog(Dialog):
    """Fetches the public holidays of a country into a calendar."""

    def __init__(self, store: Store, calendar: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Public holidays", parent, accept_text="Fetch public holidays")
        self.store, self.said = store, ""
        self.rows = {row["id"]: row for row in read_rows(store, CALENDAR)}
        told = "Days of your own stay as they are. Holidays fetched from another country before are replaced."
        self.body.addWidget(label(told, "body2", wrap=True))
        form = self.add_form()
        self.calendar = QComboBox()
        for row in sorted(self.rows.values(), key=lambda each: each["name"].casefold()):
            self.calendar.addItem(row["name"], row["id"])
        add_row(form, "Calendar", self.calendar)
        self.form = PlaceForm(form, horizon_years(store), "Choose a country")
        self.calendar.currentIndexChanged.connect(self._show_place)
        self.calendar.setCurrentIndex(max(0, self.calendar.findData(calendar or standard_calendar(store))))
        self._show_place()

    def commit(self) -> str:
        """Fetch them."""
        place = self.form.place()
        if place is None:
            return "Choose the country whose public holidays are to be fetched."
        try:
            self.said = fetch_holidays(self.store, self.calendar.currentData(), place, *self.form.years()).words
        except Known as known:
            return str(known)
        return ""

    def _show_place(self) -> None:
        row = self.rows.get(self.calendar.currentData())
        if row is not None:
            self.form.choose(row["country"], row["subdivision"])


class StandardDialog(Dialog):
    """Asks for the calendar that FTE and days are counted in."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__("New standard calendar", parent, accept_text="Create calendar")
        self.store, self.made = store, ""
        told = "FTE and days are counted in its hours, and everybody without a calendar of their own works by it."
        self.body.addWidget(label(told, "body2", wrap=True))
        form = self.add_form()
        self.name = QLineEdit("Standard")
        add_row(form, "Name", self.name)
        week = QHBoxLayout()
        week.setSpacing(6)
        self.hours = [_hours(day, hours) for day, hours in zip(WEEKDAYS, STANDARD.hours, strict=True)]
        for day, box in zip(WEEKDAYS, self.hours, strict=True):
            week.addWidget(label(day[:3].capitalize(), "caption"))
            week.addWidget(box)
        add_row(form, "Hours", as_widget(week))
        self.form = PlaceForm(form, horizon_years(store), "No public holidays")

    def commit(self) -> str:
        """Create it."""
        try:
            hours = _read_hours(self.hours)
        except ValueError:
            return "The hours of a day are a number, such as 7.5. Type digits only."
        try:
            self.made = create_standard(self.store, self.name.text(), hours, self.form.place(), self.form.years())
        except Known as known:
            return str(known)
        return ""


def _year(value: int, name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(FIRST_YEAR, LAST_YEAR)
    box.setValue(value)
    box.setAccessibleName(name)
    return box


def _hours(day: str, hours: float) -> QLineEdit:
    box = QLineEdit(f"{hours:g}")
    box.setAccessibleName(f"Hours on {day.capitalize()}")
    return box


def _read_hours(boxes: list[QLineEdit]) -> list[float]:
    """The hours typed; an empty field is a day off. Raises ValueError for words."""
    return [float(box.text().strip().replace(",", ".") or 0) for box in boxes]
