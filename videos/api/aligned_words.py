"""The words of a song with their times, as ``get-timestamped-lyrics`` returns them."""

from videos.lyrics.timed_lyrics import timed_lines
from videos.models import Track
from videos.render.lyrics import Line, Word


def aligned_words(track: Track) -> list[dict[str, object]]:
    """Return the words of ``track`` in order; line breaks and section tags are part of them."""
    return [
        {
            "word": text,
            "success": True,
            "startS": round(word.start, 3),
            "endS": round(word.end, 3),
            "palign": 0,
        }
        for line in timed_lines(track)
        for word, text in _words_with_breaks(line)
    ]


def _words_with_breaks(line: Line) -> list[tuple[Word, str]]:
    words = line.words or _interpolate_words(line)
    last = len(words) - 1
    texts = [f"{word.text}{' ' if i < last else chr(10)}" for i, word in enumerate(words)]
    if texts and line.section:
        texts[0] = f"[{line.section}]\n{texts[0]}"
    return list(zip(words, texts, strict=True))


def _interpolate_words(line: Line) -> tuple[Word, ...]:
    """Return the words of a line that has only its own times: each lasts as long as its text."""
    texts = line.text.split()
    characters = sum(map(len, texts)) or 1
    duration, start = line.end - line.start, line.start
    words = []
    for text in texts:
        end = min(line.end, start + duration * len(text) / characters)
        words.append(Word(start, end, text))
        start = end
    return tuple(words)
