"""The record of a gate review as pages to look at, save and print."""

from __future__ import annotations

from pmo_desktop.ui.methods.shown import ShownMethods


def print_check(pane: ShownMethods) -> None:
    """Make the record of the gate that is checked in the background and show it; without a project say what to do."""
    if pane.check is None:
        pane.context.say("Choose a gate and the project it is checked for: the record is of one project's gate.")
        return
    # reportlab and QtPdf are imported when somebody prints.
    from pmo_desktop.operations.prints import print_gate_report  # noqa: PLC0415
    from pmo_desktop.ui.printing import show_pages  # noqa: PLC0415

    store, project, code = pane.context.store, pane.project, pane.check.gate.code
    show_pages(pane, f"gate {code}", lambda path: print_gate_report(store, project, code, path))
