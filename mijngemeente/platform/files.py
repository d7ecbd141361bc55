"""Bytes that people sent: kept in the database, once per organisation, under its row security.

In the database rather than on disk, so that a message and its files are stored or lost together, on
every machine alike.
"""

import hashlib
import os
from collections.abc import Iterator
from io import BytesIO
from mmap import ACCESS_READ, mmap
from typing import BinaryIO, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import BinaryField, F, Func, ProtectedError, QuerySet, Value

from .tenancy import OrganisationModel, acting_organisation

Content = bytes | bytearray | mmap
Row = TypeVar("Row", bound=OrganisationModel)

# What travels at once: the database library holds several copies of it, and keeps that room afterwards.
READ_BYTES = 1024 * 1024
WRITTEN_BYTES = 1024 * 1024


class StoredFile(OrganisationModel):
    """The content of one or more attachments."""

    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="one_file_per_content"),
        ]

    def __str__(self) -> str:
        return self.sha256


def keep(content: Content) -> StoredFile:
    """Store the bytes for the acting organisation; the same bytes twice are one row."""
    digest = hashlib.sha256(content).hexdigest()
    kept, is_new = StoredFile.objects.defer("content").get_or_create(
        organisation_id=acting_organisation(),
        sha256=digest,
        defaults={"size_bytes": len(content), "content": at_once(content)},
    )
    if is_new:
        write_big(kept, "content", content)
    return kept


def keep_open(file: BinaryIO) -> StoredFile:
    """As `keep`, for what may be larger than memory: it is read where it lies, on disk."""
    file.seek(0, os.SEEK_END)
    if file.tell() <= WRITTEN_BYTES or isinstance(file, BytesIO):
        file.seek(0)
        return keep(file.read())
    with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return keep(content)


def forget(file: StoredFile) -> bool:
    """Remove the bytes, unless something else has the same; True if they are gone."""
    try:
        StoredFile.objects.only("id").get(organisation_id=file.organisation_id, id=file.id).delete()
    except ProtectedError:
        return False
    return True


def content_of(file: StoredFile) -> bytes:
    """All of it; piece by piece when the row was read without its content."""
    if "content" not in file.get_deferred_fields():
        return bytes(file.content)
    return b"".join(pieces_of(file, "content", file.size_bytes))


def at_once(content: Content) -> bytes:
    """What is stored with the row itself: all of it, or nothing of what is big; then `write_big` follows."""
    return bytes(content) if len(content) <= WRITTEN_BYTES else b""


def write_big(row: OrganisationModel, column: str, content: Content) -> None:
    """Fill the column of a new row with big content; what is not big stands there already.

    PostgreSQL gathers the pieces in a large object, which nobody else sees and which is gone at commit:
    adding piece after piece to the column itself would write everything again each time.
    """
    if len(content) <= WRITTEN_BYTES:
        return
    rows = type(row)._default_manager.filter(organisation_id=row.organisation_id, id=row.id)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT lo_creat(-1)")
        gathered = cursor.fetchone()[0]
        for start in range(0, len(content), WRITTEN_BYTES):
            piece = bytes(content[start : start + WRITTEN_BYTES])
            cursor.execute("SELECT lo_put(%s::oid, %s::bigint, %s::bytea)", [gathered, start, piece])
        rows.update(**{column: Func(Value(gathered), function="lo_get", output_field=BinaryField())})
        cursor.execute("SELECT lo_unlink(%s::oid)", [gathered])


def with_first_piece(rows: "QuerySet[Row]", column: str) -> "QuerySet[Row]":
    """The rows without the column, but with its first READ_BYTES as `first_piece`."""
    return cast("QuerySet[Row]", rows.defer(column).annotate(first_piece=_slice(column, 0)))


def pieces_of(row: OrganisationModel, column: str, size_bytes: int, *, after: int = 0) -> Iterator[bytes]:
    """The column from byte `after` on, in pieces of READ_BYTES."""
    rows = type(row)._default_manager.filter(organisation_id=row.organisation_id, id=row.id)
    for start in range(after, size_bytes, READ_BYTES):
        yield bytes(rows.annotate(piece=_slice(column, start)).values_list("piece", flat=True).get())


def _slice(column: str, start: int) -> Func:
    return Func(F(column), start + 1, READ_BYTES, function="substr", output_field=BinaryField())
