"""Gunicorn's configuration: few processes, many threads, because a viewer occupies a thread."""

import sys

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger

from suno_portal.environment import Environment, exit_if_misconfigured
from suno_portal.site_url import is_loopback
from videos.logs import MaskedTokens, mask_tokens

NO_PROXY = (
    "\n*** This site is open to a network without a proxy before it: some 70 clients that send a "
    "byte a second stop it. Put nginx before it (docs/operations.md) and set BEHIND_PROXY=true.\n"
)


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
with exit_if_misconfigured():
    _env = Environment()
    _env.check_host()
    _host = _env.text("HOST").strip("[]")
    bind = f"{f'[{_host}]' if ':' in _host else _host}:{_env.integer('PORT')}"
    workers = _env.integer("WEB_PROCESSES")
    threads = _env.integer("WEB_THREADS")
    accesslog = _env.text("ACCESS_LOG") or None
    loglevel = _env.choice("LOG_LEVEL").lower()
    if not is_loopback(_host) and not _env.flag("BEHIND_PROXY"):
        print(NO_PROXY, file=sys.stderr, flush=True)
    _is_development = _env.flag("DEBUG")


def when_ready(server: Arbiter) -> None:
    """Tell a developer when the site answers: starting takes longer than printing its address."""
    if _is_development:
        print(f"The portal answers at http://{bind}", file=sys.stderr, flush=True)


worker_class = "gthread"
timeout = 60
graceful_timeout = 1 if _is_development else 5  # an edit is seen soon, whoever plays a film
keepalive = 15
preload_app = True
control_socket_disable = True
errorlog = "-"
