"""The collector of rings is off inside and afterwards as it was before."""

from __future__ import annotations

import gc

from pmo_desktop.store.collector import without_collector


def test_the_collector_is_afterwards_as_it_was() -> None:
    with without_collector():
        assert not gc.isenabled()
        with without_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
