"""From a fresh checkout and nothing but Python to the running program: `run`, `test`, `bench`, `setup`, `lock`.

Standard library only, and readable from Python 3.7 on, so that an old one is told in a sentence what it lacks.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "pmo-desktop.json"  # written last: an environment without it was never finished
OUT = ROOT / "out"  # ignored by git
OLDEST = (3, 11)

# The shared libraries that Qt loads, and the Debian packages that bring them (xcb only where there is an X screen).
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What everything that `test` runs has in common: no screen, no question, no colour in a log.
QUIET = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def main() -> int:
    """Do what was asked; the answer is the exit code."""
    if sys.version_info < OLDEST:
        sys.exit(f"PMO Desktop needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {platform.python_version()}.")
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="open the sample portfolio, or do the main job without a screen")
    commands.add_parser("test", help="everything .ci/run runs").add_argument(
        "pytest", nargs="*", help="passed to pytest"
    )
    commands.add_parser("bench", help="ratios side by side").add_argument("names", nargs="*", help="such as: start")
    commands.add_parser("setup", help="only make the environment, in .venv")
    commands.add_parser("lock", help="make requirements.lock from requirements.in again (needs uv)")
    asked = parser.parse_args()
    if asked.command == "lock":
        return write_lock()
    set_up()
    if asked.command == "run":
        return run_sample()
    if asked.command == "test":
        return run_checks(asked.pytest)
    return run_benchmarks(asked.names) if asked.command == "bench" else 0


# --- the environment -------------------------------------------------------------------------------------------------


def set_up() -> None:
    """Make .venv from the hashed lock; nothing to do when the stamp says that it was done with these files."""
    wanted = {
        "lock": _digest(LOCK),
        "project": _digest(ROOT / "pyproject.toml"),
        "python": platform.python_version(),
        "base": sys.base_prefix,
        "root": str(ROOT),
    }
    found = _read_stamp()
    ensure_libraries()
    if found == wanted:
        return
    unfinished = {**wanted, "project": ""}
    if {**found, "project": ""} != unfinished:
        make_environment()
    _write_stamp(unfinished)
    _pip("PMO Desktop itself", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _write_stamp(wanted)


def make_environment() -> None:
    """Throw away what stands in .venv, if anything, and install every package of the lock."""
    started = time.monotonic()
    ensure_venv_module()
    if VENV.exists():
        print("The environment in .venv is unfinished or of another make: it is made again.", flush=True)
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", sys.executable)  # not the one of .venv, if that runs this: it is gone now
    made = subprocess.run([base, "-m", "venv", str(VENV)], check=False)
    if made.returncode:
        sys.exit(f"The environment could not be made in {VENV}: see the lines above.")
    print("Installing the locked packages into .venv; this takes a minute or two, once ...", flush=True)
    # The lock is complete, so nothing is left to resolve: with a resolver, pip takes the newest coverage[toml] that it
    # sees and then refuses it for want of a hash, as soon as there is one newer than the lock's.
    _pip("the locked packages", "--no-deps", "--prefer-binary", "--require-hashes", "--requirement", str(LOCK))
    print(f"Done in {time.monotonic() - started:.0f} s.", flush=True)


def _read_stamp() -> dict[str, str]:
    """What the environment was made from; empty when it was never finished or its Python is gone."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
        subprocess.run([str(PYTHON), "-I", "-S", "-c", ""], check=True)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {}
    return stamp


def _write_stamp(stamp: dict[str, str]) -> None:
    fresh = STAMP.with_suffix(".tmp")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    fresh.replace(STAMP)


