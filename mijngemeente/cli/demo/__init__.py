"""A lifelike country to try everything in."""

from .command import configure, run

__all__ = ["configure", "run"]
