"""The command line, command by command, on a small portfolio."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from pmo_desktop.cli import COMMANDS, main, make_parser, run_command
from pmo_desktop.operations import files, sample
from pmo_desktop.store.errors import Known
from pmo_desktop.store.opening import open_store
from tests.builders import a_project, a_resource, a_row, an_allocation
from tests.cli.command import answer, make_sheet

HEADER: list[Any] = ["Project ID", "Project", "Programme", "PM", "RAG", "Finish", "EAC (£k)", "Colour of the door"]
ROWS: list[list[Any]] = [
    ["A-1", "Alpha", "Customer", "Priya Nair", "Red", "18/06/2027", 7310, "blue"],
    ["A-2", "Beta", "Customer", "Tom Okafor", "Green", "26/03/2027", "not known", "=1+1"],
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book, sheet = make_sheet([HEADER, *ROWS])
    sheet["H3"].data_type = "s"
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


def test_an_import_answers_in_the_promised_form(
    portfolio: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer(capsys, "import", portfolio, workbook, "--json")
    assert set(told) == {"batch", "tables", "questions", "people", "reused", "notes"}
    (table,) = told["tables"]
    assert (table["sheet"], table["into"], table["header_row"]) == ("Register", "projects", 1)
    assert table["rows"] == {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "rejected": 0, "conflicts": 0}
    columns = {column["header"]: column["field"] for column in table["columns"]}
    assert columns["PM"] == "pm"
    assert columns["EAC (£k)"] == "eac"
    (problem,) = table["problems"]
    assert (problem["cell"], problem["text"]) == ("Register!G3", "not known")


def test_a_dry_run_writes_nothing(portfolio: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "import", portfolio, workbook, "--dry-run", "--json")
    assert told["batch"] is None
    assert told["tables"][0]["rows"]["new"] == 2
    assert answer(capsys, "list", portfolio, "projects", "--json") == []


def test_a_list_has_raw_values_own_fields_and_kept_texts(
    portfolio: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "import", portfolio, workbook, "--json")
    alpha, beta = answer(capsys, "list", portfolio, "projects", "--json")
    assert (alpha["ref"], alpha["eac"], alpha["currency"], alpha["finish_forecast"]) == (
        "A-1",
        731_000_000,
        "GBP",
        "2027-06-18",
    )
    assert (alpha["pm"], alpha["programme"], alpha["rag_overall"]) == ("Priya Nair", "Customer", "R")
    assert alpha["custom"] == {"Colour of the door": "blue"}
    assert (beta["eac"], beta["texts"]["eac"], beta["custom"]) == (None, "not known", {"Colour of the door": "=1+1"})


def test_importing_again_changes_nothing(portfolio: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(capsys, "import", portfolio, workbook, "--json")
    told = answer(capsys, "import", portfolio, workbook, "--json")
    assert told["batch"] is None
    assert told["tables"][0]["rows"] == {
        "read": 2,
        "new": 0,
        "changed": 0,
        "unchanged": 2,
        "rejected": 0,
        "conflicts": 0,
    }


def test_an_import_is_undone_and_redone_by_number(
    portfolio: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = answer(capsys, "import", portfolio, workbook, "--json")["batch"]
    assert main(["undo", str(portfolio), str(batch)]) == 0
    assert answer(capsys, "list", portfolio, "projects", "--json") == []
    assert main(["redo", str(portfolio)]) == 0
    assert len(answer(capsys, "list", portfolio, "projects", "--json")) == 2
    history = answer(capsys, "history", portfolio, "--json")
    assert [(each["undoes"], each["undone"]) for each in history[:3]] == [
        (batch + 1, False),
        (batch, True),
        (None, False),
    ]


def test_an_export_comes_back_unchanged(
    portfolio: Path, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "import", portfolio, workbook, "--json")
    out = tmp_path / "out.xlsx"
    assert main(["export", str(portfolio), str(out)]) == 0
    told = answer(capsys, "import", portfolio, out, "--json")
    assert told["batch"] is None
    kept = {table["into"]: table["rows"] for table in told["tables"] if table["into"]}
    assert kept["projects"]["unchanged"] == 2


def test_a_pack_is_written_twice_to_equal_bytes(portfolio: Path, workbook: Path, tmp_path: Path) -> None:
    assert main(["import", str(portfolio), str(workbook)]) == 0
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for path in (one, two):
        assert main(["pack", str(portfolio), str(path), "--data-date", "2026-11-13"]) == 0
    assert one.read_bytes() == two.read_bytes()
    assert len(PdfReader(one).pages) >= 3


def test_a_backup_is_restored_to_a_new_file(
    portfolio: Path, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "import", portfolio, workbook, "--json")
    folder = tmp_path / "backups"
    folder.mkdir()
    assert main(["backup", str(portfolio), str(folder)]) == 0
    (made,) = folder.rglob("*.pmo")
    again = tmp_path / "again.pmo"
    assert main(["restore", str(made), str(again)]) == 0
    assert main(["check", str(again)]) == 0
    assert len(answer(capsys, "list", again, "projects", "--json")) == 2


def test_a_list_of_bookings_says_when_and_how_much(portfolio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store(portfolio)) as store:
        chris, alpha = a_resource(store, "Chris Obi"), a_project(store, "Alpha")
        an_allocation(store, chris, alpha)
        a_row(store, "absence", resource=chris, start=date(2026, 12, 1), finish=date(2026, 12, 3), type="Holiday")
    said = {}
    for register in ("allocations", "absences"):
        capsys.readouterr()
        assert main(["list", str(portfolio), register]) == 0
        said[register] = capsys.readouterr().out
    assert said["allocations"].strip() == "Chris Obi  Alpha  2026-11-16  2026-11-20  50  %"
    assert said["absences"].strip() == "Chris Obi  2026-12-01  Holiday  2026-12-03"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["list", "missing.pmo", "projects"], "no file"),
        (["list", "{file}", "projectz"], "There is no register projectz"),
        (["undo", "{file}", "77"], "There is no batch 77"),
        (["undo", "{file}"], "nothing to undo"),
        (["new", "{file}"], "there already"),
        (["import", "{file}", "missing.xlsx"], "missing.xlsx"),
        (["import", "{file}", "{file}"], "small.pmo"),
        (["restore", "{file}", "{file}"], "small.pmo"),
    ],
)
def test_a_known_problem_is_one_line_and_status_1(
    portfolio: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(file=portfolio) for word in words]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["pack"],
        ["list", "a.pmo"],
        ["import", "a.pmo", "b.xlsx", "--money-unit", "t"],
        ["import", "a.pmo", "b.xlsx", "--currency", ""],
        ["import", "a.pmo", "b.xlsx", "--currency", "pounds"],
        ["a.pmo", "b.pmo"],
        ["--wrong"],
        ["pack", "a.pmo", "b.pdf", "--data-date", "2026-13-01"],
        ["undo", "a.pmo", "9" * 24],
        ["undo", "a.pmo", "last"],
        *(["shots", "a.pmo", "b", "--size", size] for size in ("0x0", "5", "10x", "99999x99999")),
        *(["shots", "a.pmo", "b", "--scale", scale] for scale in ("0", "nan", "inf", "-1", "1000", "big")),
    ],
)
def test_wrong_usage_is_status_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_every_command_is_dispatched() -> None:
    parser = make_parser()
    (choices,) = [each.choices for each in parser._actions if each.choices]
    assert choices is not None
    assert set(choices) == set(COMMANDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"other": 1}',
        '{"columns": []}',
        '{"columns": {"PM": 5}}',
        '{"columns": null}',
        '{"values": [1]}',
        '{"values": {"PM": "x"}}',
        '{"values": {"PM": {"x": {}}}}',
    ],
)
def test_a_mapping_that_is_none_is_said(
    portfolio: Path, workbook: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(text, encoding="utf-8")
    assert main(["import", str(portfolio), str(workbook), "--mapping", str(mapping)]) == 1
    assert "mapping" in capsys.readouterr().err


def test_a_mapping_saved_with_a_byte_order_mark_is_read(portfolio: Path, workbook: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"columns": {"Colour of the door": "ignore"}}', encoding="utf-8-sig")
    assert main(["import", str(portfolio), str(workbook), "--mapping", str(mapping)]) == 0


def test_the_grid_is_a_workbook_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "sample.pmo", tmp_path / "grid.xlsx"
    assert main(["new", str(path), "--sample"]) == 0
    assert main(["export", str(path), str(out), "--grid", "--unit", "%", "--period", "month"]) == 0
    sheet = openpyxl.load_workbook(out)["Capacity grid"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} >= {"Engineering", "Chris Obi"}
    assert {row[3].value for row in sheet.iter_rows(min_row=2)} == {"%", "days"}
    assert main(["export", str(path), str(out), "teams", "--grid"]) == 1
    assert "a workbook of its own" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export", "pack"])
def test_no_output_takes_the_place_of_the_portfolio(
    portfolio: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = portfolio.read_bytes()
    assert main([command, str(portfolio), str(portfolio)]) == 1
    assert "a portfolio of that name lies there" in capsys.readouterr().err
    assert portfolio.read_bytes() == before


def run_apart(out: int, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own, with `out` as its output."""
    return subprocess.run(
        [sys.executable, "-m", "pmo_desktop", *map(str, words)],
        stdout=out,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
        check=False,
    )


