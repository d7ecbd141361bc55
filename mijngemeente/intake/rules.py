"""Whose question is it: the route of an incoming message."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """What is known before the text is understood."""

    #: Organisation that owns the inbox it came in on.
    inbox_organisation_id: int


@dataclass(frozen=True)
class Route:
    """Where a message goes, and why."""

    organisation_id: int
    covered_by_id: int
    topic_slug: str | None
    language: str
    #: Reasons in Dutch, as shown to an agent.
    because: tuple[str, ...]


def decide_route(evidence: Evidence, language: str) -> Route:
    """The organisation whose inbox was written to answers, with its own team."""
    owner = evidence.inbox_organisation_id
    return Route(owner, owner, None, language, ("geschreven aan een postvak van deze organisatie",))


def printable(content: bytes) -> str:
    """Bytes as text for a person's eyes: nothing invisible, nothing that turns the line around."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in text)
