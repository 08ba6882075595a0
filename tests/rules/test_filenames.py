"""Names from elsewhere become names that are safe in any folder, and what would run is known by its ending."""

from __future__ import annotations

import random

import pytest

from pmo_desktop.rules.filenames import MOST_BYTES, clean_name, find_program, number_name


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../x.txt", "x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("/etc/passwd", "passwd"),
        ("C:\\Windows\\x", "x"),
        ("C:plan.txt", "plan.txt"),
        ("\\\\server\\share\\x", "x"),
        ("x/../../y", "y"),
        ("folder/", "folder"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("COM¹ .txt", "_COM¹ .txt"),
        ("console.txt", "console.txt"),
        ("a\0b\n.txt", "ab.txt"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("half\ud800.txt", "half.txt"),
        ("plan.txt:hidden", "plan.txt_hidden"),
        ('a<b>"c|d?.txt', "a_b__c_d_.txt"),
        (" . name.pdf. . ", "name.pdf"),
        (".bashrc", "bashrc"),
        ("..", "attachment"),
        ("", "attachment"),
        ("e\u0301te\u0301.txt", "\u00e9t\u00e9.txt"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("a" * 300, "a" * 200),
        ("é" * 150 + ".docx", "é" * 97 + ".docx"),
        ("a." + "b" * 300, "a." + "b" * 198),
    ],
)
def test_a_name_is_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_a_cleaned_name_is_clean_whatever_it_was() -> None:
    rng = random.Random(6)
    letters = 'ab.. /\\:*?"<>|\0\n\x7f\u202e\ud800é漢😀~%'
    for _ in range(300):
        cleaned = clean_name("".join(rng.choices(letters, k=rng.randrange(120))))
        assert clean_name(cleaned) == cleaned
        assert 0 < len(cleaned.encode()) <= MOST_BYTES
        assert not set(cleaned) & set('/\\:*?"<>|\0\n')
        assert cleaned.strip(" .") == cleaned


@pytest.mark.parametrize(
    ("name", "numbered"), [("plan.pdf", "plan (2).pdf"), ("plan", "plan (2)"), ("a.tar.gz", "a.tar (2).gz")]
)
def test_a_second_file_of_one_name_gets_a_number_before_its_ending(name: str, numbered: str) -> None:
    assert number_name(name, 2) == numbered


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("setup.exe", ".exe"),
        ("SETUP.EXE. ", ".exe"),
        ("plan.pdf.bat", ".bat"),
        ("budget.xlsm", ".xlsm"),
        ("letter.docm", ".docm"),
        ("go.desktop", ".desktop"),
        ("run.sh", ".sh"),
        ("plan.pdf", ""),
        ("exe", ""),
        ("budget.xlsx", ""),
    ],
)
def test_what_would_run_is_known_by_its_last_ending(name: str, ending: str) -> None:
    assert find_program(name) == ending
