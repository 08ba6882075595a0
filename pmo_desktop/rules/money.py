"""Money: how many minor units a currency has, its sign, and exact steps between minor units and amounts."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

_DECIMALS = {  # ISO 4217; every currency not named here has two
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹"}


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
