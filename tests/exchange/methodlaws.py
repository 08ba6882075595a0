"""Any methodology, for the laws of what is written and read back: every text may be in it, codes are told apart."""

from __future__ import annotations

from hypothesis import strategies as st

from pmo_desktop.rules.assurance import Duty, Mandatory, Tier
from pmo_desktop.rules.method import (
    Criterion,
    DutyOf,
    Gate,
    Guide,
    Method,
    MethodPhase,
    Output,
    Template,
    Term,
)

NASTY = (
    "| a | b |",
    "\\|",
    "\\\\",
    "\\u0041",
    "<br>",
    "two\nlines",
    "\n",
    "\r\n",
    " edge ",
    "\u00a0",
    "# Heading",
    "- Key: value",
    "---",
    "-",
    "a: b",
    ":",
    "=1+1",
    "'quoted",
    "_x0041_",
    "{{ name }}",
    "../../etc/passwd",
    "CON",
    "1.0",
    "TRUE",
    "2026-01-01",
    "#REF!",
    "\t",
    "\u2028\x85\x0b\x00",
)
LONG = "A long text. " * 3_000


def any_texts(*, halves: bool) -> st.SearchStrategy[str]:
    """Any text; with `halves` also one with half a surrogate pair."""
    letters = st.characters() if halves else st.characters(exclude_categories=["Cs"])
    alphabet = letters | st.sampled_from("|\\<br>:-# \n\r\tu0041_x")
    return st.one_of(st.sampled_from(NASTY), st.text(alphabet, max_size=12))


def any_methods(*, halves: bool = True) -> st.SearchStrategy[Method]:
    """Any methodology of a few parts, with codes that are not empty and, of one kind, all different."""
    texts = any_texts(halves=halves)
    said = texts.filter(bool)
    tiers = st.sampled_from(("", *Tier))
    weeks = st.none() | st.floats(0, 1e6)
    mandatory = st.sampled_from(Mandatory)
    criteria = st.builds(Criterion, said, said, texts, texts, texts, mandatory, texts)
    outputs = st.builds(Output, said, said, texts, texts, texts, texts, mandatory, texts, texts)

    @st.composite
    def phases(draw: st.DrawFn) -> tuple[MethodPhase, ...]:
        codes = draw(st.lists(said, max_size=3, unique=True))
        gates = iter(draw(st.lists(said, max_size=4, unique=True)))
        made = []
        for code in codes:
            own = [next(gates, None) for _ in range(draw(st.integers(0, 2)))]
            held = tuple(
                Gate(each, draw(said), draw(texts), draw(texts), tuple(draw(st.lists(criteria, max_size=2))))
                for each in own
                if each is not None
            )
            brings = tuple(draw(st.lists(outputs, max_size=2)))
            made.append(MethodPhase(code, draw(said), draw(texts), draw(weeks), brings, held))
        return tuple(made)

    @st.composite
    def templates(draw: st.DrawFn) -> tuple[Template, ...]:
        codes = draw(st.lists(said, max_size=2, unique=True))
        return tuple(Template(each, draw(said), draw(said), draw(st.binary(max_size=40))) for each in codes)

    def few(parts: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
        return st.lists(parts, max_size=3).map(tuple)

    duties = few(st.builds(DutyOf, said, said, st.sampled_from(Duty)))
    guidance = few(st.builds(Guide, said, texts | st.just(LONG), texts))
    terms = few(st.builds(Term, said, texts))
    return st.builds(Method, said, said, texts, tiers, texts, texts, phases(), duties, guidance, terms, templates())
