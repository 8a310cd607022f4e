"""The secret key of a development machine: generated once, readable by its owner only.

Commands use it as well, so that they work after ``make run`` without any variable. A server does
not: without DEBUG it starts with a key of its own only.
"""

import os
import secrets
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def development_secret_key(path: Path) -> str:
    """Return the key in the file ``path``; the first call creates the file (mode 0600).

    Two processes that start together use the same key: the file is written under a temporary name
    and linked into place, which fails for the second process.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text(encoding="ascii").strip()


def is_command() -> bool:
    """Return whether this process is a command (``manage.py …``) and no server."""
    return Path(sys.argv[0]).name == "manage.py" and "runserver" not in sys.argv[1:2]
