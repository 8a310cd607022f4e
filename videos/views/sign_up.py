"""Pages around the sign-up: the link of an invitation, and waiting for an operator."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos.accounts import sign_up
from videos.models import Invitation


@login_not_required
@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Lead somebody with the link of an invitation to the sign-up."""
    if Invitation.objects.find(token) is None:
        return render(request, "account/invitation_invalid.html", status=404)
    request.session[sign_up.SESSION_KEY] = token
    return redirect("account_signup")


@login_not_required
@require_safe
def approval_pending(request: HttpRequest) -> HttpResponse:
    """Say that an operator looks at the account first."""
    return render(request, "account/approval_pending.html")
