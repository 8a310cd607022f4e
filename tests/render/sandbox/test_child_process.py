"""Child processes, which get no secrets."""

import os
import subprocess
import threading
import time
from contextlib import suppress

import psutil
import pytest

from videos.render.sandbox.child_process import (
    ChildKilled,
    child_environment,
    run_module,
    scratch_folder,
)


def test_a_child_gets_only_what_is_listed(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do not look")
    monkeypatch.setenv("LANG", "C.UTF-8")
    environment = child_environment()
    assert "SECRET_KEY" not in environment
    assert environment["LANG"] == "C.UTF-8"
    assert environment["OPENBLAS_NUM_THREADS"] == "1"


def test_a_module_is_run_with_its_arguments():
    output = run_module("json.tool", "--help", timeout=30)
    assert b"usage" in output


def test_a_module_reads_data_from_its_input():
    assert run_module("json.tool", "--compact", timeout=30, data=b'{"a": 1}') == b'{"a":1}\n'


def test_a_module_that_takes_too_long_is_killed():
    with pytest.raises(subprocess.TimeoutExpired):
        run_module("http.server", "0", timeout=0.5)


@pytest.mark.parametrize("end", ["kill", "terminate"])
def test_a_child_that_somebody_else_ends_says_nothing_of_its_file(end):
    def kill_child():
        while not (children := psutil.Process().children()):
            time.sleep(0.01)
        for child in children:
            with suppress(psutil.NoSuchProcess):
                getattr(child, end)()

    killer = threading.Thread(target=kill_child)
    killer.start()
    with pytest.raises(ChildKilled):
        run_module("http.server", "0", timeout=30)
    killer.join()


def test_the_name_of_a_scratch_folder_says_whose_it_is():
    with scratch_folder() as folder:
        assert f"-{os.getpid()}-" in folder
