"""Where somebody, or one conversation, left traces: found along the keys between tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from mijngemeente.conversations.models import Attachment, Contact, ContactAddress, Conversation, Message
from mijngemeente.desk.models import Satisfaction
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.guard import tenant_keys
from mijngemeente.platform.tenancy import OrganisationModel

from ..models import Hold
from ..register import REGISTER, Holding

#: Tables that are found by their own id, and how their ids are called in Traces.
ROOTS: Mapping[type[models.Model], str] = {
    Contact: "contacts",
    Conversation: "conversations",
    Message: "messages",
}


@dataclass(frozen=True)
class Traces:
    """The rows that everything else hangs on."""

    organisation_id: int
    contacts: tuple[UUID, ...] = ()
    conversations: tuple[UUID, ...] = ()
    #: All messages in those conversations.
    messages: tuple[UUID, ...] = ()
    #: What those contacts wrote in conversations of others.
    elsewhere: tuple[UUID, ...] = ()
    #: Their addresses, as they are compared.
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def only_elsewhere(self) -> "Traces":
        """What stands in conversations of others, alone."""
        return Traces(self.organisation_id, messages=self.elsewhere)

    @property
    def everywhere(self) -> "Traces":
        """The messages elsewhere counted among the rest."""
        return replace(self, messages=(*self.messages, *self.elsewhere), elsewhere=())


def traces_of(
    organisation_id: int, *, contacts: Iterable[UUID] = (), conversations: Iterable[UUID] = ()
) -> Traces:
    """Everything of these contacts, and of these conversations, with what was merged into them."""
    people = _with_merged(Contact, organisation_id, contacts)
    theirs = Conversation.objects.filter(organisation_id=organisation_id, contact__in=people)
    said = _with_merged(Conversation, organisation_id, [*conversations, *theirs.values_list("id", flat=True)])
    rows = Message.objects.filter(organisation_id=organisation_id)
    known = ContactAddress.objects.filter(organisation_id=organisation_id, contact__in=people)
    named = Contact.objects.filter(organisation_id=organisation_id, id__in=people)
    return Traces(
        organisation_id,
        contacts=tuple(people),
        conversations=tuple(said),
        messages=tuple(rows.filter(conversation__in=said).values_list("id", flat=True)),
        elsewhere=tuple(
            rows.filter(contact__in=people).exclude(conversation__in=said).values_list("id", flat=True)
        ),
        addresses=tuple(known.values_list("value", flat=True)),
        names=tuple(filter(None, named.values_list("name", flat=True))),
    )


def with_call_backs(organisation_id: int, conversations: Iterable[UUID]) -> list[UUID]:
    """These conversations, and the calls that were asked for because of them: they quote the resident."""
    said = _with_merged(Conversation, organisation_id, conversations)
    called = Satisfaction.objects.filter(organisation_id=organisation_id, conversation__in=said)
    return [*said, *called.exclude(call_back=None).values_list("call_back", flat=True)]


def _with_merged(
    model: type[Contact] | type[Conversation], organisation_id: int, ids: Iterable[UUID]
) -> list[UUID]:
    """These and what went up in them, in that order, each once."""
    found: dict[UUID, None] = {}
    newest = list(ids)
    while newest:
        found.update(dict.fromkeys(newest))
        rows = model._default_manager.filter(organisation_id=organisation_id, merged_into__in=newest)
        newest = [each for each in rows.values_list("id", flat=True) if each not in found]
    return list(found)


@dataclass(frozen=True)
class Table:
    """A table in which traces can stand."""

    model: type[models.Model]
    holding: Holding | None
    #: Lookup → name of the ids in Traces.
    lookups: Mapping[str, str] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """How many tables away from a root: what is furthest has to go first."""
        return max((lookup.count("__") for lookup in self.lookups), default=0)

    def rows(self, traces: Traces) -> "models.QuerySet[models.Model]":
        """The rows of these traces."""
        wanted = Q(pk__in=[])
        for lookup, ids in self.lookups.items():
            wanted |= Q(**{lookup: list(getattr(traces, ids))})
        return self.model._default_manager.filter(wanted, organisation_id=traces.organisation_id)


@cache
def tables() -> tuple[Table, ...]:
    """Every table that leads to a contact, conversation or message; the furthest first, the roots last."""
    holdings = {each.table.lower(): each for each in REGISTER}
    found = [
        Table(model, holdings.get(model._meta.label_lower), dict(_lookups(model, holdings)))
        for model in apps.get_models()
        if issubclass(model, OrganisationModel)
    ]
    return tuple(
        sorted(
            (each for each in found if each.lookups),
            key=lambda each: (each.model in ROOTS, -each.depth, each.model._meta.label),
        )
    )


def _lookups(model: type[models.Model], holdings: Mapping[str, Holding]) -> Iterator[tuple[str, str]]:
    if model in ROOTS:
        yield "id__in", ROOTS[model]
        return
    yield from _along_keys(model, ())
    holding = holdings.get(model._meta.label_lower)
    if holding is not None:
        yield from ((f"{column}__in", ids) for column, ids in holding.points.items())


def _along_keys(
    model: type[models.Model], passed: tuple[type[models.Model], ...]
) -> Iterator[tuple[str, str]]:
    for key in tenant_keys(model):
        target = key.remote_field.model
        if target in ROOTS:
            yield f"{key.name}__in", ROOTS[target]
        elif target not in passed and target is not model:
            for lookup, ids in _along_keys(target, (*passed, model)):
                yield f"{key.name}__{lookup}", ids


def files_of(traces: Traces) -> list[UUID]:
    """The stored files that come with the messages."""
    rows = Attachment.objects.filter(
        organisation_id=traces.organisation_id, message__in=[*traces.messages, *traces.elsewhere]
    )
    return list(rows.values_list("file", flat=True).distinct())


def unused_files(organisation_id: int, ids: Iterable[UUID]) -> list[UUID]:
    """Of these files, those that nothing points at."""
    left = set(ids)
    for model, column in _users_of_files():
        rows = model._default_manager.filter(organisation_id=organisation_id, **{f"{column}__in": left})
        left -= set(rows.values_list(column, flat=True))
    return list(left)


def orphaned_files(organisation_id: int, before: datetime) -> "models.QuerySet[StoredFile]":
    """What was stored before then and nothing points at any more: it went with an answer taken back, say."""
    rows = StoredFile.objects.filter(organisation_id=organisation_id, created_at__lt=before)
    for model, column in _users_of_files():
        used = model._default_manager.filter(organisation_id=organisation_id, **{column: OuterRef("id")})
        rows = rows.exclude(Exists(used))
    return rows


@cache
def _users_of_files() -> tuple[tuple[type[models.Model], str], ...]:
    return tuple(
        (model, key.name)
        for model in apps.get_models()
        if issubclass(model, OrganisationModel)
        for key in tenant_keys(model)
        if key.remote_field.model is StoredFile
    )


def held_among(traces: Traces) -> list[int]:
    """The numbers of the conversations that may not go."""
    holds = Hold.objects.in_force().filter(
        organisation_id=traces.organisation_id, conversation__in=traces.conversations
    )
    return list(holds.order_by("conversation__number").values_list("conversation__number", flat=True))
