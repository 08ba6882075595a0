"""The action registry: every command once; menus, buttons, palette and keyboard map are all built from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from pmo_desktop.ui.icons import icon as themed_icon

MENUS = ("File", "Edit", "View", "Go", "Project", "Reports", "Tools", "Help")


@dataclass(frozen=True, slots=True)
class Entry:
    """One command as it was registered."""

    id: str
    action: QAction
    menu: str  # such as "View" or "View/Density"; empty when it stands in no menu
    section: int  # commands of one menu and section stand between two rules
    words: str  # further words the palette finds it by
    in_palette: bool
    icon: str = ""

    @property
    def text(self) -> str:
        """The words without mnemonic marks."""
        return plain_text(self.action.text())

    @property
    def shortcuts(self) -> list[str]:
        """The shortcuts as printed in the keyboard map."""
        return [sequence.toString(QKeySequence.SequenceFormat.PortableText) for sequence in self.action.shortcuts()]


@dataclass(frozen=True, slots=True)
class PaneCommand:
    """A command whose slot the pane on screen supplies; without one it is disabled."""

    id: str
    text: str
    shortcut: str | tuple[str, ...] = ()
    icon: str = ""
    menu: str = "Edit"
    section: int = 0


_GOVERNANCE = "Project/Governance"
_GOVERNANCE_COMMANDS: tuple[PaneCommand, ...] = (
    PaneCommand("deliverable.submit", "&Submit deliverable...", "", "upload", _GOVERNANCE, 1),
    PaneCommand("deliverable.accept", "&Accept deliverable...", "", "circle-check", _GOVERNANCE, 1),
    PaneCommand("deliverable.return", "&Return deliverable...", "", "undo-2", _GOVERNANCE, 1),
    PaneCommand("quality.plan", "&Plan a quality review...", "", "calendar", _GOVERNANCE, 1),
    PaneCommand("quality.result", "Rec&ord the result of a review...", "", "clipboard-check", _GOVERNANCE, 1),
    PaneCommand("waiver.approve", "Appro&ve waiver...", "", "circle-check", _GOVERNANCE, 2),
    PaneCommand("waiver.reject", "Re&ject waiver...", "", "x", _GOVERNANCE, 2),
    PaneCommand("waiver.withdraw", "&Withdraw waiver...", "", "undo-2", _GOVERNANCE, 2),
    PaneCommand("audit.plan", "Plan a &health check...", "", "calendar", _GOVERNANCE, 3),
    PaneCommand("audit.sample", "Propose a sa&mple...", "", "list", _GOVERNANCE, 3),
    PaneCommand("audit.answer", "A&nswer the questions...", "", "clipboard-check", _GOVERNANCE, 3),
    PaneCommand("audit.report", "Report the &check...", "", "flag", _GOVERNANCE, 3),
    PaneCommand("audit.print", "Print the audit re&port...", "", "printer", _GOVERNANCE, 3),
    PaneCommand("finding.agree", "A&gree an action...", "", "circle-check", _GOVERNANCE, 4),
    PaneCommand("finding.done", "The action is &done...", "", "check", _GOVERNANCE, 4),
    PaneCommand("finding.verify", "Verif&y finding...", "", "shield-check", _GOVERNANCE, 4),
    PaneCommand("finding.return", "Send finding &back...", "", "undo-2", _GOVERNANCE, 4),
    PaneCommand("finding.reject", "Finding is not accep&ted...", "", "x", _GOVERNANCE, 4),
)

# A pane offers them by `commands() -> dict[id, slot]`; the window enables exactly those of the pane on screen.
PANE_COMMANDS: tuple[PaneCommand, ...] = (
    PaneCommand("record.new", "&New item in this pane", "Ctrl+N", "plus", "Project", 0),
    PaneCommand("record.open", "&Open in its own window", "Alt+Return", "maximize-2", "Project", 0),
    PaneCommand("record.duplicate", "&Duplicate", "", "copy", "Project", 0),
    PaneCommand("record.close", "&Close...", "", "circle-check", "Project", 1),
    PaneCommand("record.report", "&Report status...", "", "file-text", "Project", 1),
    PaneCommand("record.rebaseline", "Re-&baseline...", "", "flag", "Project", 1),
    PaneCommand("risk.review", "Review ris&ks...", "", "clipboard-check", "Project", 1),
    PaneCommand("record.convert", "Con&vert to another kind...", "", "arrow-left-right", "Project", 1),
    PaneCommand("record.escalate", "&Escalate...", "", "arrow-up", "Project", 1),
    PaneCommand("risk.gather", "&Gather under a portfolio risk...", "", "layers", "Project", 1),
    PaneCommand("risk.scheme", "&Risk scheme...", "", "settings", "Tools", 1),
    PaneCommand("risk.simulate", "&Simulate the risks...", "", "file-chart-column", "Reports", 1),
    PaneCommand("method.apply", "Appl&y methodology...", "", "library", "Project", 1),
    PaneCommand("method.move", "&Move projects to another version...", "", "arrow-right", "Tools/Methodology", 3),
    PaneCommand("method.edit", "&Edit the draft, or draft the next version...", "", "pencil", "Tools/Methodology", 3),
    PaneCommand("method.compare", "&Compare versions...", "", "git-compare", "Tools/Methodology", 3),
    PaneCommand("method.approve", "&Approve version...", "", "circle-check", "Tools/Methodology", 3),
    PaneCommand("method.retire", "&Retire version...", "", "archive-restore", "Tools/Methodology", 3),
    PaneCommand("method.delete", "&Delete the draft", "", "trash-2", "Tools/Methodology", 3),
    PaneCommand("method.new", "&New methodology...", "", "plus", "Tools/Methodology", 3),
    PaneCommand("method.import", "&Import methodology...", "", "upload", "Tools/Methodology", 3),
    PaneCommand("method.lists", "&Bring in a checklist...", "", "list-checks", "Tools/Methodology", 3),
    PaneCommand("method.export_book", "Export methodology as &workbook...", "", "download", "Tools/Methodology", 3),
    PaneCommand("method.export_folder", "Export methodology as &folder...", "", "folder", "Tools/Methodology", 3),
    PaneCommand("method.tailor", "&Tailoring record...", "", "scissors", "Project", 1),
    PaneCommand("project.closure", "Close pro&ject or reopen it...", "", "circle-check", "Project", 1),
    PaneCommand("project.end_report", "Print the &end-project report...", "", "printer", "Project", 1),
    *_GOVERNANCE_COMMANDS,
    PaneCommand("record.delete", "De&lete record", "Ctrl+Del", "trash-2", "Project", 2),
    PaneCommand("record.next", "Ne&xt record", "F9", "chevron-down", "Go", 3),
    PaneCommand("record.previous", "Pre&vious record", "Shift+F9", "chevron-up", "Go", 3),
    PaneCommand("record.goto", "Go to &ID...", "Ctrl+G", "search", "Go", 3),
    PaneCommand("edit.cut", "Cu&t", "Ctrl+X", "scissors", "Edit", 1),
    PaneCommand("edit.copy", "&Copy", "Ctrl+C", "copy", "Edit", 1),
    PaneCommand("edit.copy_headers", "Copy with &headers", "Ctrl+Shift+C", "copy", "Edit", 1),
    PaneCommand("edit.paste", "&Paste", "Ctrl+V", "clipboard-paste", "Edit", 1),
    PaneCommand("edit.paste_new", "Paste as &new records", "Ctrl+Shift+V", "clipboard-paste", "Edit", 1),
    PaneCommand("edit.fill_down", "&Fill down", "Ctrl+D", "arrow-down-to-line", "Edit", 2),
    PaneCommand("edit.fill_right", "Fill &right", "Ctrl+R", "", "Edit", 2),
    PaneCommand("edit.find", "F&ind in list", "Ctrl+F", "search", "Edit", 3),
    PaneCommand("edit.find_next", "Find ne&xt", "F3", "", "Edit", 3),
    PaneCommand("edit.find_previous", "Find pre&vious", "Shift+F3", "", "Edit", 3),
    PaneCommand("edit.replace", "&Replace...", "Ctrl+H", "", "Edit", 3),
    PaneCommand("edit.select_all", "Select &all", "Ctrl+A", "", "Edit", 4),
    PaneCommand("view.inspector", "&Inspector", "F4", "panel-right", "View", 1),
    PaneCommand("view.columns", "&Columns...", "", "columns-3", "View", 2),
    PaneCommand("view.new_field", "&New field...", "", "plus", "View", 2),
    PaneCommand("view.filter", "&Filter row", "Ctrl+Shift+L", "list-filter", "View", 2),
    PaneCommand("view.group", "&Group by...", "", "layers", "View", 2),
    PaneCommand("capacity.earlier", "Shift &earlier by a period", "", "", "Edit", 2),
    PaneCommand("capacity.later", "Shift &later by a period", "", "", "Edit", 2),
    PaneCommand("capacity.unfold", "&Open all lines", "", "chevron-down", "View", 2),
    PaneCommand("capacity.fold", "C&lose all lines", "", "chevron-right", "View", 2),
    PaneCommand("capacity.resolve", "&Ways to resolve", "Ctrl+.", "", "Tools", 1),
    PaneCommand("capacity.reassign", "&Give allocations to somebody else...", "", "arrow-left-right", "Tools", 1),
    PaneCommand("gate.review", "Start gate re&view...", "", "landmark", "Project", 1),
    PaneCommand("gate.yes", "Criterion is &met", "", "check", "Project", 3),
    PaneCommand("gate.partly", "Criterion is &partly met", "", "", "Project", 3),
    PaneCommand("gate.no", "Criterion is &not met...", "", "", "Project", 3),
    PaneCommand("gate.not_applicable", "Criterion does not appl&y...", "", "", "Project", 3),
    PaneCommand("gate.attach", "Attach evi&dence...", "", "paperclip", "Project", 3),
    PaneCommand("gate.attach_link", "Attach a &link...", "", "link", "Project", 3),
    PaneCommand("gate.waiver", "Ask for a &waiver...", "", "file-check", "Project", 3),
    PaneCommand("export.view", "&Export this view to Excel...", "Ctrl+E", "download", "File", 3),
    PaneCommand("print.view", "&Print this view...", "", "printer", "File", 3),
)


class ActionRegistry:
    """Holds every command of the application; the owner widget makes their shortcuts work."""

    def __init__(self, owner: QWidget) -> None:
        self._owner = owner
        self._entries: dict[str, Entry] = {}
        self._taken: dict[str, str] = {}  # shortcut -> id

    def add(
        self,
        id_: str,
        text: str,
        slot: Callable[[], object] | None = None,
        *,
        shortcut: str | tuple[str, ...] = (),
        icon: str = "",
        menu: str = "",
        section: int = 0,
        enabled: bool = True,
        checkable: bool = False,
        words: str = "",
        in_palette: bool = True,
    ) -> QAction:
        """Register a command; an id or a shortcut used twice is a mistake and raises ValueError."""
        self._refuse_duplicates(id_, shortcut)
        action = QAction(text, self._owner)
        action.setObjectName(id_)
        action.setShortcuts([QKeySequence(keys) for keys in as_tuple(shortcut)])
        action.setToolTip(tooltip(text, as_tuple(shortcut)))
        if icon:
            action.setIcon(themed_icon(icon))
        action.setCheckable(checkable)
        action.setEnabled(enabled)
        if slot is not None:
            action.triggered.connect(lambda _checked=False: slot())
        self._owner.addAction(action)
        entry = self._entries[id_] = Entry(id_, action, menu, section, words, in_palette, icon)
        self._taken |= dict.fromkeys(entry.shortcuts, id_)
        return action

    def add_pane_commands(self, slot: Callable[[str], object]) -> None:
        """Register the commands that panes supply; `slot` gets the id of the one asked for."""
        for command in PANE_COMMANDS:
            self.add(
                command.id,
                command.text,
                _bound(slot, command.id),
                shortcut=command.shortcut,
                icon=command.icon,
                menu=command.menu,
                section=command.section,
                enabled=False,
            )

    def __getitem__(self, id_: str) -> QAction:
        return self._entries[id_].action

    def __contains__(self, id_: str) -> bool:
        return id_ in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def build_menus(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Fill a menu bar with the commands that stand in a menu; gives the menus by their path."""
        menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = bar.addMenu("&" + title)
            menu.setToolTipsVisible(True)
            menus[title] = menu
            self._fill(menu, title, menus)
        return menus

    def _fill(self, menu: QMenu, path: str, menus: dict[str, QMenu]) -> None:
        inside = [e for e in self if e.menu == path or e.menu.startswith(path + "/")]
        section: int | None = None
        for entry in sorted(inside, key=lambda e: e.section):
            if section is not None and entry.section != section:
                menu.addSeparator()
            section = entry.section
            if entry.menu == path:
                menu.addAction(entry.action)
            else:
                if entry.menu not in menus:
                    menus[entry.menu] = menu.addMenu(entry.menu.removeprefix(path + "/"))
                menus[entry.menu].addAction(entry.action)

    def _refuse_duplicates(self, id_: str, shortcut: str | tuple[str, ...]) -> None:
        if id_ in self._entries:
            message = f"the action {id_} is registered twice"
            raise ValueError(message)
        for keys in as_tuple(shortcut):
            used = self._taken.get(QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText))
            if used:
                message = f"the shortcut {keys} of {id_} belongs to {used}"
                raise ValueError(message)


def plain_text(text: str) -> str:
    """A menu text without mnemonic marks, its dots as one ellipsis sign."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").replace("...", "…")


def tooltip(text: str, shortcuts: tuple[str, ...]) -> str:
    """What a pointer resting on the command says."""
    words = plain_text(text).removesuffix("…")
    return f"{words} ({shortcuts[0]})" if shortcuts else words


def as_tuple(shortcut: str | tuple[str, ...]) -> tuple[str, ...]:
    """One or several shortcuts as a tuple; none as an empty one."""
    if isinstance(shortcut, str):
        return (shortcut,) if shortcut else ()
    return shortcut


def _bound(slot: Callable[[str], object], id_: str) -> Callable[[], object]:
    return lambda: slot(id_)
