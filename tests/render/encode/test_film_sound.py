"""The sound of finished films: how loud they are, when they sound, what is copied."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from tests.pairwise import one_in
from tests.render.films import count_samples
from tests.render.samples import (
    Samples,
    clicks,
    music,
    scene,
    tone,
    wav,
    write_silent_wav,
    write_song,
)
from videos.render.audio import decoding
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.audio.decoding import decode_audio
from videos.render.audio.features import LoudnessMeasurement
from videos.render.audio.loudness import LoudnessMeter, meter_frames
from videos.render.audio.normalisation import TARGET, TRUE_PEAK_CEILING
from videos.render.audio.true_peaks import TruePeakMeter, find_true_peak, find_usual_peak
from videos.render.clips import Clip
from videos.render.errors import Stopped
from videos.render.film import render
from videos.render.options import VideoFormat
from videos.render.scene import Film, Progress

RATE = 44100
FPS = 10  # few pictures, which nobody looks at here


def measure(path: Path) -> LoudnessMeasurement:
    loudness_meter, peak_meter = LoudnessMeter(), TruePeakMeter()
    for _ in meter_frames(decode_audio(path), loudness_meter, peak_meter):
        pass
    peaks = peak_meter.finish()
    return LoudnessMeasurement(
        loudness_meter.integrated, find_true_peak(peaks), find_usual_peak(peaks)
    )


def render_film(
    song_file: Path, cache: AnalysisCache | None = None, fps: int = FPS, **options: object
) -> Film:
    film_scene = replace(scene(song_file, **options), fps=fps)
    return render(film_scene, song_file.with_name("film.mp4"), processes=1, cache=cache)


def read_packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def make_drums(seconds: float) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    noise = np.random.default_rng(1).standard_normal(len(time))
    return (0.25 * noise * np.exp(-(time % 0.5) * 30)).astype(np.float32)


NORMALISED: dict[str, tuple[Callable[[], Samples], float]] = {
    "music": (lambda: music(6), 0.5),
    "quiet": (lambda: music(6) * 0.06, 0.5),
    "loud": (lambda: np.tanh(4 * music(6)), 0.5),
    "clipped": (lambda: np.clip(8 * music(6), -1, 1), 0.5),
    "a square wave": (lambda: 0.99 * np.sign(tone(6)), 0.5),
    "a tone": (lambda: tone(6, volume=0.02), 0.3),
    # So spiky that holding the peaks down costs loudness
    "drums": (lambda: make_drums(6), 5),
}


@pytest.mark.parametrize("kind", one_in(3, NORMALISED))
def test_a_film_is_as_loud_as_streaming_services_play(tmp_path: Path, kind: str) -> None:
    make, tolerance = NORMALISED[kind]
    film = render_film(write_song(tmp_path / "song.wav", make().astype(np.float32)))
    result = measure(film.path)
    assert result.integrated == pytest.approx(TARGET, abs=tolerance)
    assert result.true_peak <= TRUE_PEAK_CEILING
    assert film.loudness == pytest.approx(result.integrated, abs=0.5)


@pytest.mark.parametrize("sound", one_in(3, [(8000, 1), (44100, 1), (22050, 2), (96000, 2)]))
def test_every_rate_and_layout_is_normalised(tmp_path: Path, sound: tuple[int, int]) -> None:
    rate, channels = sound
    film = render_film(write_song(tmp_path / "song.wav", music(4, rate), rate, channels))
    result = measure(film.path)
    assert result.integrated == pytest.approx(TARGET, abs=0.7)
    assert result.true_peak <= TRUE_PEAK_CEILING


def test_a_clipping_song_clips_no_more_than_before(tmp_path: Path) -> None:
    song_file = write_song(tmp_path / "song.wav", np.clip(8 * music(3), -1, 1).astype(np.float32))
    film = render_film(song_file)
    samples = np.concatenate([frame.to_ndarray() for frame in decode_audio(film.path)], axis=1)
    assert np.abs(samples).max() < 0.9


def test_one_pop_does_not_decide_how_loud_a_song_is(tmp_path: Path) -> None:
    samples = music(20) * 0.1
    samples[RATE : RATE + 100] = np.random.default_rng(2).uniform(-0.9, 0.9, 100)
    result = measure(render_film(write_song(tmp_path / "song.wav", samples)).path)
    assert result.integrated == pytest.approx(TARGET, abs=3)  # its own loudness is lost with it
    assert result.true_peak <= TRUE_PEAK_CEILING


@pytest.mark.parametrize("is_normalised", [True, False])
def test_samples_that_are_no_sound_are_silent(tmp_path: Path, is_normalised: bool) -> None:
    values = np.repeat(music(3)[:, np.newaxis], 1, axis=1).astype("<f4")
    values[RATE : RATE + 100], values[2 * RATE] = np.nan, np.inf
    values[2 * RATE + 50], values[2 * RATE + 99] = 1e5, -1e30
    path = tmp_path / "song.wav"
    path.write_bytes(wav(3, 32, values.tobytes()))
    film = render_film(path, is_normalised=is_normalised)
    result = measure(film.path)
    assert result.true_peak < 0.5
    if is_normalised:
        assert result.integrated == pytest.approx(TARGET, abs=0.7)


def test_silence_stays_silent(tmp_path: Path) -> None:
    film = render_film(write_silent_wav(tmp_path / "song.wav", 2))
    assert film.loudness is None
    assert measure(film.path).integrated is None


def test_a_song_of_a_second_is_normalised_like_any_other(tmp_path: Path) -> None:
    film = render_film(write_song(tmp_path / "song.wav", tone(1, volume=0.05)), fps=30)
    assert measure(film.path).integrated == pytest.approx(TARGET, abs=0.5)
    assert count_samples(film.path) / RATE == pytest.approx(film.duration, abs=1 / 30)


def test_the_loudness_of_the_source_can_stay(tmp_path: Path) -> None:
    film = render_film(write_song(tmp_path / "song.wav", tone(2, volume=0.05)), is_normalised=False)
    source = measure(tmp_path / "song.wav")
    assert film.loudness == source.integrated
    assert measure(film.path).integrated == pytest.approx(source.integrated, abs=0.1)


@pytest.mark.each_value
@pytest.mark.parametrize("kind", ["wav", "mp3", "m4a"])
@pytest.mark.parametrize("is_normalised", [True, False])
def test_a_click_sounds_at_its_sample(tmp_path: Path, kind: str, is_normalised: bool) -> None:
    song_file = write_song(tmp_path / f"song.{kind}", clicks(2, (0.5, 1.013, 1.52)))
    film = render_film(song_file, is_normalised=is_normalised)
    with av.open(str(film.path)) as container:
        samples = first_channel(container.decode(audio=0))
    assert abs(measure_lag(samples, first_channel(decode_audio(song_file)))) <= 1  # sample


def first_channel(frames: Iterable[AudioFrame]) -> Samples:
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)[0]


def measure_lag(late: Samples, early: Samples) -> int:
    """Return how many samples ``late`` is behind ``early``."""
    size = len(late) + len(early)
    products = np.fft.irfft(np.fft.rfft(late, size) * np.fft.rfft(early, size).conj(), size)
    shift = int(products.argmax())
    return shift if shift < size // 2 else shift - size


def test_aac_that_needs_no_change_is_copied(tmp_path: Path) -> None:
    song_file = write_song(tmp_path / "song.m4a", tone(3, volume=0.05))
    film = render_film(song_file, is_normalised=False)
    assert read_packets(film.path) == read_packets(song_file)
    assert read_packets(render_film(song_file).path) != read_packets(song_file)


def test_aac_at_the_target_is_copied_although_it_is_to_be_normalised(tmp_path: Path) -> None:
    song_file = write_song(tmp_path / "song.m4a", tone(3, volume=0.216))
    assert measure(song_file).integrated == pytest.approx(TARGET, abs=0.5)
    assert read_packets(render_film(song_file).path) == read_packets(song_file)


@pytest.mark.parametrize(("rate", "channels"), [(22050, 2), (48000, 6)])
def test_aac_of_another_rate_or_layout_is_encoded_anew(
    tmp_path: Path, rate: int, channels: int
) -> None:
    song_file = write_song(tmp_path / "song.m4a", tone(2, rate), rate, channels)
    film = render_film(song_file, is_normalised=False)
    assert read_packets(film.path) != read_packets(song_file)
    with av.open(str(film.path)) as container:
        assert container.streams.audio[0].sample_rate in {44100, 48000}


def test_damaged_aac_is_encoded_anew(tmp_path: Path) -> None:
    song_file = write_song(tmp_path / "song.m4a", music(4))
    data = bytearray(song_file.read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 3
    data[middle : middle + 2000] = bytes(range(250)) * 8
    song_file.write_bytes(data)
    film = render_film(song_file, is_normalised=False)
    assert read_packets(film.path) != read_packets(song_file)


@pytest.fixture
def decodings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Record each time that a song is decoded."""
    decodings: list[Path] = []
    original = decoding.decode_audio

    def record_and_decode(path: Path, *args: object) -> object:
        decodings.append(path)
        return original(path, *args)

    for module in ("audio.analysis", "audio.passage", "encode.film_sound"):
        monkeypatch.setattr(f"videos.render.{module}.decode_audio", record_and_decode)
    return decodings


