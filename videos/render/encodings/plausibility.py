"""How natural a text is: what its letters cost in the language that fits best, and its signs."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import inf
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from videos.render.encodings.ideographs import ideographs_cost
from videos.render.encodings.letter_pairs import RARE, languages_of, word_cost
from videos.render.encodings.words import Run, fold_letters, runs_of, script_of

IMPOSSIBLE = inf  # for a control character, or a code point that is none
# What is unnatural in any language; all are natural logarithms of how rare it is.
SCRIPT_CHANGE_COST = 12.0  # within a word
JOINED_IDEOGRAPH_COST = 7.0
WORD_SCRIPT_COST = 3.0  # for a neighbour in another script
CASE_CHANGE_COST = 6.0  # "aB" within a word
FOREIGN_LETTER_COST = 14.0
WIDE_LETTER_COST = 7.0
ENGLISH_COST = 2.0  # for an English word in another language
RARE_COST = 2.0  # for a text in a rare language
BESIDE_LETTER_COST = 6.0  # for a sign that does not belong there
APOSTROPHE_COST = 1.0  # between letters
UNPAIRED_COST = 3.0  # for a guillemet without its other half on the line
SIGNS = {
    **dict.fromkeys("’‘“”„«»–—…¿¡", 4.0),
    **dict.fromkeys("‚‹›•·´¨\u00a0\u200c\u200d", 6.0),
    **dict.fromkeys("©®™", 5.0),
    **dict.fromkeys("♪♫♥★☆°£€ªº¶§†", 8.0),
    **dict.fromkeys("\u200e\u200f\u00ad", 7.0),
    "\ufeff": 3.0,
}
OTHER_SIGN_COST, BOX_COST, IDEOGRAPHIC_SIGN_COST = 11.0, 16.0, 4.0
APOSTROPHES = "’‘·\u00ad\u200c\u200d"  # may stand between letters
OPENING, CLOSING = "“„«¿¡‚‹", "”»…›"  # before and after a word
INNER_CAPITAL = re.compile(
    r"[^\W\d_](?<=[a-zß-öø-ÿа-яѐ-џα-ώā-ſ])[A-ZÀ-ÖØ-ÞА-ЯЀ-ЏΑ-Ϋ]|[Α-Ω][ΆΈΉΊΌΎΏ]"
)


def text_cost(lines: Iterable[str]) -> float:
    """Return what a text costs: the natural logarithm of how rare it is; ASCII's signs are free.

    ``IMPOSSIBLE`` or more stands for text that nobody writes.
    """
    signs, scripts = 0.0, defaultdict[str, Counter[str]](Counter)
    for line in lines:
        if not line.isascii():
            signs += sum(_sign_cost(*position) for position in _positions(line))
            signs += UNPAIRED_COST * abs(line.count("«") - line.count("»"))
            if signs == IMPOSSIBLE:
                return signs
        before = ""
        for run in runs_of(line):
            signs += _run_cost(run, before)
            before = run.script
            scripts[run.script][fold_letters(run.text)] += 1
    return signs + sum(_script_cost(script, words) for script, words in scripts.items())


def _positions(line: str) -> Iterable[tuple[str, str, str]]:
    """Return each character that is not ASCII with its neighbours."""
    padded = f" {line} "
    return (
        (padded[at], padded[at - 1], padded[at + 1])
        for at in range(1, len(padded) - 1)
        if padded[at] > "\x7f"
    )


@lru_cache(maxsize=50_000)
def _sign_cost(char: str, before: str, after: str) -> float:
    """Return what a character costs that is no letter, between its neighbours."""
    if script_of(char):
        return 0.0
    kind = category(char)
    if kind in {"Cc", "Cn", "Co", "Cs"} or char == "\ufffd":
        return IMPOSSIBLE
    if "\u3000" <= char <= "\u30ff" or "\uff00" <= char <= "\uffef" or char in "々〆":
        return IDEOGRAPHIC_SIGN_COST + BESIDE_LETTER_COST * (_is_latin(before) + _is_latin(after))
    if char == "’" and _is_latin(before):
        return APOSTROPHE_COST if _is_latin(after) else APOSTROPHE_COST + 2
    if char == "’" and before == " ":
        return SIGNS[char] + 3
    cost = BOX_COST if "\u2500" <= char <= "\u259f" else SIGNS.get(char, OTHER_SIGN_COST)
    if _is_misplaced(char, before, after):
        cost += BESIDE_LETTER_COST
    return cost


def _is_latin(char: str) -> bool:
    return script_of(char) not in {"", "han", "wide"}


def _is_misplaced(char: str, before: str, after: str) -> bool:
    is_after, is_before = _is_latin(before), _is_latin(after)
    if char in OPENING:
        return is_after or not (is_before or after.isdigit() or after in " \u00a0’'¡¿“(.…-")
    if char in CLOSING:
        return (is_before and char != "…") or (before == " " and char == "”")
    if char in APOSTROPHES:
        return not (is_after or is_before)
    if char in "–—":
        return (is_after or is_before) and not {before, after} & set(" \u00a0,.!?")
    return is_after or is_before


def _run_cost(run: Run, before: str) -> float:
    """Return what is unnatural about a run of letters beside the script before it."""
    cost = 0.0
    if run.is_joined:
        is_ideographic = "han" in {run.script, before} or "wide" in {run.script, before}
        cost += JOINED_IDEOGRAPH_COST if is_ideographic else SCRIPT_CHANGE_COST
    elif before and before != run.script:
        cost += WORD_SCRIPT_COST
    if not run.text.isascii():
        cost += CASE_CHANGE_COST * len(INNER_CAPITAL.findall(run.text))
    return cost


def _script_cost(script: str, words: Counter[str]) -> float:
    """Return what words of a script cost in the language that fits best."""
    if script == "han":
        return ideographs_cost("".join(words.elements()))
    if script in {"other", "mark", "wide"}:
        letter_cost = WIDE_LETTER_COST if script == "wide" else FOREIGN_LETTER_COST
        return letter_cost * sum(len(word) * count for word, count in words.items())
    costs = np.array([RARE_COST if name in RARE else 0.0 for name in languages_of(script)])
    for word, count in words.items():
        costs += _word_costs(word, script) * count
    return float(costs.min())


@lru_cache(maxsize=5_000)
def _word_costs(word: str, script: str) -> NDArray[np.float64]:
    """Return what a word costs in each language of its script, or as an English one there."""
    costs = np.array([word_cost(word, language) for language in languages_of(script)])
    return np.minimum(costs, word_cost(word, "en") + ENGLISH_COST) if word.isascii() else costs
