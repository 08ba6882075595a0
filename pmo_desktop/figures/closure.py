"""Whether a project can be closed: a checklist that reads the data, each line with the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pmo_desktop.figures.gatebook import GateBook, read_books
from pmo_desktop.figures.handover import open_entries, read_staying
from pmo_desktop.rules.assurance import BenefitStatus, DeliverableStatus, LessonStatus
from pmo_desktop.rules.variance import cost_variance
from pmo_desktop.rules.wording import count_text, day_text, join_words, money_text, sentence
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, linked_rows, read_settings

LEAST_LESSONS = 3
_OPEN = (("actions", "action"), ("risks", "risk"), ("issues", "issue"))


class LineState(StrEnum):
    """How one line of the checklist stands."""

    OK = "OK"
    NOT_OK = "Not OK"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True, slots=True)
class ClosureLine:
    """One line of the checklist; `rows` are (table, id) of what stands in the way."""

    code: str
    title: str
    state: LineState
    words: str
    rows: tuple[tuple[str, str], ...] = ()


class Held(NamedTuple):
    """One baseline that the final cost is held against; money is minor units, `variance` above zero an overspend."""

    replaced_on: date | None  # None is the present one
    budget: int
    variance: int | None


@dataclass(frozen=True, slots=True)
class Closure:
    """The checklist of one project, judged on a day. `final_cost` is minor units of `currency`, None where unknown."""

    project: str
    called: str
    day: date
    lines: tuple[ClosureLine, ...]
    currency: str
    final_cost: int | None
    baselines: tuple[Held, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return all(line.state is not LineState.NOT_OK for line in self.lines)

    def line(self, code: str) -> ClosureLine:
        """The line of that code. Raises StopIteration for a code there is not."""
        return next(each for each in self.lines if each.code == code)


def read_closure(store: Store, project: str, on: date | None = None) -> Closure:
    """What stands in the way of closing a project on a day, else on the data date. Raises Known when it is gone."""
    settings = read_settings(store)
    day = on or data_date(settings)
    with store.reading() as connection:
        book = read_books(connection, [project]).get(project)
        if book is None:
            raise Known("The project has been deleted. Undo the deletion first.")
        row = book.project
        currency = row["currency"] or settings["currency"]
        held = _baselines(connection, row)
        lines = (
            *_open_lines(connection, row, day),
            _bookings(connection, project, day),
            _cost(row, held, currency),
            _accepted(book),
            _handed_over(book),
            _benefits(connection, project),
            _lessons(connection, project),
            _gates(book),
            _report(connection, row, day, round(settings["report_days"])),
        )
    return Closure(project, str(row["ref"] or row["name"]), day, lines, currency, row["actual_to_date"], held)


def late_bookings(connection: Connection, project: str, day: date) -> list[Record]:
    """The bookings of a project that reach beyond a day; rejected ones book nothing."""
    rows = linked_rows(connection, "allocation", "project", [project])
    return [row for row in rows if row["period_end"] > day and row["status"] != AllocationStatus.REJECTED]


def open_benefits(connection: Connection, project: str) -> list[Record]:
    """The benefits of a project that are still to come."""
    over = (BenefitStatus.REALISED, BenefitStatus.CANCELLED)
    return [row for row in linked_rows(connection, "benefit", "project", [project]) if row["status"] not in over]


def _line(
    code: str, title: str, wrong: Sequence[Record], table: str, bad: str, good: str, *, any_: bool = True
) -> ClosureLine:
    """A line that is not OK while there are wrong rows, and not needed where there is nothing to look at."""
    if wrong:
        return ClosureLine(code, title, LineState.NOT_OK, bad, tuple((table, row["id"]) for row in wrong))
    return ClosureLine(code, title, LineState.OK if any_ else LineState.NOT_NEEDED, good)


def _listed(rows: Sequence[Record]) -> str:
    return join_words(
        [str(row.get("ref") or row.get("name") or row.get("title") or row.get("description")) for row in rows]
    )


def _open_lines(connection: Connection, project: Record, day: date) -> list[ClosureLine]:
    staying = read_staying(connection, project, day)
    lines = []
    for code, entity in _OPEN:
        rows = open_entries(connection, entity, project["id"])
        left = [row for row in rows if row["owner"] not in staying]
        bad = f"{count_text(len(left), f'open {entity}')} without an owner who stays: {_listed(left)}."
        good = (
            f"{count_text(len(rows), f'open {entity}')}, each with an owner who stays."
            if rows
            else f"No {entity} is open."
        )
        lines.append(_line(code, f"Open {code} handed over", left, entity, bad, good))
    return lines


def _bookings(connection: Connection, project: str, day: date) -> ClosureLine:
    late = late_bookings(connection, project, day)
    bad = f"{count_text(len(late), 'booking')} after {day_text(day)}: closing releases them."
    return _line("bookings", "Bookings released", late, "allocation", bad, f"Nobody is booked after {day_text(day)}.")


def _baselines(connection: Connection, project: Record) -> tuple[Held, ...]:
    rows = linked_rows(connection, "baseline", "project", [project["id"]])
    budgets = [(row["replaced_on"], row["budget_approved"]) for row in sorted(rows, key=lambda row: row["replaced_on"])]
    cost = project["actual_to_date"]
    return tuple(
        Held(day, budget, None if cost is None else cost_variance(budget, cost))
        for day, budget in (*budgets, (None, project["budget_approved"]))
        if budget is not None
    )


def _cost(project: Record, held: tuple[Held, ...], currency: str) -> ClosureLine:
    title, cost = "Final cost against every baseline", project["actual_to_date"]
    if not held:
        return ClosureLine("cost", title, LineState.NOT_NEEDED, "No budget was approved.")
    if cost is None:
        words = "The final cost is not known: fill in Actual to date."
        return ClosureLine("cost", title, LineState.NOT_OK, words, (("project", project["id"]),))
    said = [
        f"{money_text(each.variance or 0, currency, signed=True)} against {money_text(each.budget, currency)}"
        + (f" (until {day_text(each.replaced_on)})" if each.replaced_on else "")
        for each in held
    ]
    return ClosureLine("cost", title, LineState.OK, f"{money_text(cost, currency)}: {join_words(said)}.")


def _needed(book: GateBook) -> list[Record]:
    return [row for row in book.deliverables if row["status"] != DeliverableStatus.NOT_NEEDED]


def _accepted(book: GateBook) -> ClosureLine:
    needed = _needed(book)
    left = [row for row in needed if row["status"] != DeliverableStatus.ACCEPTED]
    bad = f"{count_text(len(left), 'deliverable')} not accepted: {_listed(left)}."
    good = f"{count_text(len(needed), 'deliverable')} accepted." if needed else "There are no deliverables."
    return _line("accepted", "Deliverables accepted", left, "deliverable", bad, good, any_=bool(needed))


def _handed_over(book: GateBook) -> ClosureLine:
    needed = _needed(book)
    left = [row for row in needed if row["handover_owner"] is None]
    bad = f"{count_text(len(left), 'deliverable')} handed over to nobody: {_listed(left)}."
    good = f"{count_text(len(needed), 'deliverable')} handed over." if needed else "There are no deliverables."
    return _line("handed_over", "Deliverables handed over", left, "deliverable", bad, good, any_=bool(needed))


def _benefits(connection: Connection, project: str) -> ClosureLine:
    rows = open_benefits(connection, project)
    left = [row for row in rows if row["handover_owner"] is None]
    bad = f"{count_text(len(left), 'benefit')} that nobody will measure: {_listed(left)}."
    good = f"{count_text(len(rows), 'benefit')} handed over." if rows else "No benefit is still to come."
    return _line("benefits", "Benefits handed over", left, "benefit", bad, good, any_=bool(rows))


def _lessons(connection: Connection, project: str) -> ClosureLine:
    rows = linked_rows(connection, "lesson", "project", [project])
    found = sum(row["status"] != LessonStatus.RETIRED for row in rows)
    state = LineState.OK if found >= LEAST_LESSONS else LineState.NOT_OK
    words = f"{count_text(found, 'lesson')} logged; at least {LEAST_LESSONS} are asked for."
    return ClosureLine("lessons", "Lessons logged", state, words)


def _gates(book: GateBook) -> ClosureLine:
    left = [gate for gate in book.gates if not gate.passed]
    rows = [("gate_review", gate.review["id"]) for gate in left if gate.review]
    if left:
        words = sentence(f"not passed: {join_words([gate.code for gate in left])}")
        return ClosureLine("gates", "Gates decided", LineState.NOT_OK, words, tuple(rows))
    if not book.gates:
        return ClosureLine("gates", "Gates decided", LineState.NOT_NEEDED, "The project has no gates.")
    return ClosureLine("gates", "Gates decided", LineState.OK, f"{count_text(len(book.gates), 'gate')} passed.")


def _report(connection: Connection, project: Record, day: date, cycle: int) -> ClosureLine:
    """The last report is there when one was made within a reporting cycle of the end."""
    reports = linked_rows(connection, "status_report", "project", [project["id"]])
    last = max((row["period_end"] for row in reports), default=None)
    if last is None:
        return ClosureLine("report", "Last report", LineState.NOT_OK, "No status was ever reported.")
    state = LineState.OK if (day - last).days <= cycle else LineState.NOT_OK
    return ClosureLine("report", "Last report", state, f"The last report is of {day_text(last)}.")
