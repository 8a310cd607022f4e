"""The words of a song with their times, as ``get-timestamped-lyrics`` tells them."""

from videos.lyrics.timed_lyrics import timed_lines
from videos.models import Track
from videos.render.lyrics import Line, Word


def aligned_words(track: Track) -> list[dict[str, object]]:
    """Return the words of ``track`` in order; breaks and section tags stand inside them."""
    return [
        {
            "word": text,
            "success": True,
            "startS": round(word.start, 3),
            "endS": round(word.end, 3),
            "palign": 0,
        }
        for line in timed_lines(track)
        for word, text in _told(line)
    ]


def _told(line: Line) -> list[tuple[Word, str]]:
    words = line.words or _spread(line)
    last = len(words) - 1
    texts = [f"{word.text}{' ' if i < last else chr(10)}" for i, word in enumerate(words)]
    if texts and line.section:
        texts[0] = f"[{line.section}]\n{texts[0]}"
    return list(zip(words, texts, strict=True))


def _spread(line: Line) -> tuple[Word, ...]:
    """Return the words of a line of which only the whole is timed: each as long as its text."""
    texts = line.text.split()
    whole = sum(map(len, texts)) or 1
    length, at = line.end - line.start, line.start
    words = []
    for text in texts:
        until = min(line.end, at + length * len(text) / whole)
        words.append(Word(at, until, text))
        at = until
    return tuple(words)
