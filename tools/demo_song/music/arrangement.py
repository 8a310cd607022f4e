"""The arrangement: which instrument plays what in which bar, on one stereo track each."""

from typing import Final

import numpy as np

from tools.demo_song.music import drums, instruments
from tools.demo_song.music.melody import LINES, Note, SungLine
from tools.demo_song.music.score import STEP, Bar
from tools.demo_song.music.synth import (
    SAMPLE_RATE,
    Signal,
    attack_release,
    bandpass,
    make_noise,
    sample_times,
)
from tools.demo_song.music.voice import LEAD_IN, sing

GROOVES: Final = {
    "Intro": ("", "", "hush", "hush"),
    "Verse": ("walk",) * 4 + ("stride",) * 4,
    "Lift": ("hold", "build"),
    "Chorus": ("dance",) * 7 + ("fill",),
    "Outro": ("ebb", "ebb", "", ""),
    "End": ("",),
}
# (step, length in steps, semitones above the chord's bass, velocity)
BASS: Final = {
    "Verse": ((0, 5, 0, 0.9), (7, 2.5, 0, 0.75), (10, 3, 12, 0.8), (14, 2, 7, 0.75)),
    "Lift": ((0, 8, 0, 0.8), (8, 7.5, 0, 0.85)),
    "Chorus": (
        (0, 3, 0, 1.0), (3, 2.5, 0, 0.85), (6, 1.8, 12, 0.85), (8, 2.5, 0, 1.0),
        (11, 1, 0, 0.8), (12, 1.9, 7, 0.9), (14, 1.9, 12, 0.85),
    ),
    "Outro": ((0, 15.5, 0, 0.7),),
    "End": ((0, 26, 0, 0.65),),
}  # fmt: skip
# (step, length in steps, velocity)
KEYS: Final = {
    "Verse": ((0, 5, 0.75), (7, 2, 0.5), (10, 5, 0.65)),
    "Lift": ((0, 7, 0.7), (8, 7, 0.75)),
    "Chorus": ((0, 5, 0.9), (6, 5, 0.75), (12, 3, 0.8)),
    "Outro": ((0, 14, 0.65),),
    "End": ((0, 28, 0.6),),
}
CUTOFFS: Final = {
    "Intro": (650, 1500),
    "Verse": (900, 1400),
    "Lift": (1200, 3200),
    "Chorus": (3200, 4200),
    "Outro": (1300, 800),
    "End": (900, 380),
}
# The gain of the voice in each section.
LOUDNESS: Final = {"Verse": 0.82, "Lift": 0.9, "Chorus": 1.0, "Outro": 0.68}
EIGHTHS: Final = (0, 2, 1, 3, 2, 3, 1, 2)
SIXTEENTHS: Final = (0, 2, 1, 3, 2, 1, 3, 2, 0, 3, 1, 2, 3, 2, 1, 3)
# (section, position, step, pitch, velocity): parts of the melody of the chorus.
BELLS: Final = (
    ("Intro", 1, 12, 69, 0.5), ("Intro", 1, 14, 71, 0.5), ("Intro", 2, 0, 74, 0.7),
    ("Intro", 2, 6, 76, 0.6), ("Intro", 2, 8, 78, 0.8), ("Intro", 3, 4, 76, 0.5),
    ("Intro", 3, 6, 74, 0.5), ("Intro", 3, 8, 71, 0.6),
    ("Verse", 3, 14, 81, 0.35), ("Verse", 7, 14, 83, 0.35),
    ("Chorus", 0, 0, 86, 0.4), ("Chorus", 2, 0, 85, 0.3), ("Chorus", 4, 0, 86, 0.45),
    ("Chorus", 6, 0, 85, 0.3),
    ("Outro", 0, 4, 74, 0.5), ("Outro", 0, 6, 76, 0.45), ("Outro", 0, 8, 78, 0.55),
    ("Outro", 2, 0, 81, 0.4), ("Outro", 2, 6, 78, 0.35), ("Outro", 2, 8, 76, 0.4),
    ("End", 0, 6, 81, 0.4), ("End", 0, 10, 86, 0.4),
)  # fmt: skip


class Track:
    """A stereo track, ``(2, samples)``, to which sounds are added."""

    def __init__(self, duration: float) -> None:
        self.sound: Signal = np.zeros((2, sample_times(duration).size))

    def add(self, sound: Signal, start: float, gain: float = 1.0, pan: float = 0.0) -> None:
        """Add a mono or stereo sound at ``start`` seconds, panned from -1 (left) to 1 (right)."""
        first = max(0, round(start * SAMPLE_RATE))
        target = self.sound[:, first : first + sound.shape[-1]]
        angle = (pan + 1) * np.pi / 4
        sides = np.array([[np.cos(angle)], [np.sin(angle)]]) * np.sqrt(2) * gain
        target += (sides * np.atleast_2d(sound))[:, : target.shape[1]]


def play_drums(track: Track, bars: list[Bar], random: np.random.Generator) -> list[float]:
    """Play the drums and return the times of the kicks in seconds, for ducking."""
    kit = drums.kit(random)
    kicks: list[float] = []
    for bar in bars:
        for name, pattern in drums.PATTERNS[GROOVES[bar.section][bar.position]].items():
            for step, velocity in (
                (i, int(digit)) for i, digit in enumerate(pattern) if digit != "."
            ):
                delay = random.normal(0, 0.0 if name == "kick" else 0.003)
                gain = (velocity / 9) ** 1.3 * random.uniform(0.93, 1.0)
                track.add(kit[name], bar.at(step) + delay, gain, drums.PANS.get(name, 0.0))
                if name == "kick":
                    kicks.append(bar.at(step))
    return kicks


