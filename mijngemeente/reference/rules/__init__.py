"""What we know of names and of the Dutch language."""

from .names import BEGINS, CONTAINS, SAME, fit

__all__ = ["BEGINS", "CONTAINS", "SAME", "fit"]
