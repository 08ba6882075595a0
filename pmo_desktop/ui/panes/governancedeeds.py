"""What is offered about governance: the authority of the PMO, and the deeds of its registers."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from pmo_desktop.ui.context import Context


def show_authority(context: Context) -> None:
    """What the PMO may demand, since when, and how often it was got past."""
    from pmo_desktop.ui.dialogs.authority import AuthorityDialog  # noqa: PLC0415  read when it is first opened

    dialog = AuthorityDialog(context, QApplication.activeWindow())
    dialog.open()