def test_output_is_utf8_whatever_the_system_prefers(portfolio: Path) -> None:
    target = portfolio.with_name("Über 🚀.xlsx")
    done = run_apart(subprocess.PIPE, "export", portfolio, target, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").strip() == f"Wrote {target}."


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full, a device that is always full")
def test_output_without_room_is_one_line(portfolio: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run_apart(full.fileno(), "history", portfolio)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert b"No space left" in done.stderr


def test_an_interrupted_command_ends_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_options: argparse.Namespace) -> None:
        raise KeyboardInterrupt

    assert run_command(interrupt, argparse.Namespace()) == 1
    assert capsys.readouterr().err == "Stopped. Nothing is left half-written; give the command again.\n"


def test_pictures_into_a_folder_that_is_a_file_are_one_line(
    portfolio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shots", str(portfolio), str(portfolio)]) == 1
    assert "small.pmo" in capsys.readouterr().err


def test_a_sample_that_finds_no_room_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_store: object) -> None:
        raise Known("The disk is full.")

    monkeypatch.setattr(sample, "load_sample", refuse)
    assert main(["new", str(tmp_path / "a.pmo"), "--sample"]) == 1
    assert capsys.readouterr().err == "The disk is full.\n"
    assert list(tmp_path.glob("a.pmo*")) == []


def test_a_backup_that_fails_at_closing_does_not_deny_what_was_done(
    portfolio: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise Known("The disk is full.")

    answer(capsys, "import", portfolio, workbook, "--json")
    monkeypatch.setattr(files, "back_up_if_due", refuse)
    assert main(["undo", str(portfolio)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Undo: ")
    assert said.err == "The backup at closing failed: The disk is full.\n"


def test_managers_are_asked_chased_and_read_back(
    portfolio: Path, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "import", portfolio, workbook, "--json")
    assert answer(capsys, "chase", portfolio, "--json") == []
    (sent,) = answer(capsys, "sendout", portfolio, tmp_path, "--person", "priya nair", "--due", "2199-01-01", "--json")
    assert (sent["name"], sent["rows"]) == ("Priya Nair", {"projects": 1})
    (waiting,) = answer(capsys, "chase", portfolio, "--json")
    assert (waiting["send_out"], waiting["state"], waiting["due"]) == (sent["send_out"], "waiting", "2199-01-01")
    assert main(["chase", str(portfolio)]) == 0
    assert "Priya Nair: Sent" in capsys.readouterr().out
    assert answer(capsys, "import", portfolio, sent["path"], "--json")["batch"] is not None
    assert main(["chase", str(portfolio)]) == 0
    assert capsys.readouterr().out == "Nobody is waited for: every workbook that was sent out has come back.\n"
    assert main(["sendout", str(portfolio), str(tmp_path)]) == 0
    assert "Tom Okafor: 1 project, " in capsys.readouterr().out
    assert main(["sendout", str(portfolio), str(tmp_path), "--person", "Nobody"]) == 1
