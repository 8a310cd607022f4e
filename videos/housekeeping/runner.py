"""Runs the chores that are due, one process at a time, and notes what they did."""

import logging

from videos.housekeeping.chores import CHORES, Mode
from videos.media.orphans import TooManyOrphans
from videos.models import ScheduledTask

logger = logging.getLogger(__name__)


def run_due() -> None:
    """Run each chore whose time has come; one that breaks stops no other."""
    for name, chore in CHORES.items():
        if ScheduledTask.objects.claim(name, chore.interval):
            _run_claimed(name)


def _run_claimed(name: str) -> None:
    try:
        _record(name, Mode())
    except Exception:
        logger.exception("Housekeeping: %s", name)


def run(name: str, *, is_trial: bool = False, force: bool = False) -> str:
    """Run one chore now, or say what it would do; raises what it raises."""
    chore = CHORES[name]
    if is_trial:
        return chore.run(Mode(is_trial=True, force=force))
    ScheduledTask.objects.filter(name=name).run_soon()
    if not ScheduledTask.objects.claim(name, chore.interval):
        return "another process does it now"
    return _record(name, Mode(force=force))


def _record(name: str, mode: Mode) -> str:
    """Run a chore, note what it did or what broke, and return or raise that."""
    try:
        outcome = CHORES[name].run(mode)
    except Exception as error:
        ScheduledTask.objects.record(name, _sentence_of(error), failed=True)
        raise
    ScheduledTask.objects.record(name, outcome)
    return outcome


def _sentence_of(error: Exception) -> str:
    if isinstance(error, TooManyOrphans):  # it is one already
        return str(error)
    return f"{type(error).__name__}: {error}"
