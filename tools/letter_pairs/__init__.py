"""Counts the pairs of letters of languages, with which legacy encodings are told apart."""
