"""A child process that tries everything that it must not, and fails in each."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from videos.render.sandbox.confinement import (
    ROOT,
    has_filter,
    has_landlock,
    system_paths,
)
from videos.render.sandbox.landlock import SCOPE_ABI, landlock_abi

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has it")

# Stands between the test and the program, so that the attempts on a parent hit no test
PARENT = """
import subprocess, sys
done = subprocess.run([sys.executable, "-m", "tests.render.sandbox.escapes", *sys.argv[1:]])
sys.exit(0 if done.returncode == 0 else 1 if done.returncode > 0 else -done.returncode)
"""
FILES = {
    "read the key", "list the folder of the key", "open the database", "write outside",
    "write to the key", "delete the key", "shorten the database",
    "read its parent's environment", "read its parent's memory", "trace its parent",
}  # fmt: skip
CALLS = {
    "connect by TCP", "listen by TCP", "send by UDP", "connect by a Unix socket",
    "connect by an abstract socket", "make a pair of sockets", "run a program", "replace itself",
    "fork", "change the mode of the key", "change the time of the key", "signal its parent",
    "signal all", "limit its parent", "make a namespace", "slow its parent down",
}  # fmt: skip
LIMITS = {"take memory", "open many files", "write a large file", "lift a limit"}
# What a machine may refuse to everybody, or to all but root
OPTIONAL = {
    "trace its parent", "read its parent's memory", "make a namespace", "lift a limit",
}  # fmt: skip


class Portal:
    """What an attacker would like to reach: a key, a database and listening sockets."""

    def __init__(self, folder: Path) -> None:
        self.key, self.database = folder / "var" / "secret_key", folder / "var" / "db.sqlite3"
        self.outside, self.scratch = folder / "outside", folder / "scratch"
        for path in (self.key.parent, self.outside, self.scratch):
            path.mkdir()
        self.key.write_text("hush")
        with sqlite3.connect(self.database) as connection:
            connection.execute("CREATE TABLE secrets (text)")
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix, self.abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        self.path = folder / f"portal-{os.getpid()}.sock"  # an abstract name is everybody's
        self.unix.bind(str(self.path))
        self.abstract.bind(f"\0{self.path.name}")
        for each in (self.unix, self.abstract):
            each.listen()

    def close(self) -> None:
        for each in (self.tcp, self.udp, self.unix, self.abstract):
            each.close()

    def attack(self, mode: str) -> tuple[dict[str, str], int]:
        """Return how each attempt went, and the signal that ended the program."""
        ports = [str(each.getsockname()[1]) for each in (self.tcp, self.udp)]
        arguments = [mode, self.key, self.database, *ports, self.path, self.outside]
        done = subprocess.run(
            [sys.executable, "-c", PARENT, *map(str, arguments)],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "TMPDIR": str(self.scratch)},
            capture_output=True,
            timeout=100,
        )
        return json.loads(done.stdout), done.returncode


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.close()


@pytest.fixture(scope="module")
def confined(portal: Portal) -> tuple[dict[str, str], int]:
    return portal.attack("confined")


def test_without_a_sandbox_all_of_it_is_done(portal: Portal) -> None:
    results, _ = portal.attack("free")
    assert set(results) == FILES | CALLS | LIMITS
    failed = {name for name, result in results.items() if result != "done"}
    assert failed <= OPTIONAL, results


@pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
@pytest.mark.parametrize("name", sorted(FILES))
def test_no_file_of_the_portal_is_reached(confined: tuple[dict[str, str], int], name: str) -> None:
    assert confined[0][name] in {"PermissionError", "OperationalError"}


@pytest.mark.skipif(not has_filter(), reason="this kernel, or this processor, has no filter")
@pytest.mark.parametrize("name", sorted(CALLS))
def test_no_other_program_is_reached(confined: tuple[dict[str, str], int], name: str) -> None:
    assert confined[0][name] == "PermissionError"


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_no_more_is_taken_than_a_limit_allows(
    confined: tuple[dict[str, str], int], name: str
) -> None:
    assert confined[0][name] in {"MemoryError", "OSError", "ValueError", "PermissionError"}


def test_the_kernel_ends_what_takes_too_much_processor_time(
    confined: tuple[dict[str, str], int],
) -> None:
    assert confined[1] in {signal.SIGXCPU, signal.SIGKILL}


def test_nothing_was_changed(portal: Portal, confined: tuple[dict[str, str], int]) -> None:
    assert portal.key.read_text() == "hush"


@pytest.mark.skipif(not has_filter() or landlock_abi() < SCOPE_ABI, reason="an older kernel")
def test_a_process_that_may_fork_signals_only_its_own(tmp_path: Path) -> None:
    script = f"""
import os, signal
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits
confine(Limits(memory=512, cpu_seconds=20), may_fork=True)
child = os.fork()
if not child:
    signal.pause()
os.kill(child, signal.SIGKILL)
print(os.waitpid(child, 0)[1])
try:
    os.kill(os.getppid(), 0)
except PermissionError:
    print("refused")
try:
    open({str(tmp_path / "new")!r}, "w")
except PermissionError:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["9", "refused", "refused"], done.stderr


def test_a_process_with_several_threads_is_not_shut_in_by_half() -> None:
    script = """
import threading
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits
threading.Thread(target=threading.Event().wait, daemon=True).start()
confine(Limits(memory=4096, cpu_seconds=20))
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "RuntimeError: This process has 2 threads" in done.stderr


def test_what_every_child_may_read_holds_no_data_of_the_portal() -> None:
    assert not any((ROOT / "var" / "secret_key").is_relative_to(path) for path in system_paths())
    assert not any((ROOT / ".env").is_relative_to(path) for path in system_paths())
    assert any(Path(json.__file__).is_relative_to(path) for path in system_paths())
