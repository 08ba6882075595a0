"""Risk schemes as they are kept, dated: rows of scale points to schemes and back, and the one in force on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pmo_desktop.rules.risk import Scheme, scheme_on
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_rows, read_settings

Row = Mapping[str, Any]
KIND = "risk"  # of a scale that is a risk scheme
_LIKELIHOOD, _IMPACT, _BAND, _COST, _TIME = "likelihood", "impact", "band", "cost", "time"


def read_schemes(store: Store) -> list[Scheme]:
    """The schemes a portfolio keeps, in the order they were saved."""
    points: defaultdict[str, list[Row]] = defaultdict(list)
    for point in read_rows(store, "scale_point"):
        points[point["scale"]].append(point)
    scales = (row for row in read_rows(store, "scale") if row["kind"] == KIND)
    return [_scheme(row, points[row["id"]]) for row in scales]


def scheme_of(store: Store, day: date | None = None) -> Scheme:
    """The scheme in force on a day, by default the portfolio's data date."""
    return scheme_on(day or data_date(read_settings(store)), read_schemes(store))


def points_of(scheme: Scheme) -> list[dict[str, Any]]:
    """A scheme as scale points: what each point of both axes is called and weighs, the bands, the cells, the limits.

    A code is a word and the point it is about: `band 2`, `likelihood 3`, `impact 1`, `cost 4`, `time 4`; a scheme by
    matrix has a `row 3` for each likelihood that names the bands of its cells.
    """
    found = []
    for (axis, words), weights in zip(scheme.axes.items(), scheme.scores, strict=True):
        found += [_point(f"{axis} {n}", word, weights[n - 1] if weights else None) for n, word in enumerate(words, 1)]
    helps = scheme.opportunity or ("",) * len(scheme.bands)
    begins = (None, *scheme.starts) if scheme.starts else (None,) * len(scheme.bands)
    for number, (name, help_, start) in enumerate(zip(scheme.bands, helps, begins, strict=True), 1):
        found.append(_point(f"{_BAND} {number}", name, start, help_))
    for number, levels in enumerate(scheme.matrix, 1):
        found.append(_point(f"row {number}", " ".join(str(level + 1) for level in levels)))
    for word, limits in ((_COST, scheme.cost_limits), (_TIME, scheme.time_limits)):
        found += [_point(f"{word} {number}", "", limit) for number, limit in enumerate(limits, 2)]
    return found


def _point(code: str, label: str, threshold: float | None = None, meaning: str = "") -> dict[str, Any]:
    """One point; its label is never empty, as the file wants it: the code where there is no word."""
    return {"code": code, "label": label or code, "meaning": meaning or None, "threshold": threshold}


def _scheme(row: Row, points: Sequence[Row]) -> Scheme:
    ordered = sorted(points, key=lambda point: point["position"])
    ways, sizes, bands = (_coded(ordered, word) for word in (_LIKELIHOOD, _IMPACT, _BAND))
    rows = [tuple(int(level) - 1 for level in point["label"].split()) for point in _coded(ordered, "row")]
    helps = tuple(point["meaning"] or "" for point in bands)
    return Scheme(
        row["name"],
        tuple(point["label"] for point in bands),
        () if rows else _thresholds(bands[1:]),
        len(ways),
        len(sizes),
        tuple(rows),
        (_thresholds(ways), _thresholds(sizes)),
        row["effective_from"],
        helps if any(helps) else (),
        (_words(ways), _words(sizes)),
        _thresholds(_coded(ordered, _COST)),
        _thresholds(_coded(ordered, _TIME)),
    )


def _coded(points: Iterable[Row], word: str) -> list[Row]:
    return [point for point in points if point["code"].split()[0] == word]


def _thresholds(points: Iterable[Row]) -> tuple[float, ...]:
    return tuple(point["threshold"] for point in points if point["threshold"] is not None)


def _words(points: Iterable[Row]) -> tuple[str, ...]:
    """The words of an axis; none where all its labels are codes, which stand for a point without a word."""
    words = tuple("" if point["label"] == point["code"] else point["label"] for point in points)
    return words if any(words) else ()
