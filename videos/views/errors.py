"""Error pages in the site's look.

They do not tell the reason: a private video and one that does not exist get the same page.
"""

import sys

from allauth.account.utils import get_login_redirect_url
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

from videos.models.connection import RETRY_AFTER, is_database_away
from videos.views.requests import referring_page

SHARE_PAGES = "/v/"


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: too many files, or more text than any form has."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413: a body that this address does not take."""
    return render(request, "400.html", status=413)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; below the share pages, offer visitors the log-in, whatever the reason is."""
    login_url = ""
    user = getattr(request, "user", None)  # not there if an early middleware answered
    if request.path.startswith(SHARE_PAGES) and not (user and user.is_authenticated):
        login_url = reverse("account_login", query={"next": request.get_full_path()})
    return render(request, "404.html", {"login_url": login_url}, status=404)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old, because somebody logged in since then."""
    if request.path in {reverse("account_login"), reverse("account_signup")}:
        if request.user.is_authenticated:  # in another tab: this form has nothing left to do
            return redirect(get_login_redirect_url(request))
    elif request.path == reverse("account_logout") and not request.user.is_authenticated:
        return redirect("videos:home")
    context = {
        "has_cookies": reason != REASON_NO_CSRF_COOKIE,
        "form_url": referring_page(request),
    }
    return render(request, "403_csrf.html", context, status=403)


@requires_csrf_token
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tried too often (django-allauth's rate limits)."""
    return render(request, "429.html", status=429)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without any context, so that this page does not fail, too.

    503 where the database cannot answer at the moment.
    """
    if is_database_away(sys.exception()):
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    return HttpResponse(loader.get_template("500.html").render(), status=500)
