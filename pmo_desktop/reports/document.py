"""A document: planned pages drawn into one PDF that is the same bytes for the same pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from pmo_desktop.reports.frame import Imprint, Sheet, paint_frame
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import FOOTER, REGULAR, Paper, register_fonts

Progress = Callable[[int, int], None]  # pages done, pages in all; may raise to cancel


def draw_sheets(
    imprint: Imprint, sheets: Sequence[Sheet], paper: Paper, out: BinaryIO, progress: Progress | None = None
) -> dict[str, int]:
    """Draw planned pages into a stream and return the page number of every anchor. Raises Bug for what would clip."""
    numbers = {name: place for place, sheet in enumerate(sheets, 1) for name, _, _ in sheet.anchors}
    canvas = _make_canvas(imprint, paper, out)
    for number, sheet in enumerate(sheets, 1):
        page = Page(canvas, paper, numbers)
        for name, line, level in sheet.anchors:
            page.anchor(name, line, level)
        paint_frame(page, sheet, imprint, len(sheets), number)
        sheet.paint(page)
        canvas.showPage()
        if progress:
            progress(number, len(sheets))
    canvas.save()
    return numbers


def _make_canvas(imprint: Imprint, paper: Paper, out: BinaryIO) -> Canvas:
    register_fonts()
    rl_config.trustedSchemes, rl_config.trustedHosts = [], []  # nothing of ours is fetched from anywhere
    canvas = Canvas(
        out,
        pagesize=(paper.width, paper.height),
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,  # type: ignore[arg-type]  # the stubs say a number; reportlab takes the name
        initialFontSize=FOOTER.size,
        lang="en-GB",
    )
    canvas.setTitle(", ".join(part for part in (imprint.title, imprint.board) if part))
    canvas.setAuthor(imprint.author)
    canvas.setSubject(f"Data date {imprint.data_date.isoformat()}")
    canvas.setCreator("PMO Desktop")
    canvas.setProducer("PMO Desktop")
    return canvas
