"""The results as a table, in the Markdown that the README has."""

from collections.abc import Iterable, Mapping

HEADS = (
    "way",
    "× real time",
    "of its floor",
    "CPU s a minute",
    "peak MB",
    "file MB",
    "quality: mean, worst",
)


def table(rows: Iterable[Mapping[str, object]]) -> str:
    """Return a line for each of the rows of `Result.row`."""
    lines = [HEADS, tuple("---" for _ in HEADS), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Mapping[str, object]) -> tuple[str, ...]:
    told = [row[key] for key in ("way", "speed", "of_floor", "cpu_a_minute", "peak_mb", "file_mb")]
    quality = row["quality"]
    scores = "–"
    if isinstance(quality, dict):
        digits = 1 if quality["measure"] == "VMAF" else 3
        scores = "{measure} {mean:.{digits}f}, {worst:.{digits}f}".format(**quality, digits=digits)
    return (*("–" if cell is None else str(cell) for cell in told), scores)
