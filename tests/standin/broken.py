"""Broken and slow responses: each function writes one to the socket of a request handler."""

import gzip
import socket
import struct
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

Breakage = Callable[[BaseHTTPRequestHandler], None]

BOT_WALL = b"<!doctype html><title>Just a moment...</title><h1>Checking your browser</h1>"
HANG = 60.0  # seconds
HTML = b"<!doctype html><title>502</title><h1>Bad gateway</h1>"
DRIP_INTERVAL = 0.2  # seconds between two bytes
JSON = b'{"code":200,"msg":"success","data":{"taskId":"x"}}'


def send_response(
    handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str
) -> None:
    """Send ``body`` as JSON; in names of ``headers``, "_" stands for "-"."""
    handler.send_response(status)
    names = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    for name, value in (names | {n.replace("_", "-"): v for n, v in headers.items()}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def _reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def _drip(handler: BaseHTTPRequestHandler, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Location", "http://127.0.0.1:9/key")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(int(HANG / DRIP_INTERVAL)):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(DRIP_INTERVAL)


def _drip_to_the_end(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    for _ in range(int(HANG / DRIP_INTERVAL)):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(DRIP_INTERVAL)


def _drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(int(HANG / DRIP_INTERVAL)):
        handler.wfile.write(b"X-%d: y\r\n" % (n % 50))
        handler.wfile.flush()
        time.sleep(DRIP_INTERVAL)


def _hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(HANG)


def _truncate(handler: BaseHTTPRequestHandler) -> None:
    send_response(handler, JSON[:20], Content_Length=str(len(JSON)))
    handler.close_connection = True


# Responses by the name with which tests order them
BROKEN: dict[str, Breakage] = {
    "html": lambda h: send_response(h, HTML, Content_Type="text/html"),
    "html 504": lambda h: send_response(h, HTML, 504, Content_Type="text/html"),
    "html 502": lambda h: send_response(h, HTML, 502, Content_Type="text/html"),
    "empty": lambda h: send_response(h, b""),
    "empty 500": lambda h: send_response(h, b"", 500),
    "503": lambda h: send_response(h, b"", 503),
    "truncated": _truncate,
    "cut JSON": lambda h: send_response(h, JSON[:20]),
    "10 MB": lambda h: send_response(h, b'{"code":200,"data":"' + b"x" * 10_000_000 + b'"}'),
    "gzip bomb": lambda h: send_response(
        h, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"
    ),
    "false gzip": lambda h: send_response(h, JSON, Content_Encoding="gzip"),
    "a list": lambda h: send_response(h, b"[1,2,3]"),
    "a number": lambda h: send_response(h, b"12"),
    "null": lambda h: send_response(h, b"null"),
    "deep": lambda h: send_response(h, b"[" * 100_000),
    "huge number": lambda h: send_response(h, b'{"code":' + b"9" * 5000 + b"}"),
    "not UTF-8": lambda h: send_response(h, b'{"code":200,"msg":"\xff\xfe"}'),
    "bot wall": lambda h: send_response(h, BOT_WALL, 403, Content_Type="text/html"),
    "redirect": lambda h: send_response(h, b"", 302, Location="http://127.0.0.1:9/key"),
    "reset": _reset,
}
SLOW: dict[str, Breakage] = {
    "drip": _drip,
    "drip to the end of the connection": _drip_to_the_end,
    "drip of headers": _drip_headers,
    "redirect that drips": lambda h: _drip(h, 302),
    "hang": _hang,
}
