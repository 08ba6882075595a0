"""Absences from iCalendar files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmo_desktop.exchange.archive import Refused
from pmo_desktop.exchange.calendarfile import HEADERS, is_calendar, read_calendar
from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows

TODAY = date(2026, 11, 28)


def ics(*events: str, head: str = "") -> bytes:
    """A calendar of events, each given by its lines."""
    bodies = "".join(
        f"BEGIN:VEVENT\r\n{event.strip().replace(chr(10), chr(13) + chr(10))}\r\nEND:VEVENT\r\n" for event in events
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{head}{bodies}END:VCALENDAR\r\n".encode()


def rows_of(*events: str, head: str = "") -> list[list[Any]]:
    """The rows of a calendar, without the header and the note."""
    rows, _ = read_calendar(ics(*events, head=head), TODAY)
    assert rows[0] == list(HEADERS)
    return [[*row[:5], row[6]] for row in rows[1:]]


LEAVE = "UID:a@x\nSUMMARY:Priya Nair - Annual leave\nDTSTART;VALUE=DATE:20261221\nDTEND;VALUE=DATE:20270102"


def test_an_entry_of_whole_days_spans_them_and_its_end_is_the_day_after() -> None:
    assert rows_of(LEAVE) == [["Priya Nair", "Leave", date(2026, 12, 21), date(2027, 1, 1), None, "a@x"]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261221", (date(2026, 12, 21), date(2026, 12, 21), None)),
        ("DTSTART;VALUE=DATE:20261221\nDURATION:P2D", (date(2026, 12, 21), date(2026, 12, 22), None)),
        ("DTSTART:20261221T090000Z\nDTEND:20261221T130000Z", (date(2026, 12, 21), date(2026, 12, 21), 50.0)),
        ("DTSTART:20261221T090000\nDTEND:20261221T180000", (date(2026, 12, 21), date(2026, 12, 21), None)),
        ("DTSTART:20261221T000000\nDTEND:20261223T000000", (date(2026, 12, 21), date(2026, 12, 22), None)),
        ("DTSTART:20261221T170000\nDTEND:20261222T090000", (date(2026, 12, 21), date(2026, 12, 22), None)),
        ("DTSTART:20261221T090000", (date(2026, 12, 21), date(2026, 12, 21), None)),
        ("DTSTART:20261221T090000\nDTEND:20261221T090000", (date(2026, 12, 21), date(2026, 12, 21), None)),
    ],
)
def test_days_and_hours(lines: str, expected: tuple[Any, ...]) -> None:
    (row,) = rows_of(f"UID:a\nSUMMARY:Leave: Priya Nair\n{lines}")
    assert tuple(row[2:5]) == expected


@pytest.mark.parametrize(
    ("title", "person", "kind", "part"),
    [
        ("Priya Nair - Annual leave", "Priya Nair", "Leave", None),
        ("AL: Nair, Priya", "Nair, Priya", "Leave", None),
        ("Priya Nair (sick)", "Priya Nair", "Sickness", None),
        ("Priya Nair on holiday", "Priya Nair", "Leave", None),
        ("Training - Priya Nair", "Priya Nair", "Training", None),
        ("Priya Nair", "Priya Nair", "Leave", None),
        ("Priya Nair - leave (am)", "Priya Nair", "Leave", 50.0),
        ("Out of office", None, "Leave", None),
        ("office move", None, "Leave", None),
    ],
)
def test_a_title_names_the_person_and_the_kind(title: str, person: str | None, kind: str, part: float | None) -> None:
    (row,) = rows_of(f"UID:a\nSUMMARY:{title}\nDTSTART;VALUE=DATE:20261221")
    assert (row[0], row[1], row[4]) == (person, kind, part)


def test_several_people_are_those_who_attend_and_do_not_decline() -> None:
    event = (
        "UID:a\nSUMMARY:Course\nDTSTART;VALUE=DATE:20261221\nORGANIZER;CN=Wen Lowe:mailto:w@x.org\n"
        "ATTENDEE;CN=Priya Nair:mailto:p@x.org\nATTENDEE;CN=Room 4;CUTYPE=ROOM:mailto:r@x.org\n"
        "ATTENDEE:mailto:daniel.okafor@x.org\nATTENDEE;CN=Ann Lee;PARTSTAT=DECLINED:mailto:a@x.org"
    )
    assert [(row[0], row[1]) for row in rows_of(event)] == [
        ("Priya Nair", "Training"),
        ("daniel.okafor@x.org", "Training"),
    ]


def test_an_entry_without_attendees_is_its_organizers_or_the_calendars() -> None:
    plain = "UID:a\nSUMMARY:Leave\nDTSTART;VALUE=DATE:20261221"
    assert rows_of(f"{plain}\nORGANIZER;CN=Wen Lowe:mailto:w@x.org")[0][0] == "Wen Lowe"
    assert rows_of(plain, head="X-WR-CALNAME:Ann Lee\r\n")[0][0] == "Ann Lee"


def test_a_series_is_read_within_the_window_without_its_exceptions() -> None:
    event = (
        "UID:s\nSUMMARY:Priya Nair - day off\nDTSTART;VALUE=DATE:20261204\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE;VALUE=DATE:20261211\nRDATE;VALUE=DATE:20261230"
    )
    moved = "UID:s\nSUMMARY:Priya Nair - day off\nRECURRENCE-ID;VALUE=DATE:20261218\nDTSTART;VALUE=DATE:20261217"
    assert [(row[2].isoformat(), row[5]) for row in rows_of(event, moved)] == [
        ("2026-12-04", "s/2026-12-04"),
        ("2026-12-25", "s/2026-12-25"),
        ("2026-12-30", "s/2026-12-30"),
        ("2026-12-17", "s/2026-12-18"),
    ]


def test_a_series_without_an_end_stops_with_the_window() -> None:
    rows = rows_of("UID:s\nSUMMARY:Priya Nair - day off\nDTSTART;VALUE=DATE:20200103\nRRULE:FREQ=WEEKLY")
    assert (rows[0][2], rows[-1][2]) == (date(2025, 1, 3), date(2028, 12, 29))
    ended = rows_of(
        "UID:s\nSUMMARY:Priya Nair - off\nDTSTART;VALUE=DATE:20261204\nRRULE:FREQ=DAILY;UNTIL=20261206T000000Z"
    )
    assert len(ended) == 3


def test_cancelled_entries_and_those_without_a_beginning_are_left_out() -> None:
    rows, notes = read_calendar(ics(f"{LEAVE}\nSTATUS:CANCELLED", "UID:b\nSUMMARY:Leave"), TODAY)
    assert (len(rows), notes) == (1, ["1 entries without a beginning were left out."])


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"hello", "ü\ud800".encode("utf-8", "surrogatepass")],
)
def test_what_is_no_calendar_ends_in_one_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="damaged or no calendar"):
        read_calendar(content, TODAY)


def test_a_calendar_of_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo_desktop.exchange.calendarfile.MOST_ENTRIES", 3)
    with pytest.raises(Refused, match="more than 3 entries"):
        read_calendar(ics(*[LEAVE] * 4), TODAY)


@pytest.mark.parametrize(("content", "is_one"), [(b"\xef\xbb\xbfbegin:vcalendar", True), (b"Name,Start", False)])
def test_a_calendar_is_told_by_its_first_line(content: bytes, is_one: bool) -> None:
    assert is_calendar(content) is is_one


def bring(store: Store, folder: Path, *events: str) -> dict[str, int]:
    """Read a file of events, plan and apply it; the answer is the counts."""
    path = folder / "leave.ics"
    path.write_bytes(ics(*events))
    plan = plan_import(store, read_workbook(path))
    apply_plan(store, plan)
    assert [table.into for table in plan.tables] == ["absences"]
    return plan.counts()


def test_a_calendar_again_changes_nothing_and_a_moved_entry_moves_its_absence(store: Store, tmp_path: Path) -> None:
    other = "UID:b@x\nSUMMARY:Nair, Priya: sick\nDTSTART;VALUE=DATE:20261110"
    assert bring(store, tmp_path, LEAVE, other)["new"] == 2
    assert bring(store, tmp_path, LEAVE, other)["unchanged"] == 2
    moved = LEAVE.replace("20261221", "20261214")
    counts = bring(store, tmp_path, moved, other)
    assert (counts["changed"], counts["new"], counts["unchanged"]) == (1, 0, 1)
    rows = read_rows(store, "absence")
    names = read_names(store)
    assert {
        (names[row["resource"]], row["type"], str(row["start"]), str(row["finish"]), row["uid"]) for row in rows
    } == {
        ("Priya Nair", "Leave", "2026-12-14", "2027-01-01", "a@x"),
        ("Priya Nair", "Sickness", "2026-11-10", "2026-11-10", "b@x"),
    }


def test_a_damaged_calendar_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "odd.ics"
    path.write_bytes(b"not a calendar at all")
    with pytest.raises(Known, match="damaged or no calendar"):
        read_workbook(path)
