"""The faults: each is a function that does it, holds it for a while, and takes it back."""

import contextlib
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from tests.chaos.journal import Journal
from tests.chaos.servers import PostgreSQL, during
from tests.chaos.site import FAKETIME, Site

# How vendors break: kinds of the stand-in, of which "hang" and "drip" hold a request
BREAKAGES = (
    *("503", "html 502", "html", "empty", "truncated", "cut JSON", "not UTF-8", "a list"),
    *("reset", "drip", "hang", "throttled", "maintenance", "server error"),
)
LOST = ("reset", "truncated", "html 502", "hang")
CLOCKS = (3600, -3600, 90, -90)  # seconds
DRAWING = r"videos\.render\.sandbox\.film_child"
CHILDREN = r"videos\.render\.sandbox"


@dataclass
class Context:
    """What a fault works on."""

    site: Site
    random: random.Random
    journal: Journal
    held: Callable[[], set[str]]  # the videos that workers hold now

    def kill(self, processes: list[psutil.Process]) -> str:
        """Kill processes, and record what they may have worked on; return how many there were."""
        self.journal.record_victims(self.held())
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        return f"{len(processes)} killed"


@dataclass(frozen=True)
class Fault:
    """A kind of fault. Two that share a ``target`` never happen at once."""

    name: str
    target: str
    weight: float
    act: Callable[[Context], str]
    stacks: tuple[str, ...] = ("sqlite", "redis", "rabbitmq")


def kill_unit(name: str, pattern: str = ".") -> Callable[[Context], str]:
    def act(context: Context) -> str:
        return context.kill(context.site.units[name].matching(pattern))

    return act


def kill_one(pattern: str) -> Callable[[Context], str]:
    """Kill one process of a renderer or a worker: an analysis, a film, a process that draws."""

    def act(context: Context) -> str:
        units = [*context.site.renderers(), context.site.units["worker"]]
        processes = [each for unit in units for each in unit.matching(pattern)]
        return context.kill([context.random.choice(processes)] if processes else [])

    return act


def kill_everything(context: Context) -> str:
    units = context.site.units.values()
    return context.kill([process for unit in units for process in unit.tree()])


def restart(context: Context) -> str:
    """Ask a process to end in order, as a deployment does."""
    unit = context.random.choice([*context.site.units.values()])
    unit.terminate()
    return unit.name


def freeze(context: Context) -> str:
    """Stop a worker for longer than its lease: another takes over, and then it goes on."""
    unit = context.random.choice([*context.site.renderers(), context.site.units["worker"]])
    processes = unit.matching("celery")
    context.journal.record_victims(context.held())

    def send(number: int) -> None:
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    during(context.random.uniform(4, 8), lambda: send(signal.SIGSTOP), lambda: send(signal.SIGCONT))
    return unit.name


def clock(context: Context) -> str:
    """Restart a worker, a renderer or beat with a clock that is wrong for a while.

    Not the web process: libfaketime shifts more than the clock, and gunicorn waits for ever.
    """
    units = [unit for unit in context.site.units.values() if unit.name != "web"]
    unit = context.random.choice(units)
    offset = context.random.choice(CLOCKS)

    def turn(seconds: int) -> None:
        unit.offset = seconds
        unit.terminate()

    during(context.random.uniform(8, 15), lambda: turn(offset), lambda: turn(0))
    return f"{unit.name} {offset:+d} s"


def broker_away(context: Context) -> str:
    broker = context.site.broker
    seconds = context.random.uniform(1, 10)
    during(seconds, broker.kill, broker.start)
    return f"{seconds:.0f} s"


def broker_flushed(context: Context) -> str:
    for _ in range(3):
        with contextlib.suppress(Exception):  # no queue there yet
            context.site.broker.flush()
        time.sleep(0.3)
    return ""


def database_away(low: float, high: float) -> Callable[[Context], str]:
    """Crash the database server; with SQLite, hold its lock."""

    def act(context: Context) -> str:
        seconds = context.random.uniform(low, high)
        if context.site.database is None:
            _hold_lock(context.site.disk / "portal.sqlite3", seconds)
        else:
            database: PostgreSQL = context.site.database
            during(seconds, database.kill, database.start)
        return f"{seconds:.0f} s"

    return act


def _hold_lock(path: Path, seconds: float) -> None:
    with contextlib.closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as database:
        with contextlib.suppress(sqlite3.OperationalError):
            database.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        database.rollback()


