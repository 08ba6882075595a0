"""Icons: every name that is used is shipped, and colours follow the theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from pmo_desktop.resources import resource_path
from pmo_desktop.ui.actions import PANE_COMMANDS
from pmo_desktop.ui.commands import SHELL_COMMANDS
from pmo_desktop.ui.icons import icon, icon_pixmap
from pmo_desktop.ui.places import PLACES
from pmo_desktop.ui.theme import Theme

UI = Path(__file__).resolve().parent.parent.parent / "pmo_desktop" / "ui"


def darkest(image: QImage) -> QColor:
    """The most opaque pixel's colour."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda colour: colour.alpha())


def test_an_icon_is_drawn_in_the_colour_of_its_token(light: Theme) -> None:
    found = darkest(icon_pixmap("house", "accent", 32).toImage())
    assert found.name() == light.color("accent").name()


def test_an_icon_made_before_a_switch_takes_the_new_colours(light: Theme) -> None:
    made = icon("house")
    before = darkest(made.pixmap(32, 32).toImage())
    light.toggle()
    after = darkest(made.pixmap(32, 32).toImage())
    assert (before.name(), after.name()) == (Theme("light").color("text2").name(), Theme("dark").color("text2").name())


def test_a_disabled_icon_is_grey(light: Theme) -> None:
    found = darkest(icon("house").pixmap(32, 32, QIcon.Mode.Disabled).toImage())
    assert found.name() == light.color("text_disabled").name()


def test_a_large_screen_gets_a_sharp_picture(light: Theme) -> None:
    picture = icon_pixmap("house", "text", 16, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)


def test_an_unknown_icon_fails_when_it_is_asked_for(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_every_icon_of_a_command_or_a_pane_is_shipped() -> None:
    names = {each.icon for each in (*SHELL_COMMANDS, *PANE_COMMANDS)} | {place.icon for place in PLACES} - {""}
    names.discard("")
    assert [name for name in sorted(names) if not resource_path(f"icons/{name}.svg").is_file()] == []


def test_every_icon_named_in_a_window_is_shipped() -> None:
    calls = re.compile(r"""(?:icon|icon_pixmap|IconButton|Mark|IconTile|InverseMark)\(\s*"([a-z0-9-]+)\"""")
    names = {name for path in UI.rglob("*.py") for name in calls.findall(path.read_text(encoding="utf-8"))}
    assert names
    assert [name for name in sorted(names) if not resource_path(f"icons/{name}.svg").is_file()] == []
