"""A methodology as a folder of Markdown: read back as it was written, mended by hand, and never outside its folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from pmo_desktop.exchange import methodfolder
from pmo_desktop.exchange.methodfolder import method_files, read_method_folder, write_method_folder
from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.method import Guide, Method, MethodPhase, Template, Term
from pmo_desktop.store.errors import Known
from tests.exchange.methodlaws import any_methods
from tests.figures.test_methods import METHOD

GATE = "## Gate G1: Go?\n\n- Question: Is it worth it?\n- Decides: Sponsor\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of METHOD, to be edited."""
    write_method_folder(METHOD, tmp_path / "method")
    return tmp_path / "method"


@given(any_methods())
@settings(max_examples=30, deadline=None)
def test_any_methodology_is_read_back_as_it_was(method: Method) -> None:
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "method"
        write_method_folder(method, target)
        assert read_method_folder(target) == method


def test_line_ends_of_another_system_and_a_byte_order_mark_change_nothing(folder: Path) -> None:
    for path in folder.rglob("*.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_method_folder(folder) == METHOD


def test_it_reads_as_people_would_write_it() -> None:
    files = {name: content.decode("utf-8", "replace") for name, content in method_files(METHOD).items()}
    assert list(files) == [
        "method.md",
        "phases/01-think.md",
        "phases/02-do.md",
        "guidance/01-start-here.md",
        "guidance/02-how-to-think.md",
        "templates/note.docx",
    ]
    assert files["guidance/01-start-here.md"] == "# Start here\n\n---\n\n# Start\n\nThink *first*.\n"
    assert "## Gate G1: Go?\n\n- Question: Is it worth it?\n- Decides: Sponsor\n" in files["phases/01-think.md"]
    assert "| brief | Sponsor | Accountable |" in files["method.md"]


def test_a_page_that_an_editor_trimmed_and_a_heading_without_its_table_are_read(folder: Path) -> None:
    page = folder / "guidance" / "01-start-here.md"
    page.write_text("# Start here\n---\nThink.")
    head = folder / "method.md"
    head.write_text(head.read_text().split("## RACI")[0] + "## RACI\n")
    (folder / "templates" / "note.docx").unlink()
    method = read_method_folder(folder)
    assert method.guidance[0].text == "Think."
    assert method.duties == ()


def test_a_letter_is_enough_for_a_duty_and_a_page_needs_no_text(folder: Path) -> None:
    head = folder / "method.md"
    head.write_text(head.read_text().replace("Accountable", "c"))
    (folder / "guidance" / "01-start-here.md").write_text("# Start here")
    method = read_method_folder(folder)
    assert method.duties[0].duty is Duty.CONSULTED
    assert method.guidance[0] == Guide("Start here")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("method.md", "# Methodology two-steps: Two", "Two", r"method\.md, line 1: a heading that begins with #"),
        ("method.md", "# Methodology two-steps", "## Methodology x", r"line 1: a file begins with a heading"),
        ("method.md", "# Methodology two-steps:", "# Two steps", r"line 1: a heading “Methodology code: name”"),
        ("method.md", "Tier 2", "Tier 9", r"line 4: “Tier 9” is not one of Tier 1, Tier 2, Tier 3"),
        ("method.md", "Version:", "Edition:", r"line 3: “Edition” does not belong here; known are Proposed for,"),
        ("method.md", "- Summary: Think", "- Version: Think", r"line 5: “Version” stands here for the second time"),
        ("method.md", "- Summary: Think, then do.", "Think!", r"line 5: this is neither a heading, a line"),
        ("method.md", "## RACI", "## Racing", r"line 8: only the tables RACI, Glossary, Templates stand"),
        ("method.md", "| Concerns | Role | Duty |", "| Role |", r"line 10: a table with the columns Concerns \| Role"),
        ("method.md", "| --- | --- | --- |\n", "", r"line 11: a line of dashes"),
        ("method.md", "| brief | Sponsor | A", "| brief | A", r"line 12: this row has 2 cells and the table 3 columns"),
        ("method.md", "| brief | Sponsor | Accountable |", "| brief", r"line 12: the row of a table begins and ends"),
        ("method.md", "Accountable", "Liable", r"line 12: “Liable” is not one of Responsible, Accountable,"),
        ("method.md", "| note.docx |\n", "| ../note.docx |\n", r"“../note\.docx” is not the plain name of a file"),
        ("method.md", "| note.docx |\n", "| gone.docx |\n", r"templates/gone\.docx is not a file in"),
        ("phases/01-think.md", "4.5", "a month", r"phases/01-think\.md, line 4: “a month” is not a number of weeks"),
        ("phases/01-think.md", "4.5", "-1", r"line 4: “-1” is not a number of weeks"),
        ("phases/01-think.md", "Tier 1 and 2", "Everybody", r"“Everybody” is not one of All projects, Tier 1 and 2,"),
        ("phases/01-think.md", "## Gate G1", "## Door G1", r"line 13: a heading “Gate code: name” is expected"),
        ("phases/01-think.md", GATE, "", r"line 14: below a phase stand ## Deliverable and"),
        ("phases/01-think.md", "- Purpose", "| a |\n- Purpose", r"line 3: no table is expected"),
        ("guidance/01-start-here.md", "---", "## More\n---", r"line 3: the text of a page stands below a line ---"),
        ("guidance/01-start-here.md", "---", "*", r"line 3: this is neither"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_file_and_line(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Known, match=said):
        read_method_folder(folder)


def test_a_text_in_another_encoding_is_said_with_its_line(folder: Path) -> None:
    (folder / "method.md").write_bytes("# Methodology a: b\n\n- Summary: café\n".encode("latin-1"))
    with pytest.raises(Known, match=r"method\.md, line 3: it is not UTF-8 text"):
        read_method_folder(folder)


def test_a_folder_without_its_head_is_no_methodology(tmp_path: Path) -> None:
    with pytest.raises(Known, match=r"has no file method\.md"):
        read_method_folder(tmp_path)


@pytest.mark.parametrize("within", ["templates", "phases"])
def test_a_file_that_belongs_to_nothing_is_not_left_out_silently(folder: Path, within: str) -> None:
    (folder / within / "notes.txt").write_text("mine")
    with pytest.raises(Known, match=rf"{within}/notes\.txt is n"):
        read_method_folder(folder)


def test_what_a_system_leaves_in_folders_is_no_matter(folder: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "~$note.docx"):
        (folder / "templates" / name).write_text("x")
    assert read_method_folder(folder) == METHOD


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.docx"
    secret.write_text("secret")
    (folder / "templates" / "note.docx").unlink()
    (folder / "templates" / "note.docx").symlink_to(secret)
    with pytest.raises(Known, match=r"templates/note\.docx is not a file in"):
        read_method_folder(folder)


def test_names_of_templates_stay_in_the_folder_and_are_told_apart() -> None:
    names = ("../../x.docx", "x.docx", "X.docx", "Überblick: 1.docx", "con", "...", "a" * 300 + ".docx")
    method = Method("a", "A", "1", templates=tuple(Template(str(n), "T", each, b"") for n, each in enumerate(names)))
    kept = [name.removeprefix("templates/") for name in method_files(method) if name.startswith("templates/")]
    expected = ["x.docx", "x (2).docx", "X (3).docx", "Uberblick- 1.docx", "_con", "template", "a" * 80 + ".docx"]
    assert kept == expected


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("MOST_TEXT", "method.md is too large"),
        ("MOST_TEMPLATE", "note.docx is too large"),
        ("MOST_FILES", "phases has"),
    ],
)
def test_more_than_is_safe_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, said: str) -> None:
    monkeypatch.setattr(methodfolder, limit, 1)
    with pytest.raises(Known, match=said):
        read_method_folder(folder)


def test_a_file_that_may_not_be_opened_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Known, match=r"method\.md cannot be opened \(Permission denied\)"):
        read_method_folder(folder)


def test_an_empty_folder_is_filled_and_a_full_one_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_method_folder(METHOD, tmp_path / "empty")
    assert read_method_folder(tmp_path / "empty") == METHOD
    with pytest.raises(Known, match="is not empty"):
        write_method_folder(METHOD, tmp_path / "empty")


def test_a_place_that_is_missing_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Known, match="does not exist"):
        write_method_folder(METHOD, tmp_path / "gone" / "method")
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Known, match="the disk is full"):
        write_method_folder(METHOD, tmp_path / "method")
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def test_many_phases_keep_their_order(tmp_path: Path) -> None:
    method = Method("a", "A", "1", phases=tuple(MethodPhase(f"p{n}", "P") for n in range(101)), terms=(Term("-", "-"),))
    write_method_folder(method, tmp_path / "m")
    assert read_method_folder(tmp_path / "m") == method
