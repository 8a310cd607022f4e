"""Films are rendered in a child process, which leaves nothing behind when it ends early."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pairwise import at_night
from tests.render.films import read_boxes
from tests.render.samples import lines, music, scene, write_silent_wav, write_song
from videos.render.errors import AudioError, CoverError, RenderError, Stopped
from videos.render.sandbox import child_process, film_process
from videos.render.sandbox.film_process import render_in_child
from videos.render.sandbox.messages import RenderRequest
from videos.render.scene import Film, Progress

SECONDS = 120  # of the song of a film that is stopped while it is drawn

linux = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")


def find_children(parent: int) -> set[int]:
    """Return the running processes, also workers, that render for the process ``parent``."""
    children = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"videos.render.sandbox.film_child" not in path.read_bytes().split(b"\0"):
                continue
            state = path.with_name("stat").read_text()
            environment = path.with_name("environ").read_bytes().split(b"\0")
        except OSError:
            continue
        dead = state.rpartition(")")[2].split()[0] in {"Z", "X"}
        if f"SANDBOX_PARENT={parent}".encode() in environment and not dead:
            children.add(int(path.parent.name))
    return children


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def call_during_drawing(action: Callable[[], None]) -> Callable[[Progress], None]:
    """Return a listener that calls ``action`` once, during the drawing."""
    called: list[bool] = []

    def on_progress(progress: Progress) -> None:
        if progress.stage == "drawing" and progress.seconds_left and not called:
            called.append(True)
            action()

    return on_progress


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_makes_the_film_and_reports_its_progress(tmp_path: Path) -> None:
    reports: list[Progress] = []
    audio = write_song(tmp_path / "song.mp3", music(3))
    film = render_in_child(
        scene(audio, lyrics=lines(2)), tmp_path / "film.mp4", on_progress=reports.append
    )
    assert film.path == tmp_path / "film.mp4"
    assert read_boxes(film.path)[0] == "ftyp"
    assert film.size == film.path.stat().st_size
    assert film.poster.read_bytes()[:2] == b"\xff\xd8"
    assert [progress.stage for progress in reports][:: len(reports) - 1] == ["reading", "finishing"]
    assert list_names(tmp_path) == ["film.mp4", "film.poster.jpg", "song.mp3"]


def test_any_thread_may_call_it(tmp_path: Path) -> None:
    films: list[Film] = []
    song_scene = scene(write_song(tmp_path / "song.mp3", music(0.3)))

    def make() -> None:
        films.append(render_in_child(song_scene, tmp_path / "film.mp4"))

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert films[0].path.exists()


def test_relative_paths_mean_what_they_mean_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_song(tmp_path / "song.mp3", music(0.3))
    monkeypatch.chdir(tmp_path)
    film = render_in_child(scene(Path("song.mp3")), Path("film.mp4"))
    assert film.path == Path("film.mp4")
    assert film.path.exists()
    assert film.poster.exists()


def test_an_unusable_file_raises_the_same_error_as_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(b"junk")
    with pytest.raises(AudioError, match="not an mp3"):
        render_in_child(scene(tmp_path / "junk"), tmp_path / "film.mp4")
    audio = write_song(tmp_path / "song.mp3", music(0.3))
    with pytest.raises(CoverError, match="cannot be read"):
        render_in_child(scene(audio, cover=tmp_path / "junk"), tmp_path / "film.mp4")
    with pytest.raises(RenderError, match="could not be written"):
        render_in_child(scene(audio), tmp_path / "nowhere" / "film.mp4")
    assert list_names(tmp_path) == ["junk", "song.mp3"]


@linux
def test_it_stops_within_a_second_and_leaves_nothing(tmp_path: Path) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", SECONDS)
    stopped_at: list[float] = []
    with pytest.raises(Stopped):
        render_in_child(
            scene(audio),
            tmp_path / "film.mp4",
            on_progress=call_during_drawing(lambda: stopped_at.append(time.monotonic())),
            should_stop=lambda: bool(stopped_at),
        )
    assert time.monotonic() - stopped_at[0] < 1.5
    assert list_names(tmp_path) == ["song.wav"]
    assert not find_children(os.getpid())


@linux
@pytest.mark.nightly  # the test before stops one that obeys
def test_a_child_that_ignores_sigterm_is_killed_with_its_workers(tmp_path: Path) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", SECONDS)
    stopped_at: list[float] = []

    def freeze() -> None:
        for child in find_children(os.getpid()):
            os.kill(child, signal.SIGSTOP)
        stopped_at.append(time.monotonic())

    with pytest.raises(Stopped):
        render_in_child(
            scene(audio),
            tmp_path / "film.mp4",
            on_progress=call_during_drawing(freeze),
            should_stop=lambda: bool(stopped_at),
            processes=2,
        )
    assert time.monotonic() - stopped_at[0] < 2.5
    assert list_names(tmp_path) == ["song.wav"]
    assert wait_until(lambda: not find_children(os.getpid()), 1)


def test_an_error_of_the_listener_ends_the_child(tmp_path: Path) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", SECONDS)

    def fail(_: Progress) -> None:
        raise LookupError("The row is gone.")

    with pytest.raises(LookupError):
        render_in_child(scene(audio), tmp_path / "film.mp4", on_progress=fail)
    assert list_names(tmp_path) == ["song.wav"]


@linux
@pytest.mark.parametrize(
    "victim",
    [pytest.param(min, id="child", marks=pytest.mark.nightly), pytest.param(max, id="worker")],
)
def test_a_killed_process_is_an_error_and_leaves_nothing(tmp_path: Path, victim) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", SECONDS)

    def kill() -> None:
        assert len(find_children(os.getpid())) == 3
        os.kill(victim(find_children(os.getpid())), signal.SIGKILL)

    with pytest.raises(RenderError, match=r"signal 9|too soon"):
        render_in_child(
            scene(audio), tmp_path / "film.mp4", on_progress=call_during_drawing(kill), processes=2
        )
    assert list_names(tmp_path) == ["song.wav"]
    assert not find_children(os.getpid())


PARENT = """
import sys
from pathlib import Path
from videos.render.sandbox.film_process import render_in_child
from videos.render.scene import Scene
render_in_child(
    Scene(Path(sys.argv[1])),
    Path(sys.argv[2]),
    on_progress=lambda progress: print(progress.stage, flush=True),
    processes=2,
)
"""


@linux
@pytest.mark.parametrize("number", [signal.SIGKILL, *at_night([signal.SIGTERM])])
def test_all_end_with_the_parent(tmp_path: Path, number: signal.Signals) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", SECONDS)
    command = [sys.executable, "-c", PARENT, str(audio), str(tmp_path / "film.mp4")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert wait_until(lambda: len(find_children(parent.pid)) == 3, 30)
        parent.send_signal(number)
        assert wait_until(lambda: not find_children(parent.pid), 2)
    assert not (tmp_path / "film.mp4").exists()
    assert not [name for name in list_names(tmp_path) if name.endswith(".part")]


@linux
def test_it_ends_with_the_parent_even_without_the_kernels_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no PR_SET_PDEATHSIG, the end of the standard input ends the child."""
    audio = write_silent_wav(tmp_path / "song.wav", SECONDS)
    request = film_process.encode_request(RenderRequest(scene(audio), tmp_path / "film.mp4", 2))
    with child_process.start_module("videos.render.sandbox.film_child") as child:
        assert child.stdin is not None
        child.stdin.write(request.encode() + b"\n")
        child.stdin.flush()
        assert wait_until(lambda: len(find_children(os.getpid())) == 3, 30)
        child.stdin.close()
        assert child.wait(2) == 130
    assert list_names(tmp_path) == ["song.wav"]


