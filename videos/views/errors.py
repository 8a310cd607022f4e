"""Error pages in the site's look.

They do not tell the reason: a private video and one that does not exist get the same page.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: too many files, or more text than any form has."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old."""
    return render(request, "403_csrf.html", status=403)


@requires_csrf_token
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tried too often (django-allauth's rate limits)."""
    return render(request, "429.html", status=429)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without any context, so that this page does not fail, too."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
