"""Finds the texts to translate in templates and Python, as xgettext would, but in pure Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

PYTHON = ("videos", "suno_portal")
TEMPLATES = "templates"
# What is called with a text: where in its arguments the context, the text and the plural are
_CALLS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_TEMPLATE_CALL = re.compile(r"\b(?:gettext|ngettext|pgettext|npgettext|_)\(")


class Message(NamedTuple):
    """A text as programmers wrote it: its context, "" without one, and its plural, "" likewise."""

    text: str
    plural: str = ""
    context: str = ""


def extract(root: Path) -> dict[Message, list[str]]:
    """Return the texts below ``root`` in the order of their files, each with where it stands."""
    messages: dict[Message, list[str]] = {}
    for path in _files(root):
        source = path.read_text(encoding="utf-8")
        read = of_python if path.suffix == ".py" else of_template
        for line, message in read(source):
            messages.setdefault(message, []).append(f"{path.relative_to(root).as_posix()}:{line}")
    return _with_plurals(messages)


def of_python(source: str) -> Iterator[tuple[int, Message]]:
    """Yield line and text of each call of gettext and the like in a module."""
    tree = ast.parse(source)
    names = {name: name for name in _CALLS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {each.asname: each.name for each in node.names if each.asname}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (message := _of_call(node, names)):
            yield node.lineno, message


def of_template(source: str) -> Iterator[tuple[int, Message]]:
    """Yield line and text of each ``translate`` and ``blocktranslate`` in a template."""
    calls = templatize(source)
    for match in _TEMPLATE_CALL.finditer(calls):
        node = _parse_call(calls, match.start())
        if node and (message := _of_call(node, {name: name for name in _CALLS} | {"_": "gettext"})):
            yield calls.count("\n", 0, match.start()) + 1, message


def _files(root: Path) -> Iterator[Path]:
    for folder in PYTHON:
        yield from sorted(root.joinpath(folder).rglob("*.py"))
    yield from sorted(
        path for path in root.joinpath(TEMPLATES).rglob("*") if path.suffix in {".html", ".txt"}
    )


def _of_call(node: ast.Call, names: dict[str, str]) -> Message | None:
    function = node.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    places = _CALLS.get(names.get(name, ""))
    if places is None:
        return None
    context, text, plural = (
        "" if place is None else _constant(node.args, place) for place in places
    )
    return Message(text, plural, context) if text else None


def _constant(arguments: list[ast.expr], place: int) -> str:
    value = arguments[place] if place < len(arguments) else None
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return str(value.value) if is_text else ""  # type: ignore[union-attr]  # checked before


def _parse_call(source: str, start: int) -> ast.Call | None:
    """Return the call at ``start``, which ends at the first parenthesis that makes it whole."""
    end = start
    while (end := source.find(")", end + 1)) >= 0:
        try:
            node = ast.parse(source[start : end + 1], mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def _with_plurals(messages: dict[Message, list[str]]) -> dict[Message, list[str]]:
    """Drop a text that is also the singular of another one: gettext has one entry for both."""
    plurals = {(each.text, each.context) for each in messages if each.plural}
    return {
        message: places
        for message, places in messages.items()
        if message.plural or (message.text, message.context) not in plurals
    }
