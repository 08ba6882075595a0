"""Step 2: the questions the file leaves open, and what becomes of each of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import Blank, ColumnMap, Question, TablePlan, Treatment
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.money import OFFERED
from pmo_desktop.rules.scales import POINTS
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import Rag
from pmo_desktop.store.rows import read_settings, register_fields
from pmo_desktop.ui.banner import Banner
from pmo_desktop.ui.importer.calm_combo import Target
from pmo_desktop.ui.importer.card_lines import CardLines
from pmo_desktop.ui.importer.column_row import IGNORE, NEW, WIDTHS, ColumnRow
from pmo_desktop.ui.importer.faces import shown_headers
from pmo_desktop.ui.importer.match_choice import MatchChoice
from pmo_desktop.ui.importer.people_card import PeopleCard
from pmo_desktop.ui.importer.planned import SAME, answer_to, reused_words
from pmo_desktop.ui.importer.question_row import QuestionRow
from pmo_desktop.ui.importer.session import Session
from pmo_desktop.ui.importer.wording import table_line
from pmo_desktop.ui.label import Rows, label, rule

MARGIN = 24
_MOST_ASKED = 4  # questions on screen at once


class MappingPage(QWidget):
    """Every choice becomes an answer of the session, which plans anew; then the page shows the new plan."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.tables: list[TablePlan] = []
        self.rows: list[ColumnRow] = []
        self.questions: list[QuestionRow] = []
        self._fields: dict[str, Field] = {}
        self.which = QComboBox()
        self.which.setAccessibleName("Table whose columns are shown")
        self.facts = label("", "caption")
        self.currency = QComboBox()
        self._currency_words = label("Amounts that name no currency", "caption")
        self._currency_words.setBuddy(self.currency)
        self.currency.setAccessibleName("Currency of amounts that name none")
        self.currency.activated.connect(lambda _at: session.answer(currency=self.currency.currentData()))
        self.missing = Banner("err", "", closable=False)
        self.reused = Banner("info", "", (("Do without them", lambda: session.answer(fresh=True)),), closable=False)
        self.asked = Rows("card")
        self._asked_lines = CardLines()
        self.people = PeopleCard()
        self.people.decided.connect(self._take_people)
        self.match = MatchChoice()
        self.match.decided.connect(self._take_match)
        self._match_words = label("Match rows on", "caption")
        self._match_words.setBuddy(self.match)
        self._lay_out()
        self.which.currentIndexChanged.connect(lambda _place: self._show_table())

    def show_plan(self) -> None:
        """Show the plan there is now; the table on screen stays."""
        plan = self.session.plan
        if plan is None:
            return
        here = self.which.currentIndex()
        self.tables = plan.kept
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItems([table_line(table) for table in self.tables])
        self.which.setCurrentIndex(max(0, min(here, len(self.tables) - 1)))
        self.which.blockSignals(False)
        self.which.setVisible(len(self.tables) > 1)
        self._show_reused()
        self._show_questions()
        self.people.show_clusters(self.session.clusters, self.session.options.people)
        self._show_currency()
        self._show_table()

    def table(self) -> TablePlan | None:
        """The table whose columns are shown."""
        place = self.which.currentIndex()
        return self.tables[place] if 0 <= place < len(self.tables) else None

    def what_is_missing(self) -> str:
        """Why the import cannot go on, in one sentence; empty when it can."""
        sentences = [words for table in self.tables if (words := missing_words(table))]
        if not self.tables:
            sentences.append("No table goes into a register. Go back and choose one.")
        open_ = [each for each in self.session.open_questions() if each.option != SAME]
        if open_:
            sentences.append(
                "Answer the question first." if len(open_) == 1 else f"Answer the {len(open_)} questions first."
            )
        return sentences[0] if sentences else ""

    def focus_first(self) -> None:
        """Give the keyboard to the first open question, else to the first column."""
        unanswered = self.session.open_questions()
        asked = next((row for row in self.questions if row.question in unanswered), None)
        if asked is not None:
            asked.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.rows:
            self.rows[0].target.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """What F6 goes through."""
        found: list[QWidget] = [row.choice for row in self.questions[:1]]
        return [*found, *(row.target for row in self.rows[:1])]

    # ------------------------------------------------------------------ showing

    def _show_reused(self) -> None:
        """Say whose answers are used, if any."""
        words = reused_words(self.session.plan) if self.session.plan else ""
        self.reused.setVisible(bool(words))
        self.reused.words.setText(words)
        self.reused.setAccessibleName(words)

    def _show_questions(self) -> None:
        wanted = self.session.questions
        if [row.question for row in self.questions] != wanted:
            for old in self.questions:
                old.hide()
                old.deleteLater()
            self.questions = [QuestionRow(question, self.session.options) for question in wanted]
            for row in self.questions:
                row.answered.connect(self._take_answer)
                self._asked_lines.column.addWidget(row)
        for row in self.questions:
            row.show_answer(self.session.options)
        self._asked_lines.make_room(len(wanted), _MOST_ASKED)
        self.asked.setVisible(bool(wanted))

    def _show_currency(self) -> None:
        """Offered where there is money and no column says in which currency."""
        columns = [column for table in self.tables for column in table.columns if column.field]
        has_money = any(column.kind is Kind.MONEY for column in columns)
        asked = any(question.option == "currency" for question in self.session.questions)
        offered = has_money and not asked and not any(column.field == "currency" for column in columns)
        self.currency.setVisible(offered)
        self._currency_words.setVisible(offered)
        own = str(read_settings(self.session.context.store)["currency"])
        given = self.session.options.currency or self._told("currency") or own
        self.currency.clear()
        for code in dict.fromkeys((own, given, *OFFERED)):
            self.currency.addItem(code, code)
        self.currency.setCurrentIndex(self.currency.findData(given))

    def _show_table(self) -> None:
        table = self.table()
        if table is None:
            self._make_rows([])
            return
        known = register_fields(self.session.context.store, table.entity or "")
        self._fields = {field.name: field for field in known}
        if [row.header for row in self.rows] != [column.header for column in table.columns]:
            self._make_rows([column.header for column in table.columns])
        blanks = {**(self._told("blank") or {}), **self.session.options.blank}
        for row, column in zip(self.rows, table.columns, strict=True):
            row.show_column(column, self._words_for(column))
            row.show_blank(Blank(blanks.get(column.header, Blank.KEEP)))
        self.match.show_table(table, {**(self._told("match_on") or {}), **self.session.options.match_on})
        self.facts.setText(_facts(table))
        words = missing_words(table)
        self.missing.words.setText(words)
        self.missing.setAccessibleName(words)
        self.missing.setVisible(bool(words))

    def _make_rows(self, headers: Sequence[str]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [ColumnRow(header, self._targets) for header in headers]
        for place, row in enumerate(self.rows):
            row.chosen.connect(self._take_target)
            row.mapped.connect(self.session.set_value)
            row.emptied.connect(self._take_blank)
            self._lines.insertWidget(place, row)

    def _targets(self, column: ColumnMap) -> list[Target]:
        """What a column may become: the likely fields first, then all by name."""
        named = sorted(self._fields.values(), key=lambda each: each.label.casefold())
        likely = [self._fields[name] for name in (column.field, *column.others) if name in self._fields]
        shown = dict.fromkeys([*likely, *named])
        first = [Target(NEW, f"New field: {shown_headers(column)}"), Target(IGNORE, "Leave out")]
        return [*first, *(Target(each.name, each.label) for each in shown)]

    def _words_for(self, column: ColumnMap) -> Sequence[str]:
        if column.kind is Kind.RAG:
            return [rag.label for rag in Rag]
        if column.kind is Kind.YESNO:
            return ("Yes", "No")
        field = self._fields.get(column.field or "")
        if column.kind is Kind.POINT:
            axis = scheme_of(self.session.context.store).axes.get(field.scale) if field else None
            return tuple(map(str, range(1, len(axis or POINTS) + 1)))
        return field.choices if field else ()

    # ------------------------------------------------------------------ answers

    def _take_answer(self, question: Question, value: object) -> None:
        self.session.answer(**answer_to(self.session.options, question, value))

    def _take_blank(self, header: str, blank: Blank) -> None:
        self.session.answer(blank={**self.session.options.blank, header: blank})

    def _take_match(self, register: str, field: str) -> None:
        self.session.answer(match_on={**self.session.options.match_on, register: field})

    def _take_people(self, answers: Mapping[str, str]) -> None:
        self.session.answer(people={**self.session.options.people, **answers})

    def _told(self, name: str) -> Any:
        """What the portfolio remembers as the answer for the table shown, and nobody has answered otherwise."""
        table, plan = self.table(), self.session.plan
        lineages = plan.lineages if plan else []
        return next((each.answers.get(name) for each in lineages if table and each.entity == table.entity), None)

    def _take_target(self, header: str, target: str) -> None:
        table = self.table()
        columns = {**self.session.options.columns, header: target}
        taken = (
            next((each for each in table.columns if each.field == target and each.header != header), None)
            if table
            else None
        )
        if taken is not None:  # a field takes one column: the other keeps its content in a field of its own
            columns[taken.header] = NEW
            self.said.emit(
                f"“{shown_headers(taken)}” becomes a field of its own, since {taken.label} takes one column."
            )
        self.session.answer(columns=columns)

    def _lay_out(self) -> None:
        asked = QVBoxLayout(self.asked)
        asked.setContentsMargins(16, 12, 16, 12)
        asked.setSpacing(10)
        asked.addWidget(label("The file leaves this open", "strong"))
        asked.addWidget(self._asked_lines)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.which)
        top.addWidget(self.facts)
        top.addStretch(1)
        top.addWidget(self._match_words)
        top.addWidget(self.match)
        top.addWidget(self._currency_words)
        top.addWidget(self.currency)
        self.which.setMinimumWidth(280)
        card = Rows("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 0, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(_heading())
        inside.addWidget(rule())
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 4, 0, 8)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.addWidget(scroll, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(MARGIN, 14, MARGIN, 16)
        box.setSpacing(12)
        box.addWidget(self.reused)
        box.addWidget(self.asked)
        box.addWidget(self.people)
        box.addWidget(self.missing)
        box.addLayout(top)
        box.addWidget(card, 1)


def missing_words(table: TablePlan) -> str:
    """What a table lacks before a row of it can be found again; empty when nothing."""
    info = BY_NAME[table.into] if table.into else None
    if info is None:
        return ""
    mapped = {column.field for column in table.columns if column.treatment is Treatment.FIELD}
    if info.title not in mapped and (info.ref is None or info.ref not in mapped):
        wanted = "an ID or a name" if info.ref else "a name"
        return f"{info.many.capitalize()} need {wanted}: choose the column that holds it."
    return ""


def _facts(table: TablePlan) -> str:
    counts = {kind: sum(column.treatment is kind for column in table.columns) for kind in Treatment}
    parts = [f"{counts[Treatment.FIELD]} of {count_text(len(table.columns), 'column')} matched"]
    if counts[Treatment.NEW]:
        parts.append(f"{count_text(counts[Treatment.NEW], 'becomes a new field', 'become new fields')}")
    if counts[Treatment.IGNORED]:
        parts.append(f"{counts[Treatment.IGNORED]} left out")
    return ", ".join(parts)


def _heading() -> QWidget:
    head = QWidget()
    line = QHBoxLayout(head)
    line.setContentsMargins(16, 8, 16, 8)
    line.setSpacing(12)
    for words, width in zip(("Workbook column", "Sample values", "", "Field", "Blank cells"), WIDTHS, strict=True):
        part = label(words, "caption_quiet")
        part.setFixedWidth(width)
        line.addWidget(part)
    line.addWidget(label("Match", "caption_quiet"), 1)
    return head
