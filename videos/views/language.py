"""The switch of the language, in the footer of every page and on the account's page."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from videos.languages import choice
from videos.models import User
from videos.views import uploads


@login_not_required
@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Set the language of the browser and, after the log-in, of the account; "" is the browser's.

    The pages of visitors have no token, so that they are the same at each visit (their validators
    say so); a visitor's form changes nothing but a cookie. An account is changed with a token only.
    """
    if response := uploads.refuse_body(request, set_language):
        return response
    return _of_account(request) if isinstance(request.user, User) else _of_browser(request)


@csrf_protect
def _of_account(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    if (code := _choice(request)) is not None:
        request.user.set_language(code)
    return _of_browser(request)


def _of_browser(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    code = _choice(request)
    if code:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    elif code == "":
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return response


def _choice(request: HttpRequest) -> str | None:
    """Return the language that was chosen, None for one that there is not."""
    code = request.POST.get("language", "-")
    return code if code in {*choice.CODES, ""} else None


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect to the page with the switch, without the language that its address may name."""
    page = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return redirect("videos:home")
    parts = urlsplit(page)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in fields if name != choice.PARAMETER])
    return redirect(parts._replace(query=query).geturl())
