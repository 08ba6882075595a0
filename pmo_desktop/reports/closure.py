"""The end-project report: summary, baselines against the final, deliverables, benefits, lessons, what is handed over.

Source: domain.md i, end-project report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from pmo_desktop.figures.closure import Closure, LineState, read_closure
from pmo_desktop.figures.handover import open_entries
from pmo_desktop.figures.history import Stamp, read_stamp
from pmo_desktop.figures.material import Row
from pmo_desktop.figures.risks import score_risks
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.reports.document import Progress, draw_sheets
from pmo_desktop.reports.flow import Flow
from pmo_desktop.reports.frame import Sheet, make_heading, make_imprint
from pmo_desktop.reports.grid import Group, Say, Told, add_table, tell
from pmo_desktop.reports.particulars import Pair, list_particulars, list_signatures
from pmo_desktop.reports.standing import mark_of
from pmo_desktop.reports.style import BAD, DENSE, GOOD, TABLE, TABLE_ID, TABLE_NAME, TABLE_QUIET, UPRIGHT, Paper
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.assurance import DeliverableStatus
from pmo_desktop.rules.benefits import realised_percent
from pmo_desktop.rules.variance import cost_variance
from pmo_desktop.rules.wording import (
    DASH,
    count_word,
    day_text,
    money_full,
    money_text,
    number_text,
    percent_text,
    short_day,
    slip_text,
)
from pmo_desktop.rules.words import ENDED, rag_label
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import linked_rows, read_names, read_row, read_settings

TITLE = "End-project report"
_HANDED = (("risk", "Risks", "title"), ("issue", "Issues", "title"), ("action", "Actions", "description"))
_TEXTS = (
    ("About the project", "description"),
    ("Summary", "rag_comment"),
    ("What was achieved", "key_achievements"),
    ("What comes next", "next_steps"),
)
_STATES = {LineState.OK: "G", LineState.NOT_OK: "R", LineState.NOT_NEEDED: "N"}


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a project: the checklist of its closure, its row, and the rows that belong to it by their table."""

    closure: Closure
    project: Row
    method: str
    rows: Mapping[str, Sequence[Row]]
    names: Mapping[str, str]
    settings: Row
    stamp: Stamp | None

    def name_of(self, person: str | None) -> str:
        """What a person is called; an en dash for nobody."""
        return self.names.get(person, "") or DASH if person else DASH


def read_ending(store: Store, project: str, on: date | None = None) -> Ending:
    """The end of a project for printing, judged on a day, else on the data date. Raises Known when it is gone."""
    closure = read_closure(store, project, on)
    row = read_row(store, "project", project) or {}
    method = read_row(store, "methodology", row["methodology"]) if row["methodology"] else None
    with store.reading() as connection:
        own = {name: linked_rows(connection, name, "project", [project]) for name in _OWN}
        still = {name: open_entries(connection, name, project) for name, _, _ in _HANDED}
    still["risk"] = score_risks(still["risk"], scheme_of(store, closure.day))
    return Ending(
        closure=closure,
        project=row,
        method=f"{method['name']} {method['version']}" if method else "",
        rows=own | still,
        names=read_names(store),
        settings=read_settings(store),
        stamp=read_stamp(store),
    )


_OWN = ("baseline", "deliverable", "benefit", "lesson")


def write_closure_report(ending: Ending, paper: str, out: BinaryIO, progress: Progress | None = None) -> int:
    """Draw the report into a stream of bytes and return its number of pages.

    Raises KeyError for an unknown paper, Bug when anything would be clipped.
    """
    sheets = plan_closure_report(ending, UPRIGHT[paper])
    called = f"{TITLE}, {one_line(ending.closure.called)}"
    draw_sheets(
        make_imprint(called, ending.settings, ending.closure.day, ending.stamp), sheets, UPRIGHT[paper], out, progress
    )
    return len(sheets)


def plan_closure_report(ending: Ending, paper: Paper) -> list[Sheet]:
    """The pages of the report."""
    flow, closure = Flow(paper), ending.closure
    parts = [ending.project["name"] or "", f"state on {day_text(closure.day)}"]
    heading = make_heading(closure_message(ending), [one_line(part) for part in parts], paper)
    flow.section("The project")
    flow.add(list_particulars(paper, _particulars(ending)))
    for title, name in _TEXTS:
        if one_line(ending.project[name] or ""):
            flow.section(title)
            flow.text(ending.project[name], DENSE, listed=name != "description")
    _add_baselines(flow, ending)
    _add_checks(flow, closure)
    _add_deliverables(flow, ending)
    _add_benefits(flow, ending)
    _add_lessons(flow, ending)
    _add_handed(flow, ending)
    flow.section("Sign-off")
    signers = [("Sponsor", ending.project["sro"]), ("Project manager", ending.project["pm"]), ("PMO", None)]
    flow.add(list_signatures([(role, ending.names.get(person or "", "")) for role, person in signers]))
    return flow.sheets(f"{TITLE}, {one_line(closure.called)[:40]}", heading)


