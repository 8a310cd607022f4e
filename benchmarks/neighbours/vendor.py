"""A vendor of Suno's family, as far as pages use it: songs are there, films are being made."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit


class VendorServer(ThreadingHTTPServer):
    """Answers on a port of loopback; use it in a ``with`` statement."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)

    def __enter__(self) -> Self:
        """Begin to answer."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        """Close."""
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer the record of a song or of a film."""
        address = urlsplit(self.path)
        task_id = parse_qs(address.query).get("taskId", [""])[0]
        data: dict[str, object] = {"taskId": task_id}
        if "/mp4/" in address.path:
            data |= {"successFlag": "PENDING", "response": None}
        else:
            track = {"id": "a" * 32, "audioUrl": "https://example.com/a.mp3", "title": "Song"}
            data |= {"status": "SUCCESS", "response": {"taskId": task_id, "sunoData": [track]}}
        body = json.dumps({"code": 200, "msg": "success", "data": data}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Log nothing."""
