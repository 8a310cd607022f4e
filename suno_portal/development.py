"""The secret key of a development machine: made once, readable by its owner only."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def development_secret_key(path: Path) -> str:
    """Return the key kept at ``path``, making the file (mode 0600) at the first call.

    Two processes that start together agree on one key: the file is made complete under a
    temporary name and linked into place, which fails for whoever comes second.
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
