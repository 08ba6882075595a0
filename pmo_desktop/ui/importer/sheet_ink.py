"""What the preview paints with: the ink of tables and two faces of its own."""

from __future__ import annotations

from pmo_desktop.ui.grid.ink import Face, Ink


class SheetInk(Ink):
    """The ink of tables and two faces of its own."""

    def renew(self) -> None:
        """Take the theme's present colours and fonts."""
        super().renew()
        self.medium = Face(self.theme.font("body_medium"))
        font = self.theme.font("micro")
        struck = font.__class__(font)
        struck.setStrikeOut(True)
        self.struck = Face(struck)
