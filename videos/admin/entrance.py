"""The entrance of the admin: operators need a second factor where the settings say so."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from videos.accounts import second_factor

LoginView = Callable[..., HttpResponse]


def has_permission(request: HttpRequest) -> bool:
    """Return whether the visitor may open the admin."""
    return AdminSite.has_permission(admin.site, request) and not second_factor.is_missing(request)


def with_second_factor(login: LoginView) -> LoginView:
    """Return the log-in of the admin, which leads operators first to their second factor."""

    @wraps(login)
    def view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if second_factor.is_missing(request):
            messages.info(request, _("Operators log in with a second factor: switch it on first."))
            return redirect("videos:account_security")
        return login(request, *args, **kwargs)

    return view
