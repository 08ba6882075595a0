"""The look: enough contrast, sizes that follow, one style sheet, a switch that leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.resources import resource_path
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import Theme

UI = Path(__file__).resolve().parent.parent.parent / "pmo_desktop"
SURFACES = ("surface", "bg_window", "bg_nav", "hover", "selected", "header_bg")


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", ["text", "text2", "text3"])
def test_text_can_be_read_on_every_surface(name: str, surface: str, text: str) -> None:
    theme = Theme(name)
    assert contrast(theme.color(text), theme.color(surface)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    "text,ground",
    [
        ("on_accent", "accent"),
        ("accent_text", "surface"),
        ("info_fg", "info_bg"),
        ("ok_fg", "ok_bg"),
        ("warn_fg", "warn_bg"),
        ("err_fg", "err_bg"),
        ("danger", "surface"),
        ("tooltip_fg", "tooltip_bg"),
        ("toast_action", "tooltip_bg"),
    ],
)
def test_messages_and_buttons_can_be_read(name: str, text: str, ground: str) -> None:
    theme = Theme(name)
    assert contrast(theme.color(text), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("code", ["R", "A", "G", "C", None])
def test_a_status_mark_has_a_readable_letter_and_a_visible_outline(name: str, code: str | None) -> None:
    theme = Theme(name)
    colours = theme.rag(code)
    assert contrast(colours.ink, colours.fill) >= 4.5
    assert contrast(colours.line, theme.color("surface")) >= 3
    assert contrast(colours.text, colours.tint) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_inputs_and_focus_stand_out(name: str) -> None:
    theme = Theme(name)
    for token in ("border_strong", "focus"):
        assert contrast(theme.color(token), theme.color("surface")) >= 3


@pytest.mark.parametrize("code", ["AR", "A", "AG"])
def test_amber_red_and_amber_green_are_drawn_as_amber(code: str) -> None:
    theme = Theme("light")
    assert theme.rag(code) == theme.rag("A")


@pytest.mark.parametrize("empty", [None, ""])
def test_no_rating_is_the_ring_and_never_green(empty: str | None) -> None:
    theme = Theme("light")
    assert theme.rag(empty).fill != theme.rag("G").fill
    assert theme.rag(empty) == theme.rag(None)


def test_an_unknown_rating_is_an_error() -> None:
    with pytest.raises(KeyError):
        Theme("light").rag("X")


@pytest.mark.parametrize("density,scale,pixels", [("compact", 100, 24), ("default", 100, 30), ("comfortable", 150, 57)])
def test_rows_follow_density_and_text_size(density: str, scale: int, pixels: int) -> None:
    assert Theme("light", density, scale).row_height == pixels


@pytest.mark.parametrize("asked,given", [(50, 90), (100, 100), (400, 150)])
def test_text_size_stays_between_90_and_150_percent(asked: int, given: int) -> None:
    assert Theme("light", scale=asked).scale == given


def test_the_bundled_font_is_used_with_digits_of_one_width(light: Theme, qapp: QApplication) -> None:
    font = light.font("body")
    assert font.family() == "PMO Sans"
    assert font.pixelSize() == 13
    assert font.hintingPreference() == QFont.HintingPreference.PreferNoHinting
    metrics = QFontMetrics(font)
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_a_change_is_told_once_per_change(qapp: QApplication, light: Theme, qtbot: QtBot) -> None:
    for change in (light.toggle, lambda: light.set_density("compact"), lambda: light.set_scale(125)):
        with qtbot.waitSignal(light.changed):
            change()
    assert (light.name, light.density, light.scale) == ("dark", "compact", 125)


def test_reduced_motion_is_no_motion() -> None:
    theme = Theme("light")
    assert theme.motion > 0
    theme.set_reduced_motion(True)
    assert theme.motion == 0


def test_a_live_switch_leaves_nothing_in_the_old_colours(qtbot: QtBot, qapp: QApplication, light: Theme) -> None:
    def build() -> QWidget:
        made = QWidget()
        made.setProperty("role", "pane")
        row = QHBoxLayout(made)
        tick = QCheckBox("Tick")
        tick.setChecked(True)
        parts = (label("Title", "title"), label("Quiet", "caption"), Button("New", "plus", "primary"), Button("Plain"))
        for part in (*parts, IconButton("house", "Home"), tick, QLineEdit("Text")):
            row.addWidget(part)
        made.resize(700, 60)
        qtbot.addWidget(made)
        return made

    switched = build()
    switched.grab()
    light.toggle()
    fresh = build()
    assert switched.grab().toImage() == fresh.grab().toImage()


def test_only_the_theme_sets_a_style_sheet() -> None:
    found = [path.name for path in UI.rglob("*.py") if "setStyleSheet(" in path.read_text(encoding="utf-8")]
    assert found == ["theme.py"]


def test_the_sheet_asks_only_for_tokens_that_exist(light: Theme, qapp: QApplication) -> None:
    assert "$" not in qapp.styleSheet()


def test_both_themes_define_the_same_tokens() -> None:
    tokens = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))["color"]
    assert tokens["light"].keys() == tokens["dark"].keys()


def test_a_half_transparent_token_keeps_its_transparency() -> None:
    assert Theme("light").color("scrim").alpha() == 0x66
