"""The sentence about who made a video."""

import pytest
from pytest_django.fixtures import Settings

from videos.models import MusicTask, Track, Video
from videos.share.provenance import provenance


def made(provider: str = "builtin", operation: str = "upload", **track: str) -> str:
    task = MusicTask(operation_type=operation)
    return provenance(Video(provider=provider, track=Track(music_task=task, **track)))


@pytest.mark.parametrize(
    ("model", "label"),
    [
        ("chirp-v4-5", "v4.5"), ("V4_5PLUS", "v4.5+"), ("V5", "v5"), ("chirp-v3-5", "v3.5"),
        ("chirp-crow", "chirp-crow"),
    ],
)  # fmt: skip
def test_the_model_is_named_as_people_know_it(model: str, label: str, settings: Settings):
    settings.SITE_NAME = "Portal"
    sentence = f"Song made with Suno {label}, film by Portal."
    assert made(operation="generate", model_name=model) == sentence


def test_a_song_of_a_vendor_or_with_sunos_id_is_sunos(settings: Settings):
    settings.SITE_NAME = "Portal"
    assert made("kie", "generate") == "Song made with Suno, film by kie.ai."
    comment = "made with suno; id=01234567-89ab-cdef-0123-456789abcdef"
    assert made(comment=comment) == "Song made with Suno, film by Portal."


def test_of_other_songs_nothing_is_claimed(settings: Settings):
    settings.SITE_NAME = "Portal"
    assert made() == "Film by Portal."
    assert made("gone") == ""
    assert made("gone", "generate") == "Song made with Suno."
