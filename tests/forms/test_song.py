"""The forms of songs: what they accept, and their sentences for what they do not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from mutagen.id3 import APIC, TIT2
from PIL import Image

from tests import media_files, tagged_songs
from tests.factories import a_playable_track, a_user
from tests.joined_names import FAMILY, JOINED_NAMES
from videos.forms.song import SongEditForm, SongUploadForm
from videos.media.sound_warnings import sound_warnings
from videos.models import MusicTask, Track
from videos.render.covers import ACCEPT, FORMAT_NAMES
from videos.statuses import MusicStatus

pytestmark = pytest.mark.django_db


uploads: list[TemporaryUploadedFile] = []


@pytest.fixture(autouse=True)
def close_uploads() -> Iterator[None]:
    """Close the uploaded files, as the end of a request does."""
    yield
    while uploads:
        uploads.pop().close()


def upload(data: bytes, name: str = "song.mp3") -> TemporaryUploadedFile:
    file = TemporaryUploadedFile(name, "audio/mpeg", len(data), None)
    uploads.append(file)
    file.write(data)
    file.flush()
    file.seek(0)
    return file


def form_of(audio=None, fields=None, **files):
    audio = audio if audio is not None else upload(media_files.wav(), "Northern_Lights.wav")
    return SongUploadForm(fields or {}, {"audio": audio, **files})


def save(form, owner=None) -> Track:
    assert form.is_valid(), form.errors
    return form.save(owner or a_user())


def test_it_becomes_a_music_task_that_succeeded():
    owner = a_user()
    track = save(form_of(), owner)
    task = track.music_task
    assert (task.owner, task.status) == (owner, MusicStatus.SUCCESS)
    assert task.operation_type == MusicTask.Operation.UPLOAD
    assert len(task.task_id) == 32
    assert len(track.audio_id) == 36


@pytest.mark.parametrize(
    ("suffix", "codec", "expected"),
    [(".mp3", "libmp3lame", ".mp3"), (".flac", "flac", ".flac"), (".m4a", "aac", ".m4a"),
     (".ogg", "libopus", ".ogg"), (".opus", "libopus", ".ogg")],
)  # fmt: skip
def test_it_takes_every_format(suffix, codec, expected):
    data = media_files.sound(suffix, codec, "A Title")
    track = save(form_of(upload(data, f"x{suffix}")))
    assert track.duration == pytest.approx(1, abs=0.1)
    assert (track.channels, track.sample_rate, track.title) == (2, 48000, "A Title")
    assert track.loudness is not None
    assert track.audio.name.endswith(expected)
    with track.audio.open() as file:
        assert file.read() == data


def test_it_goes_by_what_is_in_the_file_not_by_its_name():
    track = save(form_of(upload(media_files.sound(".flac", "flac"), "song.mp3")))
    assert track.audio.name.endswith(".flac")


def test_the_upload_is_moved_not_copied():
    audio = upload(media_files.wav())
    inode = Path(audio.temporary_file_path()).stat().st_ino
    track = save(form_of(audio))
    assert Path(track.audio.path).stat().st_ino == inode
    assert Path(track.audio.path).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "title"),
    [("Northern_Lights.wav", "Northern Lights"), ("../../etc/passwd", "passwd"),
     ("ночь.wav", "ночь"), ("a\u202eb\x00.wav", "ab"), (f"{'x' * 300}.wav", "x" * 200)],
)  # fmt: skip
def test_the_name_of_the_file_is_a_title_and_never_a_path(name, title):
    track = save(form_of(upload(media_files.wav(), name)))
    assert track.title == title
    stored = Path(track.audio.path)
    assert stored.parent == Path(django_settings.MEDIA_ROOT) / "songs"
    assert len(stored.stem) == 32
    assert int(stored.stem, 16)


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_a_title_keeps_its_joiners_wherever_it_comes_from(name):
    tagged = media_files.sound(".mp3", "libmp3lame", name)
    assert save(form_of(upload(media_files.wav(), f"{name}.wav"))).title == name
    assert save(form_of(upload(tagged))).title == name
    assert save(form_of(fields={"title": name})).title == name


def test_a_long_title_is_cut_between_letters():
    track = save(form_of(upload(media_files.sound(".mp3", "libmp3lame", FAMILY * 40))))
    assert track.title == FAMILY * 28


def test_a_title_that_was_typed_wins():
    data = media_files.sound(".mp3", "libmp3lame", "In the tags")
    assert save(form_of(upload(data), {"title": " Typed\n"})).title == "Typed"
    assert save(form_of(upload(data))).title == "In the tags"


def test_lyrics_come_typed_or_in_a_file():
    typed = {"lyrics": "[00:01.00]one\r\ntwo", "tags": "pop"}
    track = save(form_of(fields=typed))
    assert (track.lyrics, track.tags) == ("[00:01.00]one\ntwo", "pop")
    file = SimpleUploadedFile("a.lrc", "[00:02.00]три".encode("utf-16"))
    assert save(form_of(fields=typed, lyrics_file=file)).lyrics == "[00:02.00]три"


def test_the_cover_is_kept_as_a_plain_jpeg():
    cover = SimpleUploadedFile(
        "../c.png", media_files.picture("PNG", Image.new("RGBA", (3000, 20)))
    )
    track = save(form_of(cover=cover))
    assert track.cover.name.endswith(".jpg")
    with Image.open(track.cover.path) as image:
        assert (image.format, image.size) == ("JPEG", (2048, 14))
    assert not save(form_of()).cover


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_cover_of_each_format_is_stored(kind):
    data = media_files.picture(kind, Image.new("RGB", (64, 36), "#3060a0"))
    track = save(form_of(cover=SimpleUploadedFile(f"cover.{kind.lower()}", data)))
    with Image.open(track.cover.path) as image:
        assert (image.format, image.size) == ("JPEG", (64, 36))


def test_every_field_of_a_cover_offers_and_names_what_is_taken():
    for field in (form_of()["cover"], edit(save(form_of()), {})["cover"]):
        assert f'accept="{ACCEPT}"' in str(field)
        assert field.help_text == f"{FORMAT_NAMES}."


def test_a_cover_that_is_not_taken_is_named():
    form = form_of(cover=SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic" + bytes(90)))
    assert "it is a HEIC photo. Save it as a JPEG" in form.errors["cover"][0]


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


def test_lyrics_that_are_too_long_for_any_song_are_refused(settings):
    settings.MAX_LYRICS_BYTES = 10
    assert form_of(fields={"lyrics": "ж" * 5}).is_valid()
    assert form_of(fields={"lyrics": "ж" * 6}).errors["lyrics"]


def test_fields_tell_the_page_their_limits():
    audio = SongUploadForm().fields["audio"].widget.attrs
    assert audio["data-maxbytes"] == str(200 * 1024 * 1024)
    assert ".opus" in audio["accept"]


def edit(track, files=None, **changes):
    values = {"title": track.title, "tags": track.tags, "lyrics": "", "lyrics_offset": "0"}
    return SongEditForm({**values, **changes}, files, instance=Track.objects.get(pk=track.pk))


def test_a_song_can_be_corrected():
    track = a_playable_track()
    form = edit(track, title="Other", lyrics="la\r\nla", lyrics_offset="-300")
    assert form.is_valid(), form.errors
    form.save()
    track.refresh_from_db()
    assert (track.title, track.lyrics, track.lyrics_offset) == ("Other", "la\nla", -300)
    assert track.cover


@pytest.mark.parametrize("offset", ["50", "60100", "-60100", "x", ""])
def test_lyrics_move_in_steps(offset):
    assert list(edit(a_playable_track(), lyrics_offset=offset).errors) == ["lyrics_offset"]


def test_a_new_cover_takes_the_place_of_the_old_one(django_capture_on_commit_callbacks):
    track = a_playable_track()
    old = Path(track.cover.path)
    form = edit(track, {"cover": SimpleUploadedFile("c.jpg", media_files.jpeg(8, 8))})
    assert form.is_valid(), form.errors
    with django_capture_on_commit_callbacks(execute=True):
        form.save()
    track.refresh_from_db()
    with Image.open(track.cover.path) as image:
        assert image.size == (8, 8)
    assert not old.exists()


def test_nothing_changed_writes_nothing(django_assert_num_queries):
    track = a_playable_track(title="Same")
    form = edit(track)
    assert form.is_valid()
    with django_assert_num_queries(2):  # a savepoint and its release
        form.save()


def texts(track: Track) -> dict[str, str]:
    return {
        name: getattr(track, name)
        for name in ("title", "artist", "tags", "language", "comment", "lyrics")
    }


def test_what_the_file_says_is_used():
    track = save(form_of(upload(tagged_songs.mp3())))
    assert texts(track) == {
        "title": "Night over Town",
        "artist": "Test Singer, Second Singer",
        "tags": "Folk, Waltz",
        "language": "eng",
        "comment": tagged_songs.SUNO,
        "lyrics": tagged_songs.LYRICS,
    }
    with Image.open(track.cover.path) as image:
        assert image.size == (48, 48)
    assert track.size == track.audio.size + track.cover.size


def test_what_was_typed_and_chosen_wins():
    typed = {"title": "Typed", "artist": "Somebody", "tags": "pop", "lyrics": "la la"}
    cover = SimpleUploadedFile("c.jpg", media_files.jpeg(8, 8))
    track = save(form_of(upload(tagged_songs.mp3()), typed, cover=cover))
    assert texts(track) | typed == texts(track)
    with Image.open(track.cover.path) as image:
        assert image.size == (8, 8)


def test_what_was_shown_and_emptied_stays_empty():
    fields = {"tags_shown": "True", "title": "", "ignore_embedded_cover": "on"}
    track = save(form_of(upload(tagged_songs.mp3()), fields))
    assert (track.title, track.artist, track.tags, track.lyrics) == ("Night over Town", "", "", "")
    assert not track.cover


def test_lyrics_in_the_file_keep_their_times():
    assert save(form_of(upload(tagged_songs.synced_mp3()))).lyrics == tagged_songs.LRC


def test_what_the_file_says_is_cut_to_what_a_song_can_hold():
    long = TIT2(encoding=3, text="Night over Town " * 40)
    track = save(form_of(upload(tagged_songs.mp3(title=long))))
    assert len(track.title) <= 200
    assert track.title.startswith("Night over Town Night")


def test_a_cover_in_the_file_that_cannot_be_read_is_told_of():
    broken = APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=b"no picture")
    form = form_of(upload(tagged_songs.mp3(cover=broken)))
    assert not save(form).cover
    assert form.warnings == ["The cover in this file cannot be read; it is left out."]
    assert form_of(upload(tagged_songs.mp3())).is_valid()


def test_it_stores_what_is_missing_in_the_sound():
    cut = save(form_of(upload(tagged_songs.truncated_mp3())))
    assert cut.declared_duration == pytest.approx(8, abs=0.1)
    damaged = save(form_of(upload(tagged_songs.damaged_flac())))
    assert damaged.duration == pytest.approx(8, abs=0.1)
    assert damaged.silence > 0.2
    (sentence,) = sound_warnings(damaged)
    assert "seconds within this song are damaged" in sentence
    assert sound_warnings(save(form_of())) == []


@pytest.mark.parametrize(
    ("muxer", "codec", "suffix"),
    [("adts", "aac", ".aac"), ("aiff", "pcm_s16be", ".aiff"), ("webm", "libopus", ".webm")],
)  # fmt: skip
def test_it_takes_other_formats(muxer, codec, suffix):
    track = save(form_of(upload(media_files.sound(f".{muxer}", codec, muxer=muxer), "x")))
    assert track.audio.name.endswith(suffix)
    assert track.duration == pytest.approx(1, abs=0.1)


def test_windows_media_is_refused_by_its_name():
    form = form_of(upload(b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel" + bytes(500), "a.wma"))
    (sentence,) = form.errors["audio"]
    assert "Windows Media file (WMA)" in sentence
    assert "Convert it" in sentence


DOUBTFUL = "naš".encode("iso8859-2")  # reads as Croatian, Polish, Slovene


def lyrics(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.txt", data)


def test_a_lyrics_file_is_read_in_its_encoding():
    for text, codec in (("Don’t wait", "cp1252"), ("夜空に光る星を見て", "cp932")):
        assert save(form_of(lyrics_file=lyrics(text.encode(codec)))).lyrics == text


def test_an_encoding_in_doubt_is_for_the_creator_to_choose():
    form = form_of(lyrics_file=lyrics(DOUBTFUL))
    assert list(form.errors) == ["encoding"]  # the file itself has none: it stays chosen
    choices = {choice.name: choice for choice in form.encoding_choices}
    assert choices["iso-8859-2"].lines == ["naš"]
    assert choices["iso-8859-2"].label == "Central European (iso-8859-2)"
    form = form_of(fields={"encoding": "iso-8859-2"}, lyrics_file=lyrics(DOUBTFUL))
    assert save(form).lyrics == "naš"


def test_a_choice_is_shown_again_with_other_errors():
    fields = {"encoding": "latin2", "title": "x" * 201}
    form = form_of(fields=fields, lyrics_file=lyrics(DOUBTFUL))
    assert list(form.errors) == ["title"]
    assert [(each.name, each.lines) for each in form.encoding_choices] == [
        ("iso-8859-2", ["naš"]),
        ("", []),
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("klingon", "There is no encoding “klingon”. Take one"), ("utf-8", "not in utf-8")],
)
def test_a_wrong_encoding_is_an_error_of_its_field(name, sentence):
    form = form_of(fields={"encoding": name}, lyrics_file=lyrics(DOUBTFUL))
    assert list(form.errors) == ["encoding"]
    assert sentence in form.errors["encoding"][0]


def test_pasted_lyrics_are_mended_or_refused():
    assert save(form_of(fields={"lyrics": "dÃ©jÃ\xa0 vu"})).lyrics == "déjà vu"
    form = form_of(fields={"lyrics": "la\nDon\ufffdt"})
    assert form.errors["lyrics"][0].startswith("Line 2 (“Don\ufffdt”): a character is lost")
    assert "lyrics" in edit(a_playable_track(), lyrics="Don\ufffdt").errors
    track = a_playable_track(lyrics="Don\ufffdt")  # as a vendor has it: other changes are free
    assert edit(track, lyrics="Don\ufffdt", title="New").is_valid()
