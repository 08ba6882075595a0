"""The words of `pmo-desktop gate`: how one gate of a project stands, as lines of text or as plain data."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmo_desktop.figures.gatecheck import CriterionCheck, DeliverableCheck, GateCheck
    from pmo_desktop.store.file import Store

_PEOPLE = ("reviewer", "decided_by")


def add_gate_words(parser: argparse.ArgumentParser) -> None:
    """Everything that may follow `gate FILE`."""
    parser.add_argument("project", metavar="PROJECT", help="its ID or its name")
    parser.add_argument("gate", metavar="GATE", help="its code, as G4")
    parser.add_argument("--out", type=Path, metavar="REPORT.pdf", help="also write the record of the review as a PDF")
    parser.add_argument("--json", action="store_true")


def describe_gate(store: Store, options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """The answer as plain data and as lines of text. Raises Known for a project or a gate that is not there.

    With --out the record of the review is written, which Known refuses where the file cannot be.
    """
    from pmo_desktop.figures.gates import read_gate_check  # noqa: PLC0415  other commands do not need the figures
    from pmo_desktop.store.rows import read_names  # noqa: PLC0415

    check = read_gate_check(store, _find_project(store, options.project), options.gate)
    names = read_names(store)
    data, lines = _plain(check, names), _lines(check, names)
    if options.out:
        pages = _write_report(store, check, options.out)
        data |= {"report": str(options.out), "pages": pages}
        lines += ["", f"Wrote {options.out}, {pages} page{'' if pages == 1 else 's'}."]
    return data, lines


def _write_report(store: Store, check: GateCheck, path: Path) -> int:
    from pmo_desktop.operations.prints import print_gate_report  # noqa: PLC0415  only for --out

    return print_gate_report(store, check.project, check.code, path)


def _find_project(store: Store, called: str) -> str:
    from pmo_desktop.store.errors import Known  # noqa: PLC0415  as above
    from pmo_desktop.store.rows import read_rows  # noqa: PLC0415

    wanted = called.strip().casefold()
    rows = read_rows(store, "project")
    by_ref = [row["id"] for row in rows if (row["ref"] or "").casefold() == wanted]
    found = by_ref or [row["id"] for row in rows if (row["name"] or "").strip().casefold() == wanted]
    if len(found) != 1:
        many = f"{len(found)} projects are called {called}; name one by its ID." if found else ""
        raise Known(many or f"There is no project {called}. Name one by its ID or its whole name.")
    return str(found[0])


def _plain(check: GateCheck, names: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = _written(asdict(check))
    for name in _PEOPLE:
        data[name] = names.get(data[name])
    for each in data["criteria"]:
        each["person"] = names.get(each["person"])
    for each in (*data["deliverables"], *data["conditions"]):
        each["owner"] = names.get(each["owner"])
    for each in data["votes"]:
        each["person"] = names.get(each["person"])
    return data | {"tally": check.tally._asdict(), "outlook": _written(check.outlook._asdict())}


def _written(value: Any) -> Any:
    """Days as text, tuples as lists; a waiver by the names of its cells."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return _written(value._asdict())
    if isinstance(value, dict):
        return {name: _written(each) for name, each in value.items()}
    return [_written(each) for each in value] if isinstance(value, (list, tuple)) else value


def _lines(check: GateCheck, names: dict[str, str]) -> list[str]:
    from pmo_desktop.rules.wording import day_text  # noqa: PLC0415  as above

    ready = f"{check.met} of {check.mandatory} met" if check.mandatory else check.reason
    lines = [f"{check.code} {check.name}, {check.project_called}", check.verdict]
    lines += [f"Mandatory: {ready}" + (f", {check.readiness:.0f}% ready" if check.readiness is not None else "")]
    expected = day_text(check.outlook.day) if check.outlook.day else "no date"
    lines.append(f"Expected: {expected}. {check.outlook.reason}")
    lines += ["", "Criteria:"] if check.criteria else []
    lines += [_criterion(each) for each in check.criteria]
    lines += ["", "Deliverables:"] if check.deliverables else []
    lines += [_deliverable(each) for each in check.deliverables]
    lines += ["", "Conditions:"] if check.conditions else []
    for each in check.conditions:
        state = "done" if each.done else "lapsed" if each.lapsed else "open"
        due = day_text(each.due) if each.due else "no day"
        lines.append(f"  {state:<13} {each.ref} {each.text} ({names.get(each.owner or '', 'nobody')}, {due})")
    return lines


def _criterion(each: CriterionCheck) -> str:
    said = each.answer or "-"
    return (
        f"  {said:<13} {each.text}" + ("" if each.mandatory else " (optional)") + (" (waived)" if each.waiver else "")
    )


def _deliverable(each: DeliverableCheck) -> str:
    said = each.status or "Missing"
    return (
        f"  {said:<13} {each.name}" + ("" if each.mandatory else " (optional)") + (" (waived)" if each.waiver else "")
    )
