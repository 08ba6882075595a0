"""Merge fields: a small closed language in which templates name values, and nothing else.

`{{ project.name }}` is a value; `{%tr for m in milestones %}` and `{%tr if sponsor %}` repeat and leave out. Nothing
can be called, no attribute of an object is reached, and a value is never read as a template or as markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

FIELD = re.compile(r"\{\{\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*\}\}")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LOOP = ("index", "first", "last", "length")


class Group(dict[str, Any]):
    """Values under one name; `path` is how a template reaches them."""

    path = ""


class Unfilled(Undefined):
    """What a template names and nobody has filled in: it stays visible, in words."""

    def __str__(self) -> str:
        return unfilled(str(self._undefined_name))


class MergeFields(SandboxedEnvironment):
    """The language. Whatever is none of it raises jinja's TemplateError."""

    intercepted_binops = frozenset({"*", "**", "+", "-", "/", "//", "%"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Unfilled, loader=DictLoader({}))
        self.globals.clear()
        self.filters = {}
        self.tests = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A value of a group; of a loop, where it is. Nothing of any other object."""
        if isinstance(obj, Group):
            return obj[attribute] if attribute in obj else Unfilled(name=f"{obj.path}{attribute}")
        if isinstance(obj, Unfilled):
            return Unfilled(name=f"{obj._undefined_name}.{attribute}")  # noqa: SLF001  jinja's own name for it
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        raise SecurityError(f"there is no .{attribute} here")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """As `getattr`."""
        return self.getattr(obj, str(argument))

    def call(self, _context: Any, _obj: Any, *_: Any, **__: Any) -> Any:
        """Nothing is called."""
        raise SecurityError("nothing can be called")

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        """Nothing is calculated."""
        raise SecurityError(f"nothing can be calculated with {operator}")


def unfilled(path: str) -> str:
    """The words in place of a value that there is not."""
    return f"[{path}: not filled]"


def clean_text(text: str) -> str:
    """A value without what no document can hold: control characters and halves of surrogate pairs."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def as_markup(values: Mapping[str, Any], path: str = "", *, listed: bool = False) -> Group:
    """The values, each escaped so that it stays words in a document: groups, lists of groups, and texts.

    What is empty is left out, so that its place says so; in an entry of a list (`listed`) it is blank.
    """
    group = Group()
    group.path = path
    for name, value in values.items():
        if isinstance(value, Mapping):
            group[name] = as_markup(value, f"{path}{name}.")
        elif isinstance(value, list):
            group[name] = [as_markup(each, f"{path}{name}.", listed=True) for each in value]
        elif (text := _cleaned(value)) or listed:
            group[name] = _words(text)
    return group


def _words(text: str) -> Markup:
    """Escaped; braces too, since docxtpl takes {_{ of a rendered document for its own sign."""
    escaped = str(escape(text))
    return Markup(escaped.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704  escaped in the line above


def find_value(values: Mapping[str, Any], path: str) -> str | None:
    """The text behind a dotted name; None where there is none or it is empty."""
    found: Any = values
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return None if isinstance(found, (Mapping, list)) else _cleaned(found) or None


def _cleaned(value: Any) -> str:
    return "" if value is None else clean_text(str(value))
