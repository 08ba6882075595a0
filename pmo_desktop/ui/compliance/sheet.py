"""The heat map as it is shown: projects in groups, the worst first, and the controls that are asked of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pmo_desktop.figures.compliance import STATES, ComplianceTable, Control, Grouping, share_by
from pmo_desktop.figures.duties import ControlKind, Follower
from pmo_desktop.rules.compliance import Met, Share
from pmo_desktop.rules.wording import count_text

ALWAYS = "All projects"  # the band of controls that belong to no methodology
HEADING = -1
_MISSING = STATES.index(Met.NOT_MET)


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A project, by its row in the table, or the heading of a group (`place` is HEADING)."""

    place: int
    ref: str
    name: str
    share: Share
    states: tuple[int, ...] = ()  # places in STATES, one a shown column

    @property
    def is_heading(self) -> bool:
        """Whether it heads a group."""
        return self.place == HEADING


@dataclass(frozen=True, slots=True)
class Band:
    """Columns next to each other that belong to one phase; `last` is included."""

    first: int
    last: int
    words: str


@dataclass(frozen=True, slots=True)
class HeatSheet:
    """What the heat map shows of a table. `columns`: places of controls in the table; `shares`: of each column."""

    table: ComplianceTable
    lines: tuple[HeatLine, ...]
    columns: tuple[int, ...]
    shares: tuple[Share, ...]
    bands: tuple[Band, ...]
    total: Share

    def control(self, column: int) -> Control:
        """The control of a shown column."""
        return self.table.controls[self.columns[column]]

    def project(self, row: int) -> Follower | None:
        """The project of a line; None for a heading."""
        place = self.lines[row].place
        return None if place == HEADING else self.table.projects[place]

    def state(self, row: int, column: int) -> Met | None:
        """The state of a cell; None in a heading."""
        line = self.lines[row]
        return None if line.is_heading else STATES[line.states[column]]

    def count(self, state: Met) -> int:
        """How many of the shown cells stand so."""
        wanted = STATES.index(state)
        return sum(line.states.count(wanted) for line in self.lines)


def arrange_sheet(table: ComplianceTable, how: Grouping | None = None, *, only_missing: bool = False) -> HeatSheet:
    """The table in groups, the least met on top; `only_missing` leaves projects and controls with nothing not met out.

    Shares are of all that is due, whether it is shown or not.
    """
    missing = table.states == _MISSING
    rows = [row for row in range(len(table.projects)) if not only_missing or missing[row].any()]
    columns = tuple(at for at in range(len(table.controls)) if not only_missing or missing[:, at].any())
    shares = table.project_shares()
    shown = table.states[:, list(columns)].tolist()
    lines = [
        HeatLine(row, *_naming(table.projects[row]), shares[row], tuple(shown[row]))
        for row in sorted(rows, key=lambda row: (_worst(shares[row]), table.projects[row].called))
    ]
    by_control = table.control_shares()
    return HeatSheet(
        table,
        tuple(lines) if how is None else _grouped(table, how, lines),
        columns,
        tuple(by_control[at] for at in columns),
        _bands([table.controls[at] for at in columns]),
        table.share(),
    )


def share_text(share: Share) -> str:
    """A share for a cell: `72 %`, an en dash when nothing is due."""
    return "\N{EN DASH}" if share.percent is None else f"{share.percent:.0f} %"


def share_words(share: Share) -> str:
    """A share in words: `72 % of what is due is met; 3 waived`."""
    if share.percent is None:
        return "Nothing is due yet"
    waived = f"; {share.waived:,} waived" if share.waived else ""
    return f"{share_text(share)} of what is due is met{waived}"


def control_words(control: Control) -> str:
    """A control with what it is: `Business case, deliverable of Define`."""
    if control.kind is ControlKind.STANDING:
        return f"{control.name}, asked of all projects"
    return f"{control.name}, {control.kind.lower()} of {control.phase}"


def _naming(project: Follower) -> tuple[str, str]:
    """The reference apart from the name; a project without one is called by its name alone."""
    return ("", project.name) if project.called == project.name else (project.called, project.name)


def _worst(share: Share) -> float:
    return 101.0 if share.percent is None else share.percent


def _grouped(table: ComplianceTable, how: Grouping, lines: list[HeatLine]) -> tuple[HeatLine, ...]:
    found: list[HeatLine] = []
    groups = sorted(share_by(table, how), key=lambda each: (each.id is None, _worst(each.share), each.name.casefold()))
    for group in groups:
        own = [line for line in lines if (getattr(table.projects[line.place], how) or None) == group.id]
        if own:
            found.append(HeatLine(HEADING, count_text(len(own), "project"), group.name, group.share))
            found += own
    return tuple(found)


def _bands(controls: list[Control]) -> tuple[Band, ...]:
    bands, first = [], 0
    for (_, phase), own in groupby(controls, key=lambda each: (each.methodology, each.phase)):
        count = len(list(own))
        bands.append(Band(first, first + count - 1, phase or ALWAYS))
        first += count
    return tuple(bands)
