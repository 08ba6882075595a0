"""Records on paper, read back: their words, and what every one of them has to hold to."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import BinaryIO

import pytest
from pypdf import PdfReader

from pmo_desktop.reports.style import SMALLEST, UPRIGHT

Draw = Callable[[str, BinaryIO], int]  # paper, stream; returns pages
HOSTILE = "<para><b>bold</font> &lt;&#0; <img src='/etc/passwd'/> {{ 7*7 }} (paren\\) =1+1"
_SIZE = re.compile(rb"/F\d+\+?\d* ([\d.]+) Tf")


def read_back(draw: Draw, paper: str = "a4") -> PdfReader:
    """What was drawn, after a look at its pages: their number and size, the same bytes twice, nothing too small."""
    once, again = io.BytesIO(), io.BytesIO()
    pages = draw(paper, once)
    draw(paper, again)
    assert once.getvalue() == again.getvalue()
    reader = PdfReader(once)
    assert len(reader.pages) == pages
    size = (UPRIGHT[paper].width, UPRIGHT[paper].height)
    for number, page in enumerate(reader.pages, 1):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(size)
        assert f"{number} of {pages}" in page.extract_text()
        drawn = page.get_contents()
        assert drawn is not None
        assert min(map(float, _SIZE.findall(drawn.get_data()))) >= SMALLEST
    return reader


def words_of(reader: PdfReader) -> str:
    """All words, single spaces between them."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def squeezed(reader: PdfReader) -> str:
    """All letters without the spaces, so that it does not matter where lines end."""
    return "".join(words_of(reader).split())
