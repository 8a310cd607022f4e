"""Our clients of the vendors, against stand-ins with the vendors' dialects and failures."""

import time
import traceback

import pytest

from tests.providers.submissions import submission
from tests.standin.broken import BROKEN, SLOW
from tests.standin.dialect import DIALECTS, Dialect
from tests.standin.server import KEY, VENDORS
from videos.providers import errors, http
from videos.providers.registry import vendor
from videos.statuses import MusicStatus, VideoStatus

SUNO = [name for name, family in VENDORS.items() if family == "suno"]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=list(DIALECTS))
@pytest.mark.parametrize("name", SUNO)
def test_a_film_is_ordered_and_followed_in_every_dialect(opened, name, dialect):
    standin, client = opened(name, dialect)
    song = standin.add_song()
    task_id = client.submit(submission(song))
    assert task_id in standin.films
    assert client.video(task_id).status == VideoStatus.PENDING
    standin.finish(task_id)
    record = client.video(task_id)
    assert record.status == VideoStatus.SUCCESS
    assert record.video_url == f"{standin.url}/files/film.mp4"
    assert record.completed_at is not None
    assert abs(record.completed_at.timestamp() - time.time()) < 60
    assert "our-token" not in repr(record)
    music = client.music(song.task_id)
    assert music.status == MusicStatus.SUCCESS
    assert [track.audio_id for track in music.tracks] == song.audio_ids
    assert music.tracks[0].title == "Harbour Lights"
    assert music.tracks[1].duration == 198.44
    with pytest.raises(errors.AlreadyExists) as caught:
        client.submit(submission(song))
    assert caught.value.task_id == task_id
    with pytest.raises((errors.NotYet, errors.NotFound)):
        client.video("unknown")


@pytest.mark.parametrize("status", MusicStatus.values)
def test_all_eight_statuses_of_a_music_task_are_read(opened, status):
    standin, client = opened()
    song = standin.add_song(status=status)
    record = client.music(song.task_id)
    assert record.status == status
    assert bool(record.tracks) == (status in {"SUCCESS", "FIRST_SUCCESS", "CALLBACK_EXCEPTION"})


@pytest.mark.parametrize("name", VENDORS)
def test_credits_are_read_where_each_vendor_has_them(opened, name):
    _standin, client = opened(name)
    assert client.credits() == 87.5


@pytest.mark.parametrize("name", VENDORS)
@pytest.mark.parametrize("http_codes", [False, True])
@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ("credits", errors.CreditsError),
        ("throttled", errors.Throttled),
        ("maintenance", errors.Maintenance),
        ("disabled", errors.Disabled),
        ("authentication", errors.AuthenticationError),
        ("invalid", errors.Invalid),
        ("server error", errors.Transient),
    ],
)
def test_the_same_failure_is_understood_at_every_vendor(opened, name, http_codes, failure, kind):
    if (name, failure) == ("sunoapi", "disabled"):  # which has no such code
        kind = errors.Transient
    standin, client = opened(name, Dialect(http_codes=http_codes))
    song = standin.add_song()
    standin.breaks("generate" if name != "crun" else "CreateTask", failure)
    with pytest.raises(kind) as caught:
        client.submit(submission(song))
    assert client.label in str(caught.value)
    if kind is errors.Throttled:
        assert caught.value.retry_after >= 10


def test_a_wrong_key_is_an_operators_matter(opened, settings):
    opened()
    settings.VENDORS["kie"]["api_key"] = "wrong-key-of-ours"
    with pytest.raises(errors.AuthenticationError) as caught:
        vendor("kie").credits()
    assert "wrong-key-of-ours" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_answer_is_transient_and_shows_no_key(opened, monkeypatch, kind):
    monkeypatch.setattr(http, "RETRY_BACKOFF", ())
    standin, client = opened()
    standin.breaks("record-info", kind)
    with pytest.raises(errors.Transient) as caught:
        client.video("x")
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert caught.value.may_have_arrived == (kind != "bot wall")


@pytest.mark.parametrize("kind", SLOW)
def test_a_slow_answer_is_not_waited_for(opened, kind):
    standin, client = opened()
    standin.breaks("record-info", kind)
    began = time.monotonic()
    with pytest.raises(errors.Transient) as caught:
        client.video("x", timeout=0.7)
    assert time.monotonic() - began < 2
    assert caught.value.may_have_arrived


def test_an_order_is_never_repeated_by_itself(opened):
    standin, client = opened()
    song = standin.add_song()
    for kind in ("503", "reset", "html 502"):
        standin.breaks("generate", kind)
        with pytest.raises(errors.Transient):
            client.submit(submission(song))
    assert standin.count("POST", "generate") == 3


def test_a_get_is_retried_after_a_bad_gateway(opened):
    standin, client = opened()
    song = standin.add_song()
    standin.breaks("record-info", "html 502", "503")
    assert client.music(song.task_id).tracks
    assert standin.count("GET", "record-info") == 3


def test_an_order_without_a_connection_was_not_sent(opened, settings):
    standin, _client = opened()
    song = standin.add_song()
    standin.__exit__()
    with pytest.raises(errors.Transient) as caught:
        vendor("kie").submit(submission(song))
    assert not caught.value.may_have_arrived


def test_requests_have_our_user_agent_and_the_key(opened):
    standin, client = opened()
    client.credits()
    headers = standin.calls[0].headers
    assert headers["User-Agent"].startswith("SunoPortal/")
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(client)


def test_an_unknown_status_is_not_final(opened):
    standin, client = opened()
    task_id = client.submit(submission(standin.add_song()))
    standin.finish(task_id, flag="ALMOST_THERE", url="")
    assert client.video(task_id).status == VideoStatus.PENDING
    standin.finish(task_id, flag="ALMOST_THERE")  # but there is a film
    assert client.video(task_id).status == VideoStatus.SUCCESS
