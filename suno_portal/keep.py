"""Keep one process of the Procfile alive: ``python suno_portal/keep.py COMMAND [ARGUMENT …]``.

honcho stops everything when one process ends. A worker that was killed should come back instead,
as it would under systemd or Kubernetes. This runs as a plain script and imports nothing of ours, so
that it costs neither memory nor time.
"""

import signal
import subprocess
import sys
import threading

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before a process that broke is started again


def main(command: list[str]) -> int:
    """Run ``command`` until it ends in order or we are told to stop; return its exit code."""
    told_to_stop = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def stop(number: int, frame: object) -> None:
        told_to_stop.set()
        for process in running:
            process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    wait = FIRST_WAIT
    while True:
        process = subprocess.Popen(command)  # noqa: S603 - the Procfile's own words
        running[:] = [process]
        code = process.wait()
        if told_to_stop.is_set() or code == 0:
            return max(code, 0)
        print(f"{command[0]} ended with {code}; it starts again in {wait:g} s", flush=True)
        if told_to_stop.wait(wait):
            return 0
        wait = min(wait * 2, LONGEST_WAIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
