"""Old names of environment variables: they are still read, with a warning."""

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
    """Copy each old variable of ``environment`` to its new name, if unset; warn of the old name."""
    for old, new in NEW_NAMES.items():
        if old in environment:
            environment.setdefault(new, environment[old])
            warnings.warn(f"The setting {old} is called {new} now.", FutureWarning, stacklevel=2)
