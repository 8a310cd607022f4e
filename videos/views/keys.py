"""The page of a person's API keys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from videos.forms.keys import KeyForm
from videos.models import ApiKey
from videos.views.requests import UserRequest


@never_cache  # the response to a form may hold a key, which no browser should store
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def key_list(request: UserRequest) -> HttpResponse:
    """List the person's keys, and issue one, which only this response shows."""
    secret, form = "", KeyForm()
    if request.method == "POST":
        form = KeyForm(request.POST)
        if form.is_valid():
            _row, secret = form.issue(request.user)
            form = KeyForm()
    keys = ApiKey.objects.for_user(request.user)
    context = {"form": form, "keys": keys, "secret": secret}
    return render(request, "account/keys.html", context)


@require_POST
def revoke_key(request: UserRequest, pk: int) -> HttpResponse:
    """Revoke one of the person's keys for good."""
    key = get_object_or_404(ApiKey.objects.for_user(request.user), pk=pk)
    if key.revoke():
        messages.success(request, _("The key was revoked."))
    return redirect("videos:keys")
