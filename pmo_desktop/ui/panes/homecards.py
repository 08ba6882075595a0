"""The painted parts of Home: key figures, rows of things to do and to come, the chart of statuses, compliance."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pmo_desktop.figures.statuses import MonthStatuses
from pmo_desktop.figures.totals import StatusCount
from pmo_desktop.rules.wording import MONTHS
from pmo_desktop.rules.words import NOT_RATED, rag_label
from pmo_desktop.ui.cardrow import CardRow
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import ElidedLabel, Rows, label, rule
from pmo_desktop.ui.marks import MARGIN, rag_mark
from pmo_desktop.ui.panes.homefacts import Compliance, Kpi, Nudge, ProgrammeMoney, Upcoming
from pmo_desktop.ui.theme import Theme, current_theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignCenter


class KpiStrip(Rows):
    """Projects by status, then key figures, parted by thin upright lines."""

    def __init__(self, statuses: tuple[StatusCount, ...], kpis: tuple[Kpi, ...]) -> None:
        super().__init__("card")
        self.setAccessibleName("Key figures")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(16)
        row.addWidget(_titled("Projects by status", StatusBarChart(statuses)), 6)
        for kpi in kpis:
            row.addWidget(rule("rule_up"))
            row.addWidget(_kpi(kpi), 5)


class StatusBarChart(QWidget):
    """One bar of all projects, split by status, over the counts with their marks."""

    def __init__(self, statuses: tuple[StatusCount, ...]) -> None:
        super().__init__()
        self._statuses = [each for each in statuses if each.count]
        words = ", ".join(f"{each.count} {status_word(each.code).lower()}" for each in self._statuses)
        self.setAccessibleName(f"Projects by status: {words or 'none'}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A bar and a line of counts."""
        return QSize(180, current_theme().px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, then the counts."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(each.count for each in self._statuses) or 1
        gap, left = 2.0, 0.0
        room = self.width() - gap * max(0, len(self._statuses) - 1)
        for each in self._statuses:
            width = room * each.count / total
            colours = theme.rag(None if each.code == "N" else each.code)
            painter.setPen(QPen(colours.line, 1))
            painter.setBrush(colours.fill)
            painter.drawRect(QRectF(left + 0.5, 0.5, max(2.0, width - 1), theme.px(15)))
            left += width + gap
        self._paint_counts(painter, theme)

    def _paint_counts(self, painter: QPainter, theme: Theme) -> None:
        size = theme.px(14)
        top = theme.px(24)
        left = 0
        painter.setFont(theme.font("strong"))
        metrics = painter.fontMetrics()
        taken = sum(size + 5 + metrics.horizontalAdvance(f"{each.count:,}") for each in self._statuses)
        gap = max(6, min(14, (self.width() - taken) // max(1, len(self._statuses) - 1)))
        for each in self._statuses:
            mark = rag_mark(theme, None if each.code == "N" else each.code, size, self.devicePixelRatioF())
            painter.drawPixmap(left - MARGIN, top, mark)
            left += size + 5
            words = f"{each.count:,}"
            painter.setPen(theme.color("text"))
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRect(left, top, width + 2, size + 2 * MARGIN), _LEFT, words)
            left += width + gap


class NudgeRow(CardRow):
    """A project that needs something."""

    def __init__(self, nudge: Nudge, slot: Callable[[], object]) -> None:
        words = f"{nudge.ref} {nudge.name}, {rag_label(nudge.rag)}. {nudge.reason}. {nudge.action}, {nudge.day}"
        super().__init__(words, slot)
        self.setToolTip(nudge.reason)
        self._nudge = nudge

    def paint_line(self, painter: QPainter, theme: Theme) -> None:
        """Mark, name and reference over the reason; the day over what to do."""
        nudge, line = self._nudge, theme.px(19)
        size = theme.px(18)
        painter.drawPixmap(4 - MARGIN, theme.px(6), rag_mark(theme, nudge.rag, size, self.devicePixelRatioF()))
        left, top = theme.px(34), theme.px(6)
        painter.setFont(theme.font("strong"))
        side = painter.fontMetrics().horizontalAdvance(nudge.action) + 12
        width = self.width() - left - 8
        used = self.write(painter, QRect(left, top, width - 90, line), nudge.name, ("strong", "text"), _LEFT)
        place = QRect(left + used + 8, top, width - 90 - used, line)
        self.write(painter, place, nudge.ref, ("caption", "text3"), _LEFT)
        self.write(painter, QRect(left, top, width, line), nudge.day, ("body", "text"), _RIGHT)
        second = top + theme.px(20)
        self.write(painter, QRect(left, second, width - side, line), nudge.reason, ("body", "text2"), _LEFT)
        self.write(painter, QRect(left, second, width, line), nudge.action, ("strong", "link"), _RIGHT)


class UpcomingRow(CardRow):
    """Something of the next four weeks."""

    height_px = 43

    def __init__(self, upcoming: Upcoming, slot: Callable[[], object] | None) -> None:
        day = upcoming.day
        super().__init__(f"{day.day} {day:%B}: {upcoming.title}, {upcoming.note}", slot)
        self.setToolTip(f"{upcoming.title}\n{upcoming.note}")
        self._upcoming = upcoming

    def paint_line(self, painter: QPainter, theme: Theme) -> None:
        """Day and month, an icon, what and of whom."""
        upcoming, line = self._upcoming, theme.px(18)
        top = theme.px(4)
        box = theme.px(34)
        self.write(painter, QRect(0, top, box, line), f"{upcoming.day:%d}", ("subtitle", "text"), _CENTRE)
        month = MONTHS[upcoming.day.month - 1][:3]
        self.write(painter, QRect(0, top + line, box, theme.px(15)), month, ("micro", "text2"), _CENTRE)
        side = theme.px(16)
        picture = icon_pixmap(upcoming.icon, "text2", side, self.devicePixelRatioF())
        painter.drawPixmap(box + theme.px(8), (self.height() - side) // 2, picture)
        left = box + side + theme.px(18)
        room = self.width() - left
        self.write(painter, QRect(left, top, room, line), upcoming.title, ("body_medium", "text"), _LEFT)
        self.write(painter, QRect(left, top + line, room, theme.px(16)), upcoming.note, ("caption", "text2"), _LEFT)


class ComplianceRow(CardRow):
    """One programme's reports: a ticked square for each that is in, an open one for each that is not."""

    height_px = 25

    def __init__(self, compliance: Compliance, names: int) -> None:
        words = f"{compliance.name}: {compliance.reported} of {compliance.due} reports in. {compliance.note}"
        super().__init__(words, None)
        self.setToolTip(words)
        self._compliance = compliance
        self._names = names

    def paint_line(self, painter: QPainter, theme: Theme) -> None:
        """Name, squares, a word on who is missing."""
        found = self._compliance
        rect = self.rect()
        name = min(self._names + 12, theme.px(132))
        self.write(painter, QRect(0, 0, name - 8, rect.height()), found.name, ("body", "text"), _LEFT)
        late = found.reported < found.due
        look = ("caption", "warn_fg" if late else "text3")
        painter.setFont(theme.font("caption"))
        note = min(painter.fontMetrics().horizontalAdvance(found.note) + 8, theme.px(120))
        self.write(painter, QRect(rect.width() - note, 0, note, rect.height()), found.note, look, _RIGHT)
        side, step = theme.px(14), theme.px(19)
        room = max(1, (rect.width() - name - note) // step)
        if found.due > room:
            words = f"{found.reported:,} of {found.due:,}"
            self.write(painter, QRect(name, 0, room * step, rect.height()), words, ("body", "text"), _LEFT)
            return
        top = (rect.height() - side) // 2
        for index in range(found.due):
            square = QRectF(name + index * step + 0.5, top + 0.5, side, side)
            came = index < found.reported
            painter.setPen(QPen(theme.color("accent" if came else "warn_line"), 1))
            painter.setBrush(theme.color("accent") if came else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square, 2, 2)
            if came:
                tick = icon_pixmap("check", "on_accent", theme.px(10), self.devicePixelRatioF())
                painter.drawPixmap(square.toRect().x() + theme.px(2), top + theme.px(3), tick)


class ChangeRow(CardRow):
    """One deed of the journal."""

    height_px = 26

    def __init__(self, icon: str, what: str, when: str) -> None:
        super().__init__(f"{what}, {when}", None)
        self.setToolTip(what)
        self._icon, self._what, self._when = icon, what, when

    def paint_line(self, painter: QPainter, theme: Theme) -> None:
        """An icon, what was done, when and by whom."""
        side = theme.px(15)
        picture = icon_pixmap(self._icon, "text2", side, self.devicePixelRatioF())
        painter.drawPixmap(0, (self.height() - side) // 2, picture)
        painter.setFont(theme.font("caption"))
        note = painter.fontMetrics().horizontalAdvance(self._when)
        rect = QRect(side + 10, 0, self.width() - side - note - 22, self.height())
        self.write(painter, rect, self._what, ("body", "text"), _LEFT)
        self.write(painter, self.rect(), self._when, ("caption", "text2"), _RIGHT)


class MonthsChart(QWidget):
    """Projects by status month by month: past months tinted, the present one in full colour, counts inside."""

    order = ("G", "A", "R")

    def __init__(self, months: tuple[MonthStatuses, ...]) -> None:
        super().__init__()
        self._months = months
        said = [
            f"{MONTHS[each.on.month - 1]} {each.on.year}: "
            + ", ".join(f"{each.counts[code]} {status_word(code).lower()}" for code in reversed(self.order))
            for each in months
        ]
        self.setAccessibleName("Projects by status by month. " + ". ".join(said))
        self.setToolTip("\n".join(said))
        self.setMinimumHeight(130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for readable bars."""
        return QSize(360, current_theme().px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A column a month, its initial below."""
        theme = current_theme()
        painter = QPainter(self)
        foot = theme.px(22)
        tallest = max(sum(each.counts[code] for code in self.order) for each in self._months) or 1
        step = min(self.width() / len(self._months), theme.px(72))
        unit = (self.height() - foot - 8) / tallest
        for index, month in enumerate(self._months):
            now = index == len(self._months) - 1
            box = QRectF(index * step + 2, 0, step - 6, self.height() - foot)
            self._paint_column(painter, theme, month, box, unit, now)
            painter.setFont(theme.font("caption_strong" if now else "caption"))
            painter.setPen(theme.color("text" if now else "text2"))
            name = MONTHS[month.on.month - 1]
            below = QRectF(box.x(), self.height() - foot, box.width(), foot)
            painter.drawText(below, _CENTRE, name[:3] if step >= theme.px(30) else name[0])

    def _paint_column(
        self, painter: QPainter, theme: Theme, month: MonthStatuses, box: QRectF, unit: float, now: bool
    ) -> None:
        bottom = box.bottom()
        for code in self.order:
            count = month.counts[code]
            if not count:
                continue
            colours = theme.rag(code)
            height = count * unit
            part = QRectF(box.x(), bottom - height + 1, box.width(), height - 2)
            painter.setPen(QPen(colours.line if now else colours.fill, 1))
            painter.setBrush(colours.fill if now else _faded(colours.fill))
            painter.drawRect(part)
            if part.height() >= theme.px(10):
                painter.setFont(theme.font("caption_strong" if part.height() >= theme.px(14) else "micro"))
                painter.setPen(colours.ink if now else theme.color("text"))
                painter.drawText(part, _CENTRE, str(count))
            bottom -= height


def _faded(colour: QColor) -> QColor:
    """A colour of the past: the same hue, half as loud."""
    made = QColor(colour)
    made.setAlpha(115)
    return made


class MoneyRow(CardRow):
    """One programme's estimate and its distance from budget, as a bar on a zero line and as a number."""

    height_px = 28

    def __init__(self, money: ProgrammeMoney, widest: float) -> None:
        super().__init__(f"{money.name}: {money.eac}, {money.variance} against budget", None)
        self._money, self._widest = money, max(widest, 1.0)

    def paint_line(self, painter: QPainter, theme: Theme) -> None:
        """Name, estimate, bar, percent."""
        money, height = self._money, self.height()
        percent = money.percent or 0.0
        right = theme.px(62)
        narrow = self.width() < theme.px(340)
        bar = theme.px(60 if narrow else 90)
        side = 0 if narrow else theme.px(76)  # a narrow card leaves the estimate out
        name = QRect(0, 0, self.width() - right - bar - side - theme.px(10), height)
        self.write(painter, name, money.name, ("body", "text"), _LEFT)
        if side:
            self.write(painter, QRect(name.right(), 0, side, height), money.eac, ("body", "text2"), _RIGHT)
        tone = variance_tone(percent)
        zero = self.width() - right - bar // 2
        length = bar / 2 * min(1.0, abs(percent) / self._widest)
        colours = theme.rag(tone) if tone else None
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawLine(zero, 6, zero, height - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.fill if colours else theme.color("border_strong"))
        left = zero if percent >= 0 else zero - length
        painter.drawRect(QRectF(left, (height - theme.px(12)) / 2, length, theme.px(12)))
        place = QRect(self.width() - right, 0, right, height)
        painter.setFont(theme.font("strong" if tone == "R" else "body"))
        painter.setPen(colours.text if colours else theme.color("text"))
        painter.drawText(place, _RIGHT, money.variance)


def variance_tone(percent: float) -> str:
    """Red, amber or green of a variance by the default tolerance of 4 and 7 percent; empty near zero."""
    if percent > 7:
        return "R"
    if percent > 4:
        return "A"
    return "G" if percent < 0 else ""


def status_word(code: str) -> str:
    """Red, Amber, Green, Complete or Not rated."""
    return NOT_RATED if code == "N" else rag_label(code)


def _kpi(kpi: Kpi) -> QWidget:
    made = QWidget()
    made.setAccessibleName(f"{kpi.label}: {kpi.value}, {kpi.note}")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(kpi.label, "caption", wrap=True))
    column.addWidget(ElidedLabel(kpi.value, "display"))
    column.addWidget(label(kpi.note, "caption", wrap=True))
    column.addStretch(1)
    return made


def _titled(title: str, part: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(label(title, "caption"))
    column.addWidget(part)
    column.addStretch(1)
    return made
