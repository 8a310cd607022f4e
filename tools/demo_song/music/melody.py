"""The sung lines: their words and melody, and the timed lyrics as LRC.

Vowels are the keys of ``voice.VOWELS``: a (star), x (cat), e (bed), i (see), y (sit),
o (go), u (moon), v (cup).
"""

from dataclasses import dataclass
from typing import Final

from tools.demo_song.music.score import DURATION, STEP, time_at
from videos.demo import AUTHOR, TITLE

BREATH: Final = 0.4 * STEP


@dataclass(frozen=True)
class Note:
    """A sung syllable: its start and length in seconds, its MIDI pitch and its vowel."""

    start: float
    length: float
    pitch: int
    vowel: str

    @property
    def end(self) -> float:
        """The end in seconds from the beginning of the song."""
        return self.start + self.length


@dataclass(frozen=True)
class SungLine:
    """A line of the lyrics; steps count from ``bar``, negative steps are before it."""

    section: str
    bar: int
    text: str
    vowels: str
    steps: tuple[int, ...]
    pitches: tuple[int, ...]
    hold: float

    @property
    def notes(self) -> list[Note]:
        """One note a syllable, each lasting until the next, with a breath after a long one."""
        starts = [time_at(self.bar, step) for step in self.steps]
        ends = [*starts[1:], starts[-1] + self.hold * STEP]
        lengths = [end - start for start, end in zip(starts, ends, strict=True)]
        lengths = [length - BREATH if length > 3.5 * STEP else length for length in lengths]
        return [
            Note(*note) for note in zip(starts, lengths, self.pitches, self.vowels, strict=True)
        ]


_EIGHTHS: Final = (0, 2, 4, 6, 8, 10, 12)
_SYNCOPATED: Final = (0, 3, 4, 6, 8, 10, 12)
_ANTICIPATED: Final = (0, 2, 4, 6, 8, 10, 11)
_FAST_START: Final = (0, 1, 2, 3, 4, 6, 8)
_SLOW: Final = (-4, -2, 0, 6, 8, 12, 14, 16, 22, 24)
_HOOK: Final = (69, 71, 74, 76, 78)

LINES: Final = (
    SungLine("Verse", 4, "Blue hour on the harbour wall", "uavvavo", _SYNCOPATED,
             (66, 66, 64, 66, 69, 66, 64), 3.0),
    SungLine("Verse", 5, "Paper folded in our hands", "evovyax", _ANTICIPATED,
             (64, 66, 64, 62, 62, 59, 62), 4.0),
    SungLine("Verse", 6, "Every wish we kept so small", "eiyieoo", _SYNCOPATED,
             (66, 66, 64, 66, 69, 71, 69), 3.0),
    SungLine("Verse", 7, "Waiting where the river bends", "eyevyve", _ANTICIPATED,
             (69, 66, 64, 62, 64, 66, 64), 4.0),
    SungLine("Verse", 8, "Strike a match and hold it near", "avxxoyi", _SYNCOPATED,
             (66, 66, 64, 66, 69, 71, 69), 3.0),
    SungLine("Verse", 9, "Gold comes flooding through the seams", "ovvyuvi", _ANTICIPATED,
             (69, 69, 71, 69, 66, 64, 66), 4.0),
    SungLine("Verse", 10, "All the sleeping town can hear", "oviyaxi", _SYNCOPATED,
             (66, 64, 62, 64, 66, 69, 71), 3.0),
    SungLine("Verse", 11, "Is the river in its dreams", "yvyvyyi", _EIGHTHS,
             (71, 69, 67, 66, 64, 62, 64), 3.5),
    SungLine("Lift", 12, "One by one they leave the ground", "vaveiva", _EIGHTHS,
             (64, 66, 67, 69, 67, 69, 71), 3.5),
    SungLine("Lift", 13, "Not a single soul looks down", "ovyvoua", _FAST_START,
             (69, 71, 73, 71, 73, 74, 73), 4.0),
    SungLine("Chorus", 14, "Let the lanterns go, let them find the sky", "evxvoeeava", _SLOW,
             (*_HOOK, 76, 74, 73, 74, 76), 4.0),
    SungLine("Chorus", 16, "Every spark we lose learns the way to fly", "eiaiuvveua", _SLOW,
             (74, 73, 76, 74, 73, 69, 71, 73, 76, 74), 4.0),
    SungLine("Chorus", 18, "Over all the roofs where the dark runs deep", "ovovuevavi", _SLOW,
             (*_HOOK, 76, 78, 81, 78, 76), 4.0),
    SungLine("Chorus", 20, "It's the light you give that is yours to keep", "yvauyxyoui", _SLOW,
             (74, 73, 74, 76, 78, 76, 74, 71, 73, 74), 8.0),
    SungLine("Outro", 23, "Let the lanterns go", "evxvo", (-4, -2, 0, 6, 8),
             tuple(pitch - 12 for pitch in _HOOK), 8.0),
    SungLine("Outro", 25, "Let them light you home", "eeauo", (-4, -2, 0, 8, 16),
             (66, 64, 62, 64, 66), 10.0),
)  # fmt: skip


def _format_time(time: float) -> str:
    """Return a time in seconds as LRC has it: ``[mm:ss.xx]``."""
    minutes, rest = divmod(round(time * 100), 6000)
    return f"[{minutes:02d}:{rest // 100:02d}.{rest % 100:02d}]"


def to_lrc() -> str:
    """Return the lyrics as LRC, each line with the time of its first syllable."""
    minutes, seconds = divmod(round(DURATION), 60)
    rows = [f"[ti:{TITLE}]", f"[ar:{AUTHOR}]", f"[length:{minutes:02d}:{seconds:02d}]"]
    section = ""
    for line in LINES:
        if line.section != section:
            section = line.section
            rows += ["", f"[{'Pre-Chorus' if section == 'Lift' else section}]"]
        rows.append(_format_time(line.notes[0].start) + line.text)
    return "\n".join(rows) + "\n"
