"""What organisations decide: who may do what, and which appearance can be read."""

from .rights import RIGHTS, ROLES, Coverage, Membership, Right, Role, coverage, rights_of

__all__ = ["RIGHTS", "ROLES", "Coverage", "Membership", "Right", "Role", "coverage", "rights_of"]
