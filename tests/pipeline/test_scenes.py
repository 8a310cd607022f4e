"""What the renderer is told of an order."""

from pathlib import Path

import pytest

from tests.factories import a_playable_track, a_video
from tests.pipeline.test_logos import logo
from videos import pipeline
from videos.models import Track
from videos.pipeline.scenes import load_scene, scene_of
from videos.pipeline.translations import store_translation
from videos.providers.errors import MediaError


def test_lyrics_move_by_their_offset():
    def starts(offset: int) -> list[float]:
        lyrics = "[00:00.10]One\n[00:00.60]Two"
        track = Track(lyrics=lyrics, lyrics_offset=offset, duration=1.0)
        request = pipeline.OrderRequest(track, "builtin", "Ada", "example.com")
        return [line.start for line in scene_of(request, Path("song.wav"), None).lyrics]

    assert starts(0) == [0.1, 0.6]
    assert starts(200) == pytest.approx([0.3, 0.8])


def test_the_tags_of_a_song_choose_what_is_drawn_for_one_without_a_cover():
    track = Track(tags="hard rock, female vocals", duration=1.0)
    request = pipeline.OrderRequest(track, "builtin", "Ada", "example.com")
    assert scene_of(request, Path("song.wav"), None).genre == "hard rock, female vocals"


@pytest.mark.django_db
def test_logo_and_translation_come_along_and_one_that_does_not_fit_has_a_sentence(tmp_path):
    track = a_playable_track(lyrics="[00:01.00]La luna")
    owner = track.music_task.owner
    files = {
        "logo": pipeline.store_logo(owner, logo()).pk.hex,
        "translation": store_translation(owner, "The moon").pk.hex,
    }
    video = a_video(owner, track=track, **files)
    scene = load_scene(video, Path("song.wav"), tmp_path)
    assert scene.logo
    assert scene.logo.suffix == ".png"
    assert [line.text for line in scene.lyrics] == ["La luna", "The moon"]
    track.lyrics = "[00:01.00]La luna\n[00:02.00]El mar"
    video.track = track
    with pytest.raises(MediaError, match="each line needs one"):
        load_scene(video, Path("song.wav"), tmp_path)
