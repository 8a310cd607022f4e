"""The portal that is audited: with the demo and every kind of page, as it runs on a server."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.stack import Stack

SERVER = {"DEBUG": "false", "SECURE": "false", "WEB_PROCESSES": "2"}


@dataclass(frozen=True)
class Address:
    """A page of the portal, and the session that opens it, "" for a visitor's."""

    name: str
    url: str
    session: str
    status: int

    def in_language(self, language: str) -> str:
        """Return its address in a language."""
        return f"{self.url}{'&' if '?' in self.url else '?'}lang={language}"


@contextlib.contextmanager
def running_portal() -> Iterator[list[Address]]:
    """Start a portal with a folder and a port of its own, and yield its pages."""
    with tempfile.TemporaryDirectory(prefix="suno-portal-audit-") as folder:
        os.environ |= {"RUN_FOLDER": folder, "DEBUG": "true"}
        stack = Stack(Path(folder) / "portal", SIGNUP="open")
        stack.prepare()
        pages = json.loads(stack.seed("add_audited_pages"))
        key = (stack.folder / "secret_key").read_text(encoding="ascii").strip()
        stack.environment |= {**SERVER, "SECRET_KEY": key}
        stack.manage("collectstatic", "--no-input", "-v0")
        stack.start("web")
        try:
            yield [
                Address(
                    page["name"],
                    stack.url + page["path"],
                    stack.session_of(page["account"]) if page["account"] else "",
                    page["status"],
                )
                for page in pages
            ]
        finally:
            stack.kill_everything()
