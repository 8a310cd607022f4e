"""What differs elsewhere than on Linux: a process of its own is made to look like one of macOS."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tests.render.samples import music, write_song
from videos.checks import check_platform, machine
from videos.media.file_systems import file_system_of

# macOS: no limit of memory, and a fork that would crash
MACOS = """
import os, resource, runpy, sys
sys.platform = "darwin"
set_limit = resource.setrlimit
def refuse(kind, limits):
    if kind == resource.RLIMIT_AS:
        raise ValueError("current limit exceeds maximum limit")
    set_limit(kind, limits)
def crash():
    raise AssertionError("forked")
resource.setrlimit, os.fork = refuse, crash
sys.argv = sys.argv[1:]
"""
RUN_MODULE = "runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
RUN_FILE = "runpy.run_path(sys.argv[0], run_name='__main__')"
WINDOWS = f"import os, runpy, sys; os.name = 'nt'; sys.argv = sys.argv[1:]; {RUN_FILE}"


def run(
    script: str, *args: str, folder: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "true",
        "DATA_DIR": str(folder),
        "RENDER_PROCESSES": "2",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-c", script, *args],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a song whose film has two groups of pictures, for a process each."""
    return write_song(tmp_path_factory.mktemp("song") / "song.mp3", music(11))


@pytest.mark.nightly  # it takes two seconds
def test_on_macos_one_process_makes_the_film(tmp_path, song):
    film = tmp_path / "film.mp4"
    script = MACOS + RUN_MODULE
    done = run(script, "videos.render", str(song), "--output", str(film), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert film.stat().st_size > 1000


def test_on_macos_tags_are_read_without_a_limit_of_memory(tmp_path, song):
    done = run(
        MACOS + RUN_MODULE, "videos.render.sandbox.song_tags_child", str(song), folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert '"title"' in done.stdout


def test_on_macos_a_check_says_what_is_different(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    (message,) = check_platform()
    assert message.id == "videos.I003"
    assert "does not run Linux" in message.msg


def test_on_windows_one_sentence_names_wsl(tmp_path):
    done = run(WINDOWS, "manage.py", "check", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "Suno Portal runs on Linux and macOS; on Windows it runs in WSL (wsl --install).\n"
    )


def test_a_drive_of_windows_is_no_place_for_the_data(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    assert check_platform() == []
    monkeypatch.setattr(machine, "WINDOWS_FILE_SYSTEMS", {file_system_of(tmp_path)})
    assert [message.id for message in check_platform()] == ["videos.W011"]


@pytest.fixture
def without_fribidi(tmp_path):
    """Return the folder of a library that cannot be loaded, as if it were not there."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    (folder / "libfribidi.so.0").write_text("no library")
    return str(folder)


def test_a_machine_that_cannot_draw_text_says_what_to_install(tmp_path, song, without_fribidi):
    args = ("videos.render", str(song), "--output", str(tmp_path / "film.mp4"))
    script = f"import runpy, sys; sys.argv = sys.argv[1:]; {RUN_MODULE}"
    done = run(script, *args, folder=tmp_path, LD_LIBRARY_PATH=without_fribidi)
    assert done.returncode
    assert "apt install libfribidi0" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "film.mp4").exists()


def test_a_check_says_so_before_a_film_is_ordered(tmp_path, without_fribidi):
    script = f"import runpy, sys; sys.argv = sys.argv[1:]; {RUN_FILE}"
    done = run(script, "manage.py", "check", folder=tmp_path, LD_LIBRARY_PATH=without_fribidi)
    assert "videos.W012" in done.stderr
