"""Who is erased must not come back out of a file that still waits."""

from collections.abc import Collection, Iterator
from itertools import chain

from mijngemeente.channels.contract import Party
from mijngemeente.conversations.rules import normal_address
from mijngemeente.conversations.rules.history import OldContact

from ..models import Import
from ..queries.files import layout_of, opened
from ..rules.layouts import Entry
from ..rules.reading import entries
from .showing import remove_file

_UNFINISHED = (Import.State.SHOWN, Import.State.RUNNING, Import.State.PAUSED)


def withdraw_files_naming(*, organisation_id: int, addresses: Collection[str]) -> int:
    """Remove the files that hold one of these addresses, as they are compared; how many that were.

    What a file brought in before stays; what it did not, has to be chosen again.
    """
    kept = Import.objects.select_for_update(of=("self",)).select_related("file").order_by("id")
    found = [each for each in kept.filter(organisation_id=organisation_id, file__isnull=False) if addresses]
    naming = [each for each in found if _names(each, addresses)]
    for each in naming:
        if each.state in _UNFINISHED:
            each.state = Import.State.WITHDRAWN
            each.save(update_fields=["state"])
        remove_file(each)
    return len(naming)


def _names(kept: Import, addresses: Collection[str]) -> bool:
    if kept.file is None:
        return False
    wanted = frozenset(addresses)
    with opened(kept.file) as file:
        return any(not wanted.isdisjoint(_addresses_in(each)) for each in entries(file, layout_of(kept)))


def _addresses_in(entry: Entry) -> Iterator[str]:
    old = entry.old
    if old is None:
        return
    if isinstance(old, OldContact):
        parties: Iterator[Party] = iter(old.addresses)
    else:
        written_to = (each for message in old.messages for each in message.recipients)
        parties = chain([old.resident], (Party("", each, "email") for each in written_to))
    for each in parties:
        yield normal_address(each.kind, each.address)
