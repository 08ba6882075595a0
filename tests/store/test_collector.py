"""The collector of rings is off inside and afterwards as it was before; where it is off, it looks when told and due."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from pmo_desktop.store.collector import collect_due, without_collector


@pytest.fixture(params=[True, False])
def on(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether Python looks by itself, as without windows, or not, as with them."""
    was_on = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was_on else gc.disable)()


def test_the_collector_is_afterwards_as_it_was(*, on: bool) -> None:
    with without_collector():
        assert not gc.isenabled()
        with without_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() == on


class _Ring:
    def __init__(self) -> None:
        self.itself = self


def test_rings_are_looked_for_when_due_and_not_during_work_without() -> None:
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        ring = weakref.ref(_Ring())
        collect_due()
        assert ring() is not None, "nothing was due"
        kept = [[number] for number in range(2 * gc.get_threshold()[0])]
        with without_collector():
            collect_due()
            assert ring() is not None
        collect_due()
        assert ring() is None
        assert kept
    finally:
        (gc.enable if was_on else gc.disable)()
