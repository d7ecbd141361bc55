"""When somebody is away."""

from datetime import date

from ..models import Absence, Person


def be_away(*, person: Person, starts_on: date, ends_on: date, stand_in: Person | None) -> None:
    """Say when somebody is away; this takes the place of what they said before."""
    days = {"starts_on": starts_on, "ends_on": ends_on, "stand_in": stand_in}
    Absence.objects.update_or_create(person=person, defaults=days)


def be_back(*, person: Person) -> None:
    """They work again from now on."""
    Absence.objects.filter(person=person).delete()
