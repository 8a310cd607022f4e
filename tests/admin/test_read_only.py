import pytest
from django.apps import apps
from django.contrib import admin

from tests.factories import a_user
from videos.admin.read_only import ReadOnlyAdmin, ReadOnlyInline

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser_request(rf):
    request = rf.get("/admin/")
    request.user = a_user(is_staff=True, is_superuser=True)
    return request


def test_rows_of_others_are_not_added_or_edited_and_those_on_pages_not_deleted(superuser_request):
    registered = [
        admin.site.get_model_admin(model)
        for model in apps.get_models()
        if admin.site.is_registered(model)
    ]
    admins = [each for each in registered if isinstance(each, ReadOnlyAdmin)]
    inlines = [
        inline
        for each in registered
        for inline in each.get_inline_instances(superuser_request)
        if isinstance(inline, ReadOnlyInline)
    ]
    assert (len(admins), len(inlines)) == (4, 3)
    for each in (*admins, *inlines):
        assert each.has_view_permission(superuser_request)
        assert not each.has_change_permission(superuser_request)
    assert not any(each.has_add_permission(superuser_request) for each in admins)
    assert not any(each.has_add_permission(superuser_request, None) for each in inlines)
    assert not any(each.has_delete_permission(superuser_request) for each in inlines)
