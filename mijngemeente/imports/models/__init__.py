"""Files of other systems, and what they brought."""

from .imports import Import, Imported

__all__ = ["Import", "Imported"]
