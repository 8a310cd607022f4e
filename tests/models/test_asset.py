"""Pictures and looping videos of people."""

import pytest
from django.db import IntegrityError

from tests.factories import a_user
from videos.models import Asset
from videos.models.asset import asset_path, parse_asset_id

pytestmark = pytest.mark.django_db


def an_asset(owner, digest: str = "a", **fields: object) -> Asset:
    values = {"kind": "picture", "file": "assets/a.jpg", "width": 8, "height": 8, "size": 9}
    return Asset.objects.create(owner=owner, digest=digest, **values | fields)


def test_assets_come_in_the_order_that_is_asked_for_and_only_to_their_owner():
    owner = a_user()
    one, two = an_asset(owner), an_asset(owner, "b")
    ids = [two.pk.hex, "nonsense", one.pk.hex]
    assert Asset.objects.for_user(owner).in_order(ids) == [two, one]
    assert Asset.objects.for_user(a_user()).in_order(ids) == []


def test_a_file_is_stored_once_a_person():
    owner = a_user()
    an_asset(owner)
    an_asset(a_user())
    with pytest.raises(IntegrityError):
        an_asset(owner)


def test_a_logo_moves_in_no_film():
    owner = a_user()
    an_asset(owner, kind="logo")
    loop = an_asset(owner, kind="loop")
    assert list(Asset.objects.of_backdrops()) == [loop]


def test_names_of_files_are_random():
    path = asset_path(Asset(), "../../my name.JPG")
    assert path.startswith("assets/")
    assert path.endswith(".jpg")
    assert asset_path(Asset(), "a.exe").endswith(".bin")
    assert parse_asset_id("x") is None
