"""Files that are no workbooks: each is called by its name, with what to do instead."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.otherfiles import name_other
from pmo_desktop.store.errors import Known

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def packed(*names: str) -> bytes:
    """A zip with parts of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1", "text document"),
        (b"SQLite format 3\x00", "portfolio"),
        (b'<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project">', "Microsoft Project"),
        ('\ufeff<Project xmlns="http://schemas.microsoft.com/project">'.encode("utf-16-le"), "Microsoft Project"),
        (b'<?xml version="1.0"?><project name="x" company="">', "GanttProject"),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML form of 2003"),
        (b"  <HTML><body>", "web page"),
        (OLE + "TBkndTask".encode("utf-16-le"), "Microsoft Project"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE + "__substg1.0_001".encode("utf-16-le"), "Outlook"),
        (packed("word/document.xml"), "Word"),
        (packed("ppt/presentation.xml"), "presentation"),
        (packed("Index/Document.iwa"), "Apple Numbers"),
        (packed("registers/register.xlsx"), "Unpack it"),
        (packed("xl/workbook.xml"), ""),
        (packed("mimetype", "content.xml"), ""),
        (packed("readme"), ""),
        (b"PK\x03\x04 and no more", ""),
        (b"Ref,Project\nA-1,<html>", ""),
        (OLE, ""),
        (b"", ""),
    ],
)
def test_a_file_of_another_program_is_called_by_its_name(content: bytes, says: str) -> None:
    sentence = name_other(content)
    assert says in sentence
    assert bool(sentence) == bool(says)


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.mpp"])
def test_whatever_it_is_called_it_ends_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    with pytest.raises(Known, match=rf"“{name}” was not read: it is a PDF.*made from\.$"):
        read_workbook(tmp_path / name)
