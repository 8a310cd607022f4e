"""The key of lasting addresses: created once, the same in all processes, no secret of settings."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection, transaction

from videos.models import SigningKey, signing_key
from videos.models.signing_key import ADDRESSES, address_signer

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 8


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    monkeypatch.setattr(signing_key, "cached_keys", {})


def test_it_is_created_when_it_is_first_needed_and_read_once(django_assert_num_queries):
    assert not SigningKey.objects.exists()
    key = SigningKey.objects.key_for(ADDRESSES)
    assert SigningKey.objects.get().key == key
    assert len(key) > 50
    assert settings.SECRET_KEY not in key
    with django_assert_num_queries(0):
        assert SigningKey.objects.key_for(ADDRESSES) == key
    signing_key.cached_keys.clear()  # another process
    assert SigningKey.objects.key_for(ADDRESSES) == key


def test_processes_that_create_it_at_once_use_the_same(monkeypatch):
    class NoCache(dict):
        def __setitem__(self, name: str, key: str) -> None:
            """Keep nothing: each thread stands for a process."""

    monkeypatch.setattr(signing_key, "cached_keys", NoCache())
    start = Barrier(PROCESSES)

    def read(_number: int) -> str:
        start.wait()
        try:
            return SigningKey.objects.key_for(ADDRESSES)
        finally:
            connection.close()

    with ThreadPoolExecutor(PROCESSES) as processes:
        keys = set(processes.map(read, range(PROCESSES)))
    assert keys == {SigningKey.objects.get().key}


def test_a_key_whose_transaction_failed_is_not_used_any_more():
    with transaction.atomic():
        lost = SigningKey.objects.key_for(ADDRESSES)
        assert SigningKey.objects.key_for(ADDRESSES) == lost
        transaction.set_rollback(True)
    key = SigningKey.objects.key_for(ADDRESSES)
    assert key != lost
    assert SigningKey.objects.get().key == key


def test_a_signature_depends_on_the_salt():
    token = address_signer("a").sign("x")
    assert address_signer("a").unsign(token) == "x"
    assert address_signer("b").sign("x") != token


def test_operators_do_not_see_it():
    key = SigningKey.objects.key_for(ADDRESSES)
    assert not admin.site.is_registered(SigningKey)
    row = SigningKey.objects.get()
    assert key not in str(row) + repr(row)
