"""Hashtags of a film, from the tags of its song."""

import re

from videos.models import Track

MAX_HASHTAG_LENGTH = 30  # characters
_WORDS = re.compile(r"[^\W_]+")
# What says how a song was made instead of what it is like
_TECHNICAL = re.compile(r"\b(?:bpm|major|minor|key|tempo|hz)\b|^[A-G][#b♯♭]?m?$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[,;/|\n]+")


def hashtags(track: Track, max_count: int, *extra: str) -> list[str]:
    """Return at most ``max_count`` hashtags: those of the song's tags, then ``extra``."""
    names = [
        _name(tag) for tag in _SEPARATORS.split(track.tags) if not _TECHNICAL.search(tag.strip())
    ]
    distinct = dict.fromkeys(name for name in (*names, *extra) if name)
    by_fold = {name.casefold(): name for name in reversed(distinct)}
    chosen = [name for name in distinct if by_fold[name.casefold()] == name]
    return [f"#{name}" for name in chosen[:max_count]]


def _name(tag: str) -> str:
    """Return a tag as one word, "" for one that no network takes: a number, or a sentence."""
    words = _WORDS.findall(tag)
    name = "".join(word if len(words) == 1 else word[:1].upper() + word[1:] for word in words)
    return name if len(name) <= MAX_HASHTAG_LENGTH and name[:1].isalpha() else ""
