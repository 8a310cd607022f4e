"""Cutting a line into runs of one face, direction and language, ordered from left to right."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal
from unicodedata import name

from videos.render.text.bidi import levels, visual_order
from videos.render.text.clusters import INVISIBLE, JOINERS, clusters, is_emoji
from videos.render.text.faces import CJK, COLOUR_EMOJI, Face

logger = logging.getLogger(__name__)

Direction = Literal["ltr", "rtl"]

# Punctuation that Latin and Chinese share and that stands in a full cell between ideographs.
SHARED_PUNCTUATION = set("“”‘’…—·")
# Emoji that are mere signs in dark grey, lost on a dark picture: drawn in the text's own colour.
SIGNS = set("🎵🎶🎼©®™✖➕➖➗➰➿🟰")


@dataclass(frozen=True)
class Run:
    """A stretch of text that one face draws in one go; an emoji is always a run by itself.

    `direction` and `language` (BCP 47) are what raqm shapes it by.
    """

    text: str
    face: Face
    direction: Direction
    language: str | None

    @property
    def is_emoji(self) -> bool:
        """Return whether the run is one emoji."""
        return self.face is COLOUR_EMOJI


def runs(text: str, faces: tuple[Face, ...]) -> list[Run]:
    """Return the runs of a clean line in visual order; what no face covers is left out."""
    pieces = clusters(text)
    picks = _faces_of(pieces, faces)
    depths = levels(text)
    language = language_of(text)
    found: list[tuple[int, Run]] = []
    at = 0
    for piece, face in zip(pieces, picks, strict=True):
        if face is None:
            _log_missing("".join(sorted(set(piece) - INVISIBLE)))
        else:
            drawn = _drawable(piece, face)
            direction: Direction = "rtl" if depths[at] % 2 else "ltr"
            found.append((depths[at], Run(drawn, face, direction, language)))
        at += len(piece)
    merged = _merged(found)
    return [merged[i][1] for i in visual_order([depth for depth, _ in merged])]


def missing(text: str, faces: tuple[Face, ...]) -> set[str]:
    """Return the characters of a clean line that no face covers."""
    lost: set[str] = set()
    for piece in clusters(text):
        face = pick(piece, faces)
        if face is None:
            lost.update(piece)
        elif face is not COLOUR_EMOJI:
            lost.update(character for character in piece if not face.covers(character))
    return lost - INVISIBLE


@lru_cache(maxsize=4096)
def pick(cluster: str, faces: tuple[Face, ...]) -> Face | None:
    """Return the first face that draws the whole of `cluster`, else its first character."""
    if is_emoji(cluster) and cluster[0] not in SIGNS and COLOUR_EMOJI.covers(cluster[0]):
        return COLOUR_EMOJI
    seen = [character for character in cluster if character not in INVISIBLE]
    for wanted in (seen, seen[:1]):
        for face in faces:
            if wanted and all(map(face.covers, wanted)):
                return face
    return None


def language_of(text: str) -> str | None:
    """Return the language whose forms of the shared ideographs `text` should have (BCP 47).

    Kana are Japanese and Hangul is Korean. Otherwise a line is Simplified Chinese, unless it has
    characters that the mainland's basic set lacks and Taiwan's has.
    """
    if any("\u3040" <= c <= "\u30ff" for c in text):
        return "ja"
    if any("\uac00" <= c <= "\ud7a3" for c in text):
        return "ko"
    ideographs = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    if any(not c.encode("gb2312", "ignore") and c.encode("big5", "ignore") for c in ideographs):
        return "zh-hant"
    return "zh-hans" if ideographs else None


def _faces_of(pieces: Sequence[str], faces: tuple[Face, ...]) -> list[Face | None]:
    """Return each cluster's face: spaces go with what precedes, shared punctuation with CJK."""
    picks = [pick(piece, faces) for piece in pieces]
    for i, piece in enumerate(pieces):
        before = picks[i - 1] if i else None
        after = picks[i + 1] if i + 1 < len(picks) else None
        if piece == " " and before and before is not COLOUR_EMOJI and before.covers(" "):
            picks[i] = before
        elif piece in SHARED_PUNCTUATION and CJK in {before, after} and CJK.covers(piece):
            picks[i] = CJK
    return picks


def _drawable(piece: str, face: Face) -> str:
    """Return what of a cluster its face draws, with the joiners, which shape their neighbours."""
    if face is COLOUR_EMOJI:
        return piece
    return "".join(c for c in piece if c in JOINERS or (c not in INVISIBLE and face.covers(c)))


def _merged(found: Sequence[tuple[int, Run]]) -> list[tuple[int, Run]]:
    """Join neighbours of one level and face, emoji apart."""
    merged: list[tuple[int, Run]] = []
    for depth, run in found:
        alike = bool(merged) and (merged[-1][0], merged[-1][1].face) == (depth, run.face)
        if alike and not run.is_emoji:
            _, before = merged.pop()
            run = replace(before, text=before.text + run.text)
        merged.append((depth, run))
    return merged


@cache
def _log_missing(characters: str) -> None:
    """Say once that characters are left out, if there are any."""
    if characters:
        named = ", ".join(f"U+{ord(c):04X} {name(c, 'unnamed')}" for c in characters)
        logger.warning("No shipped face draws %s; left out.", named)
