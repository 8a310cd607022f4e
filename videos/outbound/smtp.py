"""Sends one mail over SMTP, with a time-out of each read and one total deadline.

The mail server is the one of ``EMAIL_URL``. Django's own backend has no total deadline, so a server
that sends a byte now and then would hold it for ever.
"""

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Callable

from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from videos.outbound.deadline import SocketWatcher

READ_TIMEOUT = 10  # seconds for the connection, and for each answer of the server
MAX_REPLY_LENGTH = 300  # characters of the server's words that are shown


class MailError(Exception):
    """The mail was not sent; the text is a sentence for operators."""

    def __init__(self, text: str, *, is_permanent: bool = False) -> None:
        super().__init__(text)
        self.is_permanent = is_permanent  # the server refused this mail or recipient for good


def send(sender: str, recipient: str, message: bytes, is_over: Callable[[], bool]) -> None:
    """Give ``message`` to the mail server; raises ``MailError``.

    The connection is closed as soon as ``is_over()`` is true; it is called from another thread.
    """
    with SocketWatcher(is_over) as watcher:
        transport = _Transport(watcher)
        try:
            transport.open()
            assert transport.connection is not None
            transport.connection.sendmail(sender, [recipient], message)
        except (OSError, ValueError) as error:  # ValueError: a name that cannot be one of a server
            if watcher.was_interrupted:
                raise MailError(_("The mail server did not answer in time.")) from error
            raise MailError(_sentence(error), is_permanent=_is_permanent(error)) from error
        finally:
            with contextlib.suppress(OSError):  # the mail is sent, or not, whatever QUIT says
                transport.close()


def connect(is_over: Callable[[], bool]) -> None:
    """Connect to the mail server, log in there and leave; raises ``MailError``."""
    with SocketWatcher(is_over) as watcher:
        transport = _Transport(watcher)
        try:
            transport.open()
        except (OSError, ValueError) as error:
            if watcher.was_interrupted:
                raise MailError(_("The mail server did not answer in time.")) from error
            raise MailError(_sentence(error)) from error
        finally:
            with contextlib.suppress(OSError):
                transport.close()


class _Transport(EmailBackend):
    """Django's transport, whose connection a watcher can close."""

    def __init__(self, watcher: SocketWatcher) -> None:
        super().__init__(timeout=READ_TIMEOUT)
        self._watcher = watcher

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return a class of connections that have themselves watched."""
        return _make_watched(super().connection_class, self._watcher)


def _make_watched(base: type[smtplib.SMTP], watcher: SocketWatcher) -> type[smtplib.SMTP]:
    """Return a class like ``base`` that gives its socket to ``watcher``, before the greeting."""

    class Watched(base):  # type: ignore[valid-type,misc]
        def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
            new: socket.socket = super()._get_socket(host, port, timeout)
            watcher.add(new)
            return new

    return Watched


def _sentence(error: Exception) -> str:
    """Return what happened, in a sentence for operators."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        reply = _text(*next(iter(error.recipients.values())))
        return _("The mail server refused the recipient: %(reply)s") % {"reply": reply}
    if isinstance(error, smtplib.SMTPAuthenticationError):
        reply = _text(error.smtp_code, error.smtp_error)
        return _("The mail server refused the log-in of EMAIL_URL: %(reply)s") % {"reply": reply}
    if isinstance(error, smtplib.SMTPResponseException):
        reply = _text(error.smtp_code, error.smtp_error)
        return _("The mail server refused the mail: %(reply)s") % {"reply": reply}
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return _("The mail server did not answer in time.")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return _("The mail server closed the connection.")
    if isinstance(error, smtplib.SMTPException):
        return _("The mail server cannot be used: %(reply)s") % {"reply": str(error)}
    if isinstance(error, ssl.SSLError):
        reason = error.reason or error.__class__.__name__
        return _("TLS with the mail server failed: %(reason)s") % {"reason": reason}
    if isinstance(error, socket.gaierror | ValueError):
        return _("The name of the mail server leads nowhere.")
    return _("The mail server cannot be reached: %(reason)s") % {"reason": error}


def _is_permanent(error: Exception) -> bool:
    """Return whether the server refused this mail or recipient with a code of 500 or more."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _text(code: int, reply: bytes | str) -> str:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    printable = "".join(each if each.isprintable() else " " for each in words)
    return f"{code} {' '.join(printable.split())}"[:MAX_REPLY_LENGTH]
