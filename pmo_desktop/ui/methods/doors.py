"""Doors to the library's life cycle: each opens one dialog or the editor, and says what was done with its Undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication, QFileDialog

from pmo_desktop.figures.methods import list_methods
from pmo_desktop.operations.methods import call_version, delete_draft
from pmo_desktop.rules.assurance import MethodStatus
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.applymethod import ApplyDialog
from pmo_desktop.ui.dialogs.methodcompare import MethodCompareDialog
from pmo_desktop.ui.dialogs.methodlife import ApproveDialog, DraftDialog, NewMethodDialog, RetireDialog
from pmo_desktop.ui.dialogs.migratemethod import MigrateDialog
from pmo_desktop.ui.dialogs.tailoring import TailoringDialog
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.methods.editor import SIZE, MethodEditor

_WORKBOOKS = "Workbooks (*.xlsx)"
_SHEETS = "Spreadsheets (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv)"


class Asking(Protocol):
    """A dialog that says what it did."""

    said: str

    def exec(self) -> int:
        """Show it until it is closed; 1 when it did what it is for."""


def open_editor(context: Context, methodology: str) -> MethodEditor:
    """The editor of a version; one that is open already comes to the front."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MethodEditor) and window.methodology == methodology and window.isVisible():
            window.raise_()
            window.activateWindow()
            return window
    editor = MethodEditor(context, methodology, partial(do_life, context), QApplication.activeWindow())
    editor.resize(*SIZE)
    editor.show()
    return editor


def edit_or_draft(context: Context, methodology: str) -> None:
    """Open the draft of a methodology; where there is none, ask for the number of the next version."""
    draft = find_draft(context.store, methodology)
    if draft:
        open_editor(context, draft)
    else:
        draft_next(context, methodology)


def find_draft(store: Store, methodology: str) -> str:
    """The draft of the same methodology, the version itself if it is one; empty when there is none."""
    lines = list_methods(store)
    own = next((line for line in lines if line.id == methodology), None)
    if own is None:
        return ""
    drafts = [line for line in lines if line.code == own.code and line.status in ("", MethodStatus.DRAFT)]
    return next((line.id for line in drafts if line.id == methodology), drafts[0].id if drafts else "")


def draft_next(context: Context, methodology: str) -> None:
    """Draft the next version and open it."""
    dialog = DraftDialog(context.store, methodology, QApplication.activeWindow())
    if _ask(context, dialog):
        open_editor(context, dialog.made)


def start_new(context: Context) -> None:
    """Start a methodology of one's own and open it."""
    dialog = NewMethodDialog(context.store, QApplication.activeWindow())
    if _ask(context, dialog):
        open_editor(context, dialog.made)


def compare_versions(context: Context, methodology: str) -> None:
    """Compare a version with its neighbour."""
    MethodCompareDialog(context.store, after=methodology, parent=QApplication.activeWindow()).exec()


def approve(context: Context, methodology: str) -> None:
    """Approve a draft."""
    _ask(context, ApproveDialog(context.store, methodology, QApplication.activeWindow()))


def retire(context: Context, methodology: str) -> None:
    """Retire an approved version."""
    _ask(context, RetireDialog(context.store, methodology, QApplication.activeWindow()))


def delete(context: Context, methodology: str) -> None:
    """Delete a draft."""
    head = read_row(context.store, "methodology", methodology)
    try:
        delete_draft(context.store, methodology)
    except Known as known:
        context.toast(str(known))
        return
    _tell(context, f"Draft {call_version(head) if head else ''} deleted")


def apply_to_project(context: Context, project: str | None = None, methodology: str | None = None) -> None:
    """Size a project and give it a methodology."""
    _ask(context, ApplyDialog(context.store, project, methodology, QApplication.activeWindow()))


def move_projects(context: Context, methodology: str | None = None) -> None:
    """Move live projects to another version."""
    _ask(context, MigrateDialog(context.store, methodology, None, QApplication.activeWindow()))


def show_tailoring(context: Context, project: str) -> None:
    """The tailoring record of a project."""
    TailoringDialog(context.store, project, QApplication.activeWindow()).exec()


