"""The configuration of the web server."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from gunicorn.config import Config

from suno_portal.environment import EXIT_MISCONFIGURED
from suno_portal.gunicorn import MaskedLogger
from suno_portal.supervisor import command_of
from tests.stack import START_TIMEOUT, free_port, is_http_up, wait_for

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import json
from suno_portal import gunicorn as g
print(json.dumps([g.bind, g.workers, g.threads, g.accesslog, g.loglevel, g.worker_class]))
"""


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={"DEBUG": "true", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_environment_sets_it_up():
    values = {"HOST": "::1", "PORT": "8123", "WEB_PROCESSES": "3", "WEB_THREADS": "5"}
    done = run(**values, ACCESS_LOG="-", LOG_LEVEL="WARNING")
    assert json.loads(done.stdout) == ["[::1]:8123", 3, 5, "-", "warning", "gthread"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "portal.example.com"])
def test_a_development_machine_serves_itself_alone(host):
    refused = run(HOST=host)
    assert refused.returncode == EXIT_MISCONFIGURED
    assert f"HOST is {host}, but DEBUG is true" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert run(HOST=host, DEBUG="false").returncode == 0


@pytest.mark.parametrize(
    ("host", "proxy", "warns"),
    [("0.0.0.0", "false", True), ("0.0.0.0", "true", False), ("127.0.0.1", "false", False)],
)
def test_a_site_that_slow_clients_can_stop_says_so_aloud(host, proxy, warns):
    started = run(HOST=host, DEBUG="false", BEHIND_PROXY=proxy)
    assert started.returncode == 0
    assert ("Put nginx before it" in started.stderr) == warns


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "[::1]"])
def test_a_development_machine_may_name_itself(host):
    assert run(HOST=host).returncode == 0


def test_a_wrong_number_is_one_sentence():
    done = run(PORT="eighty")
    assert done.returncode != 0
    assert "PORT" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["r", "U", "f"])
def test_an_access_log_has_no_tokens(name):
    logger = MaskedLogger(Config())
    token = "/callbacks/kie/" + "a" * 30 + ":" + "b" * 43 + "/"
    environment = {
        "REQUEST_METHOD": "POST",
        "RAW_URI": token,
        "PATH_INFO": token,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://portal.example.com{token}",
        "REMOTE_ADDR": "127.0.0.1",
    }

    class Answer:
        status, headers, sent = "200 OK", [], 0

    class Took:
        seconds, microseconds = 0, 1

    class Question:
        headers: list[tuple[str, str]] = []

    atoms = logger.atoms(Answer(), Question(), environment, Took())
    assert "b" * 43 not in str(atoms[name])
    assert "/callbacks/kie/" in str(atoms[name])


@pytest.mark.processes
def test_workers_end_with_a_master_that_is_killed(migrated_folder):
    port = str(free_port())
    environment = os.environ | {
        "DATA_DIR": str(migrated_folder),
        "DATABASE_URL": f"sqlite:///{migrated_folder}/portal.sqlite3",
        "PORT": port,
        "WEB_PROCESSES": "1",
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", *command_of("web")]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as master:
        try:
            address = f"http://127.0.0.1:{port}/healthz"
            wait_for(lambda: is_http_up(address), START_TIMEOUT, "It is not up")
            workers = psutil.Process(master.pid).children(recursive=True)
            for worker in workers:
                worker.send_signal(signal.SIGSTOP)  # it hangs
        finally:
            master.kill()
        assert workers
        assert psutil.wait_procs(workers, timeout=5)[1] == []
