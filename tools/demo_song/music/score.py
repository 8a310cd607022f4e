"""The song's harmony and form: tempo, chords, sections and bars.

Time is counted in steps, which are sixteenths of a bar; pitches are MIDI note numbers.
"""

from dataclasses import dataclass
from typing import Final

BPM: Final = 96
STEPS_PER_BAR: Final = 16
BAR: Final = 4 * 60 / BPM
STEP: Final = BAR / STEPS_PER_BAR
SWING: Final = 0.14
# Seconds of silence before the first bar, and of the last chord.
SILENCE: Final = 0.2
RING: Final = 5.0


@dataclass(frozen=True)
class Chord:
    """A bass note and four voices above it, with smooth voice leading to the next chord."""

    bass: int
    voices: tuple[int, int, int, int]


# A caret marks the chorus's voicings, a third higher.
CHORDS: Final = {
    "Dmaj9": Chord(38, (57, 61, 64, 66)),
    "Bm9": Chord(35, (57, 61, 62, 66)),
    "Gmaj9": Chord(31, (57, 59, 62, 66)),
    "A9sus": Chord(33, (55, 59, 62, 64)),
    "F#m7": Chord(30, (57, 61, 64, 66)),
    "Em9": Chord(28, (55, 59, 62, 66)),
    "A7": Chord(33, (55, 59, 61, 64)),
    "Gmaj9^": Chord(31, (59, 62, 66, 69)),
    "Aadd9^": Chord(33, (59, 61, 64, 69)),
    "F#m7^": Chord(30, (61, 64, 66, 69)),
    "Bm9^": Chord(35, (61, 62, 66, 69)),
    "F#7^": Chord(30, (58, 61, 64, 66)),
    "Gmaj7^": Chord(31, (59, 62, 66, 67)),
    "Gm6^": Chord(31, (58, 62, 64, 67)),
    "Gm6": Chord(31, (58, 62, 64, 67)),
    "D69": Chord(38, (57, 59, 64, 66)),
}


@dataclass(frozen=True)
class Section:
    """Bars with the same arrangement; the chords of a bar divide it evenly."""

    name: str
    bars: tuple[str, ...]


SECTIONS: Final = (
    Section("Intro", ("Dmaj9", "Bm9", "Gmaj9", "A9sus")),
    Section("Verse", ("Dmaj9", "Bm9", "Gmaj9", "A9sus", "Dmaj9", "F#m7", "Gmaj9", "Em9 A9sus")),
    Section("Lift", ("Em9", "F#m7 A7")),
    Section(
        "Chorus",
        ("Gmaj9^", "Aadd9^", "F#m7^", "Bm9^", "Gmaj9^", "Aadd9^ F#7^", "Bm9^", "Gmaj7^ Gm6^"),
    ),
    Section("Outro", ("Dmaj9", "Gmaj9", "Dmaj9", "Gm6")),
    Section("End", ("D69",)),
)


@dataclass(frozen=True)
class Bar:
    """One bar of the song: its number, its position in the section, its chords."""

    number: int
    section: str
    position: int
    chords: tuple[Chord, ...]

    def at(self, step: float) -> float:
        """Return the time of a step of this bar in seconds from the beginning of the song."""
        return time_at(self.number, step)

    def chord_at(self, step: int) -> Chord:
        """Return the chord at a step of this bar."""
        return self.chords[step * len(self.chords) // STEPS_PER_BAR]

    @property
    def spans(self) -> list[tuple[float, float, Chord]]:
        """Each chord with its start and its length in seconds."""
        length = BAR / len(self.chords)
        start = self.at(0)
        return [(start + i * length, length, chord) for i, chord in enumerate(self.chords)]


def time_at(bar: int, step: float) -> float:
    """Return the time of a step of a bar in seconds; odd sixteenths are delayed (swing)."""
    delay = SWING if step % 2 == 1 else 0.0
    return SILENCE + bar * BAR + (step + delay) * STEP


def song_bars() -> list[Bar]:
    """Return every bar of the song in order."""
    bars: list[Bar] = []
    for section in SECTIONS:
        for position, names in enumerate(section.bars):
            chords = tuple(CHORDS[name] for name in names.split())
            bars.append(Bar(len(bars), section.name, position, chords))
    return bars


DURATION: Final = SILENCE + sum(len(section.bars) for section in SECTIONS[:-1]) * BAR + RING
