"""Fixtures of the tests of accounts."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def mandatory(settings: Settings) -> None:
    """Have addresses confirmed before the first log-in, as where mail can be sent."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
