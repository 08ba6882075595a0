"""The words of a project report: texts that share a column, each cut to its share with a pointer to the annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pmo_desktop.figures.material import Row
from pmo_desktop.reports.annex import POINTER_HEIGHT, Annex, point_to
from pmo_desktop.reports.frame import SECTION_HEIGHT, draw_section
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import BODY, DENSE, Type
from pmo_desktop.reports.text import Line, clean, height_of, lines_of

GAP = 11.0
BLOCKS: tuple[tuple[str, str, bool], ...] = (  # field, title, one bullet a line
    ("rag_comment", "Status summary", False),
    ("key_achievements", "Done this period", True),
    ("next_steps", "Next period", True),
    ("decisions_needed", "Asked of the board", True),
    ("description", "About the project", False),
    ("dependencies", "Dependencies", True),
    ("constraints", "Constraints", True),
)
_LONGEST = 12_000  # characters measured for a page; more cannot stand in a column anyway
_ASKED = Type(BODY.size, "PMOSans-Medium", BODY.leading)
_ASKED_DENSE = Type(DENSE.size, "PMOSans-Medium", DENSE.leading)


@dataclass(frozen=True, slots=True)
class Block:
    """One text as it will stand: its lines, and where the rest is if they are not all."""

    title: str
    lines: tuple[Line, ...]
    style: Type
    anchor: str = ""

    @property
    def height(self) -> float:
        """The height with title and pointer, without the gap after it."""
        return SECTION_HEIGHT + height_of(self.lines, self.style) + (POINTER_HEIGHT if self.anchor else 0.0)


def plan_blocks(row: Row, title: str, width: float, room: float, annex: Annex) -> list[Block]:
    """A project's texts in a column of `room` points: in body size if they fit, else smaller, else cut and pointed."""
    texts = [(name, head, clean(row.get(name) or "").strip(), listed) for name, head, listed in BLOCKS]
    texts = [each for each in texts if each[2]]
    for dense in (False, True):
        blocks = [_make_block(*each, width, dense=dense) for each in texts]
        if stack_height(blocks) <= room and all(len(text) < _LONGEST for _, _, text, _ in texts):
            return blocks
    shares = _share_room([block.height for block in blocks], room - GAP * (len(blocks) - 1))
    return [
        block
        if block.height <= share and len(text) < _LONGEST
        else _cut(block, share, row["id"], title, text, listed, annex)
        for block, share, (_, _, text, listed) in zip(blocks, shares, texts, strict=True)
    ]


def paint_blocks(page: Page, x: float, y: float, width: float, blocks: Sequence[Block]) -> float:
    """Draw blocks one under another from a top edge; returns the bottom edge."""
    for block in blocks:
        top = draw_section(page, x, width, y, block.title)
        bottom = page.lines(x, top, block.lines, block.style)
        if block.anchor:
            point_to(page, x, bottom, "Full text", block.anchor)
        y += block.height + GAP
    return y


def _make_block(name: str, head: str, text: str, listed: bool, width: float, *, dense: bool) -> Block:
    asked = name == "decisions_needed"
    style = (_ASKED_DENSE if dense else _ASKED) if asked else (DENSE if dense else BODY)
    return Block(head, tuple(lines_of(text[:_LONGEST], style, width, listed=listed)), style)


def stack_height(blocks: Sequence[Block]) -> float:
    """The height of blocks one under another."""
    return sum(block.height for block in blocks) + GAP * max(0, len(blocks) - 1)


def _share_room(heights: Sequence[float], room: float) -> list[float]:
    """Room for each: what it asks for where that is less than an even share, the rest split among the others."""
    shares = [0.0] * len(heights)
    left, waiting = room, sorted(range(len(heights)), key=lambda place: heights[place])
    for number, place in enumerate(waiting):
        shares[place] = min(heights[place], left / (len(waiting) - number))
        left -= shares[place]
    return shares


def _cut(block: Block, share: float, owner: str, title: str, text: str, listed: bool, annex: Annex) -> Block:
    anchor = annex.add(owner, title, block.title, text, listed=listed)
    room, kept = share - SECTION_HEIGHT - POINTER_HEIGHT, []
    for line in block.lines:
        room -= block.style.leading + line.gap
        if room < 0:
            break
        kept.append(line)
    return Block(block.title, tuple(kept), block.style, anchor)
