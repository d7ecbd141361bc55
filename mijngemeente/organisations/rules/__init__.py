"""What organisations decide: who may do what, and which appearance can be read."""

from .rights import RIGHTS, ROLES, Agreed, Coverage, Membership, Right, Role, coverage, rights_of

__all__ = ["RIGHTS", "ROLES", "Agreed", "Coverage", "Membership", "Right", "Role", "coverage", "rights_of"]
