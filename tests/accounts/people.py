"""People of the tests of accounts: what they do in their browsers and mailboxes."""

import base64
import hmac
import re
import struct
import time

from django.core import mail
from django.test import Client

from tests.factories import PASSWORD
from videos import accounts
from videos.accounts.adapter import AUTHENTICATED_AT

SIGNUP, LOGIN = "/accounts/signup/", "/accounts/login/"
RESET = "/accounts/password/reset/"
NEW_PASSWORD = "violet tractor 41 moons"


def sign_up(client: Client, email: str, password: str = NEW_PASSWORD):
    return client.post(SIGNUP, {"email": email, "password1": password})


def log_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def request_reset(client: Client, email: str):
    """Ask for a new password, and let a worker answer."""
    response = client.post(RESET, {"email": email})
    while accounts.answer_next():
        pass
    return response


def mailed_path(recipient: str, part: str = "/accounts/") -> str:
    """Return the path of the last link with ``part`` that was mailed to ``recipient``."""
    for message in reversed(mail.outbox):
        paths = re.findall(r"https?://[^\s/]+(/\S+)", message.body)
        links = [path for path in paths if part in path]
        if message.to == [recipient] and links:
            return links[0]
    raise AssertionError(f"No link was mailed to {recipient}")


def confirm(client: Client, recipient: str):
    """Open the link of the last confirmation, and press the button."""
    path = mailed_path(recipient, "/confirm-email/")
    client.get(path)
    return client.post(path)


def set_password(client: Client, path: str, password: str = NEW_PASSWORD):
    """Open the link of a reset, and set a new password."""
    page = client.get(path, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(address, {"password1": password, "password2": password})


def code_of(secret: str) -> str:
    """Return the code that an app shows now for a ``secret`` (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 0x0F)
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def force_login(client: Client, user) -> None:
    """Log ``user`` in as if the password had just been given."""
    client.force_login(user)
    set_authenticated_at(client, time.time())


def set_authenticated_at(client: Client, at: float) -> None:
    session = client.session
    session[AUTHENTICATED_AT] = at
    session.save()
