"""Filling the reference tables."""

from .files import load_reference
from .lists import load_list

__all__ = ["load_list", "load_reference"]
