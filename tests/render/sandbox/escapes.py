"""A program that tries to do what a child process must not, and says how each attempt went.

    python -m tests.render.sandbox.escapes confined|free KEY DATABASE TCP UDP SOCKET OUTSIDE

It prints JSON: for each attempt "done", or the error that stopped it. What is decisive for an
attempt is the kernel's answer, so nothing here is clever.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import gettempdir

from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits

MEBIBYTE = 1 << 20
LIMITS = Limits(memory=512, cpu_seconds=3, file_size=1, files=64)


def attempts(arguments: list[str]) -> dict[str, Callable[[], object]]:
    """Return the attempts by their names."""
    key, database, tcp, udp, unix, outside = arguments
    parent, size = os.getppid(), Path(database).stat().st_size
    return {
        "read the key": lambda: Path(key).read_text(),
        "list the folder of the key": lambda: [*os.scandir(Path(key).parent)],
        "open the database": lambda: query(database),
        "connect by TCP": lambda: socket.create_connection(("127.0.0.1", int(tcp)), 5).close(),
        "listen by TCP": lambda: socket.create_server(("127.0.0.1", 0)).close(),
        "send by UDP": lambda: send(udp),
        "connect by a Unix socket": lambda: connect(unix),
        "connect by an abstract socket": lambda: connect("\0" + Path(unix).name),
        "make a pair of sockets": socket.socketpair,
        "run a program": lambda: subprocess.run(["/bin/true"], check=True),
        "replace itself": replace_itself,
        "fork": fork,
        "write outside": lambda: Path(outside, "new").write_text("x"),
        "write to the key": lambda: os.close(os.open(key, os.O_WRONLY)),
        "delete the key": lambda: remove_and_restore(key),
        "shorten the database": lambda: os.truncate(database, size),
        "change the mode of the key": lambda: Path(key).chmod(0o600),
        "change the time of the key": lambda: os.utime(key),
        "take memory": lambda: len(bytearray(700 * MEBIBYTE)),
        "open many files": open_many_files,
        "write a large file": write_large_file,
        "lift a limit": lift_limit,
        "signal its parent": lambda: os.kill(parent, 0),
        "signal all": lambda: os.kill(-1, 0),
        "limit its parent": lambda: resource.prlimit(parent, resource.RLIMIT_CPU),
        "read its parent's environment": lambda: Path(f"/proc/{parent}/environ").read_bytes(),
        "read its parent's memory": lambda: read_memory(parent),
        "trace its parent": lambda: call("ptrace", 16, parent, 0, 0),  # PTRACE_ATTACH
        "make a namespace": lambda: call("unshare", 0x1000_0000),  # CLONE_NEWUSER
        "slow its parent down": lambda: os.setpriority(os.PRIO_PROCESS, parent, 5),
    }


def query(database: str) -> object:
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT * FROM secrets").fetchall()


def send(port: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"secret", ("127.0.0.1", int(port)))


def connect(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as unix:
        unix.connect(address)


def replace_itself() -> None:
    """Execute another program; a process of its own does so where that is possible."""
    try:
        child = os.fork()
    except OSError:
        os.execv("/bin/true", ["true"])
    if not child:
        try:
            os.execv("/bin/true", ["true"])
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise PermissionError("the program was not executed")


def fork() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def remove_and_restore(path: str) -> None:
    text = Path(path).read_text()
    Path(path).unlink()
    Path(path).write_text(text)


def open_many_files() -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(Path("/dev/null").open())


def write_large_file() -> None:
    path = Path(gettempdir(), "large")
    path.write_bytes(bytes(2 * MEBIBYTE))
    path.unlink()


def lift_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most + 1, most + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def read_memory(process: int) -> None:
    with Path(f"/proc/{process}/mem").open("rb"):
        pass


def call(name: str, *args: int) -> None:
    """Call a function of the C library; what it was done to is set free again."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*args) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    if name == "ptrace":
        os.waitpid(args[1], 0x4000_0000)  # __WALL
        libc.ptrace(17, args[1], 0, 0)  # PTRACE_DETACH


def burn() -> None:
    """Take processor time without end, but no more than a minute."""
    signal.alarm(60)
    while True:
        pass


def main(mode: str, *arguments: str) -> None:
    """Make all attempts and print how they went; then burn processor time if confined."""
    tries = attempts(list(arguments))
    if mode == "confined":
        confine(LIMITS, writable=[Path(gettempdir())])
    results = {}
    for name, attempt in tries.items():
        try:
            attempt()
            results[name] = "done"
        except (OSError, MemoryError, ValueError, sqlite3.Error) as error:
            results[name] = type(error).__name__
    print(json.dumps(results), flush=True)
    if mode == "confined":
        burn()


if __name__ == "__main__":
    main(*sys.argv[1:])
