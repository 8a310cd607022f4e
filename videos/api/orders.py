"""Placing an order for a film, whatever the words in which it came."""

import hashlib
from dataclasses import astuple, dataclass

from videos import pipeline
from videos.api import rate_limits
from videos.api.errors import EXISTS, INVALID, NOT_FOUND, Refused, invalid
from videos.api.security import ApiRequest, writer
from videos.forms.fields import one_line
from videos.forms.vendor import IS_ID, LONGEST_ID
from videos.models import Track, User, Video
from videos.models.called_back import CallbackFamily
from videos.models.styled import Styled
from videos.models.vendor_task import BUILTIN
from videos.providers.registry import vendor
from videos.statuses import MusicStatus


@dataclass(frozen=True)
class Wish:
    """What makes two orders the same: the track, who makes the film, and how it is to look."""

    task_id: str
    audio_id: str
    author: str
    domain_name: str
    provider: str = BUILTIN
    format: str = Styled.Format.WIDE.value
    look: str = Styled.Look.GLOW.value


@dataclass(frozen=True)
class Names:
    """What the family that orders calls the track."""

    task: str
    track: str


def place(
    request: ApiRequest, wish: Wish, callback_url: str, family: CallbackFamily, names: Names
) -> Video:
    """Order the film and return its row; raises ``Refused``, of a repeat with the first's row."""
    owner = writer(request)
    track = _track(owner, wish, names)
    maker = _maker(track, wish)
    key = _key(track, wish, maker)
    there = Video.objects.same_order(owner, track, maker, key)
    if first := there.first():
        raise AlreadyThere(first)
    rate_limits.order(request.auth)
    video, is_new = pipeline.order(
        owner,
        track,
        provider=maker,
        format=wish.format,
        author=one_line(wish.author),
        domain_name=one_line(wish.domain_name),
        callback_url=callback_url,
        callback_family=family if callback_url else CallbackFamily.NONE,
        order_key=key,
        look=wish.look,
    )
    if not is_new:
        raise AlreadyThere(video)
    return video


class AlreadyThere(Refused):
    """The film of this order is there, or being made."""

    def __init__(self, video: Video) -> None:
        super().__init__(EXISTS, "Mp4 record already exists.")
        self.video = video


def _track(owner: User, wish: Wish, names: Names) -> Track:
    """Return the track of ``owner``; one that only a vendor knows is taken at its ids' word."""
    mine = Track.objects.for_user(owner).select_related("music_task")
    of_task = mine.filter(music_task__task_id=wish.task_id)
    if found := of_task.filter(audio_id=wish.audio_id).first():
        return found
    if wish.provider != BUILTIN and vendor(wish.provider):
        for name, each in ((names.task, wish.task_id), (names.track, wish.audio_id)):
            if len(each) > LONGEST_ID or not IS_ID.regex.match(each):  # type: ignore[union-attr]
                raise invalid(name, "it is no id.")
        return pipeline.song_by_hand(owner, wish.provider, wish.task_id, wish.audio_id)
    field = names.track if of_task.exists() else names.task
    raise Refused(NOT_FOUND, f"{field}: nothing here has this id.")


def _maker(track: Track, wish: Wish) -> str:
    """Return who makes the film; raises ``Refused`` where they cannot.

    Of what only its vendor can play, the vendor makes it although nobody was named.
    """
    task = track.music_task
    if task.status == MusicStatus.GENERATE_AUDIO_FAILED:
        raise Refused(INVALID, f"The song of this task is not there: {task.error_message}")
    able = [each.key for each in pipeline.providers_for(track)]
    if wish.provider in able:
        return wish.provider
    if wish.provider == BUILTIN and able:
        return able[0]
    if wish.provider == BUILTIN:
        raise Refused(INVALID, "Of this song only the ids are known: there is nothing to hear.")
    raise invalid("provider", "it is not set up here, or did not make this song.")


def _key(track: Track, wish: Wish, maker: str) -> str:
    said = "\0".join((str(track.pk), maker, *astuple(wish)))
    return hashlib.sha256(said.encode()).hexdigest()
