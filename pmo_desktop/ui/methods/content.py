"""What the lists of the methodology pane say: a checklist, deliverables, templates, duties and terms as lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from pmo_desktop.figures.gatecheck import CriterionCheck
from pmo_desktop.rules.assurance import Answer, DeliverableStatus, Duty, Mandatory, WaiverStatus
from pmo_desktop.rules.method import Criterion, Gate, Method, MethodPhase, Output
from pmo_desktop.rules.wording import near_day, short_day
from pmo_desktop.store.rows import Record
from pmo_desktop.ui.methods.check import Check
from pmo_desktop.ui.methods.lines import Cell, Column, Line
from pmo_desktop.ui.methods.node import gate_title

STANDINGS: dict[str | None, tuple[str, str, str]] = {  # answer: status mark, words, tick
    Answer.YES: ("G", "Met", "on"),
    Answer.PARTLY: ("A", "Partly met", "part"),
    Answer.NO: ("R", "Not met", "off"),
    Answer.NOT_APPLICABLE: ("-", "Not applicable", "off"),
    None: ("-", "Not answered", "off"),
}
_STATUSES = {
    DeliverableStatus.ACCEPTED: "G",
    DeliverableStatus.SUBMITTED: "A",
    DeliverableStatus.IN_PROGRESS: "A",
    DeliverableStatus.REJECTED: "R",
}
CHECKED = (
    Column("", 38),
    Column("Criterion and owner role", 27, grows=True),
    Column("Evidence", 17, grows=True),
    Column("Status", 18, grows=True),
)
ASKED = (
    Column("Criterion and owner role", 30, grows=True),
    Column("Evidence", 17, grows=True),
    Column("Mandatory for", 116),
)
OUTPUTS = (
    Column("Deliverable and owner role", 24, grows=True),
    Column("Accepted by", 16, grows=True),
    Column("Template", 16, grows=True),
    Column("Mandatory for", 116),
)
DELIVERED = (
    Column("Deliverable and owner", 26, grows=True),
    Column("Status", 120),
    Column("Due", 84),
    Column("Acceptance", 20, grows=True),
)
TEMPLATES = (Column("Template", 24, grows=True), Column("Used for", 24, grows=True), Column("", 150))
TERMS = (Column("Term", 14, grows=True), Column("Meaning", 40, grows=True))


def checklist_lines(gate: Gate, method: Method, check: Check | None) -> list[Line]:
    """The criteria of a gate under their sections; with a check, each with its answer."""
    outputs = {output.code: output for _, output in method.outputs()}
    found: list[Line] = []
    sections = _sections(gate.criteria)
    for section, criteria in sections:
        if section or len(sections) > 1:
            found.append(Line(f"#{section}", heading=section or "Other", note=_met_note(criteria, check)))
        for each in criteria:
            checked = check.find(each.code) if check else None
            output = outputs.get(each.evidence)
            if check is None or checked is None:
                found.append(_asked_line(each, output))
            else:
                found.append(_checked_line(each, output, checked, check))
    return found


def output_lines(phase: MethodPhase, method: Method, check: Check | None) -> list[Line]:
    """The deliverables of a phase; with a check, those of the project with how far they are."""
    if check is None:
        templates = {each.code: each.name for each in method.templates}
        return [_output_line(each, templates) for each in phase.deliverables]
    codes = {output.code for output in phase.deliverables}
    own = [row for row in check.deliverables if row["gate"] == check.gate.code or row["code"] in codes]
    return [_delivered_line(row, check) for row in own]


def template_lines(outputs: Iterable[Output], method: Method, can_generate: bool) -> list[Line]:
    """The templates that some deliverables are made from, each once; of all when there are no deliverables."""
    used: dict[str, list[str]] = {}
    for output in outputs:
        if output.template:
            used.setdefault(output.template, []).append(output.name)
    found = []
    for template in method.templates:
        if template.code not in used:
            continue
        deed = Cell("Generate document", is_link=True) if can_generate else Cell("Save a copy", is_link=True)
        cells = (
            Cell(template.name, template.file_name, "file-text"),
            Cell("; ".join(dict.fromkeys(used[template.code]))),
            deed,
        )
        found.append(Line(template.code, cells))
    return found


def all_template_lines(method: Method) -> list[Line]:
    """Every template of a methodology, with what it is used for."""
    used: dict[str, list[str]] = {}
    for _, output in method.outputs():
        used.setdefault(output.template, []).append(output.name)
    named = {code: "; ".join(dict.fromkeys(names)) for code, names in used.items()}
    return [
        Line(
            each.code,
            (
                Cell(each.name, each.file_name, "file-text"),
                Cell(named.get(each.code, "\N{EN DASH}")),
                Cell("Save a copy", is_link=True),
            ),
        )
        for each in method.templates
    ]


Parts = Sequence[tuple[str, str]]  # of a methodology: code and name


def duty_columns(method: Method, groups: Sequence[tuple[str, Parts]]) -> tuple[Column, ...]:
    """A column for each role that has to do with some parts."""
    roles = _roles_of(method, groups)
    return (
        Column("Deliverable or decision", 30, grows=True, least=170),
        *(Column(role, 76, centred=True) for role in roles),
    )


def duty_lines(method: Method, groups: Sequence[tuple[str, Parts]]) -> list[Line]:
    """The RACI table of some parts under their headings; parts without any duty are left out."""
    roles, held = _roles_of(method, groups), defaultdict[tuple[str, str], list[Duty]](list)
    for duty in method.duties:
        held[duty.concerns, duty.role].append(duty.duty)
    found: list[Line] = []
    for heading, parts in groups:
        lines = [
            _duty_line(code, name, {role: held[code, role] for role in roles})
            for code, name in parts
            if any(held[code, role] for role in roles)
        ]
        if heading and lines:
            found.append(Line(f"#{heading}", heading=heading))
        found += lines
    return found


def parts_of_phase(phase: MethodPhase) -> list[tuple[str, str]]:
    """The deliverables and gates of a phase by code and name."""
    outputs = [(each.code, each.name) for each in phase.deliverables]
    return outputs + [(each.code, gate_title(each.code, each.name)) for each in phase.gates]


def all_checklist_lines(method: Method) -> list[Line]:
    """Every gate's criteria under the gate."""
    outputs = {output.code: output for _, output in method.outputs()}
    found: list[Line] = []
    for _, gate in method.gates():
        if gate.criteria:
            count = f"{len(gate.criteria):,}"
            found.append(Line(f"#{gate.code}", heading=gate_title(gate.code, gate.name), note=count))
            found += [_asked_line(each, outputs.get(each.evidence)) for each in gate.criteria]
    return found


