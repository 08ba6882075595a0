"""The pack: its pages in order, linked, embedded, legible, the same for one state, and never clipped."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from pmo_desktop.reports.appendix import list_checks
from pmo_desktop.reports.pack import WORSENED, PackOptions, write_pack
from pmo_desktop.reports.style import PAPERS, SMALLEST
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_settings
from tests.builders import a_custom_field, a_milestone, a_person, a_programme, a_project, a_report, a_row, change_row
from tests.reports.conftest import Printer

FOOTER = re.compile(r"Internal\. Portfolio steering pack, data date \d+ \w{3} \d{4}, state of .* UTC, change \d+, by")
FONT_SIZE = re.compile(rb"/F\d+\+?\d* ([\d.]+) Tf")


def text_of(reader: PdfReader, number: int) -> str:
    return reader.pages[number - 1].extract_text()


def outline(reader: PdfReader) -> list[str]:
    return [str(each.title) for each in reader.outline if isinstance(each, Destination)]


def pack_bytes(store: Store, **options: Any) -> bytes:
    out = io.BytesIO()
    write_pack(read_subject(store), PackOptions(**options), out)
    return out.getvalue()


def test_the_pages_stand_in_order_and_the_outline_names_them(sample: Store, printed: Printer) -> None:
    reader, built = printed(sample)
    lines = outline(reader)
    assert lines[:3] == ["Summary", "Contents", "Portfolio dashboard"]
    subject = read_subject(sample)
    titles = [subject.project_title(project) for project in subject.portfolio.projects]
    assert lines[3 : 3 + len(titles)] == titles
    after = ["Risks", "Capacity", "Gates ahead", "Compliance and overrides", "Definitions and data quality"]
    assert lines[3 + len(titles) :][:5] == after
    assert len(reader.pages) == built.pages


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_page_has_the_size_of_its_paper_and_says_which_it_is(sample: Store, printed: Printer, paper: str) -> None:
    reader, built = printed(sample, PackOptions(paper=paper))
    for number, page in enumerate(reader.pages, 1):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            (PAPERS[paper].width, PAPERS[paper].height)
        )
        text = page.extract_text()
        assert f"{number} of {built.pages}" in text
        assert re.search(
            r"Internal\. Portfolio steering pack, data date \d+ \w{3} \d{4}, state of .* UTC, change \d+", text
        )


def test_one_state_gives_the_same_bytes(sample: Store) -> None:
    first = pack_bytes(sample)
    assert pack_bytes(sample) == first
    assert pack_bytes(sample, paper="letter") != first


def test_a_change_shows_in_the_footer(sample: Store) -> None:
    before = pack_bytes(sample)
    project = read_subject(sample).portfolio.projects[0]
    change_row(sample, "project", project, tier="Z")
    assert pack_bytes(sample) != before


def test_only_the_embedded_font_is_used(sample: Store, printed: Printer) -> None:
    reader, _ = printed(sample)
    for page in reader.pages:
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
        assert fonts
        for font in fonts:
            assert re.fullmatch(r"/[A-Z]{6}\+PMOSans-\w+", font["/BaseFont"])
            assert "/FontFile2" in font["/FontDescriptor"]


def test_no_text_is_smaller_than_can_be_read(sample: Store, printed: Printer) -> None:
    reader, _ = printed(sample)
    sizes = {float(size) for page in reader.pages for size in FONT_SIZE.findall(page.get_contents().get_data())}  # type: ignore[union-attr]
    assert sizes
    assert min(sizes) >= SMALLEST


def test_document_properties_name_the_pack_and_hold_no_clock(sample: Store, printed: Printer) -> None:
    reader, _ = printed(sample)
    meta = reader.metadata
    assert meta is not None
    settings = read_settings(sample)
    assert str(meta.title).startswith(f"Portfolio steering pack, {settings['board']}, ")
    assert meta.author == settings["organisation"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"  # type: ignore[index]
    assert meta.creation_date is not None
    assert meta.creation_date.year == 2000


def test_contents_and_claims_link_to_the_pages_they_name(sample: Store, printed: Printer) -> None:
    reader, built = printed(sample)
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}  # type: ignore[union-attr]
    cover, listed = (
        {pages[each.get_object()["/Dest"][0].idnum] for each in reader.pages[number]["/Annots"]}  # type: ignore[attr-defined]
        for number in (0, 1)
    )
    projects = {number for name, number in built.numbers.items() if name.startswith("project-")}
    assert listed == projects
    assert cover >= {built.numbers["contents"], built.numbers["dashboard"], built.numbers["appendix"], min(projects)}
    contents = "".join(text_of(reader, 2).split())
    subject = read_subject(sample)
    for project in subject.portfolio.projects:
        line = f"{subject.project_title(project)}{built.numbers[f'project-{project}']}"
        assert "".join(line.split()) in contents


def test_every_open_project_has_exactly_one_page_worst_first(sample: Store, printed: Printer) -> None:
    _, built = printed(sample)
    projects = read_subject(sample).portfolio.projects
    pages = [built.numbers[f"project-{project}"] for project in projects]
    assert pages == list(range(pages[0], pages[0] + len(projects)))


def test_the_summary_proves_its_message(store: Store, printed: Printer) -> None:
    a_project(
        store, "Alpha", rag_overall="R", eac=640_000_000, decisions_needed="Accept the slip\nNone\n- Release £910k"
    )
    a_project(store, "Beta", rag_overall="R", budget_approved=400_000_000, decisions_needed="n/a")
    a_project(store, "Gamma", rag_overall="G", eac=5_830_000_000)
    text = text_of(printed(store)[0], 1)
    message = "Two red projects hold £10.4m of a £68.7m portfolio; the board is asked for two decisions"
    assert message in text
    rest = text.split(message)[1]
    assert "£10.4m" in rest
    assert "£58.3m" in rest
    assert "Accept the slip" in rest
    assert "Release £910k" in rest
    assert "D3" not in rest


def test_few_projects_are_listed_on_the_cover_itself(store: Store, printed: Printer) -> None:
    a_project(store, "Alpha", ref="A-1")
    reader, _ = printed(store)
    assert outline(reader) == ["Summary", "Portfolio dashboard", "A-1 Alpha", "Definitions and data quality"]
    assert "A-1 Alpha" in text_of(reader, 1)


def test_an_empty_portfolio_prints_without_empty_blocks(store: Store, printed: Printer) -> None:
    reader, built = printed(store)
    assert built.pages == 3
    text = "".join(page.extract_text() for page in reader.pages)
    assert "holds no open project" in text
    for absent in ("Money", "Projects by status", "Milestones", "Decisions", "What the board"):
        assert absent not in text_of(reader, 1)


def test_a_bare_project_says_that_nothing_is_recorded(store: Store, printed: Printer) -> None:
    project = a_project(store, "Bare")
    reader, built = printed(store)
    text = text_of(reader, built.numbers[f"project-{project}"])
    assert "No texts, dates, money or people are recorded" in text
    assert "Milestones" not in text
    assert "Money" not in text


def test_reds_and_worsened_ambers_can_be_chosen(store: Store) -> None:
    red = a_project(store, "Red", rag_overall="R")
    worse = a_project(store, "Worse", rag_overall="AR", report_date=date(2026, 10, 31))
    a_report(store, worse, date(2026, 9, 30), rag_overall="G")
    calm = a_project(store, "Calm", rag_overall="A")
    a_project(store, "Unrated")
    subject = read_subject(store)
    built = write_pack(subject, PackOptions(projects=WORSENED), io.BytesIO())
    assert {name for name in built.numbers if name.startswith("project-")} == {f"project-{red}", f"project-{worse}"}
    chosen = write_pack(subject, PackOptions(projects=(calm,)), io.BytesIO())
    assert [name for name in chosen.numbers if name.startswith("project-")] == [f"project-{calm}"]


@pytest.mark.parametrize(
    "options", [PackOptions(paper="a5"), PackOptions(projects="best"), PackOptions(projects=("x",))]
)
def test_unknown_choices_are_refused(store: Store, options: PackOptions) -> None:
    with pytest.raises(KeyError):
        write_pack(read_subject(store), options, io.BytesIO())


def test_totals_stand_on_one_line_per_currency(store: Store, printed: Printer) -> None:
    for place, currency in enumerate(("GBP", "EUR", "CHF")):
        a_project(store, f"P{place}", currency=currency, budget_approved=100_000_000, eac=110_000_000, rag_overall="R")
    reader, built = printed(store)
    cover, board = text_of(reader, 1), text_of(reader, built.numbers["dashboard"])
    assert "hold £" not in cover
    for amount in ("£1.0m", "€1.0m", "CHF 1.0m"):
        assert amount in cover.replace("\N{NO-BREAK SPACE}", " ")
    for amount in ("£1,000", "€1,000", "CHF 1,000"):
        assert board.replace("\N{NO-BREAK SPACE}", " ").count(amount) == 2


def test_long_texts_flow_to_the_annex_and_the_page_says_where(store: Store, printed: Printer) -> None:
    story = " ".join(f"Sentence {number} of the story." for number in range(900))
    project = a_project(store, "Long", rag_comment=story, next_steps="Go on")
    reader, built = printed(store)
    page = text_of(reader, built.numbers[f"project-{project}"])
    pointed = re.search(r"Full text on page (\d+)", page)
    assert pointed
    start = int(pointed.group(1))
    whole = " ".join(text_of(reader, number) for number in range(start, built.pages + 1))
    for number in (0, 450, 899):
        assert f"Sentence {number} of the story." in " ".join(whole.split())
    assert "Go on" in page


def test_own_fields_and_kept_texts_are_printed(store: Store, printed: Printer) -> None:
    field = a_custom_field(store, "Carbon saved", "number", unit="t")
    project = a_project(store, "Green", custom={field: 315_0000})
    reader, built = printed(store)
    page = text_of(reader, built.numbers[f"project-{project}"])
    assert "Carbon saved" in page
    assert "315 t" in page


def test_many_milestones_leave_the_rest_to_the_annex(store: Store, printed: Printer) -> None:
    project = a_project(store, "Busy")
    for number in range(14):
        day = date(2026, 6, 1) + timedelta(days=30 * number)
        a_milestone(store, project, f"Step {number:02}", baseline=day, forecast=day + timedelta(days=number))
    reader, built = printed(store)
    page = text_of(reader, built.numbers[f"project-{project}"])
    pointed = re.search(r"5 more milestones, all of them on page (\d+)", page)
    assert pointed
    annex = text_of(reader, int(pointed.group(1)))
    assert all(f"Step {number:02}" in annex for number in range(14))


def test_a_hundred_projects_repeat_head_and_group(store: Store, printed: Printer) -> None:
    programme = a_programme(store, "Customer")
    person = a_person(store, "Priya Nair")
    for number in range(70):
        a_project(store, f"Project {number}", ref=f"P-{number}", programme=programme, pm=person, rag_overall="G")
    reader, built = printed(store)
    second = text_of(reader, built.numbers["dashboard"] + 1)
    assert "Overall" in second
    assert "Customer, continued" in second
    last = text_of(reader, built.numbers["dashboard"] + 2)
    assert "Portfolio, 70 projects" in last
    assert "Not rated" in last


def test_progress_is_told_page_by_page_and_may_stop_the_work(store: Store) -> None:
    told: list[tuple[int, int]] = []
    write_pack(read_subject(store), PackOptions(), io.BytesIO(), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]

    def cancel(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_pack(read_subject(store), PackOptions(), io.BytesIO(), cancel)


def test_any_number_of_currencies_with_any_name_is_printed(store: Store, printed: Printer) -> None:
    names = ["GBP", "", "c" * 5000, "c" * 5001, *(f"X{number:02}" for number in range(60))]
    for place, currency in enumerate(names):
        a_project(store, f"P{place}", currency=currency, budget_approved=100_000_000, eac=110_000_000)
    reader, _ = printed(store)
    text = "".join(page.extract_text() for page in reader.pages)
    assert "57 more currencies, all of them on page" in text
    assert all(f"X{number:02}" in text for number in range(60))
    assert {each.currency for each in read_subject(store).portfolio.totals} >= {"GBP", "ccc~2", "ccc~3"}


def test_whole_life_cost_stands_in_where_nobody_has_a_budget_or_an_estimate(store: Store, printed: Printer) -> None:
    a_project(store, "A", whole_life_cost=1_550_000_000_000, rag_overall="R")
    reader, built = printed(store)
    cover, board = text_of(reader, 1), text_of(reader, built.numbers["dashboard"])
    assert "One red project holds £15.5bn of a £15.5bn portfolio" in cover
    assert "whole-life cost" in cover
    assert "Variance" not in cover
    assert "Whole life" in board
    assert board.count("15,500,000") == 2


def test_long_notes_of_own_fields_stand_as_texts(store: Store, printed: Printer) -> None:
    field = a_custom_field(store, "Schedule comment", "note")
    words = " ".join(f"word{number}" for number in range(60))
    project = a_project(store, "Noted", custom={field: words}, rag_comment="On track", budget_approved=100)
    reader, built = printed(store)
    page = " ".join(text_of(reader, built.numbers[f"project-{project}"]).split())
    assert "Schedule comment" in page
    assert words in page
    assert built.annexed == 0


def test_the_key_explains_only_marks_that_are_used(store: Store, printed: Printer) -> None:
    plain = a_project(store, "A", rag_overall="AR", report_date=date(2026, 10, 31))
    reader, built = printed(store)
    before = text_of(reader, built.numbers["dashboard"])
    assert "Amber/Red" in before
    assert "better" not in before
    assert "gate passed" not in before
    a_report(store, plain, date(2026, 9, 30), rag_overall="G")
    a_milestone(store, plain, "G1", type="Gate", forecast=date(2027, 1, 1))
    reader, built = printed(store)
    after = text_of(reader, built.numbers["dashboard"])
    assert "better" in after
    assert "gate passed, next" in after


def test_the_contents_say_what_each_page_says_while_they_fit_one_page(sample: Store, printed: Printer) -> None:
    reader, _ = printed(sample)
    assert "Finish moves 12 weeks to 18 June 2027 and cost rises £2.4m" in text_of(reader, 2)


def test_many_projects_are_listed_in_two_columns_of_names(store: Store, printed: Printer) -> None:
    for number in range(40):
        a_project(store, f"Project {number}", ref=f"P-{number}")
    reader, built = printed(store)
    assert built.numbers["dashboard"] == 3
    assert "Project 39" in text_of(reader, 2)
    assert "Not rated" not in text_of(reader, 2)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_facts_of_the_sample_need_no_annex(sample: Store, printed: Printer, paper: str) -> None:
    reader, built = printed(sample, PackOptions(paper))
    pages = [text_of(reader, number) for number in range(1, built.pages + 1)]
    assert not any("more fact" in page for page in pages)
    assert sum("Procurement route" in page for page in pages) > 5


def test_facts_beyond_the_page_stand_in_the_annex_which_does_not_call_them_long(store: Store, printed: Printer) -> None:
    fields = {a_custom_field(store, f"Own field {number:03}"): f"Value {number:03}" for number in range(150)}
    a_project(store, "Full of facts", custom=fields, budget_approved=100, rag_comment="On track")
    reader, built = printed(store)
    assert built.annexed == 1
    last = " ".join(text_of(reader, built.pages).split())
    assert "What the pages before have no room for, in full" in last
    assert "Own field 149: Value 149" in last


def test_a_risk_that_its_controls_made_worse_is_told_in_the_appendix(store: Store) -> None:
    project = a_project(store, "Alpha", lifecycle_status="Active")
    worse = {"prob_inherent": 2, "impact_inherent": 2, "prob_residual": 3, "impact_residual": 2}
    a_row(store, "risk", project=project, title="Flood", status="Open", type="Threat", **worse)
    assert (1, "1 of 1 open risk rated higher with controls than without.") in list_checks(read_subject(store))
