"""Which register a table holds and which field each column is: by header, by content, each field once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from rapidfuzz import fuzz

from pmo_desktop.exchange.evidence import Sample, guess_kind, take_sample
from pmo_desktop.exchange.foreign import ForeignRegister, foreign_registers, is_lookup_sheet, is_period
from pmo_desktop.exchange.headers import field_words, hint_words, normalise
from pmo_desktop.exchange.kinds import Context, parse_cell
from pmo_desktop.exchange.money import header_unit
from pmo_desktop.exchange.outcome import Outcome
from pmo_desktop.exchange.plan import ColumnMap, ImportOptions, Question, Treatment
from pmo_desktop.exchange.scored import read_scores, scored_name
from pmo_desktop.exchange.sheets import IDENTITY
from pmo_desktop.exchange.tables import Column, Table
from pmo_desktop.exchange.values import COUNTED
from pmo_desktop.exchange.words import fill_rag
from pmo_desktop.model.catalog import fields, find_field
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_NAME, REGISTERS
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.scales import OWN
from pmo_desktop.store.errors import Known
from pmo_desktop.store.pace import through, tick

ENOUGH = 0.5  # below it a column is not mapped by itself
SHEET_BONUS = 0.3
_NEAR = 0.06  # two scores this close are a tie that a person settles
_SIMILAR = 88  # of 100
_CALLED = "the rows are called by nothing else"
_ANY_WORD = (Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.CHOICE)

# Said once above a table, these are true of its rows; of others, such as a status or an owner, nobody can tell.
_ABOVE = ("project", "programme", "portfolio", "department", "currency", "fy_label", "period_end")

Customs = Mapping[str, Sequence[Field]]  # entity -> its custom fields


@dataclass(slots=True)
class Reading:
    """What a table was taken for: a register that is kept, or the name of one that is not, or neither."""

    info: RegisterInfo | None
    looks_like: str
    score: float
    why: str
    columns: list[ColumnMap]
    questions: Sequence[Question] = ()  # columns that two fields fit nearly as well


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    column: int  # place in the table
    rank: int  # of the field in its entity: a tie goes to the one declared first
    field: Field
    why: str


def read_columns(
    table: Table, customs: Customs, options: ImportOptions, told: Mapping[str, str] | None = None
) -> Reading:
    """Choose the register and map the columns. `told` (header -> field name) is what an export of ours says.

    Raises Known when the options name a field that the register does not have.
    """
    samples = [_sample(table, column) for column in table.columns]
    asked = [info for info in REGISTERS if _asked(info, options)]
    if told:  # an export of ours says by the sheet's name what it holds
        asked = [info for info in asked if info.sheet == table.sheet.name] or asked
    readings = [_read_as(table, info, customs, options, samples, told) for info in asked]
    best = max(readings, key=attrgetter("score"))
    if options.into:
        return best
    foreign = max(foreign_registers(), key=lambda each: _foreign_score(table, each, samples), default=None)
    score = _foreign_score(table, foreign, samples) if foreign else 0.0
    if foreign and score > best.score and score >= ENOUGH and not told:
        return Reading(None, foreign.name, score, f"it looks like {_words(foreign.name)}", _unmapped(table, samples))
    if best.score <= 0:
        return Reading(None, "", 0.0, "it looks like no register that is known", _unmapped(table, samples))
    return best


def _asked(info: RegisterInfo, options: ImportOptions) -> bool:
    return options.into is None or info.name == options.into


def _sample(table: Table, column: Column) -> Sample:
    fills = table.sheet.fills
    coloured = bool(fills) and any(
        fill_rag(fills.get(table.address(row, column.index), "FFFFFF")) for row in table.records[:50]
    )
    tick()
    return take_sample(table.values(column.index), table.sheet.formats.get(str(column.index), ""), coloured=coloured)


def _read_as(
    table: Table,
    info: RegisterInfo,
    customs: Customs,
    options: ImportOptions,
    samples: list[Sample],
    told: Mapping[str, str] | None,
) -> Reading:
    """The table as one register: its columns, and how well they fit."""
    entity = info.entity.__tablename__
    known = (*fields(entity), *customs.get(entity, ()))
    forced = _forced(table, known, options, told)
    matches = [
        match
        for place in through(range(len(table.columns)))
        if place not in forced
        for match in _matches(table, place, known, samples[place])
    ]
    taken = {target.name for target in forced.values() if isinstance(target, Field)}
    chosen = _call_rows(info, _assign(matches, set(taken)), matches, taken)
    columns = [
        _column(table, place, samples[place], forced.get(place), chosen.get(place), matches, options)
        for place in range(len(table.columns))
    ]
    _say_taken(columns, matches, chosen)
    _name_new(columns, known)
    score, why = _score(table, info, columns, samples, forced=bool(options.into or told))
    columns = read_scores(table, entity, columns, frozenset(options.columns))
    for column in columns:
        if told and told.get(column.header) == column.field:  # an export of ours writes amounts in full
            column.unit, column.scale = "1", OWN if column.kind is Kind.POINT else ""
    return Reading(info, info.name, score, why, columns, tuple(_near_ties(table, matches, chosen)))


def _forced(
    table: Table, known: Sequence[Field], options: ImportOptions, told: Mapping[str, str] | None
) -> dict[int, Field | Treatment]:
    """What people or an export of ours said about columns."""
    wanted = {normalise(header): target for header, target in options.columns.items()}
    exact = {name: each for each in known for name in (each.label.casefold(), each.name.casefold())}
    found: dict[int, Field | Treatment] = {}
    for place, column in enumerate(table.columns):
        target = options.columns.get(column.name)
        if target is None and column.repeat == 1:
            target = wanted.get(normalise(column.name))
        if target is None and told is not None and (says := told.get(column.header)) is not None:
            target = says or "ignore"
        if target == "ignore":
            found[place] = Treatment.IGNORED
        elif target == "new":
            found[place] = _made_before(column, known) or Treatment.NEW
        elif target == IDENTITY:
            found[place] = find_field(known[0].entity, IDENTITY)
        elif target is not None and target.casefold() in exact:
            found[place] = exact[target.casefold()]
    _refuse_twice(table, found)
    return found


def _made_before(column: Column, known: Sequence[Field]) -> Field | None:
    """The custom field that an earlier import made of a column of this name."""
    return next((each for each in known if each.is_custom and column.name.casefold() in _own_names(each)), None)


def _refuse_twice(table: Table, forced: dict[int, Field | Treatment]) -> None:
    """Raises Known when two columns are told to be one field."""
    first: dict[str, str] = {}
    for place, target in forced.items():
        if isinstance(target, Field):
            name = table.columns[place].name
            other = first.setdefault(target.name, name)
            if other != name:
                raise Known(f"“{other}” and “{name}” are both mapped to {target.label}. Map one of them elsewhere.")


def check_mapping(options: ImportOptions, customs: Customs) -> None:
    """Refuse an answer that names a field no register has, or a value that its field does not take. Raises Known."""
    names = {"ignore", "new", IDENTITY}
    for info in REGISTERS:
        if _asked(info, options):
            entity = info.entity.__tablename__
            names |= {
                word.casefold()
                for each in (*fields(entity), *customs.get(entity, ()))
                for word in (each.name, each.label)
            }
    for header, target in options.columns.items():
        if target.casefold() not in names:
            where = f"the register {options.into} has" if options.into else "any register has"
            raise Known(
                f"The mapping of “{header}” names “{target}”, which is no field that {where}. "
                "Use a name of `list --json`."
            )
    for info in REGISTERS:
        if _asked(info, options):
            entity = info.entity.__tablename__
            for field in (*fields(entity), *customs.get(entity, ())):
                _check_meanings(field, options.values.get(field.name, {}))


def _check_meanings(field: Field, meanings: Mapping[str, str]) -> None:
    """Refuse what the words of a rating, choice or yes-or-no column are said to mean and cannot."""
    if field.kind not in COUNTED:
        return
    for text, meaning in meanings.items():
        if parse_cell(meaning, Context(field)).outcome is Outcome.UNREAD:
            raise Known(f"The mapping of “{text}” in {field.label} names “{meaning}”, which is no value of that field.")


def unknown_headers(options: ImportOptions, tables: Iterable[Table]) -> list[str]:
    """A sentence for each header that a person's answers name and the workbook does not have."""
    known = {normalise(name) for table in tables for each in table.columns for name in (each.header, each.name)}
    return [
        f"The mapping names “{header}”, which is no header of this workbook."
        for header in dict.fromkeys((*options.columns, *options.scales))
        if normalise(header) not in known
    ]


