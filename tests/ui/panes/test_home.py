"""Home: figures as the figures room gives them, sentences that are true, and nothing where there is no data."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.portfolio import portfolio_figures
from pmo_desktop.figures.statuses import MonthStatuses
from pmo_desktop.operations.history import Deed, latest_batches
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.wording import money_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.card import Card
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.panes.checklist import Checklist
from pmo_desktop.ui.panes.home import HomePane, deed_icon
from pmo_desktop.ui.panes.homecards import ChangeRow, KpiStrip, MoneyRow, MonthsChart, NudgeRow, UpcomingRow
from pmo_desktop.ui.panes.homefacts import (
    HomeFacts,
    ProgrammeMoney,
    compliance_title,
    money_title,
    months_title,
    nudge_title,
    read_home,
)
from pmo_desktop.ui.shell import Shell


def home_of(shell: Shell) -> HomePane:
    assert isinstance(shell.window.pane, HomePane)
    return shell.window.pane


def kpi(facts: HomeFacts, label: str) -> tuple[str, str]:
    return next((each.value, each.note) for each in facts.kpis if each.label == label)


def months(*reds: int) -> tuple[MonthStatuses, ...]:
    """Month ends up to 13 November 2026 with so many reds."""
    days = [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 13)][-len(reds) :]
    counts = {"A": 0, "G": 0, "N": 0, "C": 0}
    return tuple(MonthStatuses(day, counts | {"R": red}) for day, red in zip(days, reds, strict=True))


def test_key_figures_are_those_of_the_portfolio(sample: Store) -> None:
    facts, portfolio = read_home(sample), portfolio_figures(sample)
    total = portfolio.totals[0]
    assert total.eac is not None
    assert kpi(facts, "Estimate at completion")[0] == money_text(total.eac, total.currency)
    assert kpi(facts, "Milestones due in 30 days")[0] == str(len(portfolio.due))
    assert f"{len(portfolio.overdue)} overdue" in kpi(facts, "Milestones due in 30 days")[1]
    assert len(facts.nudges) == len(portfolio.attention)
    assert kpi(facts, "Capacity, next 13 weeks") == ("82%", "43 over-booked person-weeks")
    assert len(facts.kpis) == 4


def test_two_currencies_are_never_added_up(empty: Store) -> None:
    create_record(
        empty, "project", {"name": "Alpha", "lifecycle_status": "Active", "currency": "GBP", "eac": 1_000_000_00}
    )
    create_record(
        empty, "project", {"name": "Beta", "lifecycle_status": "Active", "currency": "EUR", "eac": 2_000_000_00}
    )
    value, note = kpi(read_home(empty), "Estimate at completion")
    assert value == "£1.0m"
    assert note == "and €2.0m"


def test_a_figure_without_data_is_absent(empty: Store) -> None:
    create_record(empty, "project", {"name": "Alpha", "lifecycle_status": "Active"})
    assert [each.label for each in read_home(empty).kpis] == ["Milestones due in 30 days"]


def test_the_board_stands_among_the_next_four_weeks(empty: Store) -> None:
    day = date(2026, 11, 13)
    change_settings(empty, {"data_date": day, "board": "Capital board", "board_date": day + timedelta(days=7)})
    project = create_record(empty, "project", {"name": "Alpha", "lifecycle_status": "Active"})
    for name, ahead in (("Soon", 3), ("Later", 27), ("Too late", 29)):
        create_record(empty, "milestone", {"project": project, "name": name, "forecast": day + timedelta(days=ahead)})
    found = read_home(empty).upcoming
    assert [each.title for each in found] == ["Soon", "Capital board", "Later"]
    assert found[1].project == ""


@pytest.mark.parametrize(
    ("count", "title"),
    [(1, "One project needs a decision or a nudge"), (5, "Five projects need a decision or a nudge")],
)
def test_the_title_over_what_needs_attention_counts(count: int, title: str) -> None:
    assert nudge_title(count) == title


@pytest.mark.parametrize(
    ("reds", "title"),
    [
        ((1, 2), "Two red projects, up from one in October"),
        ((2, 1), "One red project, down from two in October"),
        ((3, 3), "Three red projects, as in October"),
        ((1, 0), "No red projects, down from one in October"),
        ((0, 1), "One red project, up from none in October"),
    ],
)
def test_the_chart_says_what_happened_to_the_reds(reds: tuple[int, ...], title: str) -> None:
    assert months_title(months(*reds)) == title


@pytest.mark.parametrize(
    ("percents", "title"),
    [
        ((3.0, -1.0), "One programme runs over budget"),
        ((3.0, 2.0), "Two programmes run over budget"),
        ((-3.0, 0.0), "No programme runs over budget"),
    ],
)
def test_programmes_over_budget_are_counted(percents: tuple[float, ...], title: str) -> None:
    assert money_title(tuple(ProgrammeMoney("P", "£1m", each, "") for each in percents)) == title


def test_reports_are_counted_in_the_title(sample: Store) -> None:
    portfolio = portfolio_figures(sample)
    assert compliance_title(portfolio).startswith(f"{portfolio.reports_in} of {portfolio.reports_due} ")


def test_the_sample_shows_every_block(shell: Shell, desk: Desk) -> None:
    home = home_of(shell)
    for kind in (KpiStrip, NudgeRow, UpcomingRow, MonthsChart, MoneyRow, ChangeRow):
        assert home.findChildren(kind), kind.__name__


def test_an_empty_portfolio_shows_first_steps_and_no_empty_box(shell: Shell, empty: Store) -> None:
    shell.opening.attach(empty)
    home = home_of(shell)
    assert home.findChildren(Checklist)
    for kind in (KpiStrip, NudgeRow, UpcomingRow, MonthsChart, MoneyRow):
        assert home.findChildren(kind) == [], kind.__name__


def test_the_first_steps_tick_themselves_and_can_be_put_away(shell: Shell, empty: Store) -> None:
    shell.opening.attach(empty)
    context = home_of(shell).context
    assert not any(Checklist(context, True).done.values())
    change_settings(empty, {"organisation": "Halden Water"})
    create_record(empty, "person", {"name": "Priya Nair"})
    steps = Checklist(context, True)
    assert steps.done == {
        "organisation": True,
        "project": False,
        "person": True,
        "milestone": False,
        "status_report": False,
    }
    steps.put_away()
    assert not Checklist(context, True).wanted


def test_the_sample_has_no_first_steps(shell: Shell, desk: Desk) -> None:
    assert not Checklist(home_of(shell).context, True).wanted


def test_a_click_on_a_nudge_opens_its_project(shell: Shell, desk: Desk) -> None:
    home = home_of(shell)
    wanted = home.facts.nudges[0].project
    home.findChildren(NudgeRow)[0].click()
    pane = shell.window.pane
    assert pane is not None
    assert pane.name == "projects"
    assert wanted in {row["id"] for row in read_rows(desk.store, "project")}


def test_a_change_is_seen_at_once(shell: Shell, desk: Desk, sample: Store, qtbot: QtBot) -> None:
    home = home_of(shell)
    before = home.facts.portfolio.statuses[0].count
    green = next(row for row in read_rows(sample, "project") if row["rag_overall"] == "G")
    edit_cells(sample, "project", [Edit(green["id"], "rag_overall", "R")])
    qtbot.waitUntil(lambda: home.facts.portfolio.statuses[0].count == before + 1)
    assert home.facts.latest[0].what in {row.toolTip() for row in home.findChildren(ChangeRow)}


def test_the_sub_line_gives_the_data_date(shell: Shell, desk: Desk) -> None:
    assert home_of(shell).subtitle() == "Friday 13 November 2026, week 46"
    assert "open projects" in home_of(shell).status_text()


def test_a_low_window_shows_fewer_lines(shell: Shell, desk: Desk) -> None:
    home = home_of(shell)
    home.resize(1200, 900)
    many = len(home.findChildren(UpcomingRow))
    home.resize(1200, 600)
    home._area.takeWidget()
    home._show()
    assert len(home.findChildren(UpcomingRow)) < many


def test_deeds_have_icons_of_their_kind(empty: Store) -> None:
    create_record(empty, "person", {"name": "Priya Nair"})
    newest, first = latest_batches(empty)[0], latest_batches(empty)[-1]
    assert deed_icon(first) == "database"
    undone = Deed(9, newest.at, "Ann", "Undo: x", None, 3, False, 1, None)
    imported = Deed(9, newest.at, "Ann", "Import", None, None, False, 1, {"kind": "import"})
    assert (deed_icon(undone), deed_icon(imported)) == ("undo-2", "file-spreadsheet")


def test_when_nothing_needs_attention_it_says_so(shell: Shell, empty: Store) -> None:
    today = date.today()  # noqa: DTZ011  the reader's own day
    rated = {"name": "Alpha", "lifecycle_status": "Active", "rag_overall": "G", "report_date": today}
    create_record(empty, "project", rated)
    shell.opening.attach(empty)
    texts = [each.text() for each in home_of(shell).findChildren(QLabel)]
    assert "Nothing needs attention" in texts


def test_a_portfolio_that_has_just_begun_leaves_no_empty_half(shell: Shell, empty: Store) -> None:
    shell.window.resize(1280, 720)
    shell.opening.attach(empty)
    card = next(each for each in home_of(shell).findChildren(Card) if each.findChildren(ChangeRow))
    assert card.width() > home_of(shell).width() * 0.9
    assert card.height() < 200


def test_large_letters_wrap_key_figures_instead_of_cutting_them(shell: Shell, desk: Desk) -> None:
    shell.window.resize(1280, 720)
    shell.window.theme.set_scale(140)
    notes = home_of(shell).findChildren(KpiStrip)[0].findChildren(QLabel)
    assert all(each.wordWrap() for each in notes if each.property("role") == "caption" and "days" in each.text())
