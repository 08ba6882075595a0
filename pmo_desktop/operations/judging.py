"""What a batch does, judged by the PMO's rules: refused, or told of among the overrides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pmo_desktop.figures.acts import find_acts, find_own_approvals
from pmo_desktop.figures.authority import find_doer, find_heads, portfolios_of, read_standings
from pmo_desktop.figures.scene import Scene, read_scene
from pmo_desktop.model.authority import Override
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.rules.authority import Act, Grant, Ruling, Settled, settle_act
from pmo_desktop.rules.compliance import FUNCTIONS, RULES, Event, Mode, Outcome, Reaction, find_mode
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import rows_of


def judge_batch(connection: Connection, granted: Grant | None, on: date | None, imported: str) -> None:
    """Judge the open batch; the parameters and what is raised are those of `guard`."""
    number, who = connection.raw.execute("SELECT id, who FROM batch WHERE id = (SELECT id FROM open_batch)").fetchone()
    scene = read_scene(connection, number, on)
    told = scene.told()
    acts = [act for act in find_acts(scene) if (act.event, act.project, act.subject) not in told]
    approvals = [] if imported else find_own_approvals(scene)
    if not acts and not approvals:
        return
    court = _Court(connection, scene, who, {act.project for act in acts} | {project for _, project, _ in approvals})
    _refuse_own(court, approvals)
    rows, lacking = [], []
    for act in acts:
        ruling = court.judge(act)
        settled = court.import_act(ruling, imported) if imported else court.settle(ruling, act, granted)
        if settled.lacking:
            lacking.append((ruling, settled.lacking))
        elif settled.outcome is not None:
            rows.append(_override(ruling, settled, scene.day, who))
    if lacking:
        raise Ruled(_say(lacking), [ruling for ruling, _ in lacking])
    if rows:
        connection.execute(sql.insert(Override), rows)


class _Court:
    """What is needed to judge: the standings, the portfolios, and the people."""

    def __init__(self, connection: Connection, scene: Scene, who: str, projects: set[str]) -> None:
        people = rows_of(connection, "person")
        self.scene = scene
        self.standings = read_standings(connection)
        self.portfolios = portfolios_of(connection, projects)
        self.heads = find_heads(people)
        self.doer = find_doer(people, who)

    def mode(self, event: Event, project: str) -> Mode:
        return find_mode(self.standings, self.portfolios[project], FUNCTIONS[event], self.scene.day)

    def judge(self, act: Act) -> Ruling:
        mode = self.mode(act.event, act.project)
        return Ruling(act.event, mode, RULES[act.event][mode], act.project, act.subject)

    def settle(self, ruling: Ruling, act: Act, granted: Grant | None) -> Settled:
        """A grant may come neither from whose own matter it is nor from whoever does the deed."""
        asked = Act(act.event, act.project, act.subject, act.codes, act.gate, act.own | self.doer)
        waivers = self.scene.book(act.project).waivers
        judged = act if ruling.reaction is Reaction.BLOCK else asked
        return settle_act(ruling, judged, granted, waivers, self.heads, self.scene.day)

    def import_act(self, ruling: Ruling, file: str) -> Settled:
        if ruling.reaction is Reaction.ALLOW:
            return Settled()
        return Settled(Outcome.WARNED, f"by import of {file}")


def _refuse_own(court: _Court, approvals: Sequence[tuple[Event, str, str]]) -> None:
    for event, project, words in approvals:
        if court.mode(event, project) is not Mode.SUPPORTIVE:
            raise Known(f"Nothing was changed. {words}")


def _override(ruling: Ruling, settled: Settled, on: date, who: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "done_on": on,
        "project": ruling.project,
        "event": ruling.event,
        "mode": ruling.mode,
        "reaction": ruling.reaction,
        "outcome": settled.outcome,
        "subject": ruling.subject,
        "reason": settled.reason,
        "approver": settled.approver,
        "expires": settled.expires,
        "who": who,
    }


def _say(lacking: Sequence[tuple[Ruling, str]]) -> str:
    said = [f"{ruling.says} ({ruling.subject}.) {words}" for ruling, words in lacking]
    return f"Nothing was changed. {' '.join(said)}"
