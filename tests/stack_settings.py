"""The portal's settings for processes that tests start, where a log-in costs no processor time.

A password that is hashed as on a server takes most of a second.
"""

from suno_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
