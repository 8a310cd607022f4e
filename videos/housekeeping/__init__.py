"""Housekeeping: what is deleted, measured and told by the clock, all by one scheduled task."""

from videos.housekeeping.chores import CHORES, Chore
from videos.housekeeping.runner import run, run_due

__all__ = ["CHORES", "Chore", "run", "run_due"]
