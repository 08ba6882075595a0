"""The bytes of attachments and templates: each content once, under its SHA-256, and never changed."""

from __future__ import annotations

from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store


def keep_blob(connection: Connection, content: bytes) -> str:
    """Put bytes into the file inside a batch, unless they are there; the answer is their SHA-256."""
    import hashlib  # noqa: PLC0415  a library of ciphers: not before somebody attaches a file

    key = hashlib.sha256(content).hexdigest()
    words = "INSERT INTO blob (hash, size, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    connection.raw.execute(words, (key, len(content), content))
    return key


def read_blob(store: Store, key: str) -> bytes:
    """The bytes under a SHA-256. Raises Known when the file does not have them."""
    with store.reading() as connection:
        row = connection.raw.execute("SELECT content FROM blob WHERE hash = ?", (key,)).fetchone()
    if row is None:
        raise Known("The content of this document is not in the portfolio any more. Attach it again.")
    content: bytes = row[0]
    return content
