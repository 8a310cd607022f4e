import pytest

from tests.factories import a_user, an_operator
from tests.models.test_asset import an_asset
from videos.models import Asset

pytestmark = pytest.mark.django_db


def test_operators_list_find_and_delete_assets(client):
    client.force_login(an_operator())
    asset = an_asset(a_user("ann@example.com"))
    page = client.get("/admin/videos/asset/", {"q": "ann@"})
    assert "ann@example.com" in page.text
    assert client.get("/admin/videos/asset/add/").status_code == 403
    client.post(f"/admin/videos/asset/{asset.pk}/delete/", {"post": "yes"})
    assert not Asset.objects.exists()
