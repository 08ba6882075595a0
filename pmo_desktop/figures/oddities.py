"""Oddities: what is wrong with people's working time and with their bookings, in words; the figures stand."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.book import Book
from pmo_desktop.rules.booking import BookingFlag
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import ResourceType


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd about a resource (`row` in the book) or some of its bookings, whose ids these are."""

    row: int
    name: str
    text: str
    allocations: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The sentence with whom it is about: `Chris Obi, 2 bookings: ...`."""
        count = f", {count_text(len(self.allocations), 'booking')}" if self.allocations else ""
        return f"{self.name}{count}: {self.text}"


def find_oddities(book: Book) -> list[Oddity]:
    """Everything odd, by resource in the order of the book, its working time first.

    A role still to be named has no time by nature: that nothing is available in its bookings is not odd.
    """
    found = [Oddity(row, each.name, flag.words) for row, each in enumerate(book.resources) for flag in each.flags]
    for flag, rows in book.bookings.flags.items():
        by_resource: dict[int, list[str]] = {}
        for row in rows.tolist():
            by_resource.setdefault(int(book.allocations.resource[row]), []).append(book.ids[row])
        for resource, ids in by_resource.items():
            each = book.resources[resource]
            if flag is not BookingFlag.NO_AVAILABILITY or each.type != ResourceType.ROLE:
                found.append(Oddity(resource, each.name, flag.words, tuple(ids)))
    return sorted(found, key=lambda oddity: oddity.row)
