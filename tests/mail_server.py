"""An SMTP server on loopback that takes mails, refuses them, is silent, or disconnects."""

import contextlib
import socket
import socketserver
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self


@dataclass
class MailServer:
    """Speaks SMTP as ``behaviour`` says, which may change at any time.

    ``replies`` are answers by command, such as ``{"RCPT": "550 5.1.1 no such user"}``; a command
    that is "silent" gets no answer, "drop" closes the connection, "drip" is a byte a time.
    """

    host: str = "127.0.0.1"
    replies: dict[str, str] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> Self:
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer.connections += 1
                with contextlib.suppress(OSError, _Drop):
                    _Conversation(outer, self).run()

        self.closing = threading.Event()

        class Server(socketserver.ThreadingTCPServer):
            address_family = socket.AF_INET6 if ":" in outer.host else socket.AF_INET
            request_queue_size = 64

        self._server = Server((self.host, 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def recover(self) -> None:
        """Take mails from now on, and close the connections that get no answer."""
        self.replies = {}
        self.closing.set()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return [recipient for _sender, recipient in self.envelopes]


class _Drop(Exception):
    """The connection is to be closed."""


class _Conversation:
    def __init__(self, server: MailServer, handler: socketserver.StreamRequestHandler) -> None:
        self.server, self.handler = server, handler
        self.sender = ""
        self.recipients: list[str] = []

    def run(self) -> None:
        self.reply("GREETING", "220 mail.test ESMTP")
        while line := self.handler.rfile.readline().decode().strip():
            command = line.split(" ")[0].split(":")[0].upper()
            if command == "MAIL":
                self.sender = _path(line)
            if command == "QUIT":
                self.reply(command, "221 bye")
                return
            if command == "DATA":
                self.take_data()
            elif self.reply(command, "250 OK") and command == "RCPT":
                self.recipients.append(_path(line))

    def take_data(self) -> None:
        if not self.reply("DATA", "354 go on"):
            return
        lines = []
        while (line := self.handler.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.reply("TEXT", "250 taken"):
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.server.mails.append(mail)
            self.server.envelopes += [(self.sender, each) for each in self.recipients]
        self.recipients = []

    def reply(self, command: str, usual: str) -> bool:
        """Answer a command; return whether the answer is a good one."""
        text = self.server.replies.get(command, usual)
        if text == "drop":
            self.handler.connection.shutdown(socket.SHUT_RDWR)
            raise _Drop
        if text == "silent":
            self.server.closing.wait(30)
            raise _Drop
        if text == "drip":
            while not self.server.closing.is_set():
                self.handler.wfile.write(b"2")
                time.sleep(0.05)
        self.handler.wfile.write(f"{text}\r\n".encode())
        return text[0] in "23"


def _path(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
