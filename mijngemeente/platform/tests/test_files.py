"""Bytes in the database, big and small."""

import hashlib
import os

import pytest

from mijngemeente.platform import files
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import acting_for

SIZES = [0, 1, files.READ_BYTES, files.WRITTEN_BYTES + 1, 3 * files.WRITTEN_BYTES, 5_000_001]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_kept_comes_back_whole_and_once(world, size):
    content = os.urandom(size)
    with acting_for(world.duinrand.id):
        kept, again = files.keep(content), files.keep(content)
        assert (kept.id, kept.size_bytes) == (again.id, size)
        lean = StoredFile.objects.defer("content").get(id=kept.id)
        assert files.content_of(lean) == content
        whole = StoredFile.objects.get(id=kept.id)
        assert files.content_of(whole) == content
        assert whole.sha256 == hashlib.sha256(content).hexdigest()


def test_nothing_is_left_beside_the_row(world):
    from django.db import connection

    with acting_for(world.duinrand.id):
        files.keep(os.urandom(files.WRITTEN_BYTES * 2))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_largeobject_metadata")
            assert cursor.fetchone() == (0,)
