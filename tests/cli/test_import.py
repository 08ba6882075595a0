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
from tests.cli.command import answer, make_sheet

PASSWORD = "pass word"


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A register with a hidden row and one that is struck through."""
    rows = [[f"A-{number}", f"Project {number}", "Active", "Estates"] for number in range(1, 5)]
    book, sheet = make_sheet([["Ref", "Project name", "Project status", "Department"], *rows])
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


def trial(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    """What a trial import answers."""
    return answer(capsys, "import", *words, "--dry-run", "--json")


@pytest.mark.parametrize(
    ("words", "departments", "asked"),
    [
        ([], ["Ways", "Ways", "Water", "Water"], ["fill_down"]),
        (["--groups", "fill"], ["Ways", "Ways", "Water", "Water"], []),
        (["--groups", "leave"], ["Ways", None, "Water", None], []),
    ],
)
def test_names_on_the_first_row_of_a_group_are_answered(
    portfolio: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    departments: list[str | None],
    asked: list[str],
) -> None:
    groups = enumerate(["Ways", None, "Water", None])
    book, _ = make_sheet(
        [["Department", "Ref", "Project name"], *([each, f"A-{n}", f"Road {n}"] for n, each in groups)]
    )
    book.save(tmp_path / "groups.xlsx")
    told = answer(capsys, "import", portfolio, tmp_path / "groups.xlsx", "--json", *words)
    assert [question["option"] for question in told["questions"]] == asked
    rows = answer(capsys, "list", portfolio, "projects", "--json")
    assert [row["department"] for row in sorted(rows, key=lambda row: str(row["ref"]))] == departments


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
    told = trial(capsys, portfolio, marked, *words)
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
    assert trial(capsys, portfolio, locked, "--password-file", secret)["tables"][0]["rows"]["new"] == 4


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


HEADS = ("Ref", "Project name", "Department", "Project status")


def write_rows(path: Path, *rows: tuple[str | None, ...], heads: tuple[str, ...] = HEADS) -> Path:
    """A register of projects on the sheet “Register”, its header in row 1."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Register"
    for row in (heads, *rows):
        sheet.append(row)
    book.save(path)
    return path


def say(folder: Path, mapping: object) -> Path:
    """A mapping file."""
    path = folder / "mapping.json"
    path.write_text(json.dumps(mapping), encoding="utf-8")
    return path


