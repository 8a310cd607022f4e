"""Our own operations beside the vendors' contract: songs, and lists of videos."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import media_files, tagged_songs
from tests.api.caller import order_of
from tests.factories import a_finished_video, a_playable_track, a_user, a_video
from tests.models.test_asset import an_asset
from tests.pipeline.test_backdrops import picture
from tests.pipeline.test_logos import logo
from videos import pipeline
from videos.models import Asset, MusicTask, Track, Video

SONGS, VIDEOS, MUSIC = "/api/v1/songs", "/api/v1/videos", "/api/v1/generate/record-info"


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def upload(caller):
    def send(**fields):
        return caller.client.post(SONGS, fields, headers=caller.headers).json()

    return send


def test_a_song_is_uploaded_with_all_that_is_known_of_it(caller, upload):
    result = upload(
        audio=file("../x_y.wav", media_files.wav()),
        cover=file("c.jpg", media_files.jpeg()),
        lyrics="[00:00.1]Hey",
        title="Song",
        tags="pop",
    )
    track = Track.objects.get()
    ids = {"taskId": track.music_task.task_id, "audioId": track.audio_id}
    assert result == {"code": 200, "msg": "success", "data": ids}
    assert (track.title, track.tags, track.lyrics) == ("Song", "pop", "[00:00.1]Hey")
    assert track.music_task.owner == caller.owner
    assert track.size == track.audio.size + track.cover.size > 0
    assert caller.order(track)["code"] == 200


def test_lyrics_may_be_a_file_and_the_rest_left_out(upload):
    assert upload(audio=file("my_song.wav", media_files.wav()))["code"] == 200
    assert Track.objects.get().title == "my song"
    lyrics = file("a.lrc", b"[00:00.1]Hey")
    assert upload(audio=file("a.wav", media_files.wav()), lyrics=lyrics)["code"] == 200
    assert Track.objects.first().lyrics == "[00:00.1]Hey"


def test_what_is_guessed_of_the_lyrics_is_named_with_its_line(caller, upload):
    lyrics = "[00:00.10]first\n\nloose words\n[00:00.40]second\n[00:00.60]third"
    warning = "Line 3 (“loose words”): it has no time; its time is guessed."
    result = upload(audio=file("a.wav", media_files.wav()), lyrics=lyrics)
    assert result["data"]["warnings"] == [warning]
    body = {"audioUrl": "https://files.example.com/a.mp3", "lyrics": lyrics}
    assert caller.post(SONGS, body)["data"]["warnings"] == [warning]


@pytest.mark.parametrize(
    "text", ["{\\rtf1 la}", "<!doctype html><p>la", "#TITLE:A\n#BPM:1\n: 0 1 1 a"]
)
def test_lyrics_in_a_format_that_is_none_are_refused_by_name(caller, upload, text):
    body = {"audioUrl": "https://files.example.com/a.mp3", "lyrics": text}
    for result in (
        upload(audio=file("a.wav", media_files.wav()), lyrics=file("a.txt", text.encode())),
        upload(audio=file("a.wav", media_files.wav()), lyrics=text),
        caller.post(SONGS, body),
    ):
        assert result["code"] == 422
        assert result["msg"].startswith("lyrics: This is a")
        assert "Lyrics are LRC, WebVTT, SRT, TTML" in result["msg"]
    assert not MusicTask.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "audio"),
        ({"audio": "text"}, "audio"),
        ({"audio": ("a.mp3", b"no sound")}, "audio"),
        ({"audio": ("a.wav", b"")}, "audio"),
        ({"cover": ("c.jpg", b"no picture")}, "cover"),
        ({"lyrics": ("a.lrc", b"\xff\xfe\x00")}, "lyrics"),
        ({"title": "x" * 201}, "title"),
        ({"tags": "x" * 1001}, "tags"),
    ],
)
def test_what_is_wrong_with_an_upload_is_named(upload, fields, field):
    whole = {"audio": ("a.wav", media_files.wav())} | fields if field != "audio" else fields
    sent = {n: file(*value) if isinstance(value, tuple) else value for n, value in whole.items()}
    result = upload(**sent)
    assert (result["code"], result["msg"].split(":")[0]) == (422, field)
    assert not MusicTask.objects.exists()
    assert default_storage.listdir("")[0] == []


def test_whoever_has_all_that_is_kept_brings_no_more(caller, upload, settings):
    settings.MAX_STORAGE_BYTES = 20_000
    assert upload(audio=file("a.wav", media_files.wav()))["code"] == 200
    assert upload(audio=file("a.wav", media_files.wav()))["code"] == 402
    settings.MAX_STORAGE_BYTES = 10
    assert caller.post(SONGS, {"audioUrl": "https://files.example.com/a.mp3"})["code"] == 402
    assert MusicTask.objects.count() == 1


def test_a_song_from_an_address_is_pending_until_a_worker_has_it(caller, vendor, transactional_db):
    body = {
        "audioUrl": f"{vendor.url}/files/song.wav",
        "imageUrl": f"{vendor.url}/files/cover.jpg",
        "lyrics": "Hey",
        "tags": "pop",
    }
    ids = caller.post(SONGS, body)["data"]
    assert not vendor.calls  # nothing is fetched while a program waits
    data = caller.get(MUSIC, taskId=ids["taskId"])["data"]
    assert data["status"] == "PENDING"
    assert "response" not in data
    pipeline.fetch_next_song()
    data = caller.get(MUSIC, taskId=ids["taskId"])["data"]
    assert data["status"] == "SUCCESS"
    (song,) = data["response"]["sunoData"]
    assert (song["title"], song["prompt"], song["duration"]) == ("song", "Hey", 1.0)
    assert song["audioUrl"].startswith("http://testserver/files/")
    assert song["imageUrl"].endswith("/cover.jpg")
    assert Track.objects.get().size > 0


def test_a_film_may_be_ordered_while_its_song_is_on_the_way(caller, vendor, transactional_db):
    ids = caller.post(SONGS, {"audioUrl": f"{vendor.url}/files/song.wav"})["data"]
    track = Track.objects.get()
    task_id = caller.order(track)["data"]["taskId"]
    pipeline.advance(Video.objects.get().pk)
    assert caller.details(task_id)["data"]["successFlag"] == "SUCCESS"
    pipeline.fetch_next_song()
    assert caller.get(MUSIC, taskId=ids["taskId"])["data"]["status"] == "SUCCESS"


@pytest.mark.parametrize("path", ["/files/nothing.wav", "/files/cover.jpg"])
def test_a_song_that_cannot_be_had_has_failed(caller, vendor, transactional_db, path):
    ids = caller.post(SONGS, {"audioUrl": f"{vendor.url}{path}"})["data"]
    pipeline.fetch_next_song()
    data = caller.get(MUSIC, taskId=ids["taskId"])["data"]
    assert (data["status"], data["errorCode"]) == ("GENERATE_AUDIO_FAILED", 408)
    assert data["errorMessage"]
    order = order_of(Track.objects.get())
    assert caller.post("/api/v1/mp4/generate", order)["code"] == 422


def test_an_address_that_is_not_followed_is_refused_at_once(caller, db):
    https = "https://files.example.com/a.mp3"
    for name in ("audioUrl", "imageUrl"):
        result = caller.post(SONGS, {"audioUrl": https, name: "http://files.example.com/a"})
        assert (result["code"], result["msg"].split(":")[0]) == (422, name)
        assert "https" in result["msg"]


def test_an_address_that_leads_inside_is_never_asked(caller, transactional_db):
    ids = caller.post(SONGS, {"audioUrl": "https://127.0.0.1/a.mp3"})["data"]
    pipeline.fetch_next_song()
    data = caller.get(MUSIC, taskId=ids["taskId"])["data"]
    assert data["status"] == "GENERATE_AUDIO_FAILED"


@pytest.mark.django_db
def test_videos_come_in_pages_the_newest_first(caller, track):
    makers = [a_video, a_video, a_video, a_finished_video, a_video]
    videos = [make(caller.owner, track) for make in makers]
    first = caller.get(VIDEOS, limit="2")["data"]
    a_video(caller.owner, track)  # does not shift the pages
    second = caller.get(VIDEOS, limit="2", after=first["next"])["data"]
    third = caller.get(VIDEOS, limit="2", after=second["next"])["data"]
    seen = [video["taskId"] for page in (first, second, third) for video in page["videos"]]
    assert seen == [video.pk.hex for video in reversed(videos)]
    assert third["next"] == ""
    ready = first["videos"][1]
    assert ready["response"]["videoUrl"].endswith(".mp4")
    assert (ready["title"], ready["format"], ready["look"], ready["provider"]) == (
        "Northern Lights", "16:9", "glow", "builtin",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_page_costs_two_queries(caller, track, django_assert_num_queries):
    for _ in range(10):
        a_video(caller.owner, track)
    caller.get(VIDEOS)
    with django_assert_num_queries(2):
        caller.get(VIDEOS)


@pytest.mark.django_db
def test_a_video_is_deleted_with_its_film(caller, track, django_capture_on_commit_callbacks):
    video = a_finished_video(caller.owner, track)
    with django_capture_on_commit_callbacks(execute=True):
        result = caller.send("DELETE", f"{VIDEOS}/{video.pk.hex}").json()
    assert result == {"code": 200, "msg": "success"}
    assert not Video.objects.exists()
    assert not default_storage.exists(video.film.name)
    assert caller.send("DELETE", f"{VIDEOS}/{video.pk.hex}").json()["code"] == 404
    assert caller.details(video.pk.hex)["code"] == 404


@pytest.mark.django_db
def test_addresses_of_films_end_where_an_operator_says_so(caller, track, client, settings):
    video = a_finished_video(caller.owner, track)
    url = caller.details(video.pk.hex)["data"]["response"]["videoUrl"]
    settings.RETENTION_DAYS = 14
    assert client.head(url).status_code == 200
    Video.objects.update(completed_at="2020-01-01T00:00:00Z")
    assert client.head(url).status_code == 404
    settings.RETENTION_DAYS = 0
    assert client.head(url).status_code == 200


def test_what_the_file_says_is_used_by_programs_too(upload):
    assert upload(audio=file("a.mp3", tagged_songs.mp3()))["code"] == 200
    track = Track.objects.get()
    assert (track.title, track.artist) == ("Night over Town", "Test Singer, Second Singer")
    assert (track.tags, track.lyrics) == ("Folk, Waltz", tagged_songs.LYRICS)
    assert track.cover
    fields = {"title": "Typed", "artist": "Somebody", "lyrics": "la la"}
    assert upload(audio=file("a.mp3", tagged_songs.mp3()), **fields)["code"] == 200
    track = Track.objects.first()
    assert (track.title, track.artist, track.lyrics) == ("Typed", "Somebody", "la la")
    assert upload(audio=file("a.mp3", tagged_songs.mp3()), artist="x" * 201)["code"] == 422


def test_what_is_missing_in_the_sound_is_told_to_programs(caller, upload):
    data = upload(audio=file("a.mp3", tagged_songs.truncated_mp3()))["data"]
    (sentence,) = data["warnings"]
    assert "ends after 0:04, though it should last 0:08" in sentence
    details = caller.get(MUSIC, taskId=data["taskId"])["data"]
    assert details["warnings"] == [sentence]
    whole = upload(audio=file("a.wav", media_files.wav()))["data"]
    assert "warnings" not in whole
    assert "warnings" not in caller.get(MUSIC, taskId=whole["taskId"])["data"]


def test_a_song_from_an_address_is_filled_by_its_file(caller, vendor, transactional_db):
    vendor.files["tagged.mp3"] = tagged_songs.mp3()
    address = f"{vendor.url}/files/tagged.mp3"
    caller.post(SONGS, {"audioUrl": address})
    caller.post(SONGS, {"audioUrl": address, "title": "Typed", "lyrics": "la la"})
    while pipeline.fetch_next_song():
        pass
    typed, filled = Track.objects.all()
    assert (filled.title, filled.artist) == ("Night over Town", "Test Singer, Second Singer")
    assert (filled.lyrics, filled.tags) == (tagged_songs.LYRICS, "Folk, Waltz")
    assert filled.size == filled.audio.size + filled.cover.size
    assert (typed.title, typed.lyrics) == ("Typed", "la la")
    assert typed.artist == "Test Singer, Second Singer"


def test_lyrics_in_an_uncertain_encoding_are_refused_until_it_is_named(upload):
    def send(**fields):
        lyrics = file("a.txt", "naš".encode("iso8859-2"))
        return upload(audio=file("a.wav", media_files.wav()), lyrics=lyrics, **fields)

    result = send()
    assert result["code"] == 422
    assert result["msg"].startswith("encoding: It is not certain in which encoding")
    assert "iso-8859-2 (“naš”)" in result["msg"]
    assert result["msg"].endswith("Its name is sent in the field encoding.")
    unknown = send(encoding="klingon")
    assert (unknown["code"], unknown["msg"][:35]) == (422, "encoding: There is no encoding “kli")
    assert not MusicTask.objects.exists()
    assert send(encoding="ISO-8859-2")["code"] == 200
    assert Track.objects.get().lyrics == "naš"


def test_damaged_lyrics_are_mended_or_refused(caller, upload):
    body = {"audioUrl": "https://files.example.com/a.mp3", "lyrics": "dÃ©jÃ\xa0 vu"}
    assert caller.post(SONGS, body)["code"] == 200
    assert Track.objects.get().lyrics == "déjà vu"
    for result in (
        caller.post(SONGS, body | {"lyrics": "Don\ufffdt"}),
        upload(audio=file("a.wav", media_files.wav()), lyrics="Don\ufffdt"),
    ):
        assert (result["code"], result["msg"][:16]) == (422, "lyrics: Line 1 (")


def test_a_film_is_ordered_with_pictures_that_were_brought(caller):
    def bring(colour: str) -> dict:
        fields = {"file": picture(colour)}
        return caller.client.post("/api/v1/assets", fields, headers=caller.headers).json()

    answers = [bring(colour) for colour in ("red", "blue", "red")]
    ids = [answer["data"]["assetId"] for answer in answers]
    assert ids[0] == ids[2] != ids[1]
    assert answers[0]["data"]["kind"] == "picture"
    track = a_playable_track(caller.owner)
    assert caller.order(track, look="stage", backdrop=ids[:2])["code"] == 200
    assert caller.order(track, look="stage", backdrop=ids[:2])["code"] == 409
    assert caller.order(track, look="stage", backdrop=ids[:1])["code"] == 200
    assert caller.order(track, look="stage")["code"] == 200
    film = Video.objects.order_by("created_at").first()
    assert [uuid.UUID(each) for each in film.backdrop.split()] == [uuid.UUID(i) for i in ids[:2]]


def test_a_film_is_ordered_with_a_logo_and_a_translation(caller):
    def bring(sent):
        fields = {"file": sent, "kind": "logo"}
        return caller.client.post("/api/v1/assets", fields, headers=caller.headers).json()

    answer = bring(logo())
    assert answer["data"]["kind"] == "logo"
    refused = bring(file("a.png", b"words"))
    assert (refused["code"], "no picture" in refused["msg"]) == (422, True)
    track = a_playable_track(caller.owner, lyrics="[00:01.00]La luna")
    files = {"logo": answer["data"]["assetId"], "translation": "The moon"}
    assert caller.order(track, **files)["code"] == 200
    assert caller.order(track, **files)["code"] == 409
    assert caller.order(track, **files | {"translation": "La lune"})["code"] == 200
    film = Video.objects.order_by("created_at").first()
    kinds = [each.kind for each in Asset.objects.in_order([film.logo, film.translation])]
    assert kinds == ["logo", "translation"]
    for fields, sentence in (
        ({"logo": str(an_asset(caller.owner).pk)}, "logo: it is no assetId"),
        ({"translation": "One\nTwo"}, "translation: Lines of the lyrics: 1"),
    ):
        refused = caller.order(track, **fields)
        assert (refused["code"], sentence in refused["msg"]) == (422, True)


def test_what_is_no_backdrop_is_refused_by_name(caller):
    missing = caller.client.post("/api/v1/assets", {}, headers=caller.headers).json()
    assert (missing["code"], "file" in missing["msg"]) == (422, True)
    wrong = caller.client.post(
        "/api/v1/assets", {"file": file("a.mp4", b"words")}, headers=caller.headers
    ).json()
    assert (wrong["code"], "cannot be read" in wrong["msg"]) == (422, True)
    track = a_playable_track(caller.owner)
    asset = an_asset(caller.owner)
    for fields, sentence in (
        ({"look": "glow", "backdrop": [str(asset.pk)]}, "only the looks stage and drift"),
        ({"look": "stage", "backdrop": ["unknown"]}, "not all of these are assetIds"),
        ({"look": "stage", "backdrop": [str(an_asset(a_user()).pk)]}, "not all of these"),
        (
            {
                "look": "stage",
                "backdrop": [str(asset.pk), str(an_asset(caller.owner, kind="loop").pk)],
            },
            "not both",
        ),
    ):
        answer = caller.order(track, **fields)
        assert answer["code"] == 422
        assert sentence in answer["msg"]
