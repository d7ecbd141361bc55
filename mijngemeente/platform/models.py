"""The platform's tables, found here by Django; each lives with its noun."""

from .audit import AuditLine
from .files import StoredFile
from .tallies import Tally

__all__ = ["AuditLine", "StoredFile", "Tally"]
