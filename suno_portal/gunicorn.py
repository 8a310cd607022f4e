"""Gunicorn's configuration: few processes, many threads, because a viewer occupies a thread."""

import os

from gunicorn.config import Config
from gunicorn.glogging import Logger

from videos.logs import MaskedTokens, mask_tokens


class MaskedLogger(Logger):
    """Writes requests to the logs, with the tokens in their addresses masked."""

    def setup(self, cfg: Config) -> None:
        """Mask the error log, because its messages contain the addresses of requests."""
        super().setup(cfg)
        self.error_log.addFilter(MaskedTokens())

    def atoms(self, *args: object) -> dict[str, object]:
        """Return the parts of a line of the access log, masked."""
        atoms: dict[str, object] = super().atoms(*args)
        return atoms | {name: mask_tokens(str(atoms[name])) for name in ("r", "U", "f")}


logger_class = MaskedLogger
_host = os.environ.get("HOST") or "127.0.0.1"
bind = f"{f'[{_host}]' if ':' in _host else _host}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "32"))
timeout = 60
graceful_timeout = 5
keepalive = 15
preload_app = True
control_socket_disable = True
accesslog = os.environ.get("ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()
