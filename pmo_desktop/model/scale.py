"""Dated reference data: rating definitions and thresholds; a figure takes the scale valid on its data date."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind


class Scale(Entity):
    """A set of points of one kind, in force from a date until a later one of the same kind replaces it."""

    __tablename__ = "scale"

    kind: Stored[str] = field("Kind", Kind.CODE, required=True, help="rag3, rag5, variance or risk")
    name: Stored[str] = field("Name", Kind.TEXT, required=True)
    effective_from: Stored[date] = field("In force from", Kind.DATE, required=True)


class ScalePoint(Entity):
    """One point of a scale: a code, its word, what it means, and where it begins if it is measured."""

    __tablename__ = "scale_point"

    scale: Stored[str] = field("Scale", Kind.LINK, to="scale", required=True)
    code: Stored[str] = field("Code", Kind.CODE, required=True)
    label: Stored[str] = field("Label", Kind.TEXT, required=True)
    meaning: Stored[str | None] = field("Meaning", Kind.NOTE)
    threshold: Stored[float | None] = field("Begins at", Kind.NUMBER, help="Percent, for measured scales")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)
