"""Start-up of the platform: the guard after every migrate, and the refusal to run with power."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command
from django.db.models.signals import post_migrate

from . import keys, logs


class PlatformConfig(AppConfig):
    """The floor everything stands on."""

    name = "mijngemeente.platform"
    label = "platform"

    def ready(self) -> None:
        """Guard the tables whenever they may have changed, and write long lists of keys our way."""
        # The one signal in the house: Django offers no other place after the last migration.
        post_migrate.connect(_guard_tables, sender=self)
        keys.register()
        logs.keep_content_out()


def _guard_tables(using: str, **_: Any) -> None:
    from .guard import guard

    if using == settings.OWNER_DB_ALIAS:
        call_command("createcachetable", database=using, verbosity=0)
        guard(using, settings.APP_ROLE)
