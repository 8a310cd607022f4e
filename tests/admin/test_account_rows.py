"""Histories, exports and deletions in the admin."""

import pytest
from allauth.account.models import EmailAddress

from tests.factories import a_user, an_operator
from videos.admin import large_tables
from videos.models import AccountDeletion, AccountEvent, AccountExport

pytestmark = pytest.mark.django_db
EVENTS, EXPORTS, DELETIONS = (
    f"/admin/videos/{name}/" for name in ("accountevent", "accountexport", "accountdeletion")
)


@pytest.fixture(autouse=True)
def operator(client):
    client.force_login(an_operator())


def a_row_of_each() -> None:
    user = a_user()
    AccountEvent.objects.record(user, AccountEvent.Kind.NEW_DEVICE, "Firefox")
    AccountExport.objects.order(user)
    AccountDeletion.objects.order(user)


@pytest.mark.parametrize("page", [EVENTS, EXPORTS, DELETIONS])
def test_the_lists_cost_as_much_for_many_as_for_one(client, page, django_assert_max_num_queries):
    for _ in range(8):
        a_row_of_each()
    with django_assert_max_num_queries(8):
        assert client.get(page).status_code == 200
    assert client.get(page, {"q": "example.com"}).status_code == 200


@pytest.mark.parametrize("page", [EVENTS, EXPORTS, DELETIONS])
def test_nothing_is_added_or_edited(client, page):
    a_row_of_each()
    assert client.get(f"{page}add/").status_code == 403
    row = {EVENTS: AccountEvent, EXPORTS: AccountExport, DELETIONS: AccountDeletion}[page]
    address = f"{page}{row.objects.get().pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 403


def test_the_page_of_a_copy_does_not_lead_to_its_file(client):
    a_row_of_each()
    AccountExport.objects.update(file="exports/secret.zip")
    body = client.get(f"{EXPORTS}{AccountExport.objects.get().pk}/change/").content.decode()
    assert "secret.zip" not in body


def test_a_failed_deletion_is_tried_again(client):
    row = AccountDeletion.objects.order(a_user())
    row.mark_failed("It broke.")
    client.post(DELETIONS, {"action": "retry", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.state, row.due_at is None) == ("waiting", False)


def test_addresses_are_listed_without_a_count_of_all(client, monkeypatch):
    for number in range(4):
        EmailAddress.objects.create(user=a_user(), email=f"a{number}@example.com")
    monkeypatch.setattr(large_tables, "MAX_EXACT_COUNT", 2)
    page = client.get("/admin/account/emailaddress/")
    assert page.context["cl"].paginator.count >= 3
    assert "a3@example.com" in page.text
