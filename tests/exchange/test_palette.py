"""Colours of a workbook: plain, theme and indexed ones, with tints."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from pmo_desktop.exchange.palette import Palette

THEME = (
    '<theme><clrScheme><dk1><sysClr val="windowText" lastClr="000000"/></dk1><lt1><sysClr lastClr="FFFFFF"/></lt1>'
    '<dk2><srgbClr val="1F497D"/></dk2><lt2/><accent1><srgbClr val="4F81BD"/></accent1></clrScheme></theme>'
)


def fill(colour: str, pattern: str = "solid") -> str:
    """What a fill of this colour is taken for."""
    palette = Palette(None, fromstring(THEME))
    return palette.fill(
        fromstring(f'<fill><patternFill patternType="{pattern}"><fgColor {colour}/></patternFill></fill>')
    )


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ('rgb="FFFF0000"', "FF0000"),
        ('rgb="FFFFFFFF"', ""),
        ('theme="0"', ""),
        ('theme="1"', "000000"),
        ('theme="4"', "4F81BD"),
        ('theme="4" tint="0.5"', "A7C0DE"),
        ('theme="4" tint="-0.5"', "254061"),
        ('theme="99"', ""),
        ('indexed="10"', "FF0000"),
        ('indexed="64"', ""),
    ],
)
def test_a_colour_is_six_digits_whatever_way_it_is_named(colour: str, expected: str) -> None:
    assert fill(colour) == expected


def test_patterns_and_empty_fills_have_no_colour() -> None:
    palette = Palette(None, None)
    assert fill('rgb="FFFF0000"', "gray125") == ""
    assert palette.fill(fromstring("<fill/>")) == ""
    assert palette.fill(fromstring('<fill><patternFill patternType="solid"/></fill>')) == ""


def test_a_workbook_may_bring_its_own_indexed_colours() -> None:
    styles = fromstring(
        '<styleSheet><colors><indexedColors><rgbColor rgb="00123456"/></indexedColors></colors></styleSheet>'
    )
    palette = Palette(styles, None)
    assert (
        palette.fill(fromstring('<fill><patternFill patternType="solid"><fgColor indexed="0"/></patternFill></fill>'))
        == "123456"
    )
