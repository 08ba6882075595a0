"""A document is made from its template, and its deliverable knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_desktop.operations import documents
from pmo_desktop.operations.documents import generate_document
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.method import Method, MethodPhase, Output, Template
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_linked, read_row
from tests.builders import a_project, a_row, state_hash
from tests.exchange.officemade import a_document, texts_of

METHOD = Method(
    "m",
    "Short",
    "1",
    phases=(
        MethodPhase(
            "p",
            "P",
            deliverables=(
                Output("brief", "Brief", template="note"),
                Output("plan", "Plan", template="plan"),
                Output("plan-2", "Plan", template="plan"),
                Output("flyer", "Flyer", template="leaflet"),
                Output("poster", "Poster", template="leaflet"),
                Output("bare", "Bare"),
            ),
        ),
    ),
    templates=(
        Template("note", "Note: a/b", "x.docx", a_document("Note on {{ project.name }}")),
        Template("plan", "Plan", "plan.docx", a_document("Plan")),
        Template("leaflet", "Leaflet", "leaflet.docx", a_document("Leaflet")),
        Template("broken", "Broken", "x.docx", b"x"),
    ),
)


@pytest.fixture
def project(store: Store) -> str:
    return a_project(store, "Trams", ref="T-1", methodology=install_method(store, METHOD))


def a_deliverable(store: Store, project: str, code: str, **values: str) -> str:
    return a_row(store, "deliverable", project=project, name=code, code=code, **values)


def test_a_deliverable_is_made_from_its_template_as_one_step(store: Store, project: str, tmp_path: Path) -> None:
    brief = a_deliverable(store, project, "brief", status="Not started")
    before = state_hash(store)
    path = generate_document(store, project, "brief", tmp_path)
    assert path == tmp_path / "T-1 Note- a-b.docx"
    assert texts_of(path.read_bytes()) == ["Note on Trams"]
    row = read_row(store, "deliverable", brief)
    assert row
    assert (row["template_used"], row["status"]) == (True, "In progress")
    undo(store)
    assert state_hash(store) == before


def test_what_is_further_on_keeps_its_status_and_no_file_is_written_over(
    store: Store, project: str, tmp_path: Path
) -> None:
    brief = a_deliverable(store, project, "brief", status="Submitted")
    names = [generate_document(store, project, code, tmp_path).name for code in ("brief", "note")]
    assert names == ["T-1 Note- a-b.docx", "T-1 Note- a-b (2).docx"]
    row = read_row(store, "deliverable", brief)
    assert row
    assert (row["template_used"], row["status"]) == (True, "Submitted")


def test_a_template_of_several_deliverables_marks_none_and_a_code_the_one(
    store: Store, project: str, tmp_path: Path
) -> None:
    made = [a_deliverable(store, project, code) for code in ("plan", "plan-2")]

    def used() -> list[bool | None]:
        rows = (read_row(store, "deliverable", each) for each in made)
        return [row["template_used"] if row else None for row in rows]

    generate_document(store, project, "plan", tmp_path)  # also the code of a deliverable, which goes first
    assert used() == [True, None]
    undo(store)
    for code in ("flyer", "poster"):
        a_deliverable(store, project, code)
    generate_document(store, project, "leaflet", tmp_path)
    rows = read_linked(store, "deliverable", "project", [project])
    assert not any(row["template_used"] for row in rows)


@pytest.mark.parametrize(
    ("code", "said"), [("bare", "has no template for “bare”"), ("broken", "“Broken” was not filled")]
)
def test_what_cannot_be_made_leaves_no_file_and_no_row_changed(
    store: Store, project: str, tmp_path: Path, code: str, said: str
) -> None:
    before, files = state_hash(store), sorted(tmp_path.iterdir())
    with pytest.raises(Known, match=said):
        generate_document(store, project, code, tmp_path)
    assert (state_hash(store), sorted(tmp_path.iterdir())) == (before, files)


def test_a_project_without_a_methodology_has_no_templates(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Known, match="follows no methodology"):
        generate_document(store, a_project(store), "brief", tmp_path)


def test_when_the_step_fails_the_file_goes(
    store: Store, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_deliverable(store, project, "brief")

    def fail(*_: object) -> None:
        raise Known("no")

    monkeypatch.setattr(documents, "write_rows", fail)
    with pytest.raises(Known, match="no"):
        generate_document(store, project, "brief", tmp_path)
    assert not list(tmp_path.glob("*.docx"))
