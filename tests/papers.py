"""The papers for people: README, docs/ and their companions, as tests read them."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAPERS = sorted(
    str(path.relative_to(ROOT)) for folder in ("", "docs") for path in (ROOT / folder).glob("*.md")
)
_BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language, "" where it has none, and what is in it."""

    language: str
    code: str


def read(paper: str) -> str:
    return (ROOT / paper).read_text(encoding="utf-8")


def blocks(paper: str, language: str | None = None) -> list[Block]:
    """Return the fenced blocks of a paper, or those of a ``language``."""
    every = [Block(*match.groups()) for match in _BLOCK.finditer(read(paper))]
    return [block for block in every if language in (None, block.language)]


def prose(paper: str) -> str:
    """Return a paper without its fenced blocks."""
    return _BLOCK.sub("", read(paper))


def code_spans(paper: str) -> list[str]:
    """Return what stands in code-quotes in the prose of a paper."""
    return re.findall(r"`([^`\n]+)`", prose(paper))


def links(paper: str) -> list[str]:
    """Return the targets of the links and pictures of a paper."""
    return re.findall(r"\]\(([^)\s]+)\)", prose(paper))


def anchors(paper: str) -> set[str]:
    """Return the anchors of a paper's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+?)\s*$", prose(paper), re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {each.replace(" ", "-") for each in words}


def table(paper: str, first_heading: str) -> list[list[str]]:
    """Return the rows of the table whose first column has this heading, without code-quotes."""
    after = prose(paper).partition(f"\n| {first_heading} |")[2]
    rows = after.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in row.strip("|").split(" | ")] for row in rows]


def commands(paper: str) -> list[str]:
    """Return the commands of the ``sh`` blocks of a paper, in their order."""
    return [command for block in blocks(paper, "sh") for command in _split(block.code)]


def _split(code: str) -> list[str]:
    """Return the commands of a block; one may go over several lines."""
    complete: list[str] = []
    lines: list[str] = []
    for line in code.splitlines():
        lines.append(line)
        if _is_complete("\n".join(lines)):
            complete.append("\n".join(lines))
            lines = []
    assert not lines, f"a command has no end: {lines}"
    return complete


def _is_complete(command: str) -> bool:
    if command.endswith("\\"):
        return False
    check = subprocess.run(["sh", "-n", "-c", command], capture_output=True)
    return check.returncode == 0
