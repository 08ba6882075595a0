"""The oracles of the reference folder, read where they are; a test that needs one is skipped visibly elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).resolve().parents[3] / "shared" / "reference" / "oracles.json"


def oracles(area: str) -> list[Any]:
    """The cases of an area (`capacity.`) as parameters; one that skips where the folder is missing."""
    if not PATH.is_file():
        reason = f"the file ../shared/reference/oracles.json is missing (looked in {PATH})"
        return [pytest.param({}, id="none", marks=pytest.mark.skip(reason=reason))]
    cases = json.loads(PATH.read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in cases if case["area"].startswith(area)]
