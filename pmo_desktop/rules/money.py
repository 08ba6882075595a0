"""Money: each currency's minor units, signs and codes, and exact steps between minor units and amounts."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

OFFERED = ("GBP", "EUR", "USD", "AUD", "CAD", "CHF", "DKK", "INR", "JPY", "NOK", "NZD", "PLN", "SEK", "ZAR")  # in lists
# Read as a currency in a text; the other codes of ISO 4217 are too rare, and some (ALL, TOP, CUP) are words.
WRITTEN = frozenset(OFFERED) | {"AED", "BRL", "CNY", "CZK", "HKD", "HUF", "KRW", "MXN", "SAR", "SGD"}

_DECIMALS = {  # ISO 4217; every currency not named here has two
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹"}
_DOLLARS = {"US$": "USD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "C$": "CAD"}
# What people write as a sign, and its currency; a bare dollar is anyone's and stands for none.
READ_SIGNS = {mark: code for code, mark in _SIGNS.items()} | _DOLLARS | {"$": ""}


def decimals(currency: str | None) -> int:
    """How many decimals the minor unit of an ISO currency stands for; two when the code is unknown or empty.

    Source: ISO 4217, list one.
    """
    return _DECIMALS.get((currency or "").upper(), 2)


def sign(currency: str | None) -> str:
    """What stands before an amount: the currency's own sign, else its code; empty without a currency."""
    code = (currency or "").upper()
    return _SIGNS.get(code, code)


def to_amount(minor: int, currency: str | None) -> Decimal:
    """Minor units as an exact amount: 12345 pence is 123.45 pounds."""
    return Decimal(minor).scaleb(-decimals(currency))


def to_minor(amount: Decimal | float, currency: str | None) -> int:
    """An amount in minor units, half to even where it says more than the currency can.

    A float is read as the decimal it prints as, so 0.29 is 29 pence and not 28.
    """
    exact = amount if isinstance(amount, Decimal) else Decimal(repr(amount))
    return int(exact.scaleb(decimals(currency)).quantize(Decimal(1), ROUND_HALF_EVEN))
