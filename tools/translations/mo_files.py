"""Compiles catalogues as programs read them (``.mo``; gettext's manual, section 10.3)."""

import struct
from collections.abc import Iterable, Mapping

from tools.translations.extraction import Message

MAGIC = 0x950412DE
HEADER_SIZE = 28  # bytes


def compile_mo(catalogue: Mapping[Message, Iterable[str]], header: str) -> bytes:
    """Return the catalogue as a ``.mo`` file, which is the same for the same translations."""
    texts = {b"": header.encode()}
    for message, forms in catalogue.items():
        context = f"{message.context}\x04" if message.context else ""
        plural = f"\0{message.plural}" if message.plural else ""
        texts[f"{context}{message.text}{plural}".encode()] = "\0".join(forms).encode()
    keys = sorted(texts)
    tables = HEADER_SIZE + 16 * len(keys)
    body, rows = b"", []
    for part in (keys, [texts[key] for key in keys]):
        for text in part:
            rows.append((len(text), tables + len(body)))
            body += text + b"\0"
    head = struct.pack(
        "<7I", MAGIC, 0, len(keys), HEADER_SIZE, HEADER_SIZE + 8 * len(keys), 0, tables
    )
    return head + b"".join(struct.pack("<2I", *row) for row in rows) + body
