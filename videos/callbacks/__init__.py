"""Callbacks, which come in from vendors: tokens, signatures, and what is believed of them."""
