"""Single frames come from a process that is kept warm."""

import io
import os
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.samples import lines, music, scene, song
from videos.render.audio.analysis_cache import Memory, recall
from videos.render.errors import CoverError, RenderError
from videos.render.film import still
from videos.render.sandbox import stills
from videos.render.sandbox.messages import StillOrder
from videos.render.sandbox.stills import BusyError, Darkroom
from videos.render.scene import Look, Scene, VideoFormat

LIMIT = 0.3  # seconds of a processor that a frame may take in a warm process
WARM = 0.6  # of what the first one takes, on a slow machine
BUSY = 5  # times as long by the clock, on a machine that does much else meanwhile


@pytest.fixture
def room() -> Iterator[Darkroom]:
    room = Darkroom()
    yield room
    room.close()


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> StillOrder:
    """An order of a song that was heard."""
    folder = tmp_path_factory.mktemp("darkroom")
    audio = song(folder / "song.mp3", music(4))
    cover = folder / "cover.jpg"
    Image.effect_noise((900, 900), 90).convert("RGB").save(cover)
    memory = Memory(folder / "heard", 10_000_000)
    _, digest = recall(audio, 30, memory, lambda fraction: None)
    return StillOrder(scene(audio, cover=cover, lyrics=lines(40)), 1.0, 4.0, digest, memory)


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


@pytest.mark.parametrize("form", VideoFormat)
def test_a_frame_is_what_the_film_shows(
    room: Darkroom, heard: StillOrder, form: VideoFormat
) -> None:
    order = heard._replace(scene=replace(heard.scene, format=form))
    drawn, film = opened(room.still(order)), still(order.scene, order.at)
    assert drawn.format == "JPEG"
    assert drawn.size == film.size
    difference = np.abs(np.asarray(drawn, np.int16) - np.asarray(film, np.int16))
    assert difference.mean() < 3


def test_frames_of_other_times_differ(room: Darkroom, heard: StillOrder) -> None:
    assert room.still(heard) == room.still(heard)
    assert room.still(heard) != room.still(heard._replace(at=3.0))
    assert room.still(heard._replace(at=1e9)) == room.still(heard._replace(at=4.0))


def test_a_song_that_nobody_has_heard_has_a_picture_too(room: Darkroom) -> None:
    unheard = StillOrder(Scene(Path("nowhere.mp3"), title="New"), 30.0, 61.0, "", Memory(Path(), 0))
    for look in Look:
        picture = opened(room.still(unheard._replace(scene=replace(unheard.scene, look=look))))
        assert np.asarray(picture).std() > 10


def test_a_warm_process_draws_quickly(room: Darkroom, heard: StillOrder) -> None:
    room.still(heard)
    cold, worked, waited = processor_time(room), [], []
    for number in range(5):
        order = heard._replace(scene=replace(heard.scene, author=f"Author {number}"))
        began, busy = time.perf_counter(), processor_time(room)
        room.still(order)
        waited.append(time.perf_counter() - began)
        worked.append(processor_time(room) - busy)
    # How fast the machine is, the first frame tells, for which the process had to start
    limit = max(LIMIT, cold * WARM)
    assert statistics.median(worked) < limit
    assert statistics.median(waited) < limit * BUSY


def processor_time(room: Darkroom) -> float:
    """Return the seconds of a processor that the process has had."""
    fields = Path(f"/proc/{room._child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_cover_that_cannot_be_used_is_told_and_the_next_frame_is_drawn(
    room: Darkroom, heard: StillOrder, tmp_path: Path
) -> None:
    (tmp_path / "cover.jpg").write_bytes(b"no picture")
    broken = heard._replace(scene=replace(heard.scene, cover=tmp_path / "cover.jpg"))
    room.still(heard)
    process = room._child
    with pytest.raises(CoverError, match="cannot be read"):
        room.still(broken)
    assert room.still(heard)
    assert room._child is process


def test_a_process_that_ended_is_started_again(room: Darkroom, heard: StillOrder) -> None:
    first = room.still(heard)
    room._child.kill()
    assert room.still(heard) == first


@pytest.mark.parametrize(
    "odd", ["import time; time.sleep(60)", "print('odd')", "raise SystemExit(1)"]
)
def test_a_process_that_hangs_or_breaks_is_given_up(
    room: Darkroom, heard: StillOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    module = tmp_path / "videos" / "render"
    module.mkdir(parents=True)
    (module / "stills.py").write_text(odd)
    monkeypatch.setattr(stills, "ROOT", tmp_path)
    monkeypatch.setattr(stills, "PATIENCE", 1.0)
    with pytest.raises(RenderError):
        room.still(heard)
    monkeypatch.undo()
    assert room.still(heard)


def test_many_may_ask_but_not_too_many(room: Darkroom, heard: StillOrder) -> None:
    room.still(heard)
    answers: list[str] = []
    together = threading.Barrier(8)

    def ask() -> None:
        together.wait(10)
        try:
            answers.append(opened(room.still(heard)).format or "")
        except BusyError:
            answers.append("busy")

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers.count("JPEG") >= stills.MOST_AT_ONCE
    assert set(answers) == {"JPEG", "busy"}


def test_the_process_sees_no_secret(
    room: Darkroom, heard: StillOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not look")
    room.still(heard)
    environment = Path(f"/proc/{room._child.pid}/environ").read_bytes()
    assert b"do not look" not in environment
