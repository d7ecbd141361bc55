"""Lists of organisations in a condition, written as one array.

Who covers 342 municipalities names all of them in a dozen conditions a page. As a parameter each they cost
Django, the driver and PostgreSQL's parser more time than the answer did (list over 342: 23 of 105 ms).
"""

from typing import Any

from django.db.models import ForeignKey
from django.db.models.fields.related_lookups import RelatedIn

# Shorter lists are planned better, and sent as cheaply, as parameters.
MANY = 20


class KeyIn(RelatedIn):
    """`IN` as Django has it, but for a long list of numbers."""

    def get_prep_lookup(self) -> Any:
        """Numbers are ready as they are."""
        return self.rhs if self._is_long else super().get_prep_lookup()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """With the numbers in the statement itself, so that the plan knows how many there are."""
        if not self._is_long:
            return super().as_sql(compiler, connection)
        column, params = self.process_lhs(compiler, connection)
        # Nothing but digits can come out of `int`.
        numbers = ",".join(str(int(each)) for each in sorted(set(self.rhs)))
        return f"{column} = ANY ('{{{numbers}}}'::int[])", tuple(params)

    @property
    def _is_long(self) -> bool:
        found = self.rhs
        return isinstance(found, (list, tuple, set, frozenset)) and len(found) > MANY and _are_numbers(found)


def _are_numbers(found: Any) -> bool:
    return all(type(each) is int for each in found)


def register() -> None:
    """From now on, for every foreign key."""
    ForeignKey.register_lookup(KeyIn)
