"""Delimited text: encodings, delimiters and limits."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange import delimited
from pmo_desktop.exchange.archive import Refused
from pmo_desktop.exchange.delimited import find_delimiter, read_delimited


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3", ","),
        ("a;b;c\n1,5;2,5;3", ";"),
        ("a\tb\n1\t2", "\t"),
        ("a|b|c\n1|2|3", "|"),
        ("one column\nonly", ","),
        ("", ","),
        ('Ref;Note\nA;"x, y, z, and more, of it"', ";"),
    ],
)
def test_the_delimiter_is_the_one_that_splits_evenly(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


@pytest.mark.parametrize("first", [b"sep=;\r\n", b'"sep=;"\n', b"SEP=;\n"])
def test_a_first_line_may_say_the_delimiter(first: bytes) -> None:
    rows, _, delimiter = read_delimited(first + b"Ref;Note\nA-1;x, y\n")
    assert (rows, delimiter) == ([["Ref", "Note"], ["A-1", "x, y"]], ";")


def test_a_delimiter_nobody_uses_may_be_said_too() -> None:
    assert read_delimited(b"sep=^\nRef^Note\nA-1^x\n")[0] == [["Ref", "Note"], ["A-1", "x"]]


def test_a_cell_may_hold_lines_and_a_blank_is_nothing() -> None:
    rows, _, _ = read_delimited(b'Ref,Note,More\r\nA-1,"one\ntwo, three", \r\n\r\nA-2,,x\r\n')
    assert rows == [["Ref", "Note", "More"], ["A-1", "one\ntwo, three", None], [], ["A-2", None, "x"]]


@pytest.mark.parametrize(
    ("content", "limit", "says"),
    [
        (b"a,b\n1,2\n3,4\n", "MOST_ROWS", "more than 2 records"),
        (b"a,b,c\n", "MOST_COLUMNS", "at most 2 columns"),
        (b"abc,d\n", "MOST_CHARACTERS", "more than 2 characters"),
    ],
)
def test_each_limit_holds(monkeypatch: pytest.MonkeyPatch, content: bytes, limit: str, says: str) -> None:
    monkeypatch.setattr(delimited, limit, 2)
    with pytest.raises(Refused, match=says):
        read_delimited(content)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Refused, match="not text"):
        read_delimited(b"a,b\x00c\n")
