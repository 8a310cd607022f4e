"""Single frames of films that nobody has ordered yet."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from videos.media import workspace
from videos.models import Track
from videos.pipeline.rendering import song_of
from videos.pipeline.song_analysis import have_heard
from videos.providers.base import Order
from videos.providers.registry import builtin

NO_SOUND = Path("unheard")  # what was heard is known by its digest
USUAL_LENGTH = 180.0  # seconds of a song whose length nobody knows


def still(
    track: Track,
    share: float,
    *,
    format: str,
    author: str,
    domain_name: str,
    look: str,
    section_tags: bool,
) -> bytes:
    """Return the frame at ``share`` (0 to 1) of a film of ``track`` as a JPEG.

    Until a worker has heard the song, its bars dance to an imagined one. Raises ``ProviderError``.
    """
    have_heard(track)
    length = track.duration or USUAL_LENGTH
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="still-", dir=settings.SCRATCH_DIR) as folder:
        song = song_of(track, NO_SOUND, workspace.local_copy(track.cover, Path(folder)))
        order = Order(song, author, domain_name, format, look=look, section_tags=section_tags)
        return builtin().still(order, share * length, length, track.audio_digest)
