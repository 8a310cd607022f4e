"""A process of the Procfile that is killed is restarted; one that exits with 0 is not."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from suno_portal.supervisor import NAMES, command_of, restore_port
from tests.stack import PROCFILE, wait_for

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from suno_portal.supervisor import supervise
sys.exit(supervise(sys.argv[1:]))
"""


def supervise(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def child_of(supervisor: subprocess.Popen[str]) -> psutil.Process:
    children = psutil.Process(supervisor.pid).children
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


@pytest.mark.parametrize("name", NAMES)
def test_each_process_knows_the_port_of_the_site(monkeypatch, name):
    assert list(PROCFILE) == list(NAMES)
    monkeypatch.setenv("HONCHO_PROCESS_NAME", f"{name}.1")
    monkeypatch.setenv("PORT", str(9000 + 100 * NAMES.index(name)))  # as honcho counts
    restore_port(name)
    assert os.environ["PORT"] == "9000"
    monkeypatch.delenv("HONCHO_PROCESS_NAME")
    restore_port(name)
    assert os.environ["PORT"] == "9000"


def test_a_process_that_ends_in_order_ends_it():
    supervisor = supervise(sys.executable, "-c", "print('done')")
    assert supervisor.communicate(timeout=10)[0] == "done\n"
    assert supervisor.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_killed_process_comes_back_until_we_get_a_signal_to_stop(number):
    supervisor = supervise("sleep", "60")
    first = child_of(supervisor)
    first.kill()
    wait_for(lambda: not first.is_running(), 5, "The process survived")
    second = child_of(supervisor)
    assert second.pid != first.pid
    supervisor.send_signal(number)
    output = supervisor.communicate(timeout=10)[0]
    assert output == "sleep ended with -9; it starts again in 0.5 s\n"
    assert not second.is_running()


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has a parent death signal"
)
def test_a_process_whose_supervisor_is_killed_ends():
    supervisor = supervise("sleep", "60")
    orphan = child_of(supervisor)
    supervisor.kill()
    supervisor.communicate(timeout=10)
    wait_for(lambda: not orphan.is_running(), 5, "The process lives on")
