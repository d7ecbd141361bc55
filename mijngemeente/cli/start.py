"""What web, worker and check do before anything else."""

import os

from .errors import Stop


def load() -> None:
    """Load Django with all rooms."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mijngemeente.settings")
    django.setup()


def refuse_power() -> None:
    """Raises Stop if the database would let us past row security (promises.md, rule 4)."""
    load()
    from django.db import OperationalError, connection

    from mijngemeente.platform.guard import is_powerless

    try:
        powerless = is_powerless(connection)
    except OperationalError as error:
        raise Stop(f"De database is niet te bereiken: {error}") from error
    finally:
        connection.close()
        # Web forks after this, and a pool does not survive that: its threads stay behind.
        connection.close_pool()  # type: ignore[attr-defined]  # the backend for PostgreSQL has it
    if not powerless:
        raise Stop(
            "De rol in DATABASE_URL is eigenaar van tabellen, superuser of BYPASSRLS.\n"
            "Zo kan zij gegevens van andere gemeenten zien. Gebruik een gewone rol, en zet de\n"
            "eigenaar in OWNER_DATABASE_URL (alleen voor: mijngemeente migrate)."
        )
