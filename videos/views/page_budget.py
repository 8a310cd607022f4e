"""The processor time that the pages of one visitor may take, so that nobody else waits for it.

Rations count what is costly by itself; a page is cheap, but a program that opens hundreds of them a
second occupies every core before a film gets its turn. Each process of the site measures what it
did for a visitor (a person, or a network of visitors who have not logged in) in the last minute.
These numbers are rough and stay in the process, because a row for each page would cost as much as
the page. Whoever uses pages by hand stays far below: a page takes some hundredths of a second.
"""

import math
import threading
import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse
from django.utils import translation

from videos.accounts.log_ins import network_of
from videos.languages import choice

MINUTE = 60.0  # seconds
MAX_DEBT = 2.0  # budgets: whoever goes on and on is let in again a minute after the end
NETWORK_SHARE = 2  # budgets: many people may be behind one address
MAX_VISITORS = 10_000  # of whom a process knows anything


class Account:
    """The processor time of visitors, in seconds, which is forgiven evenly within a minute."""

    def __init__(self, max_visitors: int = MAX_VISITORS) -> None:
        self.max_visitors = max_visitors
        self._debts: dict[str, tuple[float, float]] = {}  # seconds, and when that was so
        self._lock = threading.Lock()

    def charge(self, visitor: str, seconds: float, budget: float, now: float) -> None:
        """Add what was done for ``visitor``, who has ``budget`` seconds a minute."""
        with self._lock:
            debt = min(self._debt(visitor, budget, now) + seconds, MAX_DEBT * budget)
            self._debts.pop(visitor, None)
            self._debts[visitor] = (debt, now)  # the last one
            if len(self._debts) > self.max_visitors:
                del self._debts[next(iter(self._debts))]

    def wait(self, visitor: str, budget: float, now: float) -> float:
        """Return the seconds until ``visitor`` may have another page, 0 for "now"."""
        with self._lock:
            over = self._debt(visitor, budget, now) - budget
        return max(0.0, over * MINUTE / budget)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._debts.clear()

    def _debt(self, visitor: str, budget: float, now: float) -> float:
        debt, at = self._debts.get(visitor, (0.0, now))
        return max(0.0, debt - (now - at) * budget / MINUTE)


account = Account()
_people: dict[str, str] = {}  # whose a session is, by its key
_people_lock = threading.Lock()


def refuse(request: HttpRequest) -> HttpResponse | None:
    """Return 429 for a visitor whose budget is spent, None for everybody else.

    nginx, which has the site asked before it reads a file, knows no such answer, and would make an
    error of ours of it.
    """
    if request.path == reverse("videos:upload_permission"):
        return None
    person = _people.get(_session_key(request), "")
    wait = _wait(request, person)
    if wait and not person:  # others at that address may have spent it
        person = _person_of_session(_session_key(request))
        wait = _wait(request, person) if person else wait
    if not wait:
        return None
    language = choice.of_address(request) or choice.of_browser(request)
    with translation.override(language):
        page = loader.get_template("429.html").render()
    headers = {"Retry-After": str(math.ceil(wait)), "Cache-Control": "no-store"}
    return HttpResponse(page, status=429, headers=headers)


def charge(request: HttpRequest, seconds: float) -> None:
    """Count ``seconds`` of processor time that an answer took, a refusal's too."""
    if not settings.PAGE_BUDGET:
        return
    session = getattr(request, "session", None)
    person = _people.get(_session_key(request), "")
    if session is not None and session.accessed:
        person = str(session.get(SESSION_KEY, ""))
        _remember(session.session_key, person)
    visitor, budget = _budget(request, person)
    account.charge(visitor, seconds, budget, time.monotonic())


def _wait(request: HttpRequest, person: str) -> float:
    if not settings.PAGE_BUDGET:
        return 0.0
    visitor, budget = _budget(request, person)
    return account.wait(visitor, budget, time.monotonic())


def _budget(request: HttpRequest, person: str) -> tuple[str, float]:
    """Return who pays, and the seconds a minute that they have."""
    if person:
        return f"person:{person}", settings.PAGE_BUDGET
    return f"network:{network_of(request)}", NETWORK_SHARE * settings.PAGE_BUDGET


def _session_key(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def _person_of_session(session_key: str) -> str:
    """Return whose a session is that this process has not met, "" if it is nobody's."""
    if not session_key:
        return ""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    person = str(session.get(SESSION_KEY, ""))
    _remember(session_key, person)
    return person


def _remember(session_key: str | None, person: str) -> None:
    if not (session_key and person):
        return
    with _people_lock:
        _people[session_key] = person
        if len(_people) > MAX_VISITORS:
            del _people[next(iter(_people))]
