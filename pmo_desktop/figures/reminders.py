"""The words to chase answers with: a reminder to one person, and the list of all who are waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pmo_desktop.figures.sendouts import Outstanding, State
from pmo_desktop.rules.wording import count_text, day_text


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter to be sent: to which address (empty when none is kept), its subject and its text."""

    to: str
    subject: str
    body: str


def remind(each: Outstanding, title: str, sender: str) -> Reminder:
    """A reminder of one answer that has not come. `title` is what the portfolio is called."""
    by = f" by {day_text(each.due)}" if each.due else ""
    late = "reminder: overdue" if each.state is State.OVERDUE else "reminder"
    rows = count_text(each.rows, "row")
    asked = (
        f"On {day_text(each.sent_on)} we sent you the workbook “{each.file}” with {rows} of yours and asked for your"
    )
    answer = "Please bring the white cells up to date, save the workbook and send it back."
    lines = (
        f"Dear {each.name},",
        f"{asked} update{by}. It has not reached us yet.",
        f"{answer} If nothing has changed, send it back as it is.",
        f"Thank you\n{sender}",
    )
    return Reminder(each.email, f"Update of {title}, {late}", "\n\n".join(lines))


def chase_text(waiting: Sequence[Outstanding]) -> str:
    """The whole list as plain text, a line each, the most overdue first."""
    if not waiting:
        return "Nobody is waited for."
    lines = [f"{each.name}{f' <{each.email}>' if each.email else ''}: {each.sentence}" for each in waiting]
    return "\n".join([f"{count_text(len(waiting), 'answer')} still to come", *lines])
