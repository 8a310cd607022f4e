"""PostgreSQL, Redis and RabbitMQ of our own, which can be killed, emptied and started again."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis
from kombu import Connection

from tests.requirements import is_listening
from tests.stack import free_port, wait_for

POSTGRES_BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
RABBITMQ = next(iter(sorted(Path("/usr/lib/rabbitmq/lib").glob("*/sbin/rabbitmq-server"))), None)
START_TIMEOUT = 180.0  # seconds


class Server:
    """A program that listens on a port of this machine, with its data in ``folder``."""

    program: str

    def __init__(self, folder: Path, addresses: tuple[str, ...] = ("127.0.0.1",)) -> None:
        self.folder, self.addresses, self.port = folder, addresses, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        self.prepare()

    def prepare(self) -> None:
        """Write what the server needs before its first start."""

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        return {**os.environ}

    def is_up(self) -> bool:
        return is_listening(self.port)

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(
            self.is_up, START_TIMEOUT, lambda: (self.folder / "server.log").read_text()[-3000:]
        )

    def kill(self) -> None:
        """End it at once, with all its children, as a machine does that loses its power."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class PostgreSQL(Server):
    """A cluster of its own, which trusts everybody who reaches it."""

    def prepare(self) -> None:
        assert POSTGRES_BIN
        self.data = self.folder / "data"
        shutil.chown(self.folder, "postgres")
        initialise = [str(POSTGRES_BIN / "initdb"), "-A", "trust", "-U", "postgres"]
        subprocess.run(
            ["runuser", "-u", "postgres", "--", *initialise, "-D", str(self.data)],
            check=True,
            capture_output=True,
        )
        with (self.data / "pg_hba.conf").open("a") as file:
            file.write("host all all 10.0.0.0/8 trust\n")

    def command(self) -> list[str]:
        assert POSTGRES_BIN
        server = [str(POSTGRES_BIN / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        options = ["-h", ",".join(self.addresses), "-k", str(self.folder)]
        return [
            "setpriv",
            "--reuid=postgres",
            "--regid=postgres",
            "--init-groups",
            *server,
            *options,
        ]

    def is_up(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"{self.url()}/postgres", connect_timeout=2).close()
            return True
        return False

    def url(self, host: str = "127.0.0.1") -> str:
        return f"postgres://postgres@{host}:{self.port}"

    def create_database(self) -> str:
        with psycopg.connect(f"{self.url()}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE portal")
        return f"{self.url()}/portal"


class Broker(Server):
    """A queue."""

    def url(self, host: str = "127.0.0.1") -> str:
        raise NotImplementedError

    def flush(self) -> None:
        """Lose all messages."""
        raise NotImplementedError


class Redis(Broker):
    """Redis without a file."""

    def command(self) -> list[str]:
        listen = ["--port", str(self.port), "--bind", *self.addresses, "--protected-mode", "no"]
        return ["redis-server", *listen, "--save", "", "--dir", str(self.folder)]

    def url(self, host: str = "127.0.0.1") -> str:
        return f"redis://{host}:{self.port}/0"

    def flush(self) -> None:
        redis.Redis(port=self.port, socket_timeout=5).flushall()


class RabbitMQ(Broker):
    """A node of its own."""

    def prepare(self) -> None:
        (self.folder / "plugins").write_text("[].\n")
        (self.folder / "rabbitmq.conf").write_text("loopback_users = none\n")
        self.distribution_port = free_port()

    def command(self) -> list[str]:
        return [str(RABBITMQ)]

    def environment(self) -> dict[str, str]:
        folder = str(self.folder)
        return {
            **os.environ,
            "HOME": folder,
            "RABBITMQ_NODENAME": f"chaos{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.distribution_port),
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins",
            "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia",
            "RABBITMQ_LOG_BASE": f"{folder}/logs",
            "RABBITMQ_PID_FILE": f"{folder}/pid",
        }

    def is_up(self) -> bool:
        with contextlib.suppress(OSError), Connection(self.url(), connect_timeout=2) as connection:
            connection.connect()
            return True
        return False

    def url(self, host: str = "127.0.0.1") -> str:
        return f"amqp://guest:guest@{host}:{self.port}//"

    def flush(self) -> None:
        with Connection(self.url(), connect_timeout=2) as connection:
            for queue in ("work", "render", "deliver"):
                connection.default_channel.queue_purge(queue)


class FolderQueue(Broker):
    """The queue of a small installation: a folder, which can be moved away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.away = folder.with_name("queue-away")

    def start(self) -> None:
        if self.away.exists():
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self.away.rename(self.folder)

    def kill(self) -> None:
        if self.folder.exists() and not self.away.exists():
            self.folder.rename(self.away)

    def flush(self) -> None:
        for message in self.folder.glob("*.msg"):
            message.unlink(missing_ok=True)


def during(seconds: float, begin: Callable[[], None], end: Callable[[], None]) -> None:
    """Call ``begin``, and ``end`` after so many seconds."""
    begin()
    try:
        time.sleep(seconds)
    finally:
        end()
