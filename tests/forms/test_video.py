"""The form that orders a video."""

import uuid

import pytest
from django.http import QueryDict
from django.utils import translation

from tests.factories import a_playable_track, a_track, a_user
from videos.forms.video import VideoForm
from videos.models import Video

pytestmark = pytest.mark.django_db


def data(track, **changes):
    values = {
        "song": str(track.pk),
        "provider": "builtin",
        "format": "9:16",
        "author": "Ann",
        "domain_name": "ann.example",
        "form_token": str(uuid.uuid4()),
    }
    query = QueryDict(mutable=True)
    query.update({**values, **changes})
    return query


@pytest.fixture
def track():
    return a_playable_track()


@pytest.fixture
def owner(track):
    return track.music_task.owner


def test_it_orders_what_was_asked_for(owner, track):
    form = VideoForm(owner, data(track))
    assert form.is_valid(), form.errors
    [(video, is_new)] = form.order()
    assert is_new
    assert (video.owner, video.track, video.format) == (owner, track, "9:16")
    assert (video.author, video.domain_name, video.provider) == ("Ann", "ann.example", "builtin")
    assert video.due_at is not None


def test_it_remembers_what_was_typed_for_the_next_one(owner, track):
    form = VideoForm(owner, data(track))
    form.is_valid()
    form.order()
    owner.refresh_from_db()
    assert (owner.author, owner.domain_name) == ("Ann", "ann.example")
    again = VideoForm(owner)
    assert (again["author"].value(), again["domain_name"].value()) == ("Ann", "ann.example")


def test_the_same_form_twice_is_one_video(owner, track):
    sent = data(track)
    first, second = VideoForm(owner, sent), VideoForm(owner, sent)
    assert first.is_valid()
    assert second.is_valid()
    [(one, is_new)], [(other, is_newer)] = first.order(), second.order()
    assert (one, is_new, is_newer) == (other, True, False)
    assert Video.objects.count() == 1


def test_a_form_gone_back_to_and_changed_is_another_video(owner, track):
    sent = data(track)
    changed = sent.copy()
    changed["format"] = "1:1"
    for query in (sent, changed):
        form = VideoForm(owner, query)
        assert form.is_valid()
        form.order()
    assert sorted(Video.objects.values_list("format", flat=True)) == ["1:1", "9:16"]


def test_several_formats_are_a_video_each(owner, track):
    sent = data(track)
    sent.setlist("format", ["16:9", "1:1"])
    for are_new in (True, False):
        form = VideoForm(owner, sent)
        assert form.is_valid()
        ordered = form.order()
        assert [video.format for video, _ in ordered] == ["16:9", "1:1"]
        assert [is_new for _, is_new in ordered] == [are_new, are_new]
    assert Video.objects.count() == 2
    sent.appendlist("format", "9:16")  # after going back, for one more
    form = VideoForm(owner, sent)
    assert form.is_valid()
    assert [is_new for _, is_new in form.order()] == [False, False, True]


def test_a_vendor_is_not_asked_for_a_format(vendor):
    track = a_track()
    track.music_task.operation_type = "generate"
    track.music_task.save(update_fields=["operation_type"])
    form = VideoForm(track.music_task.owner, data(track, provider=vendor.vendor))
    assert form.is_valid(), form.errors
    sent = data(track, provider=vendor.vendor)
    sent.setlist("format", [])
    form = VideoForm(track.music_task.owner, sent)
    assert form.is_valid(), form.errors
    [(video, _)] = form.order()
    assert (video.provider, video.format) == (vendor.vendor, "16:9")


def test_a_look_that_is_not_chosen_is_the_usual_one(owner, track):
    form = VideoForm(owner, data(track))
    assert form.is_valid()
    [(video, _)] = form.order()
    style = (video.look, video.resolution, video.fps, video.sound)
    assert style == ("glow", 720, 30, "normalised")


def test_look_size_and_sound_are_as_chosen(owner, track):
    options = {"look": "wave", "resolution": "1080", "fps": "60", "sound": "source"}
    form = VideoForm(owner, data(track, section_tags="on", **options))
    assert form.is_valid(), form.errors
    [(video, _)] = form.order()
    assert (video.look, video.resolution, video.fps, video.sound) == ("wave", 1080, 60, "source")
    assert video.section_tags
    other = VideoForm(owner, data(track, **options))
    assert other.is_valid()
    assert not other.order()[0][0].section_tags


def test_colours_and_what_is_left_out_are_as_chosen(owner, track):
    form = VideoForm(owner, data(track, accent="#FFB347", text_size="L", hide_clock="on"))
    assert form.is_valid(), form.errors
    [(video, _)] = form.order()
    assert (video.accent, video.second_accent, video.text_size) == ("#ffb347", "", "L")
    assert (video.hide_clock, video.hide_title) == (True, False)


def test_the_names_of_sections_are_proposed_in_the_language_of_the_page(owner, track):
    assert VideoForm(owner)["section_language"].value() == "as_written"
    with translation.override("zh-hans"):
        assert VideoForm(owner)["section_language"].value() == "zh-hans"
    form = VideoForm(owner, data(track, section_language="ru"))
    assert form.is_valid(), form.errors
    assert form.order()[0][0].section_language == "ru"
    form = VideoForm(owner, data(track, section_language="tlh"))
    assert not form.is_valid()


def test_each_form_has_a_token_of_its_own(owner):
    tokens = {VideoForm(owner)["form_token"].value() for _ in range(3)}
    assert len(tokens) == 3


def test_it_works_without_a_token(owner, track):
    for _ in range(2):
        form = VideoForm(owner, data(track, form_token=""))
        assert form.is_valid()
        form.order()
    assert Video.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("song", ""), ("song", "999"), ("song", "9" * 40), ("song", "x"), ("provider", "nobody"),
     ("format", "4:3"), ("look", "plain"), ("resolution", "480"), ("fps", "24"), ("sound", "loud"),
     ("accent", "red"), ("second_accent", "#12345"), ("text_size", "XL"),
      ("author", "😀" * 51), ("domain_name", "歌" * 51), ("form_token", "x")],
)  # fmt: skip
def test_it_says_what_is_wrong(owner, track, field, value):
    form = VideoForm(owner, data(track, **{field: value}))
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_fifty_emoji_fit(owner, track):
    form = VideoForm(owner, data(track, author="😀" * 50, domain_name="歌" * 50))
    assert form.is_valid(), form.errors
    assert form.order()[0][0].author == "😀" * 50


def test_only_one_s_own_songs_with_sound_can_be_chosen(owner, track):
    silent, foreign = a_track(owner), a_playable_track(a_user())
    for other in (silent, foreign):
        form = VideoForm(owner, data(other))
        assert form.errors["song"] == ["This song is not there any more; choose another."]
    assert list(VideoForm(owner).songs) == [track]


def test_a_canvas_is_one_tall_video_whatever_shapes_are_chosen(owner, track):
    sent = data(track, clip="canvas")
    sent.setlist("format", ["16:9", "1:1"])
    form = VideoForm(owner, sent)
    assert form.is_valid(), form.errors
    [(video, _)] = form.order()
    assert (video.clip, video.format) == ("canvas", "9:16")
