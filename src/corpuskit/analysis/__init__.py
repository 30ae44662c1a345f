"""Hits and corpora become results."""
