"""What the authority of the PMO says about passing a gate, in words: what blocks, what it asks for, who may waive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmo_desktop.figures.authority import judge
from pmo_desktop.figures.gatecheck import GateCheck
from pmo_desktop.rules.assurance import Answer, DeliverableStatus
from pmo_desktop.rules.authority import Ruling
from pmo_desktop.rules.compliance import Event, Reaction
from pmo_desktop.rules.wording import capital, join_words
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_settings


def gate_rulings(store: Store, gate: GateCheck) -> list[Ruling]:
    """What the rules say of passing a gate as it stands now, one for each thing that is not as it should be."""
    today = data_date(read_settings(store))
    return [judge(store, event, gate.project, subject, today) for event, subject in _events(gate)]


def ruling_words(rulings: list[Ruling]) -> list[tuple[Reaction, str]]:
    """Each ruling as a sentence or two, the strictest first."""
    if not rulings:
        return [(Reaction.ALLOW, "Nothing stands against passing the gate.")]
    order = list(Reaction)
    ranked = sorted(rulings, key=lambda each: -order.index(each.reaction))
    return [(each.reaction, _say(each)) for each in ranked]


def refusal_words(rulings: Sequence[Ruling]) -> str:
    """Why a decision was refused and what to do, without naming everything that is lacking."""
    said = ["Nothing was decided; what you typed is kept."]
    blocked = list(dict.fromkeys(each.waiver for each in rulings if each.reaction is Reaction.BLOCK))
    if blocked:
        said.append(f"It is blocked until {join_words(blocked)} waives what stands against it: ask for a waiver.")
    asks = list(dict.fromkeys(word for each in rulings if each.reaction is not Reaction.BLOCK for word in each.asks))
    if asks:
        said.append(f"It needs {join_words([_with_article(each) for each in asks])}: fill them in above.")
    return " ".join(said)


def _say(ruling: Ruling) -> str:
    words = ruling.says
    if ruling.reaction is Reaction.BLOCK and ruling.waiver.casefold() not in words.casefold():
        words += f" {capital(ruling.waiver)} may waive it."
    elif ruling.reaction in (Reaction.WARN, Reaction.APPROVAL) and ruling.asks:
        words += f" It asks for {join_words([_with_article(each) for each in ruling.asks])}."
    return words


def _with_article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _events(gate: GateCheck) -> Iterator[tuple[Event, str]]:
    unmet = [each for each in gate.criteria if each.mandatory and not each.waiver]
    missing = any(each.answer not in (Answer.YES, Answer.NOT_APPLICABLE) for each in unmet)
    lacking = [each for each in gate.deliverables if each.mandatory and not each.met and not each.waiver]
    handed_in = [each for each in lacking if each.status is DeliverableStatus.SUBMITTED]
    if missing or len(handed_in) < len(lacking):
        yield Event.MISSING, gate.code
    if handed_in:
        yield Event.UNAPPROVED, gate.code
    if gate.skipped:
        yield Event.SKIPPED, join_words(gate.skipped)
