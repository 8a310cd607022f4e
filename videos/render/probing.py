"""Hearing a song out in a process of its own, so that a hostile file can crash nothing but that.

The process is this module: ``python -m videos.render.probing FILE SECONDS``.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from videos.render.audio import LONGEST, UNREADABLE, AudioError, AudioInfo, probe
from videos.render.process import ROOT, bare_environment

PATIENCE = 120.0
"""Seconds, by the clock and of a processor, after which no file deserves to be heard on."""


def probe_apart(path: Path, longest: float = LONGEST) -> AudioInfo:
    """Do what `audio.probe` does in a child process. Raises AudioError, also where that crashes."""
    command = [sys.executable, "-m", "videos.render.probing", str(path.absolute()), str(longest)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, cwd=ROOT, env=bare_environment(), capture_output=True, timeout=PATIENCE
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise AudioError(UNREADABLE) from error
    if "error" in told:
        raise AudioError(told["error"])
    return AudioInfo(**told)


def main(path: str, longest: str) -> None:
    """Print what `probe` tells of the file, or what is wrong with it, as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE)))
    try:
        told = asdict(probe(Path(path), float(longest)))
    except AudioError as error:
        told = {"error": str(error)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
