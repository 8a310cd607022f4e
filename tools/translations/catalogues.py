"""The catalogues of the portal: their languages, what each lacks, and their files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from tools.translations.extraction import Message
from tools.translations.mo_files import compile_mo
from tools.translations.po_files import Catalogue, read_po, write_po

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
# How gettext chooses the form for a number; in Russian: 1 and 21, 2 to 4, all others
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "zh-hans": "nplurals=1; plural=0;",
}
_PLACES = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?\w+[^>]*>")


def po_path(language: str) -> Path:
    """Return the catalogue of a language as translators edit it."""
    return Path(settings.LOCALE_PATHS[0], to_locale(language), "LC_MESSAGES", "django.po")


def load(language: str) -> Catalogue:
    """Return the translations that there are."""
    return read_po(po_path(language))


def store(language: str, catalogue: Catalogue, messages: Mapping[Message, Sequence[str]]) -> None:
    """Write both files of a language, in the order of ``messages`` and without stale texts."""
    path, header = po_path(language), _header(language)
    rows = {message: catalogue[message] for message in messages if message in catalogue}
    write_po(path, rows, messages, header)
    path.with_suffix(".mo").write_bytes(compile_mo(rows, header))


def form_count(language: str, message: Message) -> int:
    """Return how many forms the translation of ``message`` has."""
    return int(PLURALS[language][len("nplurals=")]) if message.plural else 1


def is_complete(language: str, message: Message, forms: Sequence[str]) -> bool:
    """Return whether there is a text for each form."""
    return len(forms) == form_count(language, message) and all(forms)


def problems(language: str, messages: Mapping[Message, Sequence[str]]) -> Iterator[str]:
    """Yield a sentence for each text that is missing, stale or has other places than the English.

    The last one is about the compiled catalogue.
    """
    catalogue = load(language)
    for message in messages:
        if not is_complete(language, message, catalogue.get(message, ())):
            yield f"{language}: “{message.text}” has no translation."
    for message, forms in catalogue.items():
        if message not in messages:
            yield f"{language}: “{message.text}” is used nowhere."
        yield from (f"{language}: {each}" for each in differences(message, forms))
    path = po_path(language).with_suffix(".mo")
    if not path.exists() or path.read_bytes() != compile_mo(catalogue, _header(language)):
        yield f"{language}: {path.name} is not what {path.stem}.po compiles to."


def differences(message: Message, forms: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each form whose places and tags are not those of the English text.

    Each form has the number, because the first Russian one is for 21 as well.
    """
    places = _places(message.plural or message.text)
    for form in forms:
        if form and _places(form) != places:
            yield f"“{form}” has not the places of “{message.text}”."


def _places(text: str) -> Counter[str]:
    return Counter(_PLACES.findall(text))


def _header(language: str) -> str:
    return (
        f"Language: {to_locale(language)}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {PLURALS[language]}\n"
    )
