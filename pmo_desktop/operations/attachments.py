"""Files and links put to entries: attached, taken off, written to a folder, copied to be looked at; never executed.

Source: reliability.md 5. The bytes lie in the portfolio under their hash; what a file was called is data, and is
cleaned again each time before it becomes a name on a disk.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pmo_desktop.model.attachment import Attachment
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.naming import call_row
from pmo_desktop.rules.filenames import clean_name, find_program, number_name
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.blobs import keep_blob, read_blob
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_row, read_rows, read_settings
from pmo_desktop.store.writing import PRIVATE, explain_os

MOST_BYTES = 50_000_000  # of one file
_MOST_LINK = 2_000  # characters
_MOST_NUMBER = 1_000  # files of one name in one folder
_FROM_ELSEWHERE = "[ZoneTransfer]\r\nZoneId=3\r\n"  # what Windows reads as "from the internet"


def attach_file(store: Store, entity: str, row: str, path: Path, note: str | None = None) -> str:
    """Keep a copy of a file with an entry of any kind, as one step; the answer is the attachment's id.

    The same bytes are kept once, however often they are attached. Raises Known when the entry is gone, the file cannot
    be read or is larger than 50 MB, or the entry has that very file already.
    """
    called = _call_entry(store, entity, row)
    content = _read_file(path)
    name = clean_name(path.name)
    with batch(store, f"Attach {name} to {called}") as work:
        key = keep_blob(work.connection, content)
        cells = {"name": name, "blob": key, "size": float(len(content)), "link": None}
        made = _put(store, entity, row, cells, note)
        work.connection.execute(sql.insert(Attachment), made)
    return str(made["id"])


def attach_link(
    store: Store, entity: str, row: str, link: str, name: str | None = None, note: str | None = None
) -> str:
    """Put the address of a page or a file to an entry; the answer is the attachment's id.

    Raises Known when the entry is gone, and for anything but a web address: other schemes start programs.
    """
    called = _call_entry(store, entity, row)
    address = _accept_link(link)
    shown = (name or "").strip() or address
    with batch(store, f"Attach a link to {called}") as work:
        cells = {"name": shown, "blob": None, "size": None, "link": address}
        made = _put(store, entity, row, cells, note)
        work.connection.execute(sql.insert(Attachment), made)
    return str(made["id"])


def remove_attachment(store: Store, attachment: str) -> int | None:
    """Take an attachment off its entry; its bytes stay, so that undo brings it back. Raises Known when it is gone."""
    found = _find(store, attachment)
    with batch(store, f"Remove the attachment {found['name']}") as work:
        table = Attachment.__table__
        work.connection.execute(sql.delete(table).where(table.c.id == attachment))
    return work.id if work.changed else None


def export_attachment(store: Store, attachment: str, folder: Path) -> Path:
    """Write an attached file into a folder and say where; a file that is there already is never overwritten.

    Raises Known when it is a link, its content is gone, or the folder cannot be written in.
    """
    found, content = _content(store, attachment)
    target = _write_new(folder, clean_name(found["name"]), content)
    _mark_foreign(target)
    return target


def copy_to_open(store: Store, attachment: str) -> Path:
    """A private copy of an attached file for another program to open; it goes when the portfolio is closed.

    Raises Known for a file that the system would run instead of showing it, and as `export_attachment` does.
    """
    found, content = _content(store, attachment)
    if ending := find_program(found["name"]):
        raise Known(
            f"{found['name']} was not opened: a file that ends in {ending} can run a program. If you know where it "
            "comes from, save it to a folder with Export, have it checked there, and open it yourself."
        )
    folder = Path(tempfile.mkdtemp(prefix="pmo-desktop-"))  # made readable by its owner only
    store.on_close.append(partial(shutil.rmtree, folder, ignore_errors=True))
    target = _write_new(folder, clean_name(found["name"]), content)
    _mark_foreign(target)
    return target


def _call_entry(store: Store, entity: str, row: str) -> str:
    """What an entry is called; parts of a gate review or an audit, which are no registers, by their code."""
    found = read_row(store, entity, row)
    if found is None:
        raise Known("Nothing was attached: the entry has been deleted. Undo the deletion first.")
    return call_row(store, entity, row) if entity in BY_ENTITY else str(found.get("code") or found.get("name"))


def _read_file(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Known(f"{path.name or path} was not attached: it is not a file that is there. Choose another one.")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise Known(f"{path.name} was not attached: it cannot be read ({reason}). Choose another file.") from error
    if len(content) > MOST_BYTES:
        raise Known(
            f"{path.name} was not attached: it is larger than {MOST_BYTES // 1_000_000} MB, and the portfolio would "
            "become slow to back up. Keep it where it is and attach a link to it."
        )
    return content


def _put(store: Store, entity: str, row: str, cells: dict[str, Any], note: str | None) -> Record:
    """A new attachment of an entry. Raises Known when the entry has the same already."""
    for other in read_rows(store, "attachment"):
        if (other["register"], other["row"]) == (entity, row) and all(
            other[name] == cells[name] for name in ("name", "blob", "link")
        ):
            raise Known(f"{cells['name']} is attached there already. Choose another file or link.")
    about = {"id": new_id(), "register": entity, "row": row, "note": (note or "").strip() or None}
    return about | cells | {"added_on": data_date(read_settings(store)), "added_by": store.who}


def _accept_link(link: str) -> str:
    """The address as it is kept. Raises Known unless it is that of a web page."""
    address = link.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        raise Known("Nothing was attached: this is no address. Copy it again from the browser.") from None
    if parts.scheme.lower() not in ("http", "https") or not host or not address.isprintable() or " " in address:
        raise Known("Nothing was attached: a link must begin with https:// or http://. Attach a file as a file.")
    if parts.username is not None or parts.password is not None:
        raise Known("Nothing was attached: the address contains a name or a password. Leave out what stands before @.")
    if len(address) > _MOST_LINK:
        raise Known(f"Nothing was attached: the address is longer than {_MOST_LINK:,} characters. Use a short one.")
    return address


def _find(store: Store, attachment: str) -> Record:
    found = read_row(store, "attachment", attachment)
    if found is None:
        raise Known("This attachment has been removed. Undo that first.")
    return found


def _content(store: Store, attachment: str) -> tuple[Record, bytes]:
    found = _find(store, attachment)
    if found["blob"] is None:
        raise Known(f"{found['name']} is a link, so there is nothing to write. Open it in the browser.")
    return found, read_blob(store, found["blob"])


def _write_new(folder: Path, name: str, content: bytes) -> Path:
    """Write a file that is not there yet, in the folder and nowhere else; of two of one name the later is numbered."""
    inside = Path(os.path.realpath(folder))
    for number in range(1, _MOST_NUMBER):
        target = inside / (name if number == 1 else number_name(name, number))
        if target.parent != inside:
            break
        try:
            handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)  # follows no link either
        except FileExistsError:
            continue
        except OSError as error:
            raise explain_os(error, target) from error
        _fill(handle, target, content)
        return target
    raise Known(f"{name} was not written: too many files in {inside} are called so. Choose another folder.")


def _fill(handle: int, target: Path, content: bytes) -> None:
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise explain_os(error, target) from error


def _mark_foreign(target: Path) -> None:
    """On Windows a program that opens the file is told that it came from elsewhere."""
    if sys.platform == "win32":  # pragma: platform
        Path(f"{target}:Zone.Identifier").write_text(_FROM_ELSEWHERE, encoding="ascii")
