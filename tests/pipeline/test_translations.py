"""Words below the lines of a film."""

import pytest

from tests.factories import a_playable_track
from videos.pipeline.assets import delete_asset
from videos.pipeline.translations import lyrics_of, read_translation, store_translation
from videos.providers.errors import MediaError
from videos.render.lyrics import LyricsError

pytestmark = pytest.mark.django_db

LYRICS = "[00:01.00]La luna\n[00:04.00]El mar"


@pytest.fixture
def track():
    return a_playable_track(lyrics=LYRICS, lyrics_offset=500)


def test_the_film_has_them_below_its_lines_at_the_song_s_offset(track):
    owner = track.music_task.owner
    text = "[00:01.00]The moon\n[00:04.00]The sea"
    asset, again = (store_translation(owner, text) for _ in range(2))
    assert asset == again
    assert (asset.kind, read_translation(asset)) == ("translation", text)
    lines = lyrics_of(track, asset.pk.hex)
    assert [(line.start, line.text) for line in lines] == [
        (1.5, "La luna"),
        (1.5, "The moon"),
        (4.5, "El mar"),
        (4.5, "The sea"),
    ]
    assert len(lyrics_of(track)) == 2


def test_what_does_not_fit_or_is_gone_has_a_sentence(track):
    asset = store_translation(track.music_task.owner, "The moon")
    with pytest.raises(LyricsError, match="each line needs one"):
        lyrics_of(track, asset.pk.hex)
    key = asset.pk.hex
    delete_asset(asset)
    with pytest.raises(MediaError, match="was deleted"):
        lyrics_of(track, key)