def disk(free: int) -> Callable[[Context], str]:
    """Fill the disk until only ``free`` bytes are left, for some seconds."""

    def act(context: Context) -> str:
        filler = context.site.disk / "filler"

        def fill() -> None:
            with filler.open("wb", buffering=0) as file:
                with contextlib.suppress(OSError):
                    while file.write(bytes(64 * 1024)):
                        pass
                file.truncate(max(0, filler.stat().st_size - free))

        seconds = context.random.uniform(2, 8)
        during(seconds, fill, lambda: filler.unlink(missing_ok=True))
        return f"{free} bytes left for {seconds:.0f} s"

    return act


def vendor_broken(context: Context) -> str:
    """Let some of a vendor's next answers be broken, slow or missing."""
    name = context.random.choice(sorted(context.site.vendors))
    kinds = [context.random.choice(BREAKAGES) for _ in range(context.random.randint(1, 3))]
    path = context.random.choice(("generate", "record-info", "/job/", "/files/"))
    context.site.vendors[name].breaks(path, *kinds)
    return f"{name} {path}: {', '.join(kinds)}"


def vendor_loses_answer(context: Context) -> str:
    """Let a vendor do what is ordered, and not answer."""
    name = context.random.choice(sorted(context.site.vendors))
    kind = context.random.choice(LOST)
    path = "mp4/generate" if name == "kie" else "CreateTask"
    context.site.vendors[name].lose_response(path, 1, kind)
    return f"{name}: {kind}"


def vendor_lies(context: Context) -> str:
    """Send callbacks of films that are not there, or let the files be away for a while."""
    vendor = context.site.vendors[context.random.choice(sorted(context.site.vendors))]
    films = [film for film in vendor.films.values() if not film.url]
    if films and context.random.random() < 0.5:
        film = context.random.choice(films)
        with contextlib.suppress(Exception):  # the web process may be away
            body = film.callback(vendor.family) | {"code": 200, "status": "Success"}
            requests.post(film.callback_url, json=body, timeout=3)
        return f"{vendor.vendor}: callback of a film that is not there"
    name = context.random.choice(("film.mp4", "song.wav"))
    during(5, lambda: vendor.gone.add(name), lambda: vendor.gone.discard(name))
    return f"{vendor.vendor}: {name} gone"


def network_cut(context: Context) -> str:
    machine = context.site.other_machine
    assert machine
    seconds = context.random.choice((2.0, 6.0, 15.0))
    context.journal.record_victims(context.held())
    during(seconds, machine.cut, machine.mend)
    return f"{seconds:.0f} s"


BOTH = ("redis", "rabbitmq")
FAULTS = (
    Fault("web killed", "web", 6, kill_unit("web")),
    Fault("a web process killed", "web", 4, kill_unit("web", "gunicorn")),
    Fault("worker killed", "worker", 10, kill_unit("worker")),
    Fault("renderer killed", "renderer", 12, kill_unit("renderer")),
    Fault("renderer there killed", "renderer there", 6, kill_unit("renderer there"), BOTH),
    Fault("film's process killed", "children", 12, kill_one(DRAWING)),
    Fault("a child killed", "children", 12, kill_one(CHILDREN)),
    Fault("beat killed", "beat", 4, kill_unit("beat")),
    Fault("everything killed", "all", 2, kill_everything),
    Fault("restarted in order", "all", 5, restart),
    Fault("frozen", "frozen", 4, freeze),
    Fault("broker away", "broker", 6, broker_away),
    Fault("broker flushed", "broker", 4, broker_flushed),
    Fault("database away", "database", 6, database_away(1, 6)),
    Fault("database away for 30 s", "database", 0.7, database_away(30, 30)),
    Fault("disk full", "disk", 5, disk(0)),
    Fault("disk nearly full", "disk", 5, disk(200_000)),
    Fault("vendor broken", "vendor", 12, vendor_broken),
    Fault("vendor's answer lost", "vendor", 6, vendor_loses_answer),
    Fault("vendor lies", "lies", 5, vendor_lies),
    Fault("cable cut", "cable", 8, network_cut, BOTH),
    *([Fault("clock wrong", "clock", 5, clock)] if FAKETIME else []),
)


def faults_of(stack: str) -> list[Fault]:
    return [fault for fault in FAULTS if stack in fault.stacks]
