"""The words of `pmo-desktop compliance`: how much of what is due is met, in all, by project, by control, by group."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmo_desktop.figures.compliance import ComplianceTable
    from pmo_desktop.figures.quality import ProductFacts
    from pmo_desktop.rules.compliance import Met, Share
    from pmo_desktop.store.file import Store

_GROUPINGS = ("manager", "programme", "portfolio", "methodology")


def add_compliance_words(parser: argparse.ArgumentParser) -> None:
    """Everything that may follow `compliance FILE`."""
    parser.add_argument(
        "--by", choices=_GROUPINGS, help="sum it by what projects have in common, instead of by project"
    )
    parser.add_argument("--json", action="store_true")


def describe_compliance(store: Store, options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """The answer as plain data and as lines of text."""
    from pmo_desktop.figures.compliance import Grouping, read_compliance, share_by  # noqa: PLC0415  numpy, when needed
    from pmo_desktop.figures.quality import read_quality  # noqa: PLC0415  as above

    table, products = read_compliance(store), read_quality(store)
    data: dict[str, Any] = {"data_date": table.on.isoformat(), "all": _share(table.share())}
    data["projects"] = _projects(table)
    data["controls"] = _controls(table)
    data["quality"] = [asdict(each) for each in products]
    lines = [f"{_words(table.share())}, {len(table.projects):,} projects by {len(table.controls):,} controls"]
    listed = [
        (each["ref"], each["name"], share) for each, share in zip(data["projects"], table.project_shares(), strict=True)
    ]
    if options.by:
        groups = share_by(table, Grouping(options.by))
        data["groups"] = [
            {"by": options.by, "name": each.name, "projects": each.projects} | _share(each.share) for each in groups
        ]
        listed = [(f"{each.projects:,}", each.name, each.share) for each in groups]
    lines += [
        f"  {_percent(share):>5}  {share.met:>4} of {share.due:<4} {first:<10} {name}" for first, name, share in listed
    ]
    return data, lines + _quality(products)


def _quality(products: Sequence[ProductFacts]) -> list[str]:
    """The deliverables of all projects in one line; none where nobody has any."""
    planned, accepted, reviewed, overdue, errors = (
        sum(getattr(each, name) for each in products)
        for name in ("planned", "accepted", "reviewed", "overdue", "errors_open")
    )
    said = f"Deliverables: {accepted:,} of {planned:,} accepted, {reviewed:,} reviewed, {overdue:,} overdue"
    return [f"{said}; {errors:,} errors found in reviews are open"] if products else []


def _projects(table: ComplianceTable) -> list[dict[str, Any]]:
    """Every project with its share, and the codes of the controls that it does not meet or has waived."""
    from pmo_desktop.rules.compliance import Met  # noqa: PLC0415  as above

    shares = table.project_shares()
    return [
        {"ref": each.called, "name": each.name}
        | _share(shares[row])
        | {"not_met": _codes(table, row, Met.NOT_MET), "waived_controls": _codes(table, row, Met.WAIVED)}
        for row, each in enumerate(table.projects)
    ]


def _codes(table: ComplianceTable, row: int, state: Met) -> list[str]:
    return [each.code for column, each in enumerate(table.controls) if table.state(row, column) is state]


def _controls(table: ComplianceTable) -> list[dict[str, Any]]:
    return [
        {"code": each.code, "name": each.name, "kind": each.kind, "phase": each.phase, "methodology": each.methodology}
        | _share(share)
        for each, share in zip(table.controls, table.control_shares(), strict=True)
    ]


def _share(share: Share) -> dict[str, Any]:
    return {"due": share.due, "met": share.met, "waived": share.waived, "percent": share.percent}


def _percent(share: Share) -> str:
    return "-" if share.percent is None else f"{share.percent:.0f} %"


def _words(share: Share) -> str:
    if share.percent is None:
        return "Nothing is due"
    waived = f"; {share.waived:,} waived, which count as not met" if share.waived else ""
    return f"{share.percent:.0f} % met: {share.met:,} of {share.due:,} due{waived}"