def do_life(context: Context, deed: str, methodology: str) -> None:
    """What the editor asks for: "draft", "approve" or "compare"."""
    {"draft": draft_next, "approve": approve, "compare": compare_versions}[deed](context, methodology)


def export_workbook(context: Context, methodology: str) -> None:
    """Write a version as a workbook."""
    from pmo_desktop.operations.methodfiles import export_method_workbook  # noqa: PLC0415  brings openpyxl

    name = f"{_file_stem(context.store, methodology)}.xlsx"
    chosen, _kind = QFileDialog.getSaveFileName(
        QApplication.activeWindow(), "Export as a workbook", str(_beside(context.store) / name), _WORKBOOKS
    )
    if not chosen:
        return
    path = Path(chosen).with_suffix(".xlsx")
    try:
        export_method_workbook(context.store, methodology, path)
    except Known as known:
        context.toast(str(known))
        return
    context.toast(f"Methodology exported to {path.name}")


def export_folder(context: Context, methodology: str) -> None:
    """Write a version as a folder of Markdown."""
    from pmo_desktop.operations.methodfiles import export_method_folder  # noqa: PLC0415  as above

    chosen = QFileDialog.getExistingDirectory(
        QApplication.activeWindow(), "Export as a folder of Markdown, into", str(_beside(context.store))
    )
    if not chosen:
        return
    try:
        made = export_method_folder(context.store, methodology, Path(chosen))
    except Known as known:
        context.toast(str(known))
        return
    context.toast(f"Methodology exported to the folder {made.name}")


def import_file(context: Context) -> str:
    """Take a methodology in from a workbook or a folder, as a draft; its id, empty when nothing was taken in."""
    from pmo_desktop.operations.methodfiles import import_method  # noqa: PLC0415  as above

    chosen, _kind = QFileDialog.getOpenFileName(
        QApplication.activeWindow(),
        "Import a methodology: a workbook, or the method.md of a folder",
        str(_beside(context.store)),
        "Methodologies (*.xlsx method.md)",
    )
    if not chosen:
        return ""
    try:
        taken = import_method(context.store, Path(chosen))
    except Known as known:
        context.toast(str(known))
        return ""
    count = len(taken.faults)
    lacks = f"; {count_text(count, 'thing stands', 'things stand')} against approving it" if count else ""
    _tell(context, f"{taken.name} taken in as a draft{lacks}")
    return taken.methodology


def bring_in_lists(context: Context, methodology: str) -> None:
    """Take a foreign checklist or list of deliverables into a draft; cells that need a look are listed."""
    from pmo_desktop.operations.methodfiles import import_method_lists  # noqa: PLC0415  as above
    from pmo_desktop.ui.dialogs.methodlists import ListsDialog, say_lists  # noqa: PLC0415  as above

    window = QApplication.activeWindow()
    chosen, _kind = QFileDialog.getOpenFileName(
        window, "Bring in a checklist or a list of deliverables", str(_beside(context.store)), _SHEETS
    )
    if not chosen:
        return
    try:
        found = import_method_lists(context.store, methodology, Path(chosen))
    except Known as known:
        context.toast(str(known))
        return
    if found.new_criteria or found.new_outputs:
        _tell(context, say_lists(found).removesuffix("."))
    else:
        context.toast(say_lists(found).removesuffix("."))
    if found.problems:
        ListsDialog(found, Path(chosen).name, window).exec()


def _ask(context: Context, dialog: Asking) -> bool:
    """Show a dialog; what it did is said with Undo."""
    if not dialog.exec():
        return False
    _tell(context, dialog.said)
    return True


def _tell(context: Context, said: str) -> None:
    context.toast(said, "Undo", partial(undo_last, context))


def _beside(store: Store) -> Path:
    return store.path.parent if store.path else Path.home()


def _file_stem(store: Store, methodology: str) -> str:
    head = read_row(store, "methodology", methodology)
    return str(head["ref"] or head["name"]) if head else "methodology"
