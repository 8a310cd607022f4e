"""What the form of a new video begins with."""

import pytest
from django.http import QueryDict

from tests.factories import a_finished_video, a_playable_track, a_track, a_user, a_video
from videos.forms.film_settings import backdrop_of, defaults_of, settings_of
from videos.forms.video import VideoForm
from videos.models import Asset

pytestmark = pytest.mark.django_db


def test_defaults_of_a_person_are_those_that_films_still_have():
    user = a_user(
        author="Ann",
        film_defaults={"look": "orbit", "format": ["9:16", "4:3"], "accent": "#12", "x": 1},
    )
    assert defaults_of(user) == {
        "author": "Ann",
        "domain_name": "",
        "look": "orbit",
        "format": ["9:16"],
    }
    assert defaults_of(a_user()) == {"author": "", "domain_name": ""}
    form = VideoForm(user)
    assert (form["look"].value(), form["format"].value()) == ("orbit", ["9:16"])


@pytest.mark.parametrize(
    ("clip", "fields"),
    [
        ("", {"clip": ""}),
        ("30", {"clip": "30"}),
        ("canvas", {"clip": "canvas"}),
        ("34-52.5", {"clip": "times", "clip_from": "0:34", "clip_to": "0:52.5"}),
    ],
)
def test_the_settings_of_a_film_fill_the_form(clip, fields):
    owner = a_user()
    film = a_finished_video(owner, clip=clip, look="wave", format="1:1", accent="#112233")
    values = settings_of(film)
    assert fields.items() <= values.items()
    form = VideoForm(owner, like=film)
    assert [form[name].value() for name in ("look", "format", "accent", "author")] == [
        *("wave", ["1:1"], "#112233", "Ada")
    ]


def test_a_replacement_takes_over_the_address_once():
    film = a_finished_video(track=a_playable_track(), visibility="unlisted")
    form = VideoForm(film.owner, like=film, is_replacement=True)
    assert form["song"].value() == str(film.track.pk)
    assert (form["author"].value(), form["replaces"].value()) == ("Ada", str(film.pk))
    query = QueryDict(mutable=True)
    query.update({"song": film.track.pk, "provider": "builtin", "replaces": film.pk})
    query.setlist("format", ["9:16", "1:1"])
    form = VideoForm(film.owner, query)
    assert form.is_valid(), form.errors
    assert [video.replaces for video, _is_new in form.order()] == [film, None]


@pytest.mark.parametrize("make", [a_finished_video, a_video])
def test_only_a_film_of_one_s_own_is_replaced(make):
    track = a_playable_track()
    query = f"song={track.pk}&provider=builtin&format=9:16&replaces={make().pk}"
    form = VideoForm(track.music_task.owner, QueryDict(query))
    assert form.is_valid(), form.errors
    assert form.order()[0][0].replaces is None


def test_an_artist_signs_their_own_songs_only():
    owner = a_user(author="Ann")
    film = a_finished_video(owner, a_track(owner, artist="Bo"), author="Bo")
    assert "author" not in settings_of(film)


def test_what_was_deleted_is_left_out():
    film = a_finished_video(backdrop="0" * 32, logo="0" * 32)
    assert backdrop_of(film) == []
    assert settings_of(film)["logo"] == ""


def test_the_logo_is_used_again_and_the_translation_belongs_to_its_song():
    owner = a_user()
    logo = Asset.objects.create(owner=owner, kind=Asset.Kind.LOGO, width=9, height=9, size=1)
    film = a_finished_video(owner, logo=logo.pk.hex, translation="0" * 32)
    form = VideoForm(owner, like=film)
    assert (form["logo"].value(), form["translation"].value()) == (logo.pk.hex, None)
