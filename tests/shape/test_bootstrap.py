"""The bootstrap script: what it finds done it leaves, what was left half-made it makes again, what lacks it says."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "bootstrap.py"


class Commands:
    """Takes the place of subprocess.run: keeps what was asked, answers as told."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.failing: dict[str, str] = {}  # a word of the command -> what it says when it fails

    def __call__(self, command: list[str], **_: Any) -> SimpleNamespace:
        self.asked.append([str(word) for word in command])
        if "venv" in command:
            Path(command[-1], "bin").mkdir(parents=True)
        said = next((text for word, text in self.failing.items() if word in command), "")
        return SimpleNamespace(returncode=1 if said else 0, stderr=said, stdout="")

    def with_word(self, word: str) -> list[list[str]]:
        return [command for command in self.asked if word in command]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "pyproject.toml").write_text("project")
    (tmp_path / "lock").write_text("lock")
    venv = tmp_path / ".venv"
    places = {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / "stamp.json",
        "LOCK": tmp_path / "lock",
    }
    for name, path in places.items():
        monkeypatch.setattr(module, name, path)
    return module


@pytest.fixture
def commands(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Commands:
    fake = Commands()
    monkeypatch.setattr(subprocess, "run", fake)
    monkeypatch.setattr(script, "_loads", lambda library: True)
    return fake


def test_an_old_python_is_told_in_a_sentence(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        script.main()


def test_the_script_is_readable_by_an_old_python() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))
    names = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    assert "json" in names
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_first_set_up_installs_the_lock_and_the_program(script: ModuleType, commands: Commands) -> None:
    script.set_up()
    assert [command[1:3] for command in commands.asked if "venv" in command] == [["-m", "venv"]]
    locked, itself = commands.with_word("install")
    assert "--require-hashes" in locked
    assert "--no-build-isolation" in itself
    assert json.loads(script.STAMP.read_text())["root"] == str(script.ROOT)


def test_the_second_set_up_installs_nothing(script: ModuleType, commands: Commands) -> None:
    script.set_up()
    commands.asked.clear()
    script.set_up()
    assert not commands.with_word("install")


def test_a_half_made_environment_is_made_again(script: ModuleType, commands: Commands) -> None:
    commands.failing["--require-hashes"] = "killed"
    with pytest.raises(SystemExit):
        script.set_up()
    (script.VENV / "left_over").touch()
    commands.failing.clear()
    script.set_up()
    assert not (script.VENV / "left_over").exists()
    assert script.STAMP.exists()


def test_run_by_the_environment_that_goes_it_is_made_by_the_python_below(
    script: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(script.PYTHON))
    monkeypatch.setattr(sys, "_base_executable", "python-below", raising=False)
    script.set_up()
    (made,) = commands.with_word("venv")
    assert made[0] == "python-below"


@pytest.mark.parametrize(("changed", "installs"), [("lock", 2), ("pyproject.toml", 1)])
def test_only_what_changed_is_done_again(script: ModuleType, commands: Commands, changed: str, installs: int) -> None:
    script.set_up()
    commands.asked.clear()
    (script.ROOT / changed).write_text("changed")
    script.set_up()
    assert len(commands.with_word("install")) == installs


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Temporary failure: NameResolutionError", "no package registry answers"),
        ("OSError: No space left on device", "the disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "pip's own words are above"),
    ],
)
def test_a_failed_download_says_what_to_do(script: ModuleType, commands: Commands, said: str, sentence: str) -> None:
    commands.failing["--require-hashes"] = said
    with pytest.raises(SystemExit, match=sentence):
        script.set_up()
    assert not script.STAMP.exists()


@pytest.fixture
def without_libegl(script: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(script, "_loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(script.shutil, "which", lambda name: f"/usr/bin/{name}")
    return commands


def test_root_gets_missing_libraries_installed(
    script: ModuleType, without_libegl: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 0)
    script.ensure_libraries()
    assert without_libegl.asked[-1][:2] == ["apt-get", "install"]
    assert "libegl1" in without_libegl.asked[-1]


def test_somebody_with_sudo_gets_them_installed(
    script: ModuleType, without_libegl: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000)
    script.ensure_libraries()
    assert without_libegl.asked[-1][:4] == ["sudo", "-n", "apt-get", "install"]


def test_anybody_else_is_given_the_one_command(
    script: ModuleType, without_libegl: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000)
    without_libegl.failing["sudo"] = "a password is required"
    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends libegl1"):
        script.ensure_libraries()


def test_other_systems_are_told_the_names(
    script: ModuleType, without_libegl: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"libEGL\.so\.1.*libegl1"):
        script.ensure_libraries()
    assert not without_libegl.with_word("apt-get")


def test_a_python_without_venv_gets_its_package(
    script: ModuleType, without_libegl: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 0)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    script.ensure_venv_module()
    assert f"python3.{sys.version_info.minor}-venv" in without_libegl.asked[-1]


@pytest.mark.parametrize(
    ("platform", "variables", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_screen_is_known_by_its_display(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], screen: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert script.has_screen() is screen


def test_a_failing_check_is_named_and_does_not_hide_the_next(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {"lint": (1, "1 error"), "tests": (0, "812 passed in 99 s")}
    monkeypatch.setattr(script, "OUT", script.ROOT / "out")
    monkeypatch.setattr(script, "_step", lambda name, command: answers.get(name, (0, "")))
    assert script.run_checks([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-2:] == ["FAILED: lint", "812 passed in 99 s"]


def test_a_step_shows_its_words_and_keeps_the_last(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    code, last = script._step("three", [sys.executable, "-c", "print('one'); print('two'); raise SystemExit(3)"])
    assert (code, last) == (3, "two")
    assert "--- three: failed (3)" in capsys.readouterr().out
