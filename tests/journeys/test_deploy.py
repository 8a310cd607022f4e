"""What ``deploy/`` has: units of systemd, the image, the compose file."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
import requests
import yaml

from suno_portal.supervisor import NAMES, command_of
from tests.stack import ROOT, free_port, is_http_up, wait_for

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir() if path.is_file())
SERVICES = [name for name in UNITS if name.endswith(".service")]
DOCKERFILE = (DEPLOY / "container/Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text(encoding="utf-8"))
MAX_EXPOSURE = 2.5  # as systemd-analyze counts it: 10 is wide open
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is not here"
)


def exec_start(unit: str) -> list[str]:
    text = (DEPLOY / "systemd" / unit).read_text(encoding="utf-8")
    match = re.search(r"^ExecStart=(.+)$", text, re.MULTILINE)
    assert match
    return shlex.split(match[1])


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return the root of a file system in which the units are installed."""
    folder = tmp_path / "etc/systemd/system"
    shutil.copytree(DEPLOY / "systemd", folder)
    if Path("/lib/systemd/system").is_dir():
        shutil.copytree("/lib/systemd/system", tmp_path / "lib/systemd/system", symlinks=True)
    for program in {exec_start(unit)[0] for unit in SERVICES}:
        path = tmp_path / program.removeprefix("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    return tmp_path


def analyze(*arguments: str) -> str:
    command = ["systemd-analyze", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


@needs_systemd
def test_systemd_understands_the_units(machine):
    output = analyze("verify", "--man=no", f"--root={machine}", *UNITS)
    assert [line for line in output.splitlines() if "portal" in line] == []


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES)
def test_the_services_are_shut_in(machine, unit):
    output = analyze("security", "--offline=true", f"--root={machine}", unit)
    level = re.search(r"exposure level for \S+: ([\d.]+)", output)
    assert level, output
    assert float(level[1]) <= MAX_EXPOSURE


def test_there_is_a_unit_for_each_process_of_the_procfile():
    assert exec_start("portal-web.service")[1:] == command_of("web")[1:]
    for name in set(NAMES) - {"web"}:
        assert exec_start(f"portal-{name}.service")[1:] == ["suno_portal/supervisor.py", name]


def test_the_containers_are_the_processes_of_the_procfile_and_shut_in():
    own = {name: each for name, each in COMPOSE["services"].items() if name in (*NAMES, "prepare")}
    for name in NAMES:
        assert own[name]["command"] == ["suno_portal/supervisor.py", name]
    for each in own.values():
        assert each["read_only"]
        assert each["cap_drop"] == ["ALL"]
        assert each["security_opt"] == ["no-new-privileges:true"]
    for each in COMPOSE["services"].values():
        for volume in each.get("volumes", []):
            source = volume.split(":")[0]
            path = DEPLOY / "container" / source
            assert source in COMPOSE["volumes"] or path.is_file(), source


def copied() -> list[str]:
    """Return what the image takes of the project."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    return [name for line in lines for name in line.split()]


def test_the_image_has_all_that_it_copies_and_runs_as_nobody():
    assert all((ROOT / name).exists() for name in copied())
    ignored = (DEPLOY / "container/Dockerfile.dockerignore").read_text().splitlines()
    permitted = {line[1:] for line in ignored if line.startswith("!")}
    assert {name for name in copied() if not name.startswith("requirements")} <= permitted
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert "/readyz" in DOCKERFILE.partition("HEALTHCHECK")[2]


@pytest.mark.nightly
@pytest.mark.processes
def test_what_the_image_copies_is_all_that_a_site_needs(tmp_path):
    root, data = tmp_path / "portal", tmp_path / "data"
    root.mkdir()
    data.mkdir()
    for name in copied():
        if not name.startswith("requirements"):
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, root / name)
    port = free_port()
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SECRET_KEY": "k" * 60,
        "SITE_URL": "http://portal.example.com",
        "DATA_DIR": str(data),
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    before = sorted(root.rglob("*"))
    subprocess.run(
        [sys.executable, "manage.py", "prepare"], cwd=root, env=environment, check=True, timeout=300
    )
    check = re.search(r'"-c", "(.+)"\]', DOCKERFILE)
    assert check
    command = [sys.executable, "suno_portal/supervisor.py", "web"]
    with subprocess.Popen(command, cwd=root, env=environment) as web:
        try:
            wait_for(lambda: is_http_up(f"http://127.0.0.1:{port}/healthz"), 60, "It is not up")
            code = check[1].replace("8000", str(port))
            subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
        finally:
            web.terminate()
            web.wait(40)
    assert sorted(root.rglob("*")) == before  # nothing is written into the root


# Makes a descriptor number 3 and becomes the program, with the same process id
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execvp(sys.argv[2], sys.argv[2:])
"""


class Restarts:
    """The web service as systemd runs it: the socket stays, the process comes and goes."""

    def __init__(self, listener: socket.socket, environment: dict[str, str]) -> None:
        self.listener, self.environment = listener, environment

    def start(self) -> subprocess.Popen[bytes]:
        """Start gunicorn with the socket as descriptor 3 (systemd's protocol)."""
        descriptor = self.listener.fileno()
        command = [sys.executable, "-c", HAND_OVER, str(descriptor), *command_of("web")]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, pass_fds=(descriptor,))


@pytest.mark.nightly
@pytest.mark.processes
def test_no_request_is_dropped_while_the_web_service_restarts(migrated_folder):
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        port = listener.getsockname()[1]
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "DATA_DIR": str(migrated_folder),
            "DATABASE_URL": f"sqlite:///{migrated_folder}/portal.sqlite3",
            "PYTHONWARNINGS": "ignore",
            "WEB_PROCESSES": "1",
        }
        restarts = Restarts(listener, environment)
        process = restarts.start()
        address = f"http://127.0.0.1:{port}/healthz"
        statuses: list[object] = []
        is_over = threading.Event()

        def ask() -> None:
            while not is_over.is_set():
                try:
                    statuses.append(requests.get(address, timeout=60).status_code)
                except requests.RequestException as error:
                    statuses.append(error)

        clients = [threading.Thread(target=ask) for _ in range(4)]
        try:
            for client in clients:
                client.start()  # their requests wait until it is up
            for count in (40, 80):
                wait_for(partial(has_more_than, statuses, count), 60, "No answers")
                process.send_signal(signal.SIGTERM)
                process.wait(40)
                process = restarts.start()
            wait_for(partial(has_more_than, statuses, 120), 60, "No answers")
        finally:
            is_over.set()
            for client in clients:
                if client.ident:
                    client.join(90)
            process.kill()
            process.wait(10)
        assert set(statuses) == {200}


def has_more_than(statuses: list[object], count: int) -> bool:
    return len(statuses) > count