def term_lines(method: Method) -> list[Line]:
    """The glossary by its alphabet."""
    terms = sorted(method.terms, key=lambda each: each.term.casefold())
    return [Line(each.term, (Cell(each.term), Cell(each.meaning))) for each in terms]


def mandatory_words(mandatory: Mandatory) -> str:
    """For whom something is mandatory, as a value."""
    return "Optional" if mandatory is Mandatory.NONE else mandatory.value


# ---------------------------------------------------------------------- below the counter


def _sections(criteria: Sequence[Criterion]) -> list[tuple[str, list[Criterion]]]:
    """Criteria of one section stand together, the sections in the order of their first."""
    order = {section: place for place, section in enumerate(dict.fromkeys(each.section for each in criteria))}
    found = sorted(criteria, key=lambda each: order[each.section])
    return [(section, list(inside)) for section, inside in groupby(found, key=lambda each: each.section)]


def _met_note(criteria: Sequence[Criterion], check: Check | None) -> str:
    if check is None:
        return f"{len(criteria):,}"
    counting = check.counting([each.code for each in criteria])
    return f"{sum(each.answer is Answer.YES for each in counting):,} of {len(counting):,} met"


def _asked_line(criterion: Criterion, output: Output | None) -> Line:
    cells = (
        Cell(criterion.text, criterion.role),
        Cell(output.name, "With a template" if output.template else "", "file-text") if output else Cell("\N{EN DASH}"),
        Cell(mandatory_words(criterion.mandatory)),
    )
    spoken = f"{criterion.text} {criterion.role}. {mandatory_words(criterion.mandatory)}."
    return Line(criterion.code, cells, spoken)


