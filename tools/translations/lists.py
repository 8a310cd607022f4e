"""The list of missing translations: one file for all languages, which a translator fills in."""

import json
import tomllib
from collections.abc import Mapping, Sequence

from tools.translations.catalogues import form_count, is_complete
from tools.translations.extraction import Message
from tools.translations.po_files import Catalogue

INTRODUCTION = """\
# Texts without a translation. Write each between its quotes; a text with a plural has a list of
# forms (Russian: 1, 2-4, others). %(name)s, {name} and <tags> stay as they are. Then:
#   .venv/bin/python -m tools.translations take {name}
"""


def write_list(
    name: str, messages: Mapping[Message, Sequence[str]], catalogues: Mapping[str, Catalogue]
) -> str:
    """Return what is missing as TOML; ``name`` is that of the file."""
    blocks = [INTRODUCTION.replace("{name}\n", f"{name}\n")]
    for message, places in messages.items():
        lines = [f"# {places[0]}", "[[text]]"]
        if message.context:
            lines.append(f"context = {_quote(message.context)}")
        lines.append(f"en = {_quote(message.text)}")
        if message.plural:
            lines.append(f"en_plural = {_quote(message.plural)}")
        missing = [
            (language, form_count(language, message))
            for language, catalogue in catalogues.items()
            if not is_complete(language, message, catalogue.get(message, ()))
        ]
        for language, count in missing:
            value = json.dumps([""] * count) if message.plural else '""'
            lines.append(f"{language} = {value}")
        if missing:
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def read_list(text: str) -> dict[str, Catalogue]:
    """Return the translations in a list by their languages, without those that are still empty."""
    catalogues: dict[str, Catalogue] = {}
    for row in tomllib.loads(text).get("text", []):
        message = Message(row.pop("en"), row.pop("en_plural", ""), row.pop("context", ""))
        for language, value in row.items():
            forms = tuple(value) if isinstance(value, list) else (value,)
            if all(forms):
                catalogues.setdefault(language, {})[message] = forms
    return catalogues


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