def test_formats_of_one_song_share_its_analysis_and_encoded_sound(
    tmp_path: Path, decodings: list[Path]
) -> None:
    cache = AnalysisCache(tmp_path / "cache", 10_000_000)
    song_file = write_song(tmp_path / "song.mp3", music(2) * 0.3)
    films = []
    for number, form in enumerate(VideoFormat):
        film = render_film(song_file, form=form, cache=cache)
        films.append((read_packets(film.path), film.loudness))
        assert decodings == [song_file, song_file], f"format {number}"  # to analyse, and to encode
    assert films[0] == films[1] == films[2]
    for form in VideoFormat:  # a clip decodes its part once, to measure and to encode it
        clip = replace(scene(song_file, form=form), fps=FPS, clip=Clip(0.5, 0.25))
        render(clip, tmp_path / "clip.mp4", processes=1, cache=cache)
        assert decodings == [song_file] * 3, f"a clip in {form}"
    suffixes = {path.suffix for path in cache.folder.iterdir()}
    assert suffixes == {".heard", ".m4a", ".json"}
    alone = render_film(shutil.copy(song_file, tmp_path / "other.mp3"))
    assert (read_packets(alone.path), alone.loudness) == films[0]


def test_a_film_that_is_stopped_keeps_no_half_sound(tmp_path: Path) -> None:
    cache = AnalysisCache(tmp_path / "cache", 10_000_000)
    song_file = write_song(tmp_path / "song.mp3", music(20) * 0.3)
    drawing: list[bool] = []

    def record_progress(progress: Progress) -> None:
        if progress.stage == "drawing" and progress.fraction > 0.3:
            drawing.append(True)

    with pytest.raises(Stopped):
        render(
            scene(song_file),
            tmp_path / "film.mp4",
            on_progress=record_progress,
            should_stop=lambda: bool(drawing),
            cache=cache,
            processes=1,
        )
    assert {path.suffix for path in cache.folder.iterdir()} <= {".heard", ".m4a", ".json"}
    assert not list(tmp_path.glob("**/*.part"))
    assert not list(tmp_path.glob("**/.*.part"))


def test_another_level_or_song_is_not_taken_for_it(tmp_path: Path, decodings: list[Path]) -> None:
    cache = AnalysisCache(tmp_path / "cache", 10_000_000)
    song_file = write_song(tmp_path / "song.wav", tone(1, volume=0.05))
    render_film(song_file, cache=cache)
    unchanged = render_film(song_file, cache=cache, is_normalised=False)
    assert measure(unchanged.path).integrated == pytest.approx(
        measure(song_file).integrated, abs=0.2
    )
    assert len(decodings) == 3
    write_song(song_file, tone(1, hertz=880, volume=0.05))
    render_film(song_file, cache=cache)
    assert len(decodings) == 5
