"""What a child process answers: a line of JSON, and perhaps a file after it."""

import json
from collections.abc import Mapping
from typing import Any


def encode_answer(fields: Mapping[str, object], attachment: bytes | None = None) -> bytes:
    """Return ``fields``, which JSON can hold, and a file."""
    return json.dumps(fields).encode("ascii") + b"\n" + (attachment or b"")


def decode_answer(answer: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the fields and the file, b"" for none, of ``encode_answer``.

    Raises ValueError for anything else: a child may have crashed, or be in other hands.
    """
    line, _, attachment = answer.partition(b"\n")
    try:
        fields = json.loads(line)
    except RecursionError as error:
        raise ValueError("A child process answers with too deep JSON.") from error
    if not isinstance(fields, dict):
        raise ValueError("A child process does not answer with fields.")
    return fields, attachment
