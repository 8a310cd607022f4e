"""The mixing desk: levels, ducking, reverb and echo for each track, then the master."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tools.demo_song.music import arrangement
from tools.demo_song.music.arrangement import Track
from tools.demo_song.music.effects import ducking, echo, limited, reverb, tight_bass
from tools.demo_song.music.loudness import loudness
from tools.demo_song.music.score import STEP, Bar
from tools.demo_song.music.synth import SAMPLE_RATE, Signal, clock

TARGET_LUFS: Final = -14.0
# The MP3's own errors add up to half a decibel above this.
CEILING: Final = 10 ** (-2.0 / 20)
FADE: Final = 3.0


@dataclass(frozen=True)
class Channel:
    """A track's level in decibels, what it sends to reverb and echo, how far it ducks (0–1)."""

    level: float
    reverb: float = 0.0
    echo: float = 0.0
    duck: float = 0.0


DESK: Final = {
    "drums": Channel(-6.0, reverb=0.06),
    "bass": Channel(-11.0, duck=0.55),
    "keys": Channel(-18.5, reverb=0.16, duck=0.25),
    "plucks": Channel(-13.5, reverb=0.25, echo=0.4, duck=0.2),
    "bells": Channel(-16.0, reverb=0.4, echo=0.45),
    "pad": Channel(-11.0, reverb=0.2, duck=0.5),
    "voice": Channel(-12.5, reverb=0.2, echo=0.16),
    "choir": Channel(-19.5, reverb=0.35),
    "air": Channel(-12.0, reverb=0.2, duck=0.3),
}


def perform(bars: list[Bar], duration: float) -> tuple[dict[str, Signal], list[float]]:
    """Play some bars: each track by its name, dry, and the times of the kicks in seconds."""
    tracks = {name: Track(duration) for name in DESK}
    random = np.random.default_rng(96)
    kicks = arrangement.play_drums(tracks["drums"], bars, random)
    arrangement.play_bass(tracks["bass"], bars)
    arrangement.play_keys(tracks["keys"], bars, random)
    arrangement.play_plucks(tracks["plucks"], bars, random)
    arrangement.play_bells(tracks["bells"], bars)
    arrangement.play_pad(tracks["pad"], bars)
    arrangement.play_voice(tracks["voice"], tracks["choir"], bars)
    arrangement.play_air(tracks["air"], bars, random)
    return {name: track.sound for name, track in tracks.items()}, kicks


def mixed(bars: list[Bar], duration: float) -> Signal:
    """The mix of some bars, `(2, samples)`, before the master."""
    tracks, kicks = perform(bars, duration)
    dry = np.zeros((2, clock(duration).size))
    to_reverb, to_echo = np.zeros_like(dry), np.zeros_like(dry)
    for name, channel in DESK.items():
        sound = tracks[name] * 10 ** (channel.level / 20)
        sound *= ducking(kicks, sound.shape[1], channel.duck)
        dry += sound
        to_reverb += channel.reverb * sound
        to_echo += channel.echo * sound
    repeats = echo(to_echo, 3 * STEP, 0.5)
    return dry + repeats + reverb(to_reverb + 0.3 * repeats, seed=7)


def mastered(mix: Signal) -> Signal:
    """The finished song at its target loudness, faded out, with no peak above the ceiling."""
    time = np.arange(mix.shape[1]) / SAMPLE_RATE
    fade = np.clip((time[-1] - time) / FADE, 0, 1)
    song = tight_bass(mix) * np.sin(np.pi / 2 * fade) ** 2
    song *= 10 ** ((TARGET_LUFS - loudness(song)) / 20)
    # Two rounds: what the limiter takes away is given back.
    for _round in range(3):
        loud = limited(1.25 * np.tanh(song / 1.25), CEILING)
        song *= 10 ** ((TARGET_LUFS - loudness(loud)) / 20)
    return limited(1.25 * np.tanh(song / 1.25), CEILING)
