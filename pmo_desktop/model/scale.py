"""Dated reference data: rating definitions and thresholds; a figure takes the scale valid on its data date."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import field
from pmo_desktop.model.kind import Kind


class Scale(Entity):
    """A set of points of one kind, in force from a date until a later one of the same kind replaces it."""

    __tablename__ = "scale"

    kind: Mapped[str] = field("Kind", Kind.CODE, required=True, help="rag3, rag5 or variance")
    name: Mapped[str] = field("Name", Kind.TEXT, required=True)
    effective_from: Mapped[date] = field("In force from", Kind.DATE, required=True)


class ScalePoint(Entity):
    """One point of a scale: a code, its word, what it means, and where it begins if it is measured."""

    __tablename__ = "scale_point"

    scale: Mapped[str] = field("Scale", Kind.LINK, to="scale", required=True)
    code: Mapped[str] = field("Code", Kind.CODE, required=True)
    label: Mapped[str] = field("Label", Kind.TEXT, required=True)
    meaning: Mapped[str | None] = field("Meaning", Kind.NOTE)
    threshold: Mapped[float | None] = field("Begins at", Kind.NUMBER, help="Percent, for measured scales")
    position: Mapped[float] = field("Position", Kind.NUMBER, required=True)
