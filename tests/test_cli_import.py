"""The words of `import` that answer questions, and the password that no command line shows."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Font

from pmo_desktop.cli import main

PASSWORD = "pass word"


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    path = tmp_path / "small.pmo"
    assert main(["new", str(path)]) == 0
    return path


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A register with a hidden row and one that is struck through."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Register"
    sheet.append(["Ref", "Project name", "Project status", "Department"])
    for number in range(1, 5):
        sheet.append([f"A-{number}", f"Project {number}", "Active", "Estates"])
    sheet.row_dimensions[3].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


@pytest.fixture
def locked(marked: Path, tmp_path: Path) -> Path:
    """The same behind a password."""
    path = tmp_path / "locked.xlsx"
    with marked.open("rb") as plain, path.open("wb") as out:
        OOXMLFile(io.BytesIO(plain.read())).encrypt(PASSWORD, out)
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    """What a trial import answers."""
    capsys.readouterr()
    assert main(["import", *(str(word) for word in words), "--dry-run", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "read", "asked"),
    [
        ([], 4, ["hidden", "struck"]),
        (["--hidden", "read"], 4, ["struck"]),
        (["--hidden", "leave"], 3, ["struck"]),
        (["--hidden", "leave", "--struck", "leave"], 2, []),
        (["--struck", "close"], 4, ["hidden"]),
    ],
)
def test_hidden_and_struck_rows_are_answered(
    portfolio: Path, marked: Path, capsys: pytest.CaptureFixture[str], words: list[str], read: int, asked: list[str]
) -> None:
    told = answer(capsys, portfolio, marked, *words)
    assert told["tables"][0]["rows"]["new"] == read
    assert [question["option"] for question in told["questions"]] == asked


def test_a_struck_row_is_closed(portfolio: Path, marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(portfolio), str(marked)]) == 0
    capsys.readouterr()
    assert main(["list", str(portfolio), "projects", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["lifecycle_status"] for row in rows] == ["Active", "Active", "Closed", "Active"]


def test_a_password_is_asked_for_and_read_from_a_file(
    portfolio: Path, locked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(portfolio), str(locked)]) == 1
    assert "protected by a password" in capsys.readouterr().err
    secret = tmp_path / "secret.txt"
    secret.write_text("wrong\n", encoding="utf-8")
    assert main(["import", str(portfolio), str(locked), "--password-file", str(secret)]) == 1
    assert "does not open it" in capsys.readouterr().err
    secret.write_text(f"{PASSWORD}\nmore\n", encoding="utf-8-sig")
    assert answer(capsys, portfolio, locked, "--password-file", secret)["tables"][0]["rows"]["new"] == 4


@pytest.mark.parametrize(
    ("content", "says"), [(None, "cannot be read"), (b"", "no first line"), (b"\xff\xfe\xfa", "read")]
)
def test_a_password_file_without_one_is_said(
    portfolio: Path, marked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, says: str
) -> None:
    secret = tmp_path / "secret.txt"
    if content is not None:
        secret.write_bytes(content)
    assert main(["import", str(portfolio), str(marked), "--password-file", str(secret)]) == 1
    assert says in capsys.readouterr().err
