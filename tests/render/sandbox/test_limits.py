"""Limits of a child process, which the kernel keeps."""

import signal
import subprocess
import sys

import pytest

IMPORT = "from videos.render.sandbox.limits import limit_memory, limit_processor_time\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", IMPORT + code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses such a limit")
def test_a_process_gets_no_more_memory():
    result = run("limit_memory(1 << 30); data = bytearray(2 << 30)")
    assert "MemoryError" in result.stderr
    assert run("limit_memory(4 << 30); print(len(bytearray(1 << 20)))").stdout == f"{1 << 20}\n"


def test_a_process_gets_no_more_time():
    assert run("limit_processor_time(1)\nwhile True: pass").returncode in {
        -signal.SIGXCPU,
        -signal.SIGKILL,
    }


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
