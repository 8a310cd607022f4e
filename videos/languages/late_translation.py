"""Translates sentences that were made in English before anybody knew who would read them.

The renderer speaks English only, and workers write what they have to say into rows. A page finds
the text of the catalogue that such a sentence was made of, and the words that were put into it, and
makes the sentence anew in the language of its reader. What it does not find stays as it is: a
vendor's own message, for instance.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext, to_locale

MIN_LETTERS = 4  # of a text besides what is put into it: shorter ones would fit anything
MAX_CACHED = 500  # sentences
# What is put into a sentence and is one itself, or the name of a thing
NESTED = {"sentence", "reason", "name", "advice"}
_PLACE = re.compile(r"%\((\w+)\)([sd])|%%")


class Template(NamedTuple):
    """A text with places for words: how a sentence of it reads, and its singular and plural."""

    pattern: re.Pattern[str]
    singular: str
    plural: str  # "" for a text without one


def translate_late(sentence: str) -> str:
    """Return an English ``sentence`` in the active language, unchanged where that is not possible.

    It was made by ``gettext_noop("… %(name)s …") % {…}`` or by gettext itself.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if not sentence or language == settings.LANGUAGE_CODE:
        return sentence
    return _translate(sentence, language)


@lru_cache(maxsize=MAX_CACHED)
def _translate(sentence: str, language: str) -> str:
    translation = gettext(sentence)
    if translation != sentence:
        return translation
    for template in _templates(language):
        if match := template.pattern.fullmatch(sentence):
            return _fill(template, match.groupdict(), language)
    return sentence


def _fill(template: Template, words: Mapping[str, str], language: str) -> str:
    """Return the template in the active language with the words of the English sentence."""
    values: dict[str, str | int] = dict(words)
    for name, kind in _PLACE.findall(template.singular + template.plural):
        if kind == "d":
            values[name] = int(words[name])
        elif name in NESTED:
            values[name] = _translate(words[name], language)
    number = next((value for value in values.values() if isinstance(value, int)), 2)
    if template.plural:
        return ngettext(template.singular, template.plural, number) % values
    return gettext(template.singular) % values


@cache
def _templates(language: str) -> tuple[Template, ...]:
    """Return the texts of the catalogue with places for words, the longest first."""
    path = Path(settings.LOCALE_PATHS[0], to_locale(language), "LC_MESSAGES", "django.mo")
    if not path.exists():
        return ()
    templates = [
        (_letters(text), Template(_pattern(text), *pair))
        for pair in _texts(path.read_bytes())
        for text in pair
        if "%(" in text and _letters(text) >= MIN_LETTERS
    ]
    return tuple(template for _count, template in sorted(templates, key=lambda each: -each[0]))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, _PLACE.sub("", text)))


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of the sentences that ``text`` makes."""
    parts, position, names = [], 0, set()
    for place in _PLACE.finditer(text):
        parts.append(re.escape(text[position : place.start()]))
        position = place.end()
        name, kind = place.groups()
        if name is None:
            parts.append("%")
        elif name in names:
            parts.append(f"(?P={name})")
        else:
            names.add(name)
            parts.append(rf"(?P<{name}>-?\d+)" if kind == "d" else f"(?P<{name}>.+?)")
    return re.compile("".join([*parts, re.escape(text[position:])]), re.DOTALL)


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield singular and plural of each text in a compiled catalogue (gettext's manual, 10.3)."""
    _magic, _revision, count, offset = struct.unpack_from("<4I", data)
    for number in range(count):
        length, start = struct.unpack_from("<2I", data, offset + 8 * number)
        text = data[start : start + length].decode().rpartition("\x04")[2]
        singular, _, plural = text.partition("\0")
        yield singular, plural
