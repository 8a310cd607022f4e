"""A minute of ``make chaos``: mixed faults against the real processes, and what must hold then.

The night has five minutes of it on each stack.
"""

import os
import subprocess
import sys

import pytest

from tests.chaos.__main__ import why_not
from tests.chaos.site import STACKS
from tests.stack import ROOT

pytestmark = pytest.mark.processes


def run(stack: str, **variables: str) -> None:
    if reason := why_not(stack):
        pytest.skip(f"This machine cannot: {reason}.")
    basics = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", stack],
        cwd=ROOT,
        env=basics | variables,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_lost_or_doubled_in_half_a_minute_of_faults():
    run("sqlite", SEED="1", MINUTES="0.4", FAULTS="12", SETTLING="60")


@pytest.mark.nightly
@pytest.mark.server
@pytest.mark.parametrize("stack", STACKS)
def test_nothing_is_lost_or_doubled_in_five_minutes_of_faults(stack):
    run(stack, SEED="7", MINUTES="5", FAULTS="150")
