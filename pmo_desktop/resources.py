"""Where the shipped files lie: fonts, icons, the sample, tokens and the migrations."""

from __future__ import annotations

from pathlib import Path

HOUSE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """The path of a shipped file or folder under resources/. Raises FileNotFoundError when it was not shipped."""
    return _shipped("resources", *parts)


def migrations_path() -> Path:
    """The folder of alembic's env.py and versions/. Raises FileNotFoundError when it was not shipped."""
    return _shipped("migrations")


def _shipped(*parts: str) -> Path:
    """Inside the package in a wheel and in a frozen app; beside it in a source checkout."""
    inside, beside = HOUSE.joinpath(*parts), HOUSE.parent.joinpath(*parts)
    for path in (inside, beside):
        if path.exists():
            return path
    message = f"{Path(*parts)} is missing from this installation of PMO Desktop; install it again"
    raise FileNotFoundError(message)
