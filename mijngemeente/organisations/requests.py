"""What a view may count on after the door has opened (web/door.py)."""

from django.http import HttpRequest

from .models import Member, Organisation, Person
from .rules import Coverage, Right


class PersonRequest(HttpRequest):
    """Somebody signed in; `coverage` says where they work."""

    user: Person
    coverage: dict[int, Coverage]


class MemberRequest(PersonRequest):
    """Somebody working for one organisation, inside its unit."""

    organisation: Organisation
    member: Member
    rights: frozenset[Right]


class ResidentRequest(HttpRequest):
    """Anybody, at one organisation's public pages, inside its unit."""

    organisation: Organisation
