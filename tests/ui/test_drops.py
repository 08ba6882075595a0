"""What a drop opens, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_desktop.ui.drops import choose_path, drop_words


@pytest.mark.parametrize(
    ("names", "chosen", "words"),
    [
        (["a.xlsx"], "a.xlsx", ""),
        (["a.XLSX"], "a.XLSX", ""),
        (["a.docx", "b.csv"], "b.csv", "One file at a time: “b.csv” is opened. Drop the others after it."),
        (["a.docx"], None, "“a.docx” is not a workbook, so it was not opened."),
        (["folder"], None, "“folder” is a folder. Drop a workbook out of it."),
        (["folder.xlsx"], None, "“folder.xlsx” is a folder. Drop a workbook out of it."),
        ([], None, ""),
    ],
)
def test_a_drop_opens_one_file_and_says_why_not(
    tmp_path: Path, names: list[str], chosen: str | None, words: str
) -> None:
    for name in names:
        if name.startswith("folder"):
            (tmp_path / name).mkdir()
    paths = [tmp_path / name for name in names]
    found = choose_path(paths, (".xlsx", ".csv"))
    assert (found.name if found else None) == chosen
    assert drop_words(paths, found, "a workbook") == words
