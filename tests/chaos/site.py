"""The portal that is put to the test: its processes, servers, vendors, disk and machines."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.chaos.machine import Machine
from tests.chaos.servers import Broker, FolderQueue, PostgreSQL, RabbitMQ, Redis
from tests.receiver import Receiver
from tests.stack import PROCFILE, ROOT, Stack
from tests.standin import StandIn

DISK_MEGABYTES = 400
RESTART_DELAY = 0.5  # seconds, as of systemd
STACKS = {"sqlite": None, "redis": Redis, "rabbitmq": RabbitMQ}
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


@dataclass
class Unit:
    """A process that is started again when it ends, as systemd does."""

    name: str  # a line of the Procfile
    environment: dict[str, str]
    log: Path
    machine: Machine | None = None
    offset: int = 0  # seconds by which its clock is wrong
    should_run: bool = True
    process: subprocess.Popen[bytes] | None = None
    restart_at: float = 0.0
    starts: int = field(default=0)

    def start(self) -> None:
        environment = dict(self.environment)
        if self.offset and FAKETIME:
            environment |= {
                "LD_PRELOAD": str(FAKETIME),
                "FAKETIME": f"{self.offset:+d}s",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "PYTHONPATH": str(Path(__file__).with_name("faketime")),
            }
        words = ["sh", "-c", PROCFILE[self.name]]
        command = [*(self.machine.prefix if self.machine else ()), *words]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.starts += 1

    def keep_alive(self) -> None:
        """Start it again where it has ended and is to run."""
        if not self.should_run or (self.process and self.process.poll() is None):
            return
        if self.process:
            self.process = None
            self.restart_at = time.monotonic() + RESTART_DELAY
        elif time.monotonic() >= self.restart_at:
            self.start()

    def tree(self) -> list[psutil.Process]:
        """Return the supervisor and its descendants, it first."""
        if self.process is None:
            return []
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self.process.pid)
            return [root, *root.children(recursive=True)]
        return []

    def matching(self, pattern: str) -> list[psutil.Process]:
        """Return its processes whose command lines match."""
        matches = []
        for process in self.tree():
            with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if re.search(pattern, " ".join(process.cmdline())):
                    matches.append(process)
        return matches

    def terminate(self) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGTERM)


class Site:
    """A portal on one of the stacks; use it in a ``with`` statement."""

    def __init__(self, folder: Path, stack: str) -> None:
        self.folder, self.stack_name = folder, stack
        self.disk = folder / "data"
        self._open = contextlib.ExitStack()
        self.units: dict[str, Unit] = {}
        self._ended = threading.Event()
        self.log_folder = folder / "logs"

    def __enter__(self) -> "Site":
        """Start everything."""
        try:
            self._start()
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        """End everything that was started."""
        self._open.close()

    def _start(self) -> None:
        self.log_folder.mkdir(parents=True)
        self.folder.chmod(0o755)
        self._mount_disk()
        self.other_machine = None if self.stack_name == "sqlite" else Machine()
        if self.other_machine:
            self._open.enter_context(self.other_machine)
        self.vendors = {name: self._open.enter_context(StandIn(name)) for name in ("kie", "crun")}
        self.receiver = self._open.enter_context(Receiver())
        self.stack = Stack(self.disk, **self._start_servers())
        self.stack.prepare()
        for name in PROCFILE:
            self._add_unit(name, name, self.stack.environment)
        if self.other_machine:
            self._add_unit("renderer there", "renderer", self._environment_there())
        keeper = threading.Thread(target=self._keep_alive, daemon=True)
        keeper.start()
        self._open.callback(self.kill_everything)

    def _mount_disk(self) -> None:
        self.disk.mkdir()
        size = f"size={DISK_MEGABYTES}m,mode=0755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(self.disk)], check=True)
        self._open.callback(subprocess.run, ["umount", "--lazy", str(self.disk)], check=False)
        (self.disk / "tmp").mkdir()

    def _start_servers(self) -> dict[str, str]:
        """Start the servers of the stack; return the environment of the portal."""
        hosts = ",".join([*(each.host for each in self.vendors.values()), self.receiver.host])
        environment = {
            "TMPDIR": str(self.disk / "tmp"),
            "SITE_URL": "",
            "WORK_CONCURRENCY": "4",
            "WEBHOOK_RETRY_MINUTES": ",".join(["0.1"] * 3),
        }
        for vendor in self.vendors.values():
            environment |= vendor.environment
        environment |= {"ALLOWED_PRIVATE_HOSTS": hosts}
        del environment["SITE_URL"]
        environment["WEBHOOK_RETRY_MINUTES"] = "1,1,1,1"
        self.database: PostgreSQL | None = None
        self.broker: Broker = FolderQueue(self.disk / "queue")
        self.cache: Redis | None = None
        kind = STACKS[self.stack_name]
        if kind is None:
            return environment
        assert self.other_machine
        addresses = ("127.0.0.1", self.other_machine.address_here)
        self.database = PostgreSQL(self.folder / "postgresql", addresses)
        self.broker = kind(self.folder / self.stack_name, addresses)
        for server in (self.database, self.broker):
            server.start()
            self._open.callback(server.kill)
        environment["DATABASE_URL"] = self.database.create_database()
        environment["CELERY_BROKER_URL"] = self.broker.url()
        return environment

    def _environment_there(self) -> dict[str, str]:
        """Return the environment of processes of the other machine: same files, other addresses."""
        assert self.other_machine
        assert self.database
        host = self.other_machine.address_here
        (self.disk / "tmp-there").mkdir()
        return {
            **self.stack.environment,
            "TMPDIR": str(self.disk / "tmp-there"),
            "DATABASE_URL": f"{self.database.url(host)}/portal",
            "CELERY_BROKER_URL": self.broker.url(host),
        }

    def _add_unit(self, title: str, name: str, environment: dict[str, str]) -> None:
        log = self.log_folder / f"{title.replace(' ', '-')}.log"
        machine = self.other_machine if title.endswith("there") else None
        self.units[title] = Unit(name, environment, log, machine)

    def _keep_alive(self) -> None:
        while not self._ended.wait(0.1):
            for unit in self.units.values():
                unit.keep_alive()

    def renderers(self) -> list[Unit]:
        return [unit for unit in self.units.values() if unit.name == "renderer"]

    def kill_everything(self) -> None:
        """End all processes of the portal for good."""
        self._ended.set()
        for process in self.own_processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def own_processes(self) -> list[psutil.Process]:
        """Return all living processes of this portal, also those whose parents have died."""
        folders = {str(self.disk / "tmp"), str(self.disk / "tmp-there")}
        own = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                folder = process.environ().get("TMPDIR", "")
                is_ours = any(folder.startswith(each) for each in folders)
                if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                    own.append(process)
        return own

    def tidy(self) -> None:
        """Do the housekeeping at once, on each machine."""
        self.stack.manage("tidy", "--force")
        if self.other_machine:
            variables = {"TMPDIR": str(self.disk / "tmp-there")}
            command = [sys.executable, "manage.py", "tidy", "leftovers"]
            subprocess.run(command, cwd=ROOT, env=self.stack.environment | variables, check=True)

    def stop(self) -> list[psutil.Process]:
        """Ask all processes to end; return those that live after 30 seconds."""
        for unit in self.units.values():
            unit.should_run = False
            unit.terminate()
        deadline = time.monotonic() + 30
        while (alive := self.own_processes()) and time.monotonic() < deadline:
            time.sleep(0.2)
        return alive

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