def _checked_line(criterion: Criterion, output: Output | None, checked: CriterionCheck, check: Check) -> Line:
    mark, words, tick = STANDINGS[checked.answer]
    note = checked.comment or (near_day(checked.answered_on, check.today) if checked.answered_on else "No update yet")
    waived = _waiver_chip(checked, check)
    cells = (
        Cell(tick=tick),
        Cell(criterion.text, criterion.role, chip="" if checked.mandatory else "Optional"),
        _evidence_cell(output, checked, check),
        Cell(words, note, mark=mark, chip=waived),
    )
    spoken = f"{criterion.text}. {words}, {note}. {evidence_words(checked, check)}.{f' {waived}.' if waived else ''}"
    return Line(criterion.code, cells, spoken)


def _waiver_chip(checked: CriterionCheck, check: Check) -> str:
    row = check.waivers.get(checked.code)
    if checked.waiver is not None:
        return "Waived"
    if row is None or row["status"] in (WaiverStatus.REJECTED, WaiverStatus.WITHDRAWN):
        return ""
    if row["status"] != WaiverStatus.APPROVED:
        return "Waiver requested"
    return "Waiver expired"


def _evidence_cell(output: Output | None, checked: CriterionCheck, check: Check) -> Cell:
    if checked.evidence:
        more = f" and {len(checked.evidence) - 1:,} more" if len(checked.evidence) > 1 else ""
        name = output.name if output else checked.evidence[0].name
        return Cell(name, f"Attached{more}", "paperclip", is_link=True)
    if output is None:
        return Cell("Not attached")
    said = evidence_words(checked, check, has_template=bool(output.template))
    return Cell(output.name, said, "file-text", is_link=bool(checked.deliverable))


def evidence_words(checked: CriterionCheck, check: Check, *, has_template: bool = False) -> str:
    """What there is to show that a criterion is met."""
    if checked.evidence:
        return "Attached"
    row = next((each for each in check.deliverables if each["id"] == checked.deliverable), None)
    if row is not None and row["status"] in (DeliverableStatus.ACCEPTED, DeliverableStatus.SUBMITTED):
        return f"{row['status']}, no file"
    return "Template only" if has_template else "Not attached"


def _output_line(output: Output, templates: dict[str, str]) -> Line:
    cells = (
        Cell(output.name, output.role),
        Cell(output.acceptor or "\N{EN DASH}"),
        Cell(templates.get(output.template, "\N{EN DASH}"), icon="file-text" if output.template in templates else ""),
        Cell(mandatory_words(output.mandatory)),
    )
    return Line(output.code, cells, f"{output.name}, {output.role}. {mandatory_words(output.mandatory)}.")


def _delivered_line(row: Record, check: Check) -> Line:
    status = row["status"] or DeliverableStatus.NOT_STARTED
    late = row["due"] and row["due"] < check.today and status not in _DONE
    owner, acceptor = (check.names.get(row[each] or "", "") for each in ("owner", "acceptor"))
    accepted = f"Accepted {near_day(row['accepted_on'], check.today)}" if row["accepted_on"] else ""
    cells = (
        Cell(row["name"], owner or "No owner", chip="" if row["mandatory"] is not False else "Optional"),
        Cell(str(status), accepted, mark=_STATUSES.get(DeliverableStatus(status), "-")),
        Cell(short_day(row["due"]), "Overdue" if late else "", is_late=bool(late)),
        Cell(acceptor or "\N{EN DASH}", (row["acceptance_method"] or "")),
    )
    due = f"due {short_day(row['due'])}" if row["due"] else "no due date"
    return Line(row["id"], cells, f"{row['name']}. {status}, {due}{', overdue' if late else ''}.")


_DONE = (DeliverableStatus.ACCEPTED, DeliverableStatus.NOT_NEEDED)


def _roles_of(method: Method, groups: Sequence[tuple[str, Parts]]) -> list[str]:
    codes = {code for _, parts in groups for code, _ in parts}
    return list(dict.fromkeys(duty.role for duty in method.duties if duty.concerns in codes))


def _duty_line(code: str, name: str, held: Mapping[str, Sequence[Duty]]) -> Line:
    cells = (Cell(name), *(Cell("/".join(duties), is_letter=True) for duties in held.values()))
    told = [f"{role} {' and '.join(each.label.lower() for each in duties)}" for role, duties in held.items() if duties]
    return Line(code, cells, f"{name}: {', '.join(told)}")
