"""Records on paper: a gate review, the end of a project, a health check or audit, each a PDF of its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from pmo_desktop.operations.packs import refuse_paper
from pmo_desktop.reports.audit import read_audit_record, write_audit_report
from pmo_desktop.reports.closure import read_ending, write_closure_report
from pmo_desktop.reports.gate import read_gate_record, write_gate_report
from pmo_desktop.store.file import Store
from pmo_desktop.store.writing import replacing

A4 = "a4"


def print_gate_report(store: Store, project: str, code: str, path: Path, paper: str = A4) -> int:
    """Write the record of a gate review to a PDF, whole or not at all; the number of its pages.

    Raises Known when the project is gone or has no such gate, for an unknown paper, and when the file cannot be
    written.
    """
    record = read_gate_record(store, project, code)
    return _write(path, paper, lambda out: write_gate_report(record, paper, out))


def print_closure_report(store: Store, project: str, path: Path, paper: str = A4) -> int:
    """Write the end-project report to a PDF, whole or not at all; the number of its pages. Raises Known as above."""
    ending = read_ending(store, project)
    return _write(path, paper, lambda out: write_closure_report(ending, paper, out))


def print_audit_report(store: Store, audit: str, path: Path, paper: str = A4) -> int:
    """Write the report of a check to a PDF, whole or not at all; the number of its pages. Raises Known as above."""
    record = read_audit_record(store, audit)
    return _write(path, paper, lambda out: write_audit_report(record, paper, out))


def closure_pages(store: Store, project: str) -> bytes:
    """The end-project report as the bytes of a PDF. Raises Known when the project is gone."""
    out = io.BytesIO()
    write_closure_report(read_ending(store, project), A4, out)
    return out.getvalue()


def _write(path: Path, paper: str, draw: Callable[[BinaryIO], int]) -> int:
    refuse_paper(paper)
    with replacing(path) as temporary, temporary.open("wb") as out:
        return draw(out)