def closure_message(ending: Ending) -> str:
    """Whether the project is closed or can be, and what stands in the way."""
    called = one_line(ending.closure.called)
    lacking = sum(line.state is LineState.NOT_OK for line in ending.closure.lines)
    total = sum(line.state is not LineState.NOT_NEEDED for line in ending.closure.lines)
    tail = f"{count_word(lacking)} of {total} checks {'is' if lacking == 1 else 'are'} open" if lacking else ""
    if ending.project["lifecycle_status"] in ENDED:
        end = ending.project["finish_actual"]
        said = f"{called} {'ended on ' + day_text(end) if end else 'has ended'}"
        return f"{said}; {tail}" if tail else f"{said}, and nothing is left open"
    return f"{called} cannot be closed yet: {tail}" if tail else f"{called} is ready to be closed"


def _particulars(ending: Ending) -> list[Pair]:
    row = ending.project
    rating = row["rag_overall"]
    return [
        ("Project", f"{row['ref'] or ''} {row['name'] or ''}".strip()),
        ("Status", row["lifecycle_status"]),
        ("Sponsor", ending.names.get(row["sro"] or "", "")),
        ("Manager", ending.names.get(row["pm"] or "", "")),
        ("Methodology", ending.method),
        ("Tier", row["tier"]),
        ("Last rating", rag_label(rating) if rating else ""),
        ("Finished", day_text(row["finish_actual"]) if row["finish_actual"] else ""),
    ]


def _add_baselines(flow: Flow, ending: Ending) -> None:
    """Every baseline the project was held to, the original first, against what came of it."""
    row, closure = ending.project, ending.closure
    earlier = sorted(ending.rows["baseline"], key=lambda each: each["replaced_on"])
    finish, cost = row["finish_actual"] or row["finish_forecast"], closure.final_cost
    if not earlier and (finish, cost, row["finish_baseline"], row["budget_approved"]) == (None,) * 4:
        return
    rows = [
        _baseline(
            f"{'Original' if not place else 'Replanned'}, until {day_text(each['replaced_on'])}", each, finish, ending
        )
        for place, each in enumerate(earlier)
    ]
    rows.append(_baseline("In force" if earlier else "Original, in force", row, finish, ending))
    final = "Final" if row["finish_actual"] else "Forecast finish, cost to date"
    rows.append(
        (
            tell(final, TABLE_NAME),
            tell(short_day(finish), TABLE_NAME),
            Told(),
            tell(DASH if cost is None else money_full(cost, closure.currency), TABLE_NAME),
            Told(),
        )
    )
    add_table(
        flow,
        "Baselines against the final",
        rows,
        ("Baseline", 0.30),
        ("Finish", 0.13, "right"),
        ("Slip", 0.13, "right"),
        ("Budget", 0.21, "right"),
        ("Variance", 0.23, "right"),
    )


def _baseline(title: str, held: Row, finish: date | None, ending: Ending) -> tuple[Told, ...]:
    currency, cost = ending.closure.currency, ending.closure.final_cost
    planned, budget = held["finish_baseline"], held["budget_approved"]
    slip = (finish - planned).days if finish and planned else None
    variance = cost_variance(budget, cost) if budget is not None and cost is not None else None
    says = (Say(title, TABLE_NAME), Say(held.get("reason") or "", TABLE_ID))
    return (
        Told(says),
        tell(short_day(planned)),
        tell(slip_text(slip), TABLE, _ink(slip)),
        tell(DASH if budget is None else money_full(budget, currency)),
        tell(DASH if variance is None else money_text(variance, currency, signed=True), TABLE, _ink(variance)),
    )


def _ink(over: int | None) -> str:
    return "" if not over else BAD if over > 0 else GOOD


