"""Callbacks, which come in from vendors: addresses, signatures, and what a callback may cause."""

from videos.callbacks.receive import extract_task_id, receive_callback
from videos.callbacks.signatures import has_valid_signature
from videos.callbacks.tokens import callback_url

__all__ = ["callback_url", "extract_task_id", "has_valid_signature", "receive_callback"]
