"""A plan with what the preview needs of the portfolio beside it; all of it is made off the window's thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from pmo_desktop.exchange.grid import Workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan, Question
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.rules.wording import join_words
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows
from pmo_desktop.ui.importer.memory import Remembered, form_of

Present = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Planned:
    """What one planning gave."""

    workbook: Workbook
    plan: Plan
    present: dict[str, Present]  # the rows the portfolio holds, by entity and id: what a blank cell keeps
    names: dict[str, str]  # what linked rows are called
    form: str = ""  # what identifies files with the same columns
    questions: list[Question] = field(default_factory=list)  # open before remembered answers were taken
    remembered: Remembered | None = None


def make_plan(store: Store, workbook: Workbook, options: ImportOptions) -> Planned:
    """Plan, and read the rows that would change. Raises Known as plan_import does."""
    plan = plan_import(store, workbook, options)
    entities = {table.entity for table in plan.kept if table.entity and any(row.id for row in table.rows)}
    present = {entity: {row["id"]: row for row in read_rows(store, entity)} for entity in entities}
    return Planned(workbook, plan, present, read_names(store))


def plan_anew(store: Store, workbook: Workbook, remembered: dict[str, Remembered]) -> Planned:
    """Plan without answers; where a file of the same form was imported before, once more with its answers."""
    plain = make_plan(store, workbook, ImportOptions())
    form = form_of(plain.plan)
    plain = replace(plain, form=form, questions=plain.plan.questions)
    found = remembered.get(form)
    if found is None:
        return plain
    try:
        again = make_plan(store, workbook, found.options)
    except Known:  # an answer names a field that is there no longer: it is asked anew
        return plain
    return replace(again, form=form, questions=plain.questions, remembered=found)


def add_questions(known: Iterable[Question], more: Iterable[Question]) -> list[Question]:
    """One question an option, since one answer serves every column that leaves it open; the newer takes its place."""
    found = {each.option: each for each in known}
    asked: defaultdict[str, list[Question]] = defaultdict(list)
    for each in more:
        asked[each.option].append(each)
    for option, several in asked.items():
        names = list(dict.fromkeys(f"“{each.header}”" for each in several if each.header))
        others = f" The same is open for {join_words(names[1:])}." if len(names) > 1 else ""
        found[option] = replace(several[0], text=several[0].text + others)
    return list(found.values())


def is_answered(options: ImportOptions, question: Question) -> bool:
    """Whether an answer to the question was given."""
    if question.option == "columns":
        return question.header in options.columns
    return getattr(options, question.option, None) not in (None, {}, frozenset())
