"""Ratings, choices and yes or no as people write them, by the synonyms of registers.md 4.18."""

from __future__ import annotations

import colorsys
import re
from functools import cache

from pmo_desktop.exchange.outcome import Parsed, cell_text, emptied, read, says_nothing, shorten, unread
from pmo_desktop.rules.words import (
    AbsenceType,
    AllocationStatus,
    AllocationUnit,
    AssumptionStatus,
    DecisionStatus,
    DependencyStatus,
    Direction,
    IssueStatus,
    IssueType,
    Level,
    MilestoneLevel,
    MilestoneStatus,
    MilestoneType,
    ProjectStatus,
    Proximity,
    Rag,
    ResourceType,
    Response,
    RiskStatus,
    RiskType,
)

_RAG_WORDS = {
    Rag.RED: "r, red, 🔴, 🟥, off track, delayed, critical",
    Rag.AMBER_RED: "ar, amber red, red amber, a r, r a",
    Rag.AMBER: "a, amber, yellow, y, orange, 🟡, 🟠, 🟨, 🟧, at risk, minor",
    Rag.AMBER_GREEN: "ag, amber green, green amber, a g, g a",
    Rag.GREEN: "g, green, 🟢, 🟩, on track, on schedule",
    Rag.COMPLETE: "c, b, blue, complete, completed, done, closed, 🔵, 🟦",
}
_NOT_RATED = frozenset(
    {"grey", "gray", "white", "black", "not rated", "not started", "on hold", "no rating", "no report", "⚪", "⚫"}
)
_THREE = (Rag.RED.label, Rag.AMBER.label, Rag.GREEN.label)
_NUMBERED = ("1", "2", "3", "4", "5")  # one house's 1 is red, another's green
_MARKS = " .!*^↑↓→←↗↘⬆⬇➡▲▼▶◀►◄△▽"
_NAMED = re.compile(
    r"^(?:rag|status|rating|overall|dca)(?: status| rating)?\s*[:=-]?\s+|^[1-5]\s*[-–.:)]\s*|\s+(?:rag|status|rating)$",
    re.IGNORECASE,
)
_MOVED = re.compile(r".*\w\s*(?:→|->|=>|\sto\s)\s*(?P<now>\w.*)", re.DOTALL)
_FOLLOWED = re.compile(
    r"(?P<word>[^\s:;,(\[–—-]+(?:[\s/-]+(?:red|amber|green|track|risk))?)\s*(?:[:;,(\[–—\n]|-\s|\s-)\s*.+", re.DOTALL
)
_REMARKED = re.compile(r"(?P<word>[^\d:;,(\[–—-]{3,30}?)\s*(?:[:;,(\[–—\n-]|\s(?=\d)).+", re.DOTALL)
_LONGEST_WORD = 30  # a longer text is no misspelt word
_MOST_RATING = 200  # characters; a longer text is a narrative, whatever its first word
_YES = frozenset({"y", "yes", "true", "t", "1", "x", "✓", "✔", "☑", "done", "on"})
_NO = frozenset({"n", "no", "false", "f", "0", "✗", "✘", "☐", "off"})
_SYNONYMS: dict[str, str] = {  # by the word itself, which several vocabularies may share
    ProjectStatus.PROPOSED: "pipeline, new, planned, not started, not yet started, "
    "idea, proposal, awaiting, draft, concept, candidate",
    ProjectStatus.ACTIVE: "live, in progress, open, ongoing, wip, started, running, in delivery, delivery, "
    "in flight, execution, executing, under way, underway",
    ProjectStatus.ON_HOLD: "paused, suspended, hold, held, parked, deferred, stalled",
    ProjectStatus.CLOSED: "complete, completed, done, finished, delivered, resolved, accepted, ended, archived, "
    "no longer relevant, expired",
    ProjectStatus.CANCELLED: "canceled, stopped, terminated, withdrawn, aborted, rejected, killed, dropped, removed",
    MilestoneStatus.NOT_STARTED: "planned, open, new, to do, pending, future, upcoming, scheduled, on track, "
    "not yet started, draft, awaiting",
    MilestoneStatus.IN_PROGRESS: "started, ongoing, active, wip, live, underway, under way, in flight",
    MilestoneStatus.AT_RISK: "amber, risk",
    MilestoneStatus.DELAYED: "late, slipped, overdue, missed, behind",
    MilestoneStatus.COMPLETE: "completed, done, achieved, met, closed, yes, passed, delivered, y, finished, resolved, "
    "accepted",
    MilestoneLevel.BOARD: "steering, steerco, portfolio, executive",
    MilestoneLevel.PROGRAMME: "program",
    MilestoneLevel.PROJECT: "team, workstream",
    MilestoneType.GATE: "stage gate, gateway, toll gate, gate review",
    MilestoneType.GO_LIVE: "live, launch, release",
    MilestoneType.PAYMENT: "invoice, billing",
    AbsenceType.LEAVE: "annual leave, al, a l, holiday, hol, vacation, pto, paid leave, unpaid leave, day off, "
    "time off, parental leave, maternity leave, paternity leave, maternity, paternity, compassionate leave, "
    "special leave, l, h, v",
    AbsenceType.SICKNESS: "sick, sick leave, sickness absence, illness, ill, medical, s, sl",
    AbsenceType.TRAINING: "course, conference, study leave, learning, t, tr",
    AbsenceType.LINE_TASKS: "line management, admin, administration, bau",
    AllocationStatus.REQUESTED: "request, demand, required, tentative, soft, provisional, pencilled, pencilled in",
    AllocationStatus.OFFERED: "offer, proposed",
    AllocationStatus.CONFIRMED: "booked, committed, hard, firm, allocated, assigned, approved, accepted, agreed",
    AllocationStatus.REJECTED: "declined, refused, withdrawn, cancelled, canceled, no",  # of decisions too
    AllocationUnit.PERCENT: "percent, per cent, percentage, pct",
    AllocationUnit.FTE: "wte, headcount, head count, person months",
    AllocationUnit.DAYS: "day, d, man days, person days, md",
    AllocationUnit.HOURS: "hour, h, hr, hrs",
    ResourceType.PERSON: "people, named, individual, employee, staff, human",
    ResourceType.ROLE: "generic, placeholder, unnamed",
    ResourceType.MATERIAL: "materials",
    ResourceType.EQUIPMENT: "machine, plant, tool, asset",
    RiskType.THREAT: "risk, negative, downside, t",
    RiskType.OPPORTUNITY: "positive, upside, o",
    RiskStatus.OPEN: "live, active, new, ongoing, wip, in progress, identified, action taken, open mitigated, "
    "open unmitigated, escalated, not started, started, draft, proposed, raised, logged, monitoring, under review",
    RiskStatus.OCCURRED: "materialised, materialized, now an issue, closed occurred, realised, realized, is an issue, "
    "became an issue, happened, converted to issue",
    Response.AVOID: "avoidance, terminate, remove, eliminate",
    Response.REDUCE: "mitigate, mitigation, treat, treatment, control, minimise, reduction",
    Response.TRANSFER: "insure, transference",
    Response.ACCEPT: "acceptance, tolerate, retain, monitor",
    Response.CONTINGENCY: "contingent plan, prepare contingent plan, fallback, contingency plan",
    Response.EXPLOIT: "take",
    Proximity.IMMINENT: "immediately, immediate, now, in this phase, close",
    Proximity.STAGE: "within this stage, this stage, short term, near",
    Proximity.PROJECT: "inside the project, this project, medium term",
    Proximity.BEYOND: "outside, outside the project, long term, distant",
    Level.CRITICAL: "p1, urgent, very high, vh, showstopper, immediate, severe, extreme",
    Level.HIGH: "p2, h, major, serious",
    Level.MEDIUM: "p3, m, med, moderate, normal, average",
    Level.LOW: "p4, l, minor, very low, trivial",
    IssueType.CHANGE: "rfc, change request, change, cr",
    IssueType.OFF_SPECIFICATION: "off spec, deviation, deviation from specification",
    IssueType.PROBLEM: "issue, defect, fault",
    IssueStatus.RESOLVED: "fixed, solved",
    AssumptionStatus.VALID: "validated, true, confirmed, yes, held, proven",
    AssumptionStatus.INVALID: "false, no, disproved, wrong, did not hold",
    DependencyStatus.AGREED: "committed, promised, accepted, yes",
    DependencyStatus.DELIVERED: "complete, completed, done, met, received, closed, achieved, fulfilled",
    Direction.INBOUND: "in, incoming, we need, receiving",
    Direction.OUTBOUND: "out, outgoing, we give, giving",
    DecisionStatus.PENDING: "open, required, awaiting, to be made, requested, proposed, new",
    DecisionStatus.APPROVED: "agreed, made, decided, yes, accepted, done",
    DecisionStatus.DEFERRED: "postponed, on hold",
}


