"""A plan with what the preview needs of the portfolio beside it; all of it is made off the window's thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pmo_desktop.exchange.grid import Workbook
from pmo_desktop.exchange.plan import ImportOptions, PersonCluster, Plan, Question
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.rules.wording import join_words
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import begin
from pmo_desktop.store.rows import read_names, read_rows
from pmo_desktop.ui.importer.files import CLIPBOARD

Present = dict[str, dict[str, Any]]
SAME = "same"  # asks for one row which record it is: there may be many of it, and each keeps only its own row waiting
KEYED = ("columns", "scales", "given", "rows")  # answered for what they ask about: a column, the year, a label


@dataclass(frozen=True, slots=True)
class Planned:
    """What one planning gave."""

    workbook: Workbook
    plan: Plan
    present: dict[str, Present]  # the rows the portfolio holds, by entity and id: what a blank cell keeps
    names: dict[str, str]  # what linked rows are called


def make_plan(store: Store, workbook: Workbook, options: ImportOptions) -> Planned:
    """Plan, and read the rows that would change. Raises Known as plan_import does."""
    plan = plan_import(store, workbook, options)
    if workbook.name == CLIPBOARD:  # no file that comes again: nothing of it is missing, and nothing is remembered
        plan.lineages.clear()
        for table in plan.tables:
            table.missing.clear()
    begin("Reading what the portfolio holds")
    present: dict[str, Present] = {}
    for entity in {table.entity for table in plan.kept if table.entity and any(row.id for row in table.rows)}:
        present[entity] = {row["id"]: row for row in read_rows(store, entity)}
    names = read_names(store)
    return Planned(workbook, plan, present, names)


def reused_words(plan: Plan) -> str:
    """What a plan says of the answers it took over from the file before; empty where it took none."""
    return " ".join(each.words for each in plan.reused)


def add_questions(known: Iterable[Question], more: Iterable[Question]) -> list[Question]:
    """One question an option, since one answer serves every column that leaves it open; the newer takes its place.

    Which record a row is, is asked for each row; which field a column is, for each column.
    """
    found = {_asks(each): each for each in known}
    asked: defaultdict[str, list[Question]] = defaultdict(list)
    for each in more:
        asked[_asks(each)].append(each)
    for asks, several in asked.items():
        names = list(dict.fromkeys(f"“{each.header}”" for each in several if each.header))
        others = f" The same is open for {join_words(names[1:])}." if len(names) > 1 else ""
        found[asks] = replace(several[0], text=several[0].text + others)
    return list(found.values())


def add_clusters(known: Iterable[PersonCluster], more: Iterable[PersonCluster]) -> list[PersonCluster]:
    """One cluster a set of names: an answered one is proposed no longer, but can still be answered otherwise."""
    found = {frozenset(each.names): each for each in known}
    return list((found | {frozenset(each.names): each for each in more}).values())


def is_answered(options: ImportOptions, question: Question) -> bool:
    """Whether an answer to the question was given."""
    return given_to(options, question) not in (None, {}, frozenset())


def given_to(options: ImportOptions, question: Question) -> Any:
    """The answer to a question; None where nobody gave one."""
    if question.option == SAME:
        return options.same.get(_asks(question))
    if question.option in KEYED:
        return getattr(options, question.option).get(question.header)
    return getattr(options, question.option, None)


def answer_to(options: ImportOptions, question: Question, value: Any) -> dict[str, Any]:
    """The options that answer a question."""
    if question.option == SAME:
        return {SAME: {**options.same, _asks(question): value}}
    if question.option in KEYED:
        return {question.option: {**getattr(options, question.option), question.header: value}}
    return {question.option: value}


def _asks(question: Question) -> str:
    """What an answer goes under: the row or column where one is asked about, else the option."""
    return f"{question.sheet}!{question.header}" if question.option in (SAME, *KEYED) else question.option
