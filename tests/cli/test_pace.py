"""A long command tells a terminal how far it is, and Ctrl+C ends it in a sentence that says what was done."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from pmo_desktop import cli_pace
from pmo_desktop.cli import main
from pmo_desktop.exchange import answer as answers
from pmo_desktop.exchange import grid, planning
from pmo_desktop.operations import files, imports
from pmo_desktop.store import pace, undo
from tests.cli.command import answer, make_sheet

STOPPED = "Stopped. Nothing is left half-written; give the command again.\n"


class Terminal(io.StringIO):
    """An error stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book, _ = make_sheet(
        [["Ref", "Project name", "Department"], *([f"A-{n}", f"Bridge {n}", "Ways"] for n in range(9))]
    )
    book.save(tmp_path / "register.xlsx")
    return tmp_path / "register.xlsx"


def press(*_words: object, **_more: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (grid, "decode_answer"),
        (planning, "read_pieces"),
        (planning, "finish"),
        (imports, "back_up_if_due"),
        (imports, "remember_files"),
    ],
)
def test_ctrl_c_during_an_import_leaves_nothing(
    portfolio: Path,
    workbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    where: object,
    name: str,
) -> None:
    before = answer(capsys, "history", portfolio, "--json")
    with monkeypatch.context() as patch:
        patch.setattr(where, name, press)
        assert main(["import", str(portfolio), str(workbook)]) == 1
    assert capsys.readouterr().err == STOPPED
    assert answer(capsys, "history", portfolio, "--json") == before
    assert answer(capsys, "import", portfolio, workbook, "--json")["tables"][0]["rows"]["new"] == 9


def test_ctrl_c_after_the_import_says_that_it_was_done(
    portfolio: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(answers, "import_words", press)
        assert main(["import", str(portfolio), str(workbook)]) == 1
    batch = answer(capsys, "history", portfolio, "--json")[0]["batch"]
    monkeypatch.setattr(answers, "import_words", press)
    assert main(["import", str(portfolio), str(workbook)]) == 1  # this time it changed nothing
    assert capsys.readouterr().err == STOPPED
    assert answer(capsys, "undo", portfolio, str(batch), "--json")["what"] == "Undo: Import register.xlsx"


def test_the_sentence_of_a_finished_deed_names_its_undo(
    portfolio: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(answers, "import_words", press)
    assert main(["import", str(portfolio), str(workbook)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Stopped, but what was asked for was done: batch 2.")
    assert told.endswith(f"pmo-desktop undo {portfolio} 2.\n")


def test_ctrl_c_at_the_backup_at_closing_says_that_the_deed_is_done(
    portfolio: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(files, "back_up_if_due", press)
    assert main(["import", str(portfolio), str(workbook)]) == 1
    assert capsys.readouterr().err == ("Stopped before the backup at closing was made; what was asked for is done.\n")


def test_ctrl_c_during_an_undo_leaves_the_import_where_it_is(
    portfolio: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "import", portfolio, workbook, "--json")
    with monkeypatch.context() as patch:
        patch.setattr(undo, "refuse_conflicts", press)
        assert main(["undo", str(portfolio)]) == 1
    assert capsys.readouterr().err == STOPPED
    assert len(answer(capsys, "list", portfolio, "projects", "--json")) == 9


def test_a_terminal_is_told_and_the_line_is_cleared(
    portfolio: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["import", str(portfolio), str(workbook)]) == 0
    told = terminal.getvalue()
    assert "Finding tables ..." in told
    assert "Comparing rows: 0 of 9 ..." in told
    assert told.endswith("\r\x1b[K")


def test_a_file_is_not_told_how_far_it_is(portfolio: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(portfolio), str(workbook)]) == 0
    assert capsys.readouterr().err == ""


def test_nothing_is_cleared_where_nothing_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with cli_pace.telling():
        pace.tick()
    assert terminal.getvalue() == ""
