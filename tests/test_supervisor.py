"""A process of the Procfile that is killed comes back; one that ends in order does not."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from suno_portal.supervisor import command_of
from tests.stack import PROCFILE, wait_for

ROOT = Path(__file__).resolve().parent.parent
KEEP = "import sys; from suno_portal.supervisor import keep; sys.exit(keep(sys.argv[1:]))"


def keep(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", KEEP, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def child_of(keeper: subprocess.Popen[str]) -> psutil.Process:
    children = psutil.Process(keeper.pid).children
    wait_for(children, 10, "Nothing was started")
    return children()[0]


def test_the_procfile_names_each_process_once():
    for name, line in PROCFILE.items():
        assert line == f"exec python suno_portal/supervisor.py {name}"
        assert command_of(name)[0] in {"gunicorn", "celery"}


def test_their_size_is_set_by_the_environment(monkeypatch):
    monkeypatch.setenv("RENDER_CONCURRENCY", "3")
    monkeypatch.setenv("WORK_CONCURRENCY", "")
    assert re.search("--queues render .* --concurrency 3 ", " ".join(command_of("renderer")))
    assert re.search("--queues work,deliver .* --concurrency 8 ", " ".join(command_of("worker")))


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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells of a parent's death")
def test_a_process_whose_keeper_is_killed_ends():
    keeper = keep("sleep", "60")
    orphan = child_of(keeper)
    keeper.kill()
    keeper.communicate(timeout=10)
    wait_for(lambda: not orphan.is_running(), 5, "The process lives on")
