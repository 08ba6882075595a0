"""No page passes text through a markup language: reportlab's flowables are not used at all."""

from __future__ import annotations

import ast
from pathlib import Path

from pmo_desktop.reports import text

ROOM = Path(text.__file__).parent


def test_no_module_of_the_room_imports_flowables() -> None:
    imported = {
        name
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
    }
    assert "reportlab.pdfgen.canvas" in imported
    assert not [name for name in imported if "platypus" in name or "Paragraph" in name or "fontfinder" in name.lower()]
