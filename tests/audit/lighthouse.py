"""Lighthouse: its scores of pages, as a telephone sees them, and whether they are good enough."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

SCRIPT = Path(__file__).with_name("lighthouse.mjs")
MIN_SCORES = {"accessibility": 98, "best-practices": 98, "performance": 90}
MIN_FAST_SCORE = 95  # performance of the pages that strangers open
FAST = {"front", "share"}
MIN_SEO_SCORE = 98
INDEXED = {"front", "share"}  # what search engines may show
MAX_BYTES = {"share": 100_000, "embed": 60_000}  # before the film
MAX_PICTURE_BYTES = {"library": 400_000, "New video": 250_000}
MAX_SHIFT = 0.02


class Address(TypedDict):
    """A page to open; ``session`` is the key of a log-in, or empty."""

    name: str
    url: str
    session: str


@dataclass(frozen=True)
class Result:
    """What Lighthouse found: medians of the scores, and the most of everything else."""

    name: str
    scores: dict[str, int]  # of 100
    shift: float
    requests: int
    bytes: int  # sent for the page without its film
    first: int  # of these, without pictures further down
    pictures: int  # bytes of them
    faults: list[str]  # Lighthouse's names of the audits that the page does not pass

    def missed(self) -> list[str]:
        """Return what is worse than it must be, in words."""
        limits = dict(MIN_SCORES)
        if self.name in FAST:
            limits["performance"] = MIN_FAST_SCORE
        if self.name in INDEXED:
            limits["seo"] = MIN_SEO_SCORE
        missed = [
            f"{category} {self.scores[category]} < {limit}"
            for category, limit in limits.items()
            if self.scores[category] < limit
        ]
        if self.first > MAX_BYTES.get(self.name, self.first):
            missed.append(f"{self.first} bytes before the film")
        if self.pictures > MAX_PICTURE_BYTES.get(self.name, self.pictures):
            missed.append(f"{self.pictures} bytes of pictures")
        if self.shift > MAX_SHIFT:
            missed.append(f"layout shift {self.shift:.3f}")
        return missed


def run(pages: Sequence[Address], chromium: str, runs: int) -> Iterator[Result]:
    """Open each page ``runs`` times, one after the other, and yield what was found."""
    order = json.dumps({"chromium": chromium, "runs": runs, "pages": pages})
    node = shutil.which("node") or "node"
    with subprocess.Popen(
        [node, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(order)
        process.stdin.close()
        for line in process.stdout:
            yield Result(**json.loads(line))
    if process.returncode:
        raise RuntimeError("Lighthouse ended with an error; its last lines are above.")
