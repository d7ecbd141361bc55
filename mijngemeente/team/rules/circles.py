"""Backups that lead back to where one began."""

from collections.abc import Iterator

from .plot import Person


def circles(people: list[Person]) -> Iterator[tuple[str, list[str]]]:
    """Tasks where following the backups leads back to where one began; each circle once."""
    followers: dict[str, dict[str, str]] = {}
    for person in people:
        for duty in person.duties:
            if duty.backup and duty.backup != person.id:
                followers.setdefault(duty.task, {})[person.id] = duty.backup
    for task, next_of in followers.items():
        seen: set[str] = set()
        for start in next_of:
            walked: list[str] = []
            here = start
            while here in next_of and here not in seen:
                seen.add(here)
                walked.append(here)
                here = next_of[here]
            if here in walked:
                yield task, walked[walked.index(here) :]
