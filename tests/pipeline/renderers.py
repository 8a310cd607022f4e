"""Functions in place of the renderer, and orders for it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import a_playable_track
from videos import pipeline
from videos.models import Video
from videos.render.scene import Film, Scene

Renderer = Callable[..., Film]


def film_at(output: Path) -> Film:
    poster = output.with_suffix(".jpg")
    output.write_bytes(b"film")
    poster.write_bytes(b"poster")
    return Film(output, 1280, 720, 61.5, 4, poster)


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def works(scene: Scene, output: Path, **options: object) -> Film:
    return film_at(output)


def make_due(video: Video) -> None:
    Video.objects.filter(pk=video.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def order(**fields: object) -> Video:
    track = fields.pop("track", None) or a_playable_track()
    values = {"provider": "builtin", "author": "Ada", "domain_name": "example.com", **fields}
    request = pipeline.OrderRequest(track=track, **values)
    return pipeline.order(track.music_task.owner, request)[0]
