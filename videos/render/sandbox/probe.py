"""Hearing a song out in a process of its own, so that a hostile file can crash nothing but that.

The process is this module: ``python -m videos.render.sandbox.probe FILE SECONDS FOLDER BYTES``.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from videos.render.audio.analysis_cache import Memory, recall
from videos.render.audio.decoding import LONGEST, UNREADABLE, AudioError, AudioInfo, described
from videos.render.sandbox.film_process import ROOT, bare_environment
from videos.render.scene import FPS

PATIENCE = 120.0
"""Seconds, by the clock and of a processor, after which no file deserves to be heard on."""


def probe_apart(path: Path, memory: Memory, longest: float = LONGEST) -> AudioInfo:
    """Tell what is in a song, and keep in `memory` what a film or a preview need to know of it.

    It is heard in a child process. Raises AudioError like `audio.probe`, also where that crashes.
    """
    module = [sys.executable, "-m", "videos.render.sandbox.probe"]
    kept = [str(memory.folder.absolute()), str(memory.most)]
    command = [*module, str(path.absolute()), str(longest), *kept]
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


def main(path: str, longest: str, folder: str, most: str) -> None:
    """Print what is in the file, or what is wrong with it, as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE)))
    try:
        told = asdict(_heard(Path(path), float(longest), Memory(Path(folder), int(most))))
    except AudioError as error:
        told = {"error": str(error)}
    except OSError as error:
        told = {"error": f"There was no room to listen to this file: {error.strerror}."}
    print(json.dumps(told))


def _heard(path: Path, longest: float, memory: Memory) -> AudioInfo:
    analysis, digest = recall(path, FPS, memory, lambda fraction: None, longest)
    info = described(path, analysis.duration, analysis.measure.integrated)
    return replace(info, digest=digest)


if __name__ == "__main__":
    main(*sys.argv[1:])
