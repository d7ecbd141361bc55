"""Wegwijs: who is in an online team, what it does, and what is missing."""
