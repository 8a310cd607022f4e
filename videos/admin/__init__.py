"""The admin for operators: one module for each model."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django.contrib import admin

from videos.admin import (
    account_rows,
    asset,
    circuit_breaker,
    entrance,
    invitation,
    keys,
    mail,
    overview,
    review,
    scheduled_task,
    song,
    user,
    video,
    webhook_delivery,
    worker,
)

__all__ = [
    "account_rows",
    "asset",
    "circuit_breaker",
    "entrance",
    "invitation",
    "keys",
    "mail",
    "overview",
    "review",
    "scheduled_task",
    "song",
    "user",
    "video",
    "webhook_delivery",
    "worker",
]

# Operators log in on the same page as everybody, with its rate limits
admin.site.login = secure_admin_login(  # type: ignore[method-assign]
    entrance.with_second_factor(admin.site.login)
)
admin.site.index = overview.with_overview(  # type: ignore[assignment, method-assign]
    admin.site.index
)
admin.site.has_permission = entrance.has_permission  # type: ignore[method-assign]
# Its pages would show the secrets of the second factors; the page of a person can take one away
admin.site.unregister(Authenticator)
