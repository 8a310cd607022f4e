"""The step of a log-in at which new people wait: it stands behind the proof of the address."""

import pytest
from allauth.account.adapter import get_adapter
from django.utils import timezone

from tests.accounts.people import log_in
from tests.factories import a_user

pytestmark = pytest.mark.django_db


def test_it_stands_between_the_proof_of_the_address_and_the_second_factor():
    names = [each.rpartition(".")[2] for each in get_adapter().get_login_stages()]
    order = ["EmailVerificationStage", "ApprovalStage", "AuthenticateStage"]
    assert [name for name in names if name in order] == order


@pytest.mark.parametrize(
    ("waits", "page"), [(True, "/account/waiting/"), (False, "/videos/")], ids=["waits", "may"]
)
def test_whoever_waits_is_not_let_in(client, waits, page):
    user = a_user(approval_requested_at=timezone.now() if waits else None)
    assert log_in(client, user.email)["Location"] == page
