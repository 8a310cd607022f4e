import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from av.audio.frame import AudioFrame

from tests.render.samples import music, write_song
from videos.render.audio.decoding import decode_audio
from videos.render.audio.loudness import LoudnessMeter, meter_frames, meter_frames_in_thread
from videos.render.audio.true_peaks import TruePeakMeter, find_true_peak


@pytest.fixture
def song_file(tmp_path: Path) -> Path:
    return write_song(tmp_path / "song.wav", music(4))


def test_another_thread_measures_the_same(song_file: Path) -> None:
    direct, threaded = LoudnessMeter(), LoudnessMeter()
    frames = [frame.samples for frame in meter_frames(decode_audio(song_file), direct)]
    assert [
        frame.samples for frame in meter_frames_in_thread(decode_audio(song_file), threaded)
    ] == frames
    assert threaded.integrated == direct.integrated
    assert threaded.integrated is not None


def test_the_thread_ends_with_the_frames(song_file: Path) -> None:
    before = threading.active_count()
    frames = meter_frames_in_thread(decode_audio(song_file), LoudnessMeter())
    next(frames)
    assert threading.active_count() == before + 1
    frames.close()
    assert threading.active_count() == before


def test_what_goes_wrong_in_it_is_raised(song_file: Path) -> None:
    class BrokenMeter(LoudnessMeter):
        def add_frame(self, frame: AudioFrame) -> None:
            raise LookupError("what?")

    def decode_few() -> Iterator[AudioFrame]:
        for number, frame in enumerate(decode_audio(song_file)):
            if number < 3:
                yield frame

    with pytest.raises(LookupError):
        list(meter_frames_in_thread(decode_few(), BrokenMeter()))


def test_several_meters_measure_the_same_sound(song_file: Path) -> None:
    loudness, peaks = LoudnessMeter(), TruePeakMeter()
    list(meter_frames(decode_audio(song_file), loudness, peaks))
    assert loudness.integrated is not None
    assert find_true_peak(peaks.finish()) > loudness.integrated
