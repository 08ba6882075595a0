"""The encoding of delimited text: marks, UTF-16 without one, the usual single bytes, and others."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.archive import Refused
from pmo_desktop.exchange.encodings import decode

ENGLISH = "Ref;Project;Budget\nA-1;Ann’s “bridge” – phase 2;£1.5m\nA-2;Zoë Café;€3\n"
FRENCH = "Référence;Projet;Élève\nA-1;Rénovation d’été à Noël;déjà vu\n"
GERMAN = "Nr;Projekt;Größe\n1;Straßenbau in Köln;überfällig\n"
POLISH = "Numer;Projekt;Kierownik\n1;Łódź przebudowa węzła;Świętosław Żółć\n"
RUSSIAN = "Номер;Проект;Менеджер\n1;Мост через реку;Иванов PMO\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((ENGLISH, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be")),
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        *((FRENCH.replace("’", "'"), encoding) for encoding in ("cp1252", "mac_roman", "cp850", "latin-1")),
        *((GERMAN, encoding) for encoding in ("cp1252", "mac_roman", "cp850", "utf-16-le")),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        ("番号;案件;担当\n1;橋の工事を始める;山田\n" * 3, "shift_jis"),
    ],
)
def test_text_of_any_common_encoding_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_plain_letters_are_utf_8() -> None:
    assert decode(b"Ref,Project\n") == ("Ref,Project\n", "utf-8")
    assert decode(b"") == ("", "utf-8")


def test_bytes_of_no_encoding_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def best(self) -> None:
            return None

    monkeypatch.setattr("charset_normalizer.from_bytes", lambda _: Nothing())
    with pytest.raises(Refused, match="unknown encoding"):
        decode(bytes(range(128, 256)) * 3)


def test_a_pound_sign_alone_is_western() -> None:
    assert decode(b"\xa312") == ("£12", "cp1252")
    assert decode(b"Cost\n\xa340.27\n\xa3 7.89 \xa0 more\n")[0] == "Cost\n£40.27\n£ 7.89 \xa0 more\n"
