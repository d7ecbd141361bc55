"""Only the owner migrates; the app's role could not."""

from django.conf import settings


class OwnerMigrates:
    """Tables are made on the owner's connection alone."""

    def allow_migrate(self, db: str, app_label: str, **_: object) -> bool:
        """Whether this connection may make tables."""
        return db == str(settings.OWNER_DB_ALIAS)
