"""The User-Agent header of every request that leaves us."""

from django.conf import settings


def user_agent() -> str:
    """Return our name and address; kie.ai's hosts refuse the default names of HTTP libraries."""
    return f"SunoPortal/1.0 (+{settings.SITE_URL})"
