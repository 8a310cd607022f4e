"""``manage.py create_api_key``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import a_user
from videos.models import ApiKey

pytestmark = pytest.mark.django_db


def create_key(*arguments: str) -> str:
    out = StringIO()
    call_command("create_api_key", *arguments, stdout=out)
    return out.getvalue().splitlines()[-1]


def test_the_last_line_is_the_key():
    user = a_user("ann@example.com")
    key = ApiKey.objects.authenticate(create_key("Ann@example.com"))
    assert (key.owner, key.may_write, key.expires_at) == (user, True, None)


def test_it_can_be_named_bounded_and_for_reading_only():
    a_user("ann@example.com")
    secret = create_key("ann@example.com", "--name", "Bot", "--read-only", "--days", "2")
    key = ApiKey.objects.authenticate(secret)
    assert (key.name, key.may_write) == ("Bot", False)
    assert key.expires_at is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ["nobody@example.com"],
        ["gone@example.com"],
        ["ann@example.com", "--name", "x" * 51],
        ["ann@example.com", "--days", "0"],
        ["ann@example.com", "--days", "999999999"],
    ],
)
def test_bad_input_ends_with_2(arguments):
    a_user("ann@example.com")
    a_user("gone@example.com", is_active=False)
    with pytest.raises(CommandError) as problem:
        create_key(*arguments)
    assert problem.value.returncode == 2
    assert not ApiKey.objects.exists()
