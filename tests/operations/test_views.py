"""Saved views."""

from __future__ import annotations

import pytest

from pmo_desktop.operations.views import delete_view, read_views, save_view
from pmo_desktop.store.errors import Known
from tests.operations.conftest import Small


def test_a_view_is_kept_under_its_name_and_replaced_by_a_later_one(small: Small) -> None:
    save_view(small.store, "project", "reds", '{"a":1}')
    save_view(small.store, "project", " Ambers ", "{}")
    save_view(small.store, "project", "reds", '{"a":2}')
    save_view(small.store, "milestone", "late", "{}")
    views = [(row["name"], row["definition"]) for row in read_views(small.store, "project")]
    assert views == [("Ambers", "{}"), ("reds", '{"a":2}')]
    delete_view(small.store, "project", "reds")
    assert [row["name"] for row in read_views(small.store, "project")] == ["Ambers"]


def test_a_view_needs_a_name(small: Small) -> None:
    with pytest.raises(Known, match="needs a name"):
        save_view(small.store, "project", " ", "{}")
