"""Bytes that people sent: kept in the database, once per organisation, under its row security.

In the database rather than on disk, so that a message and its files are stored or lost together, on
every machine alike.
"""

import hashlib

from django.db import models

from .tenancy import OrganisationModel, acting_organisation


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


def keep(content: bytes) -> StoredFile:
    """Store the bytes for the acting organisation; the same bytes twice are one row."""
    digest = hashlib.sha256(content).hexdigest()
    kept, _ = StoredFile.objects.defer("content").get_or_create(
        organisation_id=acting_organisation(),
        sha256=digest,
        defaults={"size_bytes": len(content), "content": content},
    )
    return kept