def _matches(table: Table, place: int, known: Sequence[Field], sample: Sample) -> list[_Match]:
    column = table.columns[place]
    name = normalise(column.header or column.name)
    tail = normalise(column.header.rsplit(" / ", 1)[-1])
    declared = {word for field in known if not field.is_custom for word in field_words(field) | hint_words(field)}
    found = []
    for rank, field in enumerate(known):
        if column.fact and field.name not in _ABOVE:
            continue
        if field.is_custom and column.name.casefold() in _own_names(field):
            # A field that was made of this very column stays its field, whatever the column holds this time;
            # but a declared field of the same name that the content fits goes first, as it did then.
            shares = column.name.casefold() != field.label.casefold() and name in declared
            found.append(_Match(ENOUGH if shares else 1.0, place, rank, field, "its header"))
            continue
        base, why = _likeness(column.header, name, tail, field)
        if base and not (field.is_custom and column.repeat > 1):
            fit = sample.fit(field)
            words = why if fit > ENOUGH else f"{why}, but its content does not look like it"
            found.append(_Match(base * (0.35 + 0.65 * fit), place, rank, field, words))
    return found


def _own_names(field: Field) -> frozenset[str]:
    return frozenset(name.casefold() for name in (field.label, *field.also))


def _likeness(header: str, name: str, tail: str, field: Field) -> tuple[float, str]:
    """How much a header means a field, by words alone."""
    words = field_words(field)
    if name in words or (field.kind is Kind.POINT and scored_name(header) == field.name):
        return 1.0, "its header"
    if name in hint_words(field):
        telling = field.choices or field.kind not in _ANY_WORD  # that any word fits is no evidence
        return (0.78 if telling else 0.7), "its header and content"
    if tail in words:
        return 0.85, "its header below the group"
    close = max((fuzz.token_sort_ratio(name, word) for word in words if len(word) > 3), default=0)  # noqa: PLR2004
    return (0.7 * close / 100, "a similar header") if close >= _SIMILAR else (0.0, "")


