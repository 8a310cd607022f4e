"""Reads and writes catalogues as translators edit them (``.po``; gettext's manual, chapter 3)."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tools.translations.extraction import Message

Catalogue = dict[Message, tuple[str, ...]]  # the translation of each text, or its plural forms

_KEYWORDS = {"msgctxt", "msgid", "msgid_plural"}


def read_po(path: Path) -> Catalogue:
    """Return the translations in a file, without its header; there are none where it is missing.

    Raises ``ValueError`` for an entry that is marked fuzzy: each is right or not there.
    """
    if not path.exists():
        return {}
    catalogue: Catalogue = {}
    for fields in _entries(path.read_text(encoding="utf-8").splitlines()):
        if "fuzzy" in fields:
            raise ValueError(f"{path}: “{fields['msgid']}” is fuzzy.")
        message = Message(
            fields.get("msgid", ""), fields.get("msgid_plural", ""), fields.get("msgctxt", "")
        )
        forms = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
        if message.text:
            catalogue[message] = forms
    return catalogue


def write_po(
    path: Path,
    catalogue: Mapping[Message, Iterable[str]],
    places: Mapping[Message, Iterable[str]],
    header: str,
) -> None:
    """Write the translations with the files that each text is in; without lines, which change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks = [f'msgid ""\n{_field("msgstr", header)}']
    for message, forms in catalogue.items():
        files = dict.fromkeys(place.partition(":")[0] for place in places.get(message, ()))
        lines = [f"#: {name}" for name in files]
        if "%(" in message.text + message.plural:
            lines.append("#, python-format")
        if message.context:
            lines.append(_field("msgctxt", message.context))
        lines.append(_field("msgid", message.text))
        if message.plural:
            lines.append(_field("msgid_plural", message.plural))
            lines += [_field(f"msgstr[{number}]", form) for number, form in enumerate(forms)]
        else:
            lines += [_field("msgstr", form) for form in forms]
        blocks.append("\n".join(lines))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _entries(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield the fields of each entry; an entry begins after an empty line."""
    fields: dict[str, str] = {}
    name = ""
    for line in [*lines, ""]:
        if not line.strip():
            if fields:
                yield fields
            fields, name = {}, ""
        elif line.startswith("#,") and "fuzzy" in line:
            fields["fuzzy"] = ""
        elif line.startswith('"'):
            fields[name] += ast.literal_eval(line)
        elif not line.startswith("#"):
            name, _, text = line.partition(" ")
            if name not in _KEYWORDS and not name.startswith("msgstr"):
                raise ValueError(f"This is no line of a catalogue: {line}")
            fields[name] = ast.literal_eval(text)


def _field(name: str, text: str) -> str:
    """Return a field with a line of the file for each line of its text."""
    rows = text.splitlines(keepends=True)
    if len(rows) < 2:
        return f"{name} {_quote(text)}"
    return "\n".join([f'{name} ""', *map(_quote, rows)])


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
