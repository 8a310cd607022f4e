"""Mails about finished videos: on or off, in the account or by the link in such a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from videos.accounts import ready_mails
from videos.views.requests import UserRequest


@require_POST
def set_ready_mails(request: UserRequest) -> HttpResponse:
    """Switch the mails on or off."""
    request.user.set_ready_mails(is_on="is_on" in request.POST)
    messages.success(request, _("Saved."))
    return redirect("videos:account")


@csrf_exempt  # programs that read mails post here by themselves (RFC 8058); the address is signed
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_ready_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button that stops the mails, and stop them: scanners of links follow those by GET."""
    user = ready_mails.find_user(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        user.set_ready_mails(is_on=False)
    context = {"is_stopped": user.ready_mail_since is None}
    return render(request, "account/ready_mails_stop.html", context)
