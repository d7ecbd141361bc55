"""The embedded PostgreSQL: our own supervision of the binaries of a wheel (docs/decisions/0001)."""

from .cluster import Cluster, Connections, Holder, holder, running
from .place import Unavailable

__all__ = ["Cluster", "Connections", "Holder", "Unavailable", "holder", "running"]
