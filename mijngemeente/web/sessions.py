"""What may be read in many sessions, found out together: one change reaches two thousand open screens."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from mijngemeente.organisations.models import Person
from mijngemeente.organisations.queries import coverages_of, people_kept_out
from mijngemeente.organisations.rules import Coverage, Right
from mijngemeente.platform.threads import in_thread

# Promise P14: changed rights work within five seconds, also in open screens.
RIGHTS_SECONDS = 4.0

#: Organisations whose conversations somebody may read, and their own person.
Subjects = frozenset[int | UUID]


class Rights:
    """What may be read in each session, read again once that is RIGHTS_SECONDS ago.

    The screens that hear of one change ask at the same moment, and are answered by one reading: of 300
    sessions one by one took the processor a second and a half.
    """

    def __init__(self) -> None:
        self._fresh: dict[str, asyncio.Task[dict[str, Subjects]]] = {}
        self._gathered: set[str] = set()

    async def in_session(self, session: str) -> Subjects:
        """Nothing when nobody is signed in with it any more."""
        if session not in self._fresh:
            self._gather(session)
        # A tab that is closed meanwhile does not take the answer from the others.
        found = await asyncio.shield(self._fresh[session])
        return found.get(session, frozenset())

    def _gather(self, session: str) -> None:
        loop = asyncio.get_running_loop()
        if not self._gathered:
            self._next = loop.create_task(self._read())
        self._gathered.add(session)
        self._fresh[session] = self._next
        loop.call_later(RIGHTS_SECONDS, self._fresh.pop, session, None)

    async def _read(self) -> dict[str, Subjects]:
        """Begins when everybody who heard the same had their turn to ask."""
        await asyncio.sleep(0)
        asked, self._gathered = self._gathered, set()
        return await in_thread(readable_in)(asked)


def readable_in(sessions: Collection[str]) -> dict[str, Subjects]:
    """Session → what may be read in it; nothing for whoever the door keeps out.

    A session in which nobody is signed in now is left out.
    """
    people = _people_in(sessions)
    ids = {each.id for each in people.values()}
    kept_out, covered = people_kept_out(ids), coverages_of(ids)
    return {
        session: frozenset() if each.id in kept_out else _subjects(each, covered[each.id])
        for session, each in people.items()
    }


def _subjects(person: Person, covered: Mapping[int, Coverage]) -> Subjects:
    readable = (number for number, each in covered.items() if Right.READ in each.rights)
    return frozenset({person.id, *readable})


def _people_in(sessions: Collection[str]) -> dict[str, Person]:
    """Who is signed in with each; as Django's `get_user`, which finds out for one."""
    rows = Session.objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    kept = {each.session_key: SessionStore().decode(each.session_data) for each in rows}
    ids = {each[SESSION_KEY] for each in kept.values() if SESSION_KEY in each}
    people = {str(each.id): each for each in Person.objects.filter(id__in=ids, is_active=True)}
    return {
        session: people[each[SESSION_KEY]]
        for session, each in kept.items()
        if each.get(SESSION_KEY) in people and _is_theirs(each, people[each[SESSION_KEY]])
    }


def _is_theirs(session: Mapping[str, Any], person: Person) -> bool:
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    hashes = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    return any(constant_time_compare(session.get(HASH_SESSION_KEY, ""), each) for each in hashes)
