"""A person's data: a copy of all of it, and the end of the account."""

import uuid

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from videos.accounts.notices import notify
from videos.forms.account import DeleteAccountForm
from videos.media.serving import serve
from videos.models import AccountDeletion, AccountEvent, AccountExport, ApiKey
from videos.pipeline.quota import amounts
from videos.queue import enqueue_account_work
from videos.views.requests import UserRequest, password_required


@require_safe
def data(request: UserRequest) -> HttpResponse:
    """Show what is stored of the person, their copies, and the way out."""
    context = {
        "exports": AccountExport.objects.for_user(request.user),
        "max_exports": settings.MAX_EXPORTS_PER_DAY,
        "retention_days": settings.EXPORT_RETENTION_DAYS,
        **_amounts(request),
    }
    return render(request, "account/data.html", context)


@require_POST
@password_required
@transaction.atomic
def order_export(request: UserRequest) -> HttpResponse:
    """Have a worker make a copy of the person's data."""
    if AccountExport.objects.order(request.user):
        enqueue_account_work()
        notify(request.user, AccountEvent.Kind.EXPORT_REQUESTED, request=request)
        messages.success(request, _("The copy is being made. You get a mail when it is ready."))
    else:
        sentence = _("A copy is being made already, or you have ordered enough of them for today.")
        messages.error(request, sentence)
    return redirect("videos:account_data")


@require_safe
def download_export(request: UserRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Send a copy to its owner, and to nobody else."""
    row = get_object_or_404(AccountExport.objects.for_user(request.user).ready(), pk=pk)
    return _send_export(request, row)


@password_required
def _send_export(request: UserRequest, row: AccountExport) -> HttpResponseBase:
    return serve(
        request,
        row.file,
        content_type="application/zip",
        cache="private, no-store",
        save_as=f"{settings.SITE_NAME} {row.created_at:%Y-%m-%d}.zip",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def delete_account(request: UserRequest) -> HttpResponse:
    """Say what is deleted, and delete it once the password is entered."""
    form = DeleteAccountForm(request.user, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, **_amounts(request)}
        return render(request, "account/delete.html", context)
    user = request.user
    with transaction.atomic():
        get_adapter().send_mail("account/email/account_deleted", user.email, {})
        AccountDeletion.objects.order(user)
        enqueue_account_work()
    logout(request)
    sentence = _("Your account is switched off, and all that belongs to it is being deleted.")
    messages.success(request, sentence)
    return redirect("videos:home")


def _amounts(request: UserRequest) -> dict[str, int]:
    """Return how much there is of what belongs to the person."""
    own = amounts(request.user)
    return {
        "video_count": own.videos,
        "shared_count": own.shared_videos,
        "song_count": own.songs,
        "key_count": ApiKey.objects.for_user(request.user).usable().count(),
        "stored_bytes": own.stored_bytes,
        "max_bytes": settings.MAX_STORAGE_BYTES,
    }
