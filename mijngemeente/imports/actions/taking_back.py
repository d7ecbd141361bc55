"""An import is undone, part by part: what somebody did something with meanwhile stays."""

from collections.abc import Sequence
from uuid import UUID

from mijngemeente.conversations.actions import forget_old
from mijngemeente.conversations.models import Conversation
from mijngemeente.conversations.queries import have_residents_alone
from mijngemeente.platform.tenancy import acting_for

from ..models import Import, Imported
from ..queries.uses import used_contacts, used_conversations
from .showing import remove_file

UNDONE_AT_ONCE = 100


def take_back(*, organisation_id: int, import_id: str) -> None:
    """Remove what an import made: conversations first, as residents go only when they have none."""
    for column in ("conversation", "contact"):
        after = None
        while part := _take_back_part(organisation_id, import_id, column, after):
            after = part[-1].id
    _end(organisation_id, import_id)


def _take_back_part(
    organisation_id: int, import_id: str, column: str, after: UUID | None
) -> Sequence[Imported]:
    with acting_for(organisation_id):
        undone = _locked(import_id)
        have_residents_alone(organisation_id)
        if undone.state != Import.State.UNDOING:
            return ()
        rows = Imported.objects.filter(organisation_id=organisation_id, batch=undone)
        left = rows.exclude(**{column: None}).order_by("id")
        part = list((left.filter(id__gt=after) if after else left)[:UNDONE_AT_ONCE])
        ids = [getattr(each, f"{column}_id") for each in part]
        stays = _stays(undone, column, ids)
        gone = [each for each in ids if each not in stays]
        rows.filter(**{f"{column}__in": gone}).delete()
        forget_old(
            organisation_id=organisation_id,
            conversations=gone if column == "conversation" else (),
            contacts=gone if column == "contact" else (),
        )
    return part


def _stays(undone: Import, column: str, ids: Sequence[UUID]) -> set[UUID]:
    """What was used by now; whoever is about to use another one finds it locked, and then gone."""
    if column == "contact":
        return set(used_contacts(undone, ids).values_list("id", flat=True))
    rows = Conversation.objects.select_for_update(of=("self",)).filter(organisation_id=undone.organisation_id)
    list(rows.filter(id__in=ids).order_by("id").values_list("id", flat=True))
    return set(used_conversations(undone, ids).values_list("id", flat=True))


def _locked(import_id: str) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("file").get(id=import_id)


def _end(organisation_id: int, import_id: str) -> None:
    """How many stayed is told on its page."""
    with acting_for(organisation_id):
        undone = _locked(import_id)
        if undone.state == Import.State.UNDOING:
            rows = Imported.objects.filter(organisation_id=organisation_id, batch=undone)
            undone.state, undone.made = Import.State.UNDONE, rows.exclude(digest="").count()
            undone.save(update_fields=["state", "made"])
            remove_file(undone)
