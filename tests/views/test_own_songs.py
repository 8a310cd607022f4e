"""The songs of a person in views."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict

from tests import media_files
from tests.factories import a_track, a_user
from videos.forms.song import SongUploadForm
from videos.pipeline.rations import RationSpent
from videos.views.own_songs import get_track, is_valid_upload

pytestmark = pytest.mark.django_db


def test_it_is_one_s_own_song_or_none(rf):
    track = a_track()
    request = rf.get("/")
    request.user = track.music_task.owner
    assert get_track(request, track.pk) == track
    request.user = a_user()
    with pytest.raises(Http404):
        get_track(request, track.pk)


def test_only_a_form_with_files_counts_as_an_upload(settings):
    settings.RATION_UPLOADS = (1, 0, 3600)
    owner = a_user()
    cover = SimpleUploadedFile("cover.jpg", media_files.jpeg(64, 64))
    for _ in range(3):
        assert not is_valid_upload(SongUploadForm(QueryDict(), MultiValueDict()), owner)
    files = MultiValueDict({"cover": [cover]})
    assert not is_valid_upload(SongUploadForm(QueryDict(), files), owner)
    with pytest.raises(RationSpent):
        is_valid_upload(SongUploadForm(QueryDict(), files), owner)
