"""The menu of views: built-in ones, the team's saved ones, and keeping the present one under a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.label import label
from pmo_desktop.ui.popover import Popover
from pmo_desktop.ui.view import View


class ViewMenu(QMenu):
    """Offers views; the callbacks get the view chosen, or are asked to save, replace or delete the present one."""

    def __init__(
        self,
        parent: QWidget,
        views: Sequence[View],
        present: View,
        *,
        is_changed: bool,
        choose: Callable[[View], object],
        save_as: Callable[[], object],
        replace: Callable[[], object],
        delete: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Views")
        group = QActionGroup(self)
        built_in = [view for view in views if view.built_in]
        saved = [view for view in views if not view.built_in]
        for block in (built_in, saved):
            if block and not self.isEmpty():
                self.addSeparator()
            for view in block:
                action = group.addAction(view.name)
                action.setCheckable(True)
                action.setChecked(view.name == present.name and view.built_in == present.built_in)
                action.triggered.connect(_chooser(choose, view))
                self.addAction(action)
        self.addSeparator()
        if is_changed:
            self.addAction(icon("refresh-cw"), "Back to the view as saved", lambda: choose(present))
        if is_changed and not present.built_in:
            self.addAction(icon("save"), f"Save changes to “{present.name}”", replace)
        self.addAction(icon("bookmark"), "Save as a view…", save_as)
        if not present.built_in:
            self.addAction(icon("trash-2"), f"Delete view “{present.name}”", delete)


class NameBox(Popover):
    """Asks for a view's name; `done` gets it."""

    def __init__(self, parent: QWidget, name: str, done: Callable[[str], object]) -> None:
        super().__init__(parent, "Save view")
        self.done = done
        self.setMinimumWidth(280)
        words = label("Name of the view", "caption")
        self.name = QLineEdit(name)
        self.name.setAccessibleName("Name of the view")
        self.name.selectAll()
        self.name.returnPressed.connect(self._finish)
        words.setBuddy(self.name)
        self.column.addWidget(words)
        self.column.addWidget(self.name)
        self.column.addWidget(label("Everyone who opens this file sees it.", "caption_quiet"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button("Save view", kind="secondary", slot=self._finish))
        self.column.addLayout(foot)
        self.name.setFocus()

    def _finish(self) -> None:
        name = self.name.text().strip()
        if name:
            done = self.done
            self.close()
            done(name)


def _chooser(choose: Callable[[View], object], view: View) -> Callable[[], None]:
    def chosen() -> None:
        choose(view)

    return chosen
