"""Single frames are rendered in a child process that is reused."""

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

from tests.pairwise import one_in
from tests.render.samples import lines, music, scene, write_song
from videos.render.audio.analysis import load_or_analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.clips import Clip, parse_clip
from videos.render.errors import InputError, RenderError
from videos.render.film import render_still
from videos.render.options import Look, VideoFormat
from videos.render.sandbox import child_process, stills
from videos.render.sandbox.messages import StillRequest
from videos.render.sandbox.stills import BusyError, StillRenderer
from videos.render.scene import Scene

MAX_CPU_SECONDS = 0.3  # of processor time for a frame in a running process
MAX_WARM_SHARE = 0.6  # of the processor time of the first frame, on a slow machine
MAX_WALL_FACTOR = 5  # wall-clock time to processor time, on a machine that is busy otherwise


@pytest.fixture
def renderer() -> Iterator[StillRenderer]:
    renderer = StillRenderer()
    yield renderer
    renderer.close()


@pytest.fixture(scope="module")
def still_request(tmp_path_factory: pytest.TempPathFactory) -> StillRequest:
    """A request for a frame of a song whose analysis is cached."""
    folder = tmp_path_factory.mktemp("stills")
    audio = write_song(folder / "song.mp3", music(4))
    cover = folder / "cover.jpg"
    Image.effect_noise((900, 900), 90).convert("RGB").save(cover)
    cache = AnalysisCache(folder / "cache", 10_000_000)
    _, digest = load_or_analyse(audio, 30, cache, lambda fraction: None)
    return StillRequest(scene(audio, cover=cover, lyrics=lines(40)), 1.0, 4.0, digest, cache)


def open_image(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


@pytest.mark.parametrize("form", one_in(3, VideoFormat))
def test_a_frame_is_what_the_film_shows(
    renderer: StillRenderer, still_request: StillRequest, form: VideoFormat
) -> None:
    changed = still_request._replace(scene=replace(still_request.scene, format=form))
    image, film = open_image(renderer.render(changed)), render_still(changed.scene, changed.at)
    assert image.format == "JPEG"
    assert image.size == film.size
    difference = np.abs(np.asarray(image, np.int16) - np.asarray(film, np.int16))
    assert difference.mean() < 3


def test_a_frame_of_a_clip_is_what_its_film_shows(
    renderer: StillRenderer, still_request: StillRequest
) -> None:
    clip = replace(still_request.scene, clip=Clip(3.0, 1.0))
    request = still_request._replace(scene=clip)
    image, film = open_image(renderer.render(request)), render_still(clip, request.at)
    difference = np.abs(np.asarray(image, np.int16) - np.asarray(film, np.int16))
    assert difference.mean() < 3
    assert renderer.render(request) != renderer.render(still_request)


def test_a_frame_of_a_canvas_is_tall_and_shows_no_words(
    renderer: StillRenderer, still_request: StillRequest
) -> None:
    canvas = replace(still_request.scene, clip=parse_clip("canvas"))
    request = still_request._replace(scene=canvas)
    jpeg = renderer.render(request)
    assert open_image(jpeg).size == (1080, 1920)
    assert renderer.render(request._replace(scene=replace(canvas, author="Bo"))) == jpeg


def test_frames_of_other_times_differ(renderer: StillRenderer, still_request: StillRequest) -> None:
    assert renderer.render(still_request) == renderer.render(still_request)
    assert renderer.render(still_request) != renderer.render(still_request._replace(at=3.0))
    assert renderer.render(still_request._replace(at=1e9)) == renderer.render(
        still_request._replace(at=4.0)
    )


def test_a_song_without_analysis_has_a_picture_too(renderer: StillRenderer) -> None:
    not_analysed = StillRequest(
        Scene(Path("nowhere.mp3"), title="New"), 30.0, 61.0, "", AnalysisCache(Path(), 0)
    )
    for look in Look:
        scene_in_look = replace(not_analysed.scene, look=look)
        picture = open_image(renderer.render(not_analysed._replace(scene=scene_in_look)))
        assert np.asarray(picture).std() > 10


def test_a_running_process_draws_quickly(
    renderer: StillRenderer, still_request: StillRequest
) -> None:
    renderer.render(still_request)
    cold, cpu_times, wall_times = measure_cpu_time(renderer), [], []
    for number in range(5):
        changed = still_request._replace(
            scene=replace(still_request.scene, author=f"Author {number}")
        )
        began, cpu_before = time.perf_counter(), measure_cpu_time(renderer)
        renderer.render(changed)
        wall_times.append(time.perf_counter() - began)
        cpu_times.append(measure_cpu_time(renderer) - cpu_before)
    # The time of the first frame, with the start of the process, shows how fast the machine is.
    limit = max(MAX_CPU_SECONDS, cold * MAX_WARM_SHARE)
    assert statistics.median(cpu_times) < limit
    assert statistics.median(wall_times) < limit * MAX_WALL_FACTOR


def measure_cpu_time(renderer: StillRenderer) -> float:
    """Return the processor time of the child process in seconds."""
    fields = Path(f"/proc/{renderer.child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_an_unusable_cover_is_an_error_and_the_next_frame_is_drawn(
    renderer: StillRenderer, still_request: StillRequest, tmp_path: Path
) -> None:
    (tmp_path / "cover.jpg").write_bytes(b"no picture")
    broken = still_request._replace(
        scene=replace(still_request.scene, cover=tmp_path / "cover.jpg")
    )
    renderer.render(still_request)
    process = renderer.child
    with pytest.raises(InputError, match="cannot be read"):
        renderer.render(broken)
    assert renderer.render(still_request)
    assert renderer.child is process


def test_a_process_that_ended_is_started_again(
    renderer: StillRenderer, still_request: StillRequest
) -> None:
    first = renderer.render(still_request)
    renderer.child.kill()
    assert renderer.render(still_request) == first


@pytest.mark.parametrize(
    "program", ["import time; time.sleep(60)", "print('odd')", "raise SystemExit(1)"]
)
def test_a_process_that_hangs_or_crashes_is_an_error(
    renderer: StillRenderer,
    still_request: StillRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: str,
) -> None:
    package = tmp_path / "videos" / "render" / "sandbox"
    package.mkdir(parents=True)
    (package / "stills_child.py").write_text(program)
    monkeypatch.setattr(child_process, "ROOT", tmp_path)
    monkeypatch.setattr(stills, "TIMEOUT", 1.0)
    with pytest.raises(RenderError):
        renderer.render(still_request)
    monkeypatch.undo()
    assert renderer.render(still_request)


def test_callers_wait_for_each_other_but_not_too_many(
    renderer: StillRenderer, still_request: StillRequest
) -> None:
    renderer.render(still_request)
    results: list[str] = []
    barrier = threading.Barrier(8)

    def call() -> None:
        barrier.wait(10)
        try:
            results.append(open_image(renderer.render(still_request)).format or "")
        except BusyError:
            results.append("busy")

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert results.count("JPEG") >= stills.MAX_CALLERS
    assert set(results) == {"JPEG", "busy"}


def test_the_process_sees_no_secret(
    renderer: StillRenderer, still_request: StillRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not look")
    renderer.render(still_request)
    environment = Path(f"/proc/{renderer.child.pid}/environ").read_bytes()
    assert b"do not look" not in environment
