"""Gunicorn's configuration: few processes, many threads, because a viewer occupies a thread."""

import signal
import sys
from pathlib import Path
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from suno_portal.environment import Environment, exit_if_misconfigured
from suno_portal.site_url import is_loopback
from videos.logs import JsonLines, MaskedTokens, mask_tokens
from videos.render.sandbox.process_control import set_parent_death_signal

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
        if is_json:
            for handler in (*self.error_log.handlers, *self.access_log.handlers):
                handler.setFormatter(JsonLines())

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:  # noqa: ANN401
        """Write a line of the access log."""
        if not is_json or not self.access_log_enabled:
            super().access(resp, req, environ, request_time)
            return
        atoms = self.atoms(resp, req, environ, request_time)
        names = {"m": "method", "U": "path", "s": "status", "B": "bytes", "h": "address"}
        facts = {name: atoms[atom] for atom, name in names.items()}
        facts["seconds"] = request_time.total_seconds()
        facts["request_id"] = atoms.get("{portal.request_id}e", "")
        self.access_log.info("%s %s", atoms["m"], atoms["U"], extra={"facts": facts})

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
    is_json = _env.choice("LOG_FORMAT") == "json"
    _data_dir = _env.folder("DATA_DIR", default=Path(__file__).resolve().parent.parent / "var")
    _metrics_dir = _data_dir / f"metrics-{_env.integer('PORT')}"
    if not is_loopback(_host) and not _env.flag("BEHIND_PROXY"):
        print(NO_PROXY, file=sys.stderr, flush=True)
    _is_development = _env.flag("DEBUG")


def post_fork(server: Arbiter, worker: Worker) -> None:
    """Let a worker end with its master: one that hangs would hold the port of the next master."""
    set_parent_death_signal(server.pid, signal.SIGKILL)


def when_ready(server: Arbiter) -> None:
    """Tell a developer when the site answers: starting takes longer than printing its address."""
    if _is_development:
        print(f"The portal answers at http://{bind}", file=sys.stderr, flush=True)


worker_class = "gthread"
timeout = 60
# Requests end in order before a restart; an edit is seen soon, whoever plays a film
graceful_timeout = 1 if _is_development else 30
keepalive = 15
preload_app = True
# Each process counts requests in files of its own there (videos/monitoring/requests.py)
raw_env = [f"PROMETHEUS_MULTIPROC_DIR={_metrics_dir}"]
control_socket_disable = True
errorlog = "-"
