"""What an open batch does that the PMO's rules have a word on, read from the journal of that very batch.

Whatever writes a guarded cell is seen here: a deed, a cell typed in a table, an allocation, an import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from pmo_desktop.figures.gatebook import GateBook, GatePlace
from pmo_desktop.figures.handover import open_entries, read_staying
from pmo_desktop.figures.material import Material, thresholds_on
from pmo_desktop.figures.projects import figure_project, is_achieved, read_rating
from pmo_desktop.figures.scene import Scene, Written
from pmo_desktop.model.types import MEASURE_SCALE
from pmo_desktop.rules.assurance import DeliverableStatus, GateDecision, PhaseStatus
from pmo_desktop.rules.authority import Act
from pmo_desktop.rules.compliance import Event
from pmo_desktop.rules.rating import rating_gap
from pmo_desktop.rules.wording import day_text, join_words, label_inside
from pmo_desktop.rules.words import AllocationStatus, MilestoneType, ProjectStatus, Rag
from pmo_desktop.store.rows import Record, linked_rows, rows_of

BASELINES = {"start_baseline": "Baseline start", "finish_baseline": "Baseline finish", "budget_approved": "Budget"}
_RATINGS = ("rag_time", "rag_cost", "rag_scope", "rag_resource", "rag_risk", "rag_quality", "rag_benefits")
_HANDED_IN = (DeliverableStatus.SUBMITTED, DeliverableStatus.ACCEPTED)


def find_acts(scene: Scene) -> list[Act]:
    """Everything in a scene that a rule has a word on, in the order of the rules."""
    return [act for look in _LOOKS for act in look(scene)]


def find_own_approvals(scene: Scene) -> list[tuple[Event, str, str]]:
    """Where somebody accepted or decided their own: the event whose function rules it, the project, the sentence."""
    return [*_own_acceptances(scene), *_own_decisions(scene)]


def _own_acceptances(scene: Scene) -> Iterator[tuple[Event, str, str]]:
    for each in scene.written["deliverable"]:
        row = each.row
        if not (each.changed("status", "acceptor", "owner") and row["status"] == DeliverableStatus.ACCEPTED):
            continue
        if row["acceptor"] is None:
            words = f"“{row['name']}” needs somebody who accepted it: fill in Accepted by."
            yield Event.TEMPLATE, row["project"], words
        elif row["acceptor"] == row["owner"]:
            words = f"Nobody accepts their own: “{row['name']}” needs another acceptor than its owner."
            yield Event.TEMPLATE, row["project"], words


def _own_decisions(scene: Scene) -> Iterator[tuple[Event, str, str]]:
    for each in scene.written["gate_review"]:
        row = each.row
        passed = row["decision"] is not None and GateDecision(row["decision"]).passes
        if passed and each.changed("decision", "decided_by") and row["decided_by"] in scene.own(row["project"]):
            called = f"{row['code']} of {scene.called(row['project'])}"
            words = f"Nobody passes their own gate: {called} is decided by somebody who does not manage the project."
            yield Event.MISSING, row["project"], words


def _passed_now(scene: Scene) -> Iterator[tuple[GateBook, GatePlace]]:
    """The gates that a board let pass in this batch."""
    for each in scene.written["gate_review"]:
        if each.changed("decision", "code", "project"):
            book = scene.book(each.row["project"])
            gate = book.find(each.row["code"])
            if gate is not None and gate.review is not None and gate.review["id"] == each.row["id"] and gate.passed:
                yield book, gate


def _gaps(event: Event) -> Callable[[Scene], Iterator[Act]]:
    def look(scene: Scene) -> Iterator[Act]:
        for book, gate in _passed_now(scene):
            lacking = [gap for gap in book.gaps(gate) if gap.event is event]
            if lacking:
                project = book.project["id"]
                listed = join_words([f"“{gap.name}”" for gap in lacking])
                subject = f"{gate.code} of {scene.called(project)}: {listed}"
                yield Act(event, project, subject, tuple(gap.code for gap in lacking), gate.code, scene.own(project))

    return look


def _skipped(scene: Scene) -> Iterator[Act]:
    found = [(book, gate, False) for book, gate in _passed_now(scene)]
    for each in scene.written["milestone"]:
        row = each.row
        if row["type"] == MilestoneType.GATE and row["gate"] and each.changed("actual", "status") and is_achieved(row):
            book = scene.book(row["project"])
            gate = book.find(row["gate"])
            if gate is not None and not (gate.review is not None and gate.passed):
                found.append((book, gate, True))
    for book, gate, undecided in found:
        passed_over = [each for each in book.earlier(gate.code) if not each.passed]
        codes = [each.code for each in passed_over] + ([gate.code] if undecided else [])
        if codes:
            project = book.project["id"]
            verb = "is" if len(codes) == 1 else "are"
            subject = f"{gate.code} of {scene.called(project)} before {join_words(codes)} {verb} decided"
            yield Act(Event.SKIPPED, project, subject, tuple(codes), gate.code, scene.own(project))


def _template(scene: Scene) -> Iterator[Act]:
    for each in scene.written["deliverable"]:
        row = each.row
        if row["status"] not in _HANDED_IN or row["template_used"] or not each.changed("status", "template_used"):
            continue
        if each.before.get("status") in _HANDED_IN and "template_used" not in each.before:
            continue  # told when it was handed in
        book = scene.book(row["project"])
        part = book.output_of(row["code"])
        if part is not None and part["template"]:
            own = frozenset(filter(None, [row["owner"]])) | scene.own(row["project"])
            subject = f"“{row['name']}” of {scene.called(row['project'])}"
            yield Act(Event.TEMPLATE, row["project"], subject, (row["code"],), row["gate"] or "", own)


def _late_report(scene: Scene) -> Iterator[Act]:
    born = [each.row for each in scene.written["status_report"] if each.born]
    fresh = {row["id"] for row in born}
    for row in born:
        others = linked_rows(scene.connection, "status_report", "project", [row["project"]])
        days = [each["period_end"] for each in others if each["id"] not in fresh]
        days += filter(None, [_reported_before(scene, row["project"])])
        if days and (scene.day - max(days)).days > round(scene.settings["report_days"]):
            called, last = scene.called(row["project"]), day_text(max(days))
            subject = f"Report of {called} for {day_text(row['period_end'])}, the last one was for {last}"
            yield Act(Event.LATE_REPORT, row["project"], subject, own=scene.own(row["project"]))


def _reported_before(scene: Scene, project: str) -> date | None:
    """The day a project was reported before this batch."""
    for each in scene.written["project"]:
        if each.row["id"] == project and "report_date" in each.before:
            stored = each.before["report_date"]
            return date.fromisoformat(stored) if stored else None
    reported: date | None = scene.book(project).project["report_date"]
    return reported


def _baseline(scene: Scene) -> Iterator[Act]:
    for each in scene.written["project"]:
        changed = [label_inside(label) for name, label in BASELINES.items() if each.before.get(name) is not None]
        if changed:
            project = each.row["id"]
            subject = f"{join_words(changed)} of {scene.called(project)}"
            yield Act(Event.BASELINE, project, subject, own=scene.own(project))


def _rating(scene: Scene) -> Iterator[Act]:
    for each in scene.written["project"]:
        declared = read_rating(each.row["rag_overall"])
        if not each.changed("rag_overall") or declared is None:
            continue
        computed = _computed(scene, each.row)
        gap = rating_gap(computed, declared)
        if computed is not None and gap is not None and gap > 0:
            project = each.row["id"]
            subject = f"{declared.label} for {scene.called(project)}, which computes as {computed.label}"
            yield Act(Event.RATING, project, subject, own=scene.own(project))


def _computed(scene: Scene, row: Record) -> Rag | None:
    """The rating that the figures compute; without it the worst of the ratings that its manager gave to its parts."""
    points = rows_of(scene.connection, "scale"), rows_of(scene.connection, "scale_point")
    material = Material(scene.day, scene.settings, (), thresholds=thresholds_on(scene.day, *points))
    computed = read_rating(figure_project(row, material).rag_computed)
    parts = [rating for name in _RATINGS if (rating := read_rating(row[name])) is not None]
    return computed or max(parts, key=lambda each: each.badness, default=None)


def _start(scene: Scene) -> Iterator[Act]:
    for project, what, gate in (*_started(scene), *_begun_phases(scene), *_booked(scene), *_spent(scene)):
        if gate is not None and not gate.passed:
            subject = f"{what} of {scene.called(project)} before {gate.code} is decided"
            yield Act(Event.START, project, subject, (gate.code,), gate.code, scene.own(project))


def _started(scene: Scene) -> Iterator[tuple[str, str, GatePlace | None]]:
    for each in scene.written["project"]:
        if each.changed("lifecycle_status") and each.row["lifecycle_status"] == ProjectStatus.ACTIVE:
            gates = scene.book(each.row["id"]).gates
            yield each.row["id"], "Start", gates[0] if gates else None


def _begun_phases(scene: Scene) -> Iterator[tuple[str, str, GatePlace | None]]:
    for each in scene.written["phase"]:
        row = each.row
        if each.changed("status") and row["status"] == PhaseStatus.UNDER_WAY:
            yield row["project"], f"Phase {row['name']}", scene.book(row["project"]).gate_before(row)


def _booked(scene: Scene) -> Iterator[tuple[str, str, GatePlace | None]]:
    """Bookings that count as confirmed and are new, or book more than they did; one act a project and gate."""
    found: dict[tuple[str, str], GatePlace] = {}
    for each in scene.written["allocation"]:
        row = each.row
        if row["project"] and row["status"] in (None, AllocationStatus.CONFIRMED) and _books_more(each):
            gate = scene.book(row["project"]).gate_for_work(row["period_start"])
            if gate is not None:
                found[row["project"], gate.code] = gate
    yield from ((project, "Bookings", gate) for (project, _), gate in found.items())


def _spent(scene: Scene) -> Iterator[tuple[str, str, GatePlace | None]]:
    """Projects whose actual cost grew: spending waits for the same gate as work on that day."""
    for each in scene.written["project"]:
        now, before = each.row["actual_to_date"], each.before.get("actual_to_date")
        if each.changed("actual_to_date") and (now or 0) > (before or 0):
            yield each.row["id"], "Spending", scene.book(each.row["id"]).gate_for_work(scene.day)


def _books_more(each: Written) -> bool:
    """Whether a booking is new or was made larger; stored days and quantities are compared as they lie."""
    before, row = each.before, each.row
    if each.changed("status", "project"):
        return True
    earlier = "period_start" in before and row["period_start"].isoformat() < before["period_start"]
    later = "period_end" in before and row["period_end"].isoformat() > before["period_end"]
    return earlier or later or ("quantity" in before and row["quantity"] * MEASURE_SCALE > before["quantity"])


def _manager(scene: Scene) -> Iterator[Act]:
    for each in scene.written["project"]:
        if each.changed("pm") and each.row["pm"] is not None:
            project = each.row["id"]
            yield Act(Event.MANAGER, project, f"Manager of {scene.called(project)}", own=scene.own(project))


def _closure(scene: Scene) -> Iterator[Act]:
    for each in scene.written["project"]:
        if each.changed("lifecycle_status") and each.row["lifecycle_status"] == ProjectStatus.CLOSED:
            project = each.row["id"]
            staying = read_staying(scene.connection, each.row, scene.day)
            left = [row for row in open_entries(scene.connection, "action", project) if row["owner"] not in staying]
            if left:
                listed = join_words([str(row["ref"] or row["description"]) for row in left])
                subject = f"{scene.called(project)} with {listed}"
                yield Act(Event.CLOSURE, project, subject, own=scene.own(project))


_LOOKS: tuple[Callable[[Scene], Iterator[Act]], ...] = (
    _gaps(Event.MISSING),
    _gaps(Event.UNAPPROVED),
    _skipped,
    _template,
    _late_report,
    _baseline,
    _rating,
    _start,
    _manager,
    _closure,
)