def play_bass(track: Track, bars: list[Bar]) -> None:
    """Play the bass: each section's rhythm on the roots of the chords."""
    for bar in bars:
        for step, length, interval, velocity in BASS.get(bar.section, ()):
            pitch = bar.chord_at(step).bass + interval
            track.add(instruments.bass(pitch, length * STEP), bar.at(step), velocity)


def play_keys(track: Track, bars: list[Bar], random: np.random.Generator) -> None:
    """Play the electric piano, its chords strummed by some milliseconds and spread in stereo."""
    for bar in bars:
        for step, length, velocity in KEYS.get(bar.section, ()):
            for finger, pitch in enumerate(bar.chord_at(step).voices):
                velocity_now = velocity * random.uniform(0.85, 1.0)
                delay = 0.007 * finger + random.uniform(0, 0.004)
                sound = instruments.keys(pitch, length * STEP, velocity_now)
                track.add(sound, bar.at(step) + delay, pan=0.16 * (finger - 1.5))


def play_plucks(track: Track, bars: list[Bar], random: np.random.Generator) -> None:
    """Play the arpeggio: eighths, in lift and chorus sixteenths, left and right in turn."""
    for bar in bars:
        if bar.section == "Verse" and bar.position < 4:
            continue
        full = bar.section in ("Chorus", "Lift")
        order, stride = (SIXTEENTHS, 1) if full else (EIGHTHS, 2)
        for index, voice in enumerate(order[: 4 if bar.section == "End" else None]):
            step = index * stride
            pitch = bar.chord_at(step).voices[voice] + 12
            velocity_now = (0.8 if step % 4 == 0 else 0.62) * random.uniform(0.85, 1.0)
            track.add(instruments.pluck(pitch, velocity_now), bar.at(step), pan=0.7 * (-1) ** index)


def play_bells(track: Track, bars: list[Bar]) -> None:
    """Play the bell."""
    for bar in bars:
        for section, position, step, pitch, velocity in BELLS:
            if (bar.section, bar.position) == (section, position):
                pan = 0.4 if step % 4 else -0.3
                track.add(instruments.bell(pitch, velocity), bar.at(step), pan=pan)


def play_pad(track: Track, bars: list[Bar]) -> None:
    """Play the pad: every chord, in the chorus with an octave above the upper voices."""
    for bar in bars:
        low, high = CUTOFFS[bar.section]
        for index, (start, length, chord) in enumerate(bar.spans):
            pitches = list(chord.voices)
            if bar.section == "Chorus":
                pitches += [pitches[1] + 12, pitches[2] + 12]
            length += 1.0 if bar.section == "End" else 0.0
            seed = 100 * bar.number + index
            track.add(instruments.pad(pitches, length, (low, high), seed), start - 0.12)


def play_voice(lead: Track, choir: Track, bars: list[Bar]) -> None:
    """Sing the lines; in lift and chorus a choir joins in unison and in harmony below."""
    by_number = {bar.number: bar for bar in bars}
    for index, line in enumerate(LINES):
        if line.bar not in by_number:
            continue
        start = line.notes[0].start - LEAD_IN
        lead.add(sing(line.notes, index), start, LOUDNESS[line.section])
        if line.section in ("Lift", "Chorus"):
            below = harmony(line, by_number)
            for pan, cents in ((-0.7, -8.0), (0.7, 7.0)):
                choir.add(sing(line.notes, 50 + index, cents), start + 0.014, 0.5, pan)
                choir.add(sing(below, 90 + index, -cents), start + 0.02, 0.75, -0.8 * pan)


def harmony(line: SungLine, bars: dict[int, Bar]) -> list[Note]:
    """Return a second voice about a third below, on a tone of the chord where there is one."""
    result: list[Note] = []
    for note, step in zip(line.notes, line.steps, strict=True):
        bar = bars.get(line.bar + step // 16)
        chord = bar.chord_at(step % 16) if bar else None
        tones = {pitch % 12 for pitch in (chord.bass, *chord.voices)} if chord else set()
        scale = {2, 4, 6, 7, 9, 11, 1}
        options = [note.pitch - interval for interval in (3, 4, 5)]
        pitch = next((p for p in options if p % 12 in tones), None)
        pitch = pitch or next(p for p in options if p % 12 in scale)
        result.append(Note(note.start, note.length, pitch, note.vowel))
    return result


def play_air(track: Track, bars: list[Bar], random: np.random.Generator) -> None:
    """Add the sound of a river, a riser before the chorus and a crash cymbal in it."""
    duration = track.sound.shape[1] / SAMPLE_RATE
    for pan in (-0.9, 0.9):
        water = make_noise(random, duration, bandpass(300, 3800, 1)) * attack_release(
            duration, 2.0, 3.0
        )
        ripples = 0.7 + 0.3 * np.sin(2 * np.pi * 0.13 * sample_times(duration) + 2 * pan)
        track.add(water * ripples, 0, 0.05, pan)
    for bar in bars:
        if bar.section == "Lift" and bar.position == 0:
            track.add(drums.riser(random, 28 * STEP), bar.at(0), 0.5)
        if bar.section == "Chorus" and bar.position in (0, 4):
            track.add(drums.crash(random), bar.at(0), 0.5, 0.2)
