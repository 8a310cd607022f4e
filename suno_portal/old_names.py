"""Environment variables under the names that they had before: still read, with a warning."""

import warnings
from collections.abc import MutableMapping

NEW_NAMES = {
    "HEARD_MB": "ANALYSIS_CACHE_MB",
    "DELIVERY_TIMEOUT_SECONDS": "WEBHOOK_TIMEOUT_SECONDS",
    "DELIVERY_RETRY_MINUTES": "WEBHOOK_RETRY_MINUTES",
    "DELIVERY_KEPT_DAYS": "WEBHOOK_RETENTION_DAYS",
    "KIE_WEBHOOK_KEY": "KIE_CALLBACK_KEY",
}


def read_old_names(environment: MutableMapping[str, str]) -> None:
    """Set each variable that only has its old name under its new one; warns of the old one."""
    for old, new in NEW_NAMES.items():
        if old in environment:
            environment.setdefault(new, environment[old])
            warnings.warn(f"The setting {old} is called {new} now.", FutureWarning, stacklevel=2)
