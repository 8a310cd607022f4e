"""The error of lyrics whose encoding is not certain, with how they read in each that is likely."""

from collections.abc import Sequence

from videos.render.encodings.detection import Reading
from videos.render.encodings.names import Encoding
from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import LyricsError

MAX_LINES = 3  # that are shown of each reading
MAX_LENGTH = 70  # characters of each of them
SHOWN = 3  # candidates that a sentence names with their text


class EncodingDoubt(LyricsError):
    """Lyrics that several encodings read differently; the creator knows which one is right.

    ``candidates`` are the likely encodings with the first lines that differ, the likeliest first.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.candidates = _excerpts(readings)
        choices = "; or ".join(
            f"{encoding.name} (“{lines[0]}”)" for encoding, lines in self.candidates[:SHOWN]
        )
        super().__init__(
            _(
                "It is not certain in which encoding these lyrics are. They may be %(choices)s. "
                "Name the one that is right, or save the file as UTF-8."
            )
            % {"choices": choices}
        )


def _excerpts(readings: Sequence[Reading]) -> list[tuple[Encoding, list[str]]]:
    """Return for each reading the first lines that not all of them have."""
    texts = [reading.sample.split("\n") for reading in readings]
    common = set(texts[0]).intersection(*texts[1:]) if len(texts) > 1 else set()
    excerpts = []
    for reading, lines in zip(readings, texts, strict=True):
        different = [line.strip()[:MAX_LENGTH] for line in lines if line not in common]
        excerpts.append((reading.encoding, different[:MAX_LINES] or [""]))
    return excerpts
