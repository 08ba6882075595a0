"""What templates may name of a project is said in words, and what is not known is empty."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.documentvalues import document_values
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_person, a_programme, a_project, a_row


def test_a_project_is_said_in_words(store: Store) -> None:
    ada, ben = a_person(store, "Ada Obi"), a_person(store, "Ben Lee")
    project = a_project(
        store,
        "Trams",
        ref="T-1",
        programme=a_programme(store, "Streets"),
        sro=ada,
        pm=ben,
        currency="GBP",
        budget_approved=731_000_050,
        eac=-500,
        finish_forecast=date(2027, 6, 18),
        rag_overall="AR",
        pct_complete=45.0,
    )
    values = document_values(store, project)
    found = values["project"]
    assert (values["sponsor"], values["manager"]) == ("Ada Obi", "Ben Lee")
    assert (found["name"], found["ref"], found["programme"]) == ("Trams", "T-1", "Streets")
    assert (found["budget"], found["forecast"], found["spent"]) == ("£7,310,000.50", "−£5", "")
    assert (found["finish"], found["start"], found["complete"]) == ("18 June 2027", "", "45%")
    assert found["rating"] == "Amber/Red"
    assert values["data_date"]


def test_a_project_of_which_nothing_is_known_has_empty_values(store: Store) -> None:
    values = document_values(store, a_row(store, "project", ref="T-1"))
    assert values["project"]["name"] == "T-1"
    assert {name for name, text in values["project"].items() if text} == {"name", "ref"}
    assert {name: values[name] for name in ("sponsor", "manager", "organisation")} == {
        "sponsor": "", "manager": "", "organisation": "",
    }  # fmt: skip
    assert [values[name] for name in ("milestones", "risks", "issues", "deliverables", "benefits")] == [[]] * 5


def test_milestones_stand_by_date_and_those_of_other_projects_elsewhere(store: Store) -> None:
    project = a_project(store)
    a_milestone(store, project, "Later", forecast=date(2027, 5, 1), baseline=date(2027, 1, 1))
    a_milestone(store, project, "Undated")
    a_milestone(store, project, "Sooner", actual=date(2026, 5, 1), owner=a_person(store, "Ada"))
    a_milestone(store, a_project(store, "Beta"), "Theirs")
    found = document_values(store, project)["milestones"]
    assert [each["name"] for each in found] == ["Sooner", "Later", "Undated"]
    assert found[0] | {"ref": ""} == {
        "ref": "", "name": "Sooner", "type": "", "baseline": "", "forecast": "", "actual": "1 May 2026",
        "owner": "Ada", "status": "",
    }  # fmt: skip


def test_open_risks_stand_by_score_and_closed_ones_are_left_out(store: Store) -> None:
    project = a_project(store)
    a_row(store, "risk", project=project, title="Unrated")
    a_row(
        store,
        "risk",
        project=project,
        title="Small",
        prob_inherent=5,
        impact_inherent=5,
        prob_residual=1,
        impact_residual=2,
    )
    a_row(store, "risk", project=project, title="Large", prob_inherent=4, impact_inherent=4, actions="Insure")
    a_row(store, "risk", project=project, title="Gone", prob_inherent=5, impact_inherent=5, status="Closed")
    found = document_values(store, project)["risks"]
    assert [(each["title"], each["likelihood"], each["impact"], each["score"], each["response"]) for each in found] == [
        ("Large", "4", "4", "16", "Insure"),
        ("Small", "1", "2", "2", ""),
        ("Unrated", "", "", "", ""),
    ]


def test_open_issues_deliverables_and_benefits_are_listed(store: Store) -> None:
    project, ada = a_project(store), a_person(store, "Ada")
    a_row(store, "issue", project=project, title="Permit", priority="High", next_step="Ask", status="Open")
    a_row(store, "issue", project=project, title="Old", status="Closed")
    a_row(store, "deliverable", project=project, name="Plan", acceptor=ada, due=date(2026, 12, 1), status="Accepted")
    a_row(
        store, "benefit", project=project, title="Days", unit="days", baseline_value=19.0, target_value=7.5, owner=ada
    )
    values = document_values(store, project)
    assert [(each["title"], each["priority"], each["action"]) for each in values["issues"]] == [
        ("Permit", "High", "Ask")
    ]
    assert values["deliverables"] == [
        {
            "ref": "",
            "name": "Plan",
            "owner": "",
            "acceptor": "Ada",
            "acceptance": "",
            "due": "1 December 2026",
            "status": "Accepted",
        }
    ]
    (benefit,) = values["benefits"]
    assert (benefit["baseline"], benefit["target"], benefit["actual"], benefit["owner"]) == (
        "19 days",
        "7.5 days",
        "",
        "Ada",
    )


def test_a_project_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        document_values(store, "gone")
