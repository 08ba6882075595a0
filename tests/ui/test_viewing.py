"""The window's own commands: the look, text size, density, navigation, full screen."""

from __future__ import annotations

import pytest

from pmo_desktop.ui.shell import Shell
from pmo_desktop.ui.viewing import program_version, system_name


def test_f8_changes_light_for_dark_and_back(shell: Shell) -> None:
    for name in ("dark", "light"):
        shell.window.dispatch.perform("view.theme")
        assert shell.window.theme.name == name


def test_text_grows_and_shrinks_by_tenths(shell: Shell) -> None:
    for command, scale in (("view.larger", 110), ("view.larger", 120), ("view.smaller", 110), ("view.smaller", 100)):
        shell.window.dispatch.perform(command)
        assert shell.window.theme.scale == scale


@pytest.mark.parametrize("density", ["compact", "default", "comfortable"])
def test_the_density_chosen_is_ticked(shell: Shell, density: str) -> None:
    shell.window.dispatch.perform(f"view.{density}")
    assert shell.window.theme.density == density
    registry = shell.window.dispatch.registry
    ticked = [each for each in ("compact", "default", "comfortable") if registry[f"view.{each}"].isChecked()]
    assert ticked == [density]


def test_the_navigation_collapses_to_icons_with_names(shell: Shell) -> None:
    shell.window.dispatch.perform("view.nav")
    assert shell.window.nav.width() == 52
    assert shell.window.nav.items["projects"].toolTip() == "Projects (Ctrl+2)"
    shell.window.dispatch.perform("view.nav")
    assert shell.window.nav.width() == 200


def test_full_screen_and_back(shell: Shell) -> None:
    shell.window.dispatch.perform("view.fullscreen")
    assert shell.window.isFullScreen()
    shell.window.dispatch.perform("view.fullscreen")
    assert not shell.window.isFullScreen()


def test_quitting_closes_the_window(shell: Shell) -> None:
    shell.window.dispatch.perform("app.quit")
    assert not shell.window.isVisible()


def test_the_version_and_the_person_are_words() -> None:
    assert program_version()
    assert system_name()
