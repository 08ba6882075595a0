"""The risk page of the pack: its sentence, its matrix, its ten highest, and too much of everything."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pmo_desktop.figures.exposure import read_exposure, unit_words
from pmo_desktop.operations.riskschemes import save_scheme
from pmo_desktop.reports.pack import PackOptions, write_pack
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.rules.risk import FIVE_BY_FIVE, resize_scheme
from pmo_desktop.store.file import Store
from tests.builders import a_person, a_project, a_report, a_row, change_row
from tests.reports.conftest import DATA_DATE, Printer


def a_risk(store: Store, ref: str, likelihood: int, impact: int, **values: Any) -> str:
    plain = {"ref": ref, "title": f"Risk of {ref}", "prob_residual": likelihood, "impact_residual": impact}
    return a_row(store, "risk", **(plain | values))


def page_of(printed: Printer, store: Store) -> str:
    reader, _ = printed(store)
    found = [text for page in reader.pages if "appetite limit" in (text := page.extract_text())]
    assert len(found) == 1
    return " ".join(found[0].split())


def test_the_page_says_how_many_are_above_appetite_and_where(store: Store, printed: Printer) -> None:
    alpha = a_project(store, "Customer billing", ref="HW-101")
    change_row(store, "settings", "settings", risk_appetite=12.0)
    owner = a_person(store, "Priya Nair")
    for number, spot in enumerate([(5, 4), (4, 5), (2, 2)]):
        a_risk(store, f"R-{number}", *spot, project=alpha, owner=owner, actions="Second supplier", prob_target=1)
    text = page_of(printed, store)
    assert "Two of 3 open risks sit above appetite; two of them are in Customer billing" in text
    assert "appetite limit 12" in text
    assert "Three highest residual risks" in text
    assert "Second supplier" in text
    assert "Priya Nair" in text


@pytest.mark.parametrize(
    ("spots", "words"),
    [
        ([(1, 1)], "The one open risk is within appetite"),
        ([(1, 1), (1, 2)], "None of 2 open risks is above appetite"),
        ([(5, 5)], "One of 1 open risk sits above appetite"),
    ],
)
def test_the_sentence_follows_the_counts(
    store: Store, printed: Printer, spots: list[tuple[int, int]], words: str
) -> None:
    for number, spot in enumerate(spots):
        a_risk(store, f"R-{number}", *spot)
    assert words in page_of(printed, store)


def test_risks_that_nobody_rated_are_said_to_be_so(store: Store, printed: Printer) -> None:
    a_row(store, "risk", title="Vague")
    text = page_of(printed, store)
    assert "One open risk is not rated" in text
    assert "No open risk is rated" in text


def test_without_open_risks_there_is_no_page(store: Store, printed: Printer) -> None:
    _, built = printed(store)
    a_risk(store, "R-1", 5, 5, status="Closed")
    _, again = printed(store)
    assert built.pages == again.pages
    a_risk(store, "R-2", 1, 1)
    _, more = printed(store)
    assert more.pages == built.pages + 1


def test_late_actions_are_listed_the_longest_due_first(store: Store, printed: Printer) -> None:
    risk = a_risk(store, "R-1", 5, 5)
    for days in range(1, 9):
        a_row(store, "mitigation", risk=risk, description=f"Action {days}", due=DATA_DATE - timedelta(days))
    text = page_of(printed, store)
    assert "Eight actions overdue, the five longest due" in text
    assert text.index("Action 8") < text.index("Action 7")
    assert "Action 1" not in text


def test_two_hundred_risks_in_one_cell_with_hostile_words_stay_on_the_page(store: Store, printed: Printer) -> None:
    for number in range(200):
        a_row(
            store,
            "risk",
            ref=f"<b>R-{number}</b>" + "W" * 90,
            title="<i>&amp;" + "word " * 400,
            prob_residual=3,
            impact_residual=3,
            actions="=1+1 " + "very long response " * 300,
        )
    risk = a_risk(store, "R", 9, 9)
    a_row(store, "mitigation", risk=risk, description="x" * 5_000, due=date(1990, 1, 1))
    reader, built = printed(store)
    assert built.annexed >= 10
    assert any("+1" in page.extract_text() for page in reader.pages)


def test_a_page_is_the_same_every_time(store: Store) -> None:
    a_risk(store, "R-1", 5, 5, prob_inherent=3, impact_inherent=3)
    once, again = io.BytesIO(), io.BytesIO()
    for out in (once, again):
        write_pack(read_subject(store), PackOptions(paper="letter"), out)
    assert once.getvalue() == again.getvalue()


def test_what_moved_since_the_last_reports_has_an_arrow(store: Store, printed: Printer) -> None:
    alpha = a_project(store, "Alpha", ref="A-1")
    a_report(store, alpha, date(2026, 9, 30))
    a_report(store, alpha, date(2026, 10, 31))
    risk = a_risk(store, "R-1", 5, 5, project=alpha)
    with store.reading() as connection:  # all that was done so far was done in September
        connection.raw.execute("UPDATE batch SET at = replace(at, substr(at, 1, 10), '2026-09-01')")
    change_row(store, "risk", risk, prob_residual=3)
    assert "arrows show movement since 30 September 2026" in page_of(printed, store)


def test_the_page_says_what_the_dialog_and_the_command_line_say_with_the_seed(store: Store, printed: Printer) -> None:
    a_project(store, "Alpha", contingency=100_000)
    for number in range(3):
        amounts = {"cost_min": 100_000, "cost_likely": 400_000, "cost_max": 900_000, "days_likely": 4.0}
        a_risk(store, f"R-{number}", 3, 3, **amounts)
    a_risk(store, "R-9", 1, 1)
    report = read_exposure(store)
    text = page_of(printed, store)
    for each in report.units:
        assert unit_words(each) in text
    assert "£1.0k is held: " in text
    assert "3 of 4 open risks with amounts, 10,000 simulated outcomes, seed 1." in text
    assert "Expected value £7.0k." in text
    assert "promises no level of confidence" in text


def test_without_amounts_the_matrix_takes_the_room(store: Store, printed: Printer) -> None:
    a_risk(store, "R-1", 3, 3)
    assert "may cost together" not in page_of(printed, store)


def test_a_risk_that_was_escalated_is_on_the_page_though_ten_are_higher(store: Store, printed: Printer) -> None:
    for number in range(12):
        a_risk(store, f"R-{number}", 5, 5)
    a_risk(store, "R-99", 1, 1, type="Opportunity", escalated_to="Ministry", show_on_report=True)
    text = page_of(printed, store)
    assert "The highest residual risks, and those shown to the board" in text
    assert "R-99 escalated to Ministry" in text
    assert "Opportunity" in text


@pytest.mark.parametrize("side", [3, 9])
def test_every_size_of_scheme_and_many_currencies_stay_on_the_page(store: Store, printed: Printer, side: int) -> None:
    words = tuple(f"{number} of a very long word indeed" for number in range(side))
    scheme = resize_scheme(replace(FIVE_BY_FIVE, effective_from=date(2020, 1, 1)), side, side)
    save_scheme(store, replace(scheme, words=(words, words)), None)
    for number in range(60):
        money = {"currency": ("GBP", "EUR", "USD", "JPY")[number % 4], "cost_likely": 10**12, "days_likely": 9_999.0}
        a_risk(store, f"RISK-{number:05}", number % side + 1, number // side % side + 1, **money)
    text = page_of(printed, store)
    assert "What the open risks may cost together" in text
    assert "scheme 5 x 5" in text
