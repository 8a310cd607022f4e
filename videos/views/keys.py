"""The page of a person's API keys."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from videos.accounts.notices import notify
from videos.forms.keys import KeyForm
from videos.models import AccountEvent, ApiKey
from videos.views.requests import UserRequest, password_required, password_required_to_post


@never_cache  # the response to a form may hold a key, which no browser should store
@require_http_methods(["GET", "HEAD", "POST"])
@password_required_to_post
@sensitive_variables("secret")
def key_list(request: UserRequest) -> HttpResponse:
    """List the person's keys, and issue one, which only this response shows."""
    secret, form = "", KeyForm()
    if request.method == "POST":
        form = KeyForm(request.POST)
        if form.is_valid():
            row, secret = form.issue(request.user)
            notify(request.user, AccountEvent.Kind.API_KEY_CREATED, str(row), request)
            form = KeyForm()
    keys = ApiKey.objects.for_user(request.user)
    context = {"form": form, "keys": keys, "secret": secret, "examples": _examples(secret)}
    return render(request, "account/keys.html", context)


@require_POST
@password_required
def revoke_key(request: UserRequest, pk: int) -> HttpResponse:
    """Revoke one of the person's keys for good."""
    key = get_object_or_404(ApiKey.objects.for_user(request.user), pk=pk)
    if key.revoke():
        notify(request.user, AccountEvent.Kind.API_KEY_REVOKED, str(key), request)
        messages.success(request, _("The key was revoked."))
    return redirect("videos:keys")


@sensitive_variables("secret")
def _examples(secret: str) -> dict[str, str]:
    """Return a first request in several languages; without a new key, a gap is where it stands."""
    url, header = f"{settings.SITE_URL}/api/v1/videos", f"Bearer {secret or 'ak_…'}"
    return {
        "curl": f"curl '{url}' -H 'Authorization: {header}'",
        "Python": (
            f"import requests\n\n"
            f'headers = {{"Authorization": "{header}"}}\n'
            f'print(requests.get("{url}", headers=headers, timeout=30).json())'
        ),
        "JavaScript": (
            f'const headers = {{ Authorization: "{header}" }};\n'
            f'const response = await fetch("{url}", {{ headers }});\n'
            f"console.log(await response.json());"
        ),
    }
