"""The demo song that ships, and the program that makes it."""

import av
import numpy as np
import pytest
from PIL import Image

from tools.demo_song.music.effects import measure_true_peak
from tools.demo_song.music.loudness import measure_loudness
from tools.demo_song.music.melody import LINES, to_lrc
from tools.demo_song.music.mix import mix_bars
from tools.demo_song.music.score import BAR, SECTIONS, SILENCE, song_bars
from tools.demo_song.music.synth import SAMPLE_RATE
from tools.demo_song.picture.cover import paint_cover
from videos import demo
from videos.render import lyrics

# The bands of a spectrum visualiser, about an octave each, in Hz.
BANDS = ((45, 90), (90, 180), (180, 350), (350, 700), (700, 1400), (1400, 2800), (2800, 5600))
AIR = ((5600, 10_000), (10_000, 15_000))


def cut_section(song, name):
    start = SILENCE
    for part in SECTIONS:
        end = start + len(part.bars) * BAR
        if part.name == name:
            return song[:, round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        start = end
    raise KeyError(name)


def measure_band(sound, low, high):
    spectrum = np.abs(np.fft.rfft(sound.mean(axis=0))) ** 2
    frequency = np.fft.rfftfreq(sound.shape[1], 1 / SAMPLE_RATE)
    share = spectrum[(frequency >= low) & (frequency < high)].sum() / spectrum.sum()
    return 10 * np.log10(share)


@pytest.fixture(scope="module")
def song():
    with av.open(str(demo.AUDIO)) as file:
        frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
    return np.concatenate(frames, axis=1).astype(np.float64)


def test_it_is_a_stereo_song_of_about_a_minute(song):
    with av.open(str(demo.AUDIO)) as file:
        stream = file.streams.audio[0]
        assert (stream.sample_rate, stream.channels) == (44_100, 2)
        assert 160_000 <= stream.bit_rate <= 192_000
        assert (file.metadata["title"], file.metadata["artist"]) == (demo.TITLE, demo.AUTHOR)
    assert 60 < song.shape[1] / SAMPLE_RATE < 75
    assert demo.AUDIO.stat().st_size < 1_500_000


@pytest.mark.nightly  # it takes two seconds
def test_it_is_as_loud_as_streaming_services_play_and_never_clips(song):
    assert measure_loudness(song) == pytest.approx(-14, abs=0.3)
    assert 20 * np.log10(measure_true_peak(song).max()) < -1


def test_it_starts_and_ends_in_silence(song):
    assert np.abs(song[:, : SAMPLE_RATE // 10]).max() < 0.001
    assert np.abs(song[:, -SAMPLE_RATE // 10 :]).max() < 0.001


def test_it_lifts_into_the_chorus(song):
    intro, verse, chorus = (
        measure_loudness(cut_section(song, name)) for name in ("Intro", "Verse", "Chorus")
    )
    assert intro + 2 < verse < chorus - 1.5


def test_it_moves_every_band_of_a_spectrum_without_being_shrill(song):
    chorus = cut_section(song, "Chorus")
    levels = [measure_band(chorus, *band) for band in (*BANDS, *AIR)]
    assert min(levels) > -24
    assert max(levels[-3:]) < -15


def test_its_sides_differ_but_its_bass_stands_in_the_middle(song):
    chorus = cut_section(song, "Chorus")
    assert 0.4 < np.corrcoef(chorus)[0, 1] < 0.95
    side = np.stack([chorus[0] - chorus[1]] * 2)
    assert measure_band(side, 20, 90) < -20


def test_its_lyrics_are_those_that_are_sung(song):
    text = demo.LYRICS.read_text(encoding="utf-8")
    assert text == to_lrc()
    lines = lyrics.parse(text, song.shape[1] / SAMPLE_RATE)
    assert [line.text for line in lines] == [line.text for line in LINES]
    assert 12 <= len(lines) <= 18
    starts = [line.start for line in lines]
    assert starts == sorted(starts)
    assert starts[0] > 0
    assert starts[-1] < song.shape[1] / SAMPLE_RATE - 2
    assert [line.section for line in lines if line.section] == [
        "Verse",
        "Pre-Chorus",
        "Chorus",
        "Outro",
    ]


def test_its_cover_is_a_square_jpeg():
    with Image.open(demo.COVER) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1024, 1024))
    assert demo.COVER.stat().st_size < 300_000


def test_its_author_and_domain_name_fit_the_form():
    assert 0 < len(demo.AUTHOR) <= 50
    assert 0 < len(demo.DOMAIN_NAME) <= 50


def test_the_script_plays_the_same_bar_each_time_and_it_is_the_one_that_ships(song):
    first, second = (mix_bars(song_bars()[:1], SILENCE + BAR) for _pass in range(2))
    assert np.array_equal(first, second)
    shipped = song[:, : first.shape[1]]
    assert np.corrcoef(first.ravel(), shipped.ravel())[0, 1] > 0.9


def test_the_script_paints_the_same_cover_each_time_and_it_is_the_one_that_ships():
    first, second = (np.asarray(paint_cover(64), dtype=np.float64) for _pass in range(2))
    assert np.array_equal(first, second)
    with Image.open(demo.COVER) as picture:
        shipped = np.asarray(picture.resize((64, 64), Image.Resampling.BOX), dtype=np.float64)
    assert np.corrcoef(first.ravel(), shipped.ravel())[0, 1] > 0.9
