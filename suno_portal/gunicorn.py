"""How gunicorn serves the site: few processes, many threads, because a viewer holds a thread."""

import os

from gunicorn.config import Config
from gunicorn.glogging import Logger

from videos.logs import MaskedTokens, masked


class MaskedLogger(Logger):
    """Writes requests to the logs, but not the tokens in their addresses."""

    def setup(self, cfg: Config) -> None:
        """Begin to write, masked: what goes wrong with a request is told with its address."""
        super().setup(cfg)
        self.error_log.addFilter(MaskedTokens())

    def atoms(self, *args: object) -> dict[str, object]:
        """Return what a line of the access log is made of."""
        atoms: dict[str, object] = super().atoms(*args)
        return atoms | {name: masked(str(atoms[name])) for name in ("r", "U", "f")}


logger_class = MaskedLogger
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
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
