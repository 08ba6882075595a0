"""The pack's pages of gates ahead and of compliance: sentences that the page proves, no page without matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pmo_desktop.figures.audits import FindingsOverview
from pmo_desktop.figures.gatecheck import GateDay
from pmo_desktop.figures.overrides import OverrideCount
from pmo_desktop.operations.gates import answer_criteria
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.compliance import compliance_message
from pmo_desktop.reports.gatesahead import gates_message, plan_gates
from pmo_desktop.reports.governance import Governance
from pmo_desktop.reports.pack import PackOptions
from pmo_desktop.reports.style import PAPERS
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.rules.assurance import Answer, Grade
from pmo_desktop.rules.compliance import Event, Mode, Outcome
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_person, a_project, a_report, a_row, change_row
from tests.operations.gatestage import BRIEF, MONEY, Stage, make_stage
from tests.reports.conftest import DATA_DATE, Printer
from tests.reports.records import HOSTILE

COVER = PackOptions(projects=())


@pytest.fixture
def stage(store: Store) -> Stage:
    made = make_stage(store)
    change_row(store, "project", made.project, lifecycle_status="Active")
    return made


def page_of(printed: Printer, store: Store, anchor: str, options: PackOptions = COVER) -> str:
    reader, built = printed(store, options)
    return " ".join(reader.pages[built.numbers[anchor] - 1].extract_text().split())


def an_override(store: Store, event: Event, outcome: Outcome, on: date = DATA_DATE) -> None:
    cells = {"event": str(event), "outcome": str(outcome), "mode": str(Mode.CONTROLLING), "reaction": "Warn"}
    a_row(store, "override", done_on=on, subject="It", **cells)


class TestGatesAhead:
    """Which gates fall due, and what is in their way."""

    def test_the_page_lists_gates_by_day_with_what_is_in_the_way(self, stage: Stage, printed: Printer) -> None:
        answer_criteria(stage.store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.NO}, {MONEY: "No."})
        late = a_project(stage.store, "Late", ref="L-1", custom={})
        a_milestone(stage.store, late, "Old", type="Gate", gate="L1", forecast=date(2026, 11, 3), custom={})
        text = page_of(printed, stage.store, "gates-ahead")
        assert "One gate falls due in the next 13 weeks, and is not ready yet; one more is overdue" in text
        assert "13 November 2026 to 12 February 2027, 2 mandatory items in the way" in text
        assert "Overdue 03 Nov 26 L1 Old L-1 Late \N{EN DASH} \N{EN DASH} Nothing is mandatory" in text
        assert "In the next 30 days 30 Nov 26 G1 Go? HW-101 Billing A 33% The money is there: not met Brief" in text

    def test_what_has_no_room_stands_in_the_annex(self, stage: Stage, printed: Printer) -> None:
        for number in range(4):
            name = f"Deliverable {number} " + HOSTILE
            own = {"project": stage.project, "gate": "G1", "mandatory": True, "custom": {}}
            a_row(stage.store, "deliverable", name=name, **own)
        reader, built = printed(stage.store, COVER)
        page = " ".join(reader.pages[built.numbers["gates-ahead"] - 1].extract_text().split())
        assert "and five more" in page
        annexed = "".join(reader.pages[-1].extract_text().split())
        assert all("".join(f"Deliverable {number} {HOSTILE}".split()) in annexed for number in range(4))

    def test_how_a_thing_stands_is_never_cut(self, stage: Stage, printed: Printer) -> None:
        change_row(stage.store, "deliverable", stage.brief, name="Very long name " * 9)
        answer_criteria(stage.store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.YES})
        assert "\N{HORIZONTAL ELLIPSIS}: not started" in page_of(printed, stage.store, "gates-ahead")

    def test_there_is_no_page_without_a_methodology_or_without_a_gate_ahead(
        self, store: Store, printed: Printer
    ) -> None:
        project = a_project(store, "Plain", custom={})
        a_milestone(store, project, "Gate", type="Gate", gate="X1", forecast=DATA_DATE, custom={})
        assert {"gates-ahead", "compliance"} & printed(store, COVER)[1].numbers.keys() == set()
        stage = make_stage(store)
        for milestone in (stage.first, stage.second):
            change_row(store, "milestone", milestone, forecast=date(2028, 1, 1))
        assert "gates-ahead" in printed(store, COVER)[1].numbers  # that of the other project
        change_row(store, "project", project, lifecycle_status="Closed")
        assert "gates-ahead" not in printed(store, COVER)[1].numbers

    @pytest.mark.parametrize("paper", ["a4", "letter"])
    def test_any_number_of_gates_flows_over_pages(self, stage: Stage, paper: str) -> None:
        for number in range(60):
            project = a_project(stage.store, f"Project {number}", ref=f"P-{number}", custom={})
            day = DATA_DATE + timedelta(days=number * 2 - 20)
            a_milestone(stage.store, project, HOSTILE, type="Gate", gate="P1", forecast=day, custom={})
        sheets = plan_gates(read_subject(stage.store), PAPERS[paper], Annex())
        assert len(sheets) > 2
        assert [bool(sheet.anchors) for sheet in sheets] == [True, *[False] * (len(sheets) - 1)]

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            ([(5, 100.0)], "One gate falls due in the next 13 weeks, and is ready"),
            ([(5, 100.0), (0, 100.0)], "Two gates fall due in the next 13 weeks, all of them ready"),
            ([(5, 100.0), (9, 40.0)], "Two gates fall due in the next 13 weeks, one of them ready"),
            ([(5, 0.0), (9, 40.0)], "Two gates fall due in the next 13 weeks, none of them ready yet"),
            ([(5, None)], "One gate falls due in the next 13 weeks"),
            ([(-5, 1.0), (-1, 1.0)], "Two gates are overdue; none falls due in the next 13 weeks"),
            ([(-5, 1.0), (1, None)], "One gate falls due in the next 13 weeks; one more is overdue"),
            ([(-5, 1.0)], "One gate is overdue; none falls due in the next 13 weeks"),
        ],
    )
    def test_the_sentence_follows_the_gates(self, days: Sequence[tuple[int, float | None]], words: str) -> None:
        gates = [
            GateDay("p", "P", "G1", "Go?", DATA_DATE, ahead, 30, ready, (), 0 if ready is None else 5, 0, 0)
            for ahead, ready in days
        ]
        assert gates_message(gates) == words


class TestCompliance:
    """How much of what is due is met, by whom; and what was got past."""

    def test_the_page_has_shares_controls_overrides_and_findings(self, stage: Stage, printed: Printer) -> None:
        store = stage.store
        a_report(store, stage.project, date(2026, 9, 30))
        a_report(store, stage.project, date(2026, 10, 31))
        an_override(store, Event.SKIPPED, Outcome.WAIVED)
        an_override(store, Event.SKIPPED, Outcome.WAIVED)
        an_override(store, Event.START, Outcome.WARNED, date(2026, 1, 1))
        owner = a_person(store, "Ann")
        late = {"grade": "Critical", "owner": owner, "due": date(2026, 11, 1)}
        a_row(store, "finding", title="No plan", ref="F-1", status="Open", custom={}, **late)
        a_row(store, "finding", title="No tea", custom={})
        text = page_of(printed, store, "compliance")
        assert "of what is due is met; " in text
        assert "By manager, the lowest first Projects Met Waived Share Priya Nair 1 " in text
        assert "All projects 1 " in text
        assert "By methodology and version Projects Met Waived Share Two steps 1.0 1 " in text
        assert "Controls met least often Met Waived Share " in text
        assert "Size class given 0 of 1 \N{EN DASH} 0.0%" in text
        assert "Rules got past since 30 September 2026 Gate skipped Waived 2" in text
        assert "Started without gate approval" not in text
        assert "Two audit findings open, one overdue R 1 critical \N{EN DASH} 1 not graded" in text
        assert "01 Nov 26 F-1 No plan Ann" in text

    def test_many_of_everything_is_counted_and_stands_in_the_annex(self, stage: Stage, printed: Printer) -> None:
        store = stage.store
        for number in range(40):
            person = a_person(store, f"Manager {number:02} " + "of a long name " * 4)
            a_project(store, f"P {number}", pm=person, lifecycle_status="Active", custom={})
        for event in Event:
            for outcome in Outcome:
                an_override(store, event, outcome)
        for number in range(7):
            due = DATA_DATE - timedelta(days=number + 1)
            a_row(store, "finding", title=f"{number} {HOSTILE * 3}", grade="Essential", due=due, custom={})
        for paper in ("a4", "letter"):
            reader, built = printed(store, PackOptions(paper, projects=()))
            text = " ".join(reader.pages[built.numbers["compliance"] - 1].extract_text().split())
            assert "more lines, in full on page" in text
            assert "25 other kinds 25" in text
            assert "Seven audit findings open, seven overdue, the five longest due" in text
        annexed = " ".join(" ".join(page.extract_text() for page in reader.pages[-6:]).split())
        assert all(f"Manager {number:02}" in annexed for number in range(40))
        assert annexed.count("{{ 7*7 }}") >= 15

    def test_where_all_is_met_that_is_said(self, stage: Stage, printed: Printer) -> None:
        store = stage.store
        change_row(store, "project", stage.project, tier="Tier 2", start_forecast=date(2027, 1, 1))
        a_row(store, "finding", title="Old", status="Verified", custom={})
        text = page_of(printed, store, "compliance")
        assert "All that is due is met" in text
        assert "Every control that is due is met in every project." in text
        assert "No rule was got past." in text
        assert "No finding is open; 1 finding closed." in text

    def test_without_a_methodology_overrides_and_findings_are_still_told(self, store: Store, printed: Printer) -> None:
        an_override(store, Event.RATING, Outcome.APPROVED)
        text = page_of(printed, store, "compliance")
        assert "Rules were got past once so far" in text
        assert "Rating overridden Approved 1" in text
        assert "No finding is open." in text
        a_row(store, "finding", title="No plan", grade="Recommended", custom={})
        assert "One audit finding is open" in page_of(printed, store, "compliance")

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"open": {Grade.CRITICAL: 2}}, "Two audit findings are open"),
            ({"open": {Grade.CRITICAL: 2}, "overdue": ({},)}, "Two audit findings are open, one of them overdue"),
            ({}, "Rules were got past three times since 30 September 2026"),
        ],
    )
    def test_the_sentence_follows_what_there_is(self, values: dict[str, Any], words: str) -> None:
        findings = replace(FindingsOverview({}, (), (), (), 0), **values)
        passed = OverrideCount(Event.START, Outcome.WAIVED, Mode.DIRECTIVE, 3)
        found = Governance((), None, (passed,), date(2026, 9, 30), findings)
        assert compliance_message(found) == words
