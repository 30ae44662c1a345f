"""Rates of hits, compared and over time."""
