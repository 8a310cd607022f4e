"""A person's keys for the API."""

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


@never_cache  # the answer to a form may hold a key, which no browser is to keep
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def keys(request: UserRequest) -> HttpResponse:
    """List the person's keys, and make one, which is shown in this answer only."""
    secret, form = "", KeyForm()
    if request.method == "POST":
        form = KeyForm(request.POST)
        if form.is_valid():
            _row, secret = form.issue(request.user)
            form = KeyForm()
    mine = ApiKey.objects.for_user(request.user)
    context = {"form": form, "keys": mine, "secret": secret}
    return render(request, "account/keys.html", context)


@require_POST
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Let one of the person's keys open nothing any more."""
    key = get_object_or_404(ApiKey.objects.for_user(request.user), pk=pk)
    if key.revoke():
        messages.success(request, _("The key was revoked."))
    return redirect("videos:keys")
