"""The platform's two tables, found here by Django; each lives with its noun."""

from .audit import AuditLine
from .files import StoredFile

__all__ = ["AuditLine", "StoredFile"]