def _assign(matches: list[_Match], taken: set[str]) -> dict[int, _Match]:
    """The best match of each column, each field once."""
    chosen: dict[int, _Match] = {}
    for match in sorted(matches, key=lambda each: (-round(each.score, 3), each.rank, each.column)):
        if match.score >= ENOUGH and match.column not in chosen and match.field.name not in taken:
            chosen[match.column] = match
            taken.add(match.field.name)
    return chosen


def _call_rows(
    info: RegisterInfo, chosen: dict[int, _Match], matches: list[_Match], taken: set[str]
) -> dict[int, _Match]:
    """What rows are called by goes first: where no column is it, the likeliest of those that may be is."""
    if info.title in taken | {match.field.name for match in chosen.values()}:
        return chosen
    fitting = (match for match in matches if match.field.name == info.title and match.score >= ENOUGH)
    title = max(fitting, key=attrgetter("score"), default=None)
    if title is None:
        return chosen
    others = [match for match in matches if match.column != title.column]
    return _assign(others, taken | {info.title}) | {title.column: replace(title, why=_CALLED)}


def _say_taken(columns: list[ColumnMap], matches: list[_Match], chosen: dict[int, _Match]) -> None:
    """A column that lost its field to another says to which."""
    winners = {match.field.name: columns[place].header for place, match in chosen.items()}
    for match in sorted(matches, key=attrgetter("score")):
        column, winner = columns[match.column], winners.get(match.field.name)
        if column.treatment is Treatment.NEW and match.score >= ENOUGH and winner:
            column.why = f"{match.field.label} is read from “{winner}” already: it becomes a field of your own"


def _near_ties(table: Table, matches: list[_Match], chosen: dict[int, _Match]) -> Iterator[Question]:
    """A question for each column that another free field fits nearly as well, by header and content."""
    used = {match.field.name for match in chosen.values()}
    for place, best in chosen.items():
        rivals = [
            match
            for match in matches
            if match.column == place and match.score >= max(ENOUGH, best.score - _NEAR) and match.field.name not in used
        ]
        if rivals and best.why != _CALLED:
            header = table.columns[place].name
            labels = tuple(dict.fromkeys(match.field.label for match in (best, *rivals)))
            text = f"“{header}” may be {' or '.join(labels)}; {best.field.label} is taken."
            yield Question("columns", table.sheet.name, header, text, (*labels, "new", "ignore"))


def _column(
    table: Table,
    place: int,
    sample: Sample,
    forced: Field | Treatment | None,
    match: _Match | None,
    matches: list[_Match],
    options: ImportOptions,
) -> ColumnMap:
    plain = _left_out(table, table.columns[place], sample, "")
    rivals = sorted(
        (each for each in matches if each.column == place and each is not match), key=attrgetter("score"), reverse=True
    )
    plain.others = tuple(each.field.name for each in rivals[:3])
    if isinstance(forced, Field):
        return _mapped(plain, forced, 1.0, "you said so" if options.columns else "this is an export of ours")
    if match and forced is None:
        return _mapped(plain, match.field, round(match.score, 2), match.why)
    if forced is Treatment.IGNORED:
        plain.why = "left out, as you said"
        return plain
    if not sample.filled and not sample.coloured:
        plain.why = "empty"
        return plain
    if plain.at and forced is None:
        plain.why = "it stands above the table and is no field of its rows"
        return plain
    if not options.create_custom and forced is None:
        plain.why = "no field is called so; left out"
        return plain
    plain.treatment, plain.kind, plain.field = Treatment.NEW, guess_kind(sample), CUSTOM_PREFIX + new_id()
    plain.confidence, plain.why = 0.0, "no field is called so: it becomes a field of your own"
    return plain


