"""Reports on shared videos: who may send how many, and who hears of them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tests.factories import a_finished_video, a_user, an_operator
from videos.models import Report, Review, User, Video
from videos.pipeline.rations import RationSpent
from videos.share import reports

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.REPORT_THRESHOLD = 2
    settings.RATION_REPORTS = [2, 4, 60]


@pytest.fixture
def video() -> Video:
    an_operator("operator@example.com")
    a_user("staff@example.com", is_staff=True)  # without rights
    owner = a_user("owner@example.com")
    return a_finished_video(owner, visibility="public")


def send(video: Video, address: str, note: str = "", user: User | None = None) -> Report:
    request = RequestFactory(REMOTE_ADDR=address).get("/")
    request.user = user or AnonymousUser()
    return reports.send_report(request, video, "copyright", note)


def subject_of(mail) -> str:
    return str(mail.subject).removeprefix("[Suno Portal] ")


def test_owner_and_operators_hear_of_the_first_one_and_when_it_is_hidden(video, mailoutbox):
    send(video, "192.0.2.1", "I sang this.")
    assert [mail.to for mail in mailoutbox] == [["owner@example.com"], ["operator@example.com"]]
    for mail in mailoutbox:
        assert "I sang this." in mail.body
        assert "192.0.2" not in mail.body
    assert f"http://testserver/videos/{video.pk}/" in mailoutbox[0].body
    assert "/admin/videos/review/" in mailoutbox[1].body
    send(video, "192.0.2.9")
    assert len(mailoutbox) == 2
    send(video, "198.51.100.1")
    assert [subject_of(mail) for mail in mailoutbox[2:]] == [
        "Your video “Northern Lights” is hidden for now",
        "Hidden, please decide: “Northern Lights”",
    ]
    video.refresh_from_db()
    assert video.hidden_at


def test_a_network_and_everybody_have_their_rations(video):
    for address in ("192.0.2.1", "192.0.2.2"):
        send(video, address)
    with pytest.raises(RationSpent):
        send(video, "192.0.2.3")
    for address in ("2001:db8:1:1::1", "2001:db8:1:2::1"):
        send(video, address)
    with pytest.raises(RationSpent):
        send(video, "2001:db8:1:3::1")
    with pytest.raises(RationSpent):
        send(video, "198.51.100.1")
    assert Report.objects.count() == 4
    assert len({report.network for report in Report.objects.all()}) == 2


def test_only_a_hash_of_the_network_is_stored_and_the_account(video):
    ann = a_user()
    report = send(video, "192.0.2.1", user=ann)
    assert report.reporter == ann
    assert "192" not in report.network
    assert len(report.network) == 32


def test_operators_hear_of_the_answer_and_the_owner_of_the_decision(video, mailoutbox):
    review = send(video, "192.0.2.1").review
    operator = User.objects.get(email="operator@example.com")
    del mailoutbox[:]
    reports.send_answer(review, "I wrote it.")
    reports.send_answer(review, "I wrote it all.")
    assert reports.decide(review, Review.Decision.TAKEN_DOWN, operator)
    assert not reports.decide(review, Review.Decision.TAKEN_DOWN, operator)
    assert reports.decide(review, Review.Decision.DISMISSED, operator)
    assert [subject_of(mail) for mail in mailoutbox] == [
        "Answered: reports on “Northern Lights”",
        "Your video “Northern Lights” was taken down",
        "Your video “Northern Lights” may stay",
    ]
    assert "I wrote it." in mailoutbox[0].body


def test_an_operator_takes_down_what_nobody_reported(video, mailoutbox):
    operator = User.objects.get(email="operator@example.com")
    assert reports.take_down(video, operator)
    assert not reports.take_down(video, operator)
    assert Video.objects.get().hidden_at
    assert [mail.to for mail in mailoutbox] == [["owner@example.com"]]
    assert reports.page_of(Review.objects.get()) == f"http://testserver/v/{video.slug}/"


def test_who_was_switched_off_gets_no_mail(video, mailoutbox):
    video.owner.is_active = False
    video.owner.save(update_fields=["is_active"])
    send(video, "192.0.2.1")
    assert [mail.to for mail in mailoutbox] == [["operator@example.com"]]
