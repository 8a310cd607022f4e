"""Running every way several times in turn, so that what disturbs the machine disturbs them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from benchmarks.quality import Quality


class Run(NamedTuple):
    """The seconds that something took, and those that it kept processors busy for."""

    seconds: float
    cpu: float


Way = Callable[[], Run]
"""Makes a film, or what stands for one."""

MEGA = 1e6


@dataclass
class Result:
    """What is known of a way: how much it made, in seconds of film, and how each run went.

    `floor` is the name of the way that a film of ours is compared with.
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
        """Return how many seconds of film a second makes: the median run's."""
        return self.seconds / median(run.seconds for run in self.runs)

    @property
    def cost(self) -> float:
        """Return how many seconds of a processor a minute of film costs: the median run's."""
        return 60 * median(run.cpu for run in self.runs) / self.seconds

    def row(self, others: Mapping[str, "Result"]) -> dict[str, object]:
        """Return what there is to tell, for JSON and the table."""
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
    """Run each of `ways` once, then each a second time and so on, noting the seconds."""
    for _ in range(times):
        for name, way in ways.items():
            results[name].runs.append(way())
