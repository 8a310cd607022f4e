"""``python -m tools.letter_pairs``: writes the pairs of letters of each language.

They are counted in the translations that come with Django and allauth, which are installed.
"""

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import allauth
import django

from videos.render.encodings.words import fold_letters

TARGET = Path("videos/render/encodings/letter_pairs.json")
FOLDERS = [Path(module.__path__[0]) for module in (django, allauth)]
# Languages that have a legacy encoding, by Django's names of them.
LANGUAGES = (
    *("af", "ca", "cy", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "gd", "gl", "id"),
    *("is", "it", "lb", "lt", "lv", "ms", "nb", "nl", "nn", "pt", "sq", "sv", "sw"),
    *("bs", "cs", "dsb", "hr", "hsb", "hu", "pl", "ro", "sk", "sl", "sr_Latn", "tr", "vi", "eo"),
    *("be", "bg", "kk", "mk", "ru", "sr", "uk", "el", "ar", "fa", "he", "th"),
)
ALSO = {"pt": ("pt_BR", "pt_PT"), "id": ("ms",), "es": ("es_AR", "es_MX")}
TRANSLATION = re.compile(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
SOURCE = re.compile(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)s?|%[a-z]|\{\w*\}|<[^>]*>|\\.|https?:\S+|&\w+;")
SPOKEN = Path(__file__).with_name("spoken.txt")
MULTIPLIER = 9  # of the words of songs
MIN_COUNT = 2  # a rarer pair may be an error of spelling
MAX_SHARED_LENGTH = 4  # letters of a word that a translation may share with English
STEP = 0.5  # of the natural logarithm, in which costs are written


def main(target: Path = TARGET, languages: Iterable[str] = LANGUAGES) -> None:
    """Write the costs of the pairs and letters of languages to ``target``."""
    models = {name: _model(name) for name in languages}
    target.write_text(json.dumps(models, ensure_ascii=False, indent=0), encoding="utf-8")


def _model(language: str) -> dict[str, dict[str, str]]:
    """Return the pairs and the letters of a language by what they cost, in steps."""
    pairs: defaultdict[str, float] = defaultdict(float)
    for word, count in _words(language).items():
        padded = f" {word} "
        for start in range(len(padded) - 1):
            pairs[padded[start : start + 2]] += math.sqrt(count)
    firsts: defaultdict[str, float] = defaultdict(float)
    letters: defaultdict[str, float] = defaultdict(float)
    for pair, weight in pairs.items():
        firsts[pair[0]] += weight
        letters[pair[1]] += weight
    total = sum(letters.values())
    common = {pair: weight for pair, weight in pairs.items() if weight >= MIN_COUNT}
    return {
        "pairs": _by_cost({pair: n / firsts[pair[0]] for pair, n in common.items()}),
        "letters": _by_cost({letter: n / total for letter, n in letters.items() if n >= MIN_COUNT}),
    }


def _by_cost(shares: dict[str, float]) -> dict[str, str]:
    groups: dict[int, list[str]] = {}
    for text, share in shares.items():
        groups.setdefault(round(-math.log(share) / STEP), []).append(text)
    return {str(cost): "".join(sorted(groups[cost])) for cost in sorted(groups)}


def _words(language: str) -> Counter[str]:
    """Return the words of a language's translations, without those that stayed English."""
    words: Counter[str] = Counter()
    english = set() if language == "en" else set(_words("en"))
    for name in (language, *ALSO.get(language, ())):
        for file in _files("en" if name == "en" else name):
            for text in _texts(file, SOURCE if name == "en" else TRANSLATION):
                words.update(_split(text))
    for word in english.intersection(words):
        if len(word) > MAX_SHARED_LENGTH:
            del words[word]
    for word in _spoken_words(language):
        words[word] += MULTIPLIER
    return words


def _spoken_words(language: str) -> Iterator[str]:
    for line in SPOKEN.read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition(" ")
        if name == language:
            yield from _split(text)


def _files(language: str) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(folder.rglob(f"locale/{language}/LC_MESSAGES/*.po"))


def _texts(file: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for match in pattern.finditer(file.read_text(encoding="utf-8")):
        text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1]))
        if "Content-Type:" not in text:
            yield PLACEHOLDER.sub(" ", text)


def _split(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case; accents that stand alone are left to the letters."""
    word = ""
    for char in unicodedata.normalize("NFC", fold_letters(text)) + " ":
        if unicodedata.category(char)[0] in "LM":
            word += char
        elif word:
            yield word
            word = ""


if __name__ == "__main__":
    main()
