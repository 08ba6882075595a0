"""Reference data a new portfolio begins with; the organisation may add dated versions of its own."""

from __future__ import annotations

from typing import Any


def _points(*rows: tuple[str, str, str]) -> tuple[dict[str, Any], ...]:
    return tuple({"code": code, "label": label, "meaning": meaning, "threshold": None} for code, label, meaning in rows)


_RED = ("R", "Red", "Outside tolerance, a plan is needed")
_AMBER = ("A", "Amber", "At risk, being managed")
_GREEN = ("G", "Green", "On track")
_COMPLETE = ("C", "Complete", "Delivered and closed")

SCALES: dict[str, tuple[str, tuple[dict[str, Any], ...]]] = {
    "rag3": ("Three points", _points(_RED, _AMBER, _GREEN, _COMPLETE)),
    "rag5": (
        "Five points",
        _points(
            ("R", "Red", "Success looks unachievable as it stands"),
            ("AR", "Amber/Red", "Success is in doubt; urgent action is needed"),
            ("A", "Amber", "Success is feasible; issues need attention"),
            ("AG", "Amber/Green", "Success is probable; watch the risks"),
            ("G", "Green", "Success is highly likely"),
            _COMPLETE,
        ),
    ),
    # Source: domain.md b.1: below 4 % green, 4-7 % amber, above 7 % red; no universal standard exists.
    "variance": (
        "Slip and cost overrun, percent",
        (
            {"code": "A", "label": "Amber", "meaning": "from", "threshold": 4.0},
            {"code": "R", "label": "Red", "meaning": "above", "threshold": 7.0},
        ),
    ),
}