def _add_checks(flow: Flow, closure: Closure) -> None:
    rows = [
        (tell(str(line.state), TABLE_NAME, mark=_STATES[line.state]), tell(line.title, TABLE_NAME), tell(line.words))
        for line in closure.lines
    ]
    add_table(flow, "Closure checks", rows, ("State", 0.16), ("Check", 0.30), ("What was found", 0.54))


def _add_deliverables(flow: Flow, ending: Ending) -> None:
    needed = [each for each in ending.rows["deliverable"] if each["status"] != DeliverableStatus.NOT_NEEDED]
    if not needed:
        return
    rows = [
        (
            tell(each["status"] or "No status", TABLE_NAME, mark=mark_of(each["status"])),
            tell(each["ref"] or DASH, TABLE_ID),
            tell(each["name"], TABLE_NAME),
            tell(ending.name_of(each["handover_owner"]), TABLE_QUIET),
            tell(short_day(each["accepted_on"])),
        )
        for each in needed
    ]
    add_table(
        flow,
        "Deliverables accepted and handed over",
        rows,
        ("Status", 0.18),
        ("ID", 0.11),
        ("Deliverable", 0.32),
        ("Handed over to", 0.24),
        ("Accepted", 0.15, "right"),
    )


def _add_benefits(flow: Flow, ending: Ending) -> None:
    if not ending.rows["benefit"]:
        return
    add_table(
        flow,
        "Benefits",
        [_benefit(each, ending) for each in ending.rows["benefit"]],
        ("Status", 0.16),
        ("Benefit", 0.31),
        ("From, to, so far", 0.20),
        ("Realised", 0.11, "right"),
        ("Measured by, next", 0.22),
    )


def _benefit(each: Row, ending: Ending) -> tuple[Told, ...]:
    baseline, target, actual = each["baseline_value"], each["target_value"], each["actual_value"]
    unit = f" {each['unit']}" if each["unit"] else ""
    values = f"{number_text(baseline)} to {number_text(target)}{unit}, {number_text(actual)}"
    known = any(value is not None for value in (baseline, target, actual))
    keeper = each["handover_owner"] or each["owner"]
    after = each["review_date"] or each["target_date"]
    return (
        tell(each["status"] or "No status", TABLE_NAME, mark=mark_of(each["status"])),
        Told((Say(each["title"], TABLE_NAME), Say(each["measure"] or "", TABLE_ID))),
        tell(values if known else DASH),
        tell(percent_text(realised_percent(baseline, target, actual)), TABLE_NAME),
        Told((Say(ending.name_of(keeper), TABLE_QUIET), Say(short_day(after) if after else "", TABLE_ID))),
    )


def _add_lessons(flow: Flow, ending: Ending) -> None:
    if not ending.rows["lesson"]:
        return
    rows = [
        (
            Told((Say(each["title"], TABLE_NAME), Say(_lesson_words(each), TABLE_ID))),
            Told((Say(each["cause"] or "", TABLE_QUIET), Say(each["effect"] or "", TABLE_QUIET))),
            tell(each["recommendation"] or DASH),
        )
        for each in ending.rows["lesson"]
    ]
    add_table(flow, "Lessons", rows, ("Lesson", 0.36), ("Cause and effect", 0.32), ("Recommendation", 0.32))


def _lesson_words(each: Row) -> str:
    return ". ".join(part for part in (each["ref"] or "", each["type"] or "", each["audience"] or "") if part)


def _add_handed(flow: Flow, ending: Ending) -> None:
    """What is still open, under whom it stays."""
    if not any(ending.rows[name] for name, _, _ in _HANDED):
        return
    rows: list[Sequence[Told] | Group] = []
    for name, title, words in _HANDED:
        found = ending.rows[name]
        rows += [Group(title, f"{len(found)} open")] if found else []
        rows += [_handed(each, words, ending) for each in found]
    add_table(
        flow,
        "Open and handed over",
        rows,
        ("ID", 0.13),
        ("Entry", 0.45),
        ("Score", 0.09, "right"),
        ("Kept by", 0.20),
        ("Due", 0.13, "right"),
    )


def _handed(each: Row, words: str, ending: Ending) -> tuple[Told, ...]:
    score = each.get("score")
    due = next((each[name] for name in ("revised_due", "due", "action_due", "next_review") if each.get(name)), None)
    return (
        tell(each["ref"] or DASH, TABLE_ID),
        tell(each[words], TABLE_NAME),
        tell("" if score is None else number_text(score)),
        tell(ending.name_of(each["owner"]), TABLE_QUIET),
        tell(short_day(due)),
    )
