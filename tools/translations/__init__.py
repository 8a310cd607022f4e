"""Keeps the catalogues of ``videos/locale`` complete: extracts, lists, takes back, compiles."""
