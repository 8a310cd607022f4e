"""Requests to reset a password: workers answer them, or drop them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories import a_user
from videos import accounts
from videos.accounts.password_resets import find_user
from videos.models import PasswordResetRequest

pytestmark = pytest.mark.django_db


def test_a_request_is_answered_once_and_its_row_goes():
    a_user("ann@example.com")
    PasswordResetRequest.objects.enqueue("Ann@example.com")
    assert accounts.answer_next()
    assert not accounts.answer_next()
    assert [message.to for message in mail.outbox] == [["ann@example.com"]]
    assert not PasswordResetRequest.objects.exists()


def test_a_switched_off_person_gets_no_link():
    a_user("ann@example.com", is_active=False)
    assert find_user("ann@example.com") is None


def test_a_primary_address_beside_a_confirmed_one_gets_no_link():
    user = a_user("ann@example.com")
    user.emailaddress_set.create(email="other@example.com", verified=True)
    assert find_user("ann@example.com") is None
    assert find_user("other@example.com") == user


def test_a_request_that_breaks_is_tried_again(settings):
    a_user("ann@example.com")
    row = PasswordResetRequest.objects.enqueue("ann@example.com")
    settings.EMAIL_BACKEND = "nothing.like.it"
    assert accounts.answer_next()
    row.refresh_from_db()
    assert row.due_at > timezone.now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    PasswordResetRequest.objects.update(due_at=timezone.now())
    assert accounts.answer_next()
    assert len(mail.outbox) == 1


def test_a_request_that_nobody_answers_is_dropped():
    row = PasswordResetRequest.objects.enqueue("ann@example.com")
    old = timezone.now() - timedelta(hours=2)
    PasswordResetRequest.objects.filter(pk=row.pk).update(created_at=old)
    accounts.tidy()
    assert not PasswordResetRequest.objects.exists()
