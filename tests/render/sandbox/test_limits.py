"""Limits of a child process, which the kernel keeps."""

import signal
import subprocess
import sys

import pytest

IMPORT = (
    "from videos.render.sandbox.limits import *\nfrom videos.render.sandbox.limits import Limits\n"
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", IMPORT + code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses such a limit")
def test_a_process_gets_no_more_memory():
    result = run("limit_memory(1 << 30); data = bytearray(2 << 30)")
    assert "MemoryError" in result.stderr
    assert run("limit_memory(4 << 30); print(len(bytearray(1 << 20)))").stdout == f"{1 << 20}\n"


def test_a_process_gets_no_more_time():
    assert run("Limits(memory=4096, cpu_seconds=1).apply()\nwhile True: pass").returncode == (
        -signal.SIGXCPU  # not SIGKILL, by which others kill it
    )


def test_a_system_that_refuses_a_limit_of_memory_does_not_stop_the_process():
    refuse = """
import resource
def refuse(kind, limits):
    raise ValueError("current limit exceeds maximum limit")
resource.setrlimit = refuse
limit_memory(1 << 30)
print("goes on")
"""
    assert run(refuse).stdout == "goes on\n"


def test_processor_time_is_given_out_bit_by_bit():
    code = """
import signal, time
def work(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
for _ in range(4):
    allow_processor_time(0.4)
    work(0.2)
print("goes on", flush=True)
work(2)
"""
    ended = run(code)
    assert (ended.stdout, ended.returncode) == ("goes on\n", -signal.SIGPROF)


def test_processor_time_bit_by_bit_is_limited_as_a_whole():
    code = """
Limits(memory=4096, cpu_seconds=1).apply()
while True:
    allow_processor_time(5)
"""
    assert run(code).returncode == -signal.SIGXCPU


def test_a_limit_that_is_lower_already_stays():
    code = """
resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
Limits(memory=4096, cpu_seconds=30, files=64, niceness=3).apply()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[1], resource.getrlimit(resource.RLIMIT_CORE)[1])
"""
    assert run(code).stdout.split() == ["20", "0"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux counts so")
def test_an_account_that_has_more_tasks_already_is_not_stopped():
    code = """
limit_tasks(5000)
print(resource.getrlimit(resource.RLIMIT_NPROC)[1] <= 5000)
limit_tasks(1)
import threading
thread = threading.Thread(target=lambda: print("runs" if os.getuid() else "is root"))
thread.start()
"""
    assert run(code).stdout.split("\n")[0] == "True"
    assert run(code).stdout.split("\n")[1] in {"runs", "is root"}
