"""How natural a word is in a language, by its pairs of letters."""

import json
from functools import cache
from pathlib import Path

MODELS = Path(__file__).with_suffix(".json")  # tools/letter_pairs writes it
STEP = 0.5  # of the natural logarithm, in which the file has costs
BACKOFF_COST = 3.0  # of a pair that no text had, beside that of its letter
UNSEEN_COST = 11.0  # of a letter that no text had
RARE = {"af", "cy", "dsb", "hsb", "eo", "ga", "gd", "gl", "lb", "nn", "sw", "eu", "ms", "bs", "kk"}
SCRIPT_LANGUAGES = {
    "cyrillic": ("be", "bg", "kk", "mk", "ru", "sr", "uk"),
    "greek": ("el",),
    "arabic": ("ar", "fa"),
    "hebrew": ("he",),
    "thai": ("th",),
}


@cache
def _models() -> dict[str, tuple[dict[str, float], dict[str, float]]]:
    """Return what pairs and letters cost in each language."""
    models = json.loads(MODELS.read_text(encoding="utf-8"))
    return {
        language: (_expand(model["pairs"], 2), _expand(model["letters"], 1))
        for language, model in models.items()
    }


def _expand(groups: dict[str, str], length: int) -> dict[str, float]:
    return {
        texts[start : start + length]: STEP * int(cost)
        for cost, texts in groups.items()
        for start in range(0, len(texts), length)
    }


@cache
def languages_of(script: str) -> tuple[str, ...]:
    """Return the languages that are written in a script."""
    others = {each for languages in SCRIPT_LANGUAGES.values() for each in languages}
    return SCRIPT_LANGUAGES.get(script) or tuple(name for name in _models() if name not in others)


def word_cost(word: str, language: str) -> float:
    """Return the natural logarithm of how rare a word in folded letters is in a language."""
    pairs, letters = _models()[language]
    cost, before = 0.0, " "
    for char in f"{word} ":
        pair_cost = pairs.get(before + char)
        if pair_cost is None:
            pair_cost = letters.get(char, UNSEEN_COST) + BACKOFF_COST
        cost += pair_cost
        before = char
    return cost
