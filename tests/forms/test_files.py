"""The files of a form: what they may be, and how large."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import media_files
from tests.forms.uploads import form_of, upload
from videos.forms.song import SongUploadForm
from videos.models import Track

pytestmark = pytest.mark.django_db


CONCAT = b"ffconcat version 1.0\nfile /etc/passwd\n"


HLS = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.mp3"), (b"just words", "a.mp3"), (b"ID3\x04" + b"\0" * 50, "a.mp3"),
     (media_files.wav()[:30], "a.wav"), (HLS, "a.mp3"), (CONCAT, "a.mp3"),
     (media_files.jpeg(), "a.mp3"), (media_files.mp4(), "a.m4a"), (b"\x1aE\xdf\xa3", "a.ogg")],
)  # fmt: skip
def test_what_is_no_song_gets_a_sentence_beside_the_field(data, name):
    form = form_of(upload(data, name), {"title": "Typed", "lyrics": "la la"})
    assert not form.is_valid()
    assert list(form.errors) == ["audio"]
    assert form.errors["audio"][0].endswith(".")
    assert (form["title"].value(), form["lyrics"].value()) == ("Typed", "la la")
    assert not Track.objects.exists()


def test_no_file_at_all_gets_a_sentence():
    assert SongUploadForm({}, {}).errors["audio"] == ["This field is required."]


def test_it_refuses_a_song_that_is_too_long(settings):
    settings.MAX_AUDIO_SECONDS = 60
    assert "1 minutes" in form_of(upload(media_files.wav(60.2))).errors["audio"][0]
    assert form_of(upload(media_files.wav(60.0))).is_valid()


def test_it_refuses_a_file_that_is_too_large_without_opening_it(settings, monkeypatch):
    settings.MAX_AUDIO_BYTES = 1024 * 1024

    def probe(*args):
        raise AssertionError("opened")

    monkeypatch.setattr("videos.forms.files.probe_in_child", probe)
    form = form_of(upload(b"RIFF" + b"\0" * 1024 * 1024))
    assert form.errors["audio"] == ["This file has 2 MB; 1 MB are the limit."]


def test_each_file_has_its_own_limit_and_sentence(settings):
    settings.MAX_COVER_BYTES = 1024 * 1024
    form = form_of(
        cover=SimpleUploadedFile("c.jpg", b"\0" * (1024 * 1024 + 1)),
        lyrics_file=SimpleUploadedFile("l.txt", b"a" * (1024 * 1024 + 1)),
    )
    assert form.errors["cover"] == ["This file has 2 MB; 1 MB are the limit."]
    assert form.errors["lyrics_file"] == ["This file has 2 MB; 1 MB are the limit."]
    wrong = form_of(
        cover=SimpleUploadedFile("c.jpg", b"nothing"),
        lyrics_file=SimpleUploadedFile("l.txt", b"\0\1\2\xff" * 99),
    )
    assert set(wrong.errors) == {"cover", "lyrics_file"}


def test_fields_tell_the_page_their_limits():
    audio = SongUploadForm().fields["audio"].widget.attrs
    assert audio["data-maxbytes"] == str(200 * 1024 * 1024)
    assert ".opus" in audio["accept"]
