"""Chromium, Firefox and WebKitGTK, driven by the same few verbs: a journey runs in each of them."""
