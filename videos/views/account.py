"""The account page: a person's defaults for new videos."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from videos.forms.account import DefaultsForm
from videos.views.requests import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: UserRequest) -> HttpResponse:
    """Show and change the defaults of new videos."""
    if request.method == "POST":
        form = DefaultsForm(request.user, request.POST)
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return redirect("videos:account")
    else:
        form = DefaultsForm(request.user)
    return render(request, "account/account.html", {"form": form})
