"""The words of `pmo-desktop risks`: the open risks by band, and what they may cost together."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmo_desktop.figures.exposure import ExposureReport, UnitExposure
    from pmo_desktop.store.file import Store

_MOST_TRIALS = 1_000_000
_MOST_LISTED = 10


def add_risk_words(parser: argparse.ArgumentParser) -> None:
    """Everything that may follow `risks FILE`."""
    parser.add_argument("--simulate", action="store_true", help="what the open risks may cost and delay together")
    parser.add_argument("--seed", type=_whole, default=1, metavar="N", help="the same seed gives the same numbers; 1")
    parser.add_argument("--trials", type=_trials, default=10_000, metavar="N", help="outcomes to simulate; 10,000")
    parser.add_argument(
        "--together", type=_share, default=0.0, metavar="R", help="correlation of risks of one category, 0 to 1; 0"
    )
    parser.add_argument("--out", type=Path, metavar="OUT.xlsx", help="the trials of --simulate as a workbook")
    parser.add_argument("--json", action="store_true")


def describe_risks(store: Store, options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """The answer as plain data and as lines of text."""
    from pmo_desktop.figures.exposure import read_exposure  # noqa: PLC0415  other commands do not need numpy
    from pmo_desktop.figures.risks import is_open, score_risks  # noqa: PLC0415
    from pmo_desktop.figures.riskschemes import scheme_of  # noqa: PLC0415
    from pmo_desktop.store.rows import read_rows  # noqa: PLC0415

    scheme = scheme_of(store)
    rows = [row for row in score_risks(read_rows(store, "risk"), scheme) if is_open(row)]
    counted = Counter(row["band"] for row in rows)
    bands = {name: counted[name] for name in dict.fromkeys((*reversed(scheme.bands), *sorted(filter(None, counted))))}
    rows.sort(key=lambda row: (-(row["score"] or 0), row["ref"] or "", row["title"]))
    listed = [{name: row[name] for name in ("ref", "title", "score", "band")} for row in rows]
    data: dict[str, Any] = {
        "scheme": scheme.name,
        "open": len(rows),
        "bands": bands,
        "not_rated": counted[None],
        "risks": listed,
    }
    said = ", ".join(f"{name} {count}" for name, count in bands.items())
    lines = [f"{len(rows):,} open risks by the scheme {scheme.name}: {said}, not rated {counted[None]}"]
    lines += [
        f"  {row['score']:>4g}  {row['band']:<9} {row['ref'] or '-':<10} {row['title']}"
        for row in listed[:_MOST_LISTED]
        if row["score"] is not None
    ]
    if options.simulate:
        report = read_exposure(store, options.seed, options.trials, options.together)
        data["simulation"] = _simulation(report)
        lines += ["", *_simulation_lines(report)]
        if options.out:
            from pmo_desktop.operations.exports import export_trials  # noqa: PLC0415  openpyxl, when it is needed

            lines.append(f"{export_trials(store, options.out, report):,} trials written to {options.out}")
    return data, lines


def _simulation(report: ExposureReport) -> dict[str, Any]:
    """The report as plain data: money in minor units of its currency, shares from 0 to 1."""
    return {
        "seed": report.seed,
        "trials": report.trials,
        "sampler": report.sampler,
        "percentile_rule": "nearest rank",
        "units": [_unit(each) for each in report.units],
        "left_out": [{"risk": each.called, "reason": each.reason} for each in report.left_out],
    }


def _unit(each: UnitExposure) -> dict[str, Any]:
    return {
        "unit": each.unit,
        "risks": len(each.risks),
        "expected_value": each.expected._asdict(),
        "percentiles": _named(each.before),
        "percentiles_after_actions": _named(each.after),
        "mean": each.run.portfolio.mean,
        "contingency_needed": each.needed,
        "contingency_held": each.held,
        "projects": [
            {
                "project": one.name,
                "percentiles": _named(one.percentiles),
                "mean": one.mean,
                "contingency_held": one.held,
            }
            for one in each.projects
        ],
        "drivers": [{"risk": one.called, "part_of_variance": one.part} for one in each.drivers],
    }


def _named(percentiles: tuple[float, ...]) -> dict[str, float]:
    from pmo_desktop.figures.exposure import SHOWN  # noqa: PLC0415  as above

    return {f"P{round(100 * share)}": value for share, value in zip(SHOWN, percentiles, strict=True)}


def _simulation_lines(report: ExposureReport) -> list[str]:
    lines = [f"{report.trials:,} simulated outcomes, seed {report.seed}, percentiles by nearest rank."]
    for each in report.units:
        lines += ["", *_unit_lines(each)]
    if not report.units:
        lines.append("No open risk has both a likelihood and a range, so there is nothing to simulate.")
    if report.left_out:
        lines.append(f"{len(report.left_out):,} of {report.open_risks:,} open risks are left out:")
        lines += [f"  {each.called}: {each.reason}" for each in report.left_out[:_MOST_LISTED]]
        more = len(report.left_out) - _MOST_LISTED
        lines += [f"  and {more:,} more"] if more > 0 else []
    return lines


def _unit_lines(each: UnitExposure) -> list[str]:
    from pmo_desktop.figures.exposure import amount_text  # noqa: PLC0415  as above

    def amount(value: float) -> str:
        return amount_text(value, each.unit)

    shown = ", ".join(f"{name} {amount(value)}" for name, value in _named(each.before).items())
    expected = each.expected
    lines = [
        f"{each.unit}: 80 of 100 simulated outcomes take at most {amount(each.needed)}.",
        f"  {len(each.risks):,} risks; {shown}; mean {amount(each.run.portfolio.mean)}",
        f"  once all actions are done: {', '.join(f'{n} {amount(v)}' for n, v in _named(each.after).items())}",
    ]
    parts = f"threats {amount(expected.threat)}, opportunities {amount(expected.opportunity)}"
    lines.append(f"  expected value {amount(expected.net)} ({parts}): a mean, which promises no level of confidence")
    if each.held is not None and each.short is not None:
        word = "short of" if each.short > 0 else "above"
        lines.append(f"  contingency held {amount(each.held)}: {amount(abs(each.short))} {word} P80")
    lines += [f"  {one.part:>4.0%} of the spread: {one.called}" for one in each.drivers[:5] if one.part > 0]
    return lines


def _whole(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 9):  # noqa: PLR2004  a seed of that length is one of a milliard
        raise argparse.ArgumentTypeError(f"{text} is no seed; give a whole number of up to nine digits")
    return int(text)


def _trials(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= _MOST_TRIALS):
        raise argparse.ArgumentTypeError(f"{text} is no number of trials; give one from 1 to {_MOST_TRIALS:,}")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no correlation; give a number from 0 to 1")
    return share
