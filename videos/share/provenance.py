"""Where a video comes from, in a sentence for its visitors."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from videos.models import Track, Video
from videos.vendors import VENDORS

# As vendors call Suno's models: "chirp-v4-5", "V4_5PLUS"
_VERSION = re.compile(r"(?:chirp-)?v(\d)(?:[-_.](\d))?(plus|\+)?", re.IGNORECASE)


def provenance(video: Video) -> str:
    """Return who made the song and who the film, as far as we know."""
    song = _song_maker(video.track)
    film = settings.SITE_NAME if video.is_rendered_here else vendor_label(video.provider)
    if song and film:
        return _("Song made with %(song)s, film by %(film)s.") % {"song": song, "film": film}
    if film:
        return _("Film by %(film)s.") % {"film": film}
    return _("Song made with %(song)s.") % {"song": song} if song else ""


def _song_maker(track: Track) -> str:
    """Return Suno's name with the model; "" for a song that may be made by anybody."""
    if track.model_name:
        return f"Suno {_model_label(track.model_name)}"
    return "Suno" if track.suno_id or not track.music_task.is_uploaded else ""


def _model_label(name: str) -> str:
    match = _VERSION.fullmatch(name)
    if match is None:
        return name
    major, minor, plus = match.groups()
    return f"v{major}{f'.{minor}' if minor else ''}{'+' if plus else ''}"


def vendor_label(provider: str) -> str:
    """Return the name of a vendor, "" for our renderer."""
    return VENDORS[provider].label if provider in VENDORS else ""
