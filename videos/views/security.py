"""The security page of an account: password, second factor, log-ins, and what happened."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from videos.accounts import devices, second_factor
from videos.accounts.notices import notify
from videos.models import AccountEvent
from videos.views.requests import UserRequest

MAX_EVENTS = 30  # on the page


@require_safe
def security(request: UserRequest) -> HttpResponse:
    """Show how the account is protected, and its history."""
    context = {
        "addresses": EmailAddress.objects.filter(user=request.user).order_by("-primary", "email"),
        "has_second_factor": second_factor.has_second_factor(request.user),
        "needs_second_factor": second_factor.is_required(request.user),
        "events": AccountEvent.objects.for_user(request.user)[:MAX_EVENTS],
    }
    return render(request, "account/security.html", context)


@require_POST
def end_sessions(request: UserRequest) -> HttpResponse:
    """Log the person out in all browsers but this one."""
    request.user.end_sessions()
    update_session_auth_hash(request, request.user)
    notify(request.user, AccountEvent.Kind.SESSIONS_ENDED, request=request)
    messages.success(request, _("All other browsers are logged out."))
    response = redirect("videos:account_security")
    devices.remember(request, response, request.user)
    return response
