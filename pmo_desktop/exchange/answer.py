"""What an import says when it is done or tried: the form of `import --json`, and the same in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pmo_desktop.exchange.conflicts import (
    NO_NAMES,
    Names,
    conflict_answer,
    conflict_sentences,
    count_conflicts,
    missing_sentences,
    plan_names,
)
from pmo_desktop.exchange.plan import Level, PersonCluster, Plan, TablePlan
from pmo_desktop.exchange.values import value_lines
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.wording import count_text

_MOST_LINES = 20


def import_answer(plan: Plan, batch: int | None, names: Names = NO_NAMES) -> dict[str, Any]:
    """The answer of `import --json`. `batch` is None when nothing was written; `names` are those of store.rows."""
    questions = [
        {
            "option": each.option,
            "sheet": each.sheet,
            "header": each.header,
            "text": each.text,
            "choices": list(each.choices),
        }
        for each in plan.questions
    ]
    tables = [_table_answer(table, plan_names(plan, names)) for table in plan.tables]
    people = [
        {"names": dict(each.names), "proposed": each.proposed, "confidence": each.confidence, "why": each.why}
        for each in plan.clusters
    ]
    reused = [{"file": each.file, "day": each.day.isoformat() if each.day else None} for each in plan.reused]
    return {
        "batch": batch,
        "tables": tables,
        "questions": questions,
        "people": people,
        "reused": reused,
        "notes": [*(each.words for each in plan.reused), *plan.notes],
    }


def import_words(plan: Plan, batch: int | None, names: Names = NO_NAMES, *, dry_run: bool = False) -> str:
    """The same for a person: one line a table, then what needs a look or an answer, then how to take it back."""
    lines: list[str] = []
    for table in plan.tables:
        lines += [table_sentence(table), *(f"  {line}" for line in value_lines(table))]
    problems = [problem for table in plan.kept for problem in table.problems if problem.level is not Level.NOTE]
    lines += _some([f"{problem.cell}: {problem.reason}" for problem in problems])
    lines += _some([each for table in plan.kept for each in conflict_sentences(table, plan_names(plan, names))])
    lines += _some([each for table in plan.kept for each in missing_sentences(table)])
    lines += [*(question.text for question in plan.questions), *map(_cluster_words, plan.clusters)]
    lines += [*(each.words for each in plan.reused), *plan.notes]
    if not plan.kept:
        lines.insert(0, nothing_found(plan))
    elif batch is None:
        lines.append("Nothing was written: this was a trial." if dry_run else "Nothing was written: nothing differs.")
    else:
        lines.append(f"Written as batch {batch}; undo {batch} takes it back.")
    return "\n".join(lines)


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], *([f"... and {more:,} more; --json lists all of them."] if more > 0 else [])]


def _cluster_words(cluster: PersonCluster) -> str:
    names = ", ".join(f"{name} ({count:,})" for name, count in cluster.names.items())
    return f"Likely one person, {cluster.proposed}: {names}; {cluster.why}. A mapping's “people” settles it."


def nothing_found(plan: Plan) -> str:
    """The sentence for a workbook without a register that is kept."""
    seen = ", ".join(dict.fromkeys(table.looks_like.replace("_", " ") for table in plan.tables if table.looks_like))
    found = f" It looks like {seen}, which this portfolio does not keep yet." if seen else ""
    hint = " Say with --into which register it is." if plan.tables else ""
    return f"No register was found in “{plan.file}”, so nothing was imported.{found}{hint}"


def table_sentence(table: TablePlan) -> str:
    """One table in one line."""
    if table.into is None:
        seen = (
            f"looks like {table.looks_like.replace('_', ' ')}, not kept yet"
            if table.looks_like
            else "no known register"
        )
        return f"{table.sheet}: {count_text(table.read, 'row')}, {seen}; not imported."
    counts = table.counts()
    parts = [f"{counts[kind]:,} {kind}" for kind in ("new", "changed", "unchanged", "rejected") if counts[kind]]
    for count, words in ((count_conflicts(table), "in conflict"), (len(table.missing), "missing")):
        parts += [f"{count:,} {words}"] if count else []
    info = BY_NAME[table.into]
    read = count_text(counts["read"], info.one, info.many)
    return f"{table.sheet}: {read}, {', '.join(parts) or 'none to write'}."


def _table_answer(table: TablePlan, names: Names) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "into": table.into,
        "looks_like": table.looks_like or None,
        "confidence": table.confidence,
        "why": table.why,
        "header_row": table.header_row,
        "rows": table.counts() | {"conflicts": count_conflicts(table)},
        "columns": [
            {
                "header": column.header,
                "field": column.field,
                "confidence": column.confidence,
                "treatment": column.treatment.value,
                "values": [asdict(each) for each in column.values],
            }
            for column in table.columns
        ],
        "problems": [
            {"cell": problem.cell, "text": problem.text, "reason": problem.reason, "level": problem.level.value}
            for problem in table.problems
        ],
        "skipped": [{"row": row.row, "text": row.text, "reason": row.reason} for row in table.skipped],
        "conflicts": [
            conflict_answer(table, row, name, conflict, names)
            for row in table.rows
            for name, conflict in row.conflicts.items()
        ],
        "missing": [{"id": each.id, "label": each.label, "last": each.last} for each in table.missing],
        "report_date": table.report_date.isoformat() if table.report_date else None,
    }
