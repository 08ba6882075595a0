"""The commands for sending out and chasing, beside the others of the command line (cli)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmo_desktop.store.file import Store

NAMES = ["sendout", "chase"]
Opener = Callable[..., AbstractContextManager["Store"]]
Adder = Callable[..., argparse.ArgumentParser]


def add_commands(commands: Any, add: Adder, opened: Opener, day: Callable[[str], object]) -> None:
    """Put them into a parser; `add`, `opened` and `day` are the command line's own ways."""
    sendout = add(
        commands, "sendout", partial(send_out, opened), "write a workbook a manager, with their rows to update"
    )
    sendout.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is there")
    sendout.add_argument(
        "--person", action="append", default=[], metavar="NAME", help="only to this manager; repeat it"
    )
    sendout.add_argument("--due", type=day, metavar="D", help="the day to answer by, as 2026-11-13")
    sendout.add_argument("--json", action="store_true")
    chase = add(commands, "chase", partial(show_chase, opened), "list who has not answered, the most overdue first")
    chase.add_argument("--json", action="store_true")


def send_out(opened: Opener, options: argparse.Namespace) -> None:
    """`sendout FILE FOLDER [--person NAME ...] [--due D] [--json]`."""
    from pmo_desktop.model.registers import count_rows  # noqa: PLC0415  each command imports what it needs
    from pmo_desktop.operations import sendouts  # noqa: PLC0415

    with opened(options.file, to_write=True) as store:
        sent = sendouts.send_out(store, sendouts.find_people(store, options.person), options.folder, options.due)
    if options.json:
        print(_json([asdict(each) | {"path": str(each.path)} for each in sent]))
        return
    for each in sent:
        print(f"{each.name}: {count_rows(each.rows)}, {each.path}")


def show_chase(opened: Opener, options: argparse.Namespace) -> None:
    """`chase FILE [--json]`."""
    from pmo_desktop.figures.sendouts import chase_list  # noqa: PLC0415  as above

    with opened(options.file) as store:
        waiting = chase_list(store)
    if options.json:
        print(_json([asdict(each) | {"state": each.state} for each in waiting]))
        return
    for each in waiting:
        print(f"{each.name}: {each.sentence}. {each.file}")
    if not waiting:
        print("Nobody is waited for: every workbook that was sent out has come back.")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
