"""Every field of a register can be seen and edited in its pane, and travels on its sheet; what is left out is named."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.sheets import SHEETS
from pmo_desktop.model import catalog
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import REGISTERS
from pmo_desktop.ui.outline import OWN_FIELDS, Outline
from pmo_desktop.ui.panes import projects, registers
from pmo_desktop.ui.places import PLACES

OUTLINES: dict[str, Outline] = {"projects": projects.OUTLINE, **registers.OUTLINES}
# Register -> fields that stand in no section of a page, or on no sheet, each with its reason.
NOT_IN_A_SECTION = {"projects": {"rag_comment": "the status at the head of the first page is made for it"}}
NOT_ON_A_SHEET: dict[str, dict[str, str]] = {}


def names_of(info: RegisterInfo) -> set[str]:
    return {field.name for field in catalog.fields(info.entity.__tablename__)}


def in_pages(outline: Outline) -> set[str]:
    return {name for page in outline.pages for _, names in page.sections for name in names}


@pytest.mark.parametrize("info", REGISTERS, ids=lambda info: info.name)
def test_every_field_stands_on_a_page_of_the_inspector(info: RegisterInfo) -> None:
    placed = in_pages(OUTLINES[info.name])
    assert names_of(info) - placed == set(NOT_IN_A_SECTION.get(info.name, ()))


@pytest.mark.parametrize("info", REGISTERS, ids=lambda info: info.name)
def test_the_organisations_own_fields_have_their_place(info: RegisterInfo) -> None:
    assert set(OWN_FIELDS) <= in_pages(OUTLINES[info.name])


@pytest.mark.parametrize("info", REGISTERS, ids=lambda info: info.name)
def test_a_page_names_only_fields_there_are(info: RegisterInfo) -> None:
    outline = OUTLINES[info.name]
    known = names_of(info) | {each.name for each in outline.figures} | set(OWN_FIELDS)
    assert in_pages(outline) <= known
    assert set(outline.shown) | set(outline.looks) <= known


@pytest.mark.parametrize("info", REGISTERS, ids=lambda info: info.name)
def test_every_field_travels_on_its_sheet(info: RegisterInfo) -> None:
    assert names_of(info) - set(SHEETS[info.name]) == set(NOT_ON_A_SHEET.get(info.name, ()))


def test_every_register_has_a_pane() -> None:
    assert {place.register for place in PLACES if place.register} == {info.name for info in REGISTERS}
