"""An open portfolio in the window: its panes, where one has been, and what to do when something changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from pmo_desktop.model.registers import BY_NAME as REGISTERS_BY_NAME
from pmo_desktop.operations.files import close_portfolio
from pmo_desktop.operations.history import next_steps
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_settings, row_count
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dispatch import Handler
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.places import BY_NAME, PLACES
from pmo_desktop.ui.window import Window

_READY_AFTER_MS = 1500  # the first pane has been painted and the window is at rest


class Desk(QObject):
    """Owns the store of one open file and the panes that show it."""

    changed = Signal(object)  # carries Changed from whichever thread wrote to the window's

    def __init__(self, window: Window, store: Store, import_file: Callable[..., None]) -> None:
        super().__init__(window)
        self.window, self.store = window, store
        self.context = Context(
            store=store,
            theme=window.theme,
            actions=window.dispatch.registry,
            settings=window.state,
            toast=window.toast_bar.show_message,
            say=window.statusbar.say,
            run=window.runner.run,
            read=window.runner.read,
            navigate=self.navigate,
            import_file=import_file,
        )
        self.handlers: dict[str, Handler] = {}
        self._panes: dict[str, Pane] = {}
        self._stale: set[str] = set()
        self._back: list[str] = []
        self._forward: list[str] = []
        self._offer_navigation()
        self.changed.connect(self._take_change)
        self._unsubscribe = store.subscribe(self.changed.emit)
        window.dispatch.providers.append(self._offered)
        window.dispatch.after_enabling.append(self.name_steps)
        self.show_file()
        self._ready = QTimer(self, singleShot=True, interval=_READY_AFTER_MS)
        self._ready.timeout.connect(lambda: window.runner.run_quietly(store.make_ready))
        if not store.readonly:
            self._ready.start()

    @property
    def path(self) -> Path | None:
        """Where the portfolio lies."""
        return self.store.path

    def navigate(self, pane: str, row_id: str | None = None) -> None:
        """Show a pane, and in it a record; remembered for Back."""
        here = self.window.pane
        if here is not None and here.name != pane:
            self._back.append(here.name)
            self._forward.clear()
        self.show(pane)
        if row_id is not None and self.window.pane is not None:
            self.window.pane.show_row(row_id)

    def show(self, name: str) -> None:
        """Put a pane on screen, built when it is first asked for, read again when it is stale."""
        pane = self._panes.get(name)
        if pane is None:
            pane = self._panes[name] = BY_NAME[name].build(self.context)
        elif name in self._stale:
            pane.refresh()
        self._stale.discard(name)
        self.window.show_pane(pane)
        if pane.focusProxy() is not None:  # a table takes the keys at once, on its last cell
            pane.setFocus()

    def show_file(self) -> None:
        """The file's name, data date and counts wherever the window shows them."""
        settings = read_settings(self.store)
        title = settings["organisation"] or settings["title"] or self.store.label
        below = settings["title"] if settings["organisation"] and settings["title"] else self.store.label
        self.window.nav.switch.show_names(title, below)
        saved = "Read-only" if self.store.readonly else "All changes saved"
        day = f"Data date {day_text(data_date(settings))}"
        self.window.statusbar.show_file(saved, self.store.label, day)
        self.window.statusbar.date.setEnabled(not self.store.readonly)
        self.window.setWindowTitle(f"{title} - PMO Desktop")
        for place in PLACES:
            if place.register:
                entity = REGISTERS_BY_NAME[place.register].entity.__tablename__
                self.window.nav.set_count(place.name, row_count(self.store, entity))

    def name_steps(self) -> None:
        """Name the deeds that undo and redo would take, in the menu and in the tooltips."""
        for id_, verb, what in zip(("edit.undo", "edit.redo"), ("Undo", "Redo"), next_steps(self.store), strict=True):
            action = self.context.actions[id_]
            action.setEnabled(what is not None and not self.store.readonly)
            action.setText(f"&{verb}: {what}" if what else f"&{verb}")
            keys = action.shortcut().toString()
            action.setToolTip(f"{verb}: {what} ({keys})" if what else f"Nothing to {verb.lower()}")

    def close(self) -> None:
        """Let the file go; what was changed is backed up first."""
        self.detach()
        close_portfolio(self.store)

    def detach(self) -> None:
        """The panes leave the window; the store stays open, and nothing of it is due any more."""
        for timer in self.findChildren(QTimer):
            timer.stop()
        self._unsubscribe()
        self.window.dispatch.providers.remove(self._offered)
        self.window.dispatch.after_enabling.remove(self.name_steps)
        self.window.remove_panes()

    def _offered(self) -> dict[str, Handler]:
        return self.handlers | (self.window.pane.commands() if self.window.pane else {})

    def _take_change(self, changed: Changed) -> None:
        here = self.window.pane
        self._stale |= {name for name, pane in self._panes.items() if pane is not here}
        if here is not None:
            here.on_changed(changed)
        self.show_file()
        self.window.dispatch.enable()

    def _offer_navigation(self) -> None:
        for place in PLACES:
            self.handlers[f"go.{place.name}"] = _going(self.navigate, place.name)
        self.handlers |= {
            "go.back": lambda: self._travel(self._back, self._forward),
            "go.forward": lambda: self._travel(self._forward, self._back),
            "go.previous_pane": lambda: self._step(-1),
            "go.next_pane": lambda: self._step(1),
            "view.recalculate": self._recalculate,
        }

    def _travel(self, source: list[str], other: list[str]) -> None:
        if source and self.window.pane is not None:
            other.append(self.window.pane.name)
            self.show(source.pop())

    def _step(self, by: int) -> None:
        names = [place.name for place in PLACES]
        here = names.index(self.window.pane.name) if self.window.pane else 0
        self.navigate(names[(here + by) % len(names)])

    def _recalculate(self) -> None:
        self._stale |= set(self._panes)
        if self.window.pane is not None:
            self.window.pane.refresh()
            self._stale.discard(self.window.pane.name)
            self.window.show_facts()
        self.window.statusbar.say("Everything on this pane was read and calculated again.")


def _going(navigate: Callable[[str], None], name: str) -> Handler:
    return lambda: navigate(name)
