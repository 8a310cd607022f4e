"""The history of an account."""

import pytest

from tests.factories import a_user
from videos.models import AccountEvent

pytestmark = pytest.mark.django_db


def test_the_newest_comes_first_and_a_long_detail_is_cut():
    user = a_user()
    first = AccountEvent.objects.record(user, AccountEvent.Kind.PASSWORD_CHANGED)
    second = AccountEvent.objects.record(user, AccountEvent.Kind.NEW_DEVICE, "x" * 1000)
    assert list(AccountEvent.objects.for_user(user)) == [second, first]
    assert len(second.detail) == 300
    assert not AccountEvent.objects.for_user(a_user()).exists()
