"""The sound of finished films: how loud they are, when they sound, what passes untouched."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from tests.render.films import heard
from tests.render.samples import Samples, clicks, music, scene, silent_wav, song, tone, wav
from videos.render.audio import decoding as hearing
from videos.render.audio.analysis_cache import Memory
from videos.render.audio.decoding import sound
from videos.render.audio.levelling import CEILING, TARGET
from videos.render.audio.loudness import Loudness, Measure, metered
from videos.render.audio.true_peaks import Peaks, true_peak, usual_peak
from videos.render.errors import Stopped
from videos.render.film import render
from videos.render.scene import Film, Progress, VideoFormat

RATE = 44100


def measured(path: Path) -> Measure:
    loudness, peaks = Loudness(), Peaks()
    for _ in metered(sound(path), loudness, peaks):
        pass
    heights = peaks.finish()
    return Measure(loudness.integrated, true_peak(heights), usual_peak(heights))


def film_of(audio: Path, **details: object) -> Film:
    memory = details.pop("memory", None)
    return render(scene(audio, **details), audio.with_name("film.mp4"), processes=1, memory=memory)


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def drums(seconds: float) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    noise = np.random.default_rng(1).standard_normal(len(time))
    return (0.25 * noise * np.exp(-(time % 0.5) * 30)).astype(np.float32)


LEVELLED: dict[str, tuple[Callable[[], Samples], float]] = {
    "music": (lambda: music(6), 0.5),
    "quiet": (lambda: music(6) * 0.06, 0.5),
    "loud": (lambda: np.tanh(4 * music(6)), 0.5),
    "clipped": (lambda: np.clip(8 * music(6), -1, 1), 0.5),
    "a square wave": (lambda: 0.99 * np.sign(tone(6)), 0.5),
    "a tone": (lambda: tone(6, volume=0.02), 0.3),
    # So spiky that holding the peaks down costs loudness
    "drums": (lambda: drums(6), 5),
}


@pytest.mark.parametrize("kind", LEVELLED)
def test_a_film_is_as_loud_as_streaming_services_play(tmp_path: Path, kind: str) -> None:
    make, tolerance = LEVELLED[kind]
    film = film_of(song(tmp_path / "song.wav", make().astype(np.float32)))
    after = measured(film.path)
    assert after.integrated == pytest.approx(TARGET, abs=tolerance)
    assert after.true_peak <= CEILING
    assert film.loudness == pytest.approx(after.integrated, abs=0.5)


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (44100, 1), (22050, 2), (96000, 2)])
def test_every_rate_and_layout_is_levelled(tmp_path: Path, rate: int, channels: int) -> None:
    film = film_of(song(tmp_path / "song.wav", music(4, rate), rate, channels))
    after = measured(film.path)
    assert after.integrated == pytest.approx(TARGET, abs=0.7)
    assert after.true_peak <= CEILING


def test_a_clipping_song_clips_no_more_than_before(tmp_path: Path) -> None:
    audio = song(tmp_path / "song.wav", np.clip(8 * music(3), -1, 1).astype(np.float32))
    film = film_of(audio)
    played = np.concatenate([frame.to_ndarray() for frame in sound(film.path)], axis=1)
    assert np.abs(played).max() < 0.9


def test_one_pop_does_not_decide_how_loud_a_song_is(tmp_path: Path) -> None:
    samples = music(20) * 0.1
    samples[RATE : RATE + 100] = np.random.default_rng(2).uniform(-0.9, 0.9, 100)
    after = measured(film_of(song(tmp_path / "song.wav", samples)).path)
    assert after.integrated == pytest.approx(TARGET, abs=3)  # its own loudness is lost with it
    assert after.true_peak <= CEILING


@pytest.mark.parametrize("is_normalised", [True, False])
def test_samples_that_are_no_sound_are_silent(tmp_path: Path, is_normalised: bool) -> None:
    values = np.repeat(music(3)[:, np.newaxis], 1, axis=1).astype("<f4")
    values[RATE : RATE + 100], values[2 * RATE] = np.nan, np.inf
    values[2 * RATE + 50], values[2 * RATE + 99] = 1e5, -1e30
    path = tmp_path / "song.wav"
    path.write_bytes(wav(3, 32, values.tobytes()))
    film = film_of(path, is_normalised=is_normalised)
    after = measured(film.path)
    assert after.true_peak < 0.5
    if is_normalised:
        assert after.integrated == pytest.approx(TARGET, abs=0.7)


def test_silence_stays_silent(tmp_path: Path) -> None:
    film = film_of(silent_wav(tmp_path / "song.wav", 2))
    assert film.loudness is None
    assert measured(film.path).integrated is None


def test_a_song_of_a_second_is_levelled_like_any_other(tmp_path: Path) -> None:
    film = film_of(song(tmp_path / "song.wav", tone(1, volume=0.05)))
    assert measured(film.path).integrated == pytest.approx(TARGET, abs=0.5)
    assert heard(film.path) / RATE == pytest.approx(film.duration, abs=1 / 30)


def test_the_source_s_loudness_can_be_kept(tmp_path: Path) -> None:
    film = film_of(song(tmp_path / "song.wav", tone(2, volume=0.05)), is_normalised=False)
    before = measured(tmp_path / "song.wav")
    assert film.loudness == before.integrated
    assert measured(film.path).integrated == pytest.approx(before.integrated, abs=0.1)


@pytest.mark.parametrize("kind", ["wav", "mp3", "m4a"])
@pytest.mark.parametrize("is_normalised", [True, False])
def test_a_click_sounds_at_its_sample(tmp_path: Path, kind: str, is_normalised: bool) -> None:
    audio = song(tmp_path / f"song.{kind}", clicks(2, (0.5, 1.013, 1.52)))
    film = film_of(audio, is_normalised=is_normalised)
    with av.open(str(film.path)) as container:
        played = channel(container.decode(audio=0))
    assert abs(lag(played, channel(sound(audio)))) <= 1  # sample


def channel(frames: Iterable[AudioFrame]) -> Samples:
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)[0]


def lag(late: Samples, early: Samples) -> int:
    """Return how many samples `late` comes after `early`."""
    size = len(late) + len(early)
    products = np.fft.irfft(np.fft.rfft(late, size) * np.fft.rfft(early, size).conj(), size)
    found = int(products.argmax())
    return found if found < size // 2 else found - size


def test_aac_that_needs_no_change_goes_through_untouched(tmp_path: Path) -> None:
    audio = song(tmp_path / "song.m4a", tone(3, volume=0.05))
    film = film_of(audio, is_normalised=False)
    assert packets(film.path) == packets(audio)
    assert packets(film_of(audio).path) != packets(audio)


def test_aac_at_the_target_goes_through_although_it_is_to_be_levelled(tmp_path: Path) -> None:
    audio = song(tmp_path / "song.m4a", tone(3, volume=0.216))
    assert measured(audio).integrated == pytest.approx(TARGET, abs=0.5)
    assert packets(film_of(audio).path) == packets(audio)


@pytest.mark.parametrize(("rate", "channels"), [(22050, 2), (48000, 6)])
def test_aac_of_another_rate_or_layout_is_encoded_anew(
    tmp_path: Path, rate: int, channels: int
) -> None:
    audio = song(tmp_path / "song.m4a", tone(2, rate), rate, channels)
    film = film_of(audio, is_normalised=False)
    assert packets(film.path) != packets(audio)
    with av.open(str(film.path)) as container:
        assert container.streams.audio[0].sample_rate in {44100, 48000}


def test_damaged_aac_is_encoded_anew(tmp_path: Path) -> None:
    audio = song(tmp_path / "song.m4a", music(4))
    data = bytearray(audio.read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 3
    data[middle : middle + 2000] = bytes(range(250)) * 8
    audio.write_bytes(data)
    film = film_of(audio, is_normalised=False)
    assert packets(film.path) != packets(audio)


@pytest.fixture
def decodings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each time that a song is decoded."""
    seen: list[Path] = []
    real = hearing.sound

    def noted(path: Path, *args: object) -> object:
        seen.append(path)
        return real(path, *args)

    for module in ("analysis", "film_sound"):
        monkeypatch.setattr(f"videos.render.{module}.sound", noted)
    return seen


