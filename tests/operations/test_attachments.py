"""Files and links put to entries are kept once, leave the portfolio only into the folder named, and never run."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmo_desktop.figures.attachments import read_attachments
from pmo_desktop.operations import attachments
from pmo_desktop.operations.attachments import (
    attach_file,
    attach_link,
    copy_to_open,
    export_attachment,
    remove_attachment,
)
from pmo_desktop.operations.deletion import delete_records, deletion_sentence
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_project, a_row, state_hash
from tests.rules.oracles import oracles


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "case.pdf"
    path.write_bytes(b"%PDF the case")
    return path


@pytest.fixture
def alpha(store: Store) -> str:
    return a_project(store, ref="A-1")


def blobs(store: Store) -> int:
    count: int = store.raw.execute("SELECT count(*) FROM blob").fetchone()[0]
    return count


def hostile(store: Store, name: str, content: bytes = b"x") -> str:
    """An attachment whose name nobody cleaned, as a file of another program could bring it."""
    path = Path(os.environ["HOME"]) / "plain.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    owner = a_row(store, "lesson", title="Keep it")
    identity = attach_file(store, "lesson", owner, path)
    safe = name.encode("utf-8", "replace").decode()
    with store.lock:
        kept = store.raw.execute("SELECT blob FROM attachment WHERE id = ?", (identity,)).fetchone()[0]
    return a_row(store, "attachment", register="lesson", row=owner, name=safe, blob=kept)


def test_a_file_is_attached_as_one_step_that_can_be_undone(store: Store, alpha: str, paper: Path) -> None:
    before = state_hash(store)
    identity = attach_file(store, "project", alpha, paper, " Signed ")
    assert latest_batches(store)[0].what == "Attach case.pdf to A-1"
    row = read_row(store, "attachment", identity)
    assert row is not None
    told = (row["name"], row["size"], row["note"], row["added_by"], row["added_on"])
    assert told == ("case.pdf", 13, "Signed", "ann", date(2026, 11, 13))
    undo(store)
    assert state_hash(store) == before


def test_the_same_bytes_are_kept_once(store: Store, alpha: str, paper: Path) -> None:
    other = a_project(store, "Beta")
    for project in (alpha, other):
        attach_file(store, "project", project, paper)
    assert (len(read_rows(store, "attachment")), blobs(store)) == (2, 1)


def test_an_answer_of_a_gate_review_has_attachments_too(store: Store, alpha: str, paper: Path) -> None:
    review = a_row(store, "gate_review", project=alpha, code="G1")
    answer = a_row(store, "gate_answer", review=review, code="g1-money", text="The money is there.")
    attach_file(store, "gate_answer", answer, paper)
    assert latest_batches(store)[0].what == "Attach case.pdf to g1-money"
    assert list(read_attachments(store, "gate_answer", [answer])) == [answer]


@pytest.mark.parametrize("kind", ["missing", "folder", "unreadable", "large"])
def test_what_cannot_be_attached_changes_nothing(
    store: Store, alpha: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / "big.bin"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(b"12345")
    if kind == "large":
        monkeypatch.setattr(attachments, "MOST_BYTES", 4)
    if kind == "unreadable":
        monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    before = state_hash(store)
    words = {"unreadable": "cannot be read .Permission denied", "large": "is larger than 0 MB.* attach a link"}
    with pytest.raises(Known, match=words.get(kind, "is not a file that is there")):
        attach_file(store, "project", alpha, path)
    assert state_hash(store) == before


def test_the_same_file_is_not_attached_twice_to_one_entry(store: Store, alpha: str, paper: Path) -> None:
    attach_file(store, "project", alpha, paper)
    with pytest.raises(Known, match=r"case[.]pdf is attached there already"):
        attach_file(store, "project", alpha, paper)


def test_an_entry_that_is_gone_takes_no_attachment(store: Store, paper: Path) -> None:
    with pytest.raises(Known, match="has been deleted"):
        attach_file(store, "risk", "gone", paper)


def test_a_link_is_kept_with_its_name(store: Store, alpha: str) -> None:
    attach_link(store, "project", alpha, " https://files.merrow.example/case?v=2 ", "Case", "The signed one")
    attach_link(store, "project", alpha, "http://merrow.example")
    (found,) = read_attachments(store, "project", [alpha]).values()
    assert [(each.name, each.link, each.size_text) for each in found] == [
        ("Case", "https://files.merrow.example/case?v=2", ""),
        ("http://merrow.example", "http://merrow.example", ""),
    ]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("file:///etc/passwd", "must begin with https"),
        ("javascript:alert(1)", "must begin with https"),
        ("ms-word:ofe|u|https://x.example", "must begin with https"),
        ("\\\\server\\share", "must begin with https"),
        ("https://", "must begin with https"),
        ("https://x.example/a b", "must begin with https"),
        ("https://x.example/\u202egpj", "must begin with https"),
        ("https://[x", "is no address"),
        ("https://ann:secret@x.example", "a name or a password"),
        ("https://x.example/" + "a" * 2_000, "is longer than"),
    ],
)
def test_other_addresses_are_refused(store: Store, alpha: str, link: str, words: str) -> None:
    with pytest.raises(Known, match=words):
        attach_link(store, "project", alpha, link)
    assert not read_rows(store, "attachment")


def test_an_attachment_is_removed_and_comes_back_with_its_bytes(store: Store, alpha: str, paper: Path) -> None:
    identity = attach_file(store, "project", alpha, paper)
    assert remove_attachment(store, identity)
    with pytest.raises(Known, match="has been removed"):
        remove_attachment(store, identity)
    undo(store)
    assert export_attachment(store, identity, paper.parent).read_bytes() == paper.read_bytes()


def test_attachments_go_with_what_they_belong_to(store: Store, alpha: str, paper: Path) -> None:
    risk = a_row(store, "risk", project=alpha, title="Late steel")
    attach_file(store, "project", alpha, paper)
    attach_file(store, "risk", risk, paper)
    assert "with 1 attachment." in deletion_sentence(store, "risk", [risk])
    delete_records(store, "risk", [risk])
    assert [row["row"] for row in read_rows(store, "attachment")] == [alpha]
    undo(store)
    assert len(read_rows(store, "attachment")) == 2


def test_an_export_never_overwrites(store: Store, alpha: str, paper: Path, tmp_path: Path) -> None:
    identity = attach_file(store, "project", alpha, paper)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "case.pdf").write_text("mine")
    (folder / "case (2).pdf").symlink_to(tmp_path / "elsewhere.pdf")
    written = export_attachment(store, identity, folder)
    assert (written.name, written.read_bytes()) == ("case (3).pdf", paper.read_bytes())
    assert (folder / "case.pdf").read_text() == "mine"
    assert not (tmp_path / "elsewhere.pdf").exists()


def test_an_export_says_where_it_cannot_write(store: Store, alpha: str, paper: Path, tmp_path: Path) -> None:
    identity = attach_file(store, "project", alpha, paper)
    with pytest.raises(Known, match="does not exist"):
        export_attachment(store, identity, tmp_path / "nowhere")


def test_a_disk_that_fills_leaves_no_half_file(
    store: Store, alpha: str, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = attach_file(store, "project", alpha, paper)
    folder = tmp_path / "out"
    folder.mkdir()
    real = os.fdopen

    def full(handle: int, mode: str) -> Any:
        real(handle, mode).close()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(Known, match="the disk is full"):
        export_attachment(store, identity, folder)
    assert not list(folder.iterdir())


def test_a_folder_full_of_one_name_is_said(
    store: Store, alpha: str, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = attach_file(store, "project", alpha, paper)
    monkeypatch.setattr(attachments, "_MOST_NUMBER", 2)
    with pytest.raises(Known, match="too many files"):
        export_attachment(store, identity, tmp_path)


def test_a_name_that_were_still_a_path_is_not_written(
    store: Store, alpha: str, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = attach_file(store, "project", alpha, paper)
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(attachments, "clean_name", lambda _: "../escaped.pdf")
    with pytest.raises(Known, match="was not written"):
        export_attachment(store, identity, folder)
    assert not (tmp_path / "escaped.pdf").exists()


def test_a_link_has_nothing_to_write(store: Store, alpha: str, tmp_path: Path) -> None:
    identity = attach_link(store, "project", alpha, "https://x.example", "Case")
    with pytest.raises(Known, match="Case is a link"):
        export_attachment(store, identity, tmp_path)


def test_a_copy_to_open_is_private_and_goes_with_the_portfolio(paper: Path) -> None:
    store = create_memory_store("ann")
    identity = attach_file(store, "project", a_project(store), paper)
    path = copy_to_open(store, identity)
    assert path.read_bytes() == paper.read_bytes()
    if os.name == "posix":
        assert [each.stat().st_mode & 0o777 for each in (path, path.parent)] == [0o600, 0o700]
    store.close()
    assert not path.parent.exists()


@pytest.mark.parametrize("name", ["setup.exe", "go.sh", "budget.xlsm", "case.pdf .lnk", "a.pdf.js ", "x\u202efdp.hta"])
def test_what_would_run_is_not_opened(store: Store, name: str, tmp_path: Path) -> None:
    identity = hostile(store, name)
    with pytest.raises(Known, match=r"can run a program.* with Export"):
        copy_to_open(store, identity)
    assert export_attachment(store, identity, tmp_path).parent == tmp_path


def test_no_copy_is_left_of_what_is_not_opened(store: Store) -> None:
    identity = hostile(store, "run.bat")
    with pytest.raises(Known):
        copy_to_open(store, identity)
    assert not store.on_close


def made_names(count: int) -> list[str]:
    """Hostile names, each in three styles of path."""
    rng = random.Random(18)
    parts = ["..", "x", "CON", "a b", "....", "%2e%2e", "C:", "~", "y.", "nul.txt", "", "é" * 90, "$(x)", "a\0b", "-rf"]
    names = []
    for _ in range(count):
        chosen = rng.choices(parts, k=rng.randrange(1, 6))
        names += ["/".join(chosen), "\\".join(chosen), "/" + "/".join(chosen) + "\\z.txt"]
    return names


@pytest.mark.parametrize("case", oracles("security.paths"))
def test_the_names_of_the_reference_stay_in_the_folder(case: Any, store: Store, tmp_path: Path) -> None:
    check_names(store, tmp_path, case["inputs"]["names"])


def test_fifty_made_up_names_in_three_styles_stay_in_the_folder(store: Store, tmp_path: Path) -> None:
    check_names(store, tmp_path, made_names(50))


def check_names(store: Store, place: Path, names: list[str]) -> None:
    folder = place / "a" / "b" / "out"
    folder.mkdir(parents=True)
    identity = hostile(store, "x")
    written = {_export_as(store, identity, name, folder) for name in names}
    assert len(written) == len(names)
    assert {path for path in place.rglob("*") if path.is_file() and "home" not in path.parts} == written
    assert all(path.parent == folder for path in written)


def _export_as(store: Store, identity: str, name: str, folder: Path) -> Path:
    """Write an attachment as if it had been called so, NUL and all."""
    real = attachments._content

    def renamed(_store: Store, _attachment: str) -> Any:
        row, content = real(store, identity)
        return row | {"name": name}, content

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attachments, "_content", renamed)
        return export_attachment(store, identity, folder)
