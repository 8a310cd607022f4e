"""Landlock, as far as this kernel has it."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from videos.render.sandbox.landlock import landlock_abi, restrict

needed = pytest.mark.skipif(not landlock_abi(), reason="this kernel has no Landlock")

RESTRICT = """
import ctypes, sys
from pathlib import Path
from videos.render.sandbox.landlock import restrict
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
restrict([Path(sys.argv[1])], [Path(sys.argv[2])])
def attempt(action):
    try:
        action()
        print("done")
    except OSError as error:
        print(error.errno)
"""


def attempt(tmp_path: Path, *actions: str) -> list[str]:
    """Return how each action went in a process that may read ``in`` and write to ``out``."""
    for name in ("in", "out", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    code = RESTRICT + f"root = Path({str(tmp_path)!r})\n"
    code += "".join(f"attempt(lambda: {action})\n" for action in actions)
    command = [sys.executable, "-c", code, str(tmp_path / "in"), str(tmp_path / "out")]
    return subprocess.check_output(command, text=True, timeout=60).split()


@needed
def test_only_what_was_named_can_be_read(tmp_path):
    results = attempt(
        tmp_path,
        "root.joinpath('in/file').read_text()",
        "list(root.joinpath('in').iterdir())",
        "root.joinpath('out/file').read_text()",
        "root.joinpath('other/file').read_text()",
        "list(root.joinpath('other').iterdir())",
        "Path('/proc/self/environ').read_bytes()",
    )
    assert results == ["done"] * 3 + [str(errno.EACCES)] * 3


@needed
def test_only_folders_that_were_named_can_be_written_to(tmp_path):
    results = attempt(
        tmp_path,
        "root.joinpath('out/new').write_text('new')",
        "root.joinpath('out/new').replace(root / 'out/newer')",
        "root.joinpath('out/newer').unlink()",
        "root.joinpath('in/file').write_text('new')",
        "root.joinpath('in/file').unlink()",
        "root.joinpath('out/link').symlink_to('/etc')",
        "root.joinpath('out/file').replace(root / 'other/file')",
    )
    assert results[:3] == ["done"] * 3
    assert set(results[3:]) <= {str(errno.EACCES), str(errno.EXDEV)}
    assert (tmp_path / "in" / "file").read_text() == "in"


@needed
def test_a_path_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        restrict([tmp_path / "none"], [])


def test_where_there_is_none_its_version_is_0(monkeypatch):
    landlock_abi.cache_clear()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert landlock_abi() == 0
    monkeypatch.undo()
    landlock_abi.cache_clear()
    assert landlock_abi() >= 0
