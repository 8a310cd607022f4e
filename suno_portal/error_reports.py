"""Reports errors to Sentry where ``SENTRY_DSN`` is set; without it nothing is loaded for it."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from videos import VERSION
from videos.logs import mask_tokens


def start_error_reports(dsn: str) -> None:
    """Have the errors of this process reported; raises ``ImproperlyConfigured`` without the SDK.

    A report has the message, the stack without the values of variables, and the address, in which
    secrets are masked. It has no body, no header, and nothing of the person (the SDK's default).
    """
    try:
        sdk = import_module("sentry_sdk")
        sdk.init(
            dsn=dsn,
            release=VERSION,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            before_send=masked,
        )
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but sentry-sdk is not installed: "
            ".venv/bin/pip install -r requirements-sentry.txt"
        ) from error
    except ValueError as error:  # its class, BadDsn, is known only where the SDK is
        raise ImproperlyConfigured("SENTRY_DSN is not the DSN of a project.") from error


def masked(event: dict[str, Any], hint: object = None) -> dict[str, Any]:
    """Return a report with "…" for the secret parts of addresses, wherever they stand."""
    result: dict[str, Any] = _mask(event)
    for name in ("headers", "cookies", "env"):
        result.get("request", {}).pop(name, None)
    return result


def _mask(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return mask_tokens(value)
    if isinstance(value, dict):
        return {name: _mask(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_mask(each) for each in value]
    return value
