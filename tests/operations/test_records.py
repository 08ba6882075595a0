"""Creating, changing, duplicating and closing rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.fields import add_custom_field
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.records import Edit, close_records, create_record, duplicate_records, edit_cells
from pmo_desktop.operations.values import NewName
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows, read_texts
from tests.operations.conftest import Small

DAY = date(2026, 11, 13)


def value(store: Store, entity: str, row: str, name: str) -> Any:
    found = read_row(store, entity, row)
    assert found is not None
    return found[name]


def test_a_typed_name_finds_the_person_who_is_called_so_or_makes_a_verified_one(small: Small) -> None:
    people = read_rows(small.store, "person")
    assert [(each["name"], each["verified"]) for each in people] == [("Priya Nair", True)]
    assert value(small.store, "project", small.beta, "pm") == people[0]["id"]


def test_a_new_project_is_active_and_in_the_portfolios_currency(small: Small) -> None:
    row = read_row(small.store, "project", small.beta)
    assert row is not None
    assert (row["lifecycle_status"], row["currency"]) == ("Active", "GBP")


@pytest.mark.parametrize(
    ("entity", "values", "words"),
    [
        ("project", {}, "a project needs a name or an ID"),
        ("project", {"name": "  \n "}, "a project needs a name or an ID"),
        ("person", {"email": "a@b.example"}, "Name is empty"),
        ("milestone", {"name": "Lost"}, "Project is empty"),
        ("milestone", {"project": None, "name": "Lost"}, "Project may not be empty"),
        ("project", {"ref": "A-1"}, "two projects would have the ID A-1"),
        ("milestone", {"project": NewName("Nowhere"), "name": "Lost"}, "there is no project “Nowhere”"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence_and_nothing_is_written(
    small: Small, entity: str, values: dict[str, Any], words: str
) -> None:
    before = len(latest_batches(small.store))
    with pytest.raises(Known, match=words):
        create_record(small.store, entity, values)
    assert len(latest_batches(small.store)) == before


@pytest.mark.parametrize(
    ("field", "bad", "words"),
    [
        ("pct_complete", float("nan"), "is no number"),
        ("pct_complete", "half", "is no number"),
        ("score", 1e15, "too large"),
        ("eac", 10**17, "no amount of money"),
        ("eac", True, "no amount of money"),
        ("eac", 1.5, "no amount of money"),
        ("finish_forecast", "2027-01-01", "is no date"),
        ("finish_forecast", datetime(2027, 1, 1), "is no date"),
        ("rag_overall", "Green", "is no rating"),
        ("lifecycle_status", "Dormant", "cannot be “Dormant”"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(small: Small, field: str, bad: Any, words: str) -> None:
    with pytest.raises(Known, match=words):
        edit_cells(small.store, "project", [Edit(small.alpha, field, bad)])


def test_a_yes_or_no_is_one_of_the_two(small: Small) -> None:
    person = read_rows(small.store, "person")[0]["id"]
    with pytest.raises(Known, match="neither yes nor no"):
        edit_cells(small.store, "person", [Edit(person, "verified", 1)])


@pytest.mark.parametrize("bad", [0, 10, 2.0, "4", True])
def test_a_point_is_a_whole_number_of_a_scale(small: Small, bad: Any) -> None:
    risk = create_record(small.store, "risk", {"title": "Rain", "prob_inherent": 4})
    with pytest.raises(Known, match="no point of its scale"):
        edit_cells(small.store, "risk", [Edit(risk, "prob_inherent", bad)])


@pytest.mark.parametrize(
    ("entity", "values", "field", "day"),
    [
        ("risk", {"title": "Rain"}, ("status", "Closed"), "date_closed"),
        ("issue", {"title": "Leak"}, ("status", "Closed"), "resolved"),
        ("assumption", {"assumption": "Dry June"}, ("status", "Closed"), "validated_on"),
        ("dependency", {"deliverable": "Crane"}, ("status", "Delivered"), "actual"),
        ("decision", {"title": "Which roof"}, ("status", "Closed"), "date_made"),
        ("action", {"description": "Buy buckets"}, ("status", "Complete"), "done"),
    ],
)
def test_an_entry_is_born_open_and_closed_on_a_day(
    small: Small, entity: str, values: dict[str, Any], field: tuple[str, str], day: str
) -> None:
    made = create_record(small.store, entity, values)
    (born,) = read_rows(small.store, entity)
    assert born["status"] in ("Open", "Pending", "Not started")
    close_records(small.store, entity, [made], DAY)
    (closed,) = read_rows(small.store, entity)
    assert (closed[field[0]], closed[day]) == (field[1], DAY)


def test_a_reference_is_one_risks_own_within_its_project(small: Small) -> None:
    create_record(small.store, "risk", {"title": "Rain", "ref": "R1", "project": small.alpha})
    other = create_record(small.store, "risk", {"title": "Wind", "ref": "R1", "project": small.beta})
    create_record(small.store, "risk", {"title": "Fog", "ref": "R1"})
    create_record(small.store, "risk", {"title": "Ice", "ref": "R1"})
    with pytest.raises(Known, match="two risks of one project would have the ID R1"):
        edit_cells(small.store, "risk", [Edit(other, "project", small.alpha)])
    with pytest.raises(Known, match="two risks of one project would have the ID R1"):
        create_record(small.store, "risk", {"title": "Hail", "ref": "R1", "project": small.beta})


def test_what_is_done_about_a_risk_goes_with_it(small: Small) -> None:
    risk = create_record(small.store, "risk", {"title": "Rain", "project": small.alpha})
    create_record(small.store, "mitigation", {"risk": risk, "description": "Buy buckets"})
    issue = create_record(small.store, "issue", {"title": "Leak", "source_risk": risk})
    delete_records(small.store, "risk", [risk])
    assert read_rows(small.store, "mitigation") == []
    (kept,) = read_rows(small.store, "issue")
    assert (kept["id"], kept["source_risk"]) == (issue, None)


def test_one_edit_is_named_after_its_field_and_row(small: Small) -> None:
    edit_cells(small.store, "project", [Edit(small.alpha, "finish_forecast", DAY)])
    edit_cells(small.store, "project", [Edit(small.alpha, "eac", 1), Edit(small.beta, "eac", 2)])
    edit_cells(small.store, "project", [Edit(small.alpha, "eac", 3), Edit(small.alpha, "score", 2.5)])
    edit_cells(small.store, "milestone", [Edit(small.go_live, "forecast", DAY)])
    assert [deed.what for deed in latest_batches(small.store, 4)] == [
        "Change forecast of Go-live of A-1",
        "Change 2 cells of A-1",
        "Change EAC of 2 projects",
        "Change finish of A-1",
    ]


def test_writing_what_is_there_already_leaves_no_step(small: Small) -> None:
    before = len(latest_batches(small.store))
    assert edit_cells(small.store, "project", [Edit(small.alpha, "name", " Alpha ")]) is None
    assert edit_cells(small.store, "project", []) is None
    assert len(latest_batches(small.store)) == before


def test_own_fields_are_written_beside_the_others(small: Small) -> None:
    carbon = add_custom_field(small.store, "project", "Carbon", Kind.NUMBER).name
    checked = add_custom_field(small.store, "project", "Checked on", Kind.DATE).name
    edit_cells(small.store, "project", [Edit(small.alpha, carbon, 12.5), Edit(small.alpha, checked, DAY)])
    edit_cells(small.store, "project", [Edit(small.alpha, carbon, None)])
    assert value(small.store, "project", small.alpha, carbon) is None
    assert value(small.store, "project", small.alpha, checked) == DAY
    undo(small.store)
    assert value(small.store, "project", small.alpha, carbon) == 12.5


def test_an_edit_of_a_deleted_row_says_so(small: Small) -> None:
    with pytest.raises(Known, match="has been deleted"):
        edit_cells(small.store, "project", [Edit("gone", "name", "x")])


def test_a_value_typed_over_a_kept_text_takes_its_place(small: Small) -> None:
    from sqlalchemy import insert  # noqa: PLC0415 - only this test writes below the operations

    from pmo_desktop.model.source import CellSource  # noqa: PLC0415

    kept = {"id": "t", "register": "project", "row": small.alpha, "name": "eac", "text": "Exempt"}
    with batch(small.store, "keep a text") as work:
        work.connection.execute(insert(CellSource), kept)
    edit_cells(small.store, "project", [Edit(small.alpha, "score", 1.0)])
    assert (small.alpha, "eac") in read_texts(small.store, "project")
    edit_cells(small.store, "project", [Edit(small.alpha, "eac", 5)])
    assert not read_texts(small.store, "project")
    undo(small.store)
    assert read_texts(small.store, "project")[small.alpha, "eac"]["text"] == "Exempt"


def test_a_copy_of_a_project_takes_its_milestones_but_not_its_reference(small: Small) -> None:
    carbon = add_custom_field(small.store, "project", "Carbon", Kind.NUMBER).name
    edit_cells(small.store, "project", [Edit(small.alpha, carbon, 2.5)])
    edit_cells(small.store, "milestone", [Edit(small.go_live, "actual", DAY)])
    (copy,) = duplicate_records(small.store, "project", [small.alpha])
    row = read_row(small.store, "project", copy)
    assert row is not None
    assert (row["ref"], row["name"], row[carbon]) == (None, "Alpha (copy)", 2.5)
    copied = [each for each in read_rows(small.store, "milestone") if each["project"] == copy]
    assert [(each["name"], each["forecast"], each["actual"]) for each in copied] == [
        ("Go-live", date(2027, 6, 18), None)
    ]


def test_a_copy_of_a_project_without_a_name_is_called_by_its_reference(small: Small) -> None:
    nameless = create_record(small.store, "project", {"ref": "Z-9"})
    (copy,) = duplicate_records(small.store, "project", [nameless])
    assert value(small.store, "project", copy, "name") == "Z-9 (copy)"


@pytest.mark.parametrize(
    ("entity", "field", "closed"),
    [("project", "lifecycle_status", "Closed"), ("milestone", "status", "Complete")],
)
def test_closing_writes_the_state_and_the_day(small: Small, entity: str, field: str, closed: str) -> None:
    row = small.alpha if entity == "project" else small.go_live
    close_records(small.store, entity, [row], DAY, why="delivered")
    day = "finish_actual" if entity == "project" else "actual"
    assert value(small.store, entity, row, field) == closed
    assert value(small.store, entity, row, day) == DAY
    assert latest_batches(small.store, 1)[0].why == "delivered"
    assert close_records(small.store, entity, [row], date(2030, 1, 1)) is None


def test_people_and_programmes_are_closed_too_and_a_report_never(small: Small) -> None:
    for entity in ("person", "programme"):
        row = read_rows(small.store, entity)[0]["id"]
        close_records(small.store, entity, [row], DAY)
        assert value(small.store, entity, row, "status") == "Closed"
    with pytest.raises(Known, match="status report is final"):
        close_records(small.store, "status_report", ["any"], DAY)
