"""A deed that a rule of the PMO stands in the way of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmo_desktop.store.errors import Known

if TYPE_CHECKING:
    from pmo_desktop.rules.authority import Ruling


class Ruled(Known):
    """A rule of the PMO asks for something that was not given; nothing was changed. `rulings` say which, and who may.

    A deed that was refused for what a grant can give succeeds when it is repeated inside `granting`; a block takes a
    waiver.
    """

    def __init__(self, message: str, rulings: Sequence[Ruling]) -> None:
        super().__init__(message)
        self.rulings = tuple(rulings)
