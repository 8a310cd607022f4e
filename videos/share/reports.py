"""Reports on shared videos: who may send how many, and who hears of them."""

import ipaddress

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from videos.models import Report, Review, User, Video
from videos.models.video_queryset import is_reviewer
from videos.pipeline.rations import REPORTS
from videos.share.addresses import absolute_url, page_url

# Bits of a network that one person may well have all addresses of
IPV4_PREFIX, IPV6_PREFIX = 24, 48


def send_report(request: HttpRequest, video: Video, reason: str, note: str) -> Report:
    """Store a visitor's report, and hide the video if it is time; raises ``RationSpent``.

    Its owner and the operators are told of the first one, and when the video is hidden.
    """
    network = network_digest(request)
    REPORTS.spend_share(network)
    REPORTS.spend_common()
    user = request.user if isinstance(request.user, User) else None
    with transaction.atomic():
        review = Review.objects.open_for(video)
        review.lock()
        is_first = not review.reports.exists()
        report = review.reports.create(reason=reason, note=note, network=network, reporter=user)
        is_hidden = review.hide_if_due()
        if is_first or is_hidden:
            _tell_owner(review, "reported", is_hidden=is_hidden)
            _tell_operators(review, "to_review", is_hidden=is_hidden)
    return report


def send_answer(review: Review, text: str) -> None:
    """Store what the owner of a reported video answers; operators hear of the first answer."""
    if review.record_answer(text):
        _tell_operators(review, "to_review", is_answer=True)


def decide(review: Review, decision: Review.Decision, operator: User) -> bool:
    """Record the decision of an operator, and tell the owner; False where nothing changed."""
    if not review.decide(decision, operator):
        return False
    _tell_owner(review, "decided")
    return True


def take_down(video: Video, operator: User) -> bool:
    """Take a video down that nobody needs to have reported; False where it is down already."""
    last = Review.objects.for_owner(video)
    if last and last.decision == Review.Decision.TAKEN_DOWN:
        return False
    return decide(Review.objects.open_for(video), Review.Decision.TAKEN_DOWN, operator)


def page_of(review: Review) -> str:
    """Return the address of the share page of the video."""
    return page_url(review.video)


def network_digest(request: HttpRequest) -> str:
    """Return a hash of the network of the visitor: an address can be had by the dozen."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    prefix = IPV6_PREFIX if address.version == 6 else IPV4_PREFIX
    network = ipaddress.ip_network((address, prefix), strict=False)
    return salted_hmac("videos.share.reports", str(network)).hexdigest()[:32]


def _tell_owner(review: Review, template: str, **flags: bool) -> None:
    owner, page = review.video.owner, review.video.get_absolute_url()
    if owner.is_active:
        _send(template, owner, review, absolute_url(page), flags)


def _tell_operators(review: Review, template: str, **flags: bool) -> None:
    url = absolute_url(reverse("admin:videos_review_change", args=[review.pk]))
    for operator in User.objects.filter(is_staff=True, is_active=True):
        if is_reviewer(operator):
            _send(template, operator, review, url, flags)


def _send(template: str, user: User, review: Review, url: str, flags: dict[str, bool]) -> None:
    address = str(EmailAddress.objects.get_primary_email(user) or user.email)
    reports = list(review.reports.all())
    context = {"review": review, "video": str(review.video.title), "reports": reports, "url": url}
    get_adapter().send_mail(f"share/email/{template}", address, context | flags)
