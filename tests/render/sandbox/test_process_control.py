"""Signals, and the death of a parent."""

import os
import signal
import subprocess
import sys

from videos.render.sandbox.process_control import Interruption, is_closed

CHILD = """
import os, signal, sys, time
from videos.render.sandbox.process_control import set_parent_death_signal
set_parent_death_signal(int(sys.argv[1]), signal.SIGKILL)
print("alive", flush=True)
time.sleep(30)
"""


def test_the_first_signal_is_remembered_and_the_second_is_as_usual():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        interruption = Interruption()
        assert not interruption()
        signal.raise_signal(signal.SIGTERM)
        assert interruption()
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_pipe_is_closed_when_its_other_end_is():
    reading, writing = os.pipe()
    try:
        assert not is_closed(reading)
        os.close(writing)
        assert is_closed(reading)
    finally:
        os.close(reading)


def test_a_child_whose_parent_died_before_it_could_ask_ends_at_once():
    done = subprocess.run([sys.executable, "-c", CHILD, "1"], capture_output=True, timeout=20)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"")


def test_a_child_of_a_living_parent_lives():
    command = [sys.executable, "-c", CHILD, str(os.getpid())]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"alive\n"
        child.kill()
