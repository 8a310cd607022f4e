import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from av.audio.frame import AudioFrame

from tests.render.samples import music, song
from videos.render.audio.decoding import sound
from videos.render.audio.loudness import Loudness, metered, metered_aside
from videos.render.audio.true_peaks import Peaks, true_peak


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    return song(tmp_path / "song.wav", music(4))


def test_another_thread_measures_the_same(audio: Path) -> None:
    here, aside = Loudness(), Loudness()
    frames = [frame.samples for frame in metered(sound(audio), here)]
    assert [frame.samples for frame in metered_aside(sound(audio), aside)] == frames
    assert aside.integrated == here.integrated
    assert aside.integrated is not None


def test_the_thread_ends_with_the_frames(audio: Path) -> None:
    before = threading.active_count()
    frames = metered_aside(sound(audio), Loudness())
    next(frames)
    assert threading.active_count() == before + 1
    frames.close()
    assert threading.active_count() == before


def test_what_goes_wrong_in_it_is_raised(audio: Path) -> None:
    class Deaf(Loudness):
        def hear(self, frame: AudioFrame) -> None:
            raise LookupError("what?")

    def few() -> Iterator[AudioFrame]:
        for number, frame in enumerate(sound(audio)):
            if number < 3:
                yield frame

    with pytest.raises(LookupError):
        list(metered_aside(few(), Deaf()))


def test_several_meters_hear_the_same_sound(audio: Path) -> None:
    loudness, peaks = Loudness(), Peaks()
    list(metered(sound(audio), loudness, peaks))
    assert loudness.integrated is not None
    assert true_peak(peaks.finish()) > loudness.integrated
