"""Who takes a conversation, out of those a rule names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Candidate:
    """Somebody who might take it."""

    member_id: UUID
    #: Conversations of this organisation that wait for this person.
    open_count: int
    #: When somebody was given one last; None for never.
    given_at: datetime | None = None
    is_away: bool = False
    #: Who takes over while this person is away.
    stand_in: UUID | None = None
    #: Knows what the conversation is about.
    is_skilled: bool = True
    #: False for somebody who is here only as a stand-in.
    is_named: bool = True


@dataclass(frozen=True)
class Full:
    """That everybody a rule names has enough to do: about one group of topics, or (None) about anything."""

    rule_id: UUID
    topic_group: str | None = None


def taker(
    candidates: Iterable[Candidate], *, most_open: int | None = None, needs_skill: bool = False
) -> UUID | None:
    """Who takes it: whoever has the fewest, and of those who waited longest for one.

    None: it stays in the row. While somebody is away their stand-in takes their place, if that one is among
    the candidates. `most_open` is how many one person may have.
    """
    by_id = {each.member_id: each for each in candidates}
    stands = (_present(each, by_id) for each in by_id.values() if each.is_named)
    able = {
        each.member_id: each
        for each in stands
        if each and _has_room(each, most_open) and (each.is_skilled or not needs_skill)
    }
    first = min(able.values(), key=_turn, default=None)
    return first.member_id if first else None


def _has_room(candidate: Candidate, most_open: int | None) -> bool:
    return most_open is None or candidate.open_count < most_open


def _turn(candidate: Candidate) -> tuple[int, float, UUID]:
    given = candidate.given_at.timestamp() if candidate.given_at else 0.0
    return candidate.open_count, given, candidate.member_id


def _present(candidate: Candidate, by_id: Mapping[UUID, Candidate]) -> Candidate | None:
    """The candidate or, while away, the stand-in; not a stand-in of a stand-in."""
    if not candidate.is_away:
        return candidate
    stand_in = by_id.get(candidate.stand_in) if candidate.stand_in else None
    return None if stand_in is None or stand_in.is_away else stand_in
