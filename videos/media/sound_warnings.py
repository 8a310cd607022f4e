"""What is missing in the sound of a song, in sentences for people."""

from django.utils.translation import gettext as _

from videos.media.durations import clock
from videos.models import Track
from videos.render.audio.info import MAX_MISSING_SECONDS

MIN_SILENCE = 0.1  # seconds: less than that is not worth a sentence


def sound_warnings(track: Track) -> list[str]:
    """Return a sentence for each thing that is missing in the sound of ``track``."""
    warnings = []
    duration, declared = track.duration or 0.0, track.declared_duration
    if declared is not None and declared - duration > MAX_MISSING_SECONDS:
        text = _(
            "This file ends after %(heard)s, though it should last %(promised)s: it may have been "
            "copied only in part."
        )
        warnings.append(text % {"heard": clock(duration), "promised": clock(declared)})
    elif track.ends_early:
        warnings.append(_("This file breaks off at its end: it may have been copied only in part."))
    if track.silence >= MIN_SILENCE:
        text = _("%(seconds)s seconds within this song are damaged: the video is silent there.")
        warnings.append(text % {"seconds": f"{track.silence:.1f}"})
    return warnings
