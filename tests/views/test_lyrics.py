"""The lyrics editor: its page, its saves, conflicts, versions and exports."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import a_finished_video, a_playable_track, a_user

pytestmark = pytest.mark.django_db
PAGE, SAVE, RESTORE = (f"/songs/{{pk}}/lyrics/{end}" for end in ("", "save/", "restore/"))
LINE = {"start": 0.1, "end": 0.4, "text": "first", "words": [], "rows": [], "section": ""}


@pytest.fixture
def track():
    return a_playable_track(lyrics="[00:00.10]first\n[00:00.50]second", duration=9.0)


@pytest.fixture
def me(client, track):
    client.force_login(track.music_task.owner)
    return track.music_task.owner


def save(client, track, *lines, version=0, **fields):
    data = {"version": version, "lines": json.dumps(lines), **fields}
    return client.post(SAVE.format(pk=track.pk), data)


def texts(track):
    track.refresh_from_db()
    return track.lyrics


@pytest.mark.parametrize("page", [PAGE, SAVE, RESTORE])
def test_strangers_change_nothing(client, track, page):
    client.force_login(a_user())
    assert client.post(page.format(pk=track.pk), {"lyrics": "mine"}).status_code == 404
    assert client.get(PAGE.format(pk=track.pk)).status_code == 404


def test_the_page_has_the_lines_for_its_script_and_a_form_without_one(client, me, track):
    page = client.get(PAGE.format(pk=track.pk))
    assert [item["text"] for item in page.context["items"]] == ["first", "second"]
    assert '<script id="lyrics-lines" type="application/json">' in page.text
    assert 'name="lyrics"' in page.text
    assert 'name="lyrics_file"' in page.text


def test_a_save_is_a_version_with_the_words_as_the_film_will_show_them(client, me, track):
    words = [[0.1, 0.2, "la"], [0.25, 0.4, "la"]]
    line = {**LINE, "text": "la la", "words": words, "section": "Chorus"}
    answer = save(client, track, line, {**LINE, "start": 2, "end": 5, "guessed": True})
    assert answer.json() == {"version": 1, "warnings": []}
    assert texts(track) == (
        "[Chorus]\n[00:00.100]<00:00.100>la <00:00.200><00:00.250>la<00:00.400>\n"
        "[~00:02.000]first<00:05.000>\n"
    )


def test_times_that_were_shifted_are_saved_as_they_are_heard(client, me, track):
    type(track).objects.update(lyrics_offset=300)
    items = client.get(PAGE.format(pk=track.pk)).context["items"]
    save(client, track, *items)
    assert "[00:00.400]first" in texts(track)
    assert track.lyrics_offset == 0


def test_two_windows_do_not_overwrite_each_other(client, me, track):
    assert save(client, track, {**LINE, "text": "of one"}).status_code == 200
    answer = save(client, track, {**LINE, "text": "of two"})
    assert answer.status_code == 409
    assert (answer.json()["version"], answer.json()["lines"][0]["text"]) == (1, "of one")
    assert "of one" in texts(track)


@pytest.mark.parametrize(("keep", "winner"), [("mine", "of two"), ("theirs", "of one")])
def test_a_conflict_ends_with_a_choice_and_loses_nothing(client, me, track, keep, winner):
    save(client, track, {**LINE, "text": "of one"})
    answer = save(client, track, {**LINE, "text": "of two"}, keep=keep)
    assert answer.status_code == 200
    assert winner in texts(track)
    assert answer.json()["version"] == track.lyrics_version
    stored = "".join(track.lyrics_versions.values_list("lyrics", flat=True))
    assert "of one" in stored
    assert "of two" in stored


def test_a_window_that_is_closed_in_a_conflict_leaves_a_version(client, me, track):
    save(client, track, {**LINE, "text": "of one"})
    assert save(client, track, {**LINE, "text": "of two"}, keep="leaving").status_code == 409
    assert "of one" in texts(track)
    set_aside = track.lyrics_versions.get(origin="set_aside")
    assert "of two" in set_aside.lyrics
    number = track.lyrics_version
    assert save(client, track, LINE, version=number, keep="leaving").status_code == 200


@pytest.mark.parametrize(
    "lines", ["", "[", "{}", "[" * 9000, json.dumps([{**LINE, "text": "\ufffd" * 9}])]
)
def test_what_cannot_be_saved_is_a_sentence_and_changes_nothing(client, me, track, lines):
    answer = client.post(SAVE.format(pk=track.pk), {"version": 0, "lines": lines})
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert track.lyrics == texts(track)


def test_a_version_is_brought_back(client, me, track):
    before = track.lyrics
    save(client, track, LINE)
    answer = client.post(RESTORE.format(pk=track.pk), {"version": 0}, follow=True)
    assert "Version 0 is back." in answer.text
    assert texts(track) == before
    assert track.lyrics_version == 2
    for wrong in ("99", "x", ""):
        assert client.post(RESTORE.format(pk=track.pk), {"version": wrong}).status_code == 404


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nla la\n"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nla la\n"),
        ("a.lrc", "[00:01.00]la la"),
        ("a.json", '[{"text": "la la", "start": 1.0, "end": 2.0}]'),
        ("a.txt", "la la"),
    ],
)
def test_files_of_every_kind_are_taken(client, me, track, name, text):
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(
        PAGE.format(pk=track.pk), {"lyrics_file": file, "lyrics": "", "version": 0}, follow=True
    )
    assert [item["text"] for item in answer.context["items"]] == ["la la"]
    assert track.lyrics_versions.first().origin == "imported"


def test_a_file_that_is_no_lyrics_is_a_sentence_and_changes_nothing(client, me, track):
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 \x00\x01")
    answer = client.post(PAGE.format(pk=track.pk), {"lyrics_file": file, "lyrics": "typed"})
    assert "This is a PDF" in answer.text
    assert "typed" in answer.text
    assert track.lyrics == texts(track)


def test_a_text_on_top_of_newer_words_replaces_them_only_when_it_is_sent_again(client, me, track):
    save(client, track, LINE)
    address, data = PAGE.format(pk=track.pk), {"lyrics": "typed", "version": 0}
    answer = client.post(address, data)
    assert "were changed in another window" in answer.text
    assert texts(track) != "typed"
    assert client.post(address, {**data, "version": answer.context["form"]["version"].value()})
    assert texts(track) == "typed"


def test_an_old_page_of_the_song_does_not_overwrite_newer_words(client, me, track):
    save(client, track, LINE)
    address = f"/songs/{track.pk}/"
    data = {"title": "T", "lyrics": "old", "lyrics_offset": 0, "version": 0}
    assert "were changed in another window" in client.post(address, data).text
    assert texts(track) != "old"


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        ("lrc", "[00:00.10]first"),
        ("words.lrc", "[00:00.10]first"),
        ("vtt", "WEBVTT"),
        ("srt", "1\n00:00:00,100 -->"),
    ],
)
def test_the_words_are_exported(client, me, track, suffix, start):
    answer = client.get(f"/songs/{track.pk}/lyrics.{suffix}")
    assert answer.text.startswith(start)
    assert f"Northern Lights.{suffix}" in answer["Content-Disposition"]
    type(track).objects.update(lyrics="")
    assert client.get(f"/songs/{track.pk}/lyrics.{suffix}").status_code == 404


def test_films_with_older_words_say_so(client, me, track):
    film = a_finished_video(track=track)
    assert "older words" not in client.get(film.get_absolute_url()).text
    save(client, track, LINE)
    assert "older words" in client.get(film.get_absolute_url()).text


WORDS = [
    {"word": "la ", "success": True, "startS": 1.0, "endS": 1.5, "palign": 0},
    *({"word": f"x{n} ", "success": False, "startS": 0, "endS": 0, "palign": 0} for n in range(2)),
]


def test_a_vendor_s_word_times_come_back_in_one_click(client, me, track):
    type(track).objects.update(aligned_words=WORDS)
    save(client, track, LINE)
    page = client.get(PAGE.format(pk=track.pk)).text
    assert f'action="/songs/{track.pk}/lyrics/vendor/"' in page
    answer = client.post(f"/songs/{track.pk}/lyrics/vendor/", follow=True)
    assert [item["text"] for item in answer.context["items"]] == ["la x0 x1"]
    assert track.lyrics_versions.first().origin == "vendor"
    assert "could place fewer than half of these words" in answer.text


def test_a_song_without_word_times_has_none_to_come_back(client, me, track):
    assert client.post(f"/songs/{track.pk}/lyrics/vendor/").status_code == 404