def test_formats_of_one_song_share_what_was_heard_and_encoded(
    tmp_path: Path, decodings: list[Path]
) -> None:
    memory = Memory(tmp_path / "memory", 10_000_000)
    audio = song(tmp_path / "song.mp3", music(2) * 0.3)
    films = []
    for number, form in enumerate(VideoFormat):
        film = film_of(audio, form=form, memory=memory)
        films.append((packets(film.path), film.loudness))
        assert decodings == [audio, audio], f"format {number}"  # to analyse, and to encode
    assert films[0] == films[1] == films[2]
    kept = {path.suffix for path in memory.folder.iterdir()}
    assert kept == {".heard", ".m4a", ".json"}
    alone = film_of(shutil.copy(audio, tmp_path / "other.mp3"))
    assert (packets(alone.path), alone.loudness) == films[0]


def test_a_film_that_is_stopped_keeps_no_half_sound(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", 10_000_000)
    audio = song(tmp_path / "song.mp3", music(20) * 0.3)
    drawing: list[bool] = []

    def note(progress: Progress) -> None:
        if progress.stage == "drawing" and progress.fraction > 0.3:
            drawing.append(True)

    with pytest.raises(Stopped):
        render(
            scene(audio),
            tmp_path / "film.mp4",
            on_progress=note,
            should_stop=lambda: bool(drawing),
            memory=memory,
            processes=1,
        )
    assert {path.suffix for path in memory.folder.iterdir()} <= {".heard", ".m4a", ".json"}
    assert not list(tmp_path.glob("**/*.part"))
    assert not list(tmp_path.glob("**/.*.part"))


def test_another_level_or_song_is_not_taken_for_it(tmp_path: Path, decodings: list[Path]) -> None:
    memory = Memory(tmp_path / "memory", 10_000_000)
    audio = song(tmp_path / "song.wav", tone(1, volume=0.05))
    film_of(audio, memory=memory)
    kept = film_of(audio, memory=memory, is_normalised=False)
    assert measured(kept.path).integrated == pytest.approx(measured(audio).integrated, abs=0.2)
    assert len(decodings) == 3
    song(audio, tone(1, hertz=880, volume=0.05))
    film_of(audio, memory=memory)
    assert len(decodings) == 5
