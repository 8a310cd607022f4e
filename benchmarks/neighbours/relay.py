"""Neighbours that can be silenced: a relay for TCP, and a name server."""

import contextlib
import socket
import socketserver
import struct
import threading
from typing import Self

BLOCK = 64 * 1024
LIFE = 60  # seconds that a resolver may keep an address


class Relay:
    """Passes connections on to ``target``; while it is silent it takes all and answers nothing.

    So does a machine that hangs, and a firewall that drops what it does not like: nobody is
    refused, and nobody hears anything. Use it in a ``with`` statement.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self._speaks = threading.Event()
        self._open: set[socket.socket] = set()

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._speaks.set()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        """Hang up."""
        self._speaks.set()
        self._listener.close()
        self._hang_up()

    def silence(self) -> None:
        """Answer nothing from now on."""
        self._speaks.clear()

    def speak(self) -> None:
        """Answer again; connections from before are closed."""
        self._hang_up()
        self._speaks.set()

    def _hang_up(self) -> None:
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self._open.add(client)
        try:
            self._speaks.wait()
            with client, socket.create_connection(("127.0.0.1", self._target)) as server:
                back = threading.Thread(target=self._pump, args=(server, client), daemon=True)
                back.start()
                self._pump(client, server)
                back.join()
        except OSError:
            client.close()
        finally:
            self._open.discard(client)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(BLOCK):
                self._speaks.wait()
                target.sendall(block)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


class NameServer(socketserver.UDPServer):
    """Answers that every name is 127.0.0.1, or nothing; use it in a ``with`` statement."""

    allow_reuse_address = True

    def __init__(self, address: str) -> None:
        super().__init__((address, 53), _Question)
        self.speaks = True

    def __enter__(self) -> Self:
        """Begin to answer."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        """Close."""
        self.shutdown()
        self.server_close()

    def silence(self) -> None:
        """Answer nothing from now on."""
        self.speaks = False

    def speak(self) -> None:
        """Answer again."""
        self.speaks = True


class _Question(socketserver.BaseRequestHandler):
    server: NameServer

    def handle(self) -> None:
        """Answer a question for the address of a name (RFC 1035, 4.1)."""
        if not self.server.speaks:
            return
        question, connection = self.request
        end = question.index(b"\0", 12) + 5
        is_for_ipv4 = question[end - 4 : end - 2] == b"\0\1"
        head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, int(is_for_ipv4), 0, 0)
        answer = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, LIFE, 4) + bytes([127, 0, 0, 1])
        packet = head + question[12:end] + (answer if is_for_ipv4 else b"")
        connection.sendto(packet, self.client_address)
