"""The forms of songs: what they accept, and their sentences for what they do not."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import Promise
from PIL import Image

from tests import media_files, tagged_songs
from tests.factories import a_playable_track, a_user
from tests.forms.uploads import form_of, save, upload
from tests.joined_names import FAMILY, JOINED_NAMES
from videos.forms.song import SongEditForm
from videos.media.sound_warnings import sound_warnings
from videos.models import MusicTask, Track
from videos.render.covers.formats import ACCEPT, FORMAT_NAMES
from videos.statuses import MusicStatus

pytestmark = pytest.mark.django_db


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


SOURCES_OF_TITLES = {
    "file name": lambda name: form_of(upload(media_files.wav(), f"{name}.wav")),
    "tag": lambda name: form_of(upload(media_files.sound(".mp3", "libmp3lame", name))),
    "typed": lambda name: form_of(fields={"title": name}),
}
# Each name from one place, each place with every third name; the rest at night
JOINED_TITLES = [
    pytest.param(name, source, id=f"{kind}-{source}",
                 marks=() if number % 3 == place else pytest.mark.nightly)
    for number, (kind, name) in enumerate(JOINED_NAMES.items())
    for place, source in enumerate(SOURCES_OF_TITLES)
]  # fmt: skip


@pytest.mark.parametrize(("name", "source"), JOINED_TITLES)
def test_a_title_keeps_its_joiners_wherever_it_comes_from(name, source):
    assert save(SOURCES_OF_TITLES[source](name)).title == name


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
        assert isinstance(field.help_text, Promise)  # translated for each reader


def test_a_cover_that_is_not_taken_is_named():
    form = form_of(cover=SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic" + bytes(90)))
    assert "it is a HEIC photo. Save it as a JPEG" in form.errors["cover"][0]


def test_lyrics_that_are_too_long_for_any_song_are_refused(settings):
    settings.MAX_LYRICS_BYTES = 10
    assert form_of(fields={"lyrics": "ж" * 5}).is_valid()
    assert form_of(fields={"lyrics": "ж" * 6}).errors["lyrics"]


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


def test_pasted_lyrics_are_mended_or_refused():
    assert save(form_of(fields={"lyrics": "dÃ©jÃ\xa0 vu"})).lyrics == "déjà vu"
    form = form_of(fields={"lyrics": "la\nDon\ufffdt"})
    assert form.errors["lyrics"][0].startswith("Line 2 (“Don\ufffdt”): a character is lost")
    assert "lyrics" in edit(a_playable_track(), lyrics="Don\ufffdt").errors
    track = a_playable_track(lyrics="Don\ufffdt")  # as a vendor has it: other changes are free
    assert edit(track, lyrics="Don\ufffdt", title="New").is_valid()
