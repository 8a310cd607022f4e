"""What the form of a new video begins with: a person's defaults, or the settings of a film."""

from collections.abc import Mapping

from videos.forms.clip import TIMES
from videos.models import Asset, User, Video
from videos.render.clips import CANVAS, CLIP_LENGTHS, format_clip_time, parse_clip
from videos.render.options import OPTIONS, Option

# The options that a person can have defaults of
DEFAULT_OPTIONS = ("look", "format", "accent", "second_accent")


def defaults_of(user: User) -> dict[str, object]:
    """Return the fields of a new video that ``user`` has defaults of; formats are a list.

    What was an option once and is none now is left out.
    """
    stored = user.film_defaults or {}
    options = {option.name: option for option in OPTIONS if option.name in DEFAULT_OPTIONS}
    values: dict[str, object] = {}
    for name, option in options.items():
        chosen = stored.get(name) or []
        several = [str(each) for each in (chosen if isinstance(chosen, list) else [chosen])]
        valid = [each for each in several if _is_valid(option, each)]
        if valid:
            values[name] = valid if name == "format" else valid[0]
    return {"author": user.author, "domain_name": user.domain_name, **values}


def settings_of(video: Video) -> dict[str, object]:
    """Return the fields of a new video that make a film like ``video`` of another song."""
    values: dict[str, object] = {
        **video.style.values(),
        "format": [video.format],
        "domain_name": video.domain_name,
        "assets": video.backdrop,
        "logo": " ".join(asset.pk.hex for asset in _assets(video, video.logo)),
        **_clip_fields(video.clip),
    }
    if video.author != video.track.suggested_author:  # an artist signs their own songs only
        values["author"] = video.author
    return values


def backdrop_of(video: Video) -> list[Asset]:
    """Return the pictures or the loop of ``video`` that are still here."""
    return _assets(video, video.backdrop)


def _assets(video: Video, ids: str) -> list[Asset]:
    return Asset.objects.for_user(video.owner).in_order(ids.split())


def _clip_fields(text: str) -> Mapping[str, str]:
    if text in {"", CANVAS, *map(str, CLIP_LENGTHS)}:
        return {"clip": text}
    clip = parse_clip(text)
    if clip is None or clip.start is None:
        return {}
    end = format_clip_time(clip.start + clip.length)
    return {"clip": TIMES, "clip_from": format_clip_time(clip.start), "clip_to": end}


def _is_valid(option: Option, value: str) -> bool:
    try:
        option.parse(value)
    except ValueError:
        return False
    return True
