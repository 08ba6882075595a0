"""Names of files made of anybody's words: one file, in no other folder, written over nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.exchange.filenames import clean_name, next_name, write_new
from pmo_desktop.store.errors import Known


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Business case.docx", "Business case.docx"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\win.ini", "C-Windows-win.ini"),
        ("a/b\x00c\n.docx", "a-b-c.docx"),
        ("con.docx", "_con.docx"),
        ("  .hidden. ", "hidden"),
        ("", "document"),
        ("...", "document"),
        ("Überblick 1.2 of March", "Überblick 1.2 of March"),
        ("x" * 300 + ".xlsx", "x" * 80 + ".xlsx"),
        ("a\u202etxt.docx", "a-txt.docx"),
    ],
)
def test_a_name_is_cleaned(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_a_plain_name_is_ascii() -> None:
    assert clean_name("Überblick – 1.docx", plain=True) == "Uberblick - 1.docx"


@given(st.text(st.characters()))
def test_no_name_leaves_its_folder(text: str) -> None:
    for plain in (False, True):
        name = clean_name(text, plain=plain)
        assert Path(name).name == name
        assert name.encode()
        assert len(name) <= 90
        assert not set(name) & set('/\\:*?"<>|')


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert next_name("A.docx", {"a.docx", "a (2).docx"}) == "A (3).docx"
    assert next_name("A.docx", lambda name: name == "a.docx") == "A (2).docx"


def test_a_file_is_written_beside_those_that_are_there(tmp_path: Path) -> None:
    first, second = (write_new(tmp_path, "Brief.docx", content) for content in (b"one", b"two"))
    assert (first.name, second.name) == ("Brief.docx", "Brief (2).docx")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")


def test_who_is_faster_keeps_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Brief.docx").write_bytes(b"theirs")
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))
    assert write_new(tmp_path, "Brief.docx", b"ours").name == "Brief (2).docx"
    assert (tmp_path / "Brief.docx").read_bytes() == b"theirs"


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Known, match="does not exist"):
        write_new(tmp_path / "gone", "a.docx", b"")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(Known, match="the disk is full"):
        write_new(tmp_path, "a.docx", b"")
    assert not (tmp_path / "a.docx").exists()
