"""A template document filled with values, by a child process that may die of it without harm."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pmo_desktop.store.errors import Known

TIME_LIMIT = 30.0  # seconds
FLAG = "--fill-template"  # as in filling, which loads the libraries of documents
_CODE = "import sys; sys.path.append(sys.argv[1]); from pmo_desktop.exchange.filling import main; main(sys.argv)"


def fill_template(name: str, content: bytes, values: Mapping[str, Any], *, limit: float = TIME_LIMIT) -> bytes:
    """A Word document (.docx) or workbook (.xlsx) with its merge fields filled; `name` is for messages.

    `values`: texts, groups of texts by name, and lists of groups. A name that is not there, or is empty, stays visible
    as words: [project.budget: not filled]. Texts stay words, whatever they look like. Pictures and charts of a
    workbook are lost. Raises Known with one sentence when the template is none, is damaged, or is not safe to fill.
    """
    asked = json.dumps({"content": base64.b64encode(content).decode("ascii"), "values": values})
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        child = subprocess.run(  # noqa: S603  our own interpreter on our own module
            _command(), input=asked.encode(), capture_output=True, timeout=limit, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise Known(
            f"“{name}” was not filled: it took more than {limit:g} seconds. Make the template smaller."
        ) from None
    if child.returncode or not child.stdout:
        raise Known(
            f"“{name}” was not filled: the template is damaged or made to overload the program that fills it. "
            "Take the template from the library again."
        )
    answer = json.loads(child.stdout)
    if not answer["ok"]:
        raise Known(f"“{name}” was not filled: {answer['error']}.")
    return base64.b64decode(answer["content"])


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    root = Path(__file__).resolve().parents[2]
    # -I: neither the current folder nor PYTHONPATH may put a module of their own in the way of the standard library.
    return [sys.executable, "-I", "-c", _CODE, os.fspath(root)]
