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


@dataclass(frozen=True, slots=True)
class Story:
    """One text to be placed: its title, its cleaned words, whether its lines are items, whether it stands out."""

    title: str
    text: str
    listed: bool = False
    strong: bool = False


def list_stories(row: Row) -> list[Story]:
    """The texts of a project, empty ones left out, in the order a reader wants them."""
    found = [
        Story(title, clean(row.get(name) or "").strip(), listed, strong=name == "decisions_needed")
        for name, title, listed in BLOCKS
    ]
    return [story for story in found if story.text]


def plan_blocks(
    owner: str, title: str, stories: Sequence[Story], width: float, room: float, annex: Annex
) -> list[Block]:
    """Texts in a column of `room` points: in body size if they fit, else smaller, else cut with a pointer."""
    for dense in (False, True):
        blocks = [_make_block(story, width, dense=dense) for story in stories]
        if stack_height(blocks) <= room and all(len(story.text) < _LONGEST for story in stories):
            return blocks
    shares = _share_room([block.height for block in blocks], room - GAP * (len(blocks) - 1))
    return [
        block
        if block.height <= share and len(story.text) < _LONGEST
        else _cut(block, share, annex.add(owner, title, story.title, story.text, listed=story.listed))
        for block, share, story in zip(blocks, shares, stories, strict=True)
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


def _make_block(story: Story, width: float, *, dense: bool) -> Block:
    plain, strong = (DENSE, _ASKED_DENSE) if dense else (BODY, _ASKED)
    style = strong if story.strong else plain
    return Block(story.title, tuple(lines_of(story.text[:_LONGEST], style, width, listed=story.listed)), style)


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


def _cut(block: Block, share: float, anchor: str) -> Block:
    room, kept = share - SECTION_HEIGHT - POINTER_HEIGHT, []
    for line in block.lines:
        room -= block.style.leading + line.gap
        if room < 0:
            break
        kept.append(line)
    return Block(block.title, tuple(kept), block.style, anchor)
