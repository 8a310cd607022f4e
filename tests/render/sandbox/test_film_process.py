import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.render.films import boxes
from tests.render.samples import lines, music, scene, silent_wav, song
from videos.render.errors import AudioError, CoverError, RenderError, Stopped
from videos.render.sandbox import film_process
from videos.render.sandbox.film_process import render_apart
from videos.render.sandbox.messages import Order
from videos.render.scene import Film, Progress

linux = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")


def children_of(parent: int) -> set[int]:
    """Return the living processes, workers too, that render for process `parent`."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words, state = path.read_bytes().split(b"\0"), path.with_name("stat").read_text()
        except OSError:
            continue
        dead = state.rpartition(")")[2].split()[0] in {"Z", "X"}
        if (
            b"videos.render.sandbox.film_child" in words
            and str(parent).encode() in words
            and not dead
        ):
            found.add(int(path.parent.name))
    return found


def wait_until(happens: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def at_drawing(do: Callable[[], None]) -> Callable[[Progress], None]:
    """Return a listener that does something once, when the drawing is under way."""
    done: list[bool] = []

    def on_progress(progress: Progress) -> None:
        if progress.stage == "drawing" and progress.seconds_left and not done:
            done.append(True)
            do()

    return on_progress


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_makes_the_film_and_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[Progress] = []
    audio = song(tmp_path / "song.mp3", music(3))
    film = render_apart(
        scene(audio, lyrics=lines(2)), tmp_path / "film.mp4", on_progress=told.append
    )
    assert film.path == tmp_path / "film.mp4"
    assert boxes(film.path)[0] == "ftyp"
    assert film.size == film.path.stat().st_size
    assert film.poster.read_bytes()[:2] == b"\xff\xd8"
    assert [progress.stage for progress in told][:: len(told) - 1] == ["reading", "finishing"]
    assert names(tmp_path) == ["film.mp4", "film.poster.jpg", "song.mp3"]


def test_any_thread_may_call_it(tmp_path: Path) -> None:
    films: list[Film] = []
    wanted = scene(song(tmp_path / "song.mp3", music(0.3)))

    def make() -> None:
        films.append(render_apart(wanted, tmp_path / "film.mp4"))

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert films[0].path.exists()


def test_relative_paths_mean_what_they_mean_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song(tmp_path / "song.mp3", music(0.3))
    monkeypatch.chdir(tmp_path)
    film = render_apart(scene(Path("song.mp3")), Path("film.mp4"))
    assert film.path == Path("film.mp4")
    assert film.path.exists()
    assert film.poster.exists()


def test_what_cannot_be_used_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(b"junk")
    with pytest.raises(AudioError, match="not an mp3"):
        render_apart(scene(tmp_path / "junk"), tmp_path / "film.mp4")
    audio = song(tmp_path / "song.mp3", music(0.3))
    with pytest.raises(CoverError, match="cannot be read"):
        render_apart(scene(audio, cover=tmp_path / "junk"), tmp_path / "film.mp4")
    with pytest.raises(RenderError, match="could not be written"):
        render_apart(scene(audio), tmp_path / "nowhere" / "film.mp4")
    assert names(tmp_path) == ["junk", "song.mp3"]


@linux
def test_it_stops_within_a_second_and_leaves_nothing(tmp_path: Path) -> None:
    audio = silent_wav(tmp_path / "song.wav", 600)
    asked: list[float] = []
    with pytest.raises(Stopped):
        render_apart(
            scene(audio),
            tmp_path / "film.mp4",
            on_progress=at_drawing(lambda: asked.append(time.monotonic())),
            should_stop=lambda: bool(asked),
        )
    assert time.monotonic() - asked[0] < 1.5
    assert names(tmp_path) == ["song.wav"]
    assert not children_of(os.getpid())


@linux
def test_a_child_that_does_not_listen_is_killed_with_its_workers(tmp_path: Path) -> None:
    audio = silent_wav(tmp_path / "song.wav", 600)
    asked: list[float] = []

    def freeze() -> None:
        for child in children_of(os.getpid()):
            os.kill(child, signal.SIGSTOP)
        asked.append(time.monotonic())

    with pytest.raises(Stopped):
        render_apart(
            scene(audio),
            tmp_path / "film.mp4",
            on_progress=at_drawing(freeze),
            should_stop=lambda: bool(asked),
            processes=2,
        )
    assert time.monotonic() - asked[0] < 2.5
    assert names(tmp_path) == ["song.wav"]
    assert wait_until(lambda: not children_of(os.getpid()), 1)


def test_an_error_of_the_listener_ends_the_child(tmp_path: Path) -> None:
    audio = silent_wav(tmp_path / "song.wav", 600)

    def complain(_: Progress) -> None:
        raise LookupError("The row is gone.")

    with pytest.raises(LookupError):
        render_apart(scene(audio), tmp_path / "film.mp4", on_progress=complain)
    assert names(tmp_path) == ["song.wav"]


@linux
@pytest.mark.parametrize("victim", [min, max], ids=["child", "worker"])
def test_a_killed_process_is_an_error_and_leaves_nothing(tmp_path: Path, victim) -> None:
    audio = silent_wav(tmp_path / "song.wav", 600)

    def kill() -> None:
        assert len(children_of(os.getpid())) == 3
        os.kill(victim(children_of(os.getpid())), signal.SIGKILL)

    with pytest.raises(RenderError, match=r"signal 9|too soon"):
        render_apart(scene(audio), tmp_path / "film.mp4", on_progress=at_drawing(kill), processes=2)
    assert names(tmp_path) == ["song.wav"]
    assert not children_of(os.getpid())


PARENT = """
import sys
from pathlib import Path
from videos.render.sandbox.film_process import render_apart
from videos.render.scene import Scene
render_apart(
    Scene(Path(sys.argv[1])),
    Path(sys.argv[2]),
    on_progress=lambda progress: print(progress.stage, flush=True),
    processes=2,
)
"""


@linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_all_end_with_the_parent(tmp_path: Path, number: signal.Signals) -> None:
    audio = silent_wav(tmp_path / "song.wav", 600)
    command = [sys.executable, "-c", PARENT, str(audio), str(tmp_path / "film.mp4")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert wait_until(lambda: len(children_of(parent.pid)) == 3, 30)
        parent.send_signal(number)
        assert wait_until(lambda: not children_of(parent.pid), 2)
    assert not (tmp_path / "film.mp4").exists()
    assert not [name for name in names(tmp_path) if name.endswith(".part")]


@linux
def test_it_ends_with_the_parent_even_without_the_kernels_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What happens where there is no PR_SET_PDEATHSIG: the standard input ends."""
    audio = silent_wav(tmp_path / "song.wav", 600)
    order = film_process.order_line(Order(scene(audio), tmp_path / "film.mp4", 2))
    command = [sys.executable, "-m", "videos.render.sandbox.film_child", str(os.getpid())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        child.stdin.write(order.encode() + b"\n")
        child.stdin.flush()
        assert wait_until(lambda: len(children_of(os.getpid())) == 3, 30)
        child.stdin.close()
        assert child.wait(2) == 130
    assert names(tmp_path) == ["song.wav"]


def test_the_child_sees_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}

    class Spy(subprocess.Popen):
        def __init__(self, *arguments, env: dict[str, str], **options) -> None:
            seen.update(env)
            super().__init__(*arguments, env=env, **options)

    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "hush")
    monkeypatch.setattr(film_process.subprocess, "Popen", Spy)
    render_apart(scene(song(tmp_path / "song.mp3", music(0.2))), tmp_path / "film.mp4")
    assert "hush" not in seen.values()
    assert seen["OPENBLAS_NUM_THREADS"] == "1"


def test_a_child_that_falls_silent_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_process, "SILENCE", 0.01)
    with pytest.raises(RenderError, match="no longer answers"):
        render_apart(scene(song(tmp_path / "song.mp3", music(0.2))), tmp_path / "film.mp4")
    assert names(tmp_path) == ["song.mp3"]


def test_a_child_that_cannot_start_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_process, "ROOT", tmp_path)
    with pytest.raises(RenderError, match=r"code 1: .*No module named 'videos'"):
        render_apart(scene(song(tmp_path / "song.mp3", music(0.2))), tmp_path / "film.mp4")
