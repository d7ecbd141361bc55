"""Who may do what: roles give rights, membership and service agreements say where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody does in an organisation."""

    READER = "reader"
    AGENT = "agent"
    SPOKESPERSON = "spokesperson"
    CONTENT_DIRECTOR = "content_director"
    ANALYST = "analyst"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


ROLES = {
    Role.READER: "meelezer",
    Role.AGENT: "webcaremedewerker",
    Role.SPOKESPERSON: "woordvoerder",
    Role.CONTENT_DIRECTOR: "contentregisseur",
    Role.ANALYST: "data-analist",
    Role.MANAGER: "leidinggevende",
    Role.ADMINISTRATOR: "beheerder",
}


class Right(StrEnum):
    """What a page or action asks for."""

    READ = "read"
    REPLY = "reply"
    ORGANISE = "organise"
    ANALYSE = "analyse"
    MANAGE = "manage"
    ADMINISTER = "administer"


_READS = frozenset({Right.READ})
_ANSWERS = _READS | {Right.REPLY, Right.ORGANISE}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READER: _READS,
    Role.AGENT: _ANSWERS,
    Role.SPOKESPERSON: _ANSWERS,
    Role.CONTENT_DIRECTOR: _ANSWERS,
    Role.ANALYST: _READS | {Right.ANALYSE},
    Role.MANAGER: _ANSWERS | {Right.ANALYSE, Right.MANAGE},
    # Keeps the machine running; does not read what residents write.
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER}),
}

# Who works for another organisation answers there, and nothing else.
_LENT = _ANSWERS


@dataclass(frozen=True)
class Membership:
    """One person in one organisation."""

    member_id: UUID
    organisation_id: int
    roles: frozenset[Role]


@dataclass(frozen=True)
class Coverage:
    """As which member somebody works for an organisation, and with which rights."""

    member_id: UUID
    rights: frozenset[Right]
    #: They are a member there, rather than lent under an agreement.
    is_own: bool = False
    #: Teams whose conversations alone they reach there; empty for all of the organisation's.
    team_ids: frozenset[int] = frozenset()

    @property
    def is_limited(self) -> bool:
        """They reach a part of it only."""
        return bool(self.team_ids)

    def reaches(self, team_id: int) -> bool:
        """Whether they may see what that team has."""
        return not self.team_ids or team_id in self.team_ids


@dataclass(frozen=True)
class Agreed:
    """That one organisation works for another."""

    provider_id: int
    client_id: int
    #: For some conversations only.
    is_limited: bool = False


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """All rights that these roles give together."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def coverage(memberships: Iterable[Membership], agreements: Iterable[Agreed]) -> dict[int, Coverage]:
    """For each organisation somebody works for: as whom, with which rights.

    `agreements` are those in force. Own membership comes before an agreement, and one for everything before
    one for a part; an agreement never gives more than answering.
    """
    own = {each.organisation_id: each for each in memberships}
    covered = {
        number: Coverage(each.member_id, rights_of(each.roles), is_own=True) for number, each in own.items()
    }
    for agreed in sorted(agreements, key=lambda each: each.is_limited):
        provider, client = agreed.provider_id, agreed.client_id
        teams = frozenset({provider}) if agreed.is_limited else frozenset()
        if provider not in own:
            continue
        if client not in covered:
            rights = rights_of(own[provider].roles) & _LENT
            covered[client] = Coverage(own[provider].member_id, rights, team_ids=teams)
        elif covered[client].is_limited:
            covered[client] = replace(covered[client], team_ids=covered[client].team_ids | teams)
    return {number: found for number, found in covered.items() if found.rights}
