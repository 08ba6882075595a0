"""A field for a day that may be empty: typed in any usual way, or picked from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.label import Rows

_FORMATS = ("%d %b %Y", "%d %B %Y", "%d %b %y", "%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")


class DateField(QLineEdit):
    """Empty means that no day is set; `day()` raises ValueError for words that are no day."""

    def __init__(self, day: date | None = None, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder or "Such as 13 Nov 2026")
        pick = QAction(icon("calendar"), "Pick a day", self)
        pick.triggered.connect(lambda _checked=False: self.pick())
        self.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(lambda _text: self._mark(wrong=False))
        self.set_day(day)

    def set_day(self, day: date | None) -> None:
        """Show a day, or none."""
        self.setText(f"{day.day} {day:%b %Y}" if day else "")
        self._mark(wrong=False)

    def day(self) -> date | None:
        """The day typed; None when the field is empty."""
        try:
            return read_day(self.text())
        except ValueError:
            self._mark(wrong=True)
            raise

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.pick()
        else:
            super().keyPressEvent(event)

    def pick(self) -> None:
        """Show the calendar under the field."""
        try:
            day = self.day()
        except ValueError:
            day = None
        popup = CalendarPopup(day, self.set_day, self)
        popup.show_at(self.mapToGlobal(QPoint(0, self.height())))

    def _mark(self, *, wrong: bool) -> None:
        self.setProperty("wrong", "true" if wrong else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class CalendarPopup(Rows):
    """A calendar over the window; goes when a day is chosen or anything else is clicked."""

    chosen = Signal(object)

    def __init__(self, day: date | None, slot: Callable[[date], object], parent: QWidget) -> None:
        super().__init__("popover", parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._slot = slot
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName("Calendar")
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setGridVisible(False)
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)

    def offer(self, text: str, slot: Callable[[], object]) -> None:
        """One more choice under the calendar."""

        def choose() -> None:
            self.close()
            slot()

        layout = self.layout()
        if layout is not None:
            layout.addWidget(Button(text, kind="link", slot=choose))

    def show_at(self, place: QPoint) -> None:
        """Show it with its corner at a place of the screen, moved so that all of it is seen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = min(place.x(), screen.right() - self.width())
        top = min(place.y(), screen.bottom() - self.height())
        self.move(max(left, screen.left()), max(top, screen.top()))
        self.show()
        self.calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        self.close()
        self._slot(date(day.year(), day.month(), day.day()))


def read_day(text: str) -> date | None:
    """The day that some words mean, day before month; None for no words. Raises ValueError."""
    cleaned = " ".join(text.split())
    if not cleaned:
        return None
    for form in _FORMATS:
        try:
            return datetime.strptime(cleaned, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    message = f"“{cleaned}” is no day. Type it as 13 Nov 2026 or 13/11/2026."
    raise ValueError(message)
