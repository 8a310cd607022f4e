"""Accounts: who may sign up, proofs of addresses, notices to owners, exports and deletions."""

from videos.accounts.deletions import delete_everything, delete_next
from videos.accounts.exports import export_next
from videos.accounts.password_resets import answer_next
from videos.accounts.sign_up import approve, invite
from videos.accounts.tidying import tidy

__all__ = [
    "answer_next",
    "approve",
    "delete_everything",
    "delete_next",
    "export_next",
    "invite",
    "tidy",
]
