"""Itemization: splitting a line into runs of one face, direction and language, left to right."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Literal

from videos.render.text.bidi import resolve_levels, visual_order
from videos.render.text.clusters import (
    IGNORABLES,
    JOINERS,
    PURE_MARKS,
    is_emoji,
    is_tag,
    split_clusters,
)
from videos.render.text.faces import CJK, COLOUR_EMOJI, Face
from videos.render.text.refusals import describe, is_refused

logger = logging.getLogger(__name__)

Direction = Literal["ltr", "rtl"]

# Punctuation of Latin and Chinese, of ambiguous width (UAX 11): full-width between ideographs.
AMBIGUOUS_PUNCTUATION = set("“”‘’…—·")
# Emoji whose bitmaps are dark grey signs, unreadable on a dark picture: drawn in the text's colour.
TEXT_STYLE_EMOJI = set("🎵🎶🎼©®™✖➕➖➗➰➿🟰")


@dataclass(frozen=True)
class Run:
    """A part of a line that is shaped with one face; every emoji is a run by itself.

    ``direction`` and ``language`` (BCP 47) are passed to raqm.
    """

    text: str
    face: Face
    direction: Direction
    language: str | None

    @property
    def is_emoji(self) -> bool:
        """Return whether the run is one emoji."""
        return self.face is COLOUR_EMOJI


def itemize(text: str, faces: tuple[Face, ...]) -> list[Run]:
    """Return the runs of a clean line in visual order, without characters that no face draws."""
    clusters = split_clusters(text)
    chosen = _choose_faces(clusters, faces)
    levels = resolve_levels(text)
    language = detect_language(text)
    logical: list[tuple[int, Run]] = []
    at = 0
    for cluster, face in zip(clusters, chosen, strict=True):
        drawn = _drawable_text(cluster, face) if face else ""
        _log_missing("".join(sorted(set(cluster) - set(drawn) - IGNORABLES)))
        if face and drawn:
            direction: Direction = "rtl" if levels[at] % 2 else "ltr"
            logical.append((levels[at], Run(drawn, face, direction, language)))
        at += len(cluster)
    merged = _merge_runs(logical)
    return [merged[i][1] for i in visual_order([level for level, _ in merged])]


def find_missing(text: str, faces: tuple[Face, ...]) -> set[str]:
    """Return the characters of a clean line for which no face has a glyph."""
    missing: set[str] = set()
    for cluster in split_clusters(text):
        face = choose_face(cluster, faces)
        if face is None:
            missing.update(cluster)
        elif face is not COLOUR_EMOJI:
            missing.update(character for character in cluster if not face.has_glyph(character))
    return missing - IGNORABLES


@lru_cache(maxsize=4096)
def choose_face(cluster: str, faces: tuple[Face, ...]) -> Face | None:
    """Return the first face with glyphs for all of ``cluster``, else for its first character.

    This is the font fallback; it returns None where no face has a glyph or can draw it.
    """
    has_colour = is_emoji(cluster) and cluster[0] not in TEXT_STYLE_EMOJI
    if has_colour and _can_draw(COLOUR_EMOJI, cluster[0], cluster):
        return COLOUR_EMOJI
    visible = [character for character in cluster if character not in IGNORABLES]
    if not visible or is_tag(visible[0]):
        return None
    for characters in (visible, visible[:1])[: len(visible)]:
        for face in faces:
            if _can_draw(face, characters, cluster):
                return face
    return None


def detect_language(text: str) -> str | None:
    """Return the language (BCP 47) whose forms of the unified ideographs ``text`` gets.

    Text with kana is Japanese, with Hangul Korean. Other ideographs are Simplified Chinese, unless
    one of them is missing from GB 2312 and in Big5: then they are Traditional Chinese.
    """
    if any("\u3040" <= c <= "\u30ff" for c in text):
        return "ja"
    if any("\uac00" <= c <= "\ud7a3" for c in text):
        return "ko"
    ideographs = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    if any(not c.encode("gb2312", "ignore") and c.encode("big5", "ignore") for c in ideographs):
        return "zh-hant"
    return "zh-hans" if ideographs else None


def _choose_faces(clusters: Sequence[str], faces: tuple[Face, ...]) -> list[Face | None]:
    """Return each cluster's face: a space has the one before it, punctuation beside CJK has CJK."""
    chosen = [choose_face(cluster, faces) for cluster in clusters]
    for i, cluster in enumerate(clusters):
        before = chosen[i - 1] if i else None
        after = chosen[i + 1] if i + 1 < len(chosen) else None
        if cluster == " " and before not in {None, COLOUR_EMOJI}:
            face = before
        elif cluster in AMBIGUOUS_PUNCTUATION and CJK in {before, after}:
            face = CJK
        else:
            continue
        if face and _can_draw(face, cluster, cluster):
            chosen[i] = face
    return chosen


def _can_draw(face: Face, characters: Iterable[str], cluster: str) -> bool:
    """Return whether a face has glyphs for ``characters`` and has not failed on ``cluster``."""
    if not all(map(face.has_glyph, characters)):
        return False
    return not is_refused(face, _drawable_text(cluster, face))


def _drawable_text(cluster: str, face: Face) -> str:
    """Return the characters of a cluster that its face has, and joiners, which affect shaping."""
    if face is COLOUR_EMOJI:
        return cluster
    return "".join(
        c for c in cluster if c in JOINERS or (c not in PURE_MARKS and face.has_glyph(c))
    )


def _merge_runs(logical: Sequence[tuple[int, Run]]) -> list[tuple[int, Run]]:
    """Merge neighbours of one level and face, except emoji and what only parts of can be drawn."""
    merged: list[tuple[int, Run]] = []
    for (level, face), group in groupby(logical, key=lambda each: (each[0], each[1].face)):
        parts = [run for _, run in group]
        whole = replace(parts[0], text="".join(run.text for run in parts))
        if whole.is_emoji or is_refused(face, whole.text):
            merged += [(level, run) for run in parts]
        else:
            merged.append((level, whole))
    return merged


@lru_cache(maxsize=4096)
def _log_missing(characters: str) -> None:
    """Log that characters are left out, once for the same ones."""
    if characters:
        logger.warning("No shipped face draws %s; left out.", describe(characters))
