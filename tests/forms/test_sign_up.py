"""Sign-up and reset say, do and take the same for known and unknown addresses."""

import statistics
import time
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client

from tests.accounts.people import RESET, SIGNUP, request_reset, sign_up
from tests.factories import a_user
from videos.models import Mail, PasswordResetRequest, User

pytestmark = pytest.mark.django_db
MAX_RATIO = 1.1
hashed: list[str] = []


class CountingHasher(hashers.MD5PasswordHasher):
    """Notes each password that is hashed."""

    algorithm = "counting"

    def encode(self, password: str, salt: str) -> str:
        hashed.append(password)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def as_where_mail_can_be_sent(settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_RATE_LIMITS = False


def shown(response, client: Client) -> tuple[object, ...]:
    page = client.get(response["Location"])
    body = page.content.decode().replace("new@example.com", "X").replace("ann@example.com", "X")
    return response.status_code, response["Location"], body


@pytest.mark.parametrize("path", [SIGNUP, RESET])
def test_the_page_is_the_same_for_both(path):
    a_user("ann@example.com")
    pages = set()
    for email in ("ann@example.com", "new@example.com"):
        client = Client()
        response = client.post(path, {"email": email, "password1": "violet tractor 41 moons"})
        pages.add(shown(response, client))
    assert len(pages) == 1


def test_both_sign_ups_hash_one_password(client, settings):
    a_user("ann@example.com")
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    counts = []
    for email in ("ann@example.com", "new@example.com"):
        hashed.clear()
        sign_up(client, email)
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_both_resets_ask_the_database_the_same(client, django_assert_num_queries):
    a_user("ann@example.com")
    queries = []
    for email in ("ann@example.com", "new@example.com"):
        with django_assert_num_queries(3) as context:
            client.post(RESET, {"email": email})
        queries.append([each["sql"].partition(' "s')[0] for each in context.captured_queries])
        queries[-1] = [each.partition(" VALUES")[0] for each in queries[-1]]
    assert queries[0] == queries[1]
    assert set(PasswordResetRequest.objects.values_list("email", flat=True)) == {
        "ann@example.com",
        "new@example.com",
    }


def test_nobody_without_an_account_is_mailed_by_a_reset(client, mailoutbox):
    request_reset(client, "nobody@example.com")
    assert not mailoutbox


def test_the_owner_of_a_taken_address_is_mailed_and_nothing_is_made(client, mailoutbox):
    a_user("ann@example.com")
    sign_up(client, "ann@example.com")
    assert User.objects.count() == 1
    assert "has an account already" in mailoutbox[0].body
    assert "/accounts/password/reset/" in mailoutbox[0].body


def test_an_address_of_another_account_that_only_added_it_is_free(client):
    EmailAddress.objects.create(user=a_user(), email="new@example.com")
    sign_up(client, "new@example.com")
    assert User.objects.filter(email="new@example.com").exists()
    assert EmailAddress.objects.get(email="new@example.com").user.email == "new@example.com"


def test_without_mail_a_taken_address_is_refused_at_once(client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    a_user("ann@example.com")
    response = sign_up(client, "ann@example.com")
    assert "email" in response.context["form"].errors


@pytest.mark.parametrize("email", ["", "no address", "a@", "x" * 300 + "@example.com"])
def test_what_is_no_address_is_refused_with_a_sentence(client, email):
    assert client.post(RESET, {"email": email}).context["form"].errors["email"]
    assert not PasswordResetRequest.objects.exists()


def ratio_of_medians(post: Callable[[str], object], count: int) -> float:
    """Return how much longer ``post`` takes for one of two kinds of addresses than the other.

    The clock is the thread's own: other programs of this machine do not stretch it.
    """
    seconds: dict[str, list[float]] = {"known": [], "new": []}
    for number in range(count):
        for kind in ("known", "new") if number % 2 else ("new", "known"):
            email = f"{kind}{number}@example.com"
            if kind == "known":
                a_user_without_hashing(email)
            cache.clear()
            started = time.thread_time()
            post(email)
            seconds[kind].append(time.thread_time() - started)
    medians = sorted(statistics.median(each) for each in seconds.values())
    return medians[1] / medians[0]


def a_user_without_hashing(email: str) -> None:
    EmailAddress.objects.create(
        user=User.objects.create(email=email, password="!"), email=email, verified=True
    )


@pytest.mark.nightly
@pytest.mark.parametrize("path", [SIGNUP, RESET])
def test_both_take_the_same_time(settings, path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.EMAIL_BACKEND = "suno_portal.backends.mail.QueuedEmailBackend"

    def post(email: str) -> object:
        return Client().post(path, {"email": email, "password1": "violet tractor 41 moons"})

    assert ratio_of_medians(post, 200) < MAX_RATIO
    assert Mail.objects.exists() == (path == SIGNUP)
