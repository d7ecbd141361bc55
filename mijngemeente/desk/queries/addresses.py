"""Where the pages of a conversation are."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

_ANY = UUID(int=0)


def address_of(page: str, slug: str, conversation_id: UUID) -> str:
    """The address of a page of the desk about this conversation; `page` as `urls.py` names it."""
    return _address_of_any(page, slug).replace(str(_ANY), str(conversation_id))


@lru_cache(maxsize=4096)  # To Django a list has a hundred questions, a twelfth of its time; here it has two.
def _address_of_any(page: str, slug: str) -> str:
    return reverse(f"desk:{page}", args=[slug, _ANY])