def parse_rag(cell: object, *, suggest: bool = True) -> Parsed:
    """A rating code R, AR, A, AG, G or C; `Red - supplier late` keeps its words. Never green by default.

    `suggest` asks for the likeliest words where it is no rating, which takes longer.
    """
    text = cell_text(cell)  # type: ignore[arg-type]
    if code := rag_codes().get(_fold_rag(text)):
        return read(code)
    if says_nothing(text) or _fold_rag(text) in _NOT_RATED:
        return emptied(text)
    if len(text) <= _MOST_RATING and (code := _rag_among_words(text)):
        return read(code, text)
    if text in _NUMBERED:
        return unread(text, f"“{text}” is a number; say which rating it stands for.", _THREE)
    near = _nearest(text, [rag.label for rag in Rag]) if suggest else ()
    return unread(text, f"“{shorten(text)}” is no rating.", near)


def _rag_among_words(text: str) -> str | None:
    """The rating in `Red - supplier late`, `Amber ↑`, `Status: Red` or `Green → Amber`, where the later one holds."""
    if moved := _MOVED.fullmatch(text):
        text = moved["now"]
    bare = _NAMED.sub("", text).rstrip(_MARKS)
    match = _FOLLOWED.fullmatch(bare)
    return rag_codes().get(_fold_rag(bare)) or (rag_codes().get(_fold_rag(match["word"])) if match else None)


