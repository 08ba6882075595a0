"""The methodology pane: the library, and the gate of a project checked against it."""

from __future__ import annotations

from pmo_desktop.ui.context import Context
from pmo_desktop.ui.methods.pane import MethodsPane


def build_pane(context: Context) -> MethodsPane:
    """The pane of an open file."""
    return MethodsPane(context)
