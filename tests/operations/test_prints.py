"""Records are written whole or not at all, and what cannot be printed is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from pmo_desktop.operations.prints import closure_pages, print_audit_report, print_closure_report, print_gate_report
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_row
from tests.operations.gatestage import Stage, make_stage


@pytest.fixture
def stage(store: Store) -> Stage:
    return make_stage(store)


def test_each_record_is_a_file_with_its_pages(stage: Stage, tmp_path: Path) -> None:
    store, project = stage.store, stage.project
    audit = a_row(store, "audit", title="Walk round", project=project, custom={})
    titles = {
        "Gate review record": print_gate_report(store, project, "G1", tmp_path / "Gate review record.pdf"),
        "End-project report": print_closure_report(store, project, tmp_path / "End-project report.pdf"),
        "Audit report": print_audit_report(store, audit, tmp_path / "Audit report.pdf", "letter"),
    }
    for title, pages in titles.items():
        reader = PdfReader(tmp_path / f"{title}.pdf")
        assert len(reader.pages) == pages
        assert reader.pages[0].extract_text().startswith(title)
    assert closure_pages(store, project) == (tmp_path / "End-project report.pdf").read_bytes()


Print = Callable[[Stage, Path], object]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda stage, path: print_gate_report(stage.store, stage.project, "G9", path), "has no gate G9"),
        (lambda stage, path: print_gate_report(stage.store, stage.project, "G1", path, "a5"), "'a5' is not known"),
        (lambda stage, path: print_closure_report(stage.store, "gone", path), "has been deleted"),
        (lambda stage, path: print_audit_report(stage.store, "gone", path), "has been deleted"),
    ],
)
def test_what_cannot_be_printed_leaves_no_file(stage: Stage, tmp_path: Path, deed: Print, words: str) -> None:
    target = tmp_path / "record.pdf"
    with pytest.raises(Known, match=words):
        deed(stage, target)
    assert not target.exists()