def test_the_child_sees_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}

    class Spy(subprocess.Popen):
        def __init__(self, *arguments, env: dict[str, str], **options) -> None:
            seen.update(env)
            super().__init__(*arguments, env=env, **options)

    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "hush")
    monkeypatch.setattr(film_process.subprocess, "Popen", Spy)
    render_in_child(scene(write_song(tmp_path / "song.mp3", music(0.2))), tmp_path / "film.mp4")
    assert "hush" not in seen.values()
    assert seen["OPENBLAS_NUM_THREADS"] == "1"


def test_a_child_without_output_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film_process, "SILENCE_TIMEOUT", 0.01)
    with pytest.raises(RenderError, match="no longer answers"):
        render_in_child(scene(write_song(tmp_path / "song.mp3", music(0.2))), tmp_path / "film.mp4")
    assert list_names(tmp_path) == ["song.mp3"]


def test_a_child_that_cannot_start_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "ROOT", tmp_path)
    with pytest.raises(RenderError, match=r"code 1: .*No module named 'videos'"):
        render_in_child(scene(write_song(tmp_path / "song.mp3", music(0.2))), tmp_path / "film.mp4")


TALKATIVE = """
import sys
for _ in range(2):
    print("The pictures are encoded in whole frames.", file=sys.stderr)
film = {"path": "a.mp4", "width": 2, "height": 2, "duration": 1.0, "size": 9, "poster": "a.jpg"}
print(__import__("json").dumps({"film": film}), flush=True)
"""


def test_what_a_film_warns_of_is_logged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    package = tmp_path / "videos" / "render" / "sandbox"
    package.mkdir(parents=True)
    (package / "film_child.py").write_text(TALKATIVE)
    monkeypatch.setattr(child_process, "ROOT", tmp_path)
    render_in_child(scene(tmp_path / "song.mp3"), tmp_path / "film.mp4")
    warnings = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert warnings == [("WARNING", "The renderer: The pictures are encoded in whole frames.")]
