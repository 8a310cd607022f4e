"""Old names of environment variables: they are still read, with a warning."""

import warnings
from collections.abc import MutableMapping

NEW_NAMES = {
    "ALLOW_SIGNUP": "SIGNUP",
    "HEARD_MB": "ANALYSIS_CACHE_MB",
    "DELIVERY_TIMEOUT_SECONDS": "WEBHOOK_TIMEOUT_SECONDS",
    "DELIVERY_RETRY_MINUTES": "WEBHOOK_RETRY_MINUTES",
    "DELIVERY_KEPT_DAYS": "WEBHOOK_RETENTION_DAYS",
    "KIE_WEBHOOK_KEY": "KIE_CALLBACK_KEY",
}

# What a value of an old variable is called now
NEW_VALUES = {
    "ALLOW_SIGNUP": {
        **dict.fromkeys(("true", "1", "yes", "on"), "open"),
        **dict.fromkeys(("false", "0", "no", "off"), "closed"),
    }
}


def read_old_names(environment: MutableMapping[str, str]) -> None:
    """Copy each old variable of ``environment`` to its new name, if unset; warn of the old name."""
    for old, new in NEW_NAMES.items():
        if old in environment:
            value = environment[old]
            values = NEW_VALUES.get(old, {})
            environment.setdefault(new, values.get(value.strip().lower(), value))
            warnings.warn(f"The setting {old} is called {new} now.", FutureWarning, stacklevel=2)
