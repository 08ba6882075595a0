"""The command line: stable words that other tools rely on. Exit 0 done, 1 a known problem, 2 wrong usage.

Each command imports what it needs when it runs, so that a command without a window never loads one, and the window
never waits for a command.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmo_desktop import cli_capacity, updatecommands
from pmo_desktop.cli_compliance import add_compliance_words, describe_compliance
from pmo_desktop.cli_gate import add_gate_words, describe_gate
from pmo_desktop.cli_import import add_import_words, import_options, read_password
from pmo_desktop.cli_methods import describe_methods
from pmo_desktop.cli_risks import add_risk_words, describe_risks

if TYPE_CHECKING:
    from pmo_desktop.store.file import Store

Command = Callable[[argparse.Namespace], None]
Describe = Callable[["Store", argparse.Namespace], tuple[Any, list[str]]]
COMMANDS = ["new", "import", "export", "pack", "list", "history", "undo", "redo", "check", "backup", "restore", "shots"]
COMMANDS += ["risks", "methods", "gate", "compliance", *updatecommands.NAMES, *cli_capacity.NAMES]
# A frozen program starts itself with these as the reader of other people's files and as the filler of templates.
READ_FOREIGN, FILL_TEMPLATE = "--read-foreign-file", "--fill-template"

_MOST_POINTS, _LEAST_SCALE, _MOST_SCALE = 8192, 0.25, 8.0  # of a picture, each way; what can still be drawn
_DONE = "Stopped, but what was asked for was done: batch {batch}. Take it back with: pmo-desktop undo {path} {batch}."
_MOST_DIGITS = 15  # of a batch number: what the database can hold


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. The answer is the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [READ_FOREIGN]:
        from pmo_desktop.exchange.reader import main as read_foreign  # noqa: PLC0415  the child needs nothing else

        return read_foreign(words[1:])
    if words[:1] == [FILL_TEMPLATE]:
        from pmo_desktop.exchange.filling import main as fill_template  # noqa: PLC0415  as above

        return fill_template(words[1:])
    if not words or words[0] not in (*COMMANDS, "-h", "--help", "--version"):
        return _open_window(words)
    options = make_parser().parse_args(words)
    return run_command(options.run, options)


def run_command(command: Command, options: argparse.Namespace) -> int:
    """Run a command; a Known, and what the system refuses, ends in one line on the error stream and status 1."""
    from pmo_desktop.cli_pace import telling  # noqa: PLC0415  as above
    from pmo_desktop.store.errors import Known  # noqa: PLC0415  loads the database library

    _speak_utf8()
    try:
        with telling():
            command(options)
        print(end="", flush=True)  # here, where it can still be said that the output has no room
    except Known as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        _drop_output()
    except OSError as error:
        _drop_output()
        where = f" ({error.filename})" if error.filename else ""
        print(f"The system refused: {error.strerror or error}{where}. Mend that and try again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing is left half-written; give the command again.", file=sys.stderr)
        return 1
    return 0


def _speak_utf8() -> None:
    """Other tools read one encoding on every system; what is no text, as in odd file names, is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """What could not be written is not tried again at the end of the process, which would print a report."""
    with suppress(io.UnsupportedOperation):  # an output that lives in memory always has room
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def make_parser() -> argparse.ArgumentParser:
    """Every command with its words."""
    parser = argparse.ArgumentParser(
        prog="pmo-desktop",
        description="Without a command: open the window, on FILE if one is named.",
        epilog="Exit status: 0 done, 1 a problem said in one line, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"pmo-desktop {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_files(commands)
    _add_exchange(commands)
    updatecommands.add_commands(commands, _add, _opened, _day)
    cli_capacity.add_commands(commands, _add, _opened, _day)
    _add_journal(commands)
    return parser


def _add_files(commands: Any) -> None:
    new = _add(commands, "new", new_file, "make an empty portfolio file")
    new.add_argument("--sample", action="store_true", help="fill it with the sample portfolio")
    _add(commands, "check", check_file, "look for damage")
    backup = _add(commands, "backup", back_up, "write a verified backup")
    backup.add_argument(
        "dest",
        type=Path,
        nargs="?",
        metavar="DEST",
        help="a folder that is there, or a new file; the usual folder when left out",
    )
    restore = commands.add_parser("restore", help="make a new portfolio file from a backup")
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    restore.add_argument("file", type=Path, metavar="NEWFILE")
    restore.set_defaults(run=restore_file)
    shots = _add(commands, "shots", take_pictures, "write a PNG of every pane; needs no screen")
    shots.add_argument("folder", type=Path, metavar="DIR")
    shots.add_argument("--theme", choices=("light", "dark"), default="light")
    shots.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH")
    shots.add_argument("--scale", type=_scale, default=1.0, metavar="N")


def _add_exchange(commands: Any) -> None:
    incoming = _add(
        commands, "import", import_workbook, "bring in a workbook: every sheet that holds a register we keep"
    )
    add_import_words(incoming)
    outgoing = _add(commands, "export", export_workbook, "write registers to a workbook")
    outgoing.add_argument("out", type=Path, metavar="OUT.xlsx")
    outgoing.add_argument("registers", nargs="*", metavar="REGISTER")
    outgoing.add_argument("--grid", action="store_true", help="the capacity grid instead of registers")
    outgoing.add_argument("--unit", choices=("%", "days", "FTE"), default="days", help="of the grid's values")
    outgoing.add_argument("--period", choices=("week", "month", "quarter"), default="week", help="of its columns")
    pack = _add(commands, "pack", build_pack, "write the steering pack")
    pack.add_argument("out", type=Path, metavar="OUT.pdf")
    pack.add_argument("--paper", choices=("a4", "letter"), default="a4")
    pack.add_argument("--data-date", type=_day, metavar="D", help="the day lateness is judged by, as 2026-11-13")
    listing = _add(commands, "list", list_rows, "list a register")
    listing.add_argument("register", metavar="REGISTER")
    listing.add_argument("--json", action="store_true", help="every field, raw values")
    told = "the open risks by band, and what they may cost together"
    add_risk_words(_add(commands, "risks", answer_with(describe_risks), told))
    told = "the library of methodologies, and who follows which version"
    methods = _add(commands, "methods", answer_with(lambda store, _: describe_methods(store)), told)
    methods.add_argument("--json", action="store_true")
    told = "how a gate of a project stands: its checklist, what is lacking"
    add_gate_words(_add(commands, "gate", answer_with(describe_gate), told))
    told = "how much of what is due is met"
    add_compliance_words(_add(commands, "compliance", answer_with(describe_compliance), told))


def _add_journal(commands: Any) -> None:
    history = _add(commands, "history", show_history, "list the batches, newest first")
    history.add_argument("--json", action="store_true")
    undo = _add(commands, "undo", undo_batch, "undo the newest batch, or any one by its number")
    undo.add_argument("batch", type=_batch_number, nargs="?", metavar="BATCH")
    undo.add_argument("--json", action="store_true")
    _add(commands, "redo", redo_batch, "take back the newest undo")


def new_file(options: argparse.Namespace) -> None:
    """`new FILE [--sample]`."""
    from pmo_desktop.operations.files import new_portfolio  # noqa: PLC0415  as the module says
    from pmo_desktop.operations.sample import load_sample  # noqa: PLC0415

    store = new_portfolio(options.file)
    try:
        if options.sample:
            load_sample(store)
    except BaseException:
        store.close()
        options.file.unlink()  # made a moment ago by this command; without its sample it would only hold the name
        raise
    store.close()
    print(f"Made {options.file}.")


def import_workbook(options: argparse.Namespace) -> None:
    """`import FILE WORKBOOK ...`."""
    from pmo_desktop.exchange.answer import import_answer, import_words  # noqa: PLC0415  as the module says
    from pmo_desktop.exchange.grid import read_workbook  # noqa: PLC0415
    from pmo_desktop.exchange.plan import Plan  # noqa: PLC0415
    from pmo_desktop.exchange.planning import plan_import  # noqa: PLC0415
    from pmo_desktop.exchange.said import check_answers  # noqa: PLC0415
    from pmo_desktop.operations.imports import apply_plan  # noqa: PLC0415
    from pmo_desktop.store.rows import read_names  # noqa: PLC0415

    answers = import_options(options, _register(options.into).name if options.into else None)
    password = read_password(options.password_file)
    with _opened(options.file, to_write=not options.dry_run) as store:
        workbook = read_workbook(options.workbook, password)
        plan: Plan = plan_import(store, workbook, answers)
        check_answers(workbook, plan, answers)
        batch = None if options.dry_run else apply_plan(store, plan).batch
        names = read_names(store)
        if options.json:
            print(_json(import_answer(plan, batch, names)))
        else:
            print(import_words(plan, batch, names, dry_run=options.dry_run))


def export_workbook(options: argparse.Namespace) -> None:
    """`export FILE OUT.xlsx [REGISTER ...]`, or `--grid [--unit U] [--period P]`."""
    from pmo_desktop.figures.capacity import Lens, Measure  # noqa: PLC0415  as the module says
    from pmo_desktop.operations.exports import export_grid, export_registers  # noqa: PLC0415
    from pmo_desktop.rules.calendar import Grain  # noqa: PLC0415
    from pmo_desktop.store.errors import Known  # noqa: PLC0415

    if options.grid and options.registers:
        raise Known(f"The grid is a workbook of its own: leave out {options.registers[0]}, or --grid.")
    registers = [_register(name).name for name in options.registers] or None
    with _opened(options.file) as store:
        if options.grid:
            export_grid(store, options.out, Lens(Grain(options.period), Measure(options.unit)))
        else:
            export_registers(store, options.out, registers)
    print(f"Wrote {options.out}.")


def build_pack(options: argparse.Namespace) -> None:
    """`pack FILE OUT.pdf [--paper a4|letter] [--data-date D]`."""
    from pmo_desktop.operations.packs import build_pack as write_pack  # noqa: PLC0415  as the module says
    from pmo_desktop.reports.pack import PackOptions  # noqa: PLC0415

    with _opened(options.file) as store:
        result = write_pack(store, options.out, PackOptions(options.paper, options.data_date))
    print(f"Wrote {options.out}: {result.pages} pages.")


def list_rows(options: argparse.Namespace) -> None:
    """`list FILE REGISTER [--json]`."""
    from pmo_desktop.model.catalog import fields  # noqa: PLC0415  as the module says
    from pmo_desktop.operations.listing import list_register  # noqa: PLC0415

    info = _register(options.register)
    with _opened(options.file) as store:
        rows = list_register(store, info)
    if options.json:
        print(_json(rows))
        return
    needed = [each.name for each in fields(info.entity.__tablename__) if each.required] if info.by else ()
    told = [name for name in dict.fromkeys((info.ref, info.within, info.title, *info.by, *needed)) if name]
    for row in rows:  # what has no name of its own is told by what it cannot be without, as its days
        print("  ".join(str(row[name]) for name in told if row.get(name) is not None))


def answer_with(describe: Describe) -> Command:
    """A command `NAME FILE ... [--json]` that prints plain data with --json, lines of text without."""

    def show(options: argparse.Namespace) -> None:
        with _opened(options.file) as store:
            data, lines = describe(store, options)
        print(_json(data) if options.json else "\n".join(lines))

    return show


def show_history(options: argparse.Namespace) -> None:
    """`history FILE [--json]`."""
    from pmo_desktop.operations.history import latest_batches  # noqa: PLC0415  as the module says

    with _opened(options.file) as store:
        deeds = latest_batches(store)
    if options.json:
        print(_json([asdict(deed) | {"at": deed.at.isoformat(timespec="seconds")} for deed in deeds]))
        return
    for deed in deeds:
        local = deed.at.astimezone().strftime("%d %b %Y %H:%M")
        print(f"{deed.batch:>6}  {local}  {deed.who}  {deed.what}{'  (undone)' if deed.undone else ''}")


def undo_batch(options: argparse.Namespace) -> None:
    """`undo FILE [BATCH] [--json]`: what was taken back, what somebody wrote since and is kept, what could not be."""
    from pmo_desktop.operations import history  # noqa: PLC0415  as the module says
    from pmo_desktop.operations.undoreport import report_undo, undo_answer, undo_words  # noqa: PLC0415

    with _opened(options.file, to_write=True) as store:
        done = history.undo(store) if options.batch is None else history.undo_batch(store, options.batch, rest=True)
        report = report_undo(store, done)
    print(_json(undo_answer(report)) if options.json else undo_words(report))


def redo_batch(options: argparse.Namespace) -> None:
    """`redo FILE`."""
    from pmo_desktop.operations.history import redo  # noqa: PLC0415  as the module says

    with _opened(options.file, to_write=True) as store:
        print(f"Redone: {redo(store).what}.")


def check_file(options: argparse.Namespace) -> None:
    """`check FILE`: nothing found is one line; what is found is a line each, and status 1."""
    from pmo_desktop.operations import files  # noqa: PLC0415  as the module says
    from pmo_desktop.store.errors import Known  # noqa: PLC0415

    found = files.check_file(options.file)
    if found:
        raise Known("\n".join(found))
    print(f"{options.file.name} is sound.")


def back_up(options: argparse.Namespace) -> None:
    """`backup FILE [DEST]`."""
    from pmo_desktop.operations import files  # noqa: PLC0415  as the module says

    with _opened(options.file) as store:
        made = files.back_up(store, options.dest)
    print(f"Wrote {made}.")


def restore_file(options: argparse.Namespace) -> None:
    """`restore BACKUP NEWFILE`."""
    from pmo_desktop.operations import files  # noqa: PLC0415  as the module says

    files.restore_backup(options.backup, options.file)
    print(f"Restored {options.file}.")


def take_pictures(options: argparse.Namespace) -> None:
    """`shots FILE DIR ...`: the platform and the scale must be chosen before the window library loads."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    from pmo_desktop.app import refuse_crashing_pair  # noqa: PLC0415  as the module says
    from pmo_desktop.ui.shots import take_shots  # noqa: PLC0415

    refuse_crashing_pair()
    with _opened(options.file) as store:
        for path in take_shots(store, options.folder, options.theme, options.size):
            print(path)


def _open_window(words: list[str]) -> int:
    if len(words) > 1 or any(word.startswith("-") for word in words):
        make_parser().parse_args(words)  # says what is wrong and ends with status 2
    from pmo_desktop.app import run  # noqa: PLC0415  as the module says

    return run(Path(words[0]) if words else None)


@contextmanager
def _opened(path: Path, *, to_write: bool = False) -> Iterator[Store]:
    """The portfolio for one command; a command that writes leaves a backup behind when it closes."""
    from pmo_desktop.operations.files import close_portfolio, open_portfolio  # noqa: PLC0415  as the module says
    from pmo_desktop.store.errors import Known  # noqa: PLC0415

    store = open_portfolio(path)
    before = _newest_batch(store)
    try:
        yield store
    except BaseException as error:
        written = _newest_batch(store)
        store.close()
        if isinstance(error, KeyboardInterrupt) and written > before:
            raise Known(_DONE.format(path=path, batch=written)) from None
        raise
    if not to_write:
        store.close()
        return
    try:
        close_portfolio(store)
    except KeyboardInterrupt:
        raise Known("Stopped before the backup at closing was made; what was asked for is done.") from None
    except Known as problem:  # what was asked for is done all the same, and the status must say so
        print(f"The backup at closing failed: {problem}", file=sys.stderr)


def _newest_batch(store: Store) -> int:
    with store.reading() as connection:
        found = connection.raw.execute("SELECT max(id) FROM batch").fetchone()
    return found[0] or 0


def _register(name: str) -> Any:
    from pmo_desktop.model.registers import BY_NAME  # noqa: PLC0415  as the module says
    from pmo_desktop.store.errors import Known  # noqa: PLC0415

    if name not in BY_NAME:
        message = f"There is no register {name}. Choose one of {', '.join(BY_NAME)}."
        raise Known(message)
    return BY_NAME[name]


def _add(commands: Any, name: str, run: Command, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=run)
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (
        width.isdecimal() and height.isdecimal() and all(1 <= int(each) <= _MOST_POINTS for each in (width, height))
    ):
        raise argparse.ArgumentTypeError(f"{text} is no size; write it as 1440x900, up to {_MOST_POINTS} each way")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = math.nan
    if not _LEAST_SCALE <= scale <= _MOST_SCALE:
        raise argparse.ArgumentTypeError(f"{text} is no scale; give a number from {_LEAST_SCALE} to {_MOST_SCALE}")
    return scale


def _batch_number(text: str) -> int:
    if text.lstrip("-").isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is no batch number; `history` lists them")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as 2026-11-13") from None


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  as the module says

    try:
        return version("pmo-desktop")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "from source"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
