"""Which stored files rows refer to."""

import pytest

from tests.factories import a_finished_video, a_playable_track, a_user
from videos.media.references import referenced_names
from videos.models import AccountExport


@pytest.mark.django_db
def test_files_of_every_kind_of_row_are_named():
    video, track = a_finished_video(), a_playable_track()
    AccountExport.objects.create(owner=a_user(), file="exports/1.zip")
    fields = (video.film, video.poster, track.audio, track.cover)
    assert sorted(referenced_names()) == sorted([*(f.name for f in fields), "exports/1.zip"])
