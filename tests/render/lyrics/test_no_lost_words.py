"""No word of lyrics is lost in silence: over all samples, and over generated files."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from tests.pairwise import one_in
from tests.render.lyrics.generated_files import write_file
from tests.render.lyrics.test_parsing import check
from tests.render.lyrics.word_count import lost_words, strip_tags
from videos.render.lyrics import Lyrics, LyricsError, parse_lyrics

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "lyrics"
TEXTS = [
    path
    for path in sorted(SAMPLES.glob("*.*"))
    if path.suffix in {".lrc", ".srt", ".vtt", ".txt"} and not path.name.startswith("enc-")
]
FILES, NIGHTLY_FILES = 1000, 20_000


def test_a_lost_word_is_counted() -> None:
    assert lost_words("night over night", Lyrics()) == Counter(night=2, over=1)
    lyrics = parse_lyrics("[00:01.00]night over\n[00:01.00]night over", 60)
    assert not lost_words("night over\nnight over", lyrics)
    assert lost_words("night over\nnight under", lyrics) == Counter()  # its row is named
    assert lost_words("night over under", lyrics) == Counter(under=1)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_word_of_a_sample_is_lost(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lost = lost_words(strip_tags(text), parse_lyrics(text, 180))
    if "rolling" in path.name:  # it repeats what it says
        sung = " ".join(line.text for line in parse_lyrics(text, 180).lines)
        assert sung == "Night over town hear my voice"
    else:
        assert not lost


def check_generated(seed: int) -> None:
    text, words = write_file(seed)
    try:
        lyrics = parse_lyrics(text, Random(seed).choice((0.0, 30.0, 180.0, 600.0)))
    except LyricsError:
        assert len(words.split("\n")) < 10, f"seed {seed}"  # its only line is unreadable
        return
    check(lyrics.lines)
    lost = lost_words(words, lyrics)
    assert not lost, f"seed {seed}: {dict(lost)}\n{text}"


@pytest.mark.parametrize("start", one_in(3, range(0, FILES, 100)))
def test_no_word_of_generated_files_is_lost(start: int) -> None:
    for seed in range(start, start + 100):
        check_generated(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("start", range(FILES, NIGHTLY_FILES, 1000))
def test_no_word_of_many_generated_files_is_lost(start: int) -> None:
    for seed in range(start, start + 1000):
        check_generated(seed)


def damage(text: str, random: Random) -> str:
    """Return a text of which some pieces are missing, doubled or replaced."""
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(text) + 1)
        end = at + random.choice((0, 1, 1, 5, 50))
        piece = random.choice(
            ("", "[", "]", "\n", ":", "<", "\0", "&", "{", text[at:end] * 2, "9" * 9)
        )
        text = text[:at] + piece + text[end:]
    return text


@pytest.mark.parametrize("start", one_in(2, range(0, FILES, 250)))
def test_damaged_files_are_read_or_refused_with_a_sentence(start: int) -> None:
    for seed in range(start, start + 250):
        text = damage(write_file(seed)[0], Random(seed))
        with suppress(LyricsError):
            check(parse_lyrics(text, 180).lines)
