"""Small pictures of films and covers, and teasers of large films.

Those of a film are made with it. Films and covers without any, from before there were such
pictures for instance, are rows with an old ``pictures_version``: a worker makes theirs one after
the other, can be stopped between any two, and goes on where it was.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from videos.media import workspace
from videos.models import RateLimitSlot, Track, Video
from videos.models.track import PICTURES_VERSION, media_path
from videos.pipeline.claim import stopping
from videos.render.errors import CoverError, RenderError
from videos.render.sandbox.child_process import ChildKilled
from videos.render.sandbox.pictures import Pictures, make_pictures_in_child
from videos.render.sandbox.teaser import make_teaser_in_child

logger = logging.getLogger(__name__)

LEASE = 300.0  # seconds that one film or cover may take; another worker then takes over
BATCH = 5  # films and covers that a worker does for one message
COLUMNS = ("preview_picture", "small_poster", "thumbnail", "teaser")


@dataclass(frozen=True)
class Made:
    """How many films and covers got their pictures."""

    films: int = 0
    covers: int = 0


def add_pictures(video: Video, film: Path, poster: Path, folder: Path) -> dict[str, object]:
    """Store the small pictures of a film, and a teaser where one is needed.

    ``film`` and ``poster`` are its files; others are written to ``folder``. Returns the columns of
    the row. A picture that cannot be made is left out: a film without it is better than none. Where
    the child was killed, the row stays without pictures, and a worker makes them later.
    """
    names: dict[str, object] = {"pictures_version": PICTURES_VERSION}
    try:
        pictures = make_pictures_in_child(poster.read_bytes())
    except ChildKilled as error:
        logger.warning("Video %s: no small pictures yet: %s", video.pk, error)
        return {}
    except CoverError as error:
        logger.warning("Video %s: no small pictures: %s", video.pk, error)
        pictures = None
    for column, suffix, content in _files(pictures):
        path = folder / f"{column}{suffix}"
        path.write_bytes(content)
        names[column] = workspace.store(video, path, f"-{column}")
    if teaser := _make_teaser(video, film, folder):
        names["teaser"] = workspace.store(video, teaser, "-teaser")
    return names


def stored_names(columns: Mapping[str, object]) -> list[str]:
    """Return the names of the files among ``columns``."""
    return [str(columns[column]) for column in COLUMNS if column in columns]


def make_next(limit: int = BATCH) -> Made:
    """Make the pictures of at most ``limit`` films and covers that have none.

    One worker does that at a time; the others return at once.
    """
    films = covers = 0
    for _ in range(limit):
        lane = (
            0.0 if stopping.is_set() else RateLimitSlot.objects.acquire_lane("pictures", 1, LEASE)
        )
        if not lane:
            break
        try:
            if video := Video.objects.without_pictures().order_by("pictures_version").first():
                _make_film_pictures(video)
                films += 1
            elif track := Track.objects.without_pictures().order_by("pictures_version").first():
                _make_thumbnail(track)
                covers += 1
            else:
                break
        finally:
            RateLimitSlot.objects.release_lane("pictures", lane)
    return Made(films, covers)


def count_missing() -> int:
    """Return how many films and covers have no small pictures."""
    return Video.objects.without_pictures().count() + Track.objects.without_pictures().count()


def is_any_missing() -> bool:
    """Return whether a film or a cover has no small pictures."""
    return any(rows.without_pictures().exists() for rows in (Video.objects, Track.objects))


def _files(pictures: Pictures | None) -> list[tuple[str, str, bytes]]:
    if pictures is None:
        return []
    return [
        ("preview_picture", ".jpg", pictures.preview),
        ("small_poster", ".webp", pictures.poster),
        ("thumbnail", ".webp", pictures.thumbnail),
    ]


def _make_teaser(video: Video, film: Path, folder: Path) -> Path | None:
    """Return a teaser of a film that is too large for link previews, None for others."""
    if film.stat().st_size <= settings.MAX_PREVIEW_FILM_BYTES:
        return None
    teaser = folder / "teaser.mp4"
    try:
        teaser.write_bytes(make_teaser_in_child(film))
    except RenderError as error:
        logger.info("Video %s: no teaser: %s", video.pk, error)
        return None
    return teaser


def _make_film_pictures(video: Video) -> None:
    """Make the pictures of a stored film; what it had before is deleted."""
    before = [str(getattr(video, column).name) for column in COLUMNS if getattr(video, column)]
    columns: dict[str, object] = {"pictures_version": PICTURES_VERSION}
    with TemporaryDirectory(prefix="pictures-", dir=_scratch()) as name:
        folder = Path(name)
        try:
            poster = workspace.get_local_path(video.poster, folder)
            film = workspace.get_local_path(video.film, folder) if _is_large(video) else poster
            if poster and film:
                columns |= add_pictures(video, film, poster, folder)
        except FileNotFoundError:
            logger.warning("Video %s: its files are gone", video.pk)
        rows = Video.objects.filter(pk=video.pk, film=str(video.film.name))
        if not rows.update(**columns):  # deleted or made again meanwhile
            before = stored_names(columns)
    for file in before:
        default_storage.delete(file)


def _is_large(video: Video) -> bool:
    """Return whether the film itself is needed, which a remote storage would have to send."""
    return (video.size or 0) > settings.MAX_PREVIEW_FILM_BYTES


def _make_thumbnail(track: Track) -> None:
    before, columns = str(track.thumbnail.name or ""), {}
    try:
        with track.cover.open("rb") as file:
            thumbnail = make_pictures_in_child(file.read()).thumbnail
        path = media_path(track, "thumbnail.webp")
        columns["thumbnail"] = default_storage.save(path, ContentFile(thumbnail))
    except (CoverError, ChildKilled, FileNotFoundError) as error:
        logger.info("Track %s: no thumbnail: %s", track.pk, error)
    rows = Track.objects.filter(pk=track.pk, cover=str(track.cover.name))
    if not rows.update(pictures_version=PICTURES_VERSION, **columns):
        before = columns.get("thumbnail", "")
    if before:
        default_storage.delete(before)


def _scratch() -> Path:
    folder = Path(settings.SCRATCH_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
