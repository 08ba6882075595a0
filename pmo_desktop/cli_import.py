"""The words of `pmo-desktop import`, and what they mean for an import's plan."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmo_desktop.cli_mapping import read_mapping

if TYPE_CHECKING:
    from pmo_desktop.exchange.plan import ImportOptions


def add_import_words(parser: argparse.ArgumentParser) -> None:
    """Everything that may follow `import FILE`."""
    parser.add_argument("workbook", type=Path, metavar="WORKBOOK")
    parser.add_argument("--sheet", metavar="S", help="only this sheet")
    parser.add_argument("--into", metavar="REGISTER", help="into this register")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="JSON: what each column, word, row and cell is")
    parser.add_argument("--money-unit", choices=("1", "k", "m", "bn"), help="what a bare amount counts")
    parser.add_argument("--currency", type=_currency, metavar="CUR", help="ISO code of amounts that name none")
    parser.add_argument("--hidden", choices=("read", "leave"), help="hidden and filtered rows; read when left out")
    parser.add_argument(
        "--groups", choices=("fill", "leave"), help="names on the first row of a group; filled down when left out"
    )
    parser.add_argument(
        "--struck", choices=("close", "read", "leave"), help="struck-through rows; closed when left out"
    )
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="its first line opens a protected workbook")
    parser.add_argument(
        "--resolve", choices=("theirs", "ours", "ask"), default="ask", help="whose value, where both sides changed one"
    )
    parser.add_argument("--missing", choices=("keep",), default="keep", help="what becomes of records that vanished")
    parser.add_argument("--fresh", action="store_true", help="do without the answers remembered from last time")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    parser.add_argument("--json", action="store_true")


def import_options(options: argparse.Namespace, into: str | None) -> ImportOptions:
    """The answers that the words give. Raises Known when the mapping cannot be read."""
    from pmo_desktop.exchange.plan import Answer, ImportOptions, Struck  # noqa: PLC0415  other commands do not need it

    mapping: dict[str, Any] = read_mapping(options.mapping) if options.mapping else {}
    return ImportOptions(
        sheet=options.sheet,
        into=into,
        money_unit=options.money_unit,
        currency=options.currency,
        hidden=None if options.hidden is None else options.hidden == "read",
        fill_down=None if options.groups is None else options.groups == "fill",
        struck=Struck(options.struck) if options.struck else None,
        resolve=Answer(options.resolve),
        fresh=options.fresh,
        **mapping,
    )


def read_password(path: Path | None) -> str | None:
    """The first line of a file: on the command line a password would be seen by everybody. Raises Known."""
    from pmo_desktop.store.errors import Known  # noqa: PLC0415  as above

    if path is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        message = f"The password file {path} cannot be read: {error}. Give a text file with the password in it."
        raise Known(message) from error
    if not lines or not lines[0]:
        message = f"The password file {path} has no first line. Write the password there."
        raise Known(message)
    return lines[0]


def _currency(text: str) -> str:
    code = text.upper()
    if not (len(code) == len("GBP") and code.isascii() and code.isalpha()):
        raise argparse.ArgumentTypeError(f"{text!r} is no currency; give the three letters of ISO 4217, such as GBP")
    return code
