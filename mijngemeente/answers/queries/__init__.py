"""Readings of the answer bank."""
