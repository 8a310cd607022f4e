"""A process of the Procfile that is killed comes back; one that ends in order does not."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.stack import wait_for

KEEP = Path(__file__).resolve().parent.parent / "suno_portal" / "keep.py"


def keep(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(KEEP), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def child_of(keeper: subprocess.Popen[str]) -> psutil.Process:
    children = psutil.Process(keeper.pid).children
    wait_for(children, 5, "Nothing was started")
    return children()[0]


def test_a_process_that_ends_in_order_ends_it():
    keeper = keep(sys.executable, "-c", "print('done')")
    assert keeper.communicate(timeout=10)[0] == "done\n"
    assert keeper.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_killed_process_comes_back_until_we_are_told_to_stop(number):
    keeper = keep("sleep", "60")
    first = child_of(keeper)
    first.kill()
    wait_for(lambda: not first.is_running(), 5, "The process survived")
    second = child_of(keeper)
    assert second.pid != first.pid
    keeper.send_signal(number)
    output = keeper.communicate(timeout=10)[0]
    assert output == "sleep ended with -9; it starts again in 0.5 s\n"
    assert not second.is_running()
