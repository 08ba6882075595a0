"""The shipped methodologies: complete enough to run a project by, in our own words, and nobody's marks in them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from pmo_desktop.exchange.methodfolder import method_files, read_method_folder
from pmo_desktop.resources import resource_path
from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.methodcheck import find_faults

CODES = (
    "agile-light",
    "hybrid",
    "managed-stages",
    "portfolio-flow",
    "predictive",
    "public-gates",
    "small-work",
)
ROOT = Path(__file__).resolve().parents[2]
# domain.md h.3. “Stage-Gate” is the mark; “stage gate” is an ordinary word, and so is MSP in the name of a file format.
MARKS = re.compile(
    r"PRINCE ?2|\bMSP\b|\bMoP\b|M_o_R|\bP3O\b|\bP3M3\b|\bITIL\b|AXELOS|PeopleCert|PMBOK|\bPMI\b|\bPMP\b|OPM3"
    r"|\bSAFe\b|Scaled Agile|\bCMMI\b|\bStage-Gate\b|\bGateway\b"
)
MERGE_FIELDS = ("{{ project.name }}", "{{ project.ref }}", "{{ sponsor }}", "{{ manager }}", "{{ data_date }}")


@cache
def starter(code: str) -> Method:
    """One of them, read once."""
    return read_method_folder(resource_path("methods", code))


@cache
def document_text(content: bytes) -> str:
    """All words of an Office file, without its markup."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pieces = [parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]*>", "", "\n".join(pieces))


def templates() -> dict[str, bytes]:
    """Every shipped template by its file name."""
    return {each.file_name: each.content for code in CODES for each in starter(code).templates}


def test_the_seven_are_there() -> None:
    assert {path.name for path in resource_path("methods").iterdir()} == set(CODES)
    proposed = {code: starter(code).tier for code in CODES if starter(code).tier}
    assert proposed == {"managed-stages": "Tier 2", "public-gates": "Tier 1", "small-work": "Tier 3"}


@pytest.mark.parametrize("code", CODES)
def test_the_folder_is_what_would_be_written_of_it(code: str) -> None:
    folder = resource_path("methods", code)
    files = method_files(starter(code))
    assert {name: (folder / name).read_bytes().replace(b"\r\n", b"\n") for name in files if name.endswith(".md")} == {
        name: content for name, content in files.items() if name.endswith(".md")
    }


@pytest.mark.parametrize("code", CODES)
def test_it_holds_together(code: str) -> None:
    method = starter(code)
    assert find_faults(method) == ()
    assert (method.code, method.version) == (code, "1.0")
    assert len(method.guidance) >= 3
    assert len(method.terms) >= 6
    assert "\n\n" in method.guidance[0].text


@pytest.mark.parametrize("code", CODES)
def test_every_phase_gate_and_criterion_says_what_a_project_needs_to_know(code: str) -> None:
    for phase in starter(code).phases:
        assert phase.purpose
        assert phase.weeks
        assert phase.deliverables
        assert phase.gates
        for gate in phase.gates:
            assert gate.question.endswith("?")
            assert gate.decides
            assert 5 <= len(gate.criteria) <= 10
            assert all(each.section and each.guidance and each.role and each.evidence for each in gate.criteria)


@pytest.mark.parametrize("code", CODES)
def test_evidence_is_due_no_later_than_its_gate(code: str) -> None:
    so_far = set[str]()
    for phase in starter(code).phases:
        so_far |= {each.code for each in phase.deliverables}
        for gate in phase.gates:
            assert {each.evidence for each in gate.criteria} <= so_far


@pytest.mark.parametrize("code", CODES)
def test_nobody_accepts_their_own_work_and_one_answers_for_each_part(code: str) -> None:
    method = starter(code)
    for _, output in method.outputs():
        assert output.purpose
        assert output.acceptance
        assert output.example
        assert output.role != output.acceptor
    concerned = {output.code for _, output in method.outputs()} | {gate.code for _, gate in method.gates()}
    answering = [each.concerns for each in method.duties if each.duty is Duty.ACCOUNTABLE]
    assert sorted(answering) == sorted(concerned)


def test_what_is_the_same_thing_has_the_same_code_and_name_everywhere() -> None:
    names: dict[str, set[str]] = {}
    for code in CODES:
        for _, output in starter(code).outputs():
            names.setdefault(output.code, set()).add(output.name)
    assert not {code for code, found in names.items() if len(found) > 1}
    assert sum("lessons-report" in {output.code for _, output in starter(code).outputs()} for code in CODES) >= 4


def test_there_are_many_templates_and_each_works() -> None:
    found = templates()
    assert len(found) >= 20
    for name, content in found.items():
        text = document_text(content)
        assert [field for field in MERGE_FIELDS if field not in text] == [], name
        if name.endswith(".docx"):
            styles = [each.style for each in Document(io.BytesIO(content)).paragraphs]
            assert sum(style is not None and style.name == "Heading 1" for style in styles) >= 3, name
        else:
            assert load_workbook(io.BytesIO(content)).worksheets[0]["A5"].value


def test_a_template_of_one_name_is_the_same_in_every_methodology() -> None:
    contents: dict[str, set[bytes]] = {}
    for code in CODES:
        for each in starter(code).templates:
            contents.setdefault(each.file_name, set()).add(each.content)
    assert not {name for name, found in contents.items() if len(found) > 1}


def test_nobodys_marks_stand_in_what_is_shipped() -> None:
    folder = resource_path("methods")
    texts = {path.name: path.name for path in folder.rglob("*")}
    texts |= {name: document_text(content) for name, content in templates().items()}
    for path in [*folder.rglob("*.md"), resource_path("sample", "portfolio.json"), ROOT / "README.md"]:
        lines = path.read_text(encoding="utf-8").splitlines()
        texts[str(path.relative_to(ROOT))] = "\n".join(
            line for line in lines if not line.startswith("- Speaks the terms of:")
        )
    assert {name: found[0] for name, text in texts.items() if (found := MARKS.search(text))} == {}


@pytest.mark.parametrize("code", CODES)
def test_where_marks_are_named_it_is_said_whose_they_are(code: str) -> None:
    speaks = starter(code).speaks
    assert speaks
    if MARKS.search(speaks):
        assert "trade marks of their owners" in speaks
        assert "do not endorse it" in speaks
