"""Opening: portfolios and workbooks, the sample, a new file; the store is read and opened by a worker."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from PySide6.QtWidgets import QMenu

from pmo_desktop.ui.choosing import choose_new, choose_portfolio, choose_workbook
from pmo_desktop.ui.failures import Failures
from pmo_desktop.ui.furnishing import Furnishing
from pmo_desktop.ui.places import BY_NAME
from pmo_desktop.ui.state import recent_files, remember_file
from pmo_desktop.ui.viewing import Viewing
from pmo_desktop.ui.window import WORKBOOKS, Window

if TYPE_CHECKING:  # these bring the store: they are read after the first frame
    from pmo_desktop.store.file import Store
    from pmo_desktop.ui.desk import Desk

_IMPORTER = "pmo_desktop.ui.importer.window"


class Opening:
    """Answers the commands that open something; holds the desk of the file that is open."""

    def __init__(self, window: Window, failures: Failures, viewing: Viewing) -> None:
        self._window, self._failures, self._viewing = window, failures, viewing
        self.desk: Desk | None = None
        window.opening.connect(self.open_path)
        window.closing.connect(self.close)
        window.nav.switching.connect(self._show_menu)
        window.dispatch.handlers |= {
            "file.new": self.ask_new,
            "file.open": self.ask_open,
            "file.sample": self.open_sample,
        }
        if find_spec(_IMPORTER):
            window.dispatch.handlers["file.import"] = lambda: self.bring_in(None)

    @property
    def _beside(self) -> Path | None:
        """The open portfolio, whose folder is offered first."""
        return self.desk.path if self.desk else None

    def open_path(self, path: Path) -> None:
        """Open a portfolio, or bring in a workbook."""
        if path.suffix.lower() in WORKBOOKS:
            self.bring_in(path)
        elif self.desk is None or self.desk.path != path.resolve():
            self.open_file(path.resolve())

    def open_file(self, path: Path, *, allow_share: bool = False) -> None:
        """Open a portfolio; where it is held, damaged or on a share, offer what can be done."""
        self._open(
            f"Opening {path.name}",
            lambda opening, who: opening.open_store(path, who, allow_share=allow_share),
            refuse=lambda error: self._offer(path, error),
        )

    def open_read_only(self, path: Path) -> None:
        """Open the newest backup of a portfolio to read."""

        def work(_opening: Any, who: str | None) -> Store:
            restore: Any = import_module("pmo_desktop.store.restore")
            return opened(restore.open_read_only(path, who))

        self._open(f"Opening a copy of {path.name}", work)

    def ask_open(self) -> None:
        """Choose a portfolio and open it."""
        path = choose_portfolio(self._window, self._beside)
        if path is not None:
            self.open_path(path)

    def ask_new(self) -> None:
        """Choose where a new portfolio is to lie, and make it."""
        path = choose_new(self._window, self._beside, "portfolio")
        if path is not None:
            self._open(f"Making {path.name}", lambda opening, who: opening.create_store(path, who))

    def open_sample(self) -> None:
        """Open this person's copy of the sample, made when it is first asked for."""
        folder = platformdirs.user_data_path("pmo-desktop", appauthor=False, ensure_exists=True)
        path = folder / "sample.pmo"

        def work(opening: Any, who: str | None) -> Store:
            if path.exists():
                return opened(opening.open_store(path, who))
            store = opened(opening.create_store(path, who))
            sample: Any = import_module("pmo_desktop.operations.sample")
            sample.load_sample(store)
            return store

        self._open("Opening the sample", work)

    def bring_in(self, path: Path | None) -> None:
        """Bring in a workbook: into the open portfolio, else into a new one beside it."""
        if self.desk is not None and self.desk.store.readonly:
            self.desk.context.say("This portfolio is open read-only. Save a copy to work in it.")
            return
        if path is None:
            path = choose_workbook(self._window, self._beside)
        if path is None:
            return
        if self.desk is not None:
            self._import(path)
            return
        place = choose_new(self._window, None, path.stem)
        if place is not None:
            self._open(
                f"Making {place.name}",
                lambda opening, who: opening.create_store(place, who),
                lambda: self._import(path),
            )

    def attach(self, store: Store) -> None:
        """Show an open store in the window, in place of the file before."""
        self.close()
        window = self._window
        desks: Any = import_module("pmo_desktop.ui.desk")  # read by Furnishing already, as are these
        deeds: Any = import_module("pmo_desktop.ui.deeds")
        records: Any = import_module("pmo_desktop.ui.records")
        desk: Desk = desks.Desk(window, store, self.bring_in)
        self.desk = desk
        deeds.Deeds(desk, self._failures)
        filedeeds: Any = import_module("pmo_desktop.ui.filedeeds")
        filedeeds.FileDeeds(desk, self._failures)
        desk.handlers["file.close"] = self.close_file
        self._viewing.records = records.Records(store, desk.changed).listed
        self._viewing.open_record = lambda key: desk.navigate(*key.split(":", 1))
        last = str(window.state.value("window/pane", "home"))
        desk.show(last if last in BY_NAME else "home")
        if store.path is not None:
            remember_file(window.state, store.path)
        self._tell_of_file(store)

    def close(self) -> None:
        """Let the open file go, if there is one."""
        if self.desk is not None:
            self.desk.close()
            self.desk = None
            self._viewing.records = self._viewing.open_record = None

    def let_go(self) -> None:
        """Take the file out of the window but leave its store open, for whoever lent it."""
        if self.desk is not None:
            self.desk.detach()
            self.desk = None

    def close_file(self) -> None:
        """Let the file go and show the first page."""
        self.close()
        self._window.state.remove("files/last")
        self._window.show_first_run()

    def _open(
        self,
        words: str,
        work: Callable[[Any, str | None], Store],
        then: Callable[[], object] | None = None,
        refuse: Callable[[Exception], object] | None = None,
    ) -> None:
        who = str(self._window.state.value("person/name", "")) or None
        if self.desk is None:
            self._window.show_waiting(f"{words}…")

        place = BY_NAME.get(str(self._window.state.value("window/pane", "home")), BY_NAME["home"])
        furnishing = Furnishing(f"ui.panes.{place.module}")

        def done(store: Store) -> None:
            furnishing.finish()
            self.attach(store)
            if then is not None:
                then()

        def opens(_progress: object) -> Store:
            return work(import_module("pmo_desktop.store.opening"), who)

        self._window.runner.run(words, opens, done, refuse or self._refuse)

    def _refuse(self, error: Exception) -> None:
        if self.desk is None:
            self._window.show_first_run()
        self._failures.show(error)

    def _offer(self, path: Path, error: Exception) -> None:
        """A portfolio that would not open, and what can be done about it."""
        errors: Any = import_module("pmo_desktop.store.errors")  # imported by the worker already
        if self.desk is None:
            self._window.show_first_run()
        offers: dict[type[Exception], tuple[str, Callable[[], object]]] = {
            errors.Held: ("Open a read-only copy", lambda: self.open_read_only(path)),
            errors.OnShare: ("Open it all the same", lambda: self.open_file(path, allow_share=True)),
            errors.Damaged: ("Restore from backup…", lambda: self._recover(path)),
        }
        offer = offers.get(type(error))
        if offer is None:
            self._failures.show(error)
            return
        words, deed = offer

        def take() -> None:
            self._window.banners.drop("opening")
            deed()

        self._window.banners.show_banner("opening", "err", str(error), ((words, take),))

    def _recover(self, path: Path) -> None:
        dialogs: Any = import_module("pmo_desktop.ui.dialogs.restore")  # brings the store: read when first needed
        dialog = dialogs.Restore(path, self._window, damaged=True)
        if dialog.exec() and dialog.restored is not None:
            self.open_file(dialog.restored)

    def _tell_of_file(self, store: Store) -> None:
        """Say once of each file where it lies and that one person edits at a time."""
        rows: Any = import_module("pmo_desktop.store.rows")  # imported by the worker already
        banners, window = self._window.banners, self._window
        for number, note in enumerate(store.notes):
            banners.show_banner(f"note{number}", "warn", note)
        if rows.read_settings(store)["sample"]:
            text = "Sample portfolio. Nothing here is yours."
            banners.show_banner("sample", "info", text, (("Start my own", self.ask_new),))
            return
        told = f"told/{zlib.crc32(str(store.path).encode()):08x}"
        if store.path is None or window.state.value(told):
            return
        window.state.setValue(told, True)
        text = f"This portfolio is one file: {store.path}. One person edits it at a time."
        copy = ("Save a copy", lambda: window.dispatch.perform("file.copy"))
        banners.show_banner("place", "info", text, (copy,))

    def _import(self, path: Path) -> None:
        if self.desk is None:
            return
        importer: Any = import_module(_IMPORTER)  # brings the spreadsheet reader's words: read when first needed
        importer.open_importer(self.desk.context, path, self._window)

    def _show_menu(self) -> None:
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        for path, _opened in recent_files(self._window.state):
            action = menu.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.open_path(path))
        menu.addSeparator()
        registry = self._window.dispatch.registry
        for id_ in ("file.new", "file.open", "file.sample"):
            menu.addAction(registry[id_])
        menu.addSeparator()
        menu.addAction(registry["file.settings"])
        switch = self._window.nav.switch
        menu.popup(switch.mapToGlobal(switch.rect().bottomLeft()))


def opened(store: Any) -> Store:
    """A store that an untyped module gave."""
    found: Store = store
    return found