def _mapped(column: ColumnMap, field: Field, confidence: float, why: str) -> ColumnMap:
    column.treatment, column.field, column.label, column.kind = Treatment.FIELD, field.name, field.label, field.kind
    column.confidence, column.why = confidence, why
    return column


def leave_aside(column: ColumnMap, why: str) -> None:
    """Let a column go nowhere."""
    column.treatment, column.field, column.kind, column.why = Treatment.IGNORED, None, None, why
    column.label = column.header


def _name_new(columns: list[ColumnMap], known: Sequence[Field]) -> None:
    """A label of its own for each new field."""
    taken = {each.label.casefold() for each in known}
    for column in columns:
        if column.treatment is Treatment.NEW:
            base = label = " ".join(column.header.split())[:100]
            number = 1
            while label.casefold() in taken:
                number += 1
                label = f"{base} ({number})"
            taken.add(label.casefold())
            column.label = label


def _score(
    table: Table, info: RegisterInfo, columns: list[ColumnMap], samples: list[Sample], *, forced: bool
) -> tuple[float, str]:
    """How well the columns fit the register; 0 when no row of it could be found again or too few fit."""
    pairs = zip(columns, samples, strict=True)
    filled = [column for column, sample in pairs if (sample.filled or sample.coloured) and not column.at]
    # Fields of the organisation's own do not count: what a sheet is must not depend on what was imported before.
    mapped = [
        each
        for each in filled
        if each.treatment is Treatment.FIELD and not (each.field or "").startswith(CUSTOM_PREFIX)
    ]
    names = {column.field for column in mapped} | {column.field for column in columns if column.at}
    share = len(mapped) / max(1, len(filled))
    why = f"{len(mapped)} of {len(filled)} columns are fields of {info.many}"
    if forced:
        return max(share, 0.01), why
    has_key = info.title in names or (info.ref is not None and info.ref in names)
    if _needs_owner(info) and info.within not in names and not table.bands:
        return 0.0, why
    few = not ((len(mapped) >= 3 and share >= 0.2) or (len(mapped) >= 2 and share >= 0.5))  # noqa: PLR2004  enough to tell
    if not has_key or few or is_lookup_sheet(table.sheet.name):
        return 0.0, why
    named = normalise(table.sheet.name) in {normalise(each) for each in (*info.sheets, info.sheet)}
    certain = sum(column.confidence for column in mapped) / max(1, len(filled))
    called_so = {normalise(info.one), normalise(info.many)}
    title = next((column for column in mapped if column.field == info.title), None)
    called = bool(title and called_so & set(normalise(title.header).split()))
    return certain + SHEET_BONUS * named + 0.1 * called, why + (", and so is its sheet called" if named else "")


def _needs_owner(info: RegisterInfo) -> bool:
    """Whether every row of the register belongs to another one."""
    return info.within is not None and find_field(info.entity.__tablename__, info.within).required


def _foreign_score(table: Table, register: ForeignRegister, samples: list[Sample]) -> float:
    headers = [
        column.header
        for column, sample in zip(table.columns, samples, strict=True)
        if (sample.filled or sample.coloured) and not column.fact
    ]
    if not headers or is_lookup_sheet(table.sheet.name):
        return 0.0
    known = sum(normalise(header) in register.headers or (register.periods and is_period(header)) for header in headers)
    return known / len(headers) + SHEET_BONUS * (normalise(table.sheet.name) in register.sheets)


def _unmapped(table: Table, samples: list[Sample]) -> list[ColumnMap]:
    return [
        _left_out(table, column, sample, "not kept yet") for column, sample in zip(table.columns, samples, strict=True)
    ]


def _left_out(table: Table, column: Column, sample: Sample, why: str) -> ColumnMap:
    """A column that goes nowhere, until something better is known."""
    header = column.name
    letters = column.fact.at if column.fact else table.sheet.layout.column_name(column.index)
    found = ColumnMap(column.index, letters, header, Treatment.IGNORED, None, header, None, 0.0, why)
    found.at = column.fact.at if column.fact else ""
    found.samples, found.unit = sample.shown(), header_unit(column.header)
    return found


def _words(name: str) -> str:
    return name.replace("_", " ")


def register_named(name: str) -> RegisterInfo:
    """The register of that name. Raises Known."""
    if name not in BY_NAME:
        raise Known(f"There is no register “{name}”. Choose one of {', '.join(BY_NAME)}.")
    return BY_NAME[name]
