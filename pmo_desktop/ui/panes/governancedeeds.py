"""What is offered about governance: the authority of the PMO, and the deeds of its registers, each asked for first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.deliverables import accept_deliverable, return_deliverable, submit_deliverable
from pmo_desktop.operations.findings import (
    agree_action,
    finish_finding,
    reject_finding,
    return_finding,
    verify_finding,
)
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.quality import plan_quality_review, record_quality_result
from pmo_desktop.operations.waivers import decide_waiver, withdraw_waiver
from pmo_desktop.rules.assurance import ReviewResult
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import read_linked
from pmo_desktop.ui.kinds import exact_text, long_date
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.panes.closuredeeds import print_current
from pmo_desktop.ui.panes.shown import ShownRegister

Commands = dict[str, Callable[[], object]]
_Values = dict[str, Any]
_WHY = Field("reason", "Reason", Kind.NOTE)


def governance_commands(pane: ShownRegister) -> Commands:
    """The deeds that the entries of a register of governance can have done to them."""
    makers: dict[str, Callable[[ShownRegister], Commands]] = {
        "deliverable": _deliverable,
        "quality_review": _quality,
        "waiver": _waiver,
        "audit": _audit,
        "finding": _finding,
    }
    return makers[pane.outline.entity](pane)


def _deliverable(pane: ShownRegister) -> Commands:
    store, today = pane.context.store, pane.table.reading.today

    def submit(row: str, values: _Values) -> None:
        deed = partial(submit_deliverable, store, row, values["submitted_on"] or today, values["template_used"])
        pane.verbs.do(deed, _said(pane, "deliverable", row, "submitted"))

    def accept(row: str, values: _Values) -> None:
        deed = partial(accept_deliverable, store, row, values["accepted_on"] or today, values["acceptor"])
        pane.verbs.do(deed, _said(pane, "deliverable", row, "accepted"))

    def give_back(row: str, values: _Values) -> None:
        return_deliverable(store, row, today, values["reason"] or "")
        _said(pane, "deliverable", row, "returned")(None)

    return {
        "deliverable.submit": _asking(pane, "Submit", ("submitted_on", "template_used"), submit, "submitted_on"),
        "deliverable.accept": _asking(pane, "Accept", ("accepted_on", "acceptor"), accept, "accepted_on"),
        "deliverable.return": _asking(pane, "Return", (_WHY,), give_back),
        "quality.plan": _asking(pane, "Plan a review of", _planned_fields(), partial(_plan_review, pane)),
    }


def _planned_fields() -> tuple[Field, ...]:
    return tuple(find_field("quality_review", name) for name in ("planned", "reviewer", "method"))


def _plan_review(pane: ShownRegister, deliverable: str, values: _Values) -> None:
    store = pane.context.store
    made = plan_quality_review(store, deliverable, values["planned"], values["reviewer"], values["method"])
    show = partial(pane.context.navigate, "quality_reviews", made)
    pane.context.toast(f"{call_row(store, 'quality_review', made)} planned", "Show", show)


def _quality(pane: ShownRegister) -> Commands:
    store, today = pane.context.store, pane.table.reading.today

    def record(row: str, values: _Values) -> None:
        if values["result"] is None:
            raise Known("Nothing was recorded: choose how the review ended.")
        errors, still = round(values["errors_found"] or 0), values["errors_open"]
        left = None if still is None else round(still)
        day, result = values["held_on"] or today, ReviewResult(values["result"])
        record_quality_result(store, row, result, day, errors, left, values["comment"])
        _said(pane, "quality_review", row, "recorded")(None)

    def plan(row: str, values: _Values) -> None:
        review = next(each.row for each in pane.table.arrangement.records if each.id == row)
        wanted = (review["deliverable"] or "").strip().casefold()
        own = read_linked(store, "deliverable", "project", [review["project"]])
        found = [each["id"] for each in own if each["name"].strip().casefold() == wanted]
        if len(found) != 1:
            raise Known("Its project has no deliverable of that name. Plan the review from the deliverables.")
        _plan_review(pane, found[0], values)

    fields = ("result", "held_on", "errors_found", "errors_open", "comment")
    return {
        "quality.result": _asking(pane, "Record the result of", fields, record, "held_on"),
        "quality.plan": _asking(pane, "Plan another review like", _planned_fields(), plan),
    }


def _waiver(pane: ShownRegister) -> Commands:
    store, today = pane.context.store, pane.table.reading.today

    def decide(row: str, values: _Values, *, approve: bool) -> None:
        until, comment = values.get("expires"), values["comment"] or ""
        decide_waiver(store, row, approve, today, values["approver"], until, comment)
        _said(pane, "waiver", row, "approved" if approve else "rejected")(None)

    def withdraw(row: str, values: _Values) -> None:
        withdraw_waiver(store, row, values["reason"] or "")
        _said(pane, "waiver", row, "withdrawn")(None)

    return {
        "waiver.approve": _asking(pane, "Approve", ("approver", "expires", "comment"), partial(decide, approve=True)),
        "waiver.reject": _asking(pane, "Reject", ("approver", "comment"), partial(decide, approve=False)),
        "waiver.withdraw": _asking(pane, "Withdraw", (_WHY,), withdraw),
    }


def _finding(pane: ShownRegister) -> Commands:
    store, today = pane.context.store, pane.table.reading.today

    def agree(row: str, values: _Values) -> None:
        made = agree_action(store, row, values["action"] or "", values["owner"], values["due"])
        show = partial(pane.context.navigate, "actions", made)
        pane.context.toast(f"{call_row(store, 'action', made)} agreed", "Show", show)

    def done(row: str, values: _Values) -> None:
        finish_finding(store, row, values["done"] or today)
        _said(pane, "finding", row, "done, to be verified by somebody else")(None)

    def verify(row: str, values: _Values) -> None:
        if values["verified_by"] is None:
            raise Known("Nothing was verified: say who looked.")
        verify_finding(store, row, values["verified_by"], values["verified_on"] or today)
        _said(pane, "finding", row, "verified")(None)

    def refuse(deed: Callable[..., object], words: str, row: str, values: _Values) -> None:
        deed(store, row, values["reason"] or "")
        _said(pane, "finding", row, words)(None)

    return {
        "finding.agree": _asking(pane, "Agree an action for", ("action", "owner", "due"), agree),
        "finding.done": _asking(pane, "The action is done for", ("done",), done, "done"),
        "finding.verify": _asking(pane, "Verify", ("verified_by", "verified_on"), verify, "verified_on"),
        "finding.return": _asking(pane, "Send back", (_WHY,), partial(refuse, return_finding, "sent back")),
        "finding.reject": _asking(pane, "Do not accept", (_WHY,), partial(refuse, reject_finding, "not accepted")),
    }


def _audit(pane: ShownRegister) -> Commands:
    def dialogs() -> Any:
        from pmo_desktop.ui.dialogs import auditplan, questionnaire  # noqa: PLC0415  read when first opened

        return auditplan, questionnaire

    def plan() -> None:
        made = dialogs()[0].PlanDialog(pane.context, pane.window())
        pane.dialog = made
        made.open()

    def sample() -> None:
        made = dialogs()[0].SampleDialog(pane.context, pane.window())
        pane.dialog = made
        made.open()

    def answer(*, reporting: bool = False) -> None:
        now = pane.grid.current
        if now is None:
            pane.context.say("Choose a check first.")
            return
        reading, names = pane.table.reading, pane.sheet.names
        pane.dialog = made = dialogs()[1].Questionnaire(pane.context, now.id, reading, names, pane.window())
        made.open()
        if reporting:
            made.ask_report()

    def write(audit: str, path: Path) -> None:
        from pmo_desktop.operations.prints import print_audit_report  # noqa: PLC0415  reportlab, when one prints

        print_audit_report(pane.context.store, audit, path)

    return {
        "audit.print": partial(print_current, pane, "Choose a check first.", write),
        "audit.plan": plan,
        "audit.sample": sample,
        "audit.answer": answer,
        "audit.report": partial(answer, reporting=True),
    }


def _asking(
    pane: ShownRegister,
    verb: str,
    fields: Sequence[str | Field],
    finish: Callable[[str, _Values], object],
    dated: str = "",
) -> Callable[[], object]:
    """A deed on the current row that asks for fields first; `dated` is filled with the data date."""

    def ask() -> None:
        now, entity = pane.grid.current, pane.outline.entity
        if now is None:
            pane.context.say(f"Choose {_article(pane.outline.one)} first.")
            return
        meant = [each if isinstance(each, Field) else find_field(entity, each) for each in fields]
        reading = pane.table.reading
        own = [each for each in meant if not each.name.startswith("reason") and each.name in now.row]
        filled = {each.name: exact_text(each, now.row, reading) for each in own}
        if dated and not filled.get(dated):
            filled[dated] = long_date(reading.today)
        called = call_row(pane.context.store, entity, now.id)
        told = str(now.row.get(pane.outline.head_title) or "")
        button = _BUTTONS.get(verb, verb)
        pane.verbs.ask(
            pane.bar.view_button,
            f"{verb} {called}",
            meant,
            button,
            partial(finish, now.id),
            filled,
            told if told != called else "",
        )

    return ask


_BUTTONS = {
    "Plan a review of": "Plan review",
    "Plan another review like": "Plan review",
    "Record the result of": "Record result",
    "Agree an action for": "Agree action",
    "The action is done for": "Done",
}


def _article(one: str) -> str:
    return f"an {one}" if one[:1] in "aeiou" else f"a {one}"


def _said(pane: ShownRegister, entity: str, row: str, verb: str) -> Callable[[object], object]:
    """Tells what was done to a row, with an undo."""
    called = call_row(pane.context.store, entity, row)

    def tell(_batch: object) -> None:
        pane.context.toast(f"{called} {verb}", "Undo", partial(undo_last, pane.context))

    return tell