def projects(portfolio: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The projects as listed, by reference."""
    capsys.readouterr()
    assert main(["list", str(portfolio), "projects", "--json"]) == 0
    return {row["ref"]: row for row in json.loads(capsys.readouterr().out)}


ROWS = [(f"A-{number}", f"Project {number}", "Estates", "Active") for number in range(1, 4)]


@pytest.fixture
def held(portfolio: Path, tmp_path: Path) -> Path:
    """The portfolio holds three projects of a file."""
    assert main(["import", str(portfolio), str(write_rows(tmp_path / "register.xlsx", *ROWS))]) == 0
    return portfolio


def bring(held: Path, folder: Path, mapping: object, *rows: tuple[str | None, ...]) -> int:
    """Import the next file with a mapping."""
    book = write_rows(folder / "register.xlsx", *rows)
    return main(["import", str(held), str(book), "--mapping", str(say(folder, mapping))])


@pytest.mark.parametrize(("word", "left"), [("keep", "Estates"), ("clear", None)])
def test_a_mapping_says_what_a_blank_means(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], word: str, left: str | None
) -> None:
    row = ("A-1", "Project 1", None, "Active")
    assert bring(held, tmp_path, {"blank": {"Department": word}}, row, *ROWS[1:]) == 0
    assert projects(held, capsys)["A-1"]["department"] == left


def test_a_mapping_skips_rows_and_mends_cells(held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(*row[:2], "Moved", row[3]) for row in ROWS]
    assert bring(held, tmp_path, {"skip": ["Register!3"], "fixes": {"Register!C4": "Mended"}}, *rows) == 0
    found = projects(held, capsys)
    assert [found[ref]["department"] for ref in ("A-1", "A-2", "A-3")] == ["Moved", "Estates", "Mended"]


def test_a_mapping_says_what_rows_are_told_by(held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(held, tmp_path, {"match_on": {"projects": "Name"}}, ("Z-9", "Project 1", "Estates", "Active")) == 0
    assert sorted(projects(held, capsys)) == ["A-2", "A-3", "Z-9"]


def test_a_mapping_says_which_record_a_row_is(held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    identity = projects(held, capsys)["A-1"]["id"]
    same = {"Register!2": identity, "Register!3": "new"}
    rows = [("Z-1", "Quite another", "Estates", "Active"), ("Z-2", "Another again", "Estates", "Active")]
    assert bring(held, tmp_path, {"same": same}, *rows) == 0
    found = projects(held, capsys)
    assert sorted(found) == ["A-2", "A-3", "Z-1", "Z-2"]
    assert found["Z-1"]["id"] == identity


def edit_here(held: Path, folder: Path) -> None:
    """Another office's form changes two departments, so that the first file's next month finds them changed."""
    heads = ("Project ID", "Department")
    rows = [("A-1", "Ours"), ("A-2", "Ours")]
    book = write_rows(folder / "other.xlsx", *rows, heads=heads)
    assert main(["import", str(held), str(book), "--into", "projects"]) == 0


@pytest.mark.parametrize(
    ("resolve", "departments"),
    [
        ({}, ["Ours", "Ours"]),
        ({"columns": {"department": "theirs"}}, ["Theirs", "Theirs"]),
        ({"columns": {"Department": "ours"}}, ["Ours", "Ours"]),
        ({"columns": {"DEPARTMENT": "theirs"}, "cells": {"Register!C3": "ours"}}, ["Theirs", "Ours"]),
        ({"cells": {"Register!C3": "theirs"}}, ["Ours", "Theirs"]),
    ],
)
def test_a_mapping_settles_conflicts(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], resolve: object, departments: list[str]
) -> None:
    edit_here(held, tmp_path)
    rows = [(*row[:2], "Theirs", row[3]) for row in ROWS[:2]]
    capsys.readouterr()
    book = write_rows(tmp_path / "register.xlsx", *rows, ROWS[2])
    told = trial(capsys, held, book)
    assert [each["answer"] for each in told["tables"][0]["conflicts"]] == ["ask", "ask"]
    assert bring(held, tmp_path, {"resolve": resolve}, *rows, ROWS[2]) == 0
    found = projects(held, capsys)
    assert [found[ref]["department"] for ref in ("A-1", "A-2")] == departments


def test_a_mapping_names_cells_of_delimited_text_by_the_files_name(
    portfolio: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "register.csv"
    lines = [",".join(HEADS), *(",".join(row) for row in ROWS)]
    book.write_text("\n".join(lines), encoding="utf-8")
    mapping = say(tmp_path, {"fixes": {"register!C2": "Mended"}, "skip": ["register!3"]})
    assert main(["import", str(portfolio), str(book), "--mapping", str(mapping)]) == 0
    found = projects(portfolio, capsys)
    assert [(ref, row["department"]) for ref, row in sorted(found.items())] == [("A-1", "Mended"), ("A-3", "Estates")]


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ([], "must be an object."),
        ({"colums": {}}, "has “colums”, which is none of columns, values"),
        ({"columns": []}, "“columns” must be an object."),
        ({"columns": {"FFC": 1}}, "“columns” must give a text for “FFC”."),
        ({"columns": {"FFC": "nonsense"}}, "“nonsense”, which is no field"),
        ({"values": {"rag_overall": "R"}}, "“values” must give an object of words for “rag_overall”."),
        ({"values": 1}, "“values” must be an object."),
        ({"people": {"Ann": None}}, "“people” must give a text for “Ann”."),
        ({"blank": {"Department": "empty"}}, "“blank” says “empty” for “Department”; it must be keep or clear."),
        ({"blank": {"Nothing": "keep"}}, "“blank” names “Nothing”, but “register.xlsx” has no such"),
        ({"match_on": {"projets": "name"}}, "“match_on” names the register “projets”; choose one of projects"),
        ({"match_on": {"projects": "nom"}}, "“match_on” names “nom”, which is no field of projects."),
        ({"same": {"Register!C5": "new"}}, "“same” names “Register!C5”; write it as “Sheet!5”."),
        ({"same": {"Register!2": "x"}}, "“Register!2” is said to be the record x, which that register does not hold."),
        ({"same": {"Register!77": "new"}}, "“same” names “Register!77”, but no record is read from that row."),
        ({"resolve": {"rows": {}}}, "“resolve” must be an object with “columns” and “cells”."),
        ({"resolve": {"columns": {"eac": "ask"}}}, "“resolve” says “ask” for “eac”; it must be theirs or ours."),
        (
            {"resolve": {"columns": {"nonsense": "ours"}}},
            "“resolve” names “nonsense”, but “register.xlsx” has no such",
        ),
        ({"resolve": {"cells": {"Register!5": "ours"}}}, "“resolve” names “Register!5”; write it as “Sheet!F5”."),
        ({"skip": {"Register!5": 1}}, "“skip” must be a list of rows such as “Sheet!5”."),
        ({"skip": ["Register!"]}, "“skip” names “Register!”; write it as “Sheet!5”."),
        ({"skip": ["Regster!5"]}, "An answer names “Regster!5”, but the sheets of “register.xlsx” are Register."),
        ({"fixes": {"F5": "1"}}, "“fixes” names “F5”; write it as “Sheet!F5”."),
    ],
)
def test_a_mapping_that_means_nothing_is_refused_in_one_sentence(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], mapping: object, says: str
) -> None:
    before = projects(held, capsys)
    assert bring(held, tmp_path, mapping, ("A-1", "Project 1", "Moved", "Active")) == 1
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert projects(held, capsys) == before


def test_a_stop_from_the_keyboard_writes_nothing(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = projects(held, capsys)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pmo_desktop.operations.imports.remember_files", stop)  # the last thing that is written
    assert bring(held, tmp_path, {}, ("A-1", "Project 1", "Moved", "Active")) == 1
    assert capsys.readouterr().err == "Stopped. Nothing is left half-written; give the command again.\n"
    monkeypatch.undo()
    assert projects(held, capsys) == before


def test_answers_that_are_used_again_are_told_with_their_file(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(held, tmp_path, {"columns": {"Department": "ignore"}}, ("A-1", "Another", "Moved", "Active")) == 0
    told = trial(capsys, held, tmp_path / "register.xlsx")
    assert [each["file"] for each in told["reused"]] == ["register.xlsx"]
    assert told["notes"][0].startswith("Answers of “register.xlsx”, ")
    assert trial(capsys, held, tmp_path / "register.xlsx", "--fresh")["reused"] == []


def test_a_mapping_says_on_which_scale_numbers_are(
    portfolio: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Risks"
    for row in (["Risk ID", "Risk", "Likelihood", "Impact"], ["R1", "Rain", 1, 3], ["R2", "Wind", 2, 2]):
        sheet.append(row)
    path = tmp_path / "risks.xlsx"
    book.save(path)
    (question,) = trial(capsys, portfolio, path)["questions"]
    assert (question["option"], question["choices"][:2]) == ("scales", ["1-5", "1-3"])
    mapping = say(tmp_path, {"scales": {"Likelihood": "3-1"}})
    assert main(["import", str(portfolio), str(path), "--mapping", str(mapping)]) == 0
    capsys.readouterr()
    assert main(["list", str(portfolio), "risks", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(each["prob_inherent"], each["impact_inherent"]) for each in listed] == [(4, 2), (3, 3)]
    assert (
        main(["import", str(portfolio), str(path), "--mapping", str(say(tmp_path, {"scales": {"Likelihood": "9-1"}}))])
        == 1
    )
    assert "says “9-1” for “Likelihood”" in capsys.readouterr().err
