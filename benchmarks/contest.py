"""Runs several ways to make a film in turn and compares their results in a table.

They take turns, so that whatever disturbs the machine disturbs them all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from benchmarks.quality import Quality


class Run(NamedTuple):
    """The seconds that a run took, and the seconds for which it kept processors busy."""

    seconds: float
    cpu: float


Way = Callable[[], Run]  # makes a film, or does comparable work

MEGA = 1e6
COLUMNS = (
    "way",
    "× real time",
    "of its floor",
    "CPU s a minute",
    "peak MB",
    "file MB",
    "quality: mean, worst",
)


@dataclass
class Result:
    """What was measured of a way: how much it made, in seconds of film, and how each run went.

    ``floor`` is the name of the way that a film of ours is compared with; ``memory`` and ``size``
    are in bytes.
    """

    name: str
    seconds: int
    floor: str = ""
    runs: list[Run] = field(default_factory=list)
    memory: int | None = None
    size: int | None = None
    quality: Quality | None = None

    @property
    def speed(self) -> float:
        """How many seconds of film a second makes: the median run's."""
        return self.seconds / median(run.seconds for run in self.runs)

    @property
    def cost(self) -> float:
        """How many seconds of a processor a minute of film costs: the median run's."""
        return 60 * median(run.cpu for run in self.runs) / self.seconds

    def row(self, others: Mapping[str, "Result"]) -> dict[str, object]:
        """Return all measurements, for JSON and the table."""
        floor = others.get(self.floor)
        return {
            "way": self.name,
            "seconds": self.seconds,
            "runs": [round(run.seconds, 3) for run in self.runs],
            "speed": round(self.speed, 1),
            "of_floor": round(self.speed / floor.speed, 2) if floor else None,
            "cpu_a_minute": round(self.cost, 2),
            "peak_mb": round(self.memory / MEGA) if self.memory else None,
            "file_mb": round(self.size / MEGA, 1) if self.size else None,
            "quality": self.quality._asdict() if self.quality else None,
        }


def run_in_turn(ways: Mapping[str, Way], results: Mapping[str, Result], times: int) -> None:
    """Run each of ``ways`` once, then each a second time and so on, and record the runs."""
    for _ in range(times):
        for name, way in ways.items():
            results[name].runs.append(way())


def format_table(rows: Iterable[Mapping[str, object]]) -> str:
    """Return the rows of ``Result.row`` as a table in Markdown, as docs/rendering.md has it."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *map(_format_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _format_cells(row: Mapping[str, object]) -> tuple[str, ...]:
    keys = ("way", "speed", "of_floor", "cpu_a_minute", "peak_mb", "file_mb")
    cells = [row[key] for key in keys]
    quality = row["quality"]
    scores = "–"
    if isinstance(quality, dict):
        digits = 1 if quality["measure"] == "VMAF" else 3
        scores = "{measure} {mean:.{digits}f}, {worst:.{digits}f}".format(**quality, digits=digits)
    return (*("–" if cell is None else str(cell) for cell in cells), scores)
