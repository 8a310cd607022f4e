from pathlib import Path

import av
import numpy as np
import pytest

from tests.pairwise import one_in
from tests.render.audio.damage import click_times, decode, overwrite
from tests.render.samples import clicks, tone, write_song
from videos.render.audio.analysis import analyse
from videos.render.encode.aac_copy import can_copy_aac

TIMES = (1.0, 2.5, 4.0, 5.5, 7.0, 8.5)


def write_clicks(path: Path) -> Path:
    rate = 48000 if path.suffix == ".opus" else 44100
    quiet = np.random.default_rng(5).uniform(-0.02, 0.02, 10 * rate).astype(np.float32)
    return write_song(path, clicks(10, TIMES, rate) + quiet, rate)


def analysis_of(path: Path):
    return analyse(path, 30, lambda fraction: None)


@pytest.mark.parametrize("kind", one_in(3, ["mp3", "m4a", "ogg", "flac", "opus"]))
def test_what_follows_a_gap_is_heard_when_it_should(tmp_path: Path, kind: str) -> None:
    path = write_clicks(tmp_path / f"song.{kind}")
    whole = decode(path)[0].shape[1]
    overwrite(path, 0.46, 0.53)
    times = click_times(path)
    for time in (1.0, 2.5, 7.0, 8.5):  # a page of Opus lasts a second
        assert any(abs(each - time) < 0.04 for each in times), times
    samples, rate = decode(path)
    assert samples.shape[1] == pytest.approx(whole, abs=0.06 * rate)
    assert 0.3 < analysis_of(path).silence < 2.1


@pytest.mark.parametrize("kind", one_in(2, ["mp3", "wav", "m4a", "flac", "ogg", "opus"]))
def test_a_whole_song_has_no_gap(tmp_path: Path, kind: str) -> None:
    path = write_clicks(tmp_path / f"song.{kind}")
    assert analysis_of(path).silence == 0
    assert click_times(path) == pytest.approx(TIMES, abs=0.04)


def test_a_song_that_begins_late_is_heard_late(tmp_path: Path) -> None:
    source, late = write_clicks(tmp_path / "song.m4a"), tmp_path / "late.m4a"
    with av.open(str(source)) as original, av.open(str(late), "w", format="mp4") as copy:
        stream = copy.add_stream_from_template(original.streams.audio[0])
        for packet in original.demux(original.streams.audio[0]):
            if packet.size:
                packet.pts, packet.dts = packet.pts + 66150, packet.dts + 66150
                packet.stream = stream
                copy.mux(packet)
    assert click_times(late) == pytest.approx([each + 1.5 for each in TIMES], abs=0.05)
    assert analysis_of(late).silence == 0  # nothing is missing


def test_a_damaged_aac_is_not_copied_into_a_film(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.m4a", tone(8))
    assert can_copy_aac(path, analysis_of(path).duration)
    analysis = analysis_of(overwrite(path, 0.4, 0.5))
    assert analysis.silence > 0.3
