"""Songs with tags."""

from pathlib import Path

from mutagen.id3 import ID3

from tests import media_files

LYRICS = "[Verse]\nNight over town\nand the rain comes down"


LRC = "[00:01.00]Night over town\n[00:02.50]and the rain comes down"


def save_id3(path: Path, *frames: object, **options: object) -> Path:
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(path, **options)
    return path


COVER = media_files.jpeg(40, 40)


SUNO = "made with suno; created=2026-11-01T10:00:00Z; id=00000000-0000-4000-8000-000000000000"
