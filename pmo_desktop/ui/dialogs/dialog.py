"""The frame of a dialog: a title, what it asks, a message above the buttons, the primary button last on the right."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pmo_desktop.ui.banner import Banner
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.label import label

WIDTHS = (440, 640, 960)
_BY_TAB = Qt.FocusPolicy.TabFocus.value


class Dialog(QDialog):
    """Esc cancels, Ctrl+Enter accepts; `accept_text` is the verb on the primary button, empty for a dialog to read."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        width: int = 640,
        accept_text: str = "",
        kind: str = "primary",
        cancel_text: str = "Cancel",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 18, 20, 16)
        self._column.setSpacing(12)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # showEvent does it
        self.setMinimumWidth(width)
        self.headline = label(title, "title")
        self._column.addWidget(self.headline)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._column.addLayout(self.body, 1)
        self._message: Banner | None = None
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        self.cancel_button = Button(cancel_text if accept_text else "Close", slot=self.reject)
        self.foot.addWidget(self.cancel_button)
        self.accept_button: Button | None = None
        if accept_text:
            self.accept_button = Button(accept_text, kind=kind, slot=self.try_accept)
            self.accept_button.setDefault(kind == "primary")
            self.foot.addWidget(self.accept_button)
            keys = QShortcut(QKeySequence("Ctrl+Return"), self)
            keys.activated.connect(self.try_accept)
        self._column.addSpacing(4)
        self._column.addLayout(self.foot)

    def showEvent(self, event: QShowEvent) -> None:
        """The first field has the focus, and Tab reaches the buttons last."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self.fit()
        feet = [item.widget() for item in map(self.foot.itemAt, range(self.foot.count())) if item is not None]
        reached = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy().value & _BY_TAB and widget.window() is self
        ]
        order = [widget for widget in reached if widget not in feet] + [w for w in feet if isinstance(w, QWidget)]
        for one, other in pairwise(order):
            self.setTabOrder(one, other)
        if order:
            order[0].setFocus()

    def fit(self) -> None:
        """As high as everything in it needs; Qt itself stops at two thirds of the screen and squeezes the rest."""
        if not self.isVisible():
            return  # it is made so when it is shown
        column = self._column
        column.activate()
        width = max(self.minimumWidth(), column.totalMinimumSize().width())
        high = column.totalHeightForWidth(width) if column.hasHeightForWidth() else column.totalSizeHint().height()
        high = min(max(high, self.sizeHint().height()), self.screen().availableGeometry().height() - 40)
        self.setMinimumHeight(high)
        self.resize(width, high)

    def try_accept(self) -> None:
        """Accept, unless `commit` says what is wrong."""
        wrong = self.commit()
        if wrong:
            self.show_message(wrong)
        else:
            self.accept()

    def commit(self) -> str:
        """Do what the dialog is for; the answer is a sentence when it could not be done."""
        return ""

    def show_message(self, text: str, kind: str = "err") -> None:
        """A sentence above the buttons, in the place of an earlier one."""
        self.clear_message()
        self._message = Banner(kind, text, closable=False)
        self._column.insertWidget(2, self._message)
        self._message.show()  # a layout has no room for what is not shown yet
        self.fit()

    def clear_message(self) -> None:
        """Take the sentence away."""
        if self._message is not None:
            self._message.hide()
            self._message.deleteLater()
            self._message = None

    def add_form(self) -> QFormLayout:
        """A form of labels and fields in the body."""
        form = make_form()
        self.body.addLayout(form)
        return form


def make_form() -> QFormLayout:
    """A form of labels and fields with the distances of a dialog."""
    form = QFormLayout()
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    return form


def add_row(form: QFormLayout, text: str, field: QWidget, note: str = "") -> None:
    """A labelled field; the label is its buddy and its spoken name."""
    words = label(text, "label")
    words.setBuddy(field)
    words.setMinimumWidth(150)
    if not field.accessibleName():
        field.setAccessibleName(text)
    if not note:
        form.addRow(words, field)
        return
    field.setAccessibleDescription(note)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(field)
    column.addWidget(label(note, "micro", wrap=True))
    form.addRow(words, as_widget(column))


def as_widget(layout: QLayout) -> QWidget:
    """A widget that holds a layout without margins."""
    layout.setContentsMargins(0, 0, 0, 0)
    made = QWidget()
    made.setLayout(layout)
    return made


def ask(
    parent: QWidget | None, title: str, text: str, accept_text: str, kind: str = "primary", width: int = 440
) -> bool:
    """Ask one question; true when the person says the verb. Only for what undo cannot take back."""
    dialog = Dialog(title, parent, width=width, accept_text=accept_text, kind=kind)
    dialog.body.addWidget(label(text, "body2", wrap=True))
    return dialog.exec() == QDialog.DialogCode.Accepted
