"""Which municipality a message is about, from the names and marks in it. `Gazetteer` is what it knows."""

from .facts import Facts
from .gazetteer import Gazetteer
from .locating import locate

__all__ = ["Facts", "Gazetteer", "locate"]