def fill_rag(colour: str) -> str | None:
    """The rating a fill colour (six hexadecimal digits) shows; None for white, grey and colours that are no rating."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.2 or not 0.1 < light < 0.97:  # noqa: PLR2004  greys, black and white
        return None
    degrees = hue * 360
    for least, code in ((330, Rag.RED), (250, None), (180, Rag.COMPLETE), (68, Rag.GREEN), (18, Rag.AMBER)):
        if degrees >= least:
            return code
    return Rag.RED


def parse_yes_no(cell: object) -> Parsed:
    """True or False; `Yes - see note` keeps its words."""
    text = cell_text(cell)  # type: ignore[arg-type]
    folded = text.casefold().rstrip(".!")
    if folded in _YES or folded in _NO:
        return read(folded in _YES)
    if says_nothing(text):
        return emptied(text)
    first = re.match(r"(yes|no)\b|(y|n)\s*[-–—(,;:]", folded)
    if first:
        return read(first[0].startswith("y"), text)
    return unread(text, f"“{shorten(text)}” is neither yes nor no.", ("Yes", "No"))


def parse_choice(cell: object, choices: tuple[str, ...], *, suggest: bool = True) -> Parsed:
    """One of the choices, by its word or a synonym; any word where there are no choices. `suggest` as in parse_rag."""
    text = cell_text(cell)  # type: ignore[arg-type]
    if not choices:
        return emptied(text) if says_nothing(text) and len(text) <= 3 else read(" ".join(text.split()))  # noqa: PLR2004
    if found := text if text in choices else choice_words(choices).get(_fold(text)):
        return read(str(found))
    if says_nothing(text):
        return emptied(text)
    match = _REMARKED.fullmatch(text)
    if match and (found := choice_words(choices).get(_fold(match["word"]))):
        return read(found, text)
    near = _nearest(text, list(map(str, choices))) if suggest else ()
    return unread(text, f"“{shorten(text)}” is none of: {', '.join(choices)}.", near)


@cache
def rag_codes() -> dict[str, str]:
    """Rating codes by folded word."""
    return {word: code.value for code, words in _RAG_WORDS.items() for word in words.split(", ")}


@cache
def choice_words(choices: tuple[str, ...]) -> dict[str, str]:
    """The choices by folded word, synonyms included; a choice's own word wins."""
    synonyms = {_fold(word): choice for choice in choices for word in _SYNONYMS.get(choice, "").split(", ") if word}
    return synonyms | {folded: str(choice) for choice in choices if (folded := _fold(choice))}


def _fold_rag(text: str) -> str:
    return " ".join(re.sub(r"[/\\\-–_+]", " ", text.casefold()).split()) if len(text) <= _MOST_RATING else ""


def _fold(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


def _nearest(text: str, words: list[str]) -> tuple[str, ...]:
    if len(text) > _LONGEST_WORD:
        return ()
    from rapidfuzz import fuzz, process  # noqa: PLC0415  heavy, and only an unknown word needs it: not at start-up

    found = process.extract(text, words, scorer=fuzz.WRatio, score_cutoff=60, limit=3)
    return tuple(word for word, _, _ in found)
