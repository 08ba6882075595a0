"""Generate document: a template of a project's methodology, filled with what is known of the project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pmo_desktop.exchange.documents import fill_template
from pmo_desktop.exchange.filenames import write_new
from pmo_desktop.figures.documentvalues import document_values
from pmo_desktop.figures.methods import read_method
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import DeliverableStatus
from pmo_desktop.rules.method import Method, Template
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_row


def generate_document(store: Store, project: str, code: str, folder: Path) -> Path:
    """Write the document of a deliverable, or of a template, into a folder; the answer is the new file.

    `code` is the library code of a deliverable of the project's methodology, or of a template. As one step, the
    project's deliverable is marked as made from its template, and In progress when it was not started; a template
    that several deliverables are made from marks none. Nothing is written over: a number is added to the name.
    Raises Known when the project follows no methodology, there is no such template, or the file cannot be written;
    then no row is changed and no file left.
    """
    row = read_row(store, "project", project)
    if row is None or not row["methodology"]:
        raise Known("Nothing was made: this project follows no methodology. Apply one to it first.")
    method = read_method(store, row["methodology"])
    template, outputs = _choose(method, code)
    called = row["ref"] or row["name"] or "project"
    content = fill_template(template.name, template.content, document_values(store, project))
    path = write_new(folder, f"{called} {template.name}{Path(template.file_name).suffix}", content)
    ours = [each for each in read_linked(store, "deliverable", "project", [project]) if each["code"] in outputs]
    with _or_unlink(path), batch(store, f"Make {template.name} of {called}") as work:
        if len(ours) == 1:
            write_rows(work.connection, "deliverable", {ours[0]["id"]: _made(ours[0])})
    return path


def _choose(method: Method, code: str) -> tuple[Template, set[str]]:
    """The template, and the codes of the deliverables that are made by it."""
    output = next((each for _, each in method.outputs() if each.code == code and each.template), None)
    wanted = output.template if output else code
    template = next((each for each in method.templates if each.code == wanted), None)
    if template is None:
        raise Known(f"Nothing was made: {method.name} {method.version} has no template for “{code}”. Add one to it.")
    return template, {output.code} if output else {each.code for _, each in method.outputs() if each.template == code}


def _made(deliverable: Record) -> dict[str, object]:
    begun = deliverable["status"] in (None, DeliverableStatus.NOT_STARTED)
    return {"template_used": True} | ({"status": DeliverableStatus.IN_PROGRESS} if begun else {})


@contextmanager
def _or_unlink(path: Path) -> Iterator[None]:
    """Whatever goes wrong takes the new file away again."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
