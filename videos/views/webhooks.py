"""A person's webhooks: what was sent to their programs, and the key that signs it."""

import uuid

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from videos import webhooks
from videos.accounts.notices import notify
from videos.models import AccountEvent, Delivery, DeliveryAttempt, WebhookKey
from videos.views.requests import UserRequest, password_required

MAX_DELIVERIES = 20  # on the page
MAX_ATTEMPTS = 8  # of each delivery


@never_cache  # the page holds the key, which no browser should store
@require_safe
def webhook_list(request: UserRequest) -> HttpResponse:
    """Show the last deliveries with their attempts, and the key."""
    attempts = Prefetch("attempts", DeliveryAttempt.objects.order_by("-at", "-pk"))
    deliveries = Delivery.objects.for_user(request.user).select_related("video__track")
    context = {
        "deliveries": deliveries.prefetch_related(attempts)[:MAX_DELIVERIES],
        "max_attempts": MAX_ATTEMPTS,
        "key": WebhookKey.objects.filter(user=request.user).first(),
    }
    return render(request, "account/deliveries.html", context)


@require_safe
def redirect_old_address(request: UserRequest) -> HttpResponse:
    """Redirect from the address that the page had when webhooks were called callbacks."""
    return redirect("videos:webhooks", permanent=True)


@require_POST
def resend_webhook(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send one of the person's webhooks once more."""
    delivery = get_object_or_404(Delivery.objects.for_user(request.user), pk=pk)
    if webhooks.resend(delivery):
        messages.success(request, _("The webhook is sent again."))
    else:
        messages.info(request, _("The webhook is being sent just now."))
    return redirect("videos:webhooks")


@require_POST
@password_required
def renew_key(request: UserRequest) -> HttpResponse:
    """Replace the person's key by a new one, or create the first."""
    WebhookKey.objects.renew(request.user)
    notify(request.user, AccountEvent.Kind.WEBHOOK_KEY_CREATED, request=request)
    messages.success(request, _("Webhooks are signed with the new key from now on."))
    return redirect("videos:webhooks")
