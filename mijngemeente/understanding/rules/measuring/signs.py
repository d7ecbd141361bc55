"""How often a sign is seen, and how often it is rightly given."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignReport:
    """Shares between 0 and 1; counts of texts."""

    count: int
    #: Texts that have it, and texts it was given to.
    so: int
    given: int
    precision: float
    recall: float


def sign_report(pairs: Iterable[tuple[bool, bool]]) -> SignReport:
    """From pairs of what is so and what was given."""
    listed = list(pairs)
    both = sum(so and given for so, given in listed)
    so, given = sum(so for so, _ in listed), sum(given for _, given in listed)
    return SignReport(
        count=len(listed),
        so=so,
        given=given,
        precision=both / given if given else 1.0,
        recall=both / so if so else 1.0,
    )
