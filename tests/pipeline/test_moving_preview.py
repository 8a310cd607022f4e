"""Moving previews of films that are not ordered yet."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tests.factories import a_playable_track, a_track
from videos import pipeline
from videos.models import Track
from videos.pipeline.moving_preview import find_moving_preview, make_moving_preview
from videos.providers.errors import MediaError
from videos.render.options import StyleOptions

pytestmark = pytest.mark.django_db


def request_of(track: Track, **style: object) -> pipeline.OrderRequest:
    return pipeline.OrderRequest(
        track=track,
        provider="builtin",
        author="Ada",
        domain_name="example.com",
        style=StyleOptions.parse(style),
    )


def test_it_is_made_once_for_the_options_that_show(settings):
    track = a_playable_track()
    request = request_of(track, format="1:1")
    assert find_moving_preview(request) is None
    film = make_moving_preview(request)
    assert film.read_bytes()[4:8] == b"ftyp"
    assert list(Path(django_settings.SCRATCH_DIR).glob("moving-*")) == []
    # It is as small as a film can be, whatever is ordered
    larger = request_of(track, format="1:1", resolution=1080, fps=60)
    assert find_moving_preview(request) == find_moving_preview(larger) == film
    others = [
        replace(request, author="Bo"),
        replace(request, clip="0:00-0:03"),
        request_of(track, format="1:1", look="wave"),
        request_of(track, format="1:1", sound="source"),
        request_of(a_playable_track(audio_digest="ab" * 16), format="1:1"),
    ]
    assert [find_moving_preview(other) for other in others] == [None] * len(others)
    track.lyrics = "A line"
    assert find_moving_preview(request) is None


def test_a_song_that_is_still_being_fetched_is_told_in_a_sentence():
    track = a_track(audio_url="https://songs.example.com/song.mp3")
    track.music_task.operation_type = "upload"
    with pytest.raises(MediaError, match=r"\.$"):
        make_moving_preview(request_of(track))
