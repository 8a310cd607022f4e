"""The filter of system calls."""

import platform
import subprocess
import sys

import pytest

from videos.render.sandbox.system_calls import CALLS, MACHINES, has_filter

needed = pytest.mark.skipif(not has_filter(), reason="this kernel, or processor, has no filter")

# Each line tells of one attempt
FILTER = """
import ctypes, errno, os, threading, sys
from videos.render.sandbox.system_calls import CALLS, MACHINES, filter_calls
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 1, 0, 0, 0)
filter_calls(may_fork=sys.argv[1] == "fork")
def call(number, *args):
    ctypes.set_errno(0)
    libc.syscall(number, *args)
    return ctypes.get_errno()
"""


def run(code: str, mode: str = "") -> list[str]:
    command = [sys.executable, "-c", FILTER + code, mode]
    return subprocess.check_output(command, text=True, timeout=60).split()


@needed
@pytest.mark.parametrize("mode", ["", "fork"])
def test_each_listed_call_is_refused(mode):
    code = f"""
column = MACHINES[{platform.machine()!r}].column
numbers = {{name: each[column] for name, each in CALLS.items() if each[column] is not None}}
print(*[name for name, number in numbers.items() if call(number, -1, 0, 0, 0) != errno.EPERM])
"""
    assert run(code, mode) == []


@needed
def test_threads_may_be_started_but_no_process():
    code = """
thread = threading.Thread(target=lambda: print("thread"))
thread.start(); thread.join()
try:
    os.fork()
except PermissionError:
    print("refused")
"""
    assert run(code) == ["thread", "refused"]


@needed
def test_a_process_that_may_fork_can_do_so():
    code = """
if not os.fork():
    print("child", flush=True)
    os._exit(0)
os.wait()
"""
    assert run(code, "fork") == ["child"]


@needed
def test_the_time_of_an_open_file_may_be_set_but_not_that_of_a_name(tmp_path):
    (tmp_path / "file").write_text("")
    code = f"""
path = {str(tmp_path / "file")!r}
with open(path) as file:
    os.utime(file.fileno())
try:
    os.utime(path)
except PermissionError:
    print("refused")
"""
    assert run(code) == ["refused"]


@needed
@pytest.mark.skipif(platform.machine() != "x86_64", reason="only there are two conventions")
def test_the_other_convention_of_the_processor_ends_the_process():
    command = [sys.executable, "-c", FILTER + "call(0x40000029, 2, 1, 0)", ""]
    assert subprocess.run(command, timeout=60).returncode < 0


def test_no_number_is_there_twice():
    for machine in MACHINES.values():
        numbers = [each[machine.column] for each in CALLS.values()]
        listed = [number for number in numbers if number is not None]
        assert len(listed) == len(set(listed))


def test_where_the_processor_is_unknown_there_is_no_filter(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert not has_filter()
