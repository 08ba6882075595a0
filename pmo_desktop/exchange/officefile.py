"""The guard before a template document is filled: nothing in it runs, fetches or carries something else.

Runs in the filling child only.
"""

from __future__ import annotations

import io
import re
import zipfile

from defusedxml.ElementTree import ParseError, fromstring

from pmo_desktop.exchange.archive import Refused, check_archive

MOST_BYTES, MOST_PART = 20_000_000, 8_000_000
_NEITHER = "it is neither a Word document (.docx) nor a workbook (.xlsx), or it is damaged; only these can be filled"
WORD, EXCEL = "word/document.xml", "xl/workbook.xml"
_PARTS = (
    ("vbaproject", "macros"),
    ("macrosheets/", "macros"),
    ("dialogsheets/", "macros"),
    ("embeddings/", "embedded objects"),
    ("activex/", "controls"),
    ("ctrlprops/", "controls"),
    ("externallinks/", "links to other files"),
    ("connections.xml", "links to databases"),
    ("querytables/", "links to databases"),
    ("afchunk", "other documents"),
)
_OPENED_BY_CLICK = ("http://", "https://", "mailto:", "#")
_RELATION = "Relationship"
_INSTRUCTION = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|IMPORT|DATABASE|MACROBUTTON|EMBED|RD)\b", re.IGNORECASE
)
_INSTRUCTED = re.compile(r"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"|w:instr='([^']*)'")
_FETCHING = re.compile(r"\|\s*'|\b(?:WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE)\s*\(", re.IGNORECASE)
_FORMULA = re.compile(r"<(?:\w+:)?(?:f|definedName)\b[^>]*>([^<]*)<")


def check_office(content: bytes) -> str:
    """The main part of a Word document or workbook that is safe to fill: WORD or EXCEL. Raises Refused for any other.

    Refused are macros, embedded objects, controls, links and fields that fetch something, other documents inside, and
    what is damaged or too large. Links that open when somebody clicks them may stay.
    """
    if len(content) > MOST_BYTES:
        raise Refused(f"it has {len(content) / 1_000_000:,.0f} MB; a template may have {MOST_BYTES // 1_000_000}")
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(_NEITHER)
    check_archive(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        lower = [name.lower() for name in names]
        for part, what in _PARTS:
            if any(part in name for name in lower):
                raise Refused(f"it has {what}, which are never run or kept. Save it without them")
        for name in names:
            _check_part(name.lower(), archive.read(name))
    main = next((each for each in (WORD, EXCEL) if each in names), "")
    if not main:
        raise Refused(_NEITHER)
    return main


def _check_part(name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if len(content) > MOST_PART:
        raise Refused(f"its part {name} has more than {MOST_PART // 1_000_000} MB, more than a template needs")
    text = content.decode("utf-8", "replace")
    if name == "[content_types].xml" and "macroenabled" in text.lower():
        raise Refused("it has macros, which are never run or kept. Save it without them")
    if name.endswith(".rels"):
        _check_relations(content)
    elif name.startswith("word/"):
        _check_instructions(text)
    elif name.startswith("xl/") and (found := next(filter(_FETCHING.search, _FORMULA.findall(text)), None)):
        raise Refused(f"its formula {found[:60]} fetches something from elsewhere. Take it out")


def _check_relations(content: bytes) -> None:
    try:
        relations = list(fromstring(content))
    except ParseError as error:
        raise Refused("it is damaged or incomplete. Open it in its program and save it anew") from error
    for each in relations:
        kind, target = each.get("Type", "").rsplit("/", 1)[-1].lower(), each.get("Target", "")
        if kind in ("oleobject", "package", "afchunk", "attachedtoolbars", "vbaproject"):
            raise Refused("it has embedded objects, which are never run or kept. Save it without them")
        if each.get("TargetMode", "").lower() != "external":
            continue
        if kind != "hyperlink" or not target.lower().startswith(_OPENED_BY_CLICK):
            raise Refused(f"it fetches something from elsewhere ({target[:80]}). Take that link out")


def _check_instructions(text: str) -> None:
    said = "".join("".join(each) for each in _INSTRUCTED.findall(text))
    if found := _INSTRUCTION.search(said):
        raise Refused(f"its field {found[0].upper()} fetches or runs something. Take it out")
