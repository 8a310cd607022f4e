"""The admin for operators: one module for each model."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from videos.admin import circuit_breaker, keys, mail, song, user, video, webhook_delivery, worker

__all__ = [
    "circuit_breaker",
    "keys",
    "mail",
    "song",
    "user",
    "video",
    "webhook_delivery",
    "worker",
]

# Operators log in on the same page as everybody, with its rate limits
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
