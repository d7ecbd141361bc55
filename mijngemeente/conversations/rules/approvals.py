"""Who may say yes to an answer of somebody else."""

from collections.abc import Collection
from uuid import UUID

from mijngemeente.organisations.rules import Right


def may_approve(person: UUID, rights: Collection[Right], *, author: UUID, asked_to: UUID | None) -> bool:
    """Never one's own; when somebody was asked, that person, or who manages the work.

    All are persons: somebody with two memberships is still the same pair of eyes.
    """
    if person == author or not {Right.REPLY, Right.ORGANISE} <= set(rights):
        return False
    return asked_to in (None, person) or Right.MANAGE in rights
