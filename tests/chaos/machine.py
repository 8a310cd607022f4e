"""A second machine: a network namespace, whose cable can be pulled."""

import contextlib
import ctypes
import os
import subprocess
from itertools import count

CLONE_NEWNET = 0x40000000  # of Linux; Python 3.11 has no os.unshare

_numbers = count(os.getpid() % 200)


def ip(*words: str) -> None:
    """Call Linux' program for the network, which needs root."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


def use_own_network() -> None:
    """Give this process a network of its own: browsers break off where a machine's one changes."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "No network of its own is to be had")
    ip("link", "set", "lo", "up")


class Machine:
    """Processes there reach this machine at ``address_here``; use it in a ``with`` statement."""

    def __init__(self) -> None:
        number = next(_numbers) % 250 + 2
        self.name = f"chaos-{os.getpid()}"
        self.cable, self._other_end = f"chaos{number}a", f"chaos{number}b"
        self.address_here, self._address_there = f"10.213.{number}.1", f"10.213.{number}.2"

    @property
    def prefix(self) -> list[str]:
        """The words before a command that runs there."""
        return ["ip", "netns", "exec", self.name]

    def __enter__(self) -> "Machine":
        """Build it and plug the cable in."""
        ip("netns", "add", self.name)
        ip("link", "add", self.cable, "type", "veth", "peer", "name", self._other_end)
        ip("link", "set", self._other_end, "netns", self.name)
        ip("addr", "add", f"{self.address_here}/24", "dev", self.cable)
        ip("link", "set", self.cable, "up")
        there = ("netns", "exec", self.name, "ip")
        ip(*there, "addr", "add", f"{self._address_there}/24", "dev", self._other_end)
        ip(*there, "link", "set", self._other_end, "up")
        ip(*there, "link", "set", "lo", "up")
        return self

    def __exit__(self, *error: object) -> None:
        """Take it apart."""
        for words in (("link", "del", self.cable), ("netns", "del", self.name)):
            with contextlib.suppress(subprocess.CalledProcessError):
                ip(*words)

    def cut(self) -> None:
        """Pull the cable: what is sent is lost, and nobody is told."""
        ip("link", "set", self.cable, "down")

    def mend(self) -> None:
        """Plug the cable in again."""
        ip("link", "set", self.cable, "up")
