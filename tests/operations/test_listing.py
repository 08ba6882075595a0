"""A register as plain data."""

from __future__ import annotations

import json

from pmo_desktop.model.kind import Kind
from pmo_desktop.model.registers import BY_NAME, REGISTERS
from pmo_desktop.operations.fields import add_custom_field
from pmo_desktop.operations.listing import list_register
from pmo_desktop.operations.records import Edit, edit_cells
from tests.builders import a_row
from tests.operations.conftest import Small


def test_links_have_a_name_and_an_id_and_money_is_in_minor_units(small: Small) -> None:
    carbon = add_custom_field(small.store, "project", "Carbon", Kind.NUMBER)
    edit_cells(small.store, "project", [Edit(small.alpha, carbon.name, 2.5), Edit(small.alpha, "pct_complete", 45.0)])
    alpha, beta = list_register(small.store, BY_NAME["projects"])
    assert (alpha["pm"], beta["pm_id"]) == ("Priya Nair", alpha["pm_id"])
    assert (alpha["budget_approved"], alpha["currency"], alpha["pct_complete"]) == (640_000_000, "GBP", 45)
    assert (alpha["finish_baseline"], alpha["custom"], alpha["texts"]) == ("2027-03-26", {"Carbon": 2.5}, {})


def test_every_register_can_be_written_as_json(small: Small) -> None:
    for info in REGISTERS:
        json.dumps(list_register(small.store, info))


def test_a_risk_is_listed_with_its_scores_and_its_band(small: Small) -> None:
    a_row(small.store, "risk", ref="R-1", title="Steel", prob_residual=4, impact_residual=5, prob_inherent=5)
    (risk,) = list_register(small.store, BY_NAME["risks"])
    assert (risk["score"], risk["band"], risk["cell"]) == (20, "Severe", "4 x 5")
    assert (risk["score_inherent"], risk["score_target"]) == (None, None)
