"""The secret key of a development machine: generated once, readable by its owner only."""

import os
import secrets
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
