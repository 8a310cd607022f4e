"""A person's callbacks: what was sent to their programs, and the key that signs it."""

import uuid

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from videos import webhooks
from videos.models import Delivery, DeliveryAttempt, WebhookKey
from videos.views.requests import UserRequest

SHOWN = 20
CALLS_SHOWN = 8


@never_cache  # the page holds the key, which no browser is to keep
@require_safe
def deliveries(request: UserRequest) -> HttpResponse:
    """Show the last callbacks with their calls, and the key."""
    calls = Prefetch("attempts", DeliveryAttempt.objects.order_by("-at", "-pk"))
    mine = Delivery.objects.for_user(request.user).select_related("video__track")
    context = {
        "deliveries": mine.prefetch_related(calls)[:SHOWN],
        "calls_shown": CALLS_SHOWN,
        "key": WebhookKey.objects.filter(user=request.user).first(),
    }
    return render(request, "account/deliveries.html", context)


@require_POST
def again(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send one of the person's callbacks once more."""
    mine = get_object_or_404(Delivery.objects.for_user(request.user), pk=pk)
    if webhooks.send_again(mine):
        messages.success(request, _("The callback is sent again."))
    else:
        messages.info(request, _("The callback is being sent just now."))
    return redirect("videos:deliveries")


@require_POST
def renew_key(request: UserRequest) -> HttpResponse:
    """Make the person a key, or another one."""
    WebhookKey.objects.renew(request.user)
    messages.success(request, _("Callbacks are signed with the new key from now on."))
    return redirect("videos:deliveries")
