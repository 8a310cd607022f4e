"""Responses that are stored for a day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.factories import a_user
from videos.models import ApiKey
from videos.models.idempotency import RETENTION, IdempotentResponse

pytestmark = pytest.mark.django_db


@pytest.fixture
def values():
    key = ApiKey.objects.issue(a_user(), "Test", ApiKey.Scopes("read write"))[0]
    return {"api_key": key, "path": "/api/v1/songs", "idempotency_key": "k", "request_digest": "d"}


def test_they_expire_after_a_day(values):
    now = timezone.now()
    row = IdempotentResponse.objects.create(**values, created_at=now - RETENTION)
    assert list(IdempotentResponse.objects.expired()) == [row]
    IdempotentResponse.objects.update(created_at=now - RETENTION + timedelta(minutes=1))
    assert not IdempotentResponse.objects.expired().exists()


def test_there_is_one_first_response(values):
    IdempotentResponse.objects.create(**values)
    with pytest.raises(IntegrityError):
        IdempotentResponse.objects.create(**values)
