"""``make chaos``: mixed faults for some minutes on each stack, and what must hold afterwards.

    SEED=7 MINUTES=5 FAULTS=200 python -m tests.chaos sqlite redis rabbitmq

The same SEED does the same faults to the same orders; how they meet is the machine's matter.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.chaos.machine import use_own_network
from tests.chaos.servers import POSTGRES_BIN, RABBITMQ
from tests.chaos.site import STACKS, Site

PREFIX = "suno-portal-chaos-"


def may_mount() -> bool:
    """Return whether this account may mount a file system."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
        return True


def why_not(stack: str) -> str:
    """Return why a stack cannot be put to the test on this machine, "" where it can."""
    if not may_mount():
        return "a small disk and a second machine need root"
    if stack == "sqlite":
        return ""
    if POSTGRES_BIN is None:
        return "PostgreSQL was not found"
    if stack == "redis" and not shutil.which("redis-server"):
        return "Redis was not found"
    if stack == "rabbitmq" and RABBITMQ is None:
        return "RabbitMQ was not found"
    return ""


def run_one(stack: str) -> int:
    """Run one stack in this process; return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that all that was started ends
    use_own_network()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o755)  # PostgreSQL is another account
    os.environ |= {"RUN_FOLDER": str(folder), "DEBUG": "true"}
    keep = bool(os.environ.get("KEEP"))
    try:
        with Site(folder / "site", stack) as site:
            os.environ |= {**site.stack.environment, "TMPDIR": tempfile.gettempdir()}
            from tests.chaos.trial import Trial  # needs the settings of this site

            trial = Trial(
                site,
                seed=int(os.environ.get("SEED") or 1),
                seconds=60 * float(os.environ.get("MINUTES") or 5),
                faults=int(os.environ.get("FAULTS") or 0) or None,
                settling=float(os.environ.get("SETTLING") or 120),
            )
            problems = trial.run()
            if keep or problems:
                logs = folder / "logs"
                shutil.copytree(site.log_folder, logs)
                trial.write(logs)
                print(f"Its logs are in {logs}")
    finally:
        shutil.rmtree(folder / "site", ignore_errors=True)
        if not (folder / "logs").exists():
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if problems else 0


def main() -> int:
    """Run the stacks one after the other, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("stacks", nargs="*", choices=[*STACKS, []], default=[*STACKS])
    stacks = parser.parse_args().stacks
    codes = []
    for stack in stacks:
        if reason := why_not(stack):
            print(f"{stack}: left out: {reason}", flush=True)
        elif len(stacks) == 1:
            codes.append(run_one(stack))
        else:
            command = [sys.executable, "-m", "tests.chaos", stack]
            codes.append(subprocess.run(command, check=False).returncode)
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main())
