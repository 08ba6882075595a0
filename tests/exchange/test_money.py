"""Money, numbers and percentages: exact in every form, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.exchange.money import (
    MoneyRules,
    find_currency,
    header_unit,
    is_fraction,
    looks_like_money,
    names_unit,
    parse_money,
    parse_number,
    parse_percent,
    uses_comma,
)
from pmo_desktop.exchange.outcome import Outcome

PLAIN = MoneyRules()


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("£1.25m", 125_000_000),
        ("£845k", 84_500_000),
        ("£7.2m", 720_000_000),
        ("1.2M", 120_000_000),
        ("1,200k", 120_000_000),
        ("£1.5 million", 150_000_000),
        ("2bn", 200_000_000_000),
        ("£12,343.96", 1_234_396),
        ("(350)", -35_000),
        ("(£1.2m)", -120_000_000),
        ("-5", -500),
        ("£-5", -500),
        ("5-", -500),
        ("−£5", -500),
        ("nil", 0),
        ("0", 0),
        ("1.200,50", 120_050),
        ("1 200 000 EUR", 120_000_000),
        ("1\u00a0200", 120_000),
        ("1'200.5", 120_050),
        ("AUD 5m", 500_000_000),
        ("1,5", 150),
        ("1,200.-", 120_000),
        ("£k 350", 35_000_000),
        ("£m 1.2", 120_000_000),
        ("US$1.2m", 120_000_000),
        ("CHF 1'200.50", 120_050),
        ("£ 350 K", 35_000_000),
        ("£2 thousand", 200_000),
        (2066075.5899999999, 206_607_559),
        ("2066075.5899999999", 206_607_559),
        (8810526.320000002, 881_052_632),
        (0.285, 29),
        (1234, 123_400),
    ],
)
def test_an_amount_is_read_exactly(cell: object, pence: int) -> None:
    parsed = parse_money(cell, PLAIN)
    assert (parsed.outcome, parsed.value, parsed.text) == (Outcome.READ, pence, None)


@pytest.mark.parametrize(
    "cell",
    [
        "c. £3m",
        "c.£3m",
        "~£3m",
        "circa 3m",
        "approx. 3,000k",
        "up to £3m",
        "est. £3m",
        "£3m (est)",
        "£3m approx",
        "£3m TBC",
        "£3m*",
        "£3m (to be confirmed)",
    ],
)
def test_an_approximate_amount_keeps_its_words(cell: str) -> None:
    parsed = parse_money(cell, PLAIN)
    assert (parsed.value, parsed.text, parsed.precision) == (300_000_000, cell, "about")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("£2-3m", "range"),
        ("£2–3m", "range"),
        ("£2m to £3m", "range"),
        ("Exempt under Section 43 of the Freedom of Information Act 2000", "could not be read"),
        ("€2.000-3.000 (low)", "range"),
        ("£1.2m + VAT", "could not be read"),
        ("1,23,4 (est)", "could not be read"),
        ("12.345.678 (draft 2)", "could not be read"),
        ("12.5%", "could not be read"),
        ("1,23,4", "could not be read"),
        ("(5", "could not be read"),
        ("£1,2345", "could not be read"),
        ("5 km", "could not be read"),
        ("XYZ 5", "could not be read"),
        (float("nan"), "no amount"),
        (float("inf"), "no amount"),
        (1e18, "too big"),
        (True, "could not be read"),
    ],
)
def test_what_is_no_amount_is_never_guessed(cell: object, says: str) -> None:
    parsed = parse_money(cell, PLAIN)
    assert (parsed.outcome, parsed.value) == (Outcome.UNREAD, None)
    assert parsed.text
    assert says in (parsed.reason or "")


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("£2-3m", ("£2m", "£3m")),
        ("£2–3m", ("£2m", "£3m")),
        ("£350k - £400k", ("£350k", "£400k")),
        ("1.5 to 2 million", ("1.5million", "2million")),
    ],
)
def test_either_end_of_a_range_is_offered(cell: str, ends: tuple[str, ...]) -> None:
    parsed = parse_money(cell, PLAIN)
    assert parsed.suggestions == ends
    assert all(parse_money(end, PLAIN).outcome is Outcome.READ for end in ends)


@pytest.mark.parametrize("cell", ["TBC", "n/a", "-", "£TBC", "£ -"])
def test_a_cell_that_says_there_is_no_amount_empties_the_field(cell: str) -> None:
    assert parse_money(cell, PLAIN).outcome is Outcome.EMPTIED


def test_a_cells_own_unit_goes_before_that_of_its_column() -> None:
    thousands = MoneyRules(unit="k")
    assert parse_money(1500, thousands).value == 150_000_000
    assert parse_money("£1,500", thousands).value == 150_000_000
    assert parse_money("£1.5m", thousands).value == 150_000_000


def test_yen_have_no_pence() -> None:
    assert parse_money("¥1,500", MoneyRules(digits=0)).value == 1_500


def test_a_column_that_writes_commas_reads_points_as_thousands() -> None:
    assert uses_comma(["1.200,50", "3,5", "7"])
    assert not uses_comma(["1,200.50", "3.5", 7.0])
    assert parse_money("1.200", MoneyRules(comma=True)).value == 120_000


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Budget (£k)", "k"),
        ("WLC £m", "m"),
        ("EAC £000", "k"),
        ("£'000", "k"),
        ("Cost in millions", "m"),
        ("EAC (k)", "k"),
        ("AUD m", "m"),
        ("Budget k£", "k"),
        ("Budget GBPm", "m"),
        ("Cost, EUR k", "k"),
        ("Budget £ thousands", "k"),
        ("Budget", ""),
        ("Distance in km", ""),
        ("Milk", ""),
        ("Total £", ""),
    ],
)
def test_a_header_names_its_unit(header: str, unit: str) -> None:
    assert header_unit(header) == unit


@pytest.mark.parametrize(
    ("texts", "currency"),
    [
        (["£5", "£6m"], "GBP"),
        (["Budget (EUR)"], "EUR"),
        (["A$5"], "AUD"),
        (["$5"], ""),
        (["£5", "€6"], ""),
        (["5", "TBC"], ""),
    ],
)
def test_a_currency_is_taken_only_where_one_is_named(texts: list[str], currency: str) -> None:
    assert find_currency(texts) == currency


@pytest.mark.parametrize(
    ("cell", "fraction", "percent"),
    [
        (0.45, True, 45.0),
        ("45%", True, 45.0),
        ("45 %", False, 45.0),
        (45, False, 45.0),
        ("0.45", True, 45.0),
        (0.07, True, 7.0),
        (1, True, 100.0),
        (0.1 + 0.2, True, 30.0),
        (1 / 3, True, 33.3333),
    ],
)
def test_a_percentage_is_read_by_its_columns_scale(cell: object, fraction: bool, percent: float) -> None:
    parsed = parse_percent(cell, fraction=fraction)
    assert (parsed.value, parsed.text) == (percent, None)


@pytest.mark.parametrize(
    ("cells", "number_format", "fraction"),
    [
        ([0.45, 0.0, 1.0], "", True),
        ([45.0, 0.0], "", False),
        ([1.0, 0.0], "", False),
        ([1.0, 0.0], "0%", True),
        (["0.45", "1"], "", True),
        (["45%"], "", False),
        ([], "", False),
    ],
)
def test_the_scale_of_percentages_is_settled_by_the_column(
    cells: list[object], number_format: str, fraction: bool
) -> None:
    assert is_fraction(cells, number_format) is fraction


@pytest.mark.parametrize(
    ("cell", "value", "text"),
    [
        (3.0, 3.0, None),
        ("1,234.5", 1234.5, None),
        ("18 months", 18.0, None),
        (-0.0, 0.0, None),
        ("51.507351", 51.5074, "51.507351"),
    ],
)
def test_a_number_keeps_its_words_when_four_decimals_are_too_few(cell: object, value: float, text: str | None) -> None:
    parsed = parse_number(cell, unit="months")
    assert (parsed.value, parsed.text) == (value, text)


@pytest.mark.parametrize("cell", ["seven", "1,2,3", True, 1e18])
def test_what_is_no_number_is_kept_as_text(cell: object) -> None:
    assert parse_number(cell).outcome is Outcome.UNREAD


def test_units_and_currencies_are_what_makes_a_text_look_like_money() -> None:
    assert looks_like_money("£5")
    assert names_unit("5k")
    assert not looks_like_money("5")
    assert not names_unit("£5")
    assert not looks_like_money(5.0)


@given(st.integers(-(10**14), 10**14))
def test_any_amount_of_pence_comes_back_from_its_words(pence: int) -> None:
    text = f"£{Decimal(pence).scaleb(-2):,.2f}".replace("£-", "-£")
    assert parse_money(text, PLAIN).value == pence


@given(st.integers(-(10**11), 10**11))
def test_any_amount_of_pence_comes_back_from_a_number(pence: int) -> None:
    assert parse_money(float(Decimal(pence).scaleb(-2)), PLAIN).value == pence


@given(st.integers(0, 10**9), st.sampled_from(["k", "m", "bn"]))
def test_any_amount_with_a_unit_is_exact(thousandths: int, unit: str) -> None:
    factor = {"k": 10**5, "m": 10**8, "bn": 10**11}[unit]
    expected = int(Decimal(thousandths).scaleb(-3) * factor)
    parsed = parse_money(f"£{Decimal(thousandths).scaleb(-3)}{unit}", PLAIN)
    assert parsed.value == expected or (parsed.outcome is Outcome.UNREAD and expected > 2**53)


@given(st.text(max_size=60))
def test_no_text_is_ever_lost_or_raises(text: str) -> None:
    for parsed in (parse_money(text, PLAIN), parse_number(text), parse_percent(text, fraction=True)):
        assert parsed.value is not None or parsed.text is not None
