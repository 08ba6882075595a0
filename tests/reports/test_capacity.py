"""The capacity page says what its grid proves, flows over pages, and is left out when nothing is booked."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from pmo_desktop.figures.outlook import read_outlook
from pmo_desktop.operations.records import create_record
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.capacity import SECTION_TITLE, plan_capacity
from pmo_desktop.reports.heat import NO_TIME, Heat, bin_of, figure_style, step_points
from pmo_desktop.reports.load import axis_ticks
from pmo_desktop.reports.outlookwords import outlook_message, part_of_month, room_sentence
from pmo_desktop.reports.pack import PackOptions, write_pack
from pmo_desktop.reports.style import BOLD, PAPERS, REGULAR, heat_bins
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.store.file import Store
from tests.reports.conftest import DATA_DATE, Printer

MONDAY = date(2026, 11, 16)
COVER = PackOptions(projects=())


def capacity_pages(reader: PdfReader) -> list[str]:
    texts = [page.extract_text() for page in reader.pages]
    return [text for text in texts if text.startswith(SECTION_TITLE)]


def add_booked(
    store: Store, name: str, percent: float, first: date = MONDAY, last: date = date(2027, 2, 14), **more: object
) -> str:
    who = create_record(store, "resource", {"name": name, "type": "Person", **more})
    cells = {"resource": who, "period_start": first, "period_end": last, "quantity": percent, "unit": "%"}
    create_record(store, "allocation", {**cells, "status": "Confirmed"})
    return who


def test_the_page_says_who_hurts_whom_nobody_is_named_for_and_where_room_is(sample: Store, printed: Printer) -> None:
    (text,) = capacity_pages(printed(sample, COVER)[0])
    flat = " ".join(text.split())
    assert "The only data architect is over-booked to mid-December; spare capacity returns in late January" in flat
    assert "150% in the week of 30 November, over in eight of 13 weeks. Shared by MT-401, MT-402 and MT-405." in flat
    assert "35 days asked for from 7 December by MT-401; nobody is named." in flat
    assert "From 25 January, 24 person-days a week are free, mostly in Engineering and Delivery managers." in flat
    assert "7 resources of 17 over-booked" in flat
    assert "Proposed moves Chris Obi Move 2 d of MT-402 to the week of 12 Apr." in flat


def test_it_stands_after_projects_and_risks_and_before_gates_and_definitions(sample: Store, printed: Printer) -> None:
    reader, built = printed(sample)
    last = max(number for name, number in built.numbers.items() if name.startswith("project-"))
    assert (built.numbers["risks"], built.numbers["capacity"]) == (last + 1, last + 2)
    after = ("gates-ahead", "compliance", "appendix")
    assert [built.numbers[each] for each in after] == [built.numbers["capacity"] + place for place in (1, 2, 3)]
    assert "Capacity" in reader.pages[0].extract_text()


def test_there_is_no_page_when_nothing_is_booked(store: Store, printed: Printer) -> None:
    create_record(store, "resource", {"name": "Ada", "type": "Person"})
    reader, built = printed(store)
    assert not capacity_pages(reader)
    assert "capacity" not in built.numbers


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("count", [1, 25, 27, 120])
def test_any_number_of_people_flows_over_pages(store: Store, printed: Printer, paper: str, count: int) -> None:
    team = create_record(store, "team", {"name": "A team with a name that goes on and on"})
    for number in range(count):
        add_booked(store, f"Person {number:03}", 50 + number % 100, team=team)
    pages = capacity_pages(printed(store, PackOptions(paper=paper))[0])
    together = "\n".join(pages)
    assert all(f"Person {number:03}" in together for number in range(count))
    assert [("Demand against capacity" in page) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert ["Room to start" in page for page in pages] == [True] + [False] * (len(pages) - 1)


def test_the_same_state_gives_the_same_bytes(sample: Store) -> None:
    def print_once() -> bytes:
        out = io.BytesIO()
        write_pack(read_subject(sample), COVER, out)
        return out.getvalue()

    assert print_once() == print_once()


@pytest.mark.parametrize(
    "name", ["<b>bold</b> &amp; <para>", "=1+1", "M" * 300, "\u202eevil\u0000", "日本", "", "𝕏" * 40, "a\nb\nc"]
)
def test_hostile_names_are_only_names(store: Store, printed: Printer, name: str) -> None:
    team = create_record(store, "team", {"name": name or "T"})
    role = create_record(store, "role", {"name": f"{name}?"})
    add_booked(store, name or "?", 150, team=team, role=role)
    assert capacity_pages(printed(store, COVER)[0])


def test_a_name_that_is_cut_stands_in_full_in_the_annex(store: Store, printed: Printer) -> None:
    add_booked(store, "Somebody whose name has been given by a committee of grandparents", 80)
    reader, built = printed(store, COVER)
    assert built.annexed >= 1
    last = " ".join(reader.pages[-1].extract_text().split())
    assert "Somebody whose name has been given by a committee of grandparents" in last


def test_placeholders_without_confirmed_time_are_no_line(store: Store, printed: Printer) -> None:
    team = create_record(store, "team", {"name": "Only to be named"})
    create_record(store, "resource", {"name": "Tester, vacant", "type": "Role", "team": team})
    add_booked(store, "Ada", 50)
    (text,) = capacity_pages(printed(store, COVER)[0])
    assert "vacant" not in text
    assert "Only to be named" not in text


@pytest.mark.parametrize(
    ("booked", "message"),
    [
        ((), "Nobody is over-booked in the next 13 weeks; no spare capacity is in sight"),
        (((50, MONDAY, date(2027, 2, 14)),), "Nobody is over-booked in the next 13 weeks; there is room to start"),
        (((120, MONDAY, date(2027, 2, 14)),), "Ada is over-booked to mid-February; no spare capacity is in sight"),
        (((120, date(2026, 11, 30), date(2026, 12, 4)),), "Ada is over-booked in the week of 30 Nov; spare capacity"),
        (((120, MONDAY, date(2026, 12, 4)),), "Ada is over-booked to early December; spare capacity returns in early"),
    ],
)
def test_the_message_follows_the_figures(
    store: Store, booked: tuple[tuple[float, date, date], ...], message: str
) -> None:
    for percent, first, last in booked:
        add_booked(store, "Ada", percent, first, last)
    assert outlook_message(read_outlook(store, DATA_DATE)).startswith(message)


def test_without_room_the_remark_says_so(store: Store) -> None:
    add_booked(store, "Ada", 120)
    assert room_sentence(read_outlook(store, DATA_DATE)).startswith("No week leaves enough free")


@pytest.mark.parametrize(("day", "words"), [(1, "early May"), (10, "early May"), (11, "mid-May"), (21, "late May")])
def test_parts_of_a_month(day: int, words: str) -> None:
    assert part_of_month(date(2027, 5, day)) == words


@pytest.mark.parametrize(
    ("percent", "label"),
    [
        (0, "free"),
        (1, "under 40"),
        (39, "under 40"),
        (40, "40 to 69"),
        (89, "70 to 89"),
        (100, "90 to 100"),
        (101, "101 to 115"),
        (140, "116 to 140"),
        (141, "over 140"),
        (99_999, "over 140"),
    ],
)
def test_a_share_has_the_colour_that_the_key_gives_it(percent: int, label: str) -> None:
    look = bin_of(Heat(percent, over=percent > 100))
    assert next(each.fill for each in heat_bins() if each.label == label) == look.fill


def test_over_is_told_without_colour() -> None:
    assert figure_style("#000000", heavy=True).face == BOLD
    assert figure_style("#000000", heavy=False).face == REGULAR
    assert bin_of(Heat(None, over=True)).fill == heat_bins()[-1].fill
    assert bin_of(Heat(None, over=False)).fill == heat_bins()[0].fill


def test_a_booking_without_time_is_marked_and_explained(store: Store, printed: Printer) -> None:
    ada = add_booked(store, "Ada", 10)
    create_record(store, "absence", {"resource": ada, "start": date(2026, 11, 23), "finish": date(2026, 11, 27)})
    days = {"resource": ada, "period_start": date(2026, 11, 23), "period_end": date(2026, 11, 27)}
    create_record(store, "allocation", {**days, "quantity": 1, "unit": "days", "status": "Confirmed"})
    (text,) = capacity_pages(printed(store, COVER)[0])
    assert NO_TIME in text
    assert "no time to book" in text
    assert "booked without any time in the week of 23 November" in " ".join(text.split())


@pytest.mark.parametrize(
    ("most", "ticks"), [(1, [0.25, 0.5, 0.75, 1.0]), (99, [25, 50, 75]), (100, [25, 50, 75, 100]), (3, [1, 2, 3])]
)
def test_an_axis_has_at_most_four_round_ticks(most: float, ticks: list[float]) -> None:
    assert axis_ticks(most) == pytest.approx(ticks)


def test_a_stepped_line_holds_each_value_for_its_step() -> None:
    assert step_points([1, 2], 0, 10, 100, 5) == [(0, 95), (10, 95), (10, 90), (20, 90)]


def test_planning_needs_no_canvas(sample: Store) -> None:
    sheets = plan_capacity(read_subject(sample), PAPERS["a4"], Annex())
    assert [sheet.section for sheet in sheets] == [SECTION_TITLE]