def _pip(what: str, *arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", *arguments]
    done = subprocess.run(
        command, env={**os.environ, **QUIET}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return
    said = done.stderr.strip() or done.stdout.strip()
    print("\n".join(said.splitlines()[-12:]), file=sys.stderr)
    offline = (
        "NameResolution",
        "Failed to establish",
        "Connection",
        "timed out",
        "No matching distribution",
        "ProxyError",
    )
    if any(word in said for word in offline):
        sys.exit(f"Could not fetch {what}: no package registry answers. Go online (or set pip's proxy) and repeat.")
    if "No space left" in said:
        sys.exit(f"Could not install {what}: the disk is full. About 1 GB is needed; free it and repeat.")
    sys.exit(f"Could not install {what}: pip's own words are above. Repeat the command when that is mended.")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- what the system must bring --------------------------------------------------------------------------------------


def ensure_libraries() -> None:
    """On Linux: the shared libraries Qt needs, installed on Debian-family systems when they are missing."""
    if not sys.platform.startswith("linux"):
        return
    wanted = {**LIBRARIES, **(SCREEN_LIBRARIES if os.environ.get("DISPLAY") else {})}
    missing = {name: package for name, package in wanted.items() if not _loads(name)}
    if missing:
        _install_packages(sorted(missing.values()), f"Qt needs shared libraries that are missing: {', '.join(missing)}")


def ensure_venv_module() -> None:
    """Debian ships venv as a package of its own; without it no environment can be made."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    _install_packages([package], "This Python has no venv module")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install_packages(packages: list[str], reason: str) -> None:
    if not shutil.which("apt-get"):
        sys.exit(f"{reason}. On Debian they come from: {' '.join(packages)}. Install them the way of this system.")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if root else ["sudo"]
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = f"{reason}. Run this once, then repeat: {' '.join([*sudo, *install])}"
    if not root and not _may_sudo():
        sys.exit(by_hand)
    print(f"{reason}; installing {' '.join(packages)} ...", flush=True)
    as_root = [*sudo, "-n"] if sudo else []
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], [*install, "-qq"]):
        done = subprocess.run(
            [*as_root, *command], env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-5:]), file=sys.stderr)
        sys.exit(by_hand)


def _may_sudo() -> bool:
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


# --- run -------------------------------------------------------------------------------------------------------------


def run_sample() -> int:
    """Open the app on a copy of the sample portfolio; without a screen, do the same main job and say where."""
    OUT.mkdir(exist_ok=True)
    return _open_window() if has_screen() else _work_without_screen()


def has_screen() -> bool:
    """Whether windows can be shown: always on Windows and macOS, on Linux when a display server is named."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_window() -> int:
    portfolio = OUT / "sample.pmo"
    if not portfolio.exists():
        _pmo("new", str(portfolio), "--sample")
    print(f"Opening {portfolio}: a copy to try things on; delete it to start over.", flush=True)
    return subprocess.call([str(PYTHON), "-m", "pmo_desktop", str(portfolio)])


def _work_without_screen() -> int:
    folder = OUT / "no_screen"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    portfolio, register = folder / "portfolio.pmo", ROOT / "resources" / "sample" / "register.xlsx"
    print("There is no screen here, so the main job is done without one.", flush=True)
    _pmo("new", str(portfolio))
    _pmo("import", str(portfolio), str(register))
    _pmo("pack", str(portfolio), str(folder / "steering_pack.pdf"))
    _pmo("export", str(portfolio), str(folder / "register.xlsx"))
    _pmo("shots", str(portfolio), str(folder / "panes"))
    print(f"\nAll of it lies in {folder}:")
    for name, what in (
        ("portfolio.pmo", "the portfolio, imported from resources/sample/register.xlsx"),
        ("steering_pack.pdf", "the steering pack"),
        ("register.xlsx", "the export"),
        ("panes", "a picture of every pane"),
    ):
        print(f"  {name:<20}{what}")
    return 0


def _pmo(*arguments: str) -> None:
    started = time.monotonic()
    shown = " ".join(Path(each).name if os.sep in each else each for each in arguments)
    environment = dict(os.environ) if has_screen() else {**os.environ, **QUIET}
    done = subprocess.run([str(PYTHON), "-m", "pmo_desktop", *arguments], env=environment, check=False)
    if done.returncode:
        sys.exit(f"pmo-desktop {shown} ended with {done.returncode}: see the line above.")
    print(f"  pmo-desktop {shown}  ({time.monotonic() - started:.1f} s)", flush=True)


# --- test and bench --------------------------------------------------------------------------------------------------


def run_checks(chosen: list[str]) -> int:
    """Every check in turn, each with its time; a failed one does not hide the next. Ends with pytest's summary line."""
    tool = str(PYTHON)
    report = OUT / "coverage.json"
    OUT.mkdir(exist_ok=True)
    report.unlink(missing_ok=True)
    part = [tool, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--cov", f"--cov-report=json:{report}", *chosen]
    steps = [
        ("format", [tool, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("lint", [tool, "-m", "ruff", "check", "."]),
        ("types", [tool, "-m", "mypy"]),
        ("layers", [str(PYTHON.parent / "lint-imports"), "--no-cache"]),
        ("tests", part if chosen else [tool, "packaging/halves.py", str(report)]),
    ]
    if not chosen:  # floors hold for the whole suite, not for a part of it
        steps.append(("coverage floors", [tool, "packaging/floors.py", str(report)]))
    outcomes = [_step(name, command) for name, command in steps]
    failed = [name for (name, _), (code, _) in zip(steps, outcomes, strict=True) if code]
    print(f"\n{'FAILED: ' + ', '.join(failed) if failed else 'All checks passed.'}")
    print(outcomes[4][1], flush=True)
    return 1 if failed else 0


def _step(name: str, command: list[str]) -> tuple[int, str]:
    """Run one check, showing what it says as it says it. Returns its exit code and its last line."""
    print(f"\n--- {name}", flush=True)
    started, last = time.monotonic(), ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **QUIET},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as running:
        assert running.stdout is not None  # noqa: S101 - asked for with PIPE
        for line in running.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    code = running.returncode
    print(f"--- {name}: {'ok' if code == 0 else f'failed ({code})'}, {time.monotonic() - started:.1f} s", flush=True)
    return code, last


def run_benchmarks(names: list[str]) -> int:
    """Run the scripts of tests/bench, all or those named; each prints its ratios side by side."""
    folder = ROOT / "tests" / "bench"
    scripts = [folder / f"bench_{name}.py" for name in names] or sorted(folder.glob("bench_*.py"))
    unknown = [script.stem for script in scripts if not script.exists()]
    if unknown or not scripts:
        sys.exit(f"There is no benchmark {', '.join(unknown) or 'at all'} in {folder}.")
    codes = [
        _step(script.stem.removeprefix("bench_"), [str(PYTHON), "-m", f"tests.bench.{script.stem}"])[0]
        for script in scripts
    ]
    return 1 if any(codes) else 0


def write_lock() -> int:
    """Make the hashed lock for every Python and system from requirements.in; no registry's address gets into it."""
    if not shutil.which("uv"):
        sys.exit("The lock is made by uv, which is not on this machine's PATH: install it (pip install uv) and repeat.")
    quiet = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
    source = LOCK.with_suffix(".in")
    command = [
        "uv",
        "pip",
        "compile",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        *quiet,
        "-o",
        str(LOCK),
        str(source),
    ]
    return subprocess.call(command, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
